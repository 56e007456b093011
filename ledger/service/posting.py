"""Posting what its policy lets be posted: with the last approval, and by a look through all that is ready.

Whoever is killed in between loses and doubles nothing: a claim is posted under its own id, whatever process does it,
and how often it is tried. What cannot be posted is held with the reason, for people to see and mend.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import structlog

from ledger.bank import Bank, Outcome, Submission, is_outage
from ledger.core.accounts import Owner, OwnerKind
from ledger.core.canonical import digest
from ledger.core.refusals.postings import AlreadyReversed, IdUsed
from ledger.core.refusals.service import AlreadyDecided, ObjectionOpen, OnNotice, RecordHeld
from ledger.core.reversal import Reverse
from ledger.people import households
from ledger.people.staff import NOBODY
from ledger.rules import Rulebook
from ledger.service import claimed_deeds, claims, facts, rulebooks
from ledger.service.awards import Award
from ledger.service.claim_states import HOLD, VOID
from ledger.service.claims import Claim
from ledger.service.noticed import AwardAfterNotice
from ledger.service.post_deed import PostDeed
from ledger.service.reviewing import OVERDUE, PostClaim, Step
from ledger.store import claims as stored
from ledger.store import rows

TOGETHER = 200
"""Claims that go to the writer at once."""
LOOK_SECONDS = 300
"""How often a server looks for what became ready without anybody's doing: a day has passed, a neighbour was killed."""

log = structlog.get_logger(__name__)


class Looked(NamedTuple):
    """What a look through the claims did."""

    posted: int
    void: int
    """Claims that nobody reviewed in time."""


def post_ready(bank: Bank) -> Looked:
    """Post all that is ready, in batches, and make void what was not reviewed in time.

    Ready is a claim that has its approvals, is not held, and was on notice as long as it had to be, with every
    objection answered. It may be asked for as often as one likes, by any number of processes at once.
    """
    void, posted, after = expire(bank), 0, 0
    while found := claims.ready(bank, after=after, limit=TOGETHER):
        posted += sum(outcome.posted and outcome.answer["state"] == "posted" for outcome in post_all(bank, found))
        after = found[-1].seq
    return Looked(posted, void)


def expire(bank: Bank) -> int:
    """Make void the claims whose reviewers did not come in time; how many."""
    count = 0
    while True:
        late = claims.overdue(bank, limit=TOGETHER)
        done = bank.submit_all([_own_step(bank, claim, VOID, OVERDUE) for claim in late])
        count += sum(outcome.posted for outcome in done)
        if not any(outcome.posted for outcome in done):
            return count


def post_all(bank: Bank, ready: Sequence[Claim]) -> list[Outcome]:
    """Post claims that are approved, each under the rulebook in force on its day; done again it is the same posting.

    What is refused is held, and its outcome says so. Of a correction, the record it stands for is undone first.
    """
    if not ready:
        return []
    undone = _corrected(bank, ready)
    submissions: list[Submission] = []
    for claim, award in zip(ready, _commands(bank, ready), strict=True):
        seq, reason = undone.get(claim.id, (None, ""))
        if seq is not None:
            command = Reverse(id=bank.world.new_id(), actor=claim.recorded_by, seq=seq, reason=reason)
            submissions.append(Submission(command, "corrections", claim.id.hex, digest(claim.id.bytes)))
        noticed = award if claim.notice_id is None else AwardAfterNotice(award=award, notice=claim.notice_id)
        submissions.append(_submission(PostClaim(award=noticed, undoes=seq), claim))
    outcomes = iter(bank.submit_all(submissions))
    told: list[Outcome] = []
    for claim in ready:
        reversal = next(outcomes) if claim.id in undone else None
        told.append(_held_if_refused(bank, claim, next(outcomes), reversal))
    return told


def _commands(bank: Bank, ready: Sequence[Claim]) -> list[Award | PostDeed]:
    """What posts each of these claims, with the facts as they are known now."""
    homes = households.households_of(bank, [(claim.volunteer_id, claim.served_on) for claim in ready])
    books: dict[tuple[date, str], Rulebook | None] = {
        (day, path): rulebooks.in_force(bank, day, organisation_path=path)
        for day, path in {(claim.served_on, claim.organisation_path) for claim in ready}
    }
    claimed = claimed_deeds.of(bank, ready)
    made: list[Award | PostDeed] = []
    for claim in ready:
        home = homes.get((claim.volunteer_id, claim.served_on))
        household, book = home.id if home else None, books[claim.served_on, claim.organisation_path]
        if claim.id in claimed:
            made.append(claimed[claim.id].command(household, book))
        else:
            made.append(_award(bank, claim, household, book))
    return facts.filled(bank, made)


def _award(bank: Bank, claim: Claim, household: UUID | None, book: Rulebook | None) -> Award:
    if claim.activity_id is None:
        raise LookupError(f"the claim {claim.id} is of service, and names no activity")
    return Award(
        id=claim.id,
        actor=claim.recorded_by,
        volunteer=Owner(OwnerKind.VOLUNTEER, claim.volunteer_id),
        organisation=Owner(OwnerKind.ORGANISATION, claim.organisation_id),
        activity=claim.activity_id,
        group=claim.group_id,
        attended=claim.attended,
        deed=claim.deed(household, claim.attended.starts_minute(bank.zone)),
        rulebook=book,
        corrects=claim.corrects,
    )


def _corrected(bank: Bank, ready: Sequence[Claim]) -> dict[UUID, tuple[int, str]]:
    """Of each claim that corrects a record: the seq of that record, and why."""
    correcting = [claim for claim in ready if claim.corrects is not None]
    if not correcting:
        return {}
    with bank.store.reading() as connection:
        records = rows.find_all(connection, "service_record", [claim.corrects for claim in correcting])
        reasons = stored.reasons(connection, [claim.seq for claim in correcting])
    return {claim.id: (records[claim.corrects]["seq"], reasons.get(claim.seq, "更正")) for claim in correcting}


def _submission(command: PostClaim, claim: Claim) -> Submission:
    return Submission(command, "reviews", _key(claim), digest(claim.id.bytes))


def _key(claim: Claim) -> str:
    """A refusal is remembered under its key: once people have mended what was in the way, it is tried under another."""
    answered = f"-{claim.answers}" if claim.notice_id else ""
    return claim.id.hex + answered + (f":{claim.steps}" if claim.steps else "")


def _held_if_refused(bank: Bank, claim: Claim, outcome: Outcome, reversal: Outcome | None) -> Outcome:
    refusal, barred = outcome.refusal, reversal.refusal if reversal is not None else None
    if isinstance(refusal, RecordHeld) and barred is not None and not isinstance(barred, AlreadyReversed):
        refusal = barred
    if refusal is None or isinstance(refusal, AlreadyDecided | IdUsed | ObjectionOpen | OnNotice | RecordHeld):
        return outcome
    held = bank.submit_all([_own_step(bank, claim, HOLD, refusal.code)])[0]
    return held if held.posted else outcome


def _own_step(bank: Bank, claim: Claim, step: str, code: str) -> Submission:
    """What the bank itself does to a claim."""
    command = Step(id=bank.world.new_id(), actor=NOBODY, claim_id=claim.id, step=step, code=code)
    return Submission(command, "reviews", f"{_key(claim)}:{step}", digest(claim.id.bytes))


class Posting:
    """A thread that looks for what is ready while the bank is served; every server process has one."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="posting", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_SECONDS):
            try:
                looked = post_ready(self._bank)
                if any(looked):
                    log.info("posted_ready", posted=looked.posted, void=looked.void)
            except Exception as error:  # the thread must live on, whatever happens to the database
                if not is_outage(error):
                    log.exception("posting_failed")
