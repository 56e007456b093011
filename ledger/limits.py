"""How often something may be tried: values of settings, how they are written, and what holds where nothing is set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

_RATE = re.compile(r"([1-9][0-9]{0,6})/([1-9][0-9]{0,5})")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,5}")
DAY_SECONDS = 86_400


class LimitIllegible(ValueError):
    """A limit that is not written as it should be; the message says how."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and as many again in so many seconds, spread evenly."""

    count: int
    seconds: int

    @classmethod
    def read(cls, words: str) -> Rate:
        """`10/60`: ten at once, and one more every six seconds."""
        found = _RATE.fullmatch(words)
        if not found or int(found[2]) > DAY_SECONDS:
            raise LimitIllegible(f"{words!r} is no limit: write COUNT/SECONDS, such as 10/60")
        return cls(int(found[1]), int(found[2]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How often one sort of thing may be tried: for one account from places it was never used at, at one device, from
    one address, and by everybody together.
    """

    account: Rate
    device: Rate
    address: Rate
    everybody: Rate

    def but(self, words: str) -> Limits:
        """These, except for what is written: `address=60/60 everybody=600/60`. Refuses LimitIllegible."""
        return replace(self, **{name: Rate.read(value) for name, value in _named(words, self)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """How long one must wait after wrong tries at one account from one place: not at all after the first `free`, then
    `first` seconds, then twice as long each time, `longest` at the most.
    """

    free: int
    first: int
    longest: int

    def but(self, words: str) -> Delay:
        """This, except for what is written: `free=5 longest=900`. Refuses LimitIllegible."""
        return replace(self, **{name: _seconds(value) for name, value in _named(words, self)})


LOGIN = Limits(account=Rate(10, 600), device=Rate(30, 60), address=Rate(60, 60), everybody=Rate(600, 60))
PIN = Limits(account=Rate(10, 7_200), device=Rate(30, 60), address=Rate(60, 60), everybody=Rate(600, 60))
"""A PIN of six digits, guessed from everywhere at once, holds for years."""
SEARCH = Limits(account=Rate(120, 60), device=Rate(120, 60), address=Rate(600, 60), everybody=Rate(6_000, 60))
RECEIPT = Limits(account=Rate(60, 60), device=Rate(60, 60), address=Rate(60, 60), everybody=Rate(1_200, 60))
PAIRING = Limits(account=Rate(30, 600), device=Rate(30, 600), address=Rate(20, 600), everybody=Rate(120, 600))
"""A code lives ten minutes: whoever guesses at one that waits has 120 tries at 100 million."""
OBJECTION = Limits(account=Rate(10, 600), device=Rate(30, 600), address=Rate(10, 600), everybody=Rate(120, 600))
"""Each makes people look at a record again."""
REQUEST = Limits(account=Rate(10, 600), device=Rate(30, 600), address=Rate(5, 600), everybody=Rate(120, 600))
"""Whoever scans a code in a stairwell needs no name; each makes somebody come."""
PAPER = Limits(account=Rate(60, 60), device=Rate(60, 60), address=Rate(20, 60), everybody=Rate(240, 60))
"""A paper of many pages takes a moment to set."""
LOGIN_DELAY = Delay(free=5, first=1, longest=900)
PIN_DELAY = Delay(free=3, first=5, longest=900)


def _named(words: str, default: Limits | Delay) -> Iterator[tuple[str, str]]:
    known = [one.name for one in fields(default)]
    for word in words.split():
        name, _, value = word.partition("=")
        if name not in known:
            raise LimitIllegible(f"{name!r} is unknown here; known are {', '.join(known)}")
        yield name, value


def _seconds(value: str) -> int:
    if not _WHOLE.fullmatch(value) or int(value) > DAY_SECONDS:
        raise LimitIllegible(f"{value!r} is no number from 0 to {DAY_SECONDS}")
    return int(value)
