"""What is good for one use is used once, however many come at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from ledger.bank import Bank, By
from ledger.people import pairing, screens, sessions
from ledger.people.devices import Device
from tests.banks import STAFF
from tests.towns import Town

T = TypeVar("T")
CROWD = 8


def all_at_once(ask: Callable[[], T]) -> list[T]:
    """What each of a crowd was told who asked at the same moment."""
    start = Barrier(CROWD)

    def asked() -> T:
        start.wait()
        return ask()

    with ThreadPoolExecutor(CROWD) as crowd:
        return [future.result() for future in [crowd.submit(asked) for _ in range(CROWD)]]


def paired(bank: Bank, town: Town, user_code: str) -> Device | None:
    return pairing.approve(
        bank, By(actor=STAFF), user_code, kind="kiosk", name=None, organisation=town.district, desk_id=None
    )


def test_a_code_is_decided_on_once_and_its_tokens_are_fetched_once(bank: Bank) -> None:
    town = Town(bank, rulebook=None)
    for _ in range(5):
        asked = pairing.ask(bank, kind="kiosk", name="示例大厅", address="192.0.2.1")
        made = all_at_once(lambda code=asked.pairing.user_code: paired(bank, town, code))  # type: ignore[misc]
        assert len([device for device in made if device is not None]) == 1
        polled = all_at_once(lambda code=asked.device_code: pairing.poll(bank, code))  # type: ignore[misc]
        assert len([device for device in polled if isinstance(device, Device)]) == 1


def test_a_screen_code_lets_one_in(bank: Bank) -> None:
    town = Town(bank, rulebook=None)
    asked = pairing.ask(bank, kind="kiosk", name="示例大厅", address="192.0.2.1")
    device = paired(bank, town, asked.pairing.user_code)
    assert device is not None
    session = sessions.identify(bank, device, town.volunteer("ana"), "card")
    for _ in range(5):
        code = screens.show(bank, session).code
        assert len([one for one in all_at_once(lambda code=code: screens.spend(bank, code)) if one]) == 1  # type: ignore[misc]
