"""Corrections (更正): a posted record is undone and another stands for it, both at once, with the one naming the other.

Nothing changes before the new record may be posted: it waits for the reviewers that its method asks for, and of two
corrections of one record only one can wait.
"""

from __future__ import annotations

from uuid import UUID

from ledger.bank import Bank, By, Outcome, Request
from ledger.rules import Rulebook
from ledger.service import facts, records, reviews
from ledger.service.handing_in import Corrected
from ledger.service.records import Claim, ServiceRecord
from ledger.store import claims as stored

REVIEWS_AT_LEAST = 1
"""Of who may record but not undo, and of who recorded it in the first place: somebody else looks at it."""


def correct(
    bank: Bank,
    by: By,
    request: Request,
    record: ServiceRecord,
    claim: Claim,
    rulebook: Rulebook | None,
    *,
    reason: str,
    may_undo: bool,
) -> Outcome:
    """Let this claim stand for the record, once it has the reviews it needs. `may_undo` says that whoever asks could
    have undone the record; who recorded it does not put it right alone.

    Killed between the two, the bank goes on where it was: the record is undone once, and the claim posted once.
    """
    (award,) = facts.filled(bank, [records.award(bank, by, claim, rulebook)])
    with bank.store.reading() as connection:
        ended = stored.ended(connection, [(claim.volunteer.id, claim.served_on)])
        ended |= stored.ended_corrections(connection, record.id)
    command = records.handed_in(
        bank,
        award,
        ended=ended,
        corrects=Corrected(record=record.id, seq=record.seq),
        reason=reason,
        reviews_at_least=0 if may_undo and by.actor != record.recorded_by else REVIEWS_AT_LEAST,
    )
    said = bank.submit(command, request)
    if not said.posted:
        return said
    found = reviews.find(bank, UUID(str(said.answer["id"])))
    return said if found is None else reviews.posted_where_ready(bank, [found], [said])[0]
