"""What an auditor looks for in the ledger: transactions by kind and day, and the proof of one."""

from __future__ import annotations

import base64
import json

from ledger.log import signer
from tests.api.conftest import Founded, People, Scene

V1 = "/api/v1"


def test_transactions_are_found_by_kind_and_day(people: People, scene: Scene) -> None:
    seq = people.organiser.post(f"{V1}/service-records", scene.record()).json["transaction_seq"]
    for query, is_found in (
        ("kind=award", True),
        ("kind=redemption", False),
        ("kind=theft", False),
        ("kind=award&from=2026-03-01&to=2026-03-01", True),
        ("kind=award&to=2026-02-28", False),
        ("kind=award&from=2026-03-02", False),
    ):
        told = people.auditor.get(f"{V1}/ledger/transactions?{query}")
        assert told.status == 200, told.text
        assert (seq in [one["seq"] for one in told.json["items"]]) is is_found, query


def test_the_proof_of_a_transaction_is_given_once_its_head_is_signed_and_tells_nothing_of_it(
    founded: Founded, people: People, scene: Scene
) -> None:
    seq = people.organiser.post(f"{V1}/service-records", scene.record()).json["transaction_seq"]
    path = f"{V1}/ledger/transactions/{seq}/proof"
    assert people.auditor.get(path).status == 503
    assert people.auditor.get(f"{V1}/ledger/transactions/99999/proof").status == 404
    signer.sign(founded.bank)
    told = people.auditor.get(path)
    assert (told.status, told.text.splitlines()[0]) == (200, "c2sp.org/tlog-proof@v1")
    assert list(json.loads(base64.b64decode(told.text.splitlines()[1].split()[1]))) == ["leaf"]
    assert people.desk.get(path).status == 403
