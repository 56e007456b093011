"""What somebody did, as far as a rulebook may look at it.

A deed carries no name and no clock: whatever decides an award is in these fields and in the history handed in with it,
so that what is kept beside the award (`inputs.recorded_inputs`) is enough to work it out again years later.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

CAPTURE_METHODS = ("clocked", "roster", "backfilled", "declared", "imported")
HONORARY_METHODS = frozenset({"backfilled", "declared", "imported"})
"""Capture methods whose hours are honorary (荣誉时长); the hours of all others are clocked (信用时长)."""
DEED_KINDS = ("service", "good_deed", "penalty", "no_show", "opening")
"""`service` is volunteer service and has hours. Everything else may move points and has none (令67 art. 19)."""
ACCOUNTS = ("person", "household", "group", "unit")
DAY_KINDS = ("workday", "rest_day", "holiday")
FLAGS = ("warning", "suspension", "cancellation", "blacklist", "reward", "review")
"""What a counter may raise against somebody, for people to act on."""
PARTY_STATUSES = ("member", "probationary", "applicant", "league_member", "none")
PARTY_REPORTS = ("home_report", "unit_report", "joined_team", "linked_stairwell", "adopted_area")
"""双报到 and 三个一: what a party member reported and somebody confirmed."""
LOCAL, OUTSIDE = "local", "outside"
"""Whether somebody's home organisation and the organising unit lie on one branch of the tree."""
UNKNOWN_DAY = "unknown"
"""The kind of a day whose holidays are not announced yet: it satisfies no condition."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MINUTES_OF_DAY = 24 * 60

Id = UUID | str | None
"""Opaque: whoever hands in the history knows what it stands for. Never recorded, never published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One record to be assessed. Facts that nobody knows are None or empty, and then satisfy no condition.

    Raises ValueError for what cannot be; the caller refuses those first, in words.
    """

    activity_type: str
    served_on: date
    minutes: int = 0
    """Time actually given (令67 art. 7), never rounded; 0 for all but service."""
    capture_method: str = "clocked"
    kind: str = "service"
    starts_minute: int | None = None
    """Local time of day it began, in minutes after midnight; what goes past midnight belongs to the next day."""
    evaluation: str | None = None
    count: int = 1
    """How many acts, persons referred or months in post."""
    value: int = 0
    """Points that a wish or a prize notice carries, in the smallest unit."""
    measures: tuple[tuple[str, int], ...] = ()
    """Other quantities by name, as (kilograms, 12)."""
    key: str | None = None
    """What a one-off bonus may be given for only once: the person referred, the commendation, the rank."""
    tags: frozenset[str] = frozenset()
    activity_class: str | None = None
    activity_level: str | None = None
    role: str | None = None
    organisers: frozenset[str] = frozenset()
    """Names and ids of the organising unit and of all units above it."""
    organiser_level: str | None = None
    filed: bool | None = None
    published: bool | None = None
    day_kind: str | None = None
    """From the working-day calendar; None stands for what the weekday says."""
    person_no: str | None = None
    person_tags: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    party_status: str | None = None
    party_reports: frozenset[str] = frozenset()
    age: int | None = None
    """Full years; recorded as the highest bound of the rulebook that it reaches, which is all that is needed."""
    residences: frozenset[str] = frozenset()
    """Names and ids of the home organisation and all above it, and `local` or `outside`."""
    flags: frozenset[str] = frozenset()
    """What stood against the person on the day, not lifted since."""
    tenure_days: int | None = None
    team_member: bool | None = None
    star_level: int | None = None
    beneficiary: str | None = None
    beneficiary_age: int | None = None
    beneficiary_tags: frozenset[str] = frozenset()
    account: str = "person"
    """On whose behalf it was done."""
    person: Id = None
    household: Id = None
    group: Id = None
    organisation: Id = None
    activity: Id = None

    def __post_init__(self) -> None:
        if self.minutes < 0 or self.count < 0 or self.value < 0:
            raise ValueError(f"minutes, count and value must not be negative: {self.minutes}, {self.count}")
        if self.capture_method not in CAPTURE_METHODS:
            raise ValueError(f"unknown capture method: {self.capture_method}")
        if self.kind not in DEED_KINDS or self.account not in ACCOUNTS:
            raise ValueError(f"unknown kind or account: {self.kind}, {self.account}")
        if self.minutes and self.kind != "service":
            raise ValueError(f"only service has minutes: {self.kind}")
        if self.starts_minute is not None and not 0 <= self.starts_minute < MINUTES_OF_DAY:
            raise ValueError(f"not a time of day: {self.starts_minute}")

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.served_on.weekday()]

    @property
    def kind_of_day(self) -> str:
        return self.day_kind or ("rest_day" if self.served_on.weekday() >= WEEKDAYS.index("saturday") else "workday")

    def subject(self, by: str) -> Id:
        """Whose history counts `by` person, household, group, unit (or organisation), or everybody.

        Somebody without a household is a household of one.
        """
        if by == "person":
            return self.person
        if by == "household":
            return self.household or self.person
        return self.group if by == "group" else "" if by == "everybody" else self.organisation

    def anonymous(self) -> Deed:
        """The same deed without ids, as it is recorded."""
        return replace(self, person=None, household=None, group=None, organisation=None, activity=None)


IDS = ("person", "household", "group", "organisation", "activity")


def days_of(deed: Deed) -> tuple[tuple[date, int], ...]:
    """(local date, minutes) for each date the deed touches: a night shift belongs to two days."""
    start = deed.starts_minute
    if start is None or start + deed.minutes <= MINUTES_OF_DAY:
        return ((deed.served_on, deed.minutes),)
    days: list[tuple[date, int]] = []
    on, room, rest = deed.served_on, MINUTES_OF_DAY - start, deed.minutes
    while rest:
        days.append((on, min(room, rest)))
        rest -= days[-1][1]
        on, room = date.fromordinal(on.toordinal() + 1), MINUTES_OF_DAY
    return tuple(days)
