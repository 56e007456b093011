"""Devices paired for tests, the way a real one is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from api.routes import PREFIX
from tests.api.conftest import Client, Told

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
    return str(device.get(f"{PREFIX}/auth/device").json["id"])


def revoke(admin: Client, id: str) -> Told:
    path = f"{PREFIX}/auth/devices/{id}"
    return admin.delete(path, If_Match=admin.get(path).headers["ETag"])
