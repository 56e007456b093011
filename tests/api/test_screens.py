"""The code on a volunteer's screen lets them in elsewhere, once, within a minute."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from ledger.people import screens
from ledger.store.schema.cards import screen_code
from tests.api.conftest import Client, Founded, People, Scene, Told
from tests.api.devices import SELF, another, card, kiosk, own, pair, signed_in, time, with_pin
from tests.banks import Clock

__all__ = ["another", "card", "kiosk", "time"]


def test_security_8_a_screen_code_is_used_once_within_a_minute(
    time: Clock, founded: Founded, nobody: Client, sign_in: Callable[[str], Client], scene: Scene
) -> None:
    desk_staff, admin = sign_in("desk"), sign_in("admin")
    with_pin(desk_staff, scene.volunteer_no)
    kiosk, desk = pair(nobody, admin, founded.here.id), pair(nobody, admin, founded.here.id, scene.desk_id)
    volunteer = signed_in(kiosk, volunteer_no=scene.volunteer_no)

    def shown() -> str:
        told = volunteer.post(f"{SELF}/screen-code", {})
        assert told.status == 200
        assert "<svg" in told.json["svg"]
        return str(told.json["code"])

    def scanned(code: str) -> Told:
        return desk.post(f"{SELF}/screen", {"code": code})

    first, second = shown(), shown()
    assert (len(first), first.isdigit(), first != second) == (40, True, True)
    told = scanned(first)
    assert (told.status, told.json["volunteer_no"]) == (200, scene.volunteer_no)
    assert scanned(first).status == 401
    at_desk = replace(desk, token=told.json["access_token"])
    assert [at_desk.get(path).status for path in own(scene.volunteer_no)] == [200, 200, 200]
    assert at_desk.post(f"{SELF}/screen-code", {}).json["code"] == "pin_needed"
    time.now += timedelta(seconds=screens.SECONDS - 1)
    volunteer = replace(volunteer, token=volunteer.post(f"{SELF}/renew", {}).json["access_token"])
    third = shown()
    time.now += timedelta(seconds=1)
    assert (scanned(second).status, scanned(third).status) == (401, 200)
    with founded.bank.store.reading() as connection:
        kept = connection.execute(select(screen_code.c.digest)).scalars().all()
    assert not {first, second, third} & set(kept)


def test_a_screen_code_ends_with_the_session_that_showed_it(
    kiosk: Client, another: Client, scene: Scene, card: dict[str, Any]
) -> None:
    volunteer = signed_in(kiosk, volunteer_no=scene.volunteer_no)
    code = volunteer.post(f"{SELF}/screen-code", {}).json["code"]
    volunteer.post(f"{SELF}/sign-out", {})
    assert another.post(f"{SELF}/screen", {"code": code}).status == 401


def test_whoever_assists_cannot_carry_a_volunteer_s_identity_away(people: People, scene: Scene) -> None:
    told = people.desk.post(f"{SELF}/assist", {"volunteer_no": scene.volunteer_no, "purpose": "card_missing"})
    helper = replace(people.desk, token=told.json["access_token"])
    refused = helper.post(f"{SELF}/screen-code", {})
    assert (refused.status, refused.json["code"]) == (409, "pin_needed")


def test_a_made_up_screen_code_opens_nothing(kiosk: Client) -> None:
    for code in itertools.chain(["0" * 40], (f"{at:040}" for at in range(1, 20))):
        assert kiosk.post(f"{SELF}/screen", {"code": code}).status == 401
