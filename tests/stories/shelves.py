"""The verbs of stories about shelves and desk days: goods from desk to desk, counts, write-offs, closing time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from ledger.bank import Bank
from ledger.prizes import desk_sessions, stock, stock_reports
from ledger.prizes.shelves import REASONS, Counted, Gone
from tests.stories.proposals import said_in
from tests.stories.replies import Reply, reply
from tests.stories.script import Line
from tests.towns import Town


class Said(NamedTuple):
    """PRIZE[@DATE] N [REASON] of a line."""

    prize: str
    best_before: date | None
    number: int
    reason: str | None


class Shelves:
    """Through the use cases."""

    bank: Bank
    town: Town
    ids: dict[str, tuple[str, str]]

    def post(self, line: Line, ask: Callable[[str], Reply], say: Callable[[Reply], str]) -> str:
        raise NotImplementedError

    def do_stand(self, line: Line) -> None:
        """stand DESK: from now on we stand at that desk; `first` is where we began."""
        self.town.stand_at(line.words[0])

    def do_transfer(self, line: Line) -> str:
        """transfer PRIZE N to DESK: from this desk to that one."""
        prize, quantity, _, desk = line.words
        return self.post(line, lambda key: self.transfer(prize, int(quantity), desk, key), lambda _: "posted")

    def do_count(self, line: Line) -> str:
        """count PRIZE[@DATE] N [REASON]... [by WHO]: what stands on the shelf; of one batch where its day is said."""
        rest, said = said_in(line, "by")
        who = said.get("by", "recorder")
        return self.post(line, lambda key: self.count(_said(rest), who, key), _reported)

    def do_spoil(self, line: Line) -> str:
        """spoil PRIZE[@DATE] N REASON... [by WHO]: to be written off."""
        rest, said = said_in(line, "by")
        who = said.get("by", "recorder")
        return self.post(line, lambda key: self.spoil(_said(rest), who, key), _reported)

    def do_countersign(self, line: Line) -> str:
        """countersign NAME by WHO: the second person says that it is so."""
        return self._countersigned(line, "confirm", "")

    def do_dispute(self, line: Line) -> str:
        """dispute NAME by WHO [silently]: the second person says that it is not so, and why."""
        return self._countersigned(line, "reject", "" if "silently" in line.words else "示例理由")

    def do_begin(self, line: Line) -> str:
        """begin [PRIZE[@DATE] N [REASON]]... [by WHO]: the desk opens its day, perhaps with a count."""
        rest, said = said_in(line, "by")
        who = said.get("by", "recorder")
        if not rest:
            return self.post(line, lambda key: self.begin(who, key), lambda _: "open")
        return self.post(
            line,
            lambda key: self.begin_with(_said(rest), who, key),
            lambda told: f"open, {told.answer['differences']} different",
        )

    def do_finish(self, line: Line) -> str:
        """finish PRIZE[@DATE] N [REASON]... [by WHO]: everything is counted, the desk's day ends here."""
        rest, said = said_in(line, "by")
        who = said.get("by", "recorder")
        return self.post(line, lambda key: self.finish(_said(rest), who, key), _reported)

    def do_day(self, line: Line) -> str:
        """day PRIZE: the day sheet of the latest day, in one line."""
        told = self.sheet(line.words[0])
        names = ("received", "transferred", "handed_out", "returned", "written_off", "adjusted")
        moved = " ".join(f"{name} {told[name]:+}" for name in names if told[name])
        counted = "" if told["counted"] is None else f" counted {told['counted']}"
        return f"{told['state']}: {told['opening']} {moved} = {told['expected']}{counted}".replace("  ", " ")

    def do_shelf(self, line: Line) -> str:
        """shelf PRIZE: what may be handed out, what has expired, what soon will, and whether it is low."""
        told = self.shelf(line.words[0])
        soon = sum(batch["quantity"] for batch in told["batches"] if batch["expires_soon"])
        return f"{told['quantity']} and {told['expired']} expired, {soon} soon" + (", low" if told["is_low"] else "")

    def _countersigned(self, line: Line, decision: str, reason: str) -> str:
        name, _, who, *_ = line.words
        id = UUID(self.ids[name][1])
        return self.post(
            line, lambda key: self.settle_report(id, who, decision, reason, key), lambda told: str(told.answer["state"])
        )

    def transfer(self, prize: str, quantity: int, desk: str, key: str) -> Reply:
        town = self.town
        return reply(
            stock.transfer(
                self.bank,
                town.who("recorder"),
                town.request(f"transfer {prize} {quantity} {desk}", key),
                giver=town.desk,
                receiver=town.desk_called(desk),
                goods=[(town.prize(prize), quantity)],
            )
        )

    def count(self, said: Sequence[Said], who: str, key: str) -> Reply:
        town = self.town
        return reply(
            stock_reports.take_stock(
                *(self.bank, town.who(who), town.request(f"count {said} {who}", key)),
                desk=town.desk,
                counts=self.counts(said),
            )
        )

    def spoil(self, said: Sequence[Said], who: str, key: str) -> Reply:
        town = self.town
        goods = [
            Gone(town.prize(one.prize).id, town.prize(one.prize).unit_id, one.number, str(one.reason), one.best_before)
            for one in said
        ]
        request = town.request(f"spoil {said} {who}", key)
        return reply(stock_reports.propose_write_off(self.bank, town.who(who), request, desk=town.desk, goods=goods))

    def settle_report(self, id: UUID, who: str, decision: str, reason: str, key: str) -> Reply:
        report = stock_reports.find(self.bank, id)
        assert report is not None
        request = self.town.request(f"settle {id} {who} {decision} {reason}", key)
        return reply(
            stock_reports.settle(self.bank, self.town.who(who), request, report, decision=decision, reason=reason)
        )

    def begin(self, who: str, key: str) -> Reply:
        town = self.town
        request = town.request(f"begin {town.desk.id} {who}", key)
        return reply(desk_sessions.open_session(self.bank, town.who(who), request, desk=town.desk))

    def begin_with(self, said: Sequence[Said], who: str, key: str) -> Reply:
        """Answered as the count is, so that a line can name it."""
        town = self.town
        request = town.request(f"begin {town.desk.id} {said} {who}", key)
        made = desk_sessions.open_with_count(
            self.bank, town.who(who), request, desk=town.desk, counts=self.counts(said)
        )
        return reply(made.day)._replace(answer=made.count.answer if made.count else {})

    def finish(self, said: Sequence[Said], who: str, key: str) -> Reply:
        town = self.town
        request = town.request(f"finish {said} {who}", key)
        counts = self.counts(said)
        return reply(desk_sessions.close(self.bank, town.who(who), request, self.latest(), town.desk, counts))

    def sheet(self, prize: str) -> dict[str, Any]:
        made = desk_sessions.sheet(self.bank, self.latest())
        [line] = [line for line in made.lines if line.prize_id == self.town.prize(prize).id]
        return {name: getattr(line, name) for name in line.__slots__} | {"state": made.session.state}

    def shelf(self, prize: str) -> dict[str, Any]:
        [found] = [one for one in stock.at_desk(self.bank, self.town.desk) if one.prize_id == self.town.prize(prize).id]
        told = {name: getattr(found, name) for name in ("quantity", "expired", "is_low")}
        return told | {"batches": [batch._asdict() for batch in found.batches]}

    def counts(self, said: Sequence[Said]) -> list[Counted]:
        prizes = [self.town.prize(one.prize) for one in said]
        return [
            Counted(prize.id, prize.unit_id, one.number, one.reason, one.best_before)
            for prize, one in zip(prizes, said, strict=True)
        ]

    def latest(self) -> desk_sessions.DeskSession:
        id = desk_sessions.latest_id(self.bank, self.town.desk)
        found = desk_sessions.find(self.bank, id) if id else None
        assert found is not None
        return found


class ShelvesOverHttp(Shelves):
    """Through the JSON API."""

    def posted(self, path: str, body: dict[str, Any], key: str, who: str = "recorder") -> Reply:
        raise NotImplementedError

    def got(self, path: str) -> dict[str, Any]:
        raise NotImplementedError

    def transfer(self, prize: str, quantity: int, desk: str, key: str) -> Reply:
        body = {
            "from_desk_id": str(self.town.desk.id),
            "to_desk_id": str(self.town.desk_called(desk).id),
            "items": [{"prize_id": str(self.town.prize(prize).id), "quantity": quantity}],
        }
        return self.posted("/stock-transfers", body, key)

    def count(self, said: Sequence[Said], who: str, key: str) -> Reply:
        return self.posted("/stocktakes", self._at_desk(counts=self._counts(said, "counted")), key, who)

    def spoil(self, said: Sequence[Said], who: str, key: str) -> Reply:
        return self.posted("/write-offs", self._at_desk(items=self._counts(said, "quantity")), key, who)

    def settle_report(self, id: UUID, who: str, decision: str, reason: str, key: str) -> Reply:
        body = {"reason": reason} if decision == "reject" else {}
        return self.posted(f"/stock-reports/{id}/{decision}", body, key, who)

    def begin(self, who: str, key: str) -> Reply:
        return self.posted("/desk-sessions", self._at_desk(), key, who)

    def begin_with(self, said: Sequence[Said], who: str, key: str) -> Reply:
        told = self.posted("/desk-sessions", self._at_desk(counts=self._counts(said, "counted")), key, who)
        return told._replace(answer=told.answer.get("count", {}))

    def finish(self, said: Sequence[Said], who: str, key: str) -> Reply:
        body = {"counts": self._counts(said, "counted")}
        return self.posted(f"/desk-sessions/{self._latest_id()}/close", body, key, who)

    def sheet(self, prize: str) -> dict[str, Any]:
        told = self.got(f"/desk-sessions/{self._latest_id()}/sheet")
        lines: list[dict[str, Any]] = told["lines"]
        [line] = [line for line in lines if line["prize_id"] == str(self.town.prize(prize).id)]
        return line | {"state": told["session"]["state"]}

    def shelf(self, prize: str) -> dict[str, Any]:
        items: list[dict[str, Any]] = self.got(f"/desks/{self.town.desk.id}/stock")["items"]
        [found] = [one for one in items if one["prize_id"] == str(self.town.prize(prize).id)]
        return found

    def _latest_id(self) -> str:
        return str(self.got(f"/desk-sessions?limit=1&desk_id={self.town.desk.id}")["items"][0]["id"])

    def _at_desk(self, **more: Any) -> dict[str, Any]:
        return {"desk_id": str(self.town.desk.id)} | more

    def _counts(self, said: Sequence[Said], number: str) -> list[dict[str, Any]]:
        lines = [{"prize_id": str(self.town.prize(one.prize).id), number: one.number} for one in said]
        for line, one in zip(lines, said, strict=True):
            if one.reason:
                line["reason"] = one.reason
            if one.best_before:
                line["best_before"] = one.best_before.isoformat()
        return lines


def _said(words: Sequence[str]) -> list[Said]:
    said: list[Said] = []
    for word in words:
        if word in REASONS:
            said[-1] = said[-1]._replace(reason=word)
        elif word.lstrip("-").isdigit():
            said[-1] = said[-1]._replace(number=int(word))
        else:
            name, _, day = word.partition("@")
            said.append(Said(name, date.fromisoformat(day) if day else None, 0, None))
    return said


def _reported(told: Reply) -> str:
    return f"reported, {told.answer['differences']} different"
