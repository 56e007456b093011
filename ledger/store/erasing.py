"""Erasing a person: which rows go, which are changed, and which stay because nothing personal is in them.

Every table that refers to a volunteer is named here; a test finds the one that is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, and_, delete, exists, or_, select, union, update

from ledger.core.accounts import PERSONAL
from ledger.core.entries import Kind
from ledger.store import imports, requests
from ledger.store.schema import books, metadata
from ledger.store.schema.certificates import certificate
from ledger.store.schema.disputes import dispute, dispute_answer
from ledger.store.schema.notices import notice_line, notice_text, objection, objection_resolution
from ledger.store.schema.people import volunteer
from ledger.store.schema.privacy import closing
from ledger.store.schema.prizes import redemption, refund_request
from ledger.store.schema.reservations import reservation
from ledger.store.schema.reviews import claim_step, service_claim, service_review
from ledger.store.schema.service import service_record
from ledger.store.schema.stars import star_change, star_decision

GONE = {
    "volunteer_field": "volunteer_id",
    "certificate_text": "volunteer_id",
    "guardian": "volunteer_id",
    "card": "volunteer_id",
    "volunteer_pin": "volunteer_id",
    "dossier_entry": "volunteer_id",
}
"""Tables whose rows of a person are deleted, and the column that says whose they are."""

KEPT = {
    "service_claim": "what was claimed: days, minutes and codes, of a pseudonym from now on",
    "certificate": "that something was certified: days, minutes and a digest, of a pseudonym from now on",
    "volunteer_session": "when somebody identified themselves where: ids and codes",
    "deed": "what other deed earned or cost what: days, amounts and rules, of a pseudonym from now on",
    "mark": "what later deeds are counted against: ids and sums",
    "flag": "which counter of the rulebook was reached, when: ids, words of the rulebook and days",
    "star_change": "which star was proposed, by what hours and points: ids, sums and days, of a pseudonym from now on",
    "star_decision": "which star was granted: ids, sums and days, of a pseudonym from now on",
    "service_record": "which deed earned what: days, minutes and rules, of a pseudonym from now on",
    "redemption": "which prizes were handed out, to a pseudonym from now on",
    "reservation": "which prizes were set aside, for a pseudonym from now on",
    "slip_entry": "which paper slip was keyed in, for a pseudonym from now on",
    "closing": "how the account ended: ids and a reason of a closed set",
    "consent": "purposes, versions and instants: no free text by design",
    "viewing": "who looked at what: ids and codes; the search text was never kept",
    "participation": "what their part in an activity was: words of the rulebook and numbers",
    "membership": "which household or group, from when to when: ids, a role and days",
    "attendance_code_use": "that a code was used once, until it expires",
    "notice_line": "which line of which notice: ids and a digest; the words are emptied, and with them its salt",
    "dispute": "which entry was said to be wrong: ids and a reason of a closed set, of a pseudonym from now on",
    "dispute_answer": "how that was answered: ids and an outcome of a closed set",
    "possible_duplicate": "two ids and reasons of a closed set",
    "wish_claim": "which wish was taken up, until when: ids, days and minutes",
    "companionship": "with whose wish somebody was paired, from when to when: ids and days",
    "task_helper": "which task was taken up: ids and minutes",
    "need_credit": "which record or deed met which need: ids",
}
"""Tables that refer to a person and hold nothing else of them."""

BLANKED: Mapping[str, Mapping[str, Any]] = {
    "agency": {"agent_sealed": b""},
    "term": {"contact": None},
    "listing": {"reason": None},
    "party_tie": {"area": None},
    "sign_up": {"override_reason": None},
    "attendance": {"void_reason": None},
    "wish": {"words": "", "shown_text": None, "shown_name": None, "proof": None, "asker": None, "asker_hash": None},
    "request": {"words": "", "place": "", "answer": None, "asker": None},
}
"""Tables whose rows stay, because something refers to them or counts them, and what of them is emptied."""

OF_ONE_PERSON = (
    *(service_record, service_claim, certificate, redemption, reservation, closing),
    *(star_change, star_decision, dispute, dispute_answer),
)
"""Whose transaction is about one person, whether or not it moves anything."""

FREE_TEXT = (Kind.ADJUSTMENT.value, Kind.REVERSAL.value)
"""Kinds whose private part quotes what a clerk wrote: it may name anybody."""


def balances(connection: Connection, ids: Sequence[UUID]) -> list[int]:
    """What is left in accounts of points of these people, each that is not empty."""
    made = books.account.c
    points = select(made.balance).where(made.owner_id.in_(ids), made.unit_id == 1, made.balance != 0)
    return list(connection.scalars(points))


def null_openings(connection: Connection, ids: Sequence[UUID]) -> int:
    """The private parts of these people's transactions; how many.

    Where somebody else's account moved too, the opening is theirs as well and stays, unless a clerk wrote in it.
    """
    own, leg, made = books.account.alias(), books.transfer, books.transaction
    sides = or_(own.c.id == leg.c.debit_account_id, own.c.id == leg.c.credit_account_id)
    seqs = union(
        select(leg.c.seq).join(own, own.c.id == leg.c.debit_account_id).where(own.c.owner_id.in_(ids)),
        select(leg.c.seq).join(own, own.c.id == leg.c.credit_account_id).where(own.c.owner_id.in_(ids)),
        *(select(table.c.seq).where(table.c.volunteer_id.in_(ids)) for table in OF_ONE_PERSON),
        *(
            select(said.c.seq)
            .join(service_claim, service_claim.c.id == said.c.claim_id)
            .where(service_claim.c.volunteer_id.in_(ids))
            for said in (service_review, claim_step)
        ),
        select(objection.c.seq).where(objection.c.line_id.in_(_lines_of(ids))),
        select(objection_resolution.c.seq)
        .join(objection, objection.c.id == objection_resolution.c.objection_id)
        .where(objection.c.line_id.in_(_lines_of(ids))),
    ).subquery()
    persons = [kind.value for kind in PERSONAL]
    others = exists().where(
        and_(leg.c.seq == made.c.seq, sides, own.c.owner_kind.in_(persons), own.c.owner_id.not_in(ids))
    )
    wanted = select(made.c.seq).where(made.c.seq.in_(select(seqs.c.seq)), or_(made.c.kind.in_(FREE_TEXT), ~others))
    private = books.private
    done = connection.execute(
        update(private).where(private.c.seq.in_(wanted), private.c.opening.is_not(None)).values(salt=None, opening=None)
    )
    return done.rowcount


def forget(connection: Connection, ids: Sequence[UUID], pseudonym: Mapping[str, Any]) -> None:
    """Whatever is kept of these people beside the ledger."""
    for name, column in GONE.items():
        made = metadata.tables[name]
        connection.execute(delete(made).where(made.c[column].in_(ids)))
    for name, empty in BLANKED.items():
        made = metadata.tables[name]
        filled = or_(*(made.c[column].is_not(None) for column in empty))
        connection.execute(update(made).where(made.c.volunteer_id.in_(ids), filled).values(**empty))
    imports.forget_files(connection)
    requests.forget_words(connection, ids)
    theirs = select(redemption.c.id).where(redemption.c.volunteer_id.in_(ids))
    connection.execute(update(refund_request).where(refund_request.c.redemption_id.in_(theirs)).values(reason=""))
    on_notices = notice_text.c.line_id.in_(_lines_of(ids))
    connection.execute(update(notice_text).where(on_notices).values(salt=None, shown=None))
    connection.execute(update(volunteer).where(volunteer.c.id.in_(ids)).values(**pseudonym))


def _lines_of(ids: Sequence[UUID]) -> Select[Any]:
    """Their lines on public notices."""
    return select(notice_line.c.id).where(notice_line.c.volunteer_id.in_(ids))
