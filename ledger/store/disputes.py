"""Disputes: what a volunteer said is wrong with their entries, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, exists, func, or_, select

from ledger.store.rows import Page, below, paged
from ledger.store.schema.books import account, private, transaction, transfer
from ledger.store.schema.disputes import dispute, dispute_answer
from ledger.store.schema.people import organisation, volunteer
from ledger.store.schema.prizes import desk, redemption
from ledger.store.schema.reviews import claim_step, service_claim
from ledger.store.schema.service import deed, service_record

_answering, _answer_private = transaction.alias(), private.alias()
_DISPUTES = select(
    dispute,
    volunteer.c.volunteer_no,
    organisation.c.path.label("organisation_path"),
    transaction.c.effective_on.label("made_on"),
    private.c.opening.label("said"),
    dispute_answer.c.outcome,
    _answering.c.effective_on.label("answered_on"),
    _answer_private.c.opening.label("answered"),
).select_from(
    dispute.join(volunteer, volunteer.c.id == dispute.c.volunteer_id)
    .join(organisation, organisation.c.id == dispute.c.organisation_id)
    .join(transaction, transaction.c.seq == dispute.c.seq)
    .join(private, private.c.seq == dispute.c.seq)
    .outerjoin(dispute_answer, dispute_answer.c.dispute_id == dispute.c.id)
    .outerjoin(_answering, _answering.c.seq == dispute_answer.c.seq)
    .outerjoin(_answer_private, _answer_private.c.seq == dispute_answer.c.seq)
)


def find(connection: Connection, id: UUID) -> dict[str, Any] | None:
    row = connection.execute(_DISPUTES.where(dispute.c.id == id)).mappings().first()
    return _told(dict(row)) if row is not None else None


def page(
    connection: Connection, *, within: Sequence[str], is_open: bool | None, after: Sequence[Any] | None, limit: int
) -> Page[dict[str, Any]]:
    """Those of these organisations and those below, the oldest first: they have waited longest."""
    statement = _DISPUTES.where(below(within))
    if is_open is not None:
        statement = statement.where(dispute_answer.c.seq.is_(None) if is_open else dispute_answer.c.seq.is_not(None))
    return paged(connection, statement, [dispute.c.seq], after, limit, newest_first=False).each(_told)


def page_of(
    connection: Connection, volunteer_id: UUID, *, after: Sequence[Any] | None, limit: int
) -> Page[dict[str, Any]]:
    """Those of one person, the newest first."""
    statement = _DISPUTES.where(dispute.c.volunteer_id == volunteer_id)
    return paged(connection, statement, [dispute.c.seq], after, limit, newest_first=True).each(_told)


def entry_of(
    connection: Connection, volunteer_id: UUID, *, record_id: UUID | None, seq: int | None
) -> tuple[int, UUID | None, UUID | None] | None:
    """An entry of this person: its seq, the organisation whose it is (None where it is nobody's in particular), and the
    record of service that it is.
    """
    for made, is_record in ((service_record, True), (service_claim, True), (deed, False)):
        if record_id is not None and not is_record:
            continue
        which = made.c.seq == seq if record_id is None else made.c.id == record_id
        asked = select(made.c.seq, made.c.organisation_id, made.c.id).where(made.c.volunteer_id == volunteer_id, which)
        found = connection.execute(asked).first()
        if found is not None:
            return found[0], found[1], found[2] if is_record else None
    moved = (
        select(transfer.c.seq)
        .join(account, or_(account.c.id == transfer.c.debit_account_id, account.c.id == transfer.c.credit_account_id))
        .where(transfer.c.seq == seq, account.c.owner_id == volunteer_id)
    )
    if seq is None or not connection.scalar(select(exists(moved.correlate(None)))):
        return None
    at_desk = select(desk.c.organisation_id).join(redemption, redemption.c.desk_id == desk.c.id)
    return seq, connection.scalar(at_desk.where(redemption.c.seq == seq)), None


def is_held_for(connection: Connection, claim_id: UUID, code: str) -> bool:
    """Whether what befell this claim last is that it was held for this."""
    last = select(func.max(claim_step.c.seq)).where(claim_step.c.claim_id == claim_id).scalar_subquery()
    held = select(claim_step.c.id).where(
        claim_step.c.claim_id == claim_id,
        claim_step.c.seq == last,
        claim_step.c.step == "hold",
        claim_step.c.code == code,
    )
    return bool(connection.scalar(select(held.exists())))


def _told(row: dict[str, Any]) -> dict[str, Any]:
    said, answered = _why(row["said"]), _why(row["answered"])
    return {**row, "said": said.get("words"), "answered": answered.get("reason")}


def _why(opening: str | None) -> dict[str, Any]:
    return {} if opening is None else dict(json.loads(opening)["why"])
