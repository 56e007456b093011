"""Devices: kiosks and desks, paired once and revocable at once."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.pagination import Keyset, PageQuery
from api.rendering import Answer, instant, refuse_stale, tagged
from api.routes import Call, Routes, device_of, reached
from api.scopes import Scope
from ledger.people import devices
from ledger.people.devices import Device

routes = Routes("devices")
_keyset = Keyset(UUID)

DeviceKind = Literal["kiosk", "desk"]


class DeviceAnswer(TypedDict):
    """A paired device. `desk_id` says at which desk it stands; null for a kiosk."""

    id: str
    kind: DeviceKind
    name: str
    organisation_id: str
    desk_id: str | None
    paired_at: str
    revoked_at: str | None


@routes.get("/auth/device", scope=Scope.SESSIONS_OPEN, answer=DeviceAnswer)
def itself(call: Call) -> DeviceAnswer:
    """Ask as which device one was paired."""
    return told(device_of(call))


@routes.get("/auth/devices", scope=Scope.DEVICES_READ, query=PageQuery, answer=page_of(DeviceAnswer))
def page(call: Call, query: PageQuery) -> Answer:
    """List devices, the first paired first; revoked ones stay in the list."""
    found = devices.page(call.bank, within=call.within, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, told)


@routes.get("/auth/devices/<id:device_id>", scope=Scope.DEVICES_READ, answer=DeviceAnswer, etag=True)
def show(call: Call, device_id: UUID) -> Answer:
    """Look a device up."""
    return tagged(told(reached(call, devices.find(call.bank, device_id))))


@routes.delete("/auth/devices/<id:device_id>", scope=Scope.DEVICES_WRITE, answer=DeviceAnswer)
def revoke(call: Call, device_id: UUID) -> Answer:
    """Revoke a device: from this moment its tokens and its volunteers' sessions open nothing."""
    device = reached(call, devices.find(call.bank, device_id))
    refuse_stale(told(device))
    return tagged(told(devices.revoke(call.bank, call.by, device)))


def told(device: Device) -> DeviceAnswer:
    """A device, for those who may know it."""
    return {
        "id": str(device.id),
        "kind": device.kind,  # type: ignore[typeddict-item]
        "name": device.name,
        "organisation_id": str(device.organisation_id),
        "desk_id": str(device.desk_id) if device.desk_id else None,
        "paired_at": instant(device.paired_at),
        "revoked_at": instant(device.revoked_at) if device.revoked_at is not None else None,
    }
