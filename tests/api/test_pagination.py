"""Every collection can be walked to its end, and shows everything once."""

from __future__ import annotations

import base64
import itertools
import json
from typing import Any

from ledger.bank import By
from ledger.people import volunteers
from tests.api.conftest import ACTIVITY, Founded, People, Scene

PREFIX = "/api/v1"


def walked(people: People, path: str, key: str) -> list[Any]:
    seen: list[Any] = []
    url: str | None = f"{PREFIX}{path}{'&' if '?' in path else '?'}limit=2"
    while url:
        told = people.auditor.get(url)
        assert told.status == 200
        assert len(told.json["items"]) <= 2
        seen += [item[key] for item in told.json["items"]]
        link = told.headers.get("Link")
        assert (link is None) == (told.json["next_cursor"] is None)
        url = link.removeprefix("<").removesuffix('>; rel="next"') if link else None
    return seen


def test_volunteers_by_pinyin_and_by_beginning(founded: Founded, people: People) -> None:
    names = ["王芳", "李娜", "王伟", "张敏", "王芳", "Ana"]
    volunteers.register_all(founded.bank, By(actor=founded.bank.world.new_id()), organisation=founded.here, names=names)
    assert walked(people, "/volunteers", "name") == ["Ana", "李娜", "王芳", "王芳", "王伟", "张敏"]
    assert walked(people, "/volunteers?q=王", "name") == ["王芳", "王芳", "王伟"]
    assert walked(people, "/volunteers?q=wang wei", "name") == ["王伟"]
    [number] = walked(people, "/volunteers?q=李娜", "volunteer_no")
    assert walked(people, f"/volunteers?q={number[:8]}", "volunteer_no") == [number]


def test_what_is_alike_but_for_its_id_is_shown_once(founded: Founded, people: People) -> None:
    """Namesakes, activities of one day, desks of one minute: only their ids tell them apart."""
    by = By(actor=founded.bank.world.new_id())
    volunteers.register_all(founded.bank, by, organisation=founded.here, names=["王芳"] * 7)
    assert len(set(walked(people, "/volunteers", "id"))) == len(walked(people, "/volunteers", "id")) == 7
    here = str(founded.here.id)
    of = {"organisation_id": here}
    for _ in range(5):
        people.organiser.post(f"{PREFIX}/activities", of | ACTIVITY)
        people.admin.post(f"{PREFIX}/desks", of | {"name": "服务台"})
        people.admin.post(f"{PREFIX}/organisations", {"parent_id": here, "level": "team", "name": "队"})
    for path in ("/activities", "/desks", "/organisations?q=队"):
        assert len(set(walked(people, path, "id"))) == len(walked(people, path, "id")) == 5, path


def test_statements_and_books(people: People, scene: Scene) -> None:
    for minutes in (10, 20, 30, 40, 50):
        people.organiser.post(f"{PREFIX}/service-records", scene.record(minutes, from_time=f"{minutes // 10:02}:00"))
    assert walked(people, "/ledger/transactions", "seq") == [6, 5, 4, 3, 2, 1]
    path = f"/volunteers/{scene.volunteer_no}/statement?unit=minutes"
    assert walked(people, path, "amount") == [50, 40, 30, 20, 10]
    assert walked(people, path, "balance_after") == [150, 100, 60, 30, 10]
    assert walked(people, f"{path}&from=2026-03-02", "amount") == []
    account = people.auditor.get(f"{PREFIX}/ledger/transactions/2").json["transfers"][0]["credit_account_id"]
    assert people.auditor.get(f"{PREFIX}/ledger/accounts/{account}?as_of_seq=3").json["balance"] == 30
    assert people.auditor.get(f"{PREFIX}/ledger/accounts/{account}").json["balance"] == 150


PATHS = ("/organisations", "/volunteers", "/activities", "/prizes", "/desks", "/ledger/transactions")
NOWHERE = ["x", "e30", "W10", [], [None], ["\x00", "\x00"], ["a", "b", "c"], [2**70], [1.5], [True], {}]


def test_a_cursor_of_nowhere_is_422(people: People) -> None:
    for path, key in itertools.product(PATHS, NOWHERE):
        cursor = key if isinstance(key, str) else base64.urlsafe_b64encode(json.dumps(key).encode()).decode()
        told = people.auditor.get(f"{PREFIX}{path}?cursor={cursor.rstrip('=')}")
        assert (told.status, told.json["errors"][0]["code"]) == (422, "not_a_cursor"), (path, key)
