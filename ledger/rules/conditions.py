"""Conditions: the named facts a rule may ask about. All that are written must hold; in a list one is enough.

Each field says beside itself which fact of the deed it looks at, and how. A new predicate is one field here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from ledger.rules.deeds import (
    ACCOUNTS,
    CAPTURE_METHODS,
    DAY_KINDS,
    FLAGS,
    PARTY_REPORTS,
    PARTY_STATUSES,
    WEEKDAYS,
    Deed,
)
from ledger.rules.forms import Choice, Clock, Day, Kind, MonthDay, Name, Switch, Whole, Words, said
from ledger.rules.parts import Many, Named, Note, Part

NUMBER_MAX = 999_999_999
WITHOUT_END = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Numbers from `at_least` to `at_most`, both included."""

    at_least: int | None = said(Whole(0, NUMBER_MAX), "不少于", "at least", default=None)
    at_most: int | None = said(Whole(0, NUMBER_MAX), "不多于", "at most", default=None)

    def check(self, note: Note) -> None:
        if self.at_least is None and self.at_most is None:
            note("", "请写 at_least 或 at_most", "write at_least or at_most")
        elif self.low > self.high:
            note("at_most", "上限小于下限, 永远不成立", "less than at_least: it can never hold")

    @property
    def low(self) -> int:
        return 0 if self.at_least is None else self.at_least

    @property
    def high(self) -> int:
        return WITHOUT_END if self.at_most is None else self.at_most

    def holds(self, number: int | None) -> bool:
        return number is not None and self.low <= number <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """Days of every year, both included; a season may run over the new year."""

    first_day: tuple[int, int] = said(MonthDay(), "首日(月-日)", "first day, month and day")
    last_day: tuple[int, int] = said(MonthDay(), "末日(月-日)", "last day, month and day")

    def holds(self, on: date) -> bool:
        day = (on.month, on.day)
        if self.first_day <= self.last_day:
            return self.first_day <= day <= self.last_day
        return day >= self.first_day or day <= self.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days of the calendar, both included."""

    first_day: date = said(Day(), "首日", "first day")
    last_day: date = said(Day(), "末日", "last day")

    def check(self, note: Note) -> None:
        if self.first_day > self.last_day:
            note("last_day", "末日早于首日", "before the first day")

    def holds(self, on: date) -> bool:
        return self.first_day <= on <= self.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A time of day; it may run over midnight. The end itself is outside."""

    begins: int = said(Clock(), "开始时刻", "from")
    ends: int = said(Clock(), "结束时刻", "until")

    def check(self, note: Note) -> None:
        if self.begins == self.ends:
            note("ends", "与开始时刻相同; 全天请不写时刻", "the same as the beginning: leave the time out for all day")

    def holds(self, minute: int | None) -> bool:
        if minute is None:
            return False
        if self.begins < self.ends:
            return self.begins <= minute < self.ends
        return minute >= self.begins or minute < self.ends


Test = Callable[[Deed], bool]


class Fact(NamedTuple):
    """Which fact of a deed a condition looks at, and how: one_of, meets, includes, equals, within."""

    of: str
    how: str


def _asks(of: str, how: str, kind: Kind, zh: str, en: str) -> Any:
    made = said(kind, zh, en, default=None)
    return field(default=None, metadata={**made.metadata, "fact": Fact(of, how)})


def _one_of(of: str, zh: str, en: str, kind: Kind | None = None) -> Any:
    return _asks(of, "one_of", Many(kind or Name(), unique=True), zh, en)


def _meets(of: str, zh: str, en: str, kind: Kind | None = None) -> Any:
    return _asks(of, "meets", Many(kind or Name(), unique=True), zh, en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Facts that must all hold. A list holds if one of its words does; a fact nobody knows does not hold."""

    activity_types: tuple[str, ...] | None = _one_of("activity_type", "活动类型", "activity type")
    activity_classes: tuple[str, ...] | None = _one_of("activity_class", "活动类别", "activity class")
    activity_levels: tuple[str, ...] | None = _one_of("activity_level", "活动级别", "activity level")
    tags: tuple[str, ...] | None = _meets("tags", "活动标签", "activity tag")
    all_tags: tuple[str, ...] | None = _asks(
        "tags", "includes", Many(Name(), unique=True), "同时带有标签", "all of the tags"
    )
    organisers: tuple[str, ...] | None = _meets("organisers", "组织单位(含下级)", "organised within", Words())
    organiser_levels: tuple[str, ...] | None = _one_of("organiser_level", "组织单位级别", "organiser's level")
    filed: bool | None = _asks("filed", "equals", Switch(), "已备案", "filed beforehand")
    published: bool | None = _asks("published", "equals", Switch(), "已发布", "published beforehand")
    capture_methods: tuple[str, ...] | None = _one_of(
        "capture_method", "记录方式", "captured as", Choice(CAPTURE_METHODS)
    )
    evaluations: tuple[str, ...] | None = _one_of("evaluation", "评价", "evaluation")
    roles: tuple[str, ...] | None = _one_of("role", "在活动中担任", "role in the activity")
    minutes: Range | None = _asks("minutes", "within", Part(Range), "服务分钟数", "minutes served")
    counts: Range | None = _asks("count", "within", Part(Range), "次数", "count")
    measures: tuple[tuple[str, Range], ...] | None = _asks(
        "measures", "measures", Named(Part(Range)), "数量", "quantities"
    )
    persons: tuple[str, ...] | None = _one_of("person_no", "志愿者编号", "volunteer number", Words())
    person_tags: tuple[str, ...] | None = _meets("person_tags", "人员标签", "person's tag")
    posts: tuple[str, ...] | None = _meets("posts", "担任职务", "post held")
    party_statuses: tuple[str, ...] | None = _one_of("party_status", "政治面貌", "party status", Choice(PARTY_STATUSES))
    party_reports: tuple[str, ...] | None = _meets(
        "party_reports", "双报到与三个一(已确认)", "confirmed report or commitment", Choice(PARTY_REPORTS)
    )
    age: Range | None = _asks("age", "within", Part(Range), "年龄", "age")
    residences: tuple[str, ...] | None = _meets("residences", "居住在(含下级)", "at home within", Words())
    tenure_days: Range | None = _asks("tenure_days", "within", Part(Range), "注册满(天)", "days since registration")
    team_member: bool | None = _asks("team_member", "equals", Switch(), "志愿队成员", "member of a team")
    star_level: Range | None = _asks("star_level", "within", Part(Range), "星级", "star level")
    flags: tuple[str, ...] | None = _meets("flags", "当日有标记", "flagged on the day", Choice(FLAGS))
    weekdays: tuple[str, ...] | None = _one_of("weekday", "星期", "weekday", Choice(WEEKDAYS))
    day_kinds: tuple[str, ...] | None = _one_of("kind_of_day", "日子", "kind of day", Choice(DAY_KINDS))
    time_of_day: Hours | None = _asks("starts_minute", "within", Part(Hours), "开始时刻", "beginning between")
    season: Season | None = _asks("served_on", "within", Part(Season), "每年时段", "every year between")
    days: Span | None = _asks("served_on", "within", Part(Span), "日期", "between")
    beneficiaries: tuple[str, ...] | None = _one_of("beneficiary", "服务对象是", "beneficiary")
    beneficiary_age: Range | None = _asks("beneficiary_age", "within", Part(Range), "服务对象年龄", "beneficiary's age")
    beneficiary_tags: tuple[str, ...] | None = _meets("beneficiary_tags", "服务对象标签", "beneficiary's tag")
    accounts: tuple[str, ...] | None = _one_of("account", "以何名义", "on behalf of", Choice(ACCOUNTS))

    def check(self, note: Note) -> None:
        if not any(True for _ in self.asked()):
            note("", "请至少写一个条件, 不需要时请删去", "write at least one condition, or leave it out")

    def asked(self) -> Iterator[tuple[str, Any]]:
        """(field, value) of the conditions that are written, in the order of the form."""
        for name in FACTS:
            value = getattr(self, name)
            if value is not None:
                yield name, value

    def failing(self, deed: Deed) -> list[str]:
        """The fields that do not hold for this deed."""
        return [name for name, value in self.asked() if not question_of(name, value)(deed)]

    def holds(self, deed: Deed) -> bool:
        return not self.failing(deed)

    def covers(self, other: Condition | None) -> bool:
        """Whether this surely holds wherever `other` does. False where that cannot be seen."""
        return all(
            other is not None
            and (narrower := getattr(other, name)) is not None
            and _wider(FACTS[name].how, value, narrower)
            for name, value in self.asked()
        )


FACTS: dict[str, Fact] = {f.name: f.metadata["fact"] for f in fields(Condition)}
WORDS: dict[str, tuple[str, str]] = {f.name: (f.metadata["zh"], f.metadata["en"]) for f in fields(Condition)}


def question_of(name: str, value: Any) -> Test:
    """The question a condition asks, made once when the rulebook is loaded."""
    of, how = FACTS[name]
    fact: Callable[[Deed], Any] = attrgetter(of)
    if how == "one_of":
        words = frozenset(value)
        return lambda deed: fact(deed) in words
    if how == "meets":
        words = frozenset(value)
        return lambda deed: not words.isdisjoint(fact(deed))
    if how == "includes":
        words = frozenset(value)
        return lambda deed: bool(words <= fact(deed))
    if how == "equals":
        return lambda deed: fact(deed) is value
    if how == "measures":
        return lambda deed: all(wanted.holds(dict(fact(deed)).get(measure)) for measure, wanted in value)
    return lambda deed: bool(value.holds(fact(deed)))


def questions_of(when: Condition | None, *, leaving: tuple[str, ...] = ()) -> tuple[Test, ...]:
    """All questions of a condition, without the fields an index has answered already."""
    return tuple(question_of(name, value) for name, value in when.asked() if name not in leaving) if when else ()


def _wider(how: str, wide: Any, narrow: Any) -> bool:
    if how in ("one_of", "meets"):
        return bool(set(narrow) <= set(wide))
    if how == "includes":
        return bool(set(wide) <= set(narrow))
    if isinstance(wide, Range):
        return bool(wide.low <= narrow.low and narrow.high <= wide.high)
    if isinstance(wide, Span):
        return bool(wide.first_day <= narrow.first_day and narrow.last_day <= wide.last_day)
    return bool(wide == narrow)
