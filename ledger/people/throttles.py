"""Throttles: how often strangers may try. Shared by all processes of the bank, and kept across restarts.

Two things hold guesses up. **Limits** say how often something may be tried: at an account, at a device, from an
address, by everybody. A **delay** grows with each wrong password or PIN of one account *from one place*, so that
whoever guesses elsewhere keeps nobody out; and where a person was let in before, neither the limit of the account nor
everybody's counts.

A try is counted before it is looked at, so that a hundred at once are a hundred; one that was right is given back. What
is remembered are keyed hashes and times, no name and no address. Without a database nothing may be tried.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from ledger.bank import Bank
from ledger.limits import Delay, Limits, Rate
from ledger.people import sealing
from ledger.settings import Settings
from ledger.store import throttles as store
from ledger.store.throttles import Charge, Growth

SECOND = 1_000_000
REMEMBERED_MICROSECONDS = 24 * 3_600 * SECOND
"""Wrong tries are forgotten a day after the longest wait for the next one."""
KNOWN_MICROSECONDS = 90 * 24 * 3_600 * SECOND
"""A place where somebody was let in is known for so long."""
SWEEPS_EVERY = 256
"""One try in so many clears away what is forgotten; each adds five rows at the most, a sweep removes up to 2,000."""


class Act(StrEnum):
    """What is throttled."""

    LOGIN = "login"
    PIN = "pin"
    SEARCH = "search"
    RECEIPT = "receipt"
    PAIRING = "pairing"
    OBJECTION = "objection"
    REQUEST = "request"
    PAPER = "paper"


class Throttled(Exception):
    """There were too many tries; nothing was looked at."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many tries: wait {seconds} s")
        self.seconds = seconds
        """After so many the same may be tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a try comes from: at a paired device, which is all that counts then, or from an address."""

    address: str
    device: UUID | None = None

    @property
    def place(self) -> str:
        """What one party is likely to hold: the device, the IPv4 address, or the /64 network of an IPv6 address."""
        if self.device is not None:
            return f"device {self.device}"
        try:
            address = ipaddress.ip_address(self.address.partition("%")[0])
        except ValueError:
            return f"address {self.address}"
        if isinstance(address, ipaddress.IPv6Address):
            if address.ipv4_mapped is None:
                return f"address {ipaddress.ip_network((address, 64), strict=False)}"
            address = address.ipv4_mapped
        return f"address {address}"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A password or PIN that may be looked at now."""

    bank: Bank
    _charges: Sequence[Charge]
    _account: bytes
    _mark: bytes

    def succeeded(self) -> None:
        """It was right: this try is given back, wrong ones before it from this place are forgiven, and the place is
        known from now on.
        """
        now = self.bank.world.clock()
        with self.bank.store.changing() as connection:
            store.give_back(connection, self._charges, now)
            store.mark(connection, self._mark, self._account, now=now, forgotten_at=now + KNOWN_MICROSECONDS)


def attempt(bank: Bank, act: Act, source: Source, account: str) -> Attempt:
    """Leave to look at one password or PIN of this account, whether there is one or not. Refuses Throttled."""
    trial = _Try(bank, act, account, source)
    mark = trial.key("known", account, source.place)
    with bank.store.reading() as connection:
        known = store.is_known(connection, mark, trial.now)
    charges = [trial.at_place(), trial.wrong()]
    if not known:
        charges += [trial.at_account(), trial.by_everybody()]
    trial.count(charges)
    return Attempt(bank, charges, trial.account, mark)


def admit(bank: Bank, act: Act, source: Source, account: str = "") -> None:
    """Leave to search or look up once more; `account` is who asks, empty for the public. Refuses Throttled."""
    trial = _Try(bank, act, account, source)
    trial.count([trial.at_place(), trial.by_everybody(), *([trial.at_account()] if account else [])])


def forgive(bank: Bank, act: Act, account: str) -> None:
    """All wrong tries at this account are forgotten, wherever they were made, and so are the places known."""
    with bank.store.changing() as connection:
        store.forget(connection, _key(bank, act, "account", account, ""))


def sweep(bank: Bank) -> int:
    """Clear away some of what is forgotten; how many rows."""
    with bank.store.changing() as connection:
        return store.sweep(connection, bank.world.clock())


class _Refused(Exception):
    """Undoes the counting of a try that may not be made."""

    def __init__(self, keys: set[bytes]) -> None:
        super().__init__()
        self.keys = keys


class _Try:
    """One try, and what it counts under."""

    def __init__(self, bank: Bank, act: Act, account: str, source: Source) -> None:
        self._bank, self._act, self._source = bank, act, source
        self._limits, self._delay = _rules(bank.settings)[act]
        self.account = self.key("account", account)
        self._wrong = self.key("wrong", account, source.place)
        self.now = bank.world.clock()

    def key(self, kind: str, account: str = "", place: str = "") -> bytes:
        return _key(self._bank, self._act, kind, account, place)

    def at_place(self) -> Charge:
        rate = self._limits.address if self._source.device is None else self._limits.device
        return self._rate(self.key("place", place=self._source.place), None, rate)

    def at_account(self) -> Charge:
        return self._rate(self.account, self.account, self._limits.account)

    def by_everybody(self) -> Charge:
        return self._rate(self.key("everybody"), None, self._limits.everybody)

    def wrong(self) -> Charge:
        """The first of a row of wrong ones; how the delay grows from there, the statement knows."""
        free_at = 0 if self._delay.free else self.now + self._delay.first * SECOND
        forgotten_at = self.now + self._delay.longest * SECOND + REMEMBERED_MICROSECONDS
        return Charge(self._wrong, self.account, free_at, 1, forgotten_at)

    def _rate(self, key: bytes, account: bytes | None, rate: Rate) -> Charge:
        step = rate.seconds * SECOND // rate.count
        return Charge(key, account, self.now + step, 0, self.now + step * rate.count)

    def count(self, charges: Sequence[Charge]) -> None:
        """Count it under all of these, or under none and refuse Throttled."""
        growth = Growth(self._delay.free, self._delay.first * SECOND, self._delay.longest * SECOND)
        try:
            with self._bank.store.changing() as connection:
                refused = {one.key for one in charges} - store.charge(connection, charges, growth, self.now)
                if refused:
                    raise _Refused(refused)
        except _Refused as error:
            raise Throttled(self._seconds([one for one in charges if one.key in error.keys])) from None
        if self._bank.world.random_bytes(1)[0] % SWEEPS_EVERY == 0:
            sweep(self._bank)

    def _seconds(self, refused: Sequence[Charge]) -> int:
        """How long until all of these have room again: whole seconds, one at least."""
        with self._bank.store.reading() as connection:
            free_at = store.free_at(connection, [one.key for one in refused])
        waits = [free_at.get(one.key, self.now) - self.now - one.slack for one in refused]
        return max(1, *(-(-wait // SECOND) for wait in waits))


def _rules(how: Settings) -> dict[Act, tuple[Limits, Delay]]:
    """The delay of what can be searched is never asked for: nothing is right or wrong there."""
    return {
        Act.LOGIN: (how.limit_login, how.delay_login),
        Act.PIN: (how.limit_pin, how.delay_pin),
        Act.SEARCH: (how.limit_search, how.delay_login),
        Act.RECEIPT: (how.limit_receipt, how.delay_login),
        Act.PAIRING: (how.limit_pairing, how.delay_login),
        Act.OBJECTION: (how.limit_objection, how.delay_login),
        Act.REQUEST: (how.limit_request, how.delay_login),
        Act.PAPER: (how.limit_paper, how.delay_login),
    }


def _key(bank: Bank, act: Act, kind: str, account: str, place: str) -> bytes:
    """A keyed hash, of which nobody without the key learns anything."""
    return sealing.of(bank).digest(f"{act}\0{kind}\0{account}\0{place}", purpose="throttle")
