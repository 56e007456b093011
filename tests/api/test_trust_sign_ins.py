"""TRUST.md 2: refresh tokens are used once, copies give themselves away, and what changes takes effect at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from api import Keys, create_app
from ledger.bank import By, World
from ledger.people import keys, organisations, sign_ins, staff, superiors
from ledger.store.schema.access import refresh_token, sign_in
from ledger.store.statements import TABLES
from tests.api.conftest import PASSWORD, Client, Founded, People, Told

audit = TABLES["audit"]
PATH = "/api/v1/auth/token"
ASKED = "/api/v1/organisations"
DAY = 24 * 3_600


@pytest.fixture
def wait(founded: Founded) -> Callable[[float], None]:
    """Let time pass at the bank, in seconds."""
    bank, real, ahead = founded.bank, founded.bank.world, [0.0]
    bank.world = World(
        clock=lambda: real.clock() + int(ahead[0] * 1_000_000), new_id=real.new_id, random_bytes=real.random_bytes
    )

    def forward(seconds: float) -> None:
        ahead[0] += seconds

    return forward


@pytest.fixture
def app(founded: Founded, wait: Callable[[float], None]) -> Flask:
    signing = Keys(
        keys.load(founded.settings.data_dir), issuer="bank.example", clock=lambda: founded.bank.world.clock()
    )
    return create_app(founded.bank, signing)


def login(nobody: Client, username: str = "desk") -> Any:
    told = nobody.post(PATH, {"grant_type": "password", "username": username, "password": PASSWORD})
    assert told.status == 200, told.text
    return told.json


def renew(nobody: Client, token: str) -> Told:
    return nobody.post(PATH, {"grant_type": "refresh_token", "refresh_token": token})


def renewed(nobody: Client, token: str) -> str:
    told = renew(nobody, token)
    assert told.status == 200, told.text
    return str(told.json["refresh_token"])


def is_in(nobody: Client, access_token: str) -> bool:
    status = replace(nobody, token=access_token).get(ASKED).status
    assert status in (200, 401)
    return status == 200


def test_line_2_a_copied_refresh_token_ends_the_whole_sign_in(nobody: Client, wait: Callable[[float], None]) -> None:
    signed_in = login(nobody)
    first = signed_in["refresh_token"]
    thief = renewed(nobody, first)
    wait(31)
    told = renew(nobody, first)
    assert (told.status, told.json["code"]) == (401, "refresh_token_invalid")
    assert renew(nobody, thief).status == 401
    assert not is_in(nobody, signed_in["access_token"]), "the access token dies with its sign-in"


def test_line_2_who_lost_the_answer_goes_on_for_half_a_minute_with_the_same_successor(
    nobody: Client, wait: Callable[[float], None]
) -> None:
    first = login(nobody)["refresh_token"]
    lost = renewed(nobody, first)
    wait(29)
    assert renewed(nobody, first) == lost, "there is one branch, whoever asks"
    last = renewed(nobody, lost)
    assert renewed(nobody, lost) == last


def test_line_2_once_the_successor_was_used_the_previous_one_is_a_copy(nobody: Client) -> None:
    first = login(nobody)["refresh_token"]
    second = renewed(nobody, first)
    third = renewed(nobody, second)
    assert renew(nobody, first).status == 401
    assert renew(nobody, third).status == 401


def test_line_2_of_many_renewals_at_once_there_is_one_branch(founded: Founded, nobody: Client) -> None:
    first = login(nobody)["refresh_token"]
    seen: list[str | None] = []

    def one() -> None:
        standing = sign_ins.renew(founded.bank, first)
        seen.append(standing.refresh_token if standing else None)

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == 1
    assert seen[0] is not None


def test_line_2_a_refresh_token_that_was_never_issued_is_refused_and_ends_nothing(nobody: Client) -> None:
    first = login(nobody)["refresh_token"]
    for token in ("never issued", first[:-1], first + "A", "示例"):
        assert renew(nobody, token).status == 401
    assert renew(nobody, first).status == 200


def test_line_2_after_a_week_away_or_a_month_at_most_one_signs_in_again(
    nobody: Client, wait: Callable[[float], None]
) -> None:
    token = login(nobody)["refresh_token"]
    wait(7 * DAY)
    assert renew(nobody, token).status == 401
    token = login(nobody)["refresh_token"]
    for _ in range(4):
        wait(7 * DAY - 60)
        token = renewed(nobody, token)
    wait(2 * DAY + 240)
    assert renew(nobody, token).status == 401


def test_line_2_signing_out_ends_one_sign_in_or_all(nobody: Client) -> None:
    here, there, elsewhere, else_who = login(nobody), login(nobody), login(nobody), login(nobody, "organiser")
    assert revoke(nobody, here["refresh_token"]).status == 200
    assert not is_in(nobody, here["access_token"])
    assert renew(nobody, here["refresh_token"]).status == 401
    assert is_in(nobody, there["access_token"])
    assert revoke(nobody, there["access_token"], everywhere=True).status == 200
    for each in (there, elsewhere):
        assert not is_in(nobody, each["access_token"])
        assert renew(nobody, each["refresh_token"]).status == 401
    assert is_in(nobody, else_who["access_token"])


def test_line_2_signing_out_tells_nothing_about_the_token(nobody: Client) -> None:
    """RFC 7009, 2.2: an invalid token is no error."""
    signed_in = login(nobody)
    told = [revoke(nobody, token) for token in ("never-issued", "a.b.c", signed_in["refresh_token"])]
    assert {(each.status, each.text) for each in told} == {(200, "{}")}
    assert nobody.post("/api/v1/auth/revoke", {"token": "x", "token_type_hint": "other"}).status == 422


def revoke(nobody: Client, token: str, *, everywhere: bool = False) -> Told:
    return nobody.post("/api/v1/auth/revoke", {"token": token} | ({"everywhere": True} if everywhere else {}))


def test_line_2_disabling_and_a_new_password_sign_out_at_once(founded: Founded, nobody: Client) -> None:
    person = founded.hire("leaver", ("organiser", founded.district))
    hand = By(actor=person.id)
    for act in (
        lambda: founded.disable(person),
        lambda: superiors.change(founded.bank, hand, None, person, enabled=True),
        lambda: superiors.reset_otp(founded.bank, hand, None, person),
        lambda: superiors.reset_password(founded.bank, hand, None, person),
    ):
        if staff.person(founded.bank, person.id).enabled:
            signed_in = login(nobody, "leaver")
            assert is_in(nobody, signed_in["access_token"])
            act()
            assert not is_in(nobody, signed_in["access_token"])
            assert renew(nobody, signed_in["refresh_token"]).status == 401
        else:
            act()


def test_line_2_a_changed_role_takes_effect_with_the_next_request(founded: Founded, nobody: Client) -> None:
    person = founded.hire("mover", ("organiser", founded.here), ("organiser", founded.there))
    client = replace(nobody, token=login(nobody, "mover")["access_token"])
    assert client.get(f"{ASKED}/{founded.there.id}").status == 200
    roles = [("organiser", founded.here)]
    superiors.change(founded.bank, By(actor=person.id), None, person, roles=roles)
    assert client.get(f"{ASKED}/{founded.there.id}").status == 404
    assert client.get(f"{ASKED}/{founded.here.id}").status == 200
    superiors.change(founded.bank, By(actor=person.id), None, person, roles=[])
    assert client.get(f"{ASKED}/{founded.here.id}").status == 403


def test_line_2_a_new_organisation_above_takes_effect_with_the_next_request(founded: Founded, people: People) -> None:
    made = organisations.create(
        founded.bank, By(actor=founded.district.id), parent=founded.here, level="estate", name="示例小区"
    )
    assert people.organiser.get(f"{ASKED}/{made.id}").status == 200


def test_signing_in_and_out_leaves_a_line_in_the_audit(founded: Founded, nobody: Client) -> None:
    person = founded.hire("seen", ("desk", founded.here))
    revoke(nobody, login(nobody, "seen")["access_token"])
    with founded.bank.store.reading() as connection:
        lines = connection.execute(select(audit).where(audit.c.subject_id == str(person.id)).order_by(audit.c.id))
        told = [(line.action, line.actor_id) for line in lines]
    assert [action for action, _ in told] == ["hire", "sign_in", "sign_out"]
    assert {actor for _, actor in told[1:]} == {person.id}


def test_what_expired_is_swept_away(founded: Founded, nobody: Client, wait: Callable[[float], None]) -> None:
    for _ in range(3):
        renewed(nobody, login(nobody)["refresh_token"])
    wait(8 * DAY)
    kept = login(nobody)["refresh_token"]
    sign_ins.sweep(founded.bank)
    assert counted(founded) == (1, 1)
    assert renew(nobody, kept).status == 200


def counted(founded: Founded) -> tuple[Any, ...]:
    with founded.bank.store.reading() as connection:
        return tuple(connection.scalar(select(func.count()).select_from(table)) for table in (sign_in, refresh_token))
