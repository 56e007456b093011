"""The verbs of stories about public notices: what hangs on the board, who objects, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from flask.testing import FlaskClient

from ledger.bank import Bank, By
from ledger.people.staff import NOBODY
from ledger.service import notice_runs, notices, objections, reviews
from ledger.service.notices import Notice, PersonalNumbers, Words
from tests.banks import STAFF
from tests.stories.replies import Reply, reply
from tests.stories.script import Line
from tests.towns import Town

BY = By(actor=STAFF)
BASE = "/api/v1"


class Shown(NamedTuple):
    """A line as a resident reads it."""

    line: int
    name: str | None
    tail: str | None
    minutes: int | None
    points: int | None
    state: str


class Noticing:
    """Through the use cases."""

    bank: Bank
    town: Town
    ids: dict[str, tuple[str, str]]

    def post(self, line: Line, ask: Callable[[str], Reply], say: Callable[[Reply], str]) -> str:
        raise NotImplementedError

    def do_notice(self, line: Line) -> str:
        """notice due | corrections | posted FROM UNTIL [titled WORD] [saying WORD]: published by the organiser."""
        shows, *words = line.words
        days = tuple(date.fromisoformat(word) for word in words[:2]) if shows == "posted" else None
        named = dict(zip(words[::2], words[1::2], strict=False)) if days is None else {}
        said = Words(named.get("titled", ""), named.get("saying", ""))

        def told(outcome: Reply) -> str:
            return f"{outcome.answer['lines']} lines until {outcome.answer['ends_on']}"

        try:
            return self.post(line, lambda key: self.put_on_notice(shows, days, said, key), told)
        except PersonalNumbers as error:
            return f"personal_number in {error.field}"

    def put_on_notice(self, shows: str, days: tuple[date, ...] | None, words: Words, key: str) -> Reply:
        request = self.town.request(f"notice {shows} {days} {words}", key)
        if days is not None:
            made = notices.publish_posted(
                self.bank, BY, self.town.district, from_on=days[0], until_on=days[1], request=request, words=words
            )
        elif shows == "corrections":
            made = notices.publish_corrections(self.bank, BY, self.town.district, request=request, words=words)
        else:
            made = notices.publish_due(self.bank, BY, self.town.district, request=request, words=words)
        return reply(made)

    def do_board(self, line: Line) -> str:
        """board NAME: what everybody reads there, line by line."""
        lines = self.board(UUID(self.ids[line.words[0]][1]))
        return "; ".join(_told(each) for each in lines)

    def board(self, notice: UUID) -> list[Shown]:
        found = notices.lines_of(self.bank, self._notice(notice), after=None, limit=200).items
        return [
            Shown(one.line, shown.get("name"), shown.get("tail"), shown.get("minutes"), shown.get("points"), one.state)
            for one in found
            for shown in (one.shown or {},)
        ]

    def do_object(self, line: Line) -> str:
        """object NAME N: a stranger says that a line of that notice is wrong."""
        name, number = line.words

        def told(outcome: Reply) -> str:
            self.receipts()[str(line.label)] = str(outcome.answer["receipt_no"])
            return "open late" if outcome.answer["is_late"] else "open"

        return self.post(line, lambda key: self.object_to(UUID(self.ids[name][1]), int(number), key), told)

    def receipts(self) -> dict[str, str]:
        """The numbers to ask by, by the names the story gives the objections."""
        known: dict[str, str] = self.__dict__.setdefault("_receipts", {})
        return known

    def object_to(self, notice: UUID, number: int, key: str) -> Reply:
        found = self._notice(notice)
        of = notices.line_of(self.bank, found, number)
        assert of is not None
        request = self.town.request(f"object {notice} {number}", key)
        return reply(
            objections.object_to(self.bank, By(actor=NOBODY), request, found, of, reason="没有来", contact="示例电话")
        )

    def do_resolve(self, line: Line) -> str:
        """resolve NAME upheld | dismissed by WHO [silently]: a reviewer answers."""
        name, outcome, _, who, *rest = line.words
        reason = "" if "silently" in rest else "已核实"
        return self.post(
            line, lambda key: self.answer(name, outcome, who, reason, key), lambda made: str(made.answer["state"])
        )

    def answer(self, name: str, outcome: str, who: str, reason: str, key: str) -> Reply:
        found = objections.with_receipt(self.bank, self.receipts()[name])
        assert found is not None
        by = By(actor=STAFF if who == "recorder" else uuid5(self.town.district.id, who))
        request = self.town.request(f"resolve {name} {outcome} {who} {reason}", key)
        return reply(objections.resolve(self.bank, by, request, found, outcome=outcome, reason=reason))

    def do_asks(self, line: Line) -> str:
        """asks NAME: whoever objected asks by their number how it stands."""
        return self.asks(self.receipts()[line.words[0]])

    def asks(self, receipt_no: str) -> str:
        found = objections.with_receipt(self.bank, receipt_no)
        assert found is not None
        return _status(found.state, found.answered, is_reversed=found.is_reversed)

    def do_night(self, _: Line) -> str:
        """night: whatever is due in the whole bank is put on notice, posted, corrected."""
        done = notice_runs.run(self.bank, BY)
        return f"{done.notices} notices with {done.lines} lines, {done.posted} posted, {done.corrected} corrected"

    def do_record(self, line: Line) -> str:
        """record NAME: how far it has come."""
        found = reviews.find(self.bank, UUID(self.ids[line.words[0]][1]))
        assert found is not None
        return found.state

    def _notice(self, id: UUID) -> Notice:
        found = notices.find(self.bank, id)
        assert found is not None
        return found


def _told(shown: Shown) -> str:
    points = "" if shown.points is None else f" +{shown.points}"
    if shown.tail is None:
        return f"nobody{points} {shown.state}"
    minutes = "" if shown.minutes is None else f" {shown.minutes}m"
    return f"{shown.name or 'unnamed'}{minutes}{points} {shown.state}"


def _status(state: str, answer: str | None, *, is_reversed: bool) -> str:
    return state + (f" {answer}" if answer else "") + (" reversed" if is_reversed else "")


class NoticingOverHttp(Noticing):
    """Through the JSON API: the board, objections and their status without any token."""

    client: FlaskClient

    def posted(self, path: str, body: dict[str, Any], key: str, who: str = "recorder") -> Reply:
        raise NotImplementedError

    def put_on_notice(self, shows: str, days: tuple[date, ...] | None, words: Words, key: str) -> Reply:
        body: dict[str, Any] = {"organisation_id": str(self.town.district.id), "shows": shows}
        if days is not None:
            body |= {"from": days[0].isoformat(), "to": days[1].isoformat()}
        body |= ({"title": words.title} if words.title else {}) | ({"remark": words.remark} if words.remark else {})
        made = self.posted("/notices", body, key)
        if made.code in ("title", "remark"):
            raise PersonalNumbers(made.code)
        return made

    def board(self, notice: UUID) -> list[Shown]:
        told = self._public(f"/notices/{notice}/lines?limit=200")
        return [Shown(*(one[name] for name in Shown._fields)) for one in told["items"]]

    def object_to(self, notice: UUID, number: int, key: str) -> Reply:
        body = {"line": number, "reason": "没有来", "contact": "示例电话"}
        path = f"{BASE}/notices/{notice}/objections"
        answer = self.client.post(path, json=body, headers={"Idempotency-Key": key})
        assert answer.status_code == 201, answer.text
        told = answer.get_json()
        return Reply(None, told["transaction_seq"], told, answer.headers.get("Idempotent-Replayed") == "true")

    def answer(self, name: str, outcome: str, who: str, reason: str, key: str) -> Reply:
        found = objections.with_receipt(self.bank, self.receipts()[name])
        assert found is not None
        return self.posted(f"/objections/{found.id}/resolve", {"outcome": outcome, "reason": reason}, key, who)

    def asks(self, receipt_no: str) -> str:
        told = self._public(f"/objections/{receipt_no}")
        return _status(told["state"], told["answer"], is_reversed=told["is_reversed"])

    def _public(self, path: str) -> Mapping[str, Any]:
        answer = self.client.get(f"{BASE}{path}")
        assert answer.status_code == 200, answer.text
        told: Mapping[str, Any] = answer.get_json()
        return told
