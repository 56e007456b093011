"""The verbs of stories about stars."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from flask.testing import FlaskClient

from ledger.bank import Bank, By
from ledger.people.masking import masked
from ledger.service import stars
from tests.banks import STAFF
from tests.stories.replies import Reply, reply
from tests.stories.script import Line
from tests.towns import Town

EVERYTHING = 99


class OnNotice(NamedTuple):
    name: str
    level: int
    until: str


class Stars:
    """Through the use cases."""

    bank: Bank
    town: Town
    ids: dict[str, tuple[str, str]]

    def post(self, line: Line, ask: Callable[[str], Reply], say: Callable[[Reply], str]) -> str:
        raise NotImplementedError

    def do_stardue(self, line: Line) -> str:  # noqa: ARG002
        """stardue: who is due for another level today."""
        names = {volunteer.volunteer_no: name for name, volunteer in self.town.people.items()}
        told = [f"{names[no]} {was} to {is_}{' under way' if open_ else ''}" for no, was, is_, open_ in self.due()]
        return ", ".join(sorted(told)) or "nobody"

    def due(self) -> list[tuple[str, int, int, bool]]:
        within, today = [self.town.district.path], self.bank.today()
        found = stars.due(self.bank, on=today, within=within, after=None, limit=EVERYTHING).items
        return [(one.place.person.volunteer_no, one.place.held, one.place.due, one.is_under_way) for one in found]

    def do_nominate(self, line: Line) -> str:
        """nominate WHO: what they are due for is proposed."""
        return self.post(line, lambda key: self.nominate(line.words[0], key), _proposed)

    def nominate(self, who: str, key: str) -> Reply:
        request = self.town.request(f"nominate {who}", key)
        return reply(stars.propose(self.bank, By(actor=STAFF), request, self.town.volunteer(who)))

    def do_bestow(self, line: Line) -> str:
        """bestow NAME by WHO: somebody approves the change of that name."""
        return self._decided(line, stars.APPROVE, "")

    def do_deny(self, line: Line) -> str:
        """deny NAME by WHO [silently]: somebody rejects it, and says why."""
        return self._decided(line, stars.REJECT, "" if "silently" in line.words else "示例理由")

    def _decided(self, line: Line, decision: str, reason: str) -> str:
        name, _, who, *_ = line.words
        change = UUID(self.ids[name][1])
        return self.post(line, lambda key: self.judge(change, who, decision, reason, key), _told)

    def judge(self, change_id: UUID, who: str, decision: str, reason: str, key: str) -> Reply:
        by = By(actor=STAFF if who == "recorder" else uuid5(self.town.district.id, who))
        change = stars.find(self.bank, change_id)
        assert change is not None
        request = self.town.request(f"decide {change_id} {who} {decision} {reason}", key)
        reach = [self.town.district.path]
        return reply(stars.decide(self.bank, by, request, change, decision=decision, reason=reason, reach=reach))

    def do_stars(self, line: Line) -> str:
        """stars WHO: the stars they were granted, and what the next one still asks for."""
        level, coming = self.stars(line.words[0])
        if coming is None:
            return str(level)
        at, lacking = coming
        asks = ", ".join(f"{value} {metric}" for metric, value in lacking.items()) or "nothing"
        return f"{level}, next {at} lacking {asks}"

    def stars(self, who: str) -> tuple[int, tuple[int, Mapping[str, int]] | None]:
        volunteer = self.town.volunteer(who)
        coming = stars.next_of(self.bank, volunteer)
        return stars.star_level(self.bank, volunteer.id), (coming.level, coming.lacking) if coming else None

    def do_starred(self, line: Line) -> str:
        """starred WHO: every change of their stars, the newest first."""
        return ", ".join(f"{was} to {is_} {state}" for was, is_, state in self.starred(line.words[0])) or "never"

    def starred(self, who: str) -> list[tuple[int, int, str]]:
        found = stars.history(self.bank, self.town.volunteer(who).id)
        return [(one.from_level, one.to_level, one.state) for one in found]

    def do_starnotices(self, line: Line) -> str:  # noqa: ARG002
        """starnotices: what hangs on the board today."""
        return ", ".join(f"{one.name} to {one.level} until {one.until}" for one in self.notices()) or "nothing"

    def notices(self) -> list[OnNotice]:
        found = stars.page(self.bank, within=None, state="on_notice", after=None, limit=EVERYTHING).items
        return [OnNotice(masked(one.volunteer_name), one.to_level, str(one.notice_until)) for one in found]

    def do_starrun(self, line: Line) -> str:
        """starrun [dry]: the run over everybody."""
        within = [self.town.district.path]
        dry = "dry" in line.words
        run = stars.run(self.bank, By(actor=STAFF), on=self.bank.today(), within=within, dry_run=dry)
        return f"{len(run.found)} due, {run.proposed} proposed"


class StarsOverHttp(Stars):
    """Through the JSON API."""

    client: FlaskClient

    def headers(self, who: str = "recorder") -> dict[str, str]:
        raise NotImplementedError

    def posted(self, path: str, body: dict[str, Any], key: str, who: str = "recorder") -> Reply:
        raise NotImplementedError

    def due(self) -> list[tuple[str, int, int, bool]]:
        items = self._got("/star-changes/due", self.headers())["items"]
        return [(one["volunteer_no"], one["from_level"], one["to_level"], one["is_under_way"]) for one in items]

    def nominate(self, who: str, key: str) -> Reply:
        return self.posted("/star-changes", {"volunteer_no": self.town.volunteer(who).volunteer_no}, key)

    def judge(self, change_id: UUID, who: str, decision: str, reason: str, key: str) -> Reply:
        body = {"decision": decision} | ({"reason": reason} if reason else {})
        return self.posted(f"/star-changes/{change_id}/decision", body, key, who)

    def stars(self, who: str) -> tuple[int, tuple[int, Mapping[str, int]] | None]:
        told = self._got(f"/volunteers/{self.town.volunteer(who).volunteer_no}/balance", self.headers())
        coming = told["next"]
        return told["star_level"], (coming["level"], coming["lacking"]) if coming else None

    def starred(self, who: str) -> list[tuple[int, int, str]]:
        told = self._got(f"/volunteers/{self.town.volunteer(who).volunteer_no}/stars", self.headers())
        return [(one["from_level"], one["to_level"], one["state"]) for one in told["changes"]]

    def notices(self) -> list[OnNotice]:
        items = self._got("/star-changes/notices", {})["items"]  # by nobody
        return [OnNotice(one["name"], one["to_level"], one["notice_until"]) for one in items]

    def _got(self, path: str, headers: Mapping[str, str]) -> dict[str, Any]:
        answer = self.client.get(f"/api/v1{path}", headers=headers)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.get_json()
        return told


def _proposed(made: Reply) -> str:
    until = f" until {made.answer['notice_until']}" if made.answer["notice_until"] else ""
    return f"proposed {made.answer['from_level']} to {made.answer['to_level']}{until}"


def _told(made: Reply) -> str:
    return f"in force at {made.answer['level']}" if made.answer["decision"] == stars.APPROVE else "rejected"
