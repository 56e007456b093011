"""The redemption policy of the rulebook (E15), enforced at the desk: what it asks of the past, what it says of a wish,
and what a redemption leaves for the next to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from ledger.core.accounts import MINUTES, POINTS, Owner, Purpose
from ledger.core.books import Books
from ledger.rules import (
    Deed,
    HistoryKey,
    Item,
    Kept,
    LimitKey,
    Mark,
    Reason,
    Rulebook,
    Tally,
    Text,
    Wish,
    excluded,
    limit_keys,
    may_redeem,
)
from ledger.service.star_changes import DECISIONS, star_level

REDEEMED = "redeemed"
"""The counter that redemptions are counted by; a rulebook's own counters have no dot in their names."""


WINDOW_CLOSED = "window_closed"
"""What the rules call a redemption outside its windows."""


class Line(NamedTuple):
    """So many of one prize in a redemption; `cost` is for all of them, in the smallest unit."""

    prize: UUID
    prize_class: str
    quantity: int
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Under which rulebook somebody asks, when, and for whom: what the desk knows before it asks the books."""

    rulebook: Rulebook
    """In force on the day of asking."""
    on: date
    minute_of_day: int
    person_no: str | None = None
    household: UUID | None = None
    """Whose redemptions count together where the policy says so."""
    beneficiary: str | None = None
    beneficiary_age: int | None = None
    given_on: date | None = None
    """The day of a paper slip: windows are asked about it, and limits about the day on which it is keyed in, so that
    nobody keys a limit away. None: it is now.
    """
    flags: tuple[str, ...] = ()
    """What stands against the holder: told to the clerk, never a refusal."""

    def keys(self, volunteer: UUID, lines: Sequence[Line]) -> dict[LimitKey, tuple[HistoryKey, ...]]:
        """The questions to past redemptions, by the limit that asks."""
        asked = limit_keys(self.rulebook.redeeming, self._wish(lines, 0, 0, 0), self.rulebook.year_begins)
        return {key: self._history(key, volunteer) for key in asked}

    def rows(self, volunteer: UUID) -> tuple[tuple[str, str, UUID], ...]:
        """The rows of capabilities that decide it: which stars were granted, where the policy asks for any."""
        return (self._stars_of(volunteer),) if self._asks_stars else ()

    @property
    def _asks_stars(self) -> bool:
        policy = self.rulebook.redeeming
        return bool(policy.star_level_at_least) or any(tier.star_level for tier in policy.tiers)

    @staticmethod
    def _stars_of(volunteer: UUID) -> tuple[str, str, UUID]:
        return DECISIONS, "volunteer_id", volunteer

    def reasons(self, facts: Books, volunteer: Owner, wallet: Owner, lines: Sequence[Line]) -> tuple[Reason, ...]:
        """Everything that speaks against it, and what people are to be asked about first. Balances are those of the
        wallet that pays; hours, stars and past redemptions those of the volunteer.
        """
        book = self.rulebook
        balance = sum(held for _, held in facts.usable(wallet, Purpose.WALLET, POINTS))
        minutes = sum(
            held
            for purpose in (Purpose.CLOCKED, Purpose.HONORARY)
            for _, held in facts.lots(volunteer, purpose, MINUTES)
        )
        stars = star_level(facts.rows(*self._stars_of(volunteer.id))) if self._asks_stars else 0
        wish = self._wish(lines, balance, minutes, stars)
        past = {
            key: sum(_used(key, tally) for tally in facts.past.of(asked).values())
            for key, asked in self.keys(volunteer.id, lines).items()
        }
        verdict = may_redeem(book.redeeming, wish, past, points_scale=book.points_scale, year_begins=book.year_begins)
        return (*self._barred(), *self._shut(verdict.reasons))

    def _shut(self, reasons: Iterable[Reason]) -> Iterable[Reason]:
        """The same reasons; for a slip the windows are those of the day it was given on."""
        day, windows = self.given_on, self.rulebook.redeeming.windows
        if day is None:
            return reasons
        others = [reason for reason in reasons if reason.code != WINDOW_CLOSED]
        if not windows or any(window.open(day, None) for window in windows):
            return others
        text = Text(zh=f"{day.isoformat()} 不在兑换时间内", en=f"redemption was not open on {day.isoformat()}")
        return [*others, Reason(WINDOW_CLOSED, text)]

    def _barred(self) -> Iterable[Reason]:
        holder = Deed(kind="good_deed", activity_type="redemption", served_on=self.on, person_no=self.person_no)
        why: Text | None = excluded(self.rulebook, holder, "redemptions")
        if why is not None:
            yield Reason("excluded", why)

    def _wish(self, lines: Sequence[Line], balance: int, minutes: int, stars: int) -> Wish:
        return Wish(
            on=self.on,
            items=tuple(
                Item(prize=line.prize.hex, cost=line.cost, quantity=line.quantity, item_class=line.prize_class or None)
                for line in lines
            ),
            balance=balance,
            minutes=minutes,
            star_level=stars,
            minute_of_day=self.minute_of_day,
            beneficiary=self.beneficiary,
            beneficiary_age=self.beneficiary_age,
            flags=self.flags,
        )

    def _history(self, key: LimitKey, volunteer: UUID) -> tuple[HistoryKey, ...]:
        by = key.by if key.by in ("person", "household") else "everybody"
        subject: UUID | str = ""
        if by != "everybody":
            subject = self.household or volunteer if by == "household" else volunteer
        names = [of_prize(key.prize)] if key.prize else [_of_class(name) for name in key.classes or ()] or [REDEEMED]
        return tuple(
            HistoryKey("counter", name, None, by, "lifetime", key.first, key.last, subject, None) for name in names
        )


def marks_of(person: UUID, household: UUID | None, desk: UUID, on: date, lines: Sequence[Line]) -> tuple[Kept, ...]:
    """What a redemption leaves behind: once for all of it, for each class of goods, and for each prize."""
    tallies: dict[str, Tally] = {REDEEMED: Tally(deeds=1)}
    for line in lines:
        more = Tally(quantity=line.quantity, taken=line.cost)
        names = [REDEEMED, of_prize(line.prize.hex), *([_of_class(line.prize_class)] if line.prize_class else ())]
        for name in names:
            tallies[name] = tallies.get(name, Tally(deeds=1)).plus(more)
    return tuple(Kept(Mark(on, tally, counter=name), person, household, desk, None) for name, tally in tallies.items())


def told(reasons: Iterable[Reason]) -> list[Mapping[str, str]]:
    """Reasons as a clerk reads them out."""
    return [{"code": reason.code, "zh": reason.text.zh, "en": reason.text.en} for reason in reasons]


def _used(key: LimitKey, tally: Tally) -> int:
    return {"redemptions": tally.deeds, "items": tally.quantity, "points": tally.taken}[key.unit]


def _of_class(name: str) -> str:
    return f"{REDEEMED}.class.{name}"


def of_prize(id: str) -> str:
    """The counter of one prize."""
    return f"{REDEEMED}.prize.{id}"
