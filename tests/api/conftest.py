"""A founded bank, people of the staff in every role, and clients that speak for them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api import Keys, create_app
from ledger import rules
from ledger.bank import Bank, By, Charter
from ledger.log import keys as log_keys
from ledger.people import keys, organisations, otp, sealing, staff, superiors
from ledger.people.organisations import Organisation
from ledger.service import rulebooks
from ledger.settings import Settings
from tests.banks import examine_at
from tests.postgres import Postgres

PASSWORD = "correct horse battery"
EXAMPLE = rules.book("example")
ROLES = ("organiser", "reviewer", "desk", "admin", "auditor")


@dataclass(frozen=True)
class Founded:
    """A bank with two communities below a district; each role is somebody's in the district, under the role's name."""

    settings: Settings
    bank: Bank
    district: Organisation
    here: Organisation
    there: Organisation

    def hire(self, username: str, *roles: tuple[str, Organisation]) -> staff.Person:
        return staff.hire(self.bank, None, username=username, password=PASSWORD, name="某人", roles=roles)

    def disable(self, person: staff.Person) -> None:
        superiors.change(self.bank, By(actor=person.id), None, person, enabled=False)


@dataclass(frozen=True)
class Template:
    """A founded bank that each test gets a copy of, with the same token keys."""

    settings: Settings
    district: Organisation
    here: Organisation
    there: Organisation


def found(settings: Settings, document: str = EXAMPLE) -> Template:
    """A bank in an empty database, with the example's rules if not these, and somebody in each role."""
    settings.data_dir.mkdir(exist_ok=True)
    Bank.found(settings, Charter(name="示例银行", origin="bank.example"))
    keys.ensure(settings.data_dir)
    log_keys.ensure(settings.data_dir, "bank.example")
    sealing.ensure(settings.data_dir)
    with Bank.open(settings) as bank:
        hand = bank.world.new_id()
        district = organisations.create(bank, By(actor=hand), parent=None, level="district", name="示例区")
        here, there = (
            organisations.create(bank, By(actor=hand), parent=district, level="community", name=name)
            for name in ("梧桐社区", "银杏社区")
        )
        rulebooks.found(bank, By(actor=hand), document, organisation=district)
        otp.require(bank, By(actor=hand), False)
        for role in ROLES:
            staff.hire(bank, None, username=role, password=PASSWORD, name="某人", roles=[(role, district)])
    return Template(settings, district, here, there)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    directory = tmp_path_factory.mktemp("sqlite")
    return found(Settings(data_dir=directory, database_url=f"sqlite:///{directory / 'bank.db'}"))


@pytest.fixture(scope="session")
def postgresql_template(tmp_path_factory: pytest.TempPathFactory, postgres_server: Postgres) -> Template:
    directory = tmp_path_factory.mktemp("postgresql")
    return found(Settings(data_dir=directory, database_url=postgres_server.create_database()))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def template(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Template]:
    """A copy of the founded bank, on each engine in turn; nobody has opened it. It must be sound afterwards."""
    made: Template = request.getfixturevalue(f"{request.param}_template")
    directory = tmp_path / "bank"
    shutil.copytree(made.settings.data_dir, directory)
    with copy_of(made.settings.database_url, directory, request) as url:
        yield replace(made, settings=replace(made.settings, data_dir=directory, database_url=url))
        assert examine_at(url) == []


@contextmanager
def copy_of(url: str, directory: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    if url.startswith("sqlite"):
        yield f"sqlite:///{directory / 'bank.db'}"
    else:
        server: Postgres = request.getfixturevalue("postgres_server")
        copy = server.create_database(template=url)
        yield copy
        server.drop_database(copy)


@pytest.fixture
def founded(template: Template) -> Iterator[Founded]:
    with Bank.open(template.settings) as bank:
        yield Founded(template.settings, bank, template.district, template.here, template.there)


@pytest.fixture
def app(founded: Founded) -> Flask:
    signing = Keys(keys.load(founded.settings.data_dir), issuer="bank.example", clock=founded.bank.world.clock)
    return create_app(founded.bank, signing)


class Told:
    """An answer of the API."""

    def __init__(self, response: TestResponse) -> None:
        self.status, self.headers, self.data = response.status_code, response.headers, response.data
        self.text = self.data.decode(errors="replace")  # a file is no text
        self.json: Any = response.get_json(silent=True)


@dataclass
class Client:
    """Somebody at the API. Every POST carries a fresh Idempotency-Key, unless one is given."""

    flask: FlaskClient
    token: str | None = None
    etag: str | None = None
    """Of what it looked at and is going to change; for those who go through all operations."""

    def get(self, path: str, **headers: str) -> Told:
        return Told(self.flask.get(path, headers=self._headers(headers)))

    def post(self, path: str, body: Any, *, key: str | None = None, **headers: str) -> Told:
        sent = {"Idempotency-Key": uuid4().hex if key is None else key} | headers
        return Told(self.flask.post(path, json=body, headers=self._headers(sent)))

    def patch(self, path: str, body: Any, **headers: str) -> Told:
        return Told(self.flask.patch(path, json=body, headers=self._headers(headers)))

    def delete(self, path: str, **headers: str) -> Told:
        return Told(self.flask.delete(path, headers=self._headers(headers)))

    def raw(self, path: str, body: bytes, content_type: str = "application/json", **headers: str) -> Told:
        sent = {"Idempotency-Key": uuid4().hex} | headers
        return Told(self.flask.post(path, data=body, content_type=content_type, headers=self._headers(sent)))

    def _headers(self, given: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in given.items()}
        return named if self.token is None else {"Authorization": f"Bearer {self.token}"} | named


@pytest.fixture
def nobody(app: Flask) -> Client:
    """Somebody who did not sign in."""
    return Client(app.test_client())


@pytest.fixture
def sign_in(app: Flask) -> Callable[[str], Client]:
    def signed_in(username: str) -> Client:
        client = app.test_client()
        body = {"grant_type": "password", "username": username, "password": PASSWORD}
        answer = Told(client.post("/api/v1/auth/token", json=body))
        assert answer.status == 200, answer.text
        return Client(client, answer.json["access_token"])

    return signed_in


@dataclass
class People:
    """One client for each role, signed in on first use."""

    sign_in: Callable[[str], Client]

    def __post_init__(self) -> None:
        self._known: dict[str, Client] = {}

    def __getattr__(self, role: str) -> Client:
        if role not in self._known:
            self._known[role] = self.sign_in(role)
        return self._known[role]


@pytest.fixture
def people(sign_in: Callable[[str], Client]) -> People:
    return People(sign_in)


@dataclass(frozen=True)
class Scene:
    """A volunteer, an activity, a prize and a desk in one community."""

    organisation_id: str
    volunteer_no: str
    activity_id: str
    prize_id: str
    desk_id: str

    def record(self, minutes: int = 120, **changed: Any) -> dict[str, Any]:
        return {
            "volunteer_no": self.volunteer_no,
            "activity_id": self.activity_id,
            "minutes": minutes,
            "served_on": "2026-03-01",
            "capture_method": "clocked",
        } | changed

    def deed(self, **changed: Any) -> dict[str, Any]:
        return {
            "volunteer_no": self.volunteer_no,
            "organisation_id": self.organisation_id,
            "kind": "good_deed",
            "deed_type": "tidy_courtyard",
            "done_on": "2026-03-01",
        } | changed

    def redemption(self, quantity: int = 1) -> dict[str, Any]:
        return {
            "volunteer_no": self.volunteer_no,
            "desk_id": self.desk_id,
            "items": [{"prize_id": self.prize_id, "quantity": quantity}],
        }


@pytest.fixture
def scene(founded: Founded, people: People) -> Scene:
    return make_scene(founded.here, people)


def make_scene(organisation: Organisation, people: People) -> Scene:
    of = {"organisation_id": str(organisation.id)}
    volunteer = people.organiser.post("/api/v1/volunteers", of | {"name": "王秀英"}).json
    activity = people.organiser.post("/api/v1/activities", of | ACTIVITY).json
    prize = people.admin.post("/api/v1/prizes", of | {"title": "大米", "cost_points": 2}).json
    desk = people.admin.post("/api/v1/desks", of | {"name": "服务台"}).json
    return Scene(str(organisation.id), volunteer["volunteer_no"], activity["id"], prize["id"], desk["id"])


ACTIVITY = {
    "title": "清洁日",
    "activity_type": "cleaning",
    "held_on": "2026-03-01",
    "place": "中心广场",
    "content": "捡拾垃圾\n清理绿地",
    "person_in_charge": "李明",
}
