"""Credit for a need that was met: the record of service or the deed of whoever met it, posted by the rules like any
other, and once only.

What a wish or a task becomes in the books is no invention of its own: an award, a deed, or a claim that waits for its
reviewers and its notice. `need_credit` stands in the same transaction and says for which need it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Request, Submission
from ledger.core.books import Books
from ledger.core.posting import Needs, Plan, Record
from ledger.core.refusals.needs import AlreadyCredited
from ledger.core.refusals.refusal import Refusal
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.service import deeds, facts, record_settings, records, rulebooks
from ledger.service.activities import Activity
from ledger.service.deeds import Doing
from ledger.service.handing_in import HandIn
from ledger.service.handing_in_deeds import HandInDeed, handed_in
from ledger.service.post_deed import PostDeed
from ledger.service.working_days import working_days


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNeed:
    """A record or a deed by which this person met that need. Refuses AlreadyCredited, and what the inner command does.

    The inner command's refusals come first: what cannot be recorded at all is credited to nobody.
    """

    inner: HandIn | HandInDeed | PostDeed
    need_id: UUID
    volunteer_id: UUID

    @property
    def id(self) -> UUID:
        return self.inner.id

    @property
    def actor(self) -> UUID:
        return self.inner.actor

    def needs(self) -> Needs:
        needs = self.inner.needs()
        return needs._replace(rows=(*needs.rows, self._asked))

    def decide(self, facts: Books) -> Plan | Refusal:
        plan = self.inner.decide(facts)
        if isinstance(plan, Refusal):
            return plan
        if facts.rows(*self._asked):
            return AlreadyCredited()
        row: dict[str, Any] = {
            "id": UUID(str(plan.answer["id"])),
            "seq": None,
            "need_id": self.need_id,
            "volunteer_id": self.volunteer_id,
        }
        return replace(plan, records=(*plan.records, Record("need_credit", row)))

    @property
    def _asked(self) -> tuple[str, str, tuple[UUID, UUID]]:
        return "need_credit", "need_id, volunteer_id", (self.need_id, self.volunteer_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merit:
    """What one person did for a need. With minutes it was service; without, a good deed that carries its value."""

    volunteer: Volunteer
    minutes: int | None
    value: int = 0


def credit(
    bank: Bank,
    by: By,
    request: Request,
    need_id: UUID,
    merits: Sequence[Merit],
    *,
    done_on: date,
    organisation: Organisation,
    activity: Activity | None,
    deed_type: str,
) -> list[Outcome]:
    """An outcome for each; sent again under the same key each is replayed. Service needs the activity it was part
    of.
    """
    served = [each for each in merits if each.minutes]
    given = [each for each in merits if not each.minutes]
    book = rulebooks.in_force(bank, done_on, organisation_path=organisation.path)
    homes = records.homes(bank, [(each.volunteer, done_on) for each in merits])
    method = _method(bank, done_on)
    inner: dict[UUID, HandIn | HandInDeed | PostDeed] = {}
    if activity is not None:
        said = [
            records.Claim(
                volunteer=each.volunteer,
                activity=activity,
                minutes=each.minutes or 0,
                served_on=done_on,
                capture_method=method,
                household=homes.get((each.volunteer.id, done_on)),
            )
            for each in served
        ]
        made = records.commands(bank, by, [(one, book) for one in said])
        inner |= {each.volunteer.id: command for each, command in zip(served, made, strict=True)}
    doings = [
        Doing(
            volunteer=each.volunteer,
            organisation=organisation,
            kind="good_deed",
            deed_type=deed_type,
            done_on=done_on,
            value=each.value,
            household=homes.get((each.volunteer.id, done_on)),
        )
        for each in given
    ]
    posted = facts.filled(bank, [deeds.command(bank, by, doing, book) for doing in doings])
    inner |= {each.volunteer.id: handed_in(one, bank.world.new_id()) for each, one in zip(given, posted, strict=True)}
    return bank.submit_all(
        [
            Submission(
                CreditNeed(inner=inner[each.volunteer.id], need_id=need_id, volunteer_id=each.volunteer.id),
                request.client,
                f"{request.key}#{at:04}",
                request.digest,
            )
            for at, each in enumerate(merits)
        ]
    )


def _method(bank: Bank, done_on: date) -> str:
    """What is told within the working days of the duty to record comes from whoever was there; later it is back-filled,
    with all that rulebooks think of that.
    """
    last = working_days(bank).later(done_on, record_settings.settings(bank).duty_working_days)
    return "roster" if bank.today() <= last else "backfilled"
