"""No route is open by accident; rights flow down the tree and nowhere else."""

from __future__ import annotations

import re
from typing import Any

import pytest

from api import ROUTES, Keys
from api.routes import PREFIX, App, Route, Routes, UndeclaredRoute, View
from api.scopes import DEVICE_SCOPES, PUBLIC, SCOPES_OF, Public, Scope
from ledger.people import keys, sign_ins, staff
from ledger.people.sign_ins import Holder
from tests.api.conftest import ROLES, Client, Founded, People, Scene, make_scene

ALL = [route for routes in ROUTES for route in routes.all]
OPEN = {
    "GET /api/v1/appraisals/results",
    "GET /api/v1/appraisals/results/<id:appraisal_id>",
    "GET /api/v1/appraisals/<id:appraisal_id>.pdf",
    "GET /api/v1/pictures/<digest:digest>",
    "POST /api/v1/auth/token",
    "POST /api/v1/auth/revoke",
    "POST /api/v1/auth/device_authorization",
    "GET /api/v1/bank",
    "GET /api/v1/certificates/<number:certificate_no>",
    "GET /api/v1/organisations/<id:organisation_id>/posts",
    "GET /api/v1/star-changes/notices",
    "GET /api/v1/wishes/wall",
    "GET /api/v1/offers",
    "GET /api/v1/requests/figures",
    "POST /api/v1/organisations/<id:organisation_id>/requests",
    "GET /api/v1/scanned-requests/<id:request_id>",
    "GET /api/v1/consent-texts",
    "GET /.well-known/jwks.json",
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
    "GET /openapi.json",
    "GET /",
    "GET /<client:name>",
    "GET /<file:path>",
    "GET /problems/<code:code>",
    "GET /api/v1/rulebooks",
    "GET /api/v1/rulebooks/in-force",
    "GET /api/v1/rulebooks/schema.json",
    "GET /api/v1/rulebooks/<id:rulebook_id>",
    "GET /api/v1/rulebooks/<id:rulebook_id>/differences",
    "GET /api/v1/proposals",
    "GET /api/v1/proposals/templates",
    "GET /api/v1/proposals/<id:proposal_id>",
    "GET /api/v1/proposals/<id:proposal_id>/attachments/<digest:digest>",
    "GET /api/v1/notices",
    "GET /api/v1/notices/<id:notice_id>",
    "GET /api/v1/notices/<id:notice_id>.pdf",
    "GET /api/v1/notices/<id:notice_id>/lines",
    "POST /api/v1/notices/<id:notice_id>/objections",
    "GET /api/v1/objections/<number:receipt_no>",
    "GET /log/checkpoint",
    "GET /log/vkey",
    "GET /log/totals",
    "GET /log/months",
    "GET /api/v1/showcase",
    "GET /log/tile/<level:level>/<tile:tile>",
    "GET /log/tile/entries/<tile:tile>",
    "GET /api/v1/receipts/<token:token>",
    "GET /api/v1/receipts/<token:token>/file",
    "GET /api/v1/receipts/<token:token>/bare",
    "GET /api/v1/receipts/<token:token>/qr",
    "GET /verify.py",
    "GET /verify.svg",
    "POST /witness/add-checkpoint",
    "GET /witness/vkey",
}


def test_only_these_are_open() -> None:
    assert {f"{route.method} {route.path}" for route in ALL if isinstance(route.scope, Public)} == OPEN


def test_every_rule_of_the_app_is_a_declared_route(app: App) -> None:
    served = {(rule.rule, frozenset(rule.methods or ()) - {"HEAD"}) for rule in app.url_map.iter_rules()}
    assert served == {(route.path, frozenset({route.method})) for route in ALL}
    assert all(isinstance(view, View) for view in app.view_functions.values())


def test_an_undeclared_route_cannot_be_added(app: App) -> None:
    with pytest.raises(UndeclaredRoute, match="/open-by-accident"):
        app.route("/open-by-accident")(lambda: "hello")
    with pytest.raises(TypeError, match="scope"):
        Routes("test").get("/open-by-accident", answer=dict)  # type: ignore[call-arg]


def test_there_is_no_options_and_no_trace(nobody: Client) -> None:
    for method in ("OPTIONS", "TRACE", "PUT", "DELETE"):
        assert nobody.flask.open("/api/v1/volunteers", method=method).status_code == 405


def asked(client: Client, route: Route) -> int:
    """The status of this route for this person, with ids that nobody has and an empty body."""
    path = re.sub(r"<id:\w+>", "0190a000-0000-7000-8000-000000000000", route.path)
    path = re.sub(r"<number:\w+>", "1234567890", re.sub(r"<seq:\w+>", "1", path))
    if route.method == "GET":
        return client.get(path).status
    if route.method == "DELETE":
        return client.delete(path).status
    return (client.post if route.method == "POST" else client.patch)(path, {}).status


def test_nobody_gets_past_a_scope_and_each_role_only_past_its_own(people: People, nobody: Client) -> None:
    for route in ALL:
        if isinstance(route.scope, Public):
            continue
        assert asked(nobody, route) == 401, route.name
        for role in ROLES:
            status = asked(getattr(people, role), route)
            assert (status != 403) == (route.scope in SCOPES_OF[role]), (route.name, role)
            assert status not in (401, 500)


def test_every_scope_is_somebody_s_and_of_some_route() -> None:
    assert set(Scope) == {route.scope for route in ALL if route.scope is not PUBLIC}
    assert set(Scope) == set().union(*SCOPES_OF.values()) | DEVICE_SCOPES | {Scope.OWN}
    assert not set().union(*SCOPES_OF.values()) & {Scope.SESSIONS_OPEN, Scope.OWN}
    own = {Scope.SESSIONS_OPEN, Scope.PRIZES_READ, Scope.ANNOUNCEMENTS_READ, Scope.ATTENDANCE_WRITE}
    assert own == DEVICE_SCOPES
    assert set(SCOPES_OF) == set(staff.ROLES)


def test_what_belongs_to_others_is_not_there(founded: Founded, people: People, scene: Scene) -> None:
    there = make_scene(founded.there, people)
    for role in ROLES:
        founded.hire(f"{role}-here", (role, founded.here))
    organiser, desk, admin = (people.sign_in(f"{role}-here") for role in ("organiser", "desk", "admin"))
    record = people.organiser.post(f"{PREFIX}/service-records", there.record()).json
    deed = people.organiser.post(f"{PREFIX}/deeds", there.deed()).json
    mine, theirs = [
        {
            f"/organisations/{of.id}": 200,
            f"/volunteers/{each.volunteer_no}": 200,
            f"/volunteers/{each.volunteer_no}/balance": 200,
            f"/volunteers/{each.volunteer_no}/statement": 200,
            f"/activities/{each.activity_id}": 200,
            f"/prizes/{each.prize_id}": 200,
            f"/desks/{each.desk_id}": 200,
        }
        for of, each in ((founded.here, scene), (founded.there, there))
    ]
    for path in mine:
        assert organiser.get(PREFIX + path).status == 200, path
    for path in [*theirs, f"/organisations/{founded.district.id}"]:
        assert organiser.get(PREFIX + path).status == 404, path
    for path in ("/organisations", "/volunteers", "/activities", "/prizes", "/desks"):
        assert len(organiser.get(PREFIX + path).json["items"]) == 1, path
        assert len(people.organiser.get(PREFIX + path).json["items"]) == (3 if path == "/organisations" else 2), path
    posts: list[tuple[Client, str, dict[str, Any]]] = [
        (organiser, "/service-records", there.record()),
        (organiser, "/service-records", scene.record(activity_id=there.activity_id)),
        (organiser, "/deeds", there.deed()),
        (organiser, "/deeds", scene.deed(volunteer_no=there.volunteer_no)),
        (organiser, "/deeds", scene.deed(organisation_id=there.organisation_id)),
        (organiser, "/deeds", scene.deed(activity_id=there.activity_id)),
        (people.sign_in("reviewer-here"), f"/deeds/{deed['id']}/reverse", {"reason": "x"}),
        (people.sign_in("reviewer-here"), f"/service-records/{record['id']}/reverse", {"reason": "x"}),
        (organiser, "/volunteers", {"name": "王", "organisation_id": str(founded.there.id)}),
        (admin, "/organisations", {"name": "王", "level": "team", "parent_id": str(founded.district.id)}),
        (admin, "/prizes", {"title": "米", "cost_points": 1, "organisation_id": str(founded.there.id)}),
        (admin, "/desks", {"name": "台", "organisation_id": str(founded.there.id)}),
        (desk, "/redemptions", there.redemption()),
        (desk, "/redemptions", scene.redemption() | {"desk_id": there.desk_id}),
        (desk, "/stock-receipts", {"desk_id": there.desk_id, "prize_id": scene.prize_id, "quantity": 1, "source": "x"}),
        (admin, "/staff", new_staff("intruder", "admin", founded.district.id)),
    ]
    for client, path, body in posts:
        assert client.post(PREFIX + path, body).status == 404, path
    assert admin.patch(f"{PREFIX}/prizes/{there.prize_id}", {}, If_Match='"x"').status == 404
    assert people.sign_in("auditor-here").get(f"{PREFIX}/ledger/trial-balance").status == 403


def new_staff(username: str, role: str, organisation_id: object) -> dict[str, Any]:
    roles = [{"role": role, "organisation_id": str(organisation_id)}]
    return {"username": username, "password": "long enough by far", "name": "某人", "roles": roles}


def test_a_role_given_is_a_right_at_once_and_only_there(founded: Founded, people: People) -> None:
    hired = people.admin.post(f"{PREFIX}/staff", new_staff("newcomer", "organiser", founded.here.id))
    assert hired.status == 201
    assert people.admin.post(f"{PREFIX}/staff", new_staff("newcomer", "desk", founded.here.id)).status == 409
    token = people.organiser.post(
        f"{PREFIX}/auth/token",
        {"grant_type": "password", "username": "newcomer", "password": "long enough by far"},
    ).json
    client = Client(people.organiser.flask, token["access_token"])
    assert client.get(f"{PREFIX}/organisations/{founded.here.id}").status == 200
    assert client.get(f"{PREFIX}/organisations/{founded.there.id}").status == 404


def test_a_token_made_before_a_role_does_not_hold_its_scopes(founded: Founded, people: People, app: App) -> None:
    """The token says no more than it was made for, whatever its owner may do by now."""
    person = founded.hire("narrow", ("auditor", founded.district))
    signing = Keys(keys.load(founded.settings.data_dir), issuer="bank.example", clock=founded.bank.world.clock)
    signed_in = sign_ins.begin(founded.bank, Holder(person.id, None))
    token = signing.mint(person.id, ["organisations:read"], person.id, session_id=signed_in.id)
    client = Client(app.test_client(), token)
    assert client.get(f"{PREFIX}/organisations").status == 200
    told = client.get(f"{PREFIX}/ledger/trial-balance")
    assert (told.status, told.json["code"]) == (403, "insufficient_scope")
