"""Devices: kiosks and desks, paired once and revocable at once."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from api.rendering import instant
from api.routes import Call, Routes
from api.scopes import Scope
from ledger.people.devices import Device

routes = Routes("auth")

DeviceKind = Literal["kiosk", "desk"]


class DeviceAnswer(TypedDict):
    """A paired device. `desk_id` says at which desk it stands; null for a kiosk."""

    id: str
    kind: DeviceKind
    name: str
    organisation_id: str
    desk_id: str | None
    paired_at: str


@routes.get("/auth/device", scope=Scope.SESSIONS_OPEN, answer=DeviceAnswer)
def itself(call: Call) -> DeviceAnswer:
    """Ask as which device one was paired."""
    if call.caller.device is None:
        raise LookupError("this route's scope is no device's")
    return told(call.caller.device)


def told(device: Device) -> DeviceAnswer:
    return {
        "id": str(device.id),
        "kind": device.kind,  # type: ignore[typeddict-item]
        "name": device.name,
        "organisation_id": str(device.organisation_id),
        "desk_id": str(device.desk_id) if device.desk_id else None,
        "paired_at": instant(device.paired_at),
    }
