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


class ClaimRead(NamedTuple):
    seq: int
    id: str
    kind: str
    minutes: int
    recorded_by: str
    reviews_needed: int
    is_held: int
    """1 where it was handed in over another record of the same time."""
    deeds: int
    """How many rows say with it what was done: one of a deed other than service, none of service."""


class AttendedRead(NamedTuple):
    """A record or claim that is made of somebody's attendance, with what that says; yes and no are 1 and 0."""

    seq: int
    id: str
    served_on: str
    minutes: int
    capture_method: str
    began_at: int | None
    ended_at: int | None
    in_at: int | None
    out_at: int | None
    captured: str | None
    session_ends_at: int | None
    is_there: int
    is_closed: int
    is_of_activity: int
    is_of_volunteer: int
    is_claimed_otherwise: int


class CertificateRead(NamedTuple):
    """One certificate, with what the records it rests on say. `lines_of_holder` are by its holder, within its days and
    posted before it.
    """

    seq: int
    id: str
    certificate_no: str
    minutes: int
    records: int
    digest: bytes
    issued_by: str
    content: str | None
    minutes_recorded: int
    lines: int
    lines_of_holder: int


class CertificateEndRead(NamedTuple):
    seq: int
    certificate_id: str
    ended_by: str
    certificate_seq: int | None


class ReviewRead(NamedTuple):
    """One review, with what it says of its claim. `approvals` are those up to and with it."""

    seq: int
    id: str
    claim_id: str
    reviewed_by: str
    decision: str
    recorded_by: str | None
    """Who recorded the claim; None where it is gone."""
    reviews_needed: int | None
    approvals: int
    is_repeated: int
    """1 where the same person reviewed the claim before."""


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


class RedemptionRead(NamedTuple):
    seq: int
    id: str
    volunteer_id: str
    desk_id: str
    household_id: str | None
    redeemed_on: str
    points: int
    recorded_by: str
    collective_id: str | None
    collective_kind: str | None
    collected_by: str | None
    is_authorised: bool
    """Whether `collected_by` let an agent redeem for this volunteer on that day, or collect what they reserved."""
    reservation_id: str | None
    is_reserved: bool
    """Whether that was set aside for this volunteer at this desk, and could still be collected on that day."""
    may_owe: bool
    """Whether a second person accepted a debt for what was given on paper."""
    reserved_on: str | None


class RedemptionItemRead(NamedTuple):
    seq: int
    """0 where its redemption is gone."""
    redemption_id: str
    line: int
    prize_id: str
    unit_id: int | None
    quantity: int
    cost_points: int
    prize_class: str


class ReceiptRead(NamedTuple):
    seq: int
    id: str
    desk_id: str
    prize_id: str
    unit_id: int | None
    quantity: int
    best_before: str | None
    recorded_by: str


class ClosingRead(NamedTuple):
    seq: int
    id: str
    volunteer_id: str
    reason: str
    heir_id: str | None
    points: int
    recorded_by: str


class RootRead(NamedTuple):
    size: int
    hash: bytes


class SignedRead(NamedTuple):
    """A head as it was signed and published."""

    size: int
    origin: str
    note: str


class NodeRead(NamedTuple):
    size: int
    """Leaves there were when it was complete."""
    level: int
    position: int
    hash: bytes


class RulebookRead(NamedTuple):
    code: str
    version: int
    effective_from: str
    document: str
    digest: bytes


class DecidedRead(NamedTuple):
    """A rulebook or a price list, with the transaction that put it into force."""

    seq: int
    table: str
    id: str
    organisation_id: str
    code: str
    version: int
    """Empty and 0 for a price list."""
    effective_from: str
    document: str
    digest: bytes


class StepRead(NamedTuple):
    seq: int
    id: str
    proposal_id: str
    number: int
    revision: int
    subject: str
    stage: str
    result: str
    held_on: str
    recorded_by: str
    record: str
    digest: bytes


class RevisionRead(NamedTuple):
    seq: int
    id: str
    proposal_id: str
    revision: int
    organisation_id: str
    kind: str
    subject: str
    title: str
    reasons: str
    effective_from: str
    document: str
    digest: bytes
    template: str
    proposed_by: str


class AttachmentRead(NamedTuple):
    """A file of a proposal whose bytes are still kept."""

    proposal_id: str
    digest: bytes
    content: bytes


class PastDeedRead(NamedTuple):
    """A deed that still stands, as it was recorded, and what was given for it."""

    seq: int
    volunteer_id: str
    volunteer_no: str
    name: str
    household_id: str | None
    group_id: str | None
    organisation_id: str
    activity_id: str
    """Its own id, where a deed belongs to no activity."""
    inputs: str
    points: int


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


class StarChangeRead(NamedTuple):
    """A promotion or demotion as it was proposed."""

    seq: int
    id: str
    volunteer_id: str
    organisation_id: str
    ladder_id: str
    from_level: int
    to_level: int
    measured_on: str
    as_of_seq: int
    inputs: str
    notice_until: str | None
    approved_by: str
    recorded_by: str


class StarDecisionRead(NamedTuple):
    """What was decided about one."""

    seq: int
    id: str
    change_id: str
    volunteer_id: str
    decision: str
    ladder_id: str
    level: int
    star_level: int
    measured_on: str
    as_of_seq: int
    inputs: str
    recorded_by: str
