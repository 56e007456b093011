"""TRUST.md 7: whether there is somebody of a name is not told, neither by the answer nor by the time it takes."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event

from ledger.bank import By
from ledger.people import passwords, superiors
from tests.api.conftest import PASSWORD, Client, Founded, People

TOKEN = "/api/v1/auth/token"
Work = Counter[str]


@contextmanager
def counted(founded: Founded, monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    """What is done in the meantime: each statement by its words, and each password hashed."""
    work: Work = Counter()
    verify = PasswordHasher.verify

    def verified(hasher: PasswordHasher, kept: Any, password: Any) -> Any:
        work["argon2id"] += 1
        return verify(hasher, kept, password)

    def executed(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        work[statement] += 1

    engines = {founded.bank.store._writing, founded.bank.store._reading}
    with monkeypatch.context() as patch:
        patch.setattr(PasswordHasher, "verify", verified)
        for engine in engines:
            event.listen(engine, "before_cursor_execute", executed)
        try:
            yield work
        finally:
            for engine in engines:
                event.remove(engine, "before_cursor_execute", executed)


WRONG = "a wrong password"


def guess(nobody: Client, username: str, password: str = WRONG) -> dict[str, Any]:
    told = nobody.post(TOKEN, {"grant_type": "password", "username": username, "password": password})
    return {"status": told.status, **told.json, "instance": None, "headers": sorted(told.headers.keys())}


@pytest.fixture
def names(founded: Founded, people: People) -> dict[str, str]:
    """Somebody of each kind, and the password to guess with: nobody is let in."""
    gone = founded.hire("gone", ("desk", founded.here))
    founded.disable(gone)
    late = founded.hire("late", ("desk", founded.here))
    superiors.reset_password(founded.bank, By(actor=late.id), None, late)
    with founded.bank.changing(By(actor=late.id)) as change:
        change.change("staff", late.id, {"password_expires_at": 1, "password_hash": passwords.hashed(PASSWORD)})
    return {"desk": WRONG, "nobody-of-this-name": WRONG, "DESK": WRONG, "gone": PASSWORD, "late": PASSWORD}


def test_line_7_the_same_answer_whoever_is_not_let_in(nobody: Client, names: dict[str, str]) -> None:
    told = [guess(nobody, name, password) for name, password in names.items()]
    assert [each["code"] for each in told] == ["credentials_wrong"] * len(names)
    assert all(each == told[0] for each in told)


def test_line_7_the_same_work_whoever_is_not_let_in(
    founded: Founded, nobody: Client, names: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    founded.bank.world = type(founded.bank.world)(random_bytes=lambda count: b"\x01" * count)  # none of them sweeps
    seen: list[Work] = []
    for name, password in names.items():
        with counted(founded, monkeypatch) as work:
            guess(nobody, name, password)
        seen.append(work)
    assert seen[0]["argon2id"] == 1
    assert sum(seen[0].values()) >= 3
    assert all(work == seen[0] for work in seen)


def test_line_7_the_same_wait_for_a_known_and_an_unknown_name(nobody: Client) -> None:
    seen = [[guess(nobody, name)["status"] for _ in range(9)] for name in ("desk", "nobody-of-this-name")]
    assert seen[0] == seen[1]
    assert 429 in seen[0]


def test_line_7_ids_are_not_to_be_guessed_from_one_another(founded: Founded) -> None:
    """Whatever is known of an id made a moment before, 32 bits of the next one are drawn anew."""
    new_id: Callable[[], UUID] = founded.bank.world.new_id
    tails = [new_id().int & 0xFFFFFFFF for _ in range(2_000)]
    assert len(set(tails)) > 1_990
    steps = Counter((after - before) & 0xFFFFFFFF for before, after in itertools.pairwise(tails))
    assert max(steps.values()) < 5
