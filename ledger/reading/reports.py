"""Reports: what a subdistrict asks of its organisations, for each stretch of days, as the ledger has it at one seq.

**Whose they are.** Service, activities and certificates are counted with the unit that organised or issued them,
points, stars and lists with the organisation to which people belong now, prizes with the organisation of the desk.
Every figure of an organisation holds all below it.

**When.** Service counts on the day it was given, as far as it stands at the seq. Points move on the business day of
their entry: what a reversal takes back it takes on its own day, so that the balance before and all the moves make the
balance after. What no entry carries (who registered, reported or was listed) is as the catalogue has it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from ledger.bank import Bank
from ledger.reading.figures import METHODS, MOVES, NEEDS, SINKS, Figures, PointFigures, PrizeFigure, Report
from ledger.reading.spans import Every, Span, ends, spans
from ledger.service import duty, record_settings
from ledger.service.working_days import working_days
from ledger.store import figures as store
from ledger.store import need_figures, point_figures, shelves
from ledger.store.figures import Place
from ledger.store.need_figures import Needs
from ledger.store.party import Coverage
from ledger.store.point_figures import BEFORE


def report(
    bank: Bank,
    *,
    since: date,
    until: date,
    every: Every,
    within: Sequence[str],
    level: str | None = None,
    as_of_seq: int | None = None,
) -> Report:
    """Every organisation of a level (the uppermost of `within` where it is None) with all below it, span by span.

    The days end today at the latest; `since` lies before them. At the head, or at an earlier seq.
    """
    cut = spans(since, min(until, bank.today()), every)
    days, limit = working_days(bank), record_settings.settings(bank).duty_working_days
    with bank.store.snapshot() as connection:
        head = shelves.head_seq(connection)
        seq = head if as_of_seq is None else as_of_seq
        asked = _Asked(bank, connection, seq, cut, within)
        groups = _Groups(store.places(connection, within), level)
        sums = _Sums(groups, cut)
        sums.service(asked)
        sums.people(asked)
        sums.points(asked)
        sums.prizes(asked)
        sums.needs(need_figures.needs(connection, asked.ends, within=within))
        count = (cut[-1].last_day - cut[0].first_day).days + 1
        each = [cut[0].first_day + timedelta(days=n) for n in range(count)]
        due = [(day, asked.midnight_after(days.later(day, limit))) for day in each]
        sums.recorded(store.in_time(connection, seq, due))
        sums.party(asked)
    if seq == head:
        sums.overdue(duty.due(bank, within=within))
    rows = [sums.row(group, at) for group in groups.all for at in range(len(cut))]
    return Report(first_day=cut[0].first_day, last_day=cut[-1].last_day, as_of_seq=seq, rows=rows)


class _Asked:
    """What every statement is asked with."""

    def __init__(self, bank: Bank, connection: Any, seq: int, cut: list[Span], within: Sequence[str]) -> None:
        self.connection, self.seq, self.spans, self.within = connection, seq, cut, within
        self.ends = ends(cut, bank.zone)
        self._zone = bank.zone

    def midnight_after(self, day: date) -> int:
        return ends([Span("", day, day)], self._zone)[-1]

    def of(self, statement: Any) -> Any:
        return statement(self.connection, self.seq, self.spans, within=self.within)


class _Groups:
    """Which organisations a report tells apart, and in which of them each one counts."""

    def __init__(self, places: Sequence[Place], level: str | None) -> None:
        paths = {place.path for place in places}
        self.all = [one for one in places if (one.level == level if level else not _above(one.path) & paths)]
        own = {one.path: one for one in self.all}
        self.of_path = {
            place.path: [own[path] for path in (*sorted(_above(place.path)), place.path) if path in own]
            for place in places
        }
        self.of_id = {place.id: self.of_path[place.path] for place in places}


def _above(path: str) -> set[str]:
    steps = path.split("/")[:-1]
    return {"/".join(steps[:depth]) + "/" for depth in range(1, len(steps))}


Key = tuple[UUID, int]


class _Sums:
    """All figures while they are added up, by organisation and span."""

    def __init__(self, groups: _Groups, cut: Sequence[Span]) -> None:
        self._groups, self._spans = groups, cut
        self._counts: defaultdict[Key, Counter[str]] = defaultdict(Counter)
        self._kinds: defaultdict[tuple[UUID, int, str], Counter[Any]] = defaultdict(Counter)
        self._prizes: defaultdict[Key, dict[UUID, PrizeFigure]] = defaultdict(dict)
        self._has_overdue = False

    def _places(self, id: UUID) -> Iterable[Place]:
        return self._groups.of_id.get(id, ())

    def _add(self, id: UUID, span: int, name: str, count: int) -> None:
        for group in self._places(id):
            self._counts[group.id, span][name] += count

    def _add_kind(self, id: UUID, span: int, name: str, kind: Any, count: int) -> None:
        for group in self._places(id):
            self._kinds[group.id, span, name][kind] += count

    def service(self, asked: _Asked) -> None:
        for one in asked.of(store.hours):
            self._add(one.organisation_id, one.span, "records", one.records)
            self._add(one.organisation_id, one.span, "minutes", one.minutes)
            self._add_kind(one.organisation_id, one.span, "minutes", one.capture_method, one.minutes)
        active: defaultdict[Key, set[UUID]] = defaultdict(set)
        for one in asked.of(store.served):
            for group in self._places(one.organisation_id):
                active[group.id, one.span].add(one.volunteer_id)
        for key, people in active.items():
            self._counts[key]["active"] = len(people)
        for one in asked.of(store.activities):
            self._add(one.organisation_id, one.span, "activities", one.number)
            self._add_kind(one.organisation_id, one.span, "activities", one.kind, one.number)
        for statement, named in ((store.reversed_records, "records_"), (store.certificates, "certificates_")):
            for one in asked.of(statement):
                self._add(one.organisation_id, one.span, named + one.kind, one.number)

    def people(self, asked: _Asked) -> None:
        registered = store.registered(asked.connection, asked.ends, within=asked.within)
        for counted, name in ((registered, "new"), (asked.of(store.left), "left")):
            for one in counted:
                self._add(one.organisation_id, one.span, name, one.number)
        self._stars(asked.of(store.granted))
        first, last = asked.spans[0].first_day, asked.spans[-1].last_day
        listed: defaultdict[tuple[UUID, int, str], set[UUID]] = defaultdict(set)
        for row in store.listed(asked.connection, first, last, within=asked.within):
            for at, span in enumerate(self._spans):
                if row.from_on <= span.last_day and (row.until_on is None or row.until_on >= span.first_day):
                    for group in self._places(row.organisation_id):
                        listed[group.id, at, row.tag].add(row.volunteer_id)
        for (id, at, tag), who in sorted(listed.items()):
            self._kinds[id, at, "listed"][tag] = len(who)
        for one in asked.of(store.flags):
            self._add_kind(one.organisation_id, one.span, "flags", one.kind, one.number)

    def _stars(self, granted: Sequence[store.Granted]) -> None:
        """At the end of each span what was granted last, of those whose accounts stand then."""
        for at in range(len(self._spans)):
            last = {one.volunteer_id: one for one in granted if one.span <= at}
            for one in last.values():
                if one.star_level and (one.left is None or one.left > at):
                    self._add_kind(one.organisation_id, at, "stars", one.star_level, 1)

    def points(self, asked: _Asked) -> None:
        for one in asked.of(point_figures.flows):
            self._add_kind(one.organisation_id, one.span, "points", SINKS.get(one.purpose, "moved"), one.points)

    def prizes(self, asked: _Asked) -> None:
        for one in asked.of(point_figures.redemptions):
            self._add(one.organisation_id, one.span, "redemptions", one.number)
        for one in asked.of(point_figures.handed_out):
            for group in self._places(one.organisation_id):
                of = self._prizes[group.id, one.span]
                had = of.get(one.prize_id)
                of[one.prize_id] = PrizeFigure(
                    prize_id=one.prize_id,
                    title=one.title,
                    quantity=one.quantity + (had.quantity if had else 0),
                    points=one.points + (had.points if had else 0),
                )

    def needs(self, found: Sequence[Needs]) -> None:
        for one in found:
            self._add(one.organisation_id, one.span, one.kind, one.number)
            if one.kind == "requests_closed":
                self._add(one.organisation_id, one.span, "requests_minutes", one.minutes)

    def recorded(self, recorded: Sequence[store.Recorded]) -> None:
        for one in recorded:
            at = self._at(one.served_on)
            self._add(one.organisation_id, at, "in_time", one.in_time)
            self._add(one.organisation_id, at, "late", one.records - one.in_time)

    def overdue(self, due: Sequence[duty.Due]) -> None:
        self._has_overdue = True
        first, last = self._spans[0].first_day, self._spans[-1].last_day
        for one in due:
            if one.is_overdue and first <= one.held_on <= last:
                self._add(one.organisation_id, self._at(one.held_on), "overdue", 1)

    def party(self, asked: _Asked) -> None:
        """Of everybody who reports to an organisation on the last day of a span: who has what, wherever it is."""
        first, last = asked.spans[0].first_day, asked.spans[-1].last_day
        found = store.ties(asked.connection, first, last, within=asked.within)
        for at, span in enumerate(self._spans):
            on, before = span.last_day, asked.ends[at + 1]
            has: defaultdict[UUID, set[str]] = defaultdict(set)
            here: defaultdict[UUID, set[UUID]] = defaultdict(set)
            for tie in found:
                if tie.from_on > on or (tie.until_on is not None and tie.until_on < on):
                    continue
                if tie.confirmed_at is not None and tie.confirmed_at < before:
                    has[tie.volunteer_id].add(tie.kind)
                if tie.kind in ("home", "unit"):
                    for group in self._groups.of_path.get(tie.path, ()):
                        here[group.id].add(tie.volunteer_id)
            for id, members in here.items():
                self._counts[id, at].update(_coverage([has[member] for member in members]))

    def row(self, group: Place, at: int) -> Figures:
        def of(name: str) -> Counter[Any]:
            return self._kinds[group.id, at, name]

        counts = self._counts[group.id, at]
        so_far = [self._counts[group.id, span] for span in range(BEFORE, at + 1)]
        points = of("points")
        before = sum(self._kinds[group.id, span, "points"].total() for span in range(BEFORE, at))
        return Figures(
            organisation=group,
            span=self._spans[at],
            volunteers=sum(one["new"] - one["left"] for one in so_far),
            volunteers_new=counts["new"],
            volunteers_left=counts["left"],
            active=counts["active"],
            records=counts["records"],
            minutes=counts["minutes"],
            minutes_by_method={method: of("minutes")[method] for method in METHODS},
            activities=counts["activities"],
            activities_by_type=dict(of("activities")),
            points=PointFigures(
                opening=before,
                outstanding=before + points.total(),
                moved=points["moved"],
                **{name: points[name] for name in MOVES},
            ),
            redemptions=counts["redemptions"],
            prizes=sum(one.quantity for one in self._prizes[group.id, at].values()),
            redeemed_prizes=tuple(self._prizes[group.id, at].values()),
            stars=dict(sorted(of("stars").items())),
            records_in_time=counts["in_time"],
            records_late=counts["late"],
            overdue=counts["overdue"] if self._has_overdue else None,
            records_undone=counts["records_undone"],
            records_corrected=counts["records_corrected"],
            certificates_issued=counts["certificates_issued"],
            certificates_revoked=counts["certificates_revoked"],
            **{name: counts[name] for name in NEEDS},
            party=Coverage(*(counts[f"party_{name}"] for name in Coverage._fields)),
            listed=dict(of("listed")),
            flags=dict(of("flags")),
        )

    def _at(self, day: date) -> int:
        return next(at for at, span in enumerate(self._spans) if day <= span.last_day)


def _coverage(members: Sequence[set[str]]) -> dict[str, int]:
    kinds = ("home", "unit", "team", "stairwell", "area")
    counted = {f"party_{kind}": sum(kind in one for one in members) for kind in kinds}
    return counted | {
        "party_members": len(members),
        "party_both": sum({"home", "unit"} <= one for one in members),
        "party_all_three": sum({"team", "stairwell", "area"} <= one for one in members),
    }
