"""Broken object level authorisation (OWASP API1:2023), sought everywhere: every operation of the contract, asked by
every caller, about what is their own, below, beside, above and nowhere.

What must come of it follows from the declared scopes: no token 401, a missing scope 403, what is beyond reach 404 and
told to nobody. How each operation is asked stands in tests/api/operations.py, a line each.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import ExitStack
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from api import ROUTES, callers
from api.problems import unknown
from api.routes import Call
from api.scopes import DEVICE_SCOPES, SCOPES_OF, Scope
from ledger.bank import Bank
from ledger.limits import Limits, Rate
from ledger.settings import Settings
from tests.api.conftest import Client, Template, Told, copy_of
from tests.api.ground import About, Ground
from tests.api.operations import EXAMPLES, Example
from tests.banks import ENGINES, memory

WITHIN = ("own", "neighbour", "child")
IN_VAIN = ("own", "sibling", "unknown")
"""About what those are asked whom nothing is told: it must be the same, whatever it is."""
ELSEWHERE = ("sibling", "above", "unknown")


class Operation(NamedTuple):
    """One operation, as the contract declares it."""

    id: str
    method: str
    path: str
    scope: str
    own: bool
    """Whether a volunteer may, for themselves."""
    parameters: tuple[str, ...]
    success: frozenset[int]

    @property
    def is_public(self) -> bool:
        return self.scope == "public"

    def allows(self, caller: str) -> bool:
        """Whether this kind of caller may do this at all."""
        if caller == "volunteer":
            return self.own or self.scope == Scope.OWN
        if caller == "device":
            return self.scope in DEVICE_SCOPES
        return any(self.scope == scope for scope in SCOPES_OF.get(caller.removeprefix("whole "), ()))


class Hole(NamedTuple):
    """A cell of the matrix that is not as it must be."""

    operation: str
    caller: str
    about: str
    expected: tuple[int, ...]
    told: int
    text: str


def operations_of(ground: Ground) -> list[Operation]:
    """Every operation of the contract as it is served."""
    contract = Client(ground.flask).get("/openapi.json").json
    return [
        Operation(
            made["operationId"],
            method.upper(),
            path,
            made["x-scope"],
            made["x-own"],
            tuple(each["name"] for each in made.get("parameters", ()) if each.get("in") == "path"),
            frozenset(int(status) for status in made["responses"] if status < "4"),
        )
        for path, methods in contract["paths"].items()
        for method, made in methods.items()
    ]


def ask(client: Client, operation: Operation, example: Example, at: About) -> Told:
    """The request of this example about this place."""
    url = operation.path
    for name in operation.parameters:
        url = url.replace(f"{{{name}}}", str(getattr(at, example.path.get(name, name))))
    if example.query is not None:
        url += "?" + example.query(at)
    body = example.body(at) if callable(example.body) else example.body
    if operation.method == "GET":
        return client.get(url)
    if example.upload is not None:
        sent = {**body, "file": (io.BytesIO(example.upload), "list.csv")}
        headers = client._headers({"Idempotency_Key": uuid4().hex})
        return Told(client.flask.post(url, data=sent, content_type="multipart/form-data", headers=headers))
    if operation.method == "POST":
        return client.post(url, body)
    headers = client._headers({"If_Match": client.etag or '"x"'})
    return Told(client.flask.open(url, method=operation.method, json=body, headers=headers))


def holes(ground: Ground, operations: Iterable[Operation]) -> Iterator[Hole]:
    """Every cell of these operations that is not as it must be."""
    for operation in operations:
        example = EXAMPLES[operation.id]
        ground.let_volunteer_in()  # a session at a kiosk does not last long
        for caller in ground.callers:
            in_vain = not operation.is_public and not operation.allows(caller)
            for name, place in ground.places.items():
                if (in_vain and name not in IN_VAIN) or (name == "neighbour" and caller != "volunteer"):
                    continue  # to staff, a neighbour is as near as oneself
                at = About(place, in_vain=in_vain)
                told = ask(ground.callers[caller], operation, example, at)
                expected = _expected(operation, example, caller, name, at.named)
                yield from _judged(ground, operation, caller, name, expected, told)
                if example.leaves and caller == "volunteer":
                    ground.let_volunteer_in()
            if not in_vain and not operation.is_public and not (example.whole or example.each or example.anywhere):
                yield from _mixed(ground, operation, example, caller)


def _expected(
    operation: Operation, example: Example, caller: str, place: str, named: AbstractSet[str]
) -> tuple[int, ...]:
    """What this caller is to be told about what is in this place."""
    if operation.is_public:
        return _done(operation, example)
    if caller == "nobody":
        return (401,)
    if not operation.allows(caller):
        return (403,)
    if caller == "whole auditor":
        return (*_done(operation, example), 404) if place == "unknown" else _done(operation, example)
    if example.whole or (place in ("own", "neighbour") and example.above):
        return (403,)
    if not named or example.each or example.anywhere:
        return _done(operation, example)
    if place == "own" or (place in WITHIN and caller != "volunteer"):
        return _done(operation, example)
    if place == "above" and named <= example.offered:
        return (403,)
    free = example.open if place == "sibling" else example.open | example.commons if place == "above" else set()
    return _done(operation, example) if named <= free else (404,)


def _mixed(ground: Ground, operation: Operation, example: Example, caller: str) -> Iterator[Hole]:
    """All of one's own, but for one thing from elsewhere."""
    if caller == "whole auditor":
        return
    own = About(ground.places["own"])
    client = ground.callers[caller]
    ask(client, operation, example, own)
    for name in sorted(own.named) if len(own.named) > 1 else ():
        for place in (*ELSEWHERE, "neighbour") if caller == "volunteer" else ELSEWHERE:
            told = ask(client, operation, example, About(ground.places["own"], name, ground.places[place]))
            if name in example.alike:
                yield from _judged(ground, operation, caller, f"{place}: {name}", example.ok, told)
                continue
            free = place != "unknown" and (name in example.open or (place == "above" and name in example.commons))
            free |= place == "neighbour" and name in example.near
            expected = _done(operation, example) if free else (404,)
            yield from _judged(ground, operation, caller, f"{place}: {name}", expected, told)


def _done(operation: Operation, example: Example) -> tuple[int, ...]:
    """Rights were not in the way. (A change is asked for with a stale If-Match.)"""
    stale = (412,) if operation.method in ("PATCH", "PUT", "DELETE") else ()
    return (*operation.success, *example.ok, *stale)


def _judged(
    ground: Ground, operation: Operation, caller: str, about: str, expected: tuple[int, ...], told: Told
) -> Iterator[Hole]:
    if told.status not in expected:
        yield Hole(operation.id, caller, about, expected, told.status, told.text[:300])
    elif about in WITHIN and told.status < 300 and not operation.is_public and caller != "whole auditor":
        leaked = [mark for mark in ground.places["sibling"].marks if mark in told.text]
        if leaked:
            yield Hole(
                operation.id,
                caller,
                "tells of what is beside",
                expected,
                told.status,
                str(leaked) + told.text[told.text.index(leaked[0]) - 400 :][:500],
            )


def unchecked(_call: Call, thing: Any, pointer: str | None = None) -> Any:
    """A check that lets everything pass that is there."""
    return unknown(pointer) if thing is None else thing


CHECKS: dict[str, Callable[..., Any]] = {
    "reached": unchecked,
    "known": unchecked,
    "offered": unchecked,
    "theirs": unchecked,
    "is_known": lambda _call, _path: True,
}


OFTEN = Rate(1_000_000, 1)
NO_LIMIT = Limits(account=OFTEN, device=OFTEN, address=OFTEN, everybody=OFTEN)


# -- the matrix --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def grounds(request: pytest.FixtureRequest) -> Iterator[Callable[[str, str], Ground]]:
    """One ground for each engine and use, shared by all of this file."""
    made: dict[tuple[str, str], Ground] = {}
    with ExitStack() as stack:
        place = stack.enter_context(memory())

        def on(engine: str, use: str) -> Ground:
            if (engine, use) not in made:
                template: Template = request.getfixturevalue(f"{engine}_template")
                directory = place / f"{engine}-{use}"
                shutil.copytree(template.settings.data_dir, directory)
                url = stack.enter_context(copy_of(template.settings.database_url, directory, request))
                settings = Settings(data_dir=directory, database_url=url)
                settings = replace(settings, limit_pin=NO_LIMIT, limit_search=NO_LIMIT, limit_pairing=NO_LIMIT)
                bank = stack.enter_context(Bank.open(settings))
                made[engine, use] = Ground(bank, settings, template.district, template.here, template.there)
            return made[engine, use]

        yield on


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def ground(request: pytest.FixtureRequest, grounds: Callable[[str, str], Ground]) -> Ground:
    return grounds(request.param, "whole")


@pytest.fixture
def unguarded(request: pytest.FixtureRequest, grounds: Callable[[str, str], Ground]) -> Ground:
    """Ground for this test alone: where a guard is missing, one finds only what another has left of it."""
    return grounds("sqlite", request.node.name)


def test_every_operation_has_its_line_and_every_line_its_operation(ground: Ground) -> None:
    assert {operation.id for operation in operations_of(ground)} == set(EXAMPLES)


def test_nobody_reaches_what_is_not_theirs(ground: Ground) -> None:
    found = list(holes(ground, operations_of(ground)))
    assert found == [], "\n".join(map(str, found))


def test_a_check_taken_away_anywhere_is_found(unguarded: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: with no reach to check, every operation that names an object of its path has a hole."""
    monkeypatch.setattr(Call, "reaches", lambda _call, _path: True)
    asked = [one for one in operations_of(unguarded) if not one.is_public and one.scope != Scope.OWN]
    found = {operation.id for operation in asked if any(holes(unguarded, [operation]))}
    named = {
        operation.id
        for operation in asked
        if any(name.endswith(("_id", "_no")) for name in operation.parameters)
        and not EXAMPLES[operation.id].whole
        and not EXAMPLES[operation.id].open
        and not EXAMPLES[operation.id].anywhere
    }
    assert named - found == set()
    assert {"prizes.add", "redemptions.redeem", "staff.hire", "service_records.record"} <= found


def checks() -> list[tuple[str, str]]:
    """Every place where a resource calls one of the checks: (module, name of the check)."""
    modules = sorted({route.handler.__module__ for routes in ROUTES for route in routes.all})
    return [(module, name) for module in modules for name in CHECKS if hasattr(sys.modules[module], name)]


@pytest.mark.parametrize(("module", "check"), checks(), ids=lambda part: str(part).removeprefix("api."))
def test_each_check_guards_something(
    unguarded: Ground, module: str, check: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken away in one resource, it leaves a hole there: no check is decoration, and none is missed by the matrix."""
    monkeypatch.setattr(sys.modules[module], check, CHECKS[check])
    tags = {route.tag for routes in ROUTES for route in routes.all if route.handler.__module__ == module}
    asked = [operation for operation in operations_of(unguarded) if operation.id.split(".")[0] in tags]
    assert any(holes(unguarded, asked))


def test_a_list_that_forgets_its_reach_is_found(unguarded: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = (f"{unguarded.places['above'].organisation_id}/",)
    monkeypatch.setattr(callers, "reach", lambda _actor, _scope: everything)
    pages = [
        operation
        for operation in operations_of(unguarded)
        if operation.id.endswith(".page") and not operation.is_public and operation.scope != Scope.OWN
    ]
    found = {operation.id for operation in pages if any(holes(unguarded, [operation]))}
    assert found >= {operation.id for operation in pages} - {"rulebooks.page", "audit.page"}  # see test_audit.py


@pytest.mark.parametrize("engine", ENGINES)
def test_each_part_of_a_roster_is_reached_by_itself(grounds: Callable[[str, str], Ground], engine: str) -> None:
    ground = grounds(engine, "roster")  # whoever served here is told of here: no ground for the matrix afterwards
    own, sibling, child = (ground.places[name] for name in ("own", "sibling", "child"))
    items = [
        {"volunteer_no": volunteer.volunteer_no, "activity_id": activity.activity_id, "minutes": 60}
        | {"served_on": own.today, "capture_method": "clocked"}
        for volunteer in (own, sibling)
        for activity in (own, child, sibling, ground.places["unknown"], ground.places["above"])
    ]
    told = ground.callers["organiser"].post("/api/v1/service-records/batch", {"items": items})
    outcomes = [item["outcome"] for item in told.json["items"]]
    assert outcomes == ["posted", "posted", "refused", "refused", "refused"] * 2
