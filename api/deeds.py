"""Deeds other than volunteer service: alone or many at once, and their reversal. Points by the rules, never hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, NotRequired
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api import idempotency, problems
from api.answers import ExplanationLine, ReversalAnswer
from api.fields import Count, Day, Form, Id, Name, VolunteerNo, Word
from api.idempotency import answered
from api.problems import Fault, Problem, ProblemAnswer
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.service_records import Reversing, State
from ledger.bank import Outcome, Request
from ledger.core.accounts import OwnerKind
from ledger.people import households, organisations, volunteers
from ledger.people.organisations import Organisation
from ledger.rules import Rulebook
from ledger.service import activities, deeds, records
from ledger.service.deeds import Doing

routes = Routes("deeds")

ITEMS_MAX = 1_000
LISTED_MAX = 20


class NewDeed(Form):
    """What somebody did, or failed to do. `deed_type` and `evaluation` are words of the rulebook; `value` is the points
    that a determination names, in the smallest unit; `key` is whom or what a one-off bonus is given for.
    `on_behalf` is who did it through the volunteer: their household or group, or the organisation as a unit.
    """

    volunteer_no: VolunteerNo
    organisation_id: Id
    kind: Literal["good_deed", "penalty", "no_show", "opening"]
    deed_type: Word
    done_on: Day
    activity_id: Id | None = None
    evaluation: Name | None = None
    count: Count = 1
    value: Annotated[int, Field(ge=0, le=2**53 - 1)] = 0
    measures: Annotated[dict[Word, Count], Field(max_length=LISTED_MAX)] = Field(default_factory=dict)
    key: Name | None = None
    on_behalf: Literal["person", "household", "group", "unit"] = "person"
    group_id: Id | None = None
    tags: Annotated[list[Word], Field(max_length=LISTED_MAX)] = Field(default_factory=list)


class Deeds(Form):
    """Many deeds at once."""

    items: Annotated[list[NewDeed], Field(min_length=1, max_length=ITEMS_MAX)]


class RaisedAnswer(TypedDict):
    """A flag that the deed raised, for people to act on; without a last day until somebody lifts it."""

    flag: str
    first_day: str
    last_day: str | None
    zh: str
    en: str


class DeedAnswer(TypedDict):
    """A deed. Posted, its `points` (smallest unit) are negative for a penalty, and `debt_points` of them are owed. Else
    it waits for `reviews_needed` reviewers, of whom `reviews` approved, or for its public notice, is held, or is over.
    """

    id: str
    state: State
    points: int
    debt_points: int
    explanation: list[ExplanationLine]
    flags: list[RaisedAnswer]
    transaction_seq: int
    reviews: NotRequired[int]
    reviews_needed: NotRequired[int]
    held_for: NotRequired[str]


class DeedItemAnswer(TypedDict):
    """What became of one item: the deed, or the problem."""

    outcome: Literal["posted", "refused"]
    replayed: bool
    deed: NotRequired[DeedAnswer]
    problem: NotRequired[ProblemAnswer]


class DeedsAnswer(TypedDict):
    """An outcome for each item, in the order given."""

    items: list[DeedItemAnswer]


@routes.post("/deeds", scope=Scope.DEEDS_WRITE, body=NewDeed, answer=DeedAnswer, posts=True)
def post(call: Call, form: NewDeed) -> Answer:
    """Post a deed. Points are posted at once, or once the reviewers and the notice that it needs have been."""
    found = _doings(call, [form])[0]
    if isinstance(found, str):
        raise Problem("not_found", faults=[Fault(f"/{found}", "unknown")])
    (book,) = deeds.rulebooks_of(call.bank, [found])
    return answered(deeds.post(call.bank, call.by, call.request, found, book))


@routes.post("/deeds/batch", scope=Scope.DEEDS_WRITE, body=Deeds, answer=DeedsAnswer, status=200, posts=True)
def post_all(call: Call, form: Deeds) -> Answer:
    """Post many deeds. Each item is posted or refused by itself, and sees those before it."""
    doings = _doings(call, form.items)
    requests = [idempotency.item(call.request, at) for at in range(ITEMS_MAX)]
    if records.is_reused(call.bank, requests):
        raise Problem("idempotency_key_reused")
    told_of = [(at, doing) for at, doing in enumerate(doings) if isinstance(doing, Doing)]
    books = deeds.rulebooks_of(call.bank, [doing for _, doing in told_of])
    known: list[tuple[int, tuple[Request, Doing, Rulebook | None]]] = [
        (at, (requests[at], doing, book)) for (at, doing), book in zip(told_of, books, strict=True)
    ]
    outcomes = deeds.post_all(call.bank, call.by, [doing for _, doing in known])
    told = {at: _told(outcome) for (at, _), outcome in zip(known, outcomes, strict=True)}
    items = [told[at] if isinstance(doing, Doing) else _unknown(at, doing) for at, doing in enumerate(doings)]
    replayed = bool(outcomes) and all(outcome.replayed for outcome in outcomes)
    return Answer({"items": items}, 200, {"Idempotent-Replayed": "true"} if replayed else {})


@routes.post(
    "/deeds/<id:deed_id>/reverse", scope=Scope.DEEDS_REVERSE, body=Reversing, answer=ReversalAnswer, posts=True
)
def reverse(call: Call, deed_id: UUID, form: Reversing) -> Answer:
    """Undo a deed: points go back, a penalty is given back, and what it counted for falls."""
    undone = reached(call, deeds.find(call.bank, deed_id))
    return answered(deeds.reverse(call.bank, call.by, call.request, undone, form.reason))


def _doings(call: Call, items: Sequence[NewDeed]) -> list[Doing | str]:
    """What each item says was done, or the name of the member that is unknown to this person."""
    bank = call.bank
    people = _reached(call, volunteers.find_all(bank, sorted({item.volunteer_no for item in items})))
    units = _reached(call, organisations.find_all(bank, sorted({item.organisation_id for item in items})))
    of = activities.find_all(bank, sorted({item.activity_id for item in items if item.activity_id}))
    done_in = {None: None, **_reached(call, of)}
    homes = records.homes(
        bank, [(people[item.volunteer_no], item.done_on) for item in items if item.volunteer_no in people]
    )
    groups = _reached(
        call, households.find_all(bank, OwnerKind.GROUP, sorted({item.group_id for item in items if item.group_id}))
    )
    joined = records.members(
        bank,
        [(people[item.volunteer_no], item.done_on) for item in items if item.group_id and item.volunteer_no in people],
    )
    doings: list[Doing | str] = []
    for item in items:
        if item.volunteer_no not in people:
            doings.append("volunteer_no")
        elif item.organisation_id not in units:
            doings.append("organisation_id")
        elif item.activity_id not in done_in:
            doings.append("activity_id")
        elif (item.on_behalf == "group") != (item.group_id in groups):
            doings.append("group_id")
        else:
            excluded = {"volunteer_no", "organisation_id", "activity_id", "measures", "tags", "group_id"}
            said = item.model_dump(exclude=excluded)
            doings.append(
                Doing(
                    volunteer=people[item.volunteer_no],
                    organisation=units[item.organisation_id],
                    activity=done_in[item.activity_id],
                    measures=tuple(sorted(item.measures.items())),
                    tags=frozenset(item.tags),
                    household=homes.get((people[item.volunteer_no].id, item.done_on)),
                    group=item.group_id,
                    is_member=item.group_id is None
                    or item.group_id in joined.get((people[item.volunteer_no].id, item.done_on), ()),
                    **said,
                )
            )
    return doings


def _reached(call: Call, found: Mapping[Any, Any]) -> dict[Any, Any]:
    return {key: one for key, one in found.items() if call.reaches(_path(one))}


def _path(one: Any) -> str:
    """Where something belongs; an organisation is its own place."""
    path: str = one.path if isinstance(one, Organisation) else one.organisation_path
    return path


def _told(outcome: Outcome) -> DeedItemAnswer:
    if outcome.refusal is None:
        deed: Any = outcome.answer
        return {"outcome": "posted", "replayed": outcome.replayed, "deed": deed}
    problem = problems.content(Problem(outcome.refusal.code, refusal=outcome.refusal), problems.language())
    return {"outcome": "refused", "replayed": outcome.replayed, "problem": problem}


def _unknown(at: int, member: str) -> DeedItemAnswer:
    problem = Problem("not_found", faults=[Fault(f"/items/{at}/{member}", "unknown")])
    return {"outcome": "refused", "replayed": False, "problem": problems.content(problem, problems.language())}
