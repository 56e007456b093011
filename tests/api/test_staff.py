"""Staff is managed from above: never sideways, never upwards, and never by oneself."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pyotp
import pytest

from ledger.bank import By, World
from ledger.core.refusals.refusal import Refused
from ledger.people import organisations, otp, staff, superiors
from ledger.people.staff import Actor, Person
from ledger.store import staff as store
from tests.api.conftest import PASSWORD, Client, Founded, People, Told

PREFIX = "/api/v1"
TOKEN = f"{PREFIX}/auth/token"
MINE = f"{PREFIX}/auth/me"
NEW = "another good passphrase"


def signing_in(username: str, password: str = PASSWORD, code: str | None = None) -> dict[str, Any]:
    body = {"grant_type": "password", "username": username, "password": password}
    return body | ({"otp": code} if code else {})


def change(client: Client, id: UUID | str, **changed: Any) -> Told:
    path = f"{PREFIX}/staff/{id}"
    return client.patch(path, changed, If_Match=client.get(path).headers.get("ETag", '"none"'))


def roles(*given: tuple[str, Any]) -> list[dict[str, str]]:
    return [{"role": role, "organisation_id": str(organisation.id)} for role, organisation in given]


@pytest.fixture
def clerk(founded: Founded) -> Person:
    """An organiser in one community."""
    return founded.hire("clerk", ("organiser", founded.here))


@pytest.fixture
def admin_here(founded: Founded, people: People) -> Client:
    """An administrator of that community, and of nothing else."""
    founded.hire("admin-here", ("admin", founded.here))
    return people.sign_in("admin-here")


def test_whoever_administers_lists_those_within_reach(
    founded: Founded, people: People, admin_here: Client, clerk: Person
) -> None:
    founded.hire("elsewhere", ("desk", founded.there))
    both = founded.hire("both", ("desk", founded.there), ("desk", founded.here))
    seen = {each["username"] for each in admin_here.get(f"{PREFIX}/staff").json["items"]}
    assert seen == {"clerk", "admin-here", "both"}
    everybody = people.admin.get(f"{PREFIX}/staff?limit=200").json["items"]
    assert len(everybody) == 9
    assert people.auditor.get(f"{PREFIX}/staff/{both.id}").json["roles"] == both_roles(both)
    assert people.organiser.get(f"{PREFIX}/staff").status == 403
    page = people.admin.get(f"{PREFIX}/staff?limit=4").json
    rest = people.admin.get(f"{PREFIX}/staff?limit=200&cursor={page['next_cursor']}").json
    assert page["items"] + rest["items"] == everybody


def both_roles(person: Person) -> list[dict[str, str]]:
    return [
        {"role": grant.role, "organisation_id": str(grant.organisation_id)}
        for grant in sorted(person.grants, key=lambda grant: (grant.organisation_path, grant.role))
    ]


def test_another_community_s_people_are_404(founded: Founded, admin_here: Client) -> None:
    other = founded.hire("elsewhere", ("desk", founded.there))
    path = f"{PREFIX}/staff/{other.id}"
    assert admin_here.get(path).status == 404
    assert admin_here.patch(path, {"name": "某人"}, If_Match='"x"').status == 404
    for reset in ("reset-password", "reset-otp"):
        assert admin_here.post(f"{path}/{reset}", {}).status == 404


def test_a_superior_renames_disables_and_enables(admin_here: Client, clerk: Person, nobody: Client) -> None:
    assert change(admin_here, clerk.id, name="范某").json["name"] == "范某"
    assert change(admin_here, clerk.id, enabled=False).json["enabled"] is False
    assert nobody.post(TOKEN, signing_in("clerk")).status == 401
    assert change(admin_here, clerk.id, enabled=True).json["enabled"] is True
    assert nobody.post(TOKEN, signing_in("clerk")).status == 200


def test_a_change_needs_the_state_one_has_seen(admin_here: Client, clerk: Person) -> None:
    path = f"{PREFIX}/staff/{clerk.id}"
    tag = admin_here.get(path).headers["ETag"]
    assert admin_here.patch(path, {"name": "范某"}).status == 428
    assert admin_here.patch(path, {"name": "范某"}, If_Match=tag).status == 200
    assert admin_here.patch(path, {"name": "范甲"}, If_Match=tag).status == 412


def test_roles_are_given_and_taken_within_reach_only(
    founded: Founded, people: People, admin_here: Client, clerk: Person
) -> None:
    told = change(admin_here, clerk.id, roles=roles(("organiser", founded.here), ("reviewer", founded.here)))
    assert sorted(each["role"] for each in told.json["roles"]) == ["organiser", "reviewer"]
    assert change(admin_here, clerk.id, roles=roles(("desk", founded.there))).status == 404
    assert change(admin_here, clerk.id, roles=roles(("desk", founded.district))).status == 404
    assert change(admin_here, clerk.id, roles=roles(("desk", founded.here), ("desk", founded.here))).status == 422
    two = change(people.admin, clerk.id, roles=roles(("organiser", founded.here), ("desk", founded.there)))
    assert two.status == 200
    kept = change(admin_here, clerk.id, roles=roles(("reviewer", founded.here), ("desk", founded.there)))
    assert (kept.status, len(kept.json["roles"])) == (200, 2)
    taken = change(admin_here, clerk.id, roles=roles(("reviewer", founded.here)))
    assert (taken.status, taken.json["code"]) == (409, "not_superior")
    assert change(people.admin, clerk.id, roles=[]).json["roles"] == []
    assert change(admin_here, clerk.id, roles=roles(("desk", founded.here))).status == 200, "they still belong here"


def test_nobody_acts_sideways_or_upwards(founded: Founded, people: People, admin_here: Client) -> None:
    equal = founded.hire("equal", ("admin", founded.here))
    above = founded.hire("above", ("auditor", founded.district), ("desk", founded.here))
    for person in (equal, above):
        path = f"{PREFIX}/staff/{person.id}"
        for told in (
            change(admin_here, person.id, enabled=False),
            change(admin_here, person.id, name="范某"),
            admin_here.post(f"{path}/reset-password", {}),
            admin_here.post(f"{path}/reset-otp", {}),
        ):
            assert (told.status, told.json["code"]) == (409, "not_superior")
    assert change(admin_here, equal.id, roles=[]).json["code"] == "not_superior"
    assert change(people.admin, equal.id, enabled=False).status == 200


def test_nobody_resets_or_disables_or_promotes_themselves(founded: Founded, people: People) -> None:
    me = people.admin.get(MINE).json["id"]
    assert change(people.admin, me, enabled=False).json["code"] == "not_superior"
    assert people.admin.post(f"{PREFIX}/staff/{me}/reset-password", {}).json["code"] == "not_superior"
    assert people.admin.post(f"{PREFIX}/staff/{me}/reset-otp", {}).json["code"] == "not_superior"
    more = roles(("admin", founded.district), ("reviewer", founded.district))
    assert change(people.admin, me, roles=more).json["code"] == "same_person"
    assert change(people.admin, me, name="范甲").status == 200


def test_the_last_administrator_of_the_bank_stays(founded: Founded, people: People) -> None:
    me = people.admin.get(MINE).json["id"]
    told = change(people.admin, me, roles=[])
    assert (told.status, told.json["code"]) == (409, "last_admin")
    second = founded.hire("second", ("admin", founded.district))
    founded.disable(second)
    assert change(people.admin, me, roles=[]).json["code"] == "last_admin", "one who is disabled does not count"
    superiors.change(founded.bank, By(actor=second.id), None, second, enabled=True)
    assert change(people.admin, me, roles=[]).status == 200


def test_of_two_last_administrators_who_leave_at_once_one_stays(founded: Founded) -> None:
    pair = [founded.hire(name, ("admin", founded.district)) for name in ("one", "other")]
    first = staff.find_named(founded.bank, "admin")
    assert first is not None
    founded.disable(first)
    told: list[str] = []

    def leave(person: Person) -> None:
        leaving = Actor(id=person.id, name=person.name, grants=person.grants)
        try:
            superiors.change(founded.bank, By(actor=person.id), leaving, person, roles=[])
        except Refused as refused:
            told.append(refused.refusal.code)

    threads = [threading.Thread(target=leave, args=(person,)) for person in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["last_admin"]


def test_a_temporary_password_lets_in_only_to_choose_another(
    founded: Founded, admin_here: Client, clerk: Person, nobody: Client
) -> None:
    temporary = admin_here.post(f"{PREFIX}/staff/{clerk.id}/reset-password", {}).json["temporary_password"]
    assert nobody.post(TOKEN, signing_in("clerk")).status == 401, "the old one is gone"
    signed_in = nobody.post(TOKEN, signing_in("clerk", temporary)).json
    client = replace(nobody, token=signed_in["access_token"])
    told = client.get(f"{PREFIX}/activities")
    assert (told.status, told.json["code"]) == (403, "password_change_required")
    assert client.get(MINE).json["password_is_temporary"] is True
    for unusable in (temporary, "too short", "clerkclerk"):
        refused = client.post(f"{MINE}/password", {"password": temporary, "new_password": unusable})
        assert refused.json["errors"][0]["pointer"] == "/new_password"
    changed = client.post(f"{MINE}/password", {"password": temporary, "new_password": NEW})
    assert changed.status == 200
    assert client.get(MINE).status == 401, "what was signed in with the temporary one is signed out"
    assert replace(nobody, token=changed.json["access_token"]).get(f"{PREFIX}/activities").status == 200
    assert nobody.post(TOKEN, signing_in("clerk", temporary)).status == 401
    assert nobody.post(TOKEN, signing_in("clerk", NEW)).status == 200


def test_a_temporary_password_holds_for_three_days(
    founded: Founded, people: People, clerk: Person, nobody: Client, later: Callable[[float], None]
) -> None:
    temporary = people.admin.post(f"{PREFIX}/staff/{clerk.id}/reset-password", {}).json["temporary_password"]
    later(3 * 24 * 3_600)
    assert nobody.post(TOKEN, signing_in("clerk", temporary)).status == 401


def test_whoever_is_hired_with_a_temporary_password_changes_it_first(
    founded: Founded, people: People, nobody: Client
) -> None:
    hired = {"username": "new", "password": PASSWORD, "password_is_temporary": True, "name": "某人"}
    assert people.admin.post(f"{PREFIX}/staff", hired | {"roles": roles(("desk", founded.here))}).status == 201
    client = replace(nobody, token=nobody.post(TOKEN, signing_in("new")).json["access_token"])
    assert client.get(f"{PREFIX}/prizes").json["code"] == "password_change_required"


def test_a_password_is_changed_only_with_the_old_one(people: People, nobody: Client) -> None:
    body = {"password": "not the old one", "new_password": NEW}
    told = people.desk.post(f"{MINE}/password", body)
    assert (told.status, told.json["code"]) == (401, "credentials_wrong")
    assert nobody.post(TOKEN, signing_in("desk")).status == 200


@pytest.fixture
def later(founded: Founded) -> Callable[[float], None]:
    """Let time pass at the bank, in seconds."""
    bank, real, ahead = founded.bank, founded.bank.world, [0.0]
    bank.world = World(
        clock=lambda: real.clock() + int(ahead[0] * 1_000_000), new_id=real.new_id, random_bytes=real.random_bytes
    )

    def forward(seconds: float) -> None:
        ahead[0] += seconds

    return forward


def code(founded: Founded, secret: str) -> str:
    return pyotp.TOTP(secret).generate_otp(founded.bank.world.clock() // 30_000_000)


def enrolled(founded: Founded, client: Client) -> str:
    """The secret of somebody who has just enrolled."""
    told = client.post(f"{MINE}/otp", {"password": PASSWORD})
    assert told.status == 201, told.text
    secret = str(told.json["secret"])
    assert client.post(f"{MINE}/otp/confirm", {"otp": code(founded, secret)}).status == 200
    return secret


def test_whoever_has_enrolled_needs_a_code_to_sign_in_and_each_code_once(
    founded: Founded, people: People, nobody: Client, later: Callable[[float], None]
) -> None:
    secret = enrolled(founded, people.admin)
    told = nobody.post(TOKEN, signing_in("admin"))
    assert (told.status, told.json["code"]) == (401, "otp_missing")
    used = code(founded, secret)
    assert nobody.post(TOKEN, signing_in("admin", code=used)).json["code"] == "otp_wrong", "it was used to enrol"
    later(31)
    fresh = code(founded, secret)
    assert nobody.post(TOKEN, signing_in("admin", "wrong password", fresh)).json["code"] == "credentials_wrong"
    assert nobody.post(TOKEN, signing_in("admin", code=fresh)).status == 200
    assert nobody.post(TOKEN, signing_in("admin", code=fresh)).json["code"] == "otp_wrong"
    later(-31)
    assert nobody.post(TOKEN, signing_in("admin", code=used)).json["code"] == "otp_wrong", "nor one before it"
    later(120)
    late = pyotp.TOTP(secret).generate_otp(founded.bank.world.clock() // 30_000_000 - 1)
    assert nobody.post(TOKEN, signing_in("admin", code=late)).status == 200
    later(120)
    older = pyotp.TOTP(secret).generate_otp(founded.bank.world.clock() // 30_000_000 - 2)
    assert nobody.post(TOKEN, signing_in("admin", code=older)).json["code"] == "otp_wrong"
    for odd in ("12345", "1234567", "12345a", "１２３４５６"):
        assert nobody.post(TOKEN, signing_in("admin", code=odd)).status == 422


def test_enrolment_takes_effect_only_with_a_code_of_the_new_secret(
    founded: Founded, people: People, nobody: Client, later: Callable[[float], None]
) -> None:
    assert people.desk.post(f"{MINE}/otp", {"password": "not the password"}).status == 401
    assert people.desk.post(f"{MINE}/otp/confirm", {"otp": "000000"}).status == 422
    offered = people.desk.post(f"{MINE}/otp", {"password": PASSWORD}).json
    assert offered["otpauth_uri"].startswith("otpauth://totp/")
    assert pyotp.parse_uri(offered["otpauth_uri"]).secret == offered["secret"]
    assert nobody.post(TOKEN, signing_in("desk")).status == 200, "not before it is confirmed"
    stranger = pyotp.random_base32()
    assert people.desk.post(f"{MINE}/otp/confirm", {"otp": code(founded, stranger)}).status == 422
    assert people.desk.post(f"{MINE}/otp/confirm", {"otp": code(founded, offered["secret"])}).json["otp"] is True
    later(60)
    assert people.desk.post(f"{MINE}/otp", {"password": PASSWORD}).json["code"] == "otp_missing"
    again = people.desk.post(f"{MINE}/otp", {"password": PASSWORD, "otp": code(founded, offered["secret"])}).json
    later(60)
    assert nobody.post(TOKEN, signing_in("desk", code=code(founded, offered["secret"]))).status == 200
    later(60)
    assert people.desk.post(f"{MINE}/otp/confirm", {"otp": code(founded, again["secret"])}).status == 200
    later(60)
    assert nobody.post(TOKEN, signing_in("desk", code=code(founded, offered["secret"]))).status == 401
    assert nobody.post(TOKEN, signing_in("desk", code=code(founded, again["secret"]))).status == 200


def test_administrators_must_enrol_before_anything_else_where_the_bank_asks_it(
    founded: Founded, people: People, nobody: Client
) -> None:
    assert people.admin.get(f"{PREFIX}/staff").status == 200
    otp.require(founded.bank, By(actor=founded.district.id), True)
    told = people.admin.get(f"{PREFIX}/staff")
    assert (told.status, told.json["code"]) == (403, "otp_required")
    assert people.organiser.get(f"{PREFIX}/activities").status == 200, "others need none"
    assert people.admin.get(MINE).json["otp"] is False
    enrolled(founded, people.admin)
    assert people.admin.get(f"{PREFIX}/staff").status == 200


def test_a_superior_lets_somebody_who_lost_their_app_enrol_anew(
    founded: Founded, people: People, admin_here: Client, nobody: Client
) -> None:
    otp.require(founded.bank, By(actor=founded.district.id), True)
    enrolled(founded, people.admin)
    lost = admin_here.get(MINE).json["id"]
    enrolled(founded, admin_here)
    told = people.admin.post(f"{PREFIX}/staff/{lost}/reset-otp", {})
    assert (told.status, told.json["otp"]) == (200, False)
    assert admin_here.get(MINE).status == 401
    again = replace(nobody, token=nobody.post(TOKEN, signing_in("admin-here")).json["access_token"])
    assert again.get(f"{PREFIX}/staff").json["code"] == "otp_required"
    enrolled(founded, again)
    assert again.get(f"{PREFIX}/staff").status == 200


def test_no_secret_of_a_code_is_readable_in_the_database(founded: Founded, people: People) -> None:
    secret = enrolled(founded, people.admin)
    with founded.bank.store.reading() as connection:
        row = store.person(connection, {"username": "admin"})
    assert row is not None
    assert secret not in repr(row)
    assert len(row["otp_sealed"]) > 40


def test_a_role_below_counts_for_nothing_above(founded: Founded, people: People, admin_here: Client) -> None:
    """An administrator of a community reaches what lies below it, later too."""
    estate = organisations.create(
        founded.bank, By(actor=founded.district.id), parent=founded.here, level="estate", name="示例小区"
    )
    below = founded.hire("below", ("admin", estate))
    assert change(admin_here, below.id, enabled=False).status == 200
    assert admin_here.get(f"{PREFIX}/staff/{people.admin.get(MINE).json['id']}").status == 404
