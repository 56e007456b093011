"""A volunteer says who they are at a paired device: by number or card, and always by PIN; and nobody else can, nor
learns from trying who there is.
"""

from __future__ import annotations

import itertools
import time as stopwatch
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from statistics import median
from typing import Any
from uuid import UUID

import jwt
import pytest
from sqlalchemy import select

from api import Keys, create_app
from api.routes import PREFIX
from api.scopes import Public, Scope
from ledger.bank import Bank
from ledger.people import keys, pins, screens, sessions
from ledger.store.schema.cards import screen_code, volunteer_pin
from tests.api.conftest import Client, Founded, People, Scene, Told, make_scene
from tests.api.devices import PIN, card_of, device_id, pair, revoke, sign_in, signed_in, with_pin
from tests.api.test_scopes import ALL, asked
from tests.api.test_sessions import audited, own, time
from tests.banks import Clock

__all__ = ["time"]

WRONG = "583915"
SELF = f"{PREFIX}/auth/volunteer"


@pytest.fixture
def kiosk(founded: Founded, nobody: Client, people: People) -> Client:
    """A kiosk of this community."""
    return pair(nobody, people.admin, founded.here.id)


@pytest.fixture
def another(founded: Founded, nobody: Client, people: People) -> Client:
    """A kiosk of another community."""
    return pair(nobody, people.admin, founded.there.id)


@pytest.fixture
def card(people: People, scene: Scene) -> dict[str, Any]:
    """The card of a volunteer who has a PIN."""
    with_pin(people.desk, scene.volunteer_no)
    return card_of(people.desk, scene.volunteer_no)


def test_by_number_or_card_and_pin_a_volunteer_sees_their_own(
    founded: Founded, people: People, kiosk: Client, scene: Scene, card: dict[str, Any]
) -> None:
    neighbour = make_scene(founded.here, people)
    spaced = " ".join(card["card_no"][at : at + 4] for at in range(0, 16, 4))
    for who in ({"volunteer_no": scene.volunteer_no}, {"card": card["card_no"]}, {"card": spaced}):
        volunteer = signed_in(kiosk, **who)
        assert [volunteer.get(path).status for path in own(scene.volunteer_no)] == [200, 200, 200]
        assert [volunteer.get(path).status for path in own(neighbour.volunteer_no)] == [404, 404, 404]
    lines = audited(founded, "identify")
    assert [line["actor_id"] for line in lines] == [lines[0]["actor_id"]] * 3
    assert str(lines[0]["actor_id"]) == lines[0]["subject_id"]
    assert {str(line["device_id"]) for line in lines} == {device_id(kiosk)}


def test_a_volunteer_at_a_kiosk_may_do_nothing_else(kiosk: Client, scene: Scene, card: dict[str, Any]) -> None:
    theirs = {route.name for route in ALL if route.own or route.scope is Scope.OWN}
    for route in ALL:
        if not isinstance(route.scope, Public):
            volunteer = signed_in(kiosk, volunteer_no=scene.volunteer_no)
            assert (asked(volunteer, route) != 403) == (route.name in theirs), route.name


def test_what_a_kiosk_is_told_is_never_kept(kiosk: Client, scene: Scene, card: dict[str, Any]) -> None:
    told = sign_in(kiosk, card=card["card_no"])
    volunteer = replace(kiosk, token=told.json["access_token"])
    glance = kiosk.post(f"{SELF}/glance", {"card": card["card_no"]})
    answers = [told, glance, volunteer.get(SELF), *(volunteer.get(path) for path in own(scene.volunteer_no)[1:])]
    assert [answer.headers["Cache-Control"] for answer in answers] == ["no-store"] * len(answers)


def test_a_card_alone_tells_a_masked_name_and_the_balance_and_spends_nothing(
    kiosk: Client, people: People, scene: Scene, card: dict[str, Any]
) -> None:
    people.organiser.post(f"{PREFIX}/service-records", scene.record())
    balance = people.desk.get(own(scene.volunteer_no)[1]).json["points"]["balance"]
    told = kiosk.post(f"{SELF}/glance", {"card": card["card_no"]})
    assert (told.status, told.json) == (200, {"name": "王**", "points": balance})
    assert balance > 0
    assert kiosk.post(SELF, {"card": card["card_no"]}).status == 422
    assert sign_in(kiosk, WRONG, card=card["card_no"]).status == 401
    redemption = {"card": card["card_no"]} | {k: v for k, v in scene.redemption().items() if k != "volunteer_no"}
    assert kiosk.post(f"{PREFIX}/redemptions", redemption).status == 403
    assert people.desk.post(f"{PREFIX}/redemptions", redemption).status == 422
    assert kiosk.post(f"{SELF}/glance", {"card": "0" * 16}).status == 404


def test_a_lost_card_opens_nothing_from_that_moment_and_its_successor_does(
    kiosk: Client, people: People, scene: Scene, card: dict[str, Any]
) -> None:
    path = f"{PREFIX}/volunteers/{scene.volunteer_no}/cards"
    volunteer = signed_in(kiosk, volunteer_no=scene.volunteer_no)
    ended = volunteer.post(f"{path}/{card['id']}/end", {"reason": "lost"})
    assert (ended.status, ended.json["ended_for"]) == (200, "lost")
    assert sign_in(kiosk, card=card["card_no"]).status == 401
    assert kiosk.post(f"{SELF}/glance", {"card": card["card_no"]}).status == 404
    second = people.desk.post(path, {"replaces": card["id"]}).json
    third = people.desk.post(path, {"replaces": second["id"]}).json
    assert [sign_in(kiosk, card=each["card_no"]).status for each in (second, third)] == [401, 200]
    listed = people.desk.get(path).json["items"]
    assert [each["ended_for"] for each in listed] == ["lost", "replaced", None]


def test_a_card_is_its_volunteer_s_and_within_reach_only(
    founded: Founded, people: People, scene: Scene, card: dict[str, Any]
) -> None:
    neighbour = make_scene(founded.there, people)
    founded.hire("desk-there", ("desk", founded.there))
    there = people.sign_in("desk-there")
    path = f"{PREFIX}/volunteers/{neighbour.volunteer_no}/cards"
    assert there.get(path).status == 200
    assert there.post(f"{path}/{card['id']}/end", {"reason": "lost"}).status == 404
    assert there.post(path, {"replaces": card["id"]}).status == 404
    for what in ("qr.svg", "qr.png", "face.svg"):
        assert there.get(f"{path}/{card['id']}/{what}").status == 404
    assert there.get(f"{PREFIX}/volunteers/{scene.volunteer_no}/cards").status == 404
    assert there.post(f"{PREFIX}/volunteers/{scene.volunteer_no}/pin", {"pin": PIN}).status == 404


def told_the_same(answers: list[Told]) -> bool:
    """Whether nobody could tell these apart."""
    plain = [
        ({**each.json, "instance": None}, {k: v for k, v in each.headers.items() if k != "X-Request-Id"}, each.status)
        for each in answers
    ]
    return all(each == plain[0] for each in plain)


def strangers(founded: Founded, people: People, scene: Scene) -> list[dict[str, str]]:
    """Ways to be nobody, or not to have this PIN."""
    unset = make_scene(founded.here, people)
    lost = card_of(people.desk, scene.volunteer_no)
    path = f"{PREFIX}/volunteers/{scene.volunteer_no}/cards/{lost['id']}/end"
    assert people.desk.post(path, {"reason": "lost"}).status == 200
    return [
        {"volunteer_no": scene.volunteer_no, "pin": WRONG},
        {"volunteer_no": unset.volunteer_no, "pin": PIN},
        {"volunteer_no": "1234567897", "pin": PIN},
        {"volunteer_no": "1234567890", "pin": PIN},
        {"card": card_of(people.desk, unset.volunteer_no)["card_no"], "pin": PIN},
        {"card": lost["card_no"], "pin": PIN},
        {"card": "1234567890123456", "pin": PIN},
    ]


def test_nobody_learns_from_trying_who_there_is(
    founded: Founded, people: People, kiosk: Client, scene: Scene, card: dict[str, Any]
) -> None:
    answers = [kiosk.post(SELF, who) for who in strangers(founded, people, scene)]
    assert answers[0].json["code"] == "identification_failed"
    assert answers[0].status == 401
    assert told_the_same(answers)


def test_every_wrong_try_takes_the_same_work(
    founded: Founded,
    people: People,
    kiosk: Client,
    scene: Scene,
    card: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checked: list[str] = []
    verify = pins._verified

    def counted(hashed: str, keyed: str) -> bool:
        checked.append(hashed)
        began = stopwatch.perf_counter()
        right = verify(hashed, keyed)
        times.append(stopwatch.perf_counter() - began)
        return right

    times: list[float] = []
    ways = strangers(founded, people, scene)
    monkeypatch.setattr(pins, "_verified", counted)
    for who in ways:
        kiosk.post(SELF, who)
    assert len(checked) == len(ways)
    assert len({hashed.rsplit("$", 2)[0] for hashed in checked}) == 1, "the same cost parameters"
    assert max(times) < 20 * median(times)


def test_wrong_pins_are_held_up_longer_and_longer_even_in_another_process(
    time: Clock, founded: Founded, kiosk: Client, scene: Scene, card: dict[str, Any]
) -> None:
    who = {"volunteer_no": scene.volunteer_no}
    waits = []
    for _ in range(6):
        while (told := sign_in(kiosk, WRONG, **who)).status == 401:
            pass
        assert (told.status, told.json["code"]) == (429, "too_many_requests")
        waits.append(int(told.headers["Retry-After"]))
        time.now += timedelta(seconds=waits[-1])
    assert waits == sorted(set(waits))
    assert sign_in(kiosk, WRONG, **who).status == 401
    assert sign_in(kiosk, **who).status == 429, "the right one is not looked at either"
    with Bank.open(founded.settings, world=founded.bank.world) as restarted:
        signing = Keys(keys.load(founded.settings.data_dir), issuer="bank.example", clock=time)
        elsewhere = Client(create_app(restarted, signing).test_client(), kiosk.token)
        held_up = sign_in(elsewhere, **who)
    assert held_up.status == 429
    time.now += timedelta(seconds=int(held_up.headers["Retry-After"]))
    fresh = replace(kiosk, token=device_token(founded, kiosk, time))
    assert sign_in(fresh, **who).status == 200


def device_token(founded: Founded, device: Client, clock: Clock) -> str:
    """A token of this device as it would have renewed it by now."""
    id = UUID(jwt.decode(device.token or "", options={"verify_signature": False})["sub"])
    signing = Keys(keys.load(founded.settings.data_dir), issuer="bank.example", clock=clock)
    return signing.mint(id, ["sessions:open"], id, client="device")


def test_a_stranger_cannot_lock_a_volunteer_out(
    people: People, kiosk: Client, another: Client, scene: Scene, card: dict[str, Any]
) -> None:
    signed_in(another, volunteer_no=scene.volunteer_no)  # where the volunteer is known
    for device in (kiosk, another):
        while sign_in(device, WRONG, volunteer_no=scene.volunteer_no).status == 401:
            pass
    assert sign_in(kiosk, volunteer_no=scene.volunteer_no).status == 429
    assert sign_in(kiosk, card=card["card_no"]).status == 200, "whoever has the card is not slowed down"
    helped = people.desk.post(f"{SELF}/assist", {"volunteer_no": scene.volunteer_no, "purpose": "pin_missing"})
    assert helped.status == 200, "nor whom staff help"
    with_pin(people.desk, scene.volunteer_no, "907142")
    assert sign_in(kiosk, "907142", volunteer_no=scene.volunteer_no).status == 200, "and a reset forgives"


def test_a_pin_is_changed_by_who_knows_it_and_reset_in_person(
    kiosk: Client, people: People, scene: Scene, card: dict[str, Any], founded: Founded
) -> None:
    who = {"volunteer_no": scene.volunteer_no}
    volunteer = signed_in(kiosk, **who)
    told = volunteer.post(f"{SELF}/pin", {"old_pin": WRONG, "pin": "907142"})
    assert (told.status, told.json["errors"][0]["code"]) == (422, "wrong_pin")
    assert volunteer.post(f"{SELF}/pin", {"old_pin": PIN, "pin": "907142"}).status == 200
    assert [sign_in(kiosk, pin, **who).status for pin in (PIN, "907142")] == [401, 200]
    with_pin(people.desk, scene.volunteer_no, "604183")
    assert [sign_in(kiosk, pin, **who).status for pin in ("907142", "604183")] == [401, 200]
    for client in (people.organiser, people.admin, people.auditor, people.reviewer, kiosk, volunteer):
        assert client.post(f"{PREFIX}/volunteers/{scene.volunteer_no}/pin", {"pin": "604183"}).status == 403
    lines = audited(founded, "set_pin")
    assert [line["subject_kind"] for line in lines] == ["volunteer"] * 3
    assert all(line["change"] == "{}" for line in lines)


@pytest.mark.parametrize(
    "weak", ["123456", "654321", "111111", "121212", "123321", "147258", "880808", "310188", "013188", "199012"]
)
def test_a_pin_that_many_would_choose_is_refused(people: People, scene: Scene, weak: str) -> None:
    told = people.desk.post(f"{PREFIX}/volunteers/{scene.volunteer_no}/pin", {"pin": weak})
    assert (told.status, told.json["errors"][0]["code"]) == (422, "easily_guessed")


def test_a_pin_is_no_part_of_one_s_numbers(people: People, scene: Scene) -> None:
    path = f"{PREFIX}/volunteers/{scene.volunteer_no}/pin"
    card_no = card_of(people.desk, scene.volunteer_no)["card_no"]
    for number in (scene.volunteer_no, card_no):
        for at in range(len(number) - 5):
            assert people.desk.post(path, {"pin": number[at : at + 6]}).status == 422


@pytest.mark.parametrize("odd", ["12345", "1234567", "12345a", "５８３９１４", "", 583914, None, " 83914"])
def test_a_pin_is_six_digits_of_ascii(people: People, scene: Scene, odd: object) -> None:
    assert people.desk.post(f"{PREFIX}/volunteers/{scene.volunteer_no}/pin", {"pin": odd}).status == 422


def test_either_a_number_or_a_card_is_given(kiosk: Client, scene: Scene, card: dict[str, Any]) -> None:
    for who in ({}, {"volunteer_no": scene.volunteer_no, "card": card["card_no"]}):
        told = kiosk.post(SELF, {"pin": PIN, **who})
        assert (told.status, told.json["errors"][0]["code"]) == (422, "number_or_card")


def test_a_pin_is_kept_as_a_slow_hash_that_is_of_no_use_without_our_keys(
    founded: Founded, people: People, scene: Scene, card: dict[str, Any]
) -> None:
    with founded.bank.store.reading() as connection:
        [kept] = connection.execute(select(volunteer_pin.c.hash)).scalars()
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not pins._verified(kept, PIN)


def test_a_session_at_a_kiosk_is_over_after_a_minute_without_a_touch(
    time: Clock, founded: Founded, nobody: Client, sign_in: Callable[[str], Client], scene: Scene
) -> None:
    with_pin(sign_in("desk"), scene.volunteer_no)
    volunteer = signed_in(pair(nobody, sign_in("admin"), founded.here.id), volunteer_no=scene.volunteer_no)
    time.now += timedelta(seconds=sessions.IDLE_SECONDS - 1)
    renewed = volunteer.post(f"{SELF}/renew", {})
    assert renewed.json["expires_in"] == sessions.IDLE_SECONDS == 60
    time.now += timedelta(seconds=1)
    assert volunteer.get(SELF).status == 401
    touched = replace(volunteer, token=renewed.json["access_token"])
    assert touched.get(SELF).status == 200
    time.now += timedelta(seconds=sessions.IDLE_SECONDS - 1)
    assert touched.get(SELF).status == 401


def test_revoking_a_kiosk_ends_its_volunteers_sessions(
    kiosk: Client, another: Client, people: People, scene: Scene, card: dict[str, Any]
) -> None:
    here, elsewhere = (signed_in(device, volunteer_no=scene.volunteer_no) for device in (kiosk, another))
    revoke(people.admin, device_id(kiosk))
    assert [client.get(SELF).status for client in (here, elsewhere, kiosk)] == [401, 200, 401]
    assert sign_in(kiosk, volunteer_no=scene.volunteer_no).status == 401


def test_a_screen_code_is_used_once_within_a_minute(
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
