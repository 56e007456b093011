"""`pioneer volunteers`: a copy, an erasure, a sweep and new seals, by whoever has only a terminal."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

import pytest

from ledger.bank import Bank, By, Request
from ledger.core.canonical import digest
from ledger.people import closings, organisations, privacy, profiles, registration
from ledger.people.particulars import FIELDS
from ledger.people.registration import Newcomer
from ledger.people.volunteers import Volunteer
from ledger.settings import Settings
from tests.banks import STAFF
from tests.cli.test_pioneer import PASSWORD, pioneer, told

BY = By(actor=STAFF)


def settled(database_url: str, place: Path) -> Volunteer:
    """A bank with one person of whom it keeps a telephone number."""
    told("init", "--admin-password", PASSWORD, url=database_url, place=place)
    with Bank.open(Settings(database_url=database_url, data_dir=place)) as bank:
        privacy.set_rules(bank, BY, kept=FIELDS, on_leaving="forfeit", on_death="forfeit")
        newcomer = Newcomer(name="示例终端", particulars={"phone": "13800001234"})
        return registration.register(bank, BY, organisation=organisations.root(bank), newcomer=newcomer)


def test_a_copy_is_printed_and_an_erasure_is_for_good(database_url: str, tmp_path: Path) -> None:
    person = settled(database_url, tmp_path)
    number = person.volunteer_no
    done = pioneer("volunteers", "copy", number, url=database_url, place=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "13800001234" in done.stdout
    copied = told("volunteers", "copy", number, url=database_url, place=tmp_path)
    assert copied["particulars"] == {"phone": "13800001234"}
    refused = told("volunteers", "erase", number, "--yes", url=database_url, place=tmp_path, code=1)
    assert refused["error"].startswith("Close the account first")
    with Bank.open(Settings(database_url=database_url, data_dir=tmp_path)) as bank:
        closings.close(bank, BY, Request("test", "k" * 16, digest(b"")), person, reason="left")
    erased = told("volunteers", "erase", number, "--yes", url=database_url, place=tmp_path)
    assert (erased["numbers"], erased["is_swept"]) == ([number], database_url.startswith("sqlite"))
    assert told("volunteers", "sweep", url=database_url, place=tmp_path)["is_swept"]
    missing = told("volunteers", "copy", number, url=database_url, place=tmp_path, code=1)
    assert missing["error"] == f"there is no volunteer {number}"
    assert told("check", url=database_url, place=tmp_path)["findings_count"] == 0


def test_after_a_new_key_everything_is_sealed_with_it_and_still_found(database_url: str, tmp_path: Path) -> None:
    person = settled(database_url, tmp_path)
    again = tmp_path / "sealing-keys" / "0002.key"
    again.write_bytes(base64.b64encode(os.urandom(32)))
    again.chmod(0o600)
    assert told("volunteers", "reseal", url=database_url, place=tmp_path)["resealed"] == 1
    assert told("volunteers", "reseal", url=database_url, place=tmp_path)["resealed"] == 0
    with Bank.open(Settings(database_url=database_url, data_dir=tmp_path)) as bank:
        assert profiles.of(bank, person)["phone"].value == "13800001234"


@pytest.mark.parametrize("word", ["copy", "erase"])
def test_a_number_that_nobody_has_is_said_plainly(database_url: str, tmp_path: Path, word: str) -> None:
    settled(database_url, tmp_path)
    done = pioneer("volunteers", word, "1234567890", "--json", url=database_url, place=tmp_path)
    assert json.loads(done.stdout) == {"ok": False, "error": "there is no volunteer 1234567890"}
