"""What is sealed is read by nobody without the keys, and those are nowhere in the database (TRUST.md 13, 15)."""

from __future__ import annotations

import base64
import os
from dataclasses import replace
from pathlib import Path

import pytest

from ledger.bank import Bank
from ledger.people import keyfiles, sealing
from ledger.people.keyfiles import KeysUnfit
from ledger.people.sealing import SealBroken, Seals
from ledger.settings import SettingInvalid, Settings, read_settings

OLD, NEW = b"an invented key, the older one. ", b"an invented key, the newer one. "
PLACE = "volunteer/1/phone"


def test_what_is_sealed_opens_again_and_looks_different_every_time() -> None:
    seals = Seals([OLD])
    first, second = (seals.seal("示例电话 000", place=PLACE) for _ in range(2))
    assert first != second
    assert seals.open(first, place=PLACE) == seals.open(second, place=PLACE) == "示例电话 000"
    assert "示例".encode() not in first


def test_a_sealed_value_opens_only_where_it_was_sealed_for() -> None:
    sealed = Seals([OLD]).seal("secret", place=PLACE)
    with pytest.raises(SealBroken):
        Seals([OLD]).open(sealed, place="volunteer/2/phone")


def test_not_one_bit_of_a_sealed_value_can_be_changed() -> None:
    seals = Seals([OLD])
    sealed = seals.seal("secret", place=PLACE)
    for at in range(len(sealed)):
        changed = bytes(byte ^ (index == at) for index, byte in enumerate(sealed))
        with pytest.raises(SealBroken):
            seals.open(changed, place=PLACE)
    for cut in (b"", sealed[:3], sealed[:10], sealed[:-1]):
        with pytest.raises(SealBroken):
            seals.open(cut, place=PLACE)


def test_a_new_key_seals_and_the_old_one_still_opens_and_hashes() -> None:
    old, both = Seals([OLD]), Seals([OLD, NEW])
    sealed = old.seal("secret", place=PLACE)
    assert both.open(sealed, place=PLACE) == "secret"
    assert both.is_stale(sealed)
    anew = both.seal("secret", place=PLACE)
    assert not both.is_stale(anew)
    with pytest.raises(SealBroken):
        old.open(anew, place=PLACE)
    assert old.digest("110101", purpose="id") == both.digest("110101", purpose="id")


def test_keyed_hashes_differ_by_key_and_by_purpose() -> None:
    told = {Seals([key]).digest("110101", purpose=purpose) for key in (OLD, NEW) for purpose in ("id", "phone")}
    assert len(told) == 4
    assert {len(digest) for digest in told} == {32}


def test_keys_are_files_of_their_owner_only_and_are_made_once(tmp_path: Path) -> None:
    sealing.ensure(tmp_path)
    [file] = (tmp_path / "sealing-keys").iterdir()
    before = file.read_bytes()
    sealing.ensure(tmp_path)
    assert file.read_bytes() == before
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    with pytest.raises(FileExistsError):
        keyfiles.write(file, b"another")
    assert [each.name for each in file.parent.iterdir()] == ["0001.key"]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_an_open_bank_finds_a_key_that_is_added_and_refuses_what_is_none(bank: Bank, tmp_path: Path) -> None:
    bank.settings = replace(bank.settings, sealing_keys="", data_dir=tmp_path)
    with pytest.raises(KeysUnfit, match="pioneer migrate"):
        sealing.of(bank)
    sealing.ensure(tmp_path)
    sealed = sealing.of(bank).seal("secret", place=PLACE)
    second = tmp_path / "sealing-keys" / "0002.key"
    keyfiles.write(second, base64.b64encode(NEW))
    assert sealing.of(bank).is_stale(sealed)
    assert sealing.of(bank).open(sealed, place=PLACE) == "secret"
    second.chmod(0o640)
    second.rename(second.with_name("0003.key"))
    with pytest.raises(KeysUnfit, match="chmod 600"):
        sealing.of(bank)
    second.with_name("0003.key").unlink()
    keyfiles.write(second.with_name("0004.key"), b"too short")
    with pytest.raises(KeysUnfit, match="32 random bytes"):
        sealing.of(bank)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_keys_may_come_from_the_environment_and_are_not_shown(bank: Bank) -> None:
    words = ",".join(base64.b64encode(key).decode() for key in (OLD, NEW))
    bank.settings = replace(bank.settings, sealing_keys=words)
    assert not sealing.of(bank).is_stale(Seals([OLD, NEW]).seal("x", place=PLACE))
    assert words not in repr(bank.settings)
    assert read_settings({"PIONEER_SEALING_KEYS": words}) == Settings(sealing_keys=words)
    with pytest.raises(SettingInvalid):
        read_settings({"PIONEER_SEALING_KEY": words})
    bank.settings = replace(bank.settings, sealing_keys=base64.b64encode(os.urandom(16)).decode())
    with pytest.raises(KeysUnfit, match="PIONEER_SEALING_KEYS"):
        sealing.of(bank)
