"""Balances and statements of volunteers: what they hold, what lapses when, and how it came about."""

from __future__ import annotations

from typing import Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from api.answers import ExplanationLine, page_of
from api.fields import Day
from api.pagination import Keyset, PageQuery
from api.rendering import Answer, instant
from api.routes import Call, Routes
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.bank import Bank
from ledger.core.accounts import MINUTES, POINTS, Owner
from ledger.people import viewings
from ledger.people.viewings import viewed
from ledger.people.volunteers import Volunteer
from ledger.prizes.lapses import Carrying
from ledger.reading import balances, statements
from ledger.reading.statements import Entry
from ledger.service import stars

routes = Routes("volunteers")

_entries = Keyset(int, int, int)


class StatementQuery(PageQuery):
    """Which entries: of points or minutes, with business dates from and to these days, both included."""

    unit: Literal["points", "minutes"] = "points"
    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")


class LapsingAnswer(TypedDict):
    """Points that are valid until this day, and no longer; but for so many that will be carried over."""

    on: str
    points: int
    carried_over: int


class PointsAnswer(TypedDict):
    """In the smallest unit. `available` can be spent today; `debt` is owed after a reversal of points already spent.
    What may only be given away, and what is kept as an honour, is no part of the balance.
    """

    balance: int
    available: int
    held: int
    debt: int
    donate_only: int
    honour: int
    lapsing: list[LapsingAnswer]


class MinutesAnswer(TypedDict):
    """Service time: clocked (信用时长) and honorary (荣誉时长)."""

    total: int
    clocked: int
    honorary: int


class LackingAnswer(TypedDict):
    """What a level still asks for: whole hours, points in the smallest unit."""

    hours: NotRequired[int]
    points: NotRequired[int]
    services: NotRequired[int]
    commendations: NotRequired[int]
    tenure_days: NotRequired[int]


class NextStarAnswer(TypedDict):
    """The next level of a ladder. Where nothing is lacking it is reached, and waits to be granted."""

    ladder: str
    level: int
    title_zh: str
    title_en: str
    lacking: LackingAnswer


class BalanceAnswer(TypedDict):
    """What a volunteer holds, as of one seq of the ledger. `star_level` is what was granted; `next` is null at the top,
    and for whom no ladder is.
    """

    points: PointsAnswer
    minutes: MinutesAnswer
    star_level: int
    next: NextStarAnswer | None
    as_of_seq: int


class EntryAnswer(TypedDict):
    """One movement. `amount` is signed, `balance_after` is over all of the volunteer's accounts of the unit."""

    seq: int
    leg: int
    on: str
    recorded_at: str
    kind: str
    amount: int
    balance_after: int
    explanation: list[ExplanationLine]


@routes.get("/volunteers/<number:volunteer_no>/balance", scope=Scope.BALANCES_READ, own=True, answer=BalanceAnswer)
def balance(call: Call, volunteer_no: str) -> BalanceAnswer:
    """Read a volunteer's balance."""
    volunteer = volunteer_of(call, volunteer_no)
    viewed(call.bank, call.by, viewings.BALANCE, volunteer)
    return balance_of(call, volunteer.owner, volunteer.organisation_path, volunteer)


def next_star_of(bank: Bank, volunteer: Volunteer) -> NextStarAnswer | None:
    """The star that comes next for somebody, and what it asks for."""
    coming = stars.next_of(bank, volunteer)
    if coming is None:
        return None
    lacking: LackingAnswer = {**coming.lacking}  # type: ignore[typeddict-item]
    return {
        "ladder": coming.ladder,
        "level": coming.level,
        "title_zh": coming.title.zh,
        "title_en": coming.title.en,
        "lacking": lacking,
    }


def balance_of(call: Call, owner: Owner, home: str, volunteer: Volunteer | None = None) -> BalanceAnswer:
    """What an owner of any kind holds, who belongs to the organisation with this path; with the volunteer it is, also
    which star comes next.
    """
    held = balances.balance_of(call.bank, owner)
    carrying = Carrying(call.bank)
    return {
        "points": {
            "balance": held.points,
            "available": held.available,
            "held": held.held,
            "debt": held.debt,
            "donate_only": held.donate_only,
            "honour": held.honour,
            "lapsing": [
                {"on": on.isoformat(), "points": points, "carried_over": carrying.over(home, on, points)}
                for on, points in held.lapsing
            ],
        },
        "minutes": {
            "total": held.minutes_clocked + held.minutes_honorary,
            "clocked": held.minutes_clocked,
            "honorary": held.minutes_honorary,
        },
        "star_level": held.star_level,
        "next": next_star_of(call.bank, volunteer) if volunteer else None,
        "as_of_seq": held.as_of_seq,
    }


@routes.get(
    "/volunteers/<number:volunteer_no>/statement",
    scope=Scope.BALANCES_READ,
    own=True,
    query=StatementQuery,
    answer=page_of(EntryAnswer),
)
def statement(call: Call, volunteer_no: str, query: StatementQuery) -> Answer:
    """Read a volunteer's statement, newest entries first."""
    volunteer = volunteer_of(call, volunteer_no)
    viewed(call.bank, call.by, viewings.STATEMENT, volunteer)
    return statement_of(call, volunteer.owner, query)


def statement_of(call: Call, owner: Owner, query: StatementQuery) -> Answer:
    """A page of an owner's statement."""
    found = statements.statement(
        call.bank,
        owner,
        POINTS if query.unit == "points" else MINUTES,
        since=query.since,
        until=query.until,
        after=_entries.after(query),
        limit=query.limit,
    )
    return _entries.answer(found, _entry)


def _entry(entry: Entry) -> EntryAnswer:
    return {
        "seq": entry.seq,
        "leg": entry.leg,
        "on": entry.on.isoformat(),
        "recorded_at": instant(entry.recorded_at),
        "kind": entry.kind,
        "amount": entry.amount,
        "balance_after": entry.balance_after,
        "explanation": entry.explanation,  # type: ignore[typeddict-item]
    }
