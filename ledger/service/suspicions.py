"""Suspicions: what a reviewer should look at before approving a record (刷分, 代签), in plain words with the numbers.

None of them refuses anything: a long day can be real, and a whole team may check in at one kiosk. From when on each is
raised is a setting. They are worked out for a page of records at once, with a few statements however many there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from ledger.bank import Bank
from ledger.service import record_settings
from ledger.service.activity_sessions import day_of
from ledger.service.record_lists import Recorded
from ledger.service.record_settings import RecordSettings
from ledger.service.served_spans import MINUTE
from ledger.store import suspicions as store

SECOND = 1_000_000
DAY = 24 * 3600 * SECOND
WEEK = timedelta(days=7)
LIST = "list"
"""How somebody came, of whom a list says it."""

SENTENCES: Mapping[str, tuple[str, str]] = {
    "overlap": ("与本人另一条记录时间重叠", "It overlaps another record of the same person"),
    "long_day": (
        "本人当日共 {minutes} 分钟, 超过 {most} 分钟",
        "This person has {minutes} minutes on that day, more than {most}",
    ),
    "outside_session": ("不在活动场次的时间内", "It lies outside the sessions of the activity"),
    "same_second": (
        "同一秒内由同一人为 {people} 人签到",
        "{people} people were checked in within the same second by one hand",
    ),
    "same_device": (
        "同一设备在本场为 {people} 人签到",
        "{people} people were checked in at one device in this session",
    ),
    "own_record": ("记录人与受益人同名或为本人", "Whoever recorded it has the name of who benefits, or is them"),
    "in_charge": ("活动负责人与受益人同名", "The person in charge has the name of who benefits"),
    "same_reviewer": (
        "近 {days} 天同一审核人已为本人通过 {times} 次",
        "One reviewer approved {times} records of this person within {days} days",
    ),
    "same_pair": (
        "近 {days} 天同一审核人已为同一记录人通过 {times} 次",
        "One reviewer approved {times} records of this recorder within {days} days",
    ),
    "backfill_burst": (
        "该记录人近 {days} 天补录或申报 {times} 条",
        "This recorder back-filled {times} records within {days} days",
    ),
    "weekly_pattern": (
        "连续 {weeks} 周同一星期几补录同样的 {minutes} 分钟",
        "{weeks} weeks in a row the same {minutes} minutes on the same weekday, and nobody clocked them",
    ),
}
"""Each sort of suspicion in Chinese and English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """One thing to look at."""

    code: str
    numbers: Mapping[str, int]

    def sentence(self, language: str) -> str:
        zh, en = SENTENCES[self.code]
        return (zh if language == "zh" else en).format_map(self.numbers)


def suspicions(bank: Bank, records: Sequence[Recorded]) -> dict[UUID, list[Suspicion]]:
    """What to look at of each of these records, by its id."""
    if not records:
        return {}
    settings = record_settings.settings(bank)
    known = _Known(bank, records, settings)
    return {record.id: list(known.of(record)) for record in records}


class _Known:
    """What suspicions of a page of records rest on, read at once."""

    def __init__(self, bank: Bank, records: Sequence[Recorded], settings: RecordSettings) -> None:
        self._bank, self._settings = bank, settings
        people, activities = _ids(r.volunteer_id for r in records), _ids(r.activity_id for r in records)
        recorders = _ids(r.recorded_by for r in records)
        sessions = _ids(r.attended.session_id for r in records if r.attended.session_id)
        days = [record.served_on for record in records]
        since = bank.world.clock() - settings.period_days * DAY
        with bank.store.snapshot() as connection:
            self._minutes = store.minutes(connection, people, min(days), max(days))
            self._names = store.names(connection, people, recorders)
            self._in_charge = store.in_charge(connection, activities)
            self._check_ins = store.check_ins(connection, sessions)
            self._sessions = store.sessions(connection, activities)
            self._by_person = store.approvals(connection, "volunteer_id", people, since)
            self._by_recorder = store.approvals(connection, "recorded_by", recorders, since)
            self._backfills = store.backfills(connection, recorders, since)
            first = min(days) - (settings.weeks_alike - 1) * WEEK
            self._suspect = set(store.suspect(connection, people, first))
        self._own = {row["id"]: row for row in self._check_ins}
        # Everybody on a list is written down in one second and in one place: that is what a list is.
        one_by_one = [row for row in self._check_ins if row["in_way"] != LIST]
        self._seconds = Counter((row["in_by"], row["in_recorded_at"] // SECOND) for row in one_by_one)
        self._devices = Counter((row["session_id"], row["in_device_id"]) for row in one_by_one)

    def of(self, record: Recorded) -> Iterator[Suspicion]:
        if record.overlapped is not None:
            yield Suspicion(code="overlap", numbers={})
        minutes, most = self._minutes.get((record.volunteer_id, record.served_on), 0), self._settings.long_day_minutes
        if minutes > most:
            yield Suspicion(code="long_day", numbers={"minutes": minutes, "most": most})
        if self._is_outside(record):
            yield Suspicion(code="outside_session", numbers={})
        yield from self._attended(self._own.get(record.attended.attendance_id))
        yield from self._persons(record)
        yield from self._again_and_again(record)

    def _is_outside(self, record: Recorded) -> bool:
        theirs = [row for row in self._sessions if row["activity_id"] == record.activity_id]
        began, ended = record.attended.began_at, record.attended.ended_at
        if not theirs:
            return record.served_on != self._in_charge[record.activity_id][1]
        if began is None or ended is None:
            return record.served_on not in {day for row in theirs for day in self._days(row)}
        return not any(
            row["starts_at"] - row["grace_minutes"] * MINUTE <= began
            and ended <= row["ends_at"] + row["grace_minutes"] * MINUTE
            for row in theirs
        )

    def _days(self, session: Mapping[str, Any]) -> set[date]:
        return {day_of(self._bank, session["starts_at"]), day_of(self._bank, session["ends_at"] - 1)}

    def _attended(self, check_in: Mapping[str, Any] | None) -> Iterator[Suspicion]:
        if check_in is None or check_in["in_way"] == LIST:
            return
        together = self._seconds[check_in["in_by"], check_in["in_recorded_at"] // SECOND]
        if together >= self._settings.same_second_people:
            yield Suspicion(code="same_second", numbers={"people": together})
        at_device = self._devices[check_in["session_id"], check_in["in_device_id"]]
        if check_in["in_device_id"] is not None and at_device >= self._settings.same_device_people:
            yield Suspicion(code="same_device", numbers={"people": at_device})

    def _persons(self, record: Recorded) -> Iterator[Suspicion]:
        name, recorder = self._names.get(record.volunteer_id), record.recorded_by
        is_declared = record.capture_method == "declared"
        if (recorder == record.volunteer_id and not is_declared) or (
            recorder != record.volunteer_id and name is not None and self._names.get(recorder) == name
        ):
            yield Suspicion(code="own_record", numbers={})
        if name is not None and self._in_charge[record.activity_id][0] == name:
            yield Suspicion(code="in_charge", numbers={})

    def _again_and_again(self, record: Recorded) -> Iterator[Suspicion]:
        settings, days = self._settings, self._settings.period_days
        for code, times, most in (
            ("same_reviewer", self._by_person.get(record.volunteer_id, 0), settings.same_reviewer_times),
            ("same_pair", self._by_recorder.get(record.recorded_by, 0), settings.same_pair_times),
        ):
            if times >= most:
                yield Suspicion(code=code, numbers={"times": times, "days": days})
        if record.capture_method in store.SUSPECT:
            times = self._backfills.get(record.recorded_by, 0)
            if times >= settings.backfill_times and record.recorded_by != record.volunteer_id:
                yield Suspicion(code="backfill_burst", numbers={"times": times, "days": days})
            weeks = [record.served_on - n * WEEK for n in range(settings.weeks_alike)]
            if settings.weeks_alike > 1 and all(
                (record.volunteer_id, day, record.minutes) in self._suspect for day in weeks
            ):
                numbers = {"weeks": settings.weeks_alike, "minutes": record.minutes}
                yield Suspicion(code="weekly_pattern", numbers=numbers)


def _ids(found: Any) -> list[UUID]:
    return sorted({id for id in found if id is not None})
