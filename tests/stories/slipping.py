"""The verbs of stories about paper slips: printed beforehand, filled in by hand, keyed in later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from ledger.bank import Bank
from ledger.prizes import paper_redemptions, slip_books
from ledger.prizes.paper_redemptions import PaperRedemption
from ledger.prizes.slip_books import SlipBook
from tests.stories.proposals import said_in
from tests.stories.replies import Reply, reply
from tests.stories.script import Line
from tests.towns import Town


class Slipping:
    """Through the use cases."""

    bank: Bank
    town: Town
    ids: dict[str, tuple[str, str]]

    def post(self, line: Line, ask: Callable[[str], Reply], say: Callable[[Reply], str]) -> str:
        raise NotImplementedError

    def do_print_slips(self, line: Line) -> str:
        """print_slips N: a book for this desk, the only one that the story has there."""
        self.print_slips(int(line.words[0]))
        book = self.book_here()
        return f"{book.slips} from {book.first_no} to {book.last_no}"

    def do_key(self, line: Line) -> str:
        """key NUMBERTH WHO PRIZE [xN]... [on DATE] [by WHO]: the slip at that place of the book."""
        (place, who, *rest), said = said_in(line, "on", "by")
        items: list[tuple[str, int]] = []
        for word in rest:
            if word.startswith("x") and word[1:].isdigit():
                items[-1] = (items[-1][0], int(word[1:]))
            else:
                items.append((word, 1))
        given_on = date.fromisoformat(said["on"]) if "on" in said else self.bank.today()
        number = self.book_here().numbers[int(place) - 1]
        return self.post(
            line,
            lambda key: self.key_in(number, who, items, given_on, said.get("by", "recorder"), key),
            lambda told: _state(told.answer),
        )

    def do_settle_slip(self, line: Line) -> str:
        """settle_slip NUMBERTH OUTCOME by WHO [silently]: a second person's word on an exception."""
        (place, outcome, *rest), said = said_in(line, "by")
        entry = paper_redemptions.find_by_number(self.bank, self.book_here().numbers[int(place) - 1])
        assert entry is not None
        reason = "" if "silently" in rest else "示例理由"
        return self.post(
            line,
            lambda key: self.settle_slip(entry, outcome, reason, said["by"], key),
            lambda _: outcome,
        )

    def do_void_slip(self, line: Line) -> str:
        """void_slip NUMBERTH: it was spoilt."""
        return self.void_slip(self.book_here().numbers[int(line.words[0]) - 1])

    def do_slips(self, line: Line) -> str:
        """slips: the book in one line."""
        del line
        told = self.slips()
        places = [self.book_here().numbers.index(number) + 1 for number in told["missing_numbers"]]
        missing = ", ".join(map(str, places)) or "none"
        return f"{told['back']} back, {told['exceptions']} exceptions, {told['voided']} voided, missing {missing}"

    def book_here(self) -> SlipBook:
        found = slip_books.page(
            self.bank, within=[self.town.desk.organisation_path], desk_id=self.town.desk.id, after=None, limit=1
        )
        return found.items[0]

    def print_slips(self, slips: int) -> None:
        slip_books.prepare(self.bank, self.town.who("recorder"), desk=self.town.desk, slips=slips)

    def key_in(
        self, number: str, who: str, items: Sequence[tuple[str, int]], given_on: date, by: str, key: str
    ) -> Reply:
        town = self.town
        book = slip_books.of_number(self.bank, number)
        assert book is not None
        keyed = paper_redemptions.key_in(
            self.bank,
            town.who(by),
            town.request(f"key {number} {who} {items} {given_on} {by}", key),
            book=book,
            slip_no=number,
            volunteer=town.volunteer(who),
            items=[(town.prize(prize), quantity) for prize, quantity in items],
            given_on=given_on,
        )
        if keyed.entry is None:
            assert keyed.refusal is not None
            return Reply(keyed.refusal.code, None, {}, keyed.replayed)
        return Reply(None, keyed.entry.transaction_seq, _plain(keyed.entry), keyed.replayed)

    def settle_slip(self, entry: PaperRedemption, outcome: Any, reason: str, by: str, key: str) -> Reply:
        request = self.town.request(f"settle {entry.id} {outcome} {reason} {by}", key)
        return reply(paper_redemptions.settle(self.bank, self.town.who(by), request, entry, outcome, reason))

    def void_slip(self, number: str) -> str:
        book = slip_books.of_number(self.bank, number)
        assert book is not None
        made = paper_redemptions.void(self.bank, self.town.who("recorder"), book, number)
        return made.state if isinstance(made, PaperRedemption) else made.code

    def slips(self) -> dict[str, Any]:
        book = self.book_here()
        return {
            "back": book.back,
            "exceptions": book.exceptions,
            "voided": book.voided,
            "missing_numbers": slip_books.missing(self.bank, book),
        }


class SlippingOverHttp(Slipping):
    """Through the JSON API."""

    def posted(self, path: str, body: dict[str, Any], key: str, who: str = "recorder") -> Reply:
        raise NotImplementedError

    def got(self, path: str) -> dict[str, Any]:
        raise NotImplementedError

    def print_slips(self, slips: int) -> None:
        told = self.posted("/slip-books", {"desk_id": str(self.town.desk.id), "slips": slips}, "print-slips-00000000")
        assert told.code is None

    def key_in(
        self, number: str, who: str, items: Sequence[tuple[str, int]], given_on: date, by: str, key: str
    ) -> Reply:
        body = {
            "slip_no": number,
            "volunteer_no": self.town.volunteer(who).volunteer_no,
            "items": [{"prize_id": str(self.town.prize(prize).id), "quantity": quantity} for prize, quantity in items],
            "given_on": given_on.isoformat(),
        }
        return self.posted("/paper-redemptions", body, key, by)

    def settle_slip(self, entry: PaperRedemption, outcome: Any, reason: str, by: str, key: str) -> Reply:
        body = {"outcome": outcome, "reason": reason}
        return self.posted(f"/paper-redemptions/{entry.id}/settle", body, key, by)

    def void_slip(self, number: str) -> str:
        told = self.posted("/paper-redemptions/void", {"slip_no": number}, "void-slip-000000000")
        return told.code or str(told.answer["state"])

    def slips(self) -> dict[str, Any]:
        return self.got(f"/slip-books/{self.book_here().id}")


def _plain(entry: PaperRedemption) -> dict[str, Any]:
    return {"id": str(entry.id), "state": entry.state, "refusal": entry.refusal}


def _state(told: Any) -> str:
    return f"{told['state']} {told['refusal']}" if told["refusal"] else str(told["state"])
