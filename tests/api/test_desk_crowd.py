"""Sixty-four at once over real HTTP, at the last ten things and at one wallet: exactly what should go, goes."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import requests

from tests.api.conftest import ACTIVITY, Template
from tests.api.served import served
from tests.api.test_server import GUNICORN, Session

AT_ONCE = 64
LAST = 10


def test_of_sixty_four_at_once_those_get_it_whose_it_can_be(template: Template) -> None:
    with served(template.settings, *GUNICORN) as address:
        organiser, desk, admin = (Session(address, role) for role in ("organiser", "desk", "admin"))
        of = {"organisation_id": str(template.here.id)}
        at = admin.post("/desks", of | {"name": "服务台"})["id"]
        rare, plenty = (admin.post("/prizes", of | {"title": title, "cost_points": 1})["id"] for title in ("米", "皂"))
        for prize, quantity in ((rare, LAST), (plenty, 1_000)):
            desk.post("/stock-receipts", {"desk_id": at, "prize_id": prize, "quantity": quantity, "source": "示例"})
        activity = organiser.post("/activities", of | ACTIVITY)["id"]

        def earned(minutes: int) -> str:
            number = str(organiser.post("/volunteers", of | {"name": "示例"})["volunteer_no"])
            record = {"volunteer_no": number, "activity_id": activity, "minutes": minutes, "served_on": "2026-03-01"}
            organiser.post("/service-records", record | {"capture_method": "clocked"})
            return number

        poor, many = earned(120), [earned(120) for _ in range(4)]
        points = desk.get(f"/volunteers/{poor}/balance")["points"]["available"]

        def redeem(number: str, prize: str, key: str) -> Any:
            wanted = {"volunteer_no": number, "desk_id": at, "items": [{"prize_id": prize, "quantity": 1}]}
            headers = desk.headers | {"Idempotency-Key": key}
            told = requests.post(f"{desk.address}/redemptions", json=wanted, headers=headers, timeout=60)
            return told.status_code, told.json().get("code"), told.json().get("transaction_seq")

        keys = [uuid4().hex for _ in range(AT_ONCE // 2)]  # each is sent twice: a double click, a lost answer
        with ThreadPoolExecutor(AT_ONCE) as threads:
            at_wallet = list(threads.map(lambda n: redeem(poor, plenty, keys[n % len(keys)]), range(AT_ONCE)))
            at_shelf = list(threads.map(lambda n: redeem(many[n % 4], rare, uuid4().hex), range(AT_ONCE)))
        gone = {seq for status, _, seq in at_wallet if status == 201}
        assert len(gone) == points
        assert {code for status, code, _ in at_wallet if status != 201} == {"insufficient_points"}
        had = Counter(status for status, _, _ in at_shelf)
        assert had[201] == min(LAST, 4 * points)
        assert set(had) == {201, 409}
        stock = {shelf["prize_id"]: shelf["quantity"] for shelf in desk.get(f"/desks/{at}/stock")["items"]}
        assert stock == {rare: LAST - had[201], plenty: 1_000 - points}
        assert desk.get(f"/volunteers/{poor}/balance")["points"]["available"] == 0
