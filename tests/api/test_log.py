"""The transparency log over HTTP: anybody reads it, as C2SP tlog-tiles has it, to the byte."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ledger.log import export as exporting
from ledger.log import keys, publication, signer
from ledger.log.verifying.heads import Trust, Verdict
from ledger.log.verifying.questions import verify_log
from ledger.log.verifying.sources import Source
from tests.api.conftest import Client, Founded, People, Scene
from tests.log.files import read


def live(people: People, scene: Scene, times: int) -> None:
    """So many entries."""
    for _ in range(times):
        told = people.desk.post(
            "/api/v1/stock-receipts",
            {"desk_id": scene.desk_id, "prize_id": scene.prize_id, "quantity": 1, "source": "示例捐赠"},
        )
        assert told.status == 201, told.text


def test_the_log_is_served_to_anybody_as_it_is_exported(
    founded: Founded, nobody: Client, people: People, scene: Scene, tmp_path: Path
) -> None:
    assert nobody.get("/log/checkpoint").status == 404
    live(people, scene, 5)
    assert signer.sign(founded.bank) is not None
    exporting.export(
        founded.bank,
        tmp_path / "out",
        [str(key) for key in keys.public(founded.settings.data_dir, founded.bank.log_origin)],
    )
    for name, content in read(tmp_path / "out").items():
        told = nobody.flask.get(f"/log/{name}")
        assert (told.status_code, told.data) == (200, content), name
        kind = "application/octet-stream" if name.startswith("tile") else "text/plain; charset=utf-8"
        assert told.headers["Content-Type"] == kind
        assert told.headers["Access-Control-Allow-Origin"] == "*"
        assert told.headers["Cache-Control"] == (
            "public, max-age=31536000, immutable" if name.startswith("tile") else "no-cache"
        )


def test_nothing_is_served_that_is_not_under_a_signed_head(
    founded: Founded, nobody: Client, people: People, scene: Scene
) -> None:
    live(people, scene, 3)
    signer.sign(founded.bank)
    live(people, scene, 2)
    size = publication.size_of(founded.bank.store, founded.bank.log_origin)
    assert nobody.flask.get(f"/log/tile/0/000.p/{size}").status_code == 200
    for path in (
        f"/log/tile/0/000.p/{size + 1}",
        f"/log/tile/entries/000.p/{size + 1}",
        "/log/tile/0/000",
        "/log/tile/0/001",
        "/log/tile/1/000.p/1",
        "/log/tile/64/000",
        "/log/tile/00/000.p/1",
        "/log/tile/0/000.p/0",
        "/log/tile/0/000.p/01",
        "/log/tile/0/000.p/256",
        "/log/tile/0/x000/000.p/1",
        "/log/tile/0/0",
        "/log/tile/0/000.p/1/",
    ):
        assert nobody.flask.get(path).status_code == 404, path


def test_bundles_are_compressed_for_those_who_take_it(
    founded: Founded, nobody: Client, people: People, scene: Scene
) -> None:
    live(people, scene, 2)
    signer.sign(founded.bank)
    size = publication.size_of(founded.bank.store, founded.bank.log_origin)
    path = f"/log/tile/entries/000.p/{size}"
    plain = nobody.flask.get(path)
    packed = nobody.flask.get(path, headers={"Accept-Encoding": "gzip, identity"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data


def test_a_receipt_is_promised_then_proven_and_taken_away(
    founded: Founded, nobody: Client, people: People, scene: Scene
) -> None:
    told = people.desk.post(
        "/api/v1/stock-receipts",
        {"desk_id": scene.desk_id, "prize_id": scene.prize_id, "quantity": 3, "source": "示例捐赠"},
    ).json
    path = f"/api/v1/receipts/{told['receipt_token']}"
    promised = nobody.get(path).json
    assert (promised["state"], promised["proof"]) == ("promised", None)
    assert promised["promise"].startswith("pioneer-bank promise v1\nbank.example\n")
    assert nobody.get(f"{path}/file").status == 503
    signer.sign(founded.bank)
    proven = nobody.get(path).json
    assert (proven["state"], proven["promise"]) == ("proven", None)
    assert nobody.get(f"{path}/file").text == proven["proof"]
    assert nobody.get(f"{path}/bare").headers["Content-Disposition"].endswith('-bare.tlog-proof"')
    assert nobody.get(path).headers["Cache-Control"] == "no-store"
    drawn = nobody.get(f"{path}/qr")
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert proven["link"].endswith(f"/verify#{told['receipt_token']}")


def test_a_link_that_was_guessed_is_not_found(nobody: Client, people: People, scene: Scene) -> None:
    live(people, scene, 1)
    for token in ("a" * 32, "aaaaaaab" + "a" * 24, "7" * 32, "a" * 20):
        assert nobody.get(f"/api/v1/receipts/{token}").status == 404
        assert nobody.get(f"/api/v1/receipts/{token}/qr").status == 404


def test_a_volunteer_s_receipts_come_as_one_statement(founded: Founded, people: People, scene: Scene) -> None:
    assert people.organiser.post("/api/v1/service-records", scene.record()).status == 201
    signer.sign(founded.bank)
    told = people.organiser.get(f"/api/v1/volunteers/{scene.volunteer_no}/receipts")
    assert told.status == 200
    assert len(told.json["proofs"]) == 1


def test_the_page_and_the_program_that_verify_are_served_and_load_nothing_from_elsewhere(nobody: Client) -> None:
    for path, kind in (
        ("/verify", "text/html"),
        ("/verify/verify.js", "text/javascript"),
        ("/verify/log.js", "text/javascript"),
        ("/verify/crypto.js", "text/javascript"),
        ("/verify/verify.css", "text/css"),
    ):
        told = nobody.get(path)
        assert (told.status, told.headers["Content-Type"]) == (200, f"{kind}; charset=utf-8")
        assert "default-src 'none'" in told.headers["Content-Security-Policy"]
        assert "unsafe" not in told.headers["Content-Security-Policy"]
    program = nobody.get("/verify.py").text
    assert program.startswith("#!/usr/bin/env python3\n")
    assert "ledger" not in re.sub(r"#.*", "", program)


def test_totals_are_those_of_the_entries(
    founded: Founded, nobody: Client, people: People, scene: Scene, tmp_path: Path
) -> None:
    live(people, scene, 3)
    assert people.organiser.post("/api/v1/service-records", scene.record()).status == 201
    signer.sign(founded.bank)
    stated, by_month = nobody.get("/log/totals").json, nobody.get("/log/months").json
    exporting.export(founded.bank, tmp_path / "out", [])
    (tmp_path / "out" / "totals").write_text(json.dumps(stated))
    held = [str(key) for key in keys.public(founded.settings.data_dir, founded.bank.log_origin)]
    (tmp_path / "out" / "months").write_text(json.dumps(by_month))
    question = verify_log(Source(str(tmp_path / "out")), Trust(held, None), "totals", "months")
    assert "totals stated by the bank: equal" in question
    assert "months stated by the bank: equal" in question
    by_month["months"]["2026-03"]["issuance"]["points"] -= 1
    (tmp_path / "out" / "months").write_text(json.dumps(by_month))
    with pytest.raises(Verdict, match="months stated"):
        verify_log(Source(str(tmp_path / "out")), Trust(held, None), None, "months")
    stated["totals"]["stock"]["prize:3"] += 1
    (tmp_path / "out" / "totals").write_text(json.dumps(stated))
    with pytest.raises(Verdict, match="totals stated"):
        verify_log(Source(str(tmp_path / "out")), Trust(held, None), "totals")


def test_months_are_those_of_the_entries_and_make_the_totals(
    founded: Founded, nobody: Client, people: People, scene: Scene
) -> None:
    live(people, scene, 2)
    served = ((120, "2026-03-01"), (180, "2026-02-03"), (60, "2026-02-28"))
    records = [scene.record(minutes, served_on=on) for minutes, on in served]
    made = [people.organiser.post("/api/v1/service-records", record) for record in records]
    assert people.desk.post("/api/v1/redemptions", scene.redemption()).status == 201
    undone = people.reviewer.post(f"/api/v1/service-records/{made[-1].json['id']}/reverse", {"reason": "示例"})
    assert undone.status == 201, undone.text
    stated = nobody.get("/log/months").json
    entries = [json.loads(entry) for entry in publication.entries(founded.bank.store, 0, stated["size"])]
    told, whole = Counter[tuple[str, str, str]](), Counter[tuple[str, str]]()
    for month, purposes in stated["months"].items():
        for purpose, units in purposes.items():
            for unit, change in units.items():
                told[month, purpose, unit] = change
                whole[purpose, unit] += change
    assert told == _added_up(entries)
    totals = nobody.get("/log/totals").json
    assert stated["size"] == totals["size"]
    held = {(what, unit): held for what, units in totals["totals"].items() for unit, held in units.items()}
    assert {key: held for key, held in whole.items() if held} == {
        key: amount for key, amount in held.items() if not key[1].startswith("prize:")
    }


def _added_up(entries: list[dict[str, Any]]) -> Counter[tuple[str, str, str]]:
    """By month, purpose and unit, without prizes and without what came to nothing."""
    made = Counter[tuple[str, str, str]]()
    for entry in entries:
        for move in entry["moves"]:
            if move["unit"] in ("points", "minutes"):
                for side, change in ((move["debit"], -move["amount"]), (move["credit"], move["amount"])):
                    made[entry["on"][:7], side.rpartition("/")[2], move["unit"]] += change
    return Counter({key: change for key, change in made.items() if change})
