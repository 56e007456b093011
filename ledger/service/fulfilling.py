"""Fulfilling a wish (圆梦): whoever claimed it says so with what proves it, the wisher confirms, and the points of its
own value are shared out by the rulebook; the hours too, where it was service.

The proof is in words: what was given or done, and who was there. No pictures are asked for; of a child or of somebody
ill they would tell more than any name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from ledger.bank import Bank, By, Changes, Outcome, Request
from ledger.core.refusals.needs import NotTakenUp
from ledger.core.refusals.postings import FutureDay, SamePerson
from ledger.core.refusals.refusal import Refused
from ledger.people import organisations, volunteers
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.service import activities, need_credits, participations, wish_claims, wishes
from ledger.service.activities import Activity
from ledger.service.need_credits import Merit
from ledger.service.need_steps import refuse_other
from ledger.service.participations import Part
from ledger.service.wish_claims import WishClaim
from ledger.service.wishes import Wish

How = Literal["wisher", "guardian", "in_person", "phone"]
DEED_TYPE = "micro_wish"
"""What rulebooks call the fulfilment of a wish, as a deed and as an activity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited:
    """One claimer of a confirmed wish, and what became of their record or deed."""

    volunteer_no: str
    outcome: Outcome


def fulfil(
    bank: Bank,
    by: By,
    wish: Wish,
    *,
    proof: str,
    done_on: date,
    minutes: Mapping[UUID, int] | None = None,
    claimed: WishClaim | None = None,
) -> Wish:
    """All who hold it have fulfilled it together; `minutes` of service by claim, where it was service. `claimed` is the
    claim of whoever says so, where it is one of them.

    Refuses StepNotPossible, FutureDay, NotTakenUp where nobody holds it, or one of these claims does not (any more).
    """
    if done_on > bank.today():
        raise Refused(FutureDay(on=done_on.isoformat(), today=bank.today().isoformat()))
    with bank.changing(by) as change:
        now = wishes.hold(change, wish.id)
        refuse_other(now.state, "fulfil", "published")
        held = [each for each in wish_claims.of_wish(change, now.id) if each.state(bank.today()) == "open"]
        served = minutes or {}
        named = {*served, *([claimed.id] if claimed else [])}
        if not held or not named <= {each.id for each in held}:
            raise Refused(NotTakenUp())
        for each in held:
            ended = {"ended_at": change.now, "ended_as": "fulfilled", "open_as": None}
            change.change("wish_claim", each.id, ended | {"minutes": served.get(each.id)})
        change.change(
            "wish",
            now.id,
            {
                "state": "fulfilled",
                "proof": proof,
                "done_on": done_on,
                "fulfilled_at": change.now,
                "fulfilled_by": by.actor,
            },
        )
        change.audit("fulfil", "wish", now.id, before={"state": now.state}, after={"state": "fulfilled"})
        return wishes.again(change, now.id)


def send_back(bank: Bank, by: By, wish: Wish) -> Wish:
    """The wisher says it is not so: it hangs on the wall again. Refuses StepNotPossible."""
    with bank.changing(by) as change:
        now = wishes.hold(change, wish.id)
        refuse_other(now.state, "send_back", "fulfilled")
        for each in _fulfillers(change, now):
            change.change("wish_claim", each.id, {"ended_as": "over", "minutes": None})
        columns = {"state": "published", "proof": None, "done_on": None, "fulfilled_at": None, "fulfilled_by": None}
        change.change("wish", now.id, columns)
        change.audit("send_back", "wish", now.id, before={"state": now.state}, after={"state": "published"})
        return wishes.again(change, now.id)


def confirm(bank: Bank, by: By, request: Request, wish: Wish, how: How) -> tuple[Wish, list[Credited]]:
    """The wisher confirms, or somebody to whom they did: neither who fulfilled it nor who fixed its value. It is off
    the wall, and what it was worth is credited; sent again, what is still missing is.

    Refuses StepNotPossible, SamePerson; what the rules refuse is each claimer's own outcome.
    """
    home = organisations.find(bank, wish.organisation_id)
    if home is None:
        raise LookupError(f"the wish {wish.id} belongs to an organisation, and none is ever deleted")
    with bank.changing(by) as change:
        now = wishes.hold(change, wish.id)
        refuse_other(now.state, "confirm", "fulfilled", "confirmed")
        if by.actor in (now.fulfilled_by, now.verified_by):
            raise Refused(SamePerson())
        done = _fulfillers(change, now)
        if now.state == "fulfilled":
            activity_id = _activity(change, home, now, done)
            now = wishes.over(change, now, "confirm", "confirmed", confirmed_how=how, activity_id=activity_id)
    return now, _credit(bank, by, request, home, now, done)


def _credit(
    bank: Bank, by: By, request: Request, home: Organisation, wish: Wish, done: list[WishClaim]
) -> list[Credited]:
    people = volunteers.find_all(bank, sorted({each.volunteer_no for each in done}))
    done_on = wish.done_on or bank.today()
    activity = activities.find(bank, wish.activity_id) if wish.activity_id else None
    merits = _merits(wish, done, people)
    if activity is not None:
        _say_value(bank, by, activity, merits, done_on)
    outcomes = need_credits.credit(
        *(bank, by, request, wish.id, merits),
        done_on=done_on,
        organisation=home,
        activity=activity,
        deed_type=DEED_TYPE,
    )
    return [
        Credited(volunteer_no=each.volunteer.volunteer_no, outcome=outcome)
        for each, outcome in zip(merits, outcomes, strict=True)
    ]


def _merits(wish: Wish, done: list[WishClaim], people: Mapping[str, Volunteer]) -> list[Merit]:
    """The value in equal parts, what is left over to whoever claimed first: together never more than it is worth."""
    each, over = divmod(wish.points or 0, len(done))
    return [
        Merit(volunteer=people[one.volunteer_no], minutes=one.minutes, value=each + (at < over))
        for at, one in enumerate(done)
    ]


def _say_value(bank: Bank, by: By, activity: Activity, merits: list[Merit], done_on: date) -> None:
    """Rulebooks ask for the value of service as they ask for any part in an activity."""
    for each in merits:
        if each.minutes:
            participations.say(bank, by, activity, each.volunteer, done_on, Part(value=each.value))


def _activity(change: Changes, home: Organisation, wish: Wish, done: list[WishClaim]) -> UUID | None:
    """The activity that the service was, with the seven statutory fields; nothing in it tells for whom."""
    if wish.done_on is None or not any(each.minutes for each in done):
        return None
    made = activities.add(
        change,
        organisation=home,
        title="微心愿圆梦",
        activity_type=DEED_TYPE,
        held_on=wish.done_on,
        place=wish.organisation_name,
        content=wish.shown_text or "",
        person_in_charge=wish.person_in_charge or wish.organisation_name,
    )
    return made.id


def _fulfillers(change: Changes, wish: Wish) -> list[WishClaim]:
    return [each for each in wish_claims.of_wish(change, wish.id) if each.ended_as == "fulfilled"]
