"""How often strangers may try (TRUST.md 6): exact limits, growing delays, and nobody locked out by somebody else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from ledger.bank import Bank
from ledger.limits import Delay, LimitIllegible, Limits, Rate
from ledger.people import throttles
from ledger.people.throttles import Act, Source, Throttled
from ledger.settings import SettingInvalid, Settings, read_settings
from ledger.store.schema.access import throttle
from tests.banks import SEALING_KEY, Clock, PlayedWorld

HOME = Source(address="192.0.2.1")
ELSEWHERE = Source(address="198.51.100.7")
KIOSK = Source(address="192.0.2.1", device=UUID("00000000-0000-7000-8000-00000000d001"))
WIDE = Rate(1_000_000, 1)


@pytest.fixture
def only(bank: Bank) -> Callable[..., None]:
    """Set these limits of signing in, and no others."""

    def set_only(*, free: int = 1_000, first: int = 1, longest: int = 900, **rates: Rate) -> None:
        wide = dict.fromkeys(("account", "device", "address", "everybody"), WIDE)
        bank.settings = replace(
            bank.settings,
            limit_login=Limits(**wide | rates),
            delay_login=Delay(free=free, first=first, longest=longest),
        )

    return set_only


def attempts(bank: Bank, count: int, source: Source = HOME, account: str = "teller") -> int:
    """How many of so many tries at one moment are let through."""
    let = 0
    for _ in range(count):
        try:
            throttles.attempt(bank, Act.LOGIN, source, account)
        except Throttled:
            continue
        let += 1
    return let


def waits(bank: Bank, source: Source = HOME, account: str = "teller") -> int:
    """How long the next try must wait; a try where it is 0."""
    try:
        throttles.attempt(bank, Act.LOGIN, source, account)
    except Throttled as refused:
        return refused.seconds
    return 0


@pytest.mark.parametrize(
    ("limit", "elsewhere", "somebody_else"), [("account", 0, 5), ("address", 5, 0), ("everybody", 0, 0)]
)
def test_a_limit_lets_so_many_through_at_once_and_then_one_at_a_time(
    bank: Bank, clock: Clock, only: Callable[..., None], limit: str, elsewhere: int, somebody_else: int
) -> None:
    only(**{limit: Rate(5, 50)})
    assert attempts(bank, 8) == 5
    assert attempts(bank, 5, source=ELSEWHERE) == elsewhere
    assert attempts(bank, 5, account="other") == somebody_else
    assert waits(bank) == 10
    clock.forward(seconds=9)
    assert waits(bank) == 1
    clock.forward(seconds=1)
    assert attempts(bank, 8) == 1
    clock.forward(seconds=10_000)
    assert attempts(bank, 8) == 5


def test_at_a_paired_device_the_device_counts_and_not_its_address(bank: Bank, only: Callable[..., None]) -> None:
    only(device=Rate(3, 60), address=Rate(1, 60))
    assert attempts(bank, 5, source=HOME) == 1
    assert attempts(bank, 5, source=KIOSK) == 3


def test_a_refused_try_takes_nothing_of_any_other_limit(bank: Bank, only: Callable[..., None]) -> None:
    """Else whoever is refused at their own address could still use up somebody's account."""
    only(address=Rate(1, 60), account=Rate(3, 60))
    assert attempts(bank, 20, source=ELSEWHERE) == 1
    assert attempts(bank, 1, source=HOME) == 1
    assert attempts(bank, 1, source=KIOSK) == 1


def test_the_delay_doubles_with_each_wrong_try_up_to_the_longest(
    bank: Bank, clock: Clock, only: Callable[..., None]
) -> None:
    only(free=3, first=2, longest=20)
    assert attempts(bank, 9) == 4
    seen = []
    for _ in range(6):
        wait = waits(bank)
        seen.append(wait)
        clock.forward(seconds=wait - 1)
        assert waits(bank) == 1
        clock.forward(seconds=1)
        assert waits(bank) == 0
    assert seen == [2, 4, 8, 16, 20, 20]
    clock.forward(days=1, seconds=21)
    assert attempts(bank, 9) == 4, "a day later it is forgotten"


def test_a_delay_of_forty_wrong_tries_is_still_the_longest(bank: Bank, clock: Clock, only: Callable[..., None]) -> None:
    only(free=0, first=1, longest=86_400)
    for _ in range(40):
        clock.forward(days=1)
        assert waits(bank) == 0
    assert waits(bank) == 86_400


def test_a_stranger_keeps_nobody_out(bank: Bank, clock: Clock, only: Callable[..., None]) -> None:
    """Whoever was let in somewhere is let in there again, however many guess elsewhere."""
    only(free=2, account=Rate(5, 600), everybody=Rate(20, 600))
    throttles.attempt(bank, Act.LOGIN, HOME, "teller").succeeded()
    clock.forward(days=30)
    for at in range(100):
        attempts(bank, 3, source=Source(address=f"203.0.113.{at}"))
    assert attempts(bank, 1, source=KIOSK) == 0, "a place that is not known shares what is left with the strangers"
    throttles.attempt(bank, Act.LOGIN, HOME, "teller").succeeded()
    clock.forward(days=91)
    for at in range(100):
        attempts(bank, 3, source=Source(address=f"203.0.113.{at}"))
    assert attempts(bank, 1, source=HOME) == 0, "a place is known for ninety days"


def test_a_right_password_takes_nothing_and_forgives_wrong_ones_there(
    bank: Bank, clock: Clock, only: Callable[..., None]
) -> None:
    only(free=2, account=Rate(3, 60), address=Rate(3, 60), everybody=Rate(3, 60))
    for _ in range(20):
        throttles.attempt(bank, Act.LOGIN, HOME, "teller").succeeded()
    for _ in range(20):
        attempts(bank, 1, account="careless")
        attempts(bank, 1, account="careless", source=KIOSK)
        throttles.attempt(bank, Act.LOGIN, KIOSK, "careless").succeeded()
        throttles.attempt(bank, Act.LOGIN, HOME, "careless").succeeded()
        clock.forward(seconds=60)


def test_somebody_s_own_right_password_forgives_no_guess_at_another(bank: Bank, only: Callable[..., None]) -> None:
    only(free=2)
    for _ in range(10):
        attempts(bank, 1, account="victim")
        throttles.attempt(bank, Act.LOGIN, HOME, "thief").succeeded()
    assert waits(bank, account="victim") > 0


def test_a_hundred_guesses_at_once_are_a_hundred(bank: Bank, only: Callable[..., None]) -> None:
    """Counted before they are looked at, by whichever process."""
    only(free=4)
    with Bank.open(bank.settings, world=bank.world) as second:
        let: list[int] = []
        threads = [
            threading.Thread(target=lambda at=at: let.append(attempts((bank, second)[at % 2], 1))) for at in range(40)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(let) == 5


def test_what_was_tried_is_still_known_after_a_restart(bank_url: str, play: PlayedWorld) -> None:
    settings = Settings(
        database_url=bank_url, sealing_keys=SEALING_KEY, delay_login=Delay(free=0, first=60, longest=60)
    )
    for expected in (0, 60):
        with Bank.open(settings, world=play.world) as bank:
            assert waits(bank) == expected


def test_a_superior_or_a_desk_can_forgive(bank: Bank, only: Callable[..., None]) -> None:
    only(free=0, first=100, account=Rate(1, 600))
    for source in (HOME, ELSEWHERE):
        attempts(bank, 1, source=source, account="other")
        attempts(bank, 1, source=source)
    assert waits(bank, source=HOME) == 600
    throttles.forgive(bank, Act.LOGIN, "teller")
    assert waits(bank, source=ELSEWHERE) == 0
    assert waits(bank, source=ELSEWHERE, account="other") == 600


def test_searches_and_receipts_have_limits_of_their_own(bank: Bank, clock: Clock) -> None:
    bank.settings = replace(
        bank.settings,
        limit_search=Limits(account=Rate(3, 60), device=WIDE, address=Rate(5, 60), everybody=Rate(7, 60)),
        limit_receipt=Limits(account=Rate(1, 60), device=WIDE, address=Rate(2, 60), everybody=Rate(3, 60)),
    )

    def let(act: Act, count: int, *given: str, source: Source = HOME) -> int:
        done = 0
        for _ in range(count):
            try:
                throttles.admit(bank, act, source, *given)
            except Throttled as refused:
                waited.append(refused.seconds)
            else:
                done += 1
        return done

    waited: list[int] = []

    assert let(Act.SEARCH, 9, "first") == 3
    assert let(Act.SEARCH, 9, "second") == 2
    assert let(Act.SEARCH, 9, "second", source=KIOSK) == 1
    assert let(Act.SEARCH, 9, "third", source=KIOSK) == 1
    assert let(Act.RECEIPT, 9) == 2
    assert let(Act.RECEIPT, 9, source=ELSEWHERE) == 1
    assert all(0 < seconds <= 60 for seconds in waited)


def test_the_addresses_of_one_household_are_one_place() -> None:
    assert Source(address="2001:db8::1").place == Source(address="2001:db8::ffff").place
    assert Source(address="2001:db8::1").place != Source(address="2001:db8:0:1::1").place
    assert Source(address="::ffff:192.0.2.1").place == HOME.place
    assert Source(address="fe80::1%eth0").place == Source(address="fe80::2").place
    assert len({Source(address=address).place for address in ("192.0.2.1", "192.0.2.2", "", "no address")}) == 4


def test_no_name_and_no_address_is_in_the_table(bank: Bank) -> None:
    throttles.attempt(bank, Act.LOGIN, HOME, "teller").succeeded()
    with bank.store.reading() as connection:
        rows = connection.execute(select(throttle)).fetchall()
    assert rows
    for row in rows:
        assert len(bytes(row.key)) == 32
        assert all(word not in repr(row) for word in ("teller", "192.0.2.1", "login"))


def test_without_a_database_nothing_may_be_tried(bank: Bank) -> None:
    with bank.store.changing() as connection:
        connection.execute(text("ALTER TABLE throttle RENAME TO hidden"))
    try:
        with pytest.raises((OperationalError, ProgrammingError)):
            throttles.attempt(bank, Act.LOGIN, HOME, "teller")
        with pytest.raises((OperationalError, ProgrammingError)):
            throttles.admit(bank, Act.SEARCH, HOME, "teller")
    finally:
        with bank.store.changing() as connection:
            connection.execute(text("ALTER TABLE hidden RENAME TO throttle"))


def test_what_is_forgotten_is_swept_away_and_nothing_else(bank: Bank, clock: Clock) -> None:
    for at in range(5):
        attempts(bank, 1, account=f"stranger-{at}")
    throttles.attempt(bank, Act.LOGIN, HOME, "teller").succeeded()
    clock.forward(days=2)
    attempts(bank, 1, account="recent")
    assert throttles.sweep(bank) == 12  # of each stranger and the teller: what stood at the account, and the wrong
    with bank.store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(throttle)) == 5  # the teller's mark, and recent
    assert throttles.sweep(bank) == 0


def test_sweeping_happens_by_itself(bank: Bank, clock: Clock, only: Callable[..., None]) -> None:
    only()
    for at in range(1_200):
        attempts(bank, 1, account=f"stranger-{at}")
        clock.forward(days=2)
    with bank.store.reading() as connection:
        assert (connection.scalar(select(func.count()).select_from(throttle)) or 0) < 2_400


def test_a_clock_that_was_ahead_for_a_while_locks_nobody_out(
    bank: Bank, clock: Clock, only: Callable[..., None]
) -> None:
    only(free=0, first=10, longest=10, account=Rate(2, 60))
    clock.forward(days=10_000)
    attempts(bank, 3)
    clock.forward(days=-10_000)
    assert waits(bank) == 0
    assert waits(bank) == 10
    throttles.attempt(bank, Act.LOGIN, ELSEWHERE, "other").succeeded()
    clock.forward(seconds=-5)
    only(free=5, first=10, longest=10)
    for _ in range(3):
        clock.forward(seconds=-8)
        throttles.attempt(bank, Act.LOGIN, ELSEWHERE, "other")


def test_limits_are_settings(tmp_path: object) -> None:
    read = read_settings({"PIONEER_LIMIT_LOGIN": "address=5/60  everybody=9/1", "PIONEER_DELAY_PIN": "free=1"})
    assert (read.limit_login.address, read.limit_login.everybody) == (Rate(5, 60), Rate(9, 1))
    assert read.limit_login.account == Settings().limit_login.account
    assert read.delay_pin == replace(Settings().delay_pin, free=1)
    for words in ("addres=5/60", "address=0/60", "address=5", "address=5/0", "address=5/86401", "address", "=5/60"):
        with pytest.raises(SettingInvalid, match="PIONEER_LIMIT_LOGIN"):
            read_settings({"PIONEER_LIMIT_LOGIN": words})
    for words in ("free=-1", "longest=86401", "first=1/2", "last=3"):
        with pytest.raises(LimitIllegible):
            Settings().delay_login.but(words)
