"""A decision may rest on rows of a capability: those that stand there, and those that its batch added before it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest

from ledger.bank import Bank
from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Needs, Plan, Record
from ledger.core.refusals.postings import IdUsed
from ledger.core.refusals.refusal import Refusal
from ledger.rules import Tallies
from ledger.store.writer import Submission
from tests.banks import STAFF


@dataclass(frozen=True, slots=True, kw_only=True)
class OncePerPlace:
    """Leaves a mark at a place, unless somebody was there before."""

    id: UUID
    actor: UUID
    place: UUID

    def needs(self) -> Needs:
        return Needs(rows=(("audit", "device_id", self.place), ("audit", "actor_kind, subject_id", self.both)))

    @property
    def both(self) -> tuple[str, str]:
        return "staff", str(self.place)

    def decide(self, facts: Books) -> Plan | Refusal:
        found = facts.rows("audit", "device_id", self.place)
        assert found == facts.rows("audit", "actor_kind, subject_id", self.both)  # by two columns as by one
        if found:
            return IdUsed(id=str(self.place))
        mark = {
            "id": self.id,
            "recorded_at": facts.now,
            "actor_kind": "staff",
            "actor_id": self.actor,
            "device_id": self.place,
            "action": "mark",
            "outcome": "done",
            "subject_kind": "place",
            "subject_id": str(self.place),
            "organisation_id": None,
            "change": "{}",
        }
        answer = {"id": str(self.id)}
        return Plan(kind=Kind.OPENING, effective_on=facts.today, records=(Record("audit", mark),), answer=answer)


def mark(bank: Bank, place: UUID) -> OncePerPlace:
    return OncePerPlace(id=bank.world.new_id(), actor=STAFF, place=place)


def test_a_decision_sees_the_rows_that_stood_there_before(bank: Bank) -> None:
    here, there = bank.world.new_id(), bank.world.new_id()
    assert bank.submit(mark(bank, here)).posted
    assert not bank.submit(mark(bank, here)).posted
    assert bank.submit(mark(bank, there)).posted


def test_of_two_commands_in_one_batch_the_second_sees_what_the_first_adds(bank: Bank) -> None:
    here, there = bank.world.new_id(), bank.world.new_id()
    commands = [mark(bank, place) for place in (here, there, here, there, here)]
    outcomes = bank.submit_all([Submission.own(command) for command in commands])
    assert [outcome.posted for outcome in outcomes] == [True, True, False, False, False]


def test_what_was_not_asked_for_is_not_taken_for_nothing() -> None:
    books = Books(seq=0, account_last=0, now=0, today=None, past=Tallies())  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        books.rows("audit", "device_id", UUID(int=1))
