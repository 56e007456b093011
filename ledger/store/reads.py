"""Rows as they are read in bulk: ids and days as text, alike on both engines; what belongs to a seq begins with it."""

from __future__ import annotations

from typing import NamedTuple


class AccountRead(NamedTuple):
    id: int
    owner_kind: str
    owner_id: str
    purpose: str
    unit_id: int
    expires_on: str
    floor: int | None
    opened_seq: int
    balance: int
    entries: int


class StandingRead(NamedTuple):
    """Where an account stood before a seq: after its last debit, after its last credit, and how many legs it had."""

    id: int
    debit_seq: int | None
    debit_leg: int | None
    debit_balance: int | None
    credit_seq: int | None
    credit_leg: int | None
    credit_balance: int | None
    entries: int


class TransactionRead(NamedTuple):
    seq: int
    id: str
    kind: str
    effective_on: str
    recorded_at: int
    actor_id: str
    detail: str
    rulebook_code: str | None
    rulebook_version: int | None
    reverses: int | None
    commitment: bytes
    leaf_hash: bytes
    undone_kind: str | None
    """Kind of the transaction it reverses; None if there is none."""


class TransferRead(NamedTuple):
    seq: int
    leg: int
    debit_account_id: int
    credit_account_id: int
    unit_id: int
    amount: int
    debit_balance: int
    credit_balance: int


class UndoneRead(NamedTuple):
    """One leg of the transaction that `seq` reverses."""

    seq: int
    debit_account_id: int
    credit_account_id: int
    amount: int


class PrivateRead(NamedTuple):
    seq: int
    salt: bytes | None
    opening: str | None


class CommandRead(NamedTuple):
    seq: int
    outcome: str
    answer: str
    recorded_at: int


class RecordRead(NamedTuple):
    """A service record, or another deed; a deed that belongs to no activity is its own."""

    seq: int
    id: str
    kind: str
    deed_type: str | None
    """None for service: its activity says it."""
    volunteer_id: str
    organisation_id: str
    activity_id: str | None
    household_id: str | None
    group_id: str | None
    served_on: str
    minutes: int
    capture_method: str
    evaluation: str | None
    recorded_by: str
    rule_id: str
    counted_minutes: int
    points: int
    inputs: str
    approvals: int
    """Distinct persons, other than who recorded it, who approved it before it was posted."""


class FlagRead(NamedTuple):
    seq: int
    volunteer_id: str
    counter: str
    flag: str
    title_zh: str
    title_en: str
    reached: int
    first_day: str
    last_day: str | None


class MarkRead(NamedTuple):
    """What a deed left for later ones to know; or, under the seq of a reversal, what the deed it undoes had left."""

    seq: int
    line: int
    volunteer_id: str
    household_id: str | None
    organisation_id: str
    activity_id: str | None
    done_on: str
    rule_id: str
    theme: str
    counter: str
    unique_key: str | None
    deeds: int
    quantity: int
    eligible: int
    counted: int
    minutes: int
    points: int
    taken: int


class UnitRead(NamedTuple):
    id: int
    kind: str
    scale: int
    prize_id: str | None


class MonthRead(NamedTuple):
    """What one account moved in one month of business dates."""

    account_id: int
    month: str
    amount: int
