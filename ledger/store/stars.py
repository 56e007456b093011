"""What stars are judged by, for as many people as one likes in a few statements; and what was proposed and decided.

What counts is what stands: a transaction that was reversed, and the reversal, count for nothing. Hours are those of the
hours ledger, by the way they were recorded; hours that a correction or a merge brought are clocked or imported, by the
account they stand in. Points gained and taken are those of the deeds, wherever they went, with corrections by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, Text, cast, exists, func, select

from ledger.core.entries import Kind
from ledger.rules import Standing
from ledger.store.asking import ask
from ledger.store.rows import Page, below, paged
from ledger.store.schema.books import command, head, transaction
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.privacy import closing
from ledger.store.schema.stars import star_change, star_decision
from ledger.store.volunteers import STANDS
from ledger.store.writer import business_day

COMMENDATION = "commendation"
"""The deed type of what is counted as commendations."""
BONUSES = "stars"
"""Who asks for the bonuses."""
OTHERWISE = {"clocked": "clocked", "honorary": "imported"}
"""As what hours count that no service record brought, by the account they stand in."""

_STANDING = """t.kind <> 'reversal' AND NOT EXISTS
    (SELECT 1 FROM "transaction" u WHERE u.reverses = t.seq AND u.seq < asked.before)"""
_CORRECTS = f"t.kind IN ('{Kind.ADJUSTMENT}', '{Kind.MERGE}') AND {_STANDING} AND t.effective_on >= asked.since"
_HOURS = (
    """
    SELECT asked.at, a.purpose, COALESCE(r.capture_method, ''), CAST(COUNT(r.seq) AS bigint),
        CAST(SUM(m.amount) AS bigint), CAST(COALESCE(SUM(CASE WHEN r.points > 0 THEN r.points END), 0) AS bigint),
        CAST(COALESCE(SUM(CASE WHEN r.points < 0 THEN -r.points END), 0) AS bigint)
    FROM ASKED CROSS JOIN account a CROSS JOIN transfer m CROSS JOIN "transaction" t
    LEFT JOIN service_record r ON r.seq = m.seq
    WHERE a.owner_id = asked.volunteer AND a.unit_id = 2 AND a.purpose IN ('clocked', 'honorary')
        AND m.SIDE_account_id = a.id AND m.seq < asked.before AND t.seq = m.seq
        AND t.effective_on BETWEEN asked.since AND asked.until AND """
    + _STANDING
    + """
    GROUP BY asked.at, a.purpose, COALESCE(r.capture_method, '')"""
)
_POINTS = f"""
    SELECT asked.at, CAST(SUM(m.amount) AS bigint), CAST(SUM(CASE WHEN {_CORRECTS} THEN m.amount ELSE 0 END) AS bigint)
    FROM ASKED CROSS JOIN account a CROSS JOIN transfer m CROSS JOIN "transaction" t
    WHERE a.owner_id = asked.volunteer AND a.unit_id = 1 AND a.purpose IN ('wallet', 'held', 'debt')
        AND m.SIDE_account_id = a.id AND m.seq < asked.before AND t.seq = m.seq AND t.effective_on <= asked.until
    GROUP BY asked.at"""
_DEEDS = f"""
    SELECT asked.at, CAST(SUM(CASE WHEN d.kind = 'good_deed' AND d.deed_type = '{COMMENDATION}' THEN 1 ELSE 0 END)
        AS bigint), CAST(SUM(CASE WHEN d.points > 0 THEN d.points ELSE 0 END) AS bigint),
        CAST(SUM(CASE WHEN d.points < 0 THEN -d.points ELSE 0 END) AS bigint)
    FROM ASKED CROSS JOIN deed d CROSS JOIN "transaction" t
    WHERE d.volunteer_id = asked.volunteer AND d.done_on BETWEEN asked.since AND asked.until AND d.seq < asked.before
        AND t.seq = d.seq AND {_STANDING}
    GROUP BY asked.at"""
_REGISTERED = "SELECT asked.at, v.registered_at FROM ASKED CROSS JOIN volunteer v WHERE v.id = asked.volunteer"


class Asked(NamedTuple):
    """What somebody has, of what was done from one day to another, by the rows before a seq."""

    volunteer: UUID
    since: date
    until: date
    before: int


_COLUMNS = ("at bigint", "volunteer uuid", "since date", "until date", "before bigint")
Row = Mapping[str, Any]


class _Sums:
    """One standing while it is added up."""

    def __init__(self) -> None:
        self.minutes: dict[str, int] = {}
        self.gained = self.taken = self.balance = self.services = self.commendations = self.tenure = 0

    def hours(self, sign: int, purpose: str, method: str, records: int, minutes: int, gained: int, taken: int) -> None:
        name = method or OTHERWISE[purpose]
        self.minutes[name] = self.minutes.get(name, 0) + sign * minutes
        self.services += records
        self.gained += gained
        self.taken += taken

    def points(self, sign: int, moved: int, corrected: int) -> None:
        self.balance += sign * moved
        if sign > 0:
            self.gained += corrected
        else:
            self.taken += corrected

    def deeds(self, commendations: int, gained: int, taken: int) -> None:
        self.commendations += commendations
        self.gained += gained
        self.taken += taken

    def standing(self) -> Standing:
        return Standing(
            minutes={name: minutes for name, minutes in self.minutes.items() if minutes},
            points_gained=self.gained,
            points_taken=self.taken,
            balance=self.balance,
            services=self.services,
            commendations=self.commendations,
            tenure_days=self.tenure,
        )


def standings(connection: Connection, asked: Sequence[Asked], zone: ZoneInfo) -> list[Standing]:
    """What each has, in six statements however many are asked about."""
    sums = [_Sums() for _ in asked]
    questions = [(at, *one) for at, one in enumerate(asked)]

    def told(statement: str, side: str = "") -> Sequence[Any]:
        return ask(connection, statement.replace("SIDE", side), _COLUMNS, questions)

    for side, sign in (("credit", 1), ("debit", -1)):
        for at, *found in told(_HOURS, side):
            sums[at].hours(sign, *found)
        for at, *found in told(_POINTS, side):
            sums[at].points(sign, *found)
    for at, *found in told(_DEEDS):
        sums[at].deeds(*found)
    for at, registered_at in told(_REGISTERED):
        sums[at].tenure = max(0, (asked[at].until - business_day(registered_at, zone)).days)
    return [one.standing() for one in sums]


def as_of(connection: Connection) -> int:
    """The seq everything stands at."""
    return int(connection.scalar(select(head.c.seq)) or 0)


def people(connection: Connection, *, within: Sequence[str], since: UUID | None, limit: int) -> list[Row]:
    """Volunteers of these organisations and below whose account stands, by id, from this one on."""
    statement = (
        select(
            volunteer.c.id,
            volunteer.c.volunteer_no,
            volunteer.c.organisation_id,
            organisation.c.path.label("organisation_path"),
        )
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
        .outerjoin(closing, STANDS)
        .where(closing.c.id.is_(None), volunteer.c.erased_at.is_(None), below(within))
        .order_by(volunteer.c.id)
        .limit(limit)
    )
    if since is not None:
        statement = statement.where(volunteer.c.id >= since)
    return [dict(row) for row in connection.execute(statement).mappings()]


def decisions(connection: Connection, volunteers: Sequence[UUID]) -> dict[UUID, list[tuple[str, int]]]:
    """(ladder, level) of every decision about each, the earliest first."""
    made = star_decision.c
    statement = (
        select(made.volunteer_id, made.ladder_id, made.level)
        .where(made.volunteer_id.in_(volunteers), made.decision == "approve")
        .order_by(made.seq)
    )
    found: dict[UUID, list[tuple[str, int]]] = {}
    for id, ladder, level in connection.execute(statement):
        found.setdefault(id, []).append((ladder, level))
    return found


def star_level(connection: Connection, volunteer_id: UUID) -> int:
    """The stars somebody was granted."""
    made = star_decision.c
    statement = (
        select(made.star_level)
        .where(made.volunteer_id == volunteer_id, made.decision == "approve")
        .order_by(made.seq.desc())
        .limit(1)
    )
    return int(connection.scalar(statement) or 0)


def under_way(connection: Connection, volunteers: Sequence[UUID]) -> set[tuple[UUID, str]]:
    """(volunteer, ladder) of the changes that are not decided yet."""
    statement = (
        select(star_change.c.volunteer_id, star_change.c.ladder_id)
        .outerjoin(star_decision, star_decision.c.change_id == star_change.c.id)
        .where(star_change.c.volunteer_id.in_(volunteers), star_decision.c.id.is_(None))
    )
    return {(id, ladder) for id, ladder in connection.execute(statement)}


def find(connection: Connection, id: UUID) -> Row | None:
    row = connection.execute(_changes().where(star_change.c.id == id)).mappings().first()
    return dict(row) if row is not None else None


def history(connection: Connection, volunteer_id: UUID) -> list[Row]:
    """Every change that was ever proposed for somebody, the newest first."""
    statement = _changes().where(star_change.c.volunteer_id == volunteer_id).order_by(star_change.c.seq.desc())
    return [dict(row) for row in connection.execute(statement).mappings()]


def page(
    connection: Connection,
    *,
    within: Sequence[str] | None,
    state: str | None,
    today: date,
    after: Sequence[Any] | None,
    limit: int,
) -> Page[Row]:
    """Changes in a state (any where it is None), the oldest first."""
    statement = _changes().where(*_in_state(state, today))
    if within is not None:
        statement = statement.where(below(within))
    return paged(connection, statement, [star_change.c.seq], after, limit, newest_first=False)


def bonus_key(volunteer_id: UUID, ladder: str, level: int) -> str:
    """Under which key the bonus for a star is asked for: once in a life."""
    return f"{volunteer_id}.{ladder}.{level}"


def unrewarded(connection: Connection, *, since: date) -> list[Row]:
    """Promotions that came into force since a day, and for which no bonus was asked yet."""
    change = star_change.c
    key = cast(change.volunteer_id, Text) + "." + change.ladder_id + "." + cast(change.to_level, Text)
    asked = exists().where(command.c.client == BONUSES, command.c.key == key)
    statement = _changes().where(
        star_decision.c.decision == "approve",
        star_change.c.to_level > star_change.c.from_level,
        star_decision.c.measured_on >= since,
        ~asked,
    )
    return [dict(row) for row in connection.execute(statement.order_by(star_decision.c.seq)).mappings()]


def _in_state(state: str | None, today: date) -> Sequence[Any]:
    undecided, until = star_decision.c.id.is_(None), star_change.c.notice_until
    return {
        None: (),
        "on_notice": (undecided, until >= today),
        "proposed": (undecided, func.coalesce(until, today - timedelta(days=1)) < today),
        "in_force": (star_decision.c.decision == "approve",),
        "rejected": (star_decision.c.decision == "reject",),
    }[state]


def _changes() -> Select[Any]:
    return (
        select(
            *(column for column in star_change.c if column.name != "organisation_id"),
            volunteer.c.organisation_id,
            volunteer.c.volunteer_no,
            volunteer.c.name.label("volunteer_name"),
            organisation.c.name.label("organisation_name"),
            organisation.c.path.label("organisation_path"),
            transaction.c.effective_on.label("proposed_on"),
            transaction.c.rulebook_code,
            transaction.c.rulebook_version,
            star_decision.c.id.label("decision_id"),
            star_decision.c.seq.label("decision_seq"),
            star_decision.c.decision,
            star_decision.c.recorded_by.label("decided_by"),
            star_decision.c.measured_on.label("decided_on"),
        )
        .join(volunteer, volunteer.c.id == star_change.c.volunteer_id)
        .join(organisation, organisation.c.id == volunteer.c.organisation_id)
        .join(transaction, transaction.c.seq == star_change.c.seq)
        .outerjoin(star_decision, star_decision.c.change_id == star_change.c.id)
    )
