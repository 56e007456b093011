"""`pioneer devices`: what an operator without a browser pairs and revokes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.bank import Bank, By
from ledger.people import organisations, pairing
from ledger.people.codes import grouped
from ledger.people.devices import Device
from ledger.people.pairing import Asked, NotYet
from ledger.prizes import catalogue
from ledger.settings import Settings
from tests.cli.test_pioneer import PASSWORD, pioneer, told


@pytest.fixture
def place(database_url: str, tmp_path: Path) -> Settings:
    """A founded bank with a desk."""
    told("init", "--admin-password", PASSWORD, url=database_url, place=tmp_path)
    made = Settings(data_dir=tmp_path, database_url=database_url)
    with Bank.open(made) as bank:
        root = organisations.root(bank)
        catalogue.open_desk(bank, By(actor=bank.world.new_id()), organisation=root, name="示例服务台")
    return made


def ask(place: Settings, kind: str) -> Asked:
    with Bank.open(place) as bank:
        return pairing.ask(bank, kind=kind, name="示例大厅", address="192.0.2.7")


def poll(place: Settings, asked: Asked) -> Device | NotYet:
    with Bank.open(place) as bank:
        return pairing.poll(bank, asked.device_code)


def test_what_shows_a_code_is_paired_listed_and_revoked(place: Settings) -> None:
    where = {"url": place.database_url, "place": place.data_dir}
    asked = ask(place, "kiosk")
    code = grouped(asked.pairing.user_code, 3)
    made = told("devices", "approve", code, "--yes", **where)  # type: ignore[arg-type]
    assert (made["kind"], made["name"], made["revoked_at"]) == ("kiosk", "示例大厅", None)
    paired = poll(place, asked)
    assert isinstance(paired, Device)
    assert str(paired.id) == made["id"]
    listed = told("devices", "list", **where)["devices"]  # type: ignore[arg-type]
    assert [one["id"] for one in listed] == [made["id"]]
    gone = told("devices", "revoke", made["id"], **where)  # type: ignore[arg-type]
    assert gone["revoked_at"] is not None
    assert told("devices", "list", **where)["devices"] == []  # type: ignore[arg-type]
    assert len(told("devices", "list", "--all", **where)["devices"]) == 1  # type: ignore[arg-type]
    again = told("devices", "approve", code, "--yes", code=1, **where)  # type: ignore[arg-type]
    assert "nothing waits" in again["error"]


def test_the_operator_sees_what_asks_from_where_and_can_say_no(place: Settings) -> None:
    asked = ask(place, "desk")
    code = asked.pairing.user_code
    where = {"url": place.database_url, "place": place.data_dir}
    looked = pioneer("devices", "approve", code, "--desk", "示例服务台", **where)  # type: ignore[arg-type]
    assert looked.returncode == 1, "nobody said yes"
    assert "示例大厅" in looked.stdout
    assert "192.0.2.7" in looked.stdout
    assert poll(place, asked) is NotYet.PENDING
    assert "--desk" in told("devices", "approve", code, "--yes", code=1, **where)["error"]  # type: ignore[arg-type]
    made = told("devices", "approve", code, "--desk", "示例服务台", "--yes", **where)  # type: ignore[arg-type]
    assert made["desk_id"] is not None
