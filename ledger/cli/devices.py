"""Kiosks and desks, for the operator who has only a terminal: pair what shows a code, revoke what should be out."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any
from uuid import UUID

import click
from rich.markup import escape

from ledger.bank import Bank, By
from ledger.cli.console import as_json, refuse, refusing, result, settings, shown, table
from ledger.people import devices as paired
from ledger.people import organisations, pairing
from ledger.people.codes import PAIRING_DIGITS, grouped, is_code, ungrouped
from ledger.people.devices import Device
from ledger.people.organisations import Organisation
from ledger.people.pairing import Pairing
from ledger.prizes import catalogue

PAGE = 200


@click.group()
def devices() -> None:
    """Paired kiosks and desks (自助机、兑换点设备): list them, approve a code, revoke one at once."""


@devices.command("list")
@click.option("--all", "revoked_too", is_flag=True, help="Those revoked, too.")
@as_json
@refusing
def show(revoked_too: bool, as_json: bool) -> None:
    """List the devices that are paired."""
    with Bank.open(settings()) as bank:
        found = [device for device in _all(bank) if revoked_too or device.revoked_at is None]
        names = {device.organisation_id: _name(bank, device) for device in found}
        values = {"devices": [_values(bank, device, names) for device in found]}
    rows = table(f"{len(found)} devices", "id", "kind", "name", "organisation", "paired", "revoked")
    rows.columns[0].no_wrap = True  # it is copied into the next command
    for one in values["devices"]:
        words = (one["id"], one["kind"], one["name"], one["organisation"], one["paired_at"], one["revoked_at"] or "")
        rows.add_row(*(escape(str(word)) for word in words))
    result(values, as_json, lambda: shown.print(rows))


@devices.command()
@click.argument("code")
@click.option("--organisation", "place", help="Whose it is: an id, or a name that only one has.  [default: the root]")
@click.option("--desk", "desk_name", help="At which desk it stands, by id or name; for a device of kind desk.")
@click.option("--name", help="What it is called from now on.  [default: as it calls itself]")
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json
@refusing
def approve(code: str, place: str | None, desk_name: str | None, name: str | None, yes: bool, as_json: bool) -> None:
    """Pair the kiosk or desk that shows CODE (123-456-789), after a look at what asks from where."""
    digits = ungrouped(unicodedata.normalize("NFKC", code))
    with Bank.open(settings()) as bank:
        asked = pairing.find(bank, digits) if is_code(digits, PAIRING_DIGITS) else None
        if asked is None:
            refuse(f"nothing waits under {code}: it was mistyped, decided on, or is older than ten minutes", as_json)
        organisation = _organisation(bank, place, as_json)
        desk_id = _desk(bank, organisation, asked, desk_name, as_json)
        if not yes:
            _look(bank, asked, organisation)
            click.confirm("Is it the one before you?", abort=True)
        by = By(actor=bank.world.new_id())
        made = pairing.approve(bank, by, digits, kind=asked.kind, name=name, organisation=organisation, desk_id=desk_id)
        if made is None:
            refuse("somebody else decided on it in the meantime, or its ten minutes have passed", as_json)
        values = _values(bank, made, {organisation.id: organisation.name})
    words = f"Paired {made.kind} [bold]{escape(made.name)}[/] of {escape(organisation.name)}: {made.id}"
    result(values, as_json, lambda: shown.print(words))


@devices.command()
@click.argument("device_id", metavar="ID", type=click.UUID)
@as_json
@refusing
def revoke(device_id: UUID, as_json: bool) -> None:
    """Revoke the device ID: from this moment nothing that was given at it opens anything."""
    with Bank.open(settings()) as bank:
        found = paired.find(bank, device_id)
        if found is None:
            refuse(f"there is no device {device_id}: see pioneer devices list", as_json)
        gone = paired.revoke(bank, By(actor=bank.world.new_id()), found)
        values = _values(bank, gone, {gone.organisation_id: _name(bank, gone)})
    result(values, as_json, lambda: shown.print(f"Revoked {gone.kind} [bold]{escape(gone.name)}[/]."))


def _look(bank: Bank, asked: Pairing, organisation: Organisation) -> None:
    """What an administrator must see before they say yes."""
    shown.print(f"{asked.kind} [bold]{escape(asked.name)}[/], code {grouped(asked.user_code, 3)}")
    shown.print(f"  asks from    {escape(asked.address)}")
    shown.print(f"  asked at     {_local(bank, asked.asked_at)}")
    shown.print(f"  will be of   {escape(organisation.name)}")


def _all(bank: Bank) -> list[Device]:
    within = (organisations.root(bank).path,)
    found = paired.page(bank, within=within, after=None, limit=PAGE)
    listed = list(found.items)
    while found.after is not None:
        found = paired.page(bank, within=within, after=found.after, limit=PAGE)
        listed += found.items
    return listed


def _organisation(bank: Bank, place: str | None, json_wanted: bool) -> Organisation:
    root = organisations.root(bank)
    if place is None:
        return root
    found = organisations.page(bank, within=(root.path,), after=None, limit=PAGE)
    named = [one for one in found.items if place in (one.name, str(one.id))]
    while found.after is not None:
        found = organisations.page(bank, within=(root.path,), after=found.after, limit=PAGE)
        named += [one for one in found.items if place in (one.name, str(one.id))]
    if len(named) != 1:
        refuse(f"{len(named)} organisations are called {place}: give an id", json_wanted)
    return named[0]


def _desk(
    bank: Bank, organisation: Organisation, asked: Pairing, desk_name: str | None, json_wanted: bool
) -> UUID | None:
    if (asked.kind == "desk") != (desk_name is not None):
        refuse("give --desk for a device of kind desk, and for no other", json_wanted)
    if desk_name is None:
        return None
    found = catalogue.desks(bank, within=(organisation.path,), after=None, limit=PAGE).items
    named = [desk for desk in found if desk_name in (desk.name, str(desk.id))]
    if len(named) != 1:
        refuse(f"{len(named)} desks of {organisation.name} are called {desk_name}: give an id", json_wanted)
    return named[0].id


def _name(bank: Bank, device: Device) -> str:
    found = organisations.find(bank, device.organisation_id)
    return found.name if found else ""


def _values(bank: Bank, device: Device, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "id": str(device.id),
        "kind": device.kind,
        "name": device.name,
        "organisation": names[device.organisation_id],
        "desk_id": str(device.desk_id) if device.desk_id else None,
        "paired_at": _local(bank, device.paired_at),
        "revoked_at": _local(bank, device.revoked_at) if device.revoked_at is not None else None,
    }


def _local(bank: Bank, micros: int) -> str:
    return datetime.fromtimestamp(micros // 1_000_000, bank.zone).isoformat(sep=" ", timespec="minutes")
