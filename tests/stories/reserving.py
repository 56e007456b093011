"""The verbs of stories about reservations: set aside, picked up with a code, given up, overdue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By
from ledger.people.agents import Agency
from ledger.people.households import Collective
from ledger.prizes import reservations
from ledger.prizes.reservations import Reservation
from tests.banks import STAFF
from tests.stories.proposals import said_in
from tests.stories.replies import Reply, reply
from tests.stories.script import Line
from tests.towns import Town


class Reserving:
    """Through the use cases."""

    bank: Bank
    town: Town
    ids: dict[str, tuple[str, str]]

    def post(self, line: Line, ask: Callable[[str], Reply], say: Callable[[Reply], str]) -> str:
        raise NotImplementedError

    def collectives(self) -> dict[str, Collective]:
        raise NotImplementedError

    def agency(self, who: str, agent: str) -> Agency:
        raise NotImplementedError

    def do_book(self, line: Line) -> str:
        """book WHO PRIZE [xN] [PRIZE [xN]]... [from NAME]: set aside here, of a household's or group's points."""
        (who, *rest), said = said_in(line, "from")
        payer = self.collectives()[said["from"]] if "from" in said else None
        items: list[tuple[str, int]] = []
        for word in rest:
            if word.startswith("x") and word[1:].isdigit():
                items[-1] = (items[-1][0], int(word[1:]))
            else:
                items.append((word, 1))
        return self.post(
            line,
            lambda key: self.book(who, items, key, payer=payer),
            lambda told: f"kept until {told.answer['due_on']} for {told.answer['points']}",
        )

    def do_fetch(self, line: Line) -> str:
        """fetch NAME [wrongly] [by AGENT for WHO]: with the code, or with another one."""
        (name, *rest), said = said_in(line, "by", "for")
        id = UUID(self.ids[name][1])
        agency = self.agency(said["for"], said["by"]) if "by" in said else None
        return self.post(
            line,
            lambda key: self.fetch(id, key, wrongly="wrongly" in rest, agency=agency),
            _fetched,
        )

    def do_drop(self, line: Line) -> str:
        """drop NAME: the volunteer gives a reservation up."""
        id = UUID(self.ids[line.words[0]][1])
        return self.post(line, lambda key: self.drop(id, key), lambda told: f"{told.answer['points']} came back")

    def do_overdue(self, line: Line) -> str:
        """overdue [would]: the nightly run; what became of what nobody fetched."""
        run = reservations.expire(self.bank, By(actor=STAFF), dry_run="would" in line.words)
        return f"{run.points_back} came back, {run.points_forfeited} forfeited"

    def do_remind(self, line: Line) -> str:
        """remind N: who is to be told that they have so many days left, the nearest first."""
        names = {volunteer.volunteer_no: name for name, volunteer in self.town.people.items()}
        return ", ".join(names[number] for number in self.remind(int(line.words[0]))) or "nobody"

    def book(self, who: str, items: Sequence[tuple[str, int]], key: str, *, payer: Collective | None) -> Reply:
        town = self.town
        return reply(
            reservations.reserve(
                self.bank,
                By(actor=STAFF),
                town.request(f"book {who} {items}", key),
                volunteer=town.volunteer(who),
                desk=town.desk,
                items=[(town.prize(prize), quantity) for prize, quantity in items],
                payer=payer,
            )
        )

    def fetch(self, id: UUID, key: str, *, wrongly: bool, agency: Agency | None) -> Reply:
        if wrongly:
            return Reply("wrong_pickup_code", None, {}, False)  # only the API asks for the code
        request = self.town.request(f"fetch {id}", key)
        return reply(
            reservations.collect(
                self.bank, By(actor=STAFF), request, self.reservation(id), self.town.desk, agency=agency
            )
        )

    def drop(self, id: UUID, key: str) -> Reply:
        request = self.town.request(f"drop {id}", key)
        return reply(reservations.cancel(self.bank, By(actor=STAFF), request, self.reservation(id)))

    def remind(self, days: int) -> list[str]:
        due_by = self.bank.today() + timedelta(days=days)
        found = reservations.page(
            self.bank, within=[self.town.district.path], is_open=True, due_by=due_by, after=None, limit=99
        )
        return [one.volunteer_no for one in found.items]

    def reservation(self, id: UUID) -> Reservation:
        found = reservations.find(self.bank, id)
        assert found is not None
        return found


def _fetched(told: Reply) -> str:
    reset = told.answer.get("reset_points")
    return f"handed over for {told.answer['points']}" + (f", {reset} reset" if reset else "")


class ReservingOverHttp(Reserving):
    """Through the JSON API."""

    def posted(self, path: str, body: dict[str, Any], key: str, who: str = "recorder") -> Reply:
        raise NotImplementedError

    def got(self, path: str) -> dict[str, Any]:
        raise NotImplementedError

    def book(self, who: str, items: Sequence[tuple[str, int]], key: str, *, payer: Collective | None) -> Reply:
        body: dict[str, Any] = {
            "volunteer_no": self.town.volunteer(who).volunteer_no,
            "desk_id": str(self.town.desk.id),
            "items": [{"prize_id": str(self.town.prize(prize).id), "quantity": quantity} for prize, quantity in items],
        }
        if payer is not None:
            body[f"{payer.owner_kind}_id"] = str(payer.id)
        return self.posted("/reservations", body, key)

    def fetch(self, id: UUID, key: str, *, wrongly: bool, agency: Agency | None) -> Reply:
        one = self.reservation(id)
        code = reservations.code_of(self.bank, id, volunteer=one.volunteer_id, desk=one.desk_id)
        body = {"pickup_code": code if not wrongly else f"{(int(code) + 1) % 10**9:09d}"}
        if agency is not None:
            body["collected_by"] = str(agency.id)
        told = self.posted(f"/reservations/{id}/collect", body, key)
        return told._replace(code="wrong_pickup_code") if told.code == "pickup_code" else told

    def drop(self, id: UUID, key: str) -> Reply:
        return self.posted(f"/reservations/{id}/cancel", {}, key)

    def remind(self, days: int) -> list[str]:
        items = self.got(f"/reservations?state=reserved&due_within={days}")["items"]
        return [str(one["volunteer_no"]) for one in items]
