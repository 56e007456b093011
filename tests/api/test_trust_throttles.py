"""TRUST.md 6 and 12: how often may be tried is told in time, and an address is believed only from our own proxies."""

from __future__ import annotations

from dataclasses import replace
from math import log2
from time import monotonic
from typing import Any

import pytest
import requests
from flask import Flask

from ledger.limits import Delay, Limits, Rate
from ledger.proxies import Proxies
from ledger.settings import SettingInvalid, read_settings
from tests.api.conftest import PASSWORD, Client, Founded, People, Template, Told
from tests.api.served import served
from tests.api.test_server import GRANIAN, GUNICORN

WIDE = Rate(1_000_000, 1)
PATH = "/api/v1/auth/token"


def limits(**rates: Rate) -> Limits:
    return Limits(**dict.fromkeys(("account", "device", "address", "everybody"), WIDE) | rates)


def login(username: str, password: str = PASSWORD) -> dict[str, str]:
    return {"grant_type": "password", "username": username, "password": password}


def test_line_6_whoever_tries_too_often_is_told_when_to_come_back(founded: Founded, nobody: Client) -> None:
    founded.bank.settings = replace(founded.bank.settings, limit_login=limits(account=Rate(2, 3_600)))
    for name in ("desk", "nobody-of-this-name"):
        assert [nobody.post(PATH, login(name, "wrong password")).status for _ in range(3)] == [401, 401, 429]
        told = nobody.post(PATH, login(name), Accept_Language="en")
        assert (told.status, told.json["code"]) == (429, "too_many_requests")
        assert told.headers["Content-Type"] == "application/problem+json"
        seconds = int(told.headers["Retry-After"])
        assert 1_790 <= seconds <= 1_800
        assert told.json["detail"] == f"Try again in {seconds} s."
        assert "秒后再试" in nobody.post(PATH, login(name)).json["detail"]


def test_line_6_a_stranger_cannot_lock_a_person_out(founded: Founded, app: Flask) -> None:
    founded.bank.settings = replace(
        founded.bank.settings,
        proxies=Proxies().but("127.0.0.1"),
        limit_login=limits(account=Rate(3, 3_600), everybody=Rate(5, 3_600)),
        delay_login=Delay(free=1, first=60, longest=900),
    )
    known, stranger = (at(app, address) for address in ("192.0.2.7", "198.51.100.9"))
    assert known(login("desk")).status == 200
    assert [stranger(login("desk", "guess")).status for _ in range(9)] == [401, 401] + [429] * 7
    assert known(login("desk")).status == 200


def test_line_6_everybody_together_is_limited_too(founded: Founded, app: Flask) -> None:
    founded.bank.settings = replace(
        founded.bank.settings, proxies=Proxies().but("127.0.0.1"), limit_login=limits(everybody=Rate(5, 3_600))
    )
    statuses = [at(app, f"192.0.2.{n}")(login(f"stranger-{n}", "guess")).status for n in range(8)]
    assert statuses == [401] * 5 + [429] * 3


def test_line_6_searches_are_limited_and_lists_are_not(founded: Founded, people: People) -> None:
    founded.bank.settings = replace(founded.bank.settings, limit_search=limits(account=Rate(2, 3_600)))
    search = "/api/v1/volunteers?q=wang"
    assert [people.organiser.get(search).status for _ in range(3)] == [200, 200, 429]
    assert people.desk.get(search).status == 200
    assert people.organiser.get("/api/v1/volunteers").status == 200


def test_line_12_an_address_is_believed_only_from_our_own_proxies(founded: Founded, app: Flask) -> None:
    """Else everybody would have as many addresses as they like."""
    founded.bank.settings = replace(founded.bank.settings, limit_login=limits(address=Rate(1, 3_600)))
    told = [at(app, f"192.0.2.{n}")(login(f"stranger-{n}", "guess")).status for n in range(3)]
    assert told == [401, 429, 429]
    founded.bank.settings = replace(founded.bank.settings, proxies=Proxies().but("127.0.0.1"))
    told = [at(app, f"192.0.2.{n}")(login(f"stranger-{n}", "guess")).status for n in range(3)]
    assert told == [401, 401, 401]


def at(app: Flask, address: str) -> Any:
    """Somebody who says that they are at this address."""
    client = app.test_client()
    return lambda body: Told(client.post(PATH, json=body, headers={"X-Forwarded-For": address}))


@pytest.mark.parametrize(
    ("peer", "headers", "client"),
    [
        ("203.0.113.5", ["192.0.2.1"], "203.0.113.5"),
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["192.0.2.1"], "192.0.2.1"),
        ("127.0.0.1", ["192.0.2.66, 192.0.2.1"], "192.0.2.1"),
        ("127.0.0.1", ["192.0.2.66", "192.0.2.1"], "192.0.2.1"),
        ("127.0.0.1", ["192.0.2.1, 10.1.2.3"], "192.0.2.1"),
        ("::ffff:127.0.0.1", ["192.0.2.1"], "192.0.2.1"),
        ("127.0.0.1", ["10.1.9.9, 10.1.2.3"], "10.1.9.9"),
        ("127.0.0.1", ["192.0.2.1, unknown"], "127.0.0.1"),
        ("127.0.0.1", ["192.0.2.1, unknown, 10.1.2.3"], "10.1.2.3"),
        ("127.0.0.1", [""], "127.0.0.1"),
        ("127.0.0.1", ["2001:db8::7"], "2001:db8::7"),
        ("", ["192.0.2.1"], ""),
    ],
)
def test_line_12_the_client_is_whom_the_last_of_our_proxies_saw(peer: str, headers: list[str], client: str) -> None:
    assert Proxies().but("127.0.0.1, 10.1.0.0/16").client(peer, headers) == client


def test_proxies_are_a_setting() -> None:
    assert read_settings({"PIONEER_PROXIES": "10.0.0.0/8"}).proxies == Proxies().but("10.0.0.0/8")
    for words in ("localhost", "10.0.0.1/8", "*"):
        with pytest.raises(SettingInvalid, match="PIONEER_PROXIES"):
            read_settings({"PIONEER_PROXIES": words})


@pytest.mark.parametrize("command", [GRANIAN, GUNICORN], ids=["granian", "gunicorn"])
@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_line_6_tries_are_counted_for_all_workers_and_across_restarts(
    template: Template, command: tuple[str, ...]
) -> None:
    """Five are free, then one waits a second, two, four. Each worker for itself, or anew, would let more through."""
    for free in (6, 0):
        with served(template.settings, *command) as address:
            begun = monotonic()
            told = [requests.post(f"{address}{PATH}", json=login("desk", "guess"), timeout=30) for _ in range(12)]
            seen = [each.status_code for each in told]
            waited = int(log2(monotonic() - begun + 1))  # on a slow machine more of these waits are over
            assert set(seen) == {401, 429}
            assert free <= seen.count(401) <= free + 2 + waited
