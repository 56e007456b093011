"""A volunteer's session reads what is theirs, for a few minutes, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from api import Keys
from api.routes import PREFIX
from api.scopes import Public, Scope
from ledger.bank import By, World
from ledger.people import keys, sessions, volunteers
from tests.api.conftest import Client, Founded, People, Scene, make_scene
from tests.api.test_scopes import ALL, asked
from tests.banks import Clock

ASSIST = f"{PREFIX}/auth/volunteer/assist"


@pytest.fixture
def time(founded: Founded) -> Iterator[Clock]:
    """The bank's clock, to be moved."""
    clock, world = Clock(), founded.bank.world
    founded.bank.world = World(clock=clock)
    yield clock
    founded.bank.world = world


def assisted(client: Client, volunteer_no: str, purpose: str = "needs_help") -> Client:
    """The client in a session that staff opened for this volunteer."""
    told = client.post(ASSIST, {"volunteer_no": volunteer_no, "purpose": purpose})
    assert told.status == 200, told.text
    return replace(client, token=told.json["access_token"])


def own(volunteer_no: str) -> list[str]:
    return [f"{PREFIX}/volunteers/{volunteer_no}{what}" for what in ("", "/balance", "/statement")]


def test_a_volunteer_reads_their_own_and_a_neighbour_s_is_not_there(
    founded: Founded, people: People, scene: Scene
) -> None:
    neighbour = make_scene(founded.here, people)
    volunteer = assisted(people.desk, scene.volunteer_no)
    assert [volunteer.get(path).status for path in own(scene.volunteer_no)] == [200, 200, 200]
    assert [volunteer.get(path).status for path in own(neighbour.volunteer_no)] == [404, 404, 404]
    assert [volunteer.get(path).status for path in own("1234567897")] == [404, 404, 404]


def test_a_volunteer_s_token_gets_past_no_route_that_is_not_theirs(people: People, scene: Scene) -> None:
    theirs = {route.name for route in ALL if route.own or route.scope is Scope.OWN}
    assert {"volunteers.show", "volunteers.balance", "volunteers.statement", "sessions.sign_out"} <= theirs
    for route in ALL:
        if isinstance(route.scope, Public):
            continue
        volunteer = assisted(people.desk, scene.volunteer_no)
        status = asked(volunteer, route)
        assert (status != 403) == (route.name in theirs), route.name
        assert status not in (401, 500), route.name


def test_staff_get_past_no_route_of_a_volunteer_alone_or_of_a_device(people: People) -> None:
    for route in ALL:
        if route.scope in (Scope.OWN, Scope.SESSIONS_OPEN):
            assert asked(people.desk, route) == 403, route.name


def test_who_signed_out_is_out_at_once(people: People, scene: Scene) -> None:
    volunteer = assisted(people.desk, scene.volunteer_no)
    assert volunteer.get(f"{PREFIX}/auth/volunteer").json["volunteer_no"] == scene.volunteer_no
    assert volunteer.post(f"{PREFIX}/auth/volunteer/sign-out", {}).status == 200
    told = volunteer.get(f"{PREFIX}/volunteers/{scene.volunteer_no}/balance")
    assert (told.status, told.json["code"]) == (401, "token_invalid")
    assert volunteer.post(f"{PREFIX}/auth/volunteer/renew", {}).status == 401


def test_a_session_ends_after_five_minutes_and_renewed_after_twenty(
    time: Clock, sign_in: Callable[[str], Client], scene: Scene
) -> None:
    staffed = sign_in("desk")
    idle, busy = assisted(staffed, scene.volunteer_no), assisted(staffed, scene.volunteer_no)
    path = f"{PREFIX}/auth/volunteer"
    left = 0
    for _ in range(4):
        time.now += timedelta(seconds=sessions.ASSISTED_SECONDS - 1)
        assert busy.get(path).status == 200
        told = busy.post(f"{path}/renew", {}).json
        busy, left = replace(busy, token=told["access_token"]), told["expires_in"]
    assert idle.get(path).status == 401
    assert left == sessions.SECONDS_MAX - 4 * (sessions.ASSISTED_SECONDS - 1)
    time.now += timedelta(seconds=left)
    assert busy.get(path).status == 401


def test_a_session_ends_by_its_own_time_whatever_the_token_says(
    founded: Founded, time: Clock, sign_in: Callable[[str], Client], scene: Scene
) -> None:
    volunteer = volunteers.find(founded.bank, scene.volunteer_no)
    assert volunteer is not None
    helper = founded.hire("helper", ("desk", founded.here))
    session = sessions.assist(founded.bank, By(actor=helper.id), volunteer, "needs_help")
    signing = Keys(keys.load(founded.settings.data_dir), issuer="bank.example", clock=time)
    token = signing.mint(volunteer.id, ["own"], volunteer.id, client="volunteer", session_id=session.id)
    client = replace(sign_in("desk"), token=token)
    assert client.get(f"{PREFIX}/auth/volunteer").status == 200
    time.now += timedelta(seconds=sessions.ASSISTED_SECONDS)
    assert client.get(f"{PREFIX}/auth/volunteer").status == 401


def test_who_assists_is_the_actor_and_the_volunteer_the_subject(founded: Founded, people: People, scene: Scene) -> None:
    hired = founded.hire("helper", ("desk", founded.here))
    volunteer = assisted(people.sign_in("helper"), scene.volunteer_no, "pin_missing")
    assert volunteer.get(f"{PREFIX}/auth/volunteer").json["assisted"] is True
    known = volunteers.find(founded.bank, scene.volunteer_no)
    assert known is not None
    [line] = audited(founded, "assist")
    assert (line["actor_id"], line["subject_kind"], line["subject_id"]) == (hired.id, "volunteer", str(known.id))
    assert '"purpose": "pin_missing"' in line["change"]


def test_nobody_is_assisted_beyond_one_s_reach_or_for_no_purpose(
    founded: Founded, people: People, scene: Scene
) -> None:
    founded.hire("elsewhere", ("desk", founded.there))
    asking = {"volunteer_no": scene.volunteer_no, "purpose": "needs_help"}
    assert people.sign_in("elsewhere").post(ASSIST, asking).status == 404
    assert people.auditor.post(ASSIST, asking).status == 403
    assert people.desk.post(ASSIST, asking | {"purpose": "curiosity"}).status == 422


def test_when_who_assists_is_disabled_the_session_is_over(founded: Founded, people: People, scene: Scene) -> None:
    hired = founded.hire("leaver", ("desk", founded.here))
    volunteer = assisted(people.sign_in("leaver"), scene.volunteer_no)
    assert volunteer.get(f"{PREFIX}/auth/volunteer").status == 200
    founded.disable(hired)
    assert volunteer.get(f"{PREFIX}/auth/volunteer").status == 401


def audited(founded: Founded, action: str) -> list[dict[str, Any]]:
    """The lines of the audit about this, oldest first."""
    from sqlalchemy import select

    from ledger.store.schema.audit import audit

    with founded.bank.store.reading() as connection:
        found = connection.execute(select(audit).where(audit.c.action == action).order_by(audit.c.id)).mappings()
        return [dict(row) for row in found]
