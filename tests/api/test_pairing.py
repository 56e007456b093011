"""A kiosk or desk is paired as RFC 8628 has it, by an administrator who sees what and where, and revoked at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import jwt
import pytest
from stdnum import damm

from api.routes import PREFIX
from api.scopes import DEVICE_SCOPES, Public, Scope
from ledger.people import pairing
from tests.api.conftest import PASSWORD, Client, Founded, People, Scene, make_scene
from tests.api.devices import approve, ask, audited, device_id, pair, poll, revoke, signed_in, time, with_pin
from tests.api.test_scopes import ALL, asked
from tests.banks import Clock

__all__ = ["time"]

DEVICES = f"{PREFIX}/auth/devices"


def told_error(nobody: Client, device_code: str) -> str:
    """The error of a poll, told the same to readers of problems and of RFC 8628."""
    told = poll(nobody, device_code)
    assert told.status == 400, told.text
    assert told.headers["Content-Type"] == "application/problem+json"
    assert told.headers["Cache-Control"] == "no-store"
    assert told.json["error"] == told.json["code"]
    return str(told.json["error"])


def test_a_device_is_told_what_rfc_8628_says(nobody: Client) -> None:
    told = ask(nobody)
    assert set(told) == {"device_code", "user_code", "verification_uri", "expires_in", "interval"}
    assert (told["expires_in"], told["interval"]) == (600, 5)
    groups = told["user_code"].split("-")
    assert [len(group) for group in groups] == [3, 3, 3]
    assert damm.is_valid("".join(groups))
    assert len(told["device_code"]) == 43  # 256 bits
    page = nobody.get(told["verification_uri"].removeprefix("http://localhost"))
    assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    again = ask(nobody)
    assert again["device_code"] != told["device_code"]
    assert again["user_code"] != told["user_code"]


def test_until_somebody_decides_a_device_waits(nobody: Client) -> None:
    assert told_error(nobody, ask(nobody)["device_code"]) == "authorization_pending"


def test_who_polls_too_soon_is_slowed_down_each_time_more(time: Clock, nobody: Client) -> None:
    code = ask(nobody)["device_code"]
    for after, error in (
        (0, "authorization_pending"),
        (4, "slow_down"),  # five seconds were due; ten are from now on
        (9, "slow_down"),  # fifteen from now on
        (15, "authorization_pending"),
        (14, "slow_down"),
        (20, "authorization_pending"),
    ):
        time.now += timedelta(seconds=after)
        assert told_error(nobody, code) == error, after


def test_a_device_turned_away_is_told_so(nobody: Client, people: People) -> None:
    asked = ask(nobody)
    denied = people.admin.post(f"{DEVICES}/deny", {"user_code": asked["user_code"]})
    assert (denied.status, denied.json["name"]) == (200, "示例一楼大厅")
    assert told_error(nobody, asked["device_code"]) == "access_denied"


def test_a_code_is_good_for_ten_minutes(
    time: Clock, founded: Founded, nobody: Client, sign_in: Callable[[str], Client]
) -> None:
    asked = ask(nobody)
    time.now += timedelta(seconds=pairing.SECONDS)
    assert told_error(nobody, asked["device_code"]) == "expired_token"
    assert approve(sign_in("admin"), asked["user_code"], founded.here.id).status == 404


def test_a_code_that_nobody_was_given_is_an_invalid_grant(nobody: Client) -> None:
    assert told_error(nobody, "A" * 43) == "invalid_grant"


def test_a_device_code_is_used_once(founded: Founded, nobody: Client, people: People) -> None:
    asked = ask(nobody)
    assert approve(people.admin, asked["user_code"], founded.here.id).status == 201
    told = poll(nobody, asked["device_code"])
    assert told.status == 200
    assert set(told.json) == {"access_token", "token_type", "expires_in", "refresh_token", "scope"}
    assert told_error(nobody, asked["device_code"]) == "invalid_grant"


def test_a_user_code_is_decided_on_once(founded: Founded, nobody: Client, people: People) -> None:
    code = ask(nobody)["user_code"]
    assert approve(people.admin, code, founded.here.id).status == 201
    assert approve(people.admin, code, founded.there.id).status == 404
    assert people.admin.post(f"{DEVICES}/deny", {"user_code": code}).status == 404
    assert people.admin.get(f"{DEVICES}/waiting/{code.replace('-', '')}").status == 404


def test_an_administrator_first_sees_what_asks_and_from_where(nobody: Client, people: People) -> None:
    asked = ask(nobody, "desk", "示例服务台左侧")
    seen = people.admin.get(f"{DEVICES}/waiting/{asked['user_code'].replace('-', '')}").json
    assert set(seen) == {"user_code", "kind", "name", "address", "asked_at", "expires_at"}
    assert (seen["kind"], seen["name"], seen["address"]) == ("desk", "示例服务台左侧", "127.0.0.1")
    assert people.organiser.get(f"{DEVICES}/waiting/123456789").status == 403


def test_a_slip_of_the_finger_is_not_looked_up(nobody: Client, people: People) -> None:
    code = ask(nobody)["user_code"].replace("-", "")
    slipped = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert people.admin.get(f"{DEVICES}/waiting/{slipped}").status == 404


def test_an_approval_says_whose_it_is_and_at_which_desk(
    founded: Founded, nobody: Client, people: People, scene: Scene
) -> None:
    told = approve(people.admin, ask(nobody)["user_code"].replace("-", " "), founded.here.id, scene.desk_id)
    assert told.status == 201
    assert told.json["organisation_id"] == str(founded.here.id)
    assert (told.json["kind"], told.json["desk_id"]) == ("desk", scene.desk_id)
    [line] = audited(founded, "pair")
    assert line["subject_id"] == told.json["id"]
    assert '"asked_from": "127.0.0.1"' in line["change"]
    elsewhere = approve(people.admin, ask(nobody)["user_code"], founded.there.id, scene.desk_id)
    assert (elsewhere.status, elsewhere.json["errors"][0]["pointer"]) == (422, "/desk_id")
    body = {"user_code": ask(nobody)["user_code"], "kind": "desk", "organisation_id": str(founded.here.id)}
    assert people.admin.post(f"{DEVICES}/approve", body).status == 422
    kiosk_with_desk = body | {"kind": "kiosk", "desk_id": scene.desk_id}
    assert people.admin.post(f"{DEVICES}/approve", kiosk_with_desk).status == 422


def test_nobody_pairs_a_device_for_others(founded: Founded, nobody: Client, people: People) -> None:
    founded.hire("admin-here", ("admin", founded.here))
    here = people.sign_in("admin-here")
    assert approve(here, ask(nobody)["user_code"], founded.there.id).status == 404
    assert approve(here, ask(nobody)["user_code"], founded.district.id).status == 404
    assert approve(here, ask(nobody)["user_code"], founded.here.id).status == 201
    theirs = device_id(pair(nobody, people.admin, founded.there.id))
    assert here.get(f"{DEVICES}/{theirs}").status == 404
    assert here.delete(f"{DEVICES}/{theirs}", If_Match='"x"').status == 404
    assert [each["organisation_id"] for each in here.get(DEVICES).json["items"]] == [str(founded.here.id)]
    assert len(people.admin.get(DEVICES).json["items"]) == 2


def test_security_9_a_device_does_nothing_but_let_volunteers_in_and_show_what_hangs_on_the_wall(
    founded: Founded, nobody: Client, people: People, scene: Scene
) -> None:
    kiosk, desk = (
        pair(nobody, people.admin, founded.here.id),
        pair(nobody, people.admin, founded.here.id, scene.desk_id),
    )
    for route in ALL:
        if isinstance(route.scope, Public):
            continue
        for device in (kiosk, desk):
            may = route.scope in DEVICE_SCOPES
            assert (asked(device, route) != 403) == may, route.name
            changes = route.method != "GET" and "/auth/volunteer" not in route.path
            assert not may or not changes or route.scope is Scope.ATTENDANCE_WRITE


def test_security_2_a_revoked_device_is_out_at_once_and_so_is_all_that_was_given_at_it(
    founded: Founded, app: object, nobody: Client, people: People, scene: Scene
) -> None:
    asked = ask(nobody, "desk")
    assert approve(people.admin, asked["user_code"], founded.here.id, scene.desk_id).status == 201
    tokens = poll(nobody, asked["device_code"]).json
    desk = replace(nobody, token=tokens["access_token"])
    password = {"grant_type": "password", "username": "desk", "password": PASSWORD}
    at_desk = desk.post(f"{PREFIX}/auth/token", password).json
    teller = replace(nobody, token=at_desk["access_token"])
    helped = teller.post(
        f"{PREFIX}/auth/volunteer/assist", {"volunteer_no": scene.volunteer_no, "purpose": "needs_help"}
    )
    volunteer = replace(nobody, token=helped.json["access_token"])
    paths = [(desk, "/auth/device"), (teller, "/organisations"), (volunteer, "/auth/volunteer")]
    assert [client.get(PREFIX + path).status for client, path in paths] == [200, 200, 200]

    revoked = revoke(people.admin, device_id(desk))
    assert revoked.status == 200
    assert revoked.json["revoked_at"] is not None
    assert [client.get(PREFIX + path).status for client, path in paths] == [401, 401, 401]
    for refresh in (tokens["refresh_token"], at_desk["refresh_token"]):
        renewal = nobody.post(f"{PREFIX}/auth/token", {"grant_type": "refresh_token", "refresh_token": refresh})
        assert (renewal.status, renewal.json["code"]) == (401, "refresh_token_invalid")
    assert desk.post(f"{PREFIX}/auth/token", password).status == 401
    assert people.desk.get(f"{PREFIX}/organisations").status == 200


def test_a_kiosk_and_its_volunteers_see_the_prizes_of_their_own_community(
    founded: Founded, nobody: Client, people: People, scene: Scene
) -> None:
    there = make_scene(founded.there, people)
    kiosk = pair(nobody, people.admin, founded.here.id)
    with_pin(people.desk, scene.volunteer_no)
    with_pin(people.desk, there.volunteer_no)
    guest = signed_in(kiosk, volunteer_no=there.volunteer_no)
    for client, own in ((kiosk, scene), (signed_in(kiosk, volunteer_no=scene.volunteer_no), scene), (guest, there)):
        assert [prize["id"] for prize in client.get(f"{PREFIX}/prizes").json["items"]] == [own.prize_id]
    assert kiosk.get(f"{PREFIX}/prizes/{there.prize_id}").status == 404


def test_a_device_knows_where_it_stands(founded: Founded, nobody: Client, people: People, scene: Scene) -> None:
    kiosk = pair(nobody, people.admin, founded.here.id).get(f"{PREFIX}/auth/device").json
    desk = pair(nobody, people.admin, founded.here.id, scene.desk_id).get(f"{PREFIX}/auth/device").json
    assert [(told["organisation_name"], told["desk_name"]) for told in (kiosk, desk)] == [
        ("梧桐社区", None),
        ("梧桐社区", "服务台"),
    ]


def test_what_is_done_at_a_desk_is_known_to_have_been_done_there(
    founded: Founded, nobody: Client, people: People, scene: Scene
) -> None:
    desk = pair(nobody, people.admin, founded.here.id, scene.desk_id)
    token = desk.post(f"{PREFIX}/auth/token", {"grant_type": "password", "username": "desk", "password": PASSWORD})
    teller = replace(nobody, token=token.json["access_token"])
    teller.post(f"{PREFIX}/auth/volunteer/assist", {"volunteer_no": scene.volunteer_no, "purpose": "needs_help"})
    [line] = audited(founded, "assist")
    assert str(line["device_id"]) == device_id(desk)


def test_who_sends_a_person_s_token_signs_in_at_no_device(people: People) -> None:
    password = {"grant_type": "password", "username": "desk", "password": PASSWORD}
    token = people.auditor.post(f"{PREFIX}/auth/token", password).json["access_token"]
    assert "device_id" not in jwt.decode(token, options={"verify_signature": False})
    stale = replace(people.auditor, token=f"{people.auditor.token}x")
    assert stale.post(f"{PREFIX}/auth/token", password).status == 401


def test_a_device_renews_with_each_refresh_token_once(founded: Founded, nobody: Client, people: People) -> None:
    asked = ask(nobody)
    approve(people.admin, asked["user_code"], founded.here.id)
    first = poll(nobody, asked["device_code"]).json
    renewal = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    renewed = nobody.post(f"{PREFIX}/auth/token", renewal)
    scope = "announcements:read attendance:write prizes:read sessions:open"
    assert (renewed.status, renewed.json["scope"]) == (200, scope)
    device = replace(nobody, token=renewed.json["access_token"])
    assert device.get(f"{PREFIX}/auth/device").json["device"]["kind"] == "kiosk"
    again = {"grant_type": "refresh_token", "refresh_token": renewed.json["refresh_token"]}
    assert nobody.post(f"{PREFIX}/auth/token", again).status == 200
    assert nobody.post(f"{PREFIX}/auth/token", renewal).status == 401


def test_a_copied_refresh_token_ends_the_pairing_at_once(
    time: Clock, founded: Founded, nobody: Client, sign_in: Callable[[str], Client]
) -> None:
    asked = ask(nobody)
    approve(sign_in("admin"), asked["user_code"], founded.here.id)
    first = poll(nobody, asked["device_code"]).json
    renewal = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    renewed = nobody.post(f"{PREFIX}/auth/token", renewal).json
    device = replace(nobody, token=renewed["access_token"])
    time.now += timedelta(seconds=31)
    assert device.get(f"{PREFIX}/auth/device").status == 200
    assert nobody.post(f"{PREFIX}/auth/token", renewal).status == 401
    assert device.get(f"{PREFIX}/auth/device").status == 401


def test_revoking_asks_for_the_state_one_has_seen(founded: Founded, nobody: Client, people: People) -> None:
    path = f"{DEVICES}/{device_id(pair(nobody, people.admin, founded.here.id))}"
    assert people.admin.delete(path).status == 428
    assert people.admin.delete(path, If_Match='"another"').status == 412
    assert people.auditor.delete(path, If_Match='"another"').status == 403


def test_whoever_guesses_at_codes_is_held_up(time: Clock, nobody: Client, sign_in: Callable[[str], Client]) -> None:
    """A code waits among 100 million for ten minutes; nobody gets more than 120 tries at it, whoever they are."""
    admin = sign_in("admin")
    told = [admin.get(f"{DEVICES}/waiting/{at:09}") for at in range(31)]
    assert {each.status for each in told[:20]} == {404}
    assert (told[-1].status, told[-1].json["code"]) == (429, "too_many_requests")
    assert int(told[-1].headers["Retry-After"]) > 0
    assert approve(admin, "123-456-789", UUID(int=1)).status == 422
    wanted = {"user_code": "123-456-789", "kind": "kiosk", "organisation_id": "0190a000-0000-7000-8000-000000000000"}
    assert admin.post(f"{DEVICES}/approve", wanted).status == 429
    assert admin.post(f"{DEVICES}/deny", {"user_code": "123-456-789"}).status == 429


def test_a_rush_of_devices_is_told_to_wait(nobody: Client, monkeypatch: pytest.MonkeyPatch, time: Clock) -> None:
    monkeypatch.setattr(pairing, "WAITING_MAX", 2)
    ask(nobody)
    ask(nobody)
    told = nobody.post(f"{PREFIX}/auth/device_authorization", {"kind": "kiosk", "name": "示例"})
    assert (told.status, told.json["code"]) == (429, "too_many_requests")
    time.now += timedelta(seconds=pairing.SECONDS)
    ask(nobody)
