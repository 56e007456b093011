"""Dual check-in (双报到) and the three commitments (三个一): a party member reports at home and to the linked unit,
joins a team, links a stairwell, adopts an area.

That somebody is a party member is sensitive (PIPL 28): nothing is kept without their separate consent, nothing of it is
ever public, and each tie is seen only by staff of the organisation it leads to and of the member's own home.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By, Changes, Taken
from ledger.core.refusals.organisations import AlreadyTied, DaysReversed, PartyConsentMissing, TieEnded, WrongLevel
from ledger.core.refusals.refusal import Refused
from ledger.people.consents import SENSITIVE_DATA
from ledger.people.organisations import Organisation
from ledger.people.viewings import viewed
from ledger.people.volunteers import Volunteer
from ledger.store import party as store
from ledger.store.party import Coverage
from ledger.store.rows import Page
from ledger.tables import writing

HOME, UNIT = "home", "unit"
TEAM, STAIRWELL, AREA = "team", "stairwell", "area"
REPORTS = (HOME, UNIT)
COMMITMENTS = (TEAM, STAIRWELL, AREA)
LEVELS = {
    HOME: ("community", "estate"),
    UNIT: ("unit", "social"),
    TEAM: ("team",),
    STAIRWELL: ("building",),
    AREA: ("community", "estate", "building"),
}
"""Organisations of which levels a tie of each kind may lead to."""
VIEW = "party"
"""What the log of views calls it."""
REPORTED, CONFIRMED, ENDED = "reported", "confirmed", "ended"
STATUS_ZH = {REPORTED: "待确认", CONFIRMED: "已确认", ENDED: "已结束"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A report or a commitment. `area` says which part of the organisation was adopted."""

    id: UUID
    volunteer_id: UUID
    volunteer_no: str
    volunteer_name: str
    volunteer_path: str
    kind: str
    organisation_id: UUID
    organisation_name: str
    organisation_path: str
    area: str | None
    status: str
    from_on: date
    until_on: date | None


def tie(
    bank: Bank,
    by: By,
    volunteer: Volunteer,
    *,
    kind: str,
    organisation: Organisation,
    from_on: date,
    area: str | None = None,
) -> Tie:
    """A report or commitment from this day on; it waits for the organisation to confirm it.

    Refuses WrongLevel, PartyConsentMissing, AlreadyTied.
    """
    if organisation.level not in LEVELS[kind]:
        raise Refused(WrongLevel(level=organisation.level))
    with bank.changing(by) as change:
        if not store.is_agreed(change.connection, volunteer.id, SENSITIVE_DATA):
            raise Refused(PartyConsentMissing())
        id = change.new_id()
        row = {
            "id": id,
            "volunteer_id": volunteer.id,
            "kind": kind,
            "organisation_id": organisation.id,
            "area": area,
            "status": REPORTED,
            "from_on": from_on,
            "until_on": None,
            "recorded_at": change.now,
            "recorded_by": by.actor,
            "confirmed_at": None,
            "confirmed_by": None,
            "open_as": f"{volunteer.id}/{kind}",
        }
        try:
            change.add("party_tie", row, unique="open_as")
        except Taken:
            raise Refused(AlreadyTied()) from None
        change.audit("report", "party_tie", id, after={"kind": kind, "organisation_id": organisation.id})
        return _there(change, id)


def confirm(bank: Bank, by: By, tie: Tie) -> Tie:
    """The organisation says that it is so. Confirming twice changes nothing. Refuses TieEnded."""
    with bank.changing(by) as change:
        now = _there(change, tie.id)
        if now.status == ENDED:
            raise Refused(TieEnded())
        if now.status == REPORTED:
            change.change(
                "party_tie", tie.id, {"status": CONFIRMED, "confirmed_at": change.now, "confirmed_by": by.actor}
            )
            change.audit("confirm", "party_tie", tie.id)
        return _there(change, tie.id)


def end(bank: Bank, by: By, tie: Tie, *, until_on: date) -> Tie:
    """This day is the last. Refuses TieEnded, DaysReversed."""
    with bank.changing(by) as change:
        now = _there(change, tie.id)
        if now.status == ENDED:
            raise Refused(TieEnded())
        if until_on < now.from_on:
            raise Refused(DaysReversed(begins=now.from_on.isoformat(), ends=until_on.isoformat()))
        change.change("party_tie", tie.id, {"status": ENDED, "until_on": until_on, "open_as": None})
        change.audit("end", "party_tie", tie.id, after={"until": until_on})
        return _there(change, tie.id)


def find(bank: Bank, id: UUID) -> Tie | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id)
    return _from(row) if row else None


def ties_of(bank: Bank, volunteer: Volunteer) -> list[Tie]:
    """Every report and commitment of this volunteer, the earliest first."""
    with bank.store.reading() as connection:
        return [_from(row) for row in store.of_volunteer(connection, volunteer.id)]


def page(
    bank: Bank,
    *,
    within: Sequence[str],
    kinds: Sequence[str],
    status: str | None,
    after: Sequence[Any] | None,
    limit: int,
) -> Page[Tie]:
    """Ties to these organisations and those below them, the oldest first."""
    with bank.store.reading() as connection:
        found = store.page(
            connection,
            within=within,
            kinds=kinds,
            status=status,
            after=after[0] if after else None,
            limit=limit + 1,
        )
    ties = [_from(row) for row in found]
    return Page(ties[:limit], (ties[limit - 1].id,) if len(ties) > limit else None)


def coverage(bank: Bank, organisation: Organisation) -> Coverage:
    """Who of those that report at or below this organisation has both reports, and which commitments."""
    with bank.store.reading() as connection:
        return store.coverage(connection, organisation.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """What a unit is told about its members' year at home, as of one seq of the ledger."""

    year: int
    as_of_seq: int
    rows: Sequence[Sequence[str | int]]

    def xlsx(self) -> bytes:
        return writing.xlsx(f"双报到 {self.year}", self.headers, self.rows)

    def csv(self) -> bytes:
        return writing.csv_of(self.headers, self.rows)

    @property
    def headers(self) -> list[str]:
        return [*_HEADERS, f"截至账本第 {self.as_of_seq} 号"]


_KINDS = {UNIT: "单位报到", HOME: "居住地报到", TEAM: "加入志愿队", STAIRWELL: "联系楼栋", AREA: "认领区域"}
_HEADERS = ("志愿者编号", "姓名", *_KINDS.values(), "服务时长(分钟)", "积分")


def yearly_return(bank: Bank, by: By, organisation: Organisation, year: int) -> Return:
    """The year of everybody who reported to this unit, or to units below it; noted as a view of personal data."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    viewed(bank, by, VIEW, fields=["party_member", "name"], purpose="party_return")
    with bank.store.snapshot() as connection:
        members = store.returned(connection, organisation.path, first, last)
        ties = store.ties_in(connection, organisation.path, first, last)
        seq, served = store.served(connection, organisation.path, first, last)
    of: dict[UUID, dict[str, list[str]]] = {}
    for row in ties:
        of.setdefault(row["volunteer_id"], {}).setdefault(row["kind"], []).append(_spelled(row))
    rows: list[list[str | int]] = []
    for member in members:
        theirs, (minutes, points) = of.get(member["id"], {}), served.get(member["id"], (0, 0))
        kinds = ["; ".join(theirs.get(kind, [])) for kind in _KINDS]
        rows.append([member["volunteer_no"], member["name"], *kinds, minutes, points])
    return Return(year=year, as_of_seq=seq, rows=rows)


def _spelled(row: Mapping[str, Any]) -> str:
    area = f"·{row['area']}" if row["area"] else ""
    until = f" 至 {row['until_on'].isoformat()}" if row["until_on"] else ""
    return f"{row['name']}{area} {STATUS_ZH[row['status']]} {row['from_on'].isoformat()}{until}"


def _there(change: Changes, id: UUID) -> Tie:
    row = store.find(change.connection, id)
    if row is None:
        raise LookupError(f"the tie {id} is gone")
    return _from(row)


def _from(row: Mapping[str, Any]) -> Tie:
    return Tie(**{name: row[name] for name in Tie.__slots__})
