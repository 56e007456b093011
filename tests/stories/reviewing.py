"""The verbs of stories about records that wait: how they are held, released, withdrawn, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient

from ledger.bank import Bank
from ledger.rules import CAPTURE_METHODS
from ledger.service import claimed_deeds, record_lists, reviews
from tests.stories.replies import Reply, reply
from tests.stories.script import Line, minutes_of
from tests.towns import Town

GIVEN = "示例理由"


class Reviewing:
    """Through the use cases."""

    bank: Bank
    town: Town
    ids: dict[str, tuple[str, str]]

    def do_hold(self, line: Line) -> str:
        """hold NAME by WHO [silently]: a reviewer holds a record."""
        return self._stepped(line, reviews.HOLD)

    def do_release(self, line: Line) -> str:
        """release NAME by WHO [silently]: a reviewer releases a held record."""
        return self._stepped(line, reviews.RELEASE)

    def withdrawn(self, line: Line) -> str:
        """withdraw NAME by WHO [silently]: a record is taken back while it waits."""
        return self._stepped(line, reviews.WITHDRAW)

    def _stepped(self, line: Line, step: str) -> str:
        name, _, who, *rest = line.words
        reason = "" if "silently" in rest else GIVEN
        return self.post(line, lambda key: self.step(name, who, step, reason, key), recorded)  # type: ignore[attr-defined,no-any-return]

    def step(self, name: str, who: str, step: str, reason: str, key: str) -> Reply:
        return reply(self.town.step(UUID(self.ids[name][1]), who, step, reason=reason, key=key))

    def do_correct(self, line: Line) -> str:
        """correct NAME to TIME [METHOD] [on DATE] [by WHO] [silently]: a posted record was otherwise."""
        name, _, time, *rest = line.words
        said: dict[str, Any] = {"minutes": minutes_of(time)}
        for method in CAPTURE_METHODS:
            if method in rest:
                said["capture_method"] = method
        if "on" in rest:
            said["served_on"] = date.fromisoformat(rest[rest.index("on") + 1])
        who = rest[rest.index("by") + 1] if "by" in rest else "recorder"
        reason = "" if "silently" in rest else GIVEN
        return self.post(line, lambda key: self.correct(name, who, said, reason, key), recorded)  # type: ignore[attr-defined,no-any-return]

    def correct(self, name: str, who: str, said: Mapping[str, Any], reason: str, key: str) -> Reply:
        return reply(self.town.correct(UUID(self.ids[name][1]), who, said, reason=reason, key=key))

    def do_state(self, line: Line) -> str:
        """state NAME: where a record stands."""
        verb, id = self.ids[line.words[0]]
        return self.standing_of_deed(UUID(id)) if verb == "deed" else self.standing(UUID(id))

    def standing_of_deed(self, id: UUID) -> str:
        found = claimed_deeds.find(self.bank, id)
        assert found is not None
        return found.claim.state

    def standing(self, id: UUID) -> str:
        found = record_lists.find(self.bank, id)
        assert found is not None
        return found.standing

    def do_ready(self, line: Line) -> str:  # noqa: ARG002
        """ready: what is ready is posted, what is late is void."""
        looked = reviews.post_ready(self.bank)
        return f"{looked.posted} posted, {looked.void} void"


class ReviewingOverHttp(Reviewing):
    """The same through the JSON API."""

    client: FlaskClient

    def step(self, name: str, who: str, step: str, reason: str, key: str) -> Reply:
        path = f"/{self.place_of(name)}/{step}"
        done: Reply = self.posted(path, {"reason": reason}, key, who)  # type: ignore[attr-defined]
        return done

    def correct(self, name: str, who: str, said: Mapping[str, Any], reason: str, key: str) -> Reply:
        body = {member: value.isoformat() if isinstance(value, date) else value for member, value in said.items()}
        path = f"/service-records/{self.ids[name][1]}/correct"
        done: Reply = self.posted(path, body | {"reason": reason}, key, who)  # type: ignore[attr-defined]
        return done

    def place_of(self, name: str) -> str:
        verb, id = self.ids[name]
        return f"{'deeds' if verb == 'deed' else 'service-records'}/{id}"

    def standing_of_deed(self, id: UUID) -> str:
        answer = self.client.get(f"/api/v1/deeds/{id}", headers=self.headers())  # type: ignore[attr-defined]
        assert answer.status_code == 200, answer.text
        return str(answer.get_json()["state"])

    def standing(self, id: UUID) -> str:
        answer = self.client.get(f"/api/v1/service-records/{id}", headers=self.headers())  # type: ignore[attr-defined]
        assert answer.status_code == 200, answer.text
        told: Mapping[str, Any] = answer.get_json()
        assert told["history"][0]["what"] in ("submitted", "posted")
        return str(told["state"])


def recorded(outcome: Reply) -> str:
    """What became of a record of service."""
    told = outcome.answer
    if told["state"] == "submitted":
        return f"waits for {told['reviews_needed'] - told['reviews']} more reviews"
    if "held_for" in told:
        return f"held for {told['held_for']}"
    return f"posted {told['points']:+}" if told["state"] == "posted" else str(told["state"])
