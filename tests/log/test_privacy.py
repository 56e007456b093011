"""Nothing public holds a byte of a person; and of an erased person nothing is left anywhere, while all proofs stand."""

from __future__ import annotations

import json
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import make_url, update

from ledger.core.accounts import POINTS, Account, AccountKey, Purpose
from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Move, Needs, Plan
from ledger.core.refusals.refusal import Refusal
from ledger.log import export as exporting
from ledger.log import publication, receipts
from ledger.log.verifying.heads import Trust
from ledger.log.verifying.questions import verify_log, verify_receipt
from ledger.store import pages
from ledger.store.engines import sqlite_module
from ledger.store.schema import books
from tests.banks import STAFF
from tests.log.conftest import Logged
from tests.log.files import InMemory, read
from tests.postgres import find_programs

REASON = "示例金丝雀理由"
"""A canary: a private reason that nobody else has."""


def dumped(logged: Logged, tmp_path: Path) -> bytes:
    """A backup of the database, made now."""
    url = make_url(logged.bank.store.url)
    if logged.bank.store.dialect == "sqlite":
        with closing(sqlite_module().connect(url.database)) as connection:
            connection.execute(f"VACUUM INTO '{tmp_path / 'backup.db'}'")
        return (tmp_path / "backup.db").read_bytes()
    programs = find_programs()
    if not (programs / "pg_dump").exists():
        return _rows(logged)
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return subprocess.run([str(programs / "pg_dump"), plain], capture_output=True, check=True).stdout


def _rows(logged: Logged) -> bytes:
    """Every row, where there is no program that dumps them."""
    with logged.bank.store.reading() as connection:
        return "".join(
            repr(row) for table in books.private.metadata.sorted_tables for row in connection.execute(table.select())
        ).encode()


@pytest.fixture
def lived(logged: Logged) -> Logged:
    """Somebody whose reasons, ids and salt can be told from all others'."""
    logged.live(6)
    logged.town.award("ana", 600, activity="cleaning-77")
    logged.town.adjust("ana", 5, reason=REASON)
    logged.live(3)
    logged.sign()
    return logged


def own_words(logged: Logged) -> dict[str, bytes]:
    """What of hers must never be public: her reason, her salt, her opening, her own id."""
    with logged.bank.store.reading() as connection:
        row = connection.execute(books.private.select().where(books.private.c.opening.contains(REASON))).one()
    person = logged.town.volunteer("ana").id
    return {
        "reason": REASON.encode(),
        "salt": bytes(row.salt),
        "salt in hex": bytes(row.salt).hex().encode(),
        "opening": row.opening.encode()[:80],
        "id": str(person).encode(),
        "id in hex": person.hex.encode(),
        "seq": str(row.seq).encode(),
    }


def test_what_is_published_holds_no_byte_of_a_person(lived: Logged, tmp_path: Path) -> None:
    exporting.export(lived.bank, tmp_path / "out", [])
    words = own_words(lived)
    del words["seq"]
    public = b"".join(read(tmp_path / "out").values()) + json.dumps(publication.totals(lived.bank.store)).encode()
    assert [what for what, word in words.items() if word in public] == []


def test_erasure_leaves_root_proofs_and_receipts_valid_and_no_byte_in_later_backups(
    lived: Logged, tmp_path: Path
) -> None:
    words = own_words(lived)
    seq = int(words.pop("seq"))
    del words["id"], words["id in hex"]  # the account's owner is a pseudonym; what it stands for goes with the person
    full = dumped(lived, tmp_path)
    assert [what for what, word in words.items() if word in full], "the canary is there at first"
    (tmp_path / "backup.db").unlink(missing_ok=True)
    others = [1, seq + 1]
    with lived.bank.store.snapshot():
        before = [receipts.proof(lived.bank, one) for one in receipts.of(lived.bank, others)]
    head = publication.checkpoint(lived.bank.store, "bank.example")
    with lived.bank.store.changing() as connection:
        connection.execute(update(books.private).where(books.private.c.seq == seq).values(salt=None, opening=None))
    after = [receipts.proof(lived.bank, one) for one in receipts.of(lived.bank, others)]
    assert after == before
    assert publication.checkpoint(lived.bank.store, "bank.example") == head
    trust = Trust([str(key) for key in lived.keys], None)
    for proof in after:
        assert proof is not None
        verify_receipt(proof.encode(), trust)
    lived.live(1)
    lived.sign()
    exporting.export(lived.bank, tmp_path / "out", [])
    verify_log(InMemory(read(tmp_path / "out")), trust, None)
    left = dumped(lived, tmp_path) + b"".join(read(tmp_path / "out").values())
    assert [what for what, word in words.items() if word in left] == []


@dataclass(frozen=True)
class Pass:
    """Points from one person to another, as pooling and donations move them."""

    id: UUID
    actor: UUID
    giver: AccountKey
    taker: AccountKey

    def needs(self) -> Needs:
        return Needs(holdings={(self.giver.owner, POINTS), (self.taker.owner, POINTS)})

    def decide(self, facts: Books) -> Plan | Refusal:
        moves = [Move(self.giver, self.taker, 1)]
        return Plan(kind=Kind.ADJUSTMENT, effective_on=facts.today, moves=moves)


@pytest.mark.tampers
def test_a_receipt_does_not_open_what_concerns_somebody_else_too(logged: Logged) -> None:
    """Each may prove that the entry is in the log; neither sees the other's balance."""
    logged.town.award("ana", 600)
    giver = next(one.key for one in _wallets(logged, "ana") if one.key.purpose is Purpose.WALLET)
    taker = AccountKey(logged.town.volunteer("bob").owner, Purpose.WALLET, POINTS)
    made = logged.bank.submit(Pass(logged.bank.world.new_id(), STAFF, giver, taker))
    logged.sign()
    found = receipts.find(logged.bank, str(made.answer["receipt_token"]))
    assert found is not None
    assert (found.salt, found.opening) == (None, None)
    proof = receipts.proof(logged.bank, found)
    assert proof is not None
    told = verify_receipt(proof.encode(), Trust([str(key) for key in logged.keys], None))
    assert "its opening is not shown" in told


def _wallets(logged: Logged, name: str) -> list[Account]:
    with logged.bank.store.reading() as connection:
        return pages.holdings(connection, logged.town.volunteer(name).id)[1]
