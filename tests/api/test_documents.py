"""The contract is valid and complete."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from openapi_spec_validator import validate
from pydantic import TypeAdapter

from api import ROUTES
from api.routes import Route
from api.scopes import DEVICE_SCOPES, STAFF_SCOPES, Public, Scope
from api.sorts import SORTS
from tests.api.conftest import Client, People


@pytest.fixture
def contract(nobody: Client) -> Any:
    return nobody.get("/openapi.json").json


def test_the_contract_is_valid(contract: Any) -> None:
    assert contract["openapi"].startswith("3.1")
    validate(contract)


def who_may(route: Route) -> list[tuple[str, Scope]]:
    """Which kinds of caller get past this route, and with which scope."""
    if isinstance(route.scope, Public):
        return []
    kinds = [kind for kind, scopes in (("staff", STAFF_SCOPES), ("device", DEVICE_SCOPES)) if route.scope in scopes]
    kinds += ["volunteer"] if route.own or route.scope is Scope.OWN else []
    return [(kind, Scope.OWN if kind == "volunteer" else route.scope) for kind in kinds]


def test_every_operation_says_its_scope_its_answers_and_its_problems(contract: Any) -> None:
    operations = {
        (method.upper(), path): operation
        for path, methods in contract["paths"].items()
        for method, operation in methods.items()
    }
    declared = [route for routes in ROUTES for route in routes.all if route.tag != "docs"]
    assert len(operations) == len(declared)
    assert len({operation["operationId"] for operation in operations.values()}) == len(operations)
    for route in declared:
        operation = operations[route.method, re.sub(r"<\w+:(\w+)>", r"{\1}", route.path)]
        assert operation["x-scope"] == route.scope.value
        assert operation["security"] == [{kind: [scope.value]} for kind, scope in who_may(route)]
        assert {str(route.status), "422", "500", "503"} <= set(operation["responses"])
        references = [parameter.get("$ref") for parameter in operation.get("parameters", [])]
        assert ("#/components/parameters/IdempotencyKey" in references) == route.posts
        assert operation["summary"].endswith(".")


def test_a_name_stands_for_one_form_of_questions_and_no_body_is_written_twice() -> None:
    """Two rooms may ask by the same name only for the same; bodies that say the same in the same words are one."""
    asked: dict[str, set[str]] = {}
    bodies: dict[str, set[str]] = {}
    for route in (route for routes in ROUTES for route in routes.all):
        if route.asked is not None:
            schema = TypeAdapter(route.asked).json_schema()
            asked.setdefault(route.asked.__name__, set()).add(json.dumps(schema.get("properties"), sort_keys=True))
        if isinstance(route.body, type):
            schema = TypeAdapter(route.body).json_schema()
            bodies.setdefault(json.dumps(schema, sort_keys=True), set()).add(route.body.__module__)
    assert {name for name, schemas in asked.items() if len(schemas) > 1} == set()
    assert {schema: rooms for schema, rooms in bodies.items() if len(rooms) > 1} == {}


def test_every_problem_is_in_the_contract(contract: Any) -> None:
    told = contract["components"]["responses"]
    assert {int(status) for status in told} == {sort.status for sort in SORTS.values()}
    for code, sort in SORTS.items():
        assert code in told[str(sort.status)]["description"].split(", ")


def test_every_answer_carries_the_same_guards(nobody: Client, people: People) -> None:
    for told in (
        nobody.get("/healthz"),
        nobody.get("/nothing"),
        people.desk.get("/api/v1/prizes"),
        nobody.get("/docs"),
    ):
        assert told.headers["X-Content-Type-Options"] == "nosniff"
        assert told.headers["Referrer-Policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in told.headers["Content-Security-Policy"]
        assert told.headers["X-Request-Id"]
        assert "Set-Cookie" not in told.headers
        assert "Access-Control-Allow-Origin" not in told.headers
    assert people.desk.get("/api/v1/prizes").headers["Cache-Control"] == "no-store"
