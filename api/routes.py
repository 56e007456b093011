"""Routes: each declares its scope, its forms and its answer in one place; what it declares is checked, served and
documented alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from flask import Flask, request
from werkzeug.wrappers import Response

from api import attempts, exports, idempotency, problems, rendering, uploads
from api.bodies import Reader, parsed_body, refuse_parameters
from api.callers import NOBODY, Caller, Kind, caller_of
from api.flattening import item_of
from api.problems import Problem
from api.rendering import Answer
from api.scopes import Public, Scope
from api.tokens import Keys
from ledger.bank import Bank, By, Request
from ledger.people import volunteers
from ledger.people.devices import Device
from ledger.people.sessions import Session
from ledger.people.staff import Actor

PREFIX = "/api/v1"
NOT_POSTING = Request("", "", b"")


class UndeclaredRoute(AssertionError):
    """Somebody added a route that does not say who may call it."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request, authorised: who calls, which bank, how far their rights reach."""

    bank: Bank
    keys: Keys
    caller: Caller
    """NOBODY on public routes."""
    request: Request
    """The idempotency key and digest, on routes that post, and on those that repeat where the client gave a key."""
    follows: bool = False
    """Whether this asks for a further page of a file whose first was let in already."""

    @property
    def by(self) -> By:
        """Who does it and at which device, for the audit."""
        return self.caller.by

    @property
    def actor(self) -> Actor:
        """The person of the staff; nobody on public routes, and where a device or a volunteer calls."""
        return self.caller.actor

    @property
    def within(self) -> tuple[str, ...]:
        """The organisation paths at and below which this caller may do this."""
        return self.caller.within

    def following(self) -> Call:
        """The same caller, asking for the next page."""
        return replace(self, follows=True)

    def reaches(self, path: str) -> bool:
        """Whether an object of the organisation with this path is this caller's to know; a volunteer reaches none."""
        return path.startswith(self.within)


Handler = Callable[..., Answer | Mapping[str, Any]]
H = TypeVar("H", bound=Handler)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What one operation declares."""

    method: str
    path: str
    scope: Scope | Public
    """What a person of the staff, or a device, needs for it."""
    handler: Handler
    tag: str
    answer: Any
    status: int
    body: Any = None
    query: Any = None
    posts: bool = False
    """Whether it posts to the ledger, so that an Idempotency-Key is required."""
    repeats: bool = False
    """Whether it may be sent again under an Idempotency-Key and is done once, although it posts nothing."""
    uploads: bool = False
    """Whether it takes a file: the body is then a form of fields beside it, and `content` the bytes of the file."""
    own: bool = False
    """Whether a volunteer may do it for themselves, too: what `reached` gives them is their own."""
    etag: bool = False
    media_type: str = "application/json"
    also: str | None = None
    """Another media type that the answer may have, if the request asks for it."""

    @property
    def name(self) -> str:
        return f"{self.tag}.{self.handler.__name__}"

    @property
    def collects(self) -> Any:
        """The shape of its items, where it answers a collection as JSON: then it can be taken away as a file, too."""
        is_json = self.method == "GET" and self.media_type == "application/json"
        return item_of(self.answer) if is_json else None

    @property
    def asked(self) -> Any:
        """The form of its query; None where it takes none."""
        return exports.asking(self.query) if self.collects else self.query


class Routes:
    """The routes of one resource."""

    def __init__(self, tag: str, prefix: str = PREFIX) -> None:
        self._tag, self._prefix = tag, prefix
        self.all: list[Route] = []

    def get(self, path: str, *, scope: Scope | Public, answer: Any, **declared: Any) -> Callable[[H], H]:
        return self._add("GET", path, scope=scope, answer=answer, status=200, **declared)

    def post(
        self, path: str, *, scope: Scope | Public, body: Any, answer: Any, status: int = 201, **declared: Any
    ) -> Callable[[H], H]:
        return self._add("POST", path, scope=scope, body=body, answer=answer, status=status, **declared)

    def patch(self, path: str, *, scope: Scope | Public, body: Any, answer: Any, **declared: Any) -> Callable[[H], H]:
        return self._add("PATCH", path, scope=scope, body=body, answer=answer, status=200, etag=True, **declared)

    def delete(self, path: str, *, scope: Scope | Public, answer: Any, **declared: Any) -> Callable[[H], H]:
        return self._add("DELETE", path, scope=scope, answer=answer, status=200, **declared)

    def _add(self, method: str, path: str, **declared: Any) -> Callable[[H], H]:
        def declare(handler: H) -> H:
            self.all.append(Route(method=method, path=self._prefix + path, handler=handler, tag=self._tag, **declared))
            return handler

        return declare


class View:
    """One declared route, ready to serve: authorise, read, call, render. Its readers are built once."""

    provide_automatic_options = False

    def __init__(self, route: Route, bank: Bank, keys: Keys) -> None:
        self.route = route
        self._bank, self._keys = bank, keys
        self._body = Reader(route.body) if route.body is not None else None
        self._query = Reader(route.asked) if route.asked is not None else None
        self._collects = route.collects is not None

    def __call__(self, **parts: Any) -> Response:
        """Rights before form, form before key, key before replay."""
        route = self.route
        caller = self._caller()
        query = None
        if self._query is None:
            refuse_parameters()
        else:
            query = self._query.query()
            if route.query is not None:
                parts["query"] = query
        if self._collects and (kind := exports.wanted(query)):
            return self._file(Call(self._bank, self._keys, caller, NOT_POSTING), parts, query, kind)
        keyed = NOT_POSTING
        if self._body is not None and route.uploads:
            fields, parts["content"] = uploads.received()
            parts["form"] = self._body.body(fields)
        elif self._body is not None:
            value = parsed_body()
            if route.posts or (route.repeats and idempotency.is_keyed()):
                keyed = idempotency.keyed(caller.by, value)
            parts["form"] = self._body.body(value)
        answer = route.handler(Call(self._bank, self._keys, caller, keyed), **parts)
        made = rendering.response(answer if isinstance(answer, Answer) else Answer(answer, route.status))
        if self._collects:
            made.vary.add("Accept")
        if caller.device is not None or caller.session is not None:
            made.headers["Cache-Control"] = "no-store"  # many use that screen after one another
        return made

    def _file(self, call: Call, parts: dict[str, Any], query: Any, kind: str) -> Response:
        """The whole collection as a table."""

        def ask(asking: Call, page: Any) -> Any:
            return self.route.handler(asking, **parts | ({} if self.route.query is None else {"query": page}))

        return rendering.response(exports.exported(self.route, call, ask, query, kind))

    def _caller(self) -> Caller:
        """Who calls, as they stand now, and where they may do this. Refuses 401 and 403."""
        scope = self.route.scope
        if isinstance(scope, Public):
            return NOBODY
        claims = self._keys.verify(bearer())
        attempts.caller(By(actor=claims.subject, device=claims.device_id, kind=Kind(claims.client).value))
        return caller_of(self._bank, claims, scope, own=self.route.own)


def bearer() -> str:
    """The token of this request. Refuses 401 without one."""
    given = request.headers.getlist("Authorization")
    if not given:
        raise Problem("unauthenticated")
    scheme, _, token = given[0].partition(" ")
    if len(given) != 1 or scheme.lower() != "bearer":
        raise Problem("unauthenticated")
    return token.strip(" ")


def device_here(call: Call) -> Device | None:
    """The paired device whose token came with a request to a public route; None with a person's token, or none. Refuses
    401 for a token that does not hold: who means to act at a device shall not act elsewhere unawares.
    """
    if "Authorization" not in request.headers:
        return None
    claims = call.keys.verify(bearer())
    if claims.client != Kind.DEVICE:
        return None
    return caller_of(call.bank, claims, Scope.SESSIONS_OPEN, own=False).device


def device_of(call: Call) -> Device:
    """The device that calls; for routes of the scope SESSIONS_OPEN."""
    if call.caller.device is None:
        raise LookupError("this route's scope is not SESSIONS_OPEN")
    return call.caller.device


def session_of(call: Call) -> Session:
    """The session that calls; for routes of the scope OWN."""
    if call.caller.session is None:
        raise LookupError("this route's scope is not OWN")
    return call.caller.session


class App(Flask):
    """Flask, but a route that is no declared View cannot be added, at creation or ever after."""

    request_class = uploads.InMemory

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.declared: list[Route] = []

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: Any = None,
        provide_automatic_options: bool | None = None,
        **options: Any,
    ) -> None:
        if not isinstance(view_func, View):
            raise UndeclaredRoute(f"{rule} declares no scope: add it through api.routes.Routes")
        super().add_url_rule(rule, endpoint, view_func, bool(provide_automatic_options), **options)

    def declare(self, routes: Routes, bank: Bank, keys: Keys) -> None:
        """Serve these routes."""
        for route in routes.all:
            self.declared.append(route)
            self.add_url_rule(route.path, route.name, View(route, bank, keys), methods=[route.method])


class Placed(Protocol):
    """Whatever belongs to an organisation."""

    @property
    def organisation_path(self) -> str: ...


P = TypeVar("P", bound=Placed)


def reached(call: Call, thing: P | None, pointer: str | None = None) -> P:
    """The thing, if it is there and within this caller's reach; else 404, and nobody can tell which.

    Within a volunteer's reach is what says of itself, by `volunteer_id`, that it is theirs. `pointer` is the member of
    the body that named it; None where the path did.
    """
    if thing is None or not (_is_own(call, thing) if call.caller.own else call.reaches(thing.organisation_path)):
        attempts.hidden(thing)
        problems.unknown(pointer)
    return thing


def _is_own(call: Call, thing: Placed) -> bool:
    whose, own = getattr(thing, "volunteer_id", None), call.caller.own
    return whose == own or (whose is not None and own is not None and volunteers.are_one(call.bank, own, whose))
