"""What stories about wishes, requests and tasks have in common: needs by their names, steps, and what was earned."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient

from ledger.bank import Bank
from ledger.core.refusals.refusal import Refused
from ledger.store.writer import Outcome
from tests.stories.replies import Reply
from tests.towns import Town

NEIGHBOUR = "neighbour:"
"""Before the name of somebody who is no volunteer."""


class Needing:
    """Through the use cases."""

    bank: Bank
    town: Town

    def needed(self) -> dict[str, UUID]:
        """Wishes, requests and tasks by the names the story gives them."""
        known: dict[str, UUID] = self.__dict__.setdefault("_needed", {})
        return known

    def needing(
        self, _who: str, _path: str, _body: Mapping[str, Any], use_case: Callable[[], Any]
    ) -> tuple[str | None, UUID | None]:
        """Do it: the code of the refusal or None, and the id of what was made."""
        try:
            return None, use_case().id
        except Refused as no:
            return no.refusal.code, None

    def earning(
        self,
        _who: str,
        _key: str,
        _path: str,
        _body: Mapping[str, Any],
        use_case: Callable[[], tuple[Any, Sequence[Any]]],
    ) -> Reply:
        """Do what is sent under a key: what each was credited with."""
        try:
            _, credited = use_case()
        except Refused as no:
            return Reply(no.refusal.code, None, {}, False)
        outcomes = [each.outcome for each in credited]
        replayed = bool(outcomes) and all(each.replayed for each in outcomes)
        return Reply(None, None, {"credits": [_credit_of(each) for each in outcomes]}, replayed)

    def served_body(self, served: Mapping[str, int]) -> list[dict[str, Any]]:
        """Who served how many minutes, as it is sent."""
        return [
            {"volunteer_no": self.town.volunteer(who).volunteer_no, "minutes": minutes}
            for who, minutes in served.items()
        ]


class NeedingOverHttp(Needing):
    """Through the JSON API."""

    client: FlaskClient

    def needing(
        self, who: str, path: str, body: Mapping[str, Any], _use_case: Callable[[], Any]
    ) -> tuple[str | None, UUID | None]:
        answer = self.client.post(f"/api/v1{path}", json=dict(body), headers=self.headers(who))  # type: ignore[attr-defined]
        assert answer.status_code in (200, 201, 409, 412), answer.text
        told = answer.get_json()
        return (told["code"], None) if answer.status_code > 400 else (None, UUID(told["id"]))

    def earning(
        self, who: str, key: str, path: str, body: Mapping[str, Any], _use_case: Callable[[], tuple[Any, Sequence[Any]]]
    ) -> Reply:
        headers = self.headers(who) | {"Idempotency-Key": key}  # type: ignore[attr-defined]
        answer = self.client.post(f"/api/v1{path}", json=dict(body), headers=headers)
        assert answer.status_code in (200, 409), answer.text
        told = answer.get_json()
        if answer.status_code == 409:
            return Reply(told["code"], None, {}, False)
        replayed = answer.headers.get("Idempotent-Replayed") == "true"
        return Reply(None, None, {"credits": [_told_credit(each) for each in told["credits"]]}, replayed)


def credits_of(outcome: Reply) -> str:
    """What each was credited with, in a line."""
    return ", ".join(outcome.answer["credits"]) or "done"


def _credit_of(outcome: Outcome) -> str:
    if outcome.refusal is not None:
        return outcome.refusal.code
    return f"{outcome.answer['state']} +{outcome.answer['points']}"


def _told_credit(credited: Mapping[str, Any]) -> str:
    if credited["outcome"] == "refused":
        return str(credited["problem"]["code"])
    return f"{credited['state']} +{credited['points']}"
