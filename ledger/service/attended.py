"""When somebody served: known where they were checked in and out, or where whoever records says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """Instants in microseconds since 1970 UTC; None is unknown."""

    attendance_id: UUID | None = None
    """The check-in that the record is made of; None where it was recorded otherwise."""
    session_id: UUID | None = None
    """Of the activity."""
    began_at: int | None = None
    ended_at: int | None = None

    def columns(self) -> dict[str, Any]:
        """As rows of claims and records hold it."""
        return {name: getattr(self, name) for name in Attended.__slots__}

    def starts_minute(self, zone: ZoneInfo) -> int | None:
        """The local time of day it began, in minutes after midnight: what rulebooks ask for."""
        if self.began_at is None:
            return None
        local = datetime.fromtimestamp(self.began_at // 1_000_000, UTC).astimezone(zone)
        return local.hour * 60 + local.minute


UNKNOWN = Attended()


def from_time(day: date, minute: int | None, minutes: int, zone: ZoneInfo) -> Attended:
    """So many minutes from this local time of day on (in minutes after midnight); UNKNOWN without one."""
    if minute is None:
        return UNKNOWN
    midnight = datetime.combine(day, time.min, zone)
    began = (int(midnight.timestamp()) + minute * 60) * 1_000_000
    return Attended(began_at=began, ended_at=began + minutes * 60 * 1_000_000)


def from_row(row: Mapping[str, Any]) -> Attended:
    return Attended(**{name: row[name] for name in Attended.__slots__})
