"""The OpenAPI 3.1 document, collected from what the routes declare: it cannot say anything else than what is served."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from api import exports, idempotency
from api.problems import MEDIA_TYPE, ProblemAnswer
from api.routes import Route
from api.scopes import DEVICE_SCOPES, STAFF_SCOPES, Public, Scope
from api.sorts import SORTS

VERSION = "0.1.0"
_REFERENCE = "#/components/schemas/{model}"
TOKENS = {
    "staff": "POST /auth/token with a password",
    "device": "POST /auth/device_authorization, then POST /auth/token with the device_code",
    "volunteer": "POST /auth/volunteer at a paired device",
}
"""Where each kind of caller gets its token."""
SCOPES_BY_KIND = {"staff": STAFF_SCOPES, "device": DEVICE_SCOPES}
_PART = re.compile(r"<(\w+):(\w+)>")


def document(routes: Sequence[Route], parts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The whole document. `parts` are the JSON schemas of the kinds of path parameter."""
    schemas, definitions = _schemas(routes)
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        path = _PART.sub(r"{\2}", route.path)
        paths.setdefault(path, {})[route.method.lower()] = _operation(route, schemas, definitions, parts)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Pioneer Bank",
            "version": VERSION,
            "description": "A points bank on an append-only double-entry ledger.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in dict.fromkeys(route.tag for route in routes)],
        "paths": paths,
        "components": {
            "schemas": definitions,
            "responses": {str(status): _problem(status) for status in sorted({s.status for s in SORTS.values()})},
            "parameters": {
                "IdempotencyKey": {
                    "name": idempotency.HEADER,
                    "in": "header",
                    "required": True,
                    "description": "16 to 128 of A-Z a-z 0-9 _ -, quoted or bare. The same key and body post once.",
                    "schema": {"type": "string", "pattern": idempotency.PATTERN},
                },
                "RepeatedKey": {
                    "name": idempotency.HEADER,
                    "in": "header",
                    "required": False,
                    "description": "As where points are posted; without one, what is sent twice is asked for twice.",
                    "schema": {"type": "string", "pattern": idempotency.PATTERN},
                },
                "IfMatch": {
                    "name": "If-Match",
                    "in": "header",
                    "required": True,
                    "description": "The ETag of the state that is to be changed.",
                    "schema": {"type": "string"},
                },
            },
            "securitySchemes": {
                kind: {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": where}
                for kind, where in TOKENS.items()
            },
        },
    }


def _schemas(routes: Sequence[Route]) -> tuple[dict[Any, dict[str, Any]], dict[str, Any]]:
    """The schema of everything that routes read and answer, and the definitions these refer to."""
    forms = [(route.name, kind) for route in routes for kind in ("body", "asked", "answer")]
    adapters = [
        ((name, kind), "validation" if kind != "answer" else "serialization", TypeAdapter(form))
        for route, (name, kind) in zip([r for r in routes for _ in range(3)], forms, strict=True)
        if (form := getattr(route, kind)) is not None
    ]
    adapters.append((("", "problem"), "serialization", TypeAdapter(ProblemAnswer)))
    made, shared = TypeAdapter.json_schemas(adapters, ref_template=_REFERENCE)  # type: ignore[arg-type]
    return {name: schema for (name, _), schema in made.items()}, shared.get("$defs", {})


def _operation(
    route: Route,
    schemas: dict[Any, dict[str, Any]],
    definitions: dict[str, dict[str, Any]],
    parts: dict[str, dict[str, Any]],
) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "tags": [route.tag],
        "summary": (route.handler.__doc__ or route.name).strip().splitlines()[0],
        "security": _security(route),
        "x-scope": route.scope.value,
        "x-own": route.own,
    }
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": parts[kind]}
        for kind, name in _PART.findall(route.path)
    ]
    if route.asked is not None:
        asked = schemas[route.name, "asked"]  # under a name of its own, where two rooms ask by the same
        parameters += _query(definitions[asked["$ref"].rpartition("/")[2]] if "$ref" in asked else asked)
    if route.posts:
        parameters.append({"$ref": "#/components/parameters/IdempotencyKey"})
    if route.repeats:
        parameters.append({"$ref": "#/components/parameters/RepeatedKey"})
    if route.method in ("PATCH", "DELETE"):
        parameters.append({"$ref": "#/components/parameters/IfMatch"})
    if parameters:
        operation["parameters"] = parameters
    if route.body is not None:
        operation["requestBody"] = {"required": True, "content": _content(route, schemas[route.name, "body"])}
    operation["responses"] = _responses(route, schemas[route.name, "answer"])
    return operation


def _content(route: Route, schema: dict[str, Any]) -> dict[str, Any]:
    if not route.uploads:
        return {"application/json": {"schema": schema}}
    file = {
        "type": "object",
        "properties": {"file": {"type": "string", "contentMediaType": "application/octet-stream"}},
        "required": ["file"],
    }
    return {"multipart/form-data": {"schema": {"allOf": [schema, file]}}}


def _security(route: Route) -> list[dict[str, list[str]]]:
    """Which kinds of caller get in, with which scope."""
    if isinstance(route.scope, Public):
        return []
    kinds = [kind for kind, scopes in SCOPES_BY_KIND.items() if route.scope in scopes]
    callers = [{kind: [route.scope.value]} for kind in kinds]
    return [*callers, {"volunteer": [Scope.OWN.value]}] if route.own or route.scope is Scope.OWN else callers


def _query(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Each member of the form as a parameter; a member that may be left out is never sent as null."""
    required = schema.get("required", ())
    made = []
    for name, member in schema["properties"].items():
        kinds = [kind for kind in member.get("anyOf", [member]) if kind.get("type") != "null"]
        plain = {key: value for key, value in kinds[0].items() if key not in ("title", "default")}
        made.append({"name": name, "in": "query", "required": name in required, "schema": plain})
    return made


def _responses(route: Route, answer: dict[str, Any]) -> dict[str, Any]:
    headers: dict[str, Any] = {"X-Request-Id": {"schema": {"type": "string", "format": "uuid"}}}
    if route.posts:
        headers["Idempotent-Replayed"] = {"schema": {"const": "true"}}
    if route.etag:
        headers["ETag"] = {"schema": {"type": "string"}}
    made: dict[str, Any] = {
        str(route.status): {
            "description": "Done.",
            "headers": headers,
            "content": {kind: {"schema": answer} for kind in (route.media_type, route.also) if kind} | _files(route),
        }
    }
    if route.etag and route.method == "GET":
        made["304"] = {"description": "Not changed since the state that If-None-Match names."}
    return made | {str(status): {"$ref": f"#/components/responses/{status}"} for status in _refusals(route)}


def _files(route: Route) -> dict[str, Any]:
    """The tables as which a collection can be taken away."""
    if not route.collects:
        return {}
    return {kind.partition(";")[0]: {"schema": {"type": "string"}} for kind in exports.MEDIA_TYPES.values()}


def _refusals(route: Route) -> list[int]:
    """The statuses of the problems this route may answer with."""
    statuses = {422, 500, 503}
    if not isinstance(route.scope, Public):
        statuses |= {401, 403}
    if route.tag in ("auth", "me", "pairing", "sessions") and route.body is not None:
        statuses |= {401, 429}
    if route.query is not None and "q" in route.query.model_fields:
        statuses.add(429)
    if route.query is not None and any(name.endswith(("_id", "_no")) for name in route.query.model_fields):
        statuses.add(404)
    if route.tag == "witness":
        statuses |= {400, 403, 409}
    if route.tag == "receipts":
        statuses |= {404, 429}
    if "<" in route.path or route.tag in ("log", "rulebooks", "witness"):
        statuses.add(404)
    if route.body is not None:
        statuses |= {400, 413, 415}
    if route.posts or route.tag == "imports":
        statuses |= {404, 409}
    if route.method == "POST" and not isinstance(route.scope, Public):
        statuses |= {404, 409}
    if route.method in ("PATCH", "DELETE"):
        statuses |= {404, 409, 412, 428}
    return sorted(statuses)


def _problem(status: int) -> dict[str, Any]:
    codes = [code for code, sort in SORTS.items() if sort.status == status]
    made: dict[str, Any] = {
        "description": ", ".join(codes),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemAnswer"}}},
    }
    if status in (429, 503):
        made["headers"] = {"Retry-After": {"schema": {"type": "string"}}}
    if status == 401:
        made["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
    return made
