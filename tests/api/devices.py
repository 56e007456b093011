"""Devices paired for tests, the way a real one is, and volunteers at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from api.routes import PREFIX
from ledger.bank import World
from ledger.store.schema.audit import audit
from tests.api.conftest import Client, Founded, People, Scene, Told
from tests.banks import Clock

GRANT = "urn:ietf:params:oauth:grant-type:device_code"


def ask(nobody: Client, kind: str = "kiosk", name: str = "示例一楼大厅") -> dict[str, Any]:
    """A device that asks to be paired."""
    told = nobody.post(f"{PREFIX}/auth/device_authorization", {"kind": kind, "name": name})
    assert told.status == 200, told.text
    return dict(told.json)


def approve(admin: Client, user_code: str, organisation_id: UUID, desk_id: str | None = None) -> Told:
    body = {"user_code": user_code, "kind": "desk" if desk_id else "kiosk", "organisation_id": str(organisation_id)}
    return admin.post(f"{PREFIX}/auth/devices/approve", body | ({"desk_id": desk_id} if desk_id else {}))


def poll(nobody: Client, device_code: str) -> Told:
    return nobody.post(f"{PREFIX}/auth/token", {"grant_type": GRANT, "device_code": device_code})


def pair(nobody: Client, admin: Client, organisation_id: UUID, desk_id: str | None = None) -> Client:
    """A paired kiosk, or a desk where there is a desk's id."""
    asked = ask(nobody, "desk" if desk_id else "kiosk")
    assert approve(admin, asked["user_code"], organisation_id, desk_id).status == 201
    told = poll(nobody, asked["device_code"])
    assert told.status == 200, told.text
    return replace(nobody, token=told.json["access_token"])


def device_id(device: Client) -> str:
    return str(device.get(f"{PREFIX}/auth/device").json["device"]["id"])


def revoke(admin: Client, id: str) -> Told:
    path = f"{PREFIX}/auth/devices/{id}"
    return admin.delete(path, If_Match=admin.get(path).headers["ETag"])


SELF = f"{PREFIX}/auth/volunteer"
PIN = "583914"
"""Of everybody in tests; no date, no run, no number of anybody's."""
WRONG = "583915"


def with_pin(desk: Client, volunteer_no: str, pin: str = PIN) -> None:
    """The volunteer has a PIN from now on, set at the desk."""
    told = desk.post(f"{PREFIX}/volunteers/{volunteer_no}/pin", {"pin": pin})
    assert told.status == 200, told.text


def card_of(desk: Client, volunteer_no: str) -> dict[str, Any]:
    """A new card of this volunteer."""
    told = desk.post(f"{PREFIX}/volunteers/{volunteer_no}/cards", {})
    assert told.status == 201, told.text
    return dict(told.json)


def sign_in(device: Client, pin: str = PIN, **who: str) -> Told:
    """`volunteer_no` or `card`, and the PIN, at this device."""
    return device.post(f"{PREFIX}/auth/volunteer", {"pin": pin, **who})


def signed_in(device: Client, pin: str = PIN, **who: str) -> Client:
    told = sign_in(device, pin, **who)
    assert told.status == 200, told.text
    return replace(device, token=told.json["access_token"])


@pytest.fixture
def time(founded: Founded) -> Iterator[Clock]:
    """The bank's clock, to be moved."""
    clock, world = Clock(), founded.bank.world
    founded.bank.world = World(clock=clock)
    yield clock
    founded.bank.world = world


@pytest.fixture
def kiosk(founded: Founded, nobody: Client, people: People) -> Client:
    """A kiosk of this community."""
    return pair(nobody, people.admin, founded.here.id)


@pytest.fixture
def another(founded: Founded, nobody: Client, people: People) -> Client:
    """A kiosk of another community."""
    return pair(nobody, people.admin, founded.there.id)


@pytest.fixture
def card(people: People, scene: Scene) -> dict[str, Any]:
    """The card of a volunteer who has a PIN."""
    with_pin(people.desk, scene.volunteer_no)
    return card_of(people.desk, scene.volunteer_no)


def own(volunteer_no: str) -> list[str]:
    return [f"{PREFIX}/volunteers/{volunteer_no}{what}" for what in ("", "/balance", "/statement")]


def audited(founded: Founded, action: str) -> list[dict[str, Any]]:
    """The lines of the audit about this, oldest first."""
    with founded.bank.store.reading() as connection:
        found = connection.execute(select(audit).where(audit.c.action == action).order_by(audit.c.id)).mappings()
        return [dict(row) for row in found]
