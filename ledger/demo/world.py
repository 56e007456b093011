"""A world that can be lived through again: its clock is set by the story, its ids and salts come from a seed."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from ledger.bank import World

ZONE = ZoneInfo("Asia/Shanghai")


class Story:
    """The clock and the dice of one demo."""

    def __init__(self, seed: int, start: date) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - a story to be told again, not a secret
        self._now = 0
        self._ids = 0
        self.turn_to(start, time(8))

    @property
    def world(self) -> World:
        return World(clock=self.clock, new_id=self.new_id, random_bytes=self.dice.randbytes)

    def turn_to(self, day: date, at: time) -> None:
        """Move on to a moment of local time; a story never goes back."""
        moment = datetime.combine(day, at, ZONE).astimezone(UTC)
        micros = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
        self._now = max(self._now, micros)

    def clock(self) -> int:
        return self._now

    def new_id(self) -> UUID:
        """A UUIDv7 (RFC 9562, 5.7) of this moment: the counter keeps ids of one millisecond in order."""
        self._ids = (self._ids + 1) & 0xFFF
        millis = self._now // 1_000
        return UUID(int=millis << 80 | 7 << 76 | self._ids << 64 | 2 << 62 | self.dice.getrandbits(62))
