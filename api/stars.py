"""Stars: who is due for promotion or demotion and why, what is on public notice, and the word of those who grant."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.balances import NextStarAnswer, next_star_of
from api.fields import Day, Form, Reason, VolunteerNo, Word
from api.idempotency import answered
from api.pagination import Keyset, PageQuery
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import PUBLIC, Scope
from api.volunteers import volunteer_of
from ledger.people import viewings
from ledger.people.masking import masked
from ledger.people.viewings import viewed
from ledger.rules import Text
from ledger.service import stars
from ledger.service.star_changes import Judged
from ledger.service.stars import Change, Due

routes = Routes("stars")
_due_keyset = Keyset(UUID, str)
_keyset = Keyset(int)


class DueQuery(PageQuery):
    """On which day; today where nothing is said."""

    on: Day | None = None


class ChangeQuery(PageQuery):
    """Which changes: those that wait for their decision, unless it says otherwise."""

    state: Literal["on_notice", "proposed", "in_force", "rejected"] = "proposed"


class NewStarChange(Form):
    """Who is due; on which ladder, where the rulebook has several."""

    volunteer_no: VolunteerNo
    ladder: Word | None = None


class StarDecision(Form):
    """The word about a change. A rejection says why; the reason is private to those concerned."""

    decision: Literal["approve", "reject"]
    reason: Reason | None = None


class WordsAnswer(TypedDict):
    """The same in both languages."""

    zh: str
    en: str


class HeldAnswer(TypedDict):
    """What somebody has, by the ladder's own count: whole hours, points in the smallest unit."""

    hours: int
    points: int
    services: int
    commendations: int
    tenure_days: int


class DueAnswer(TypedDict):
    """Somebody who is due for another level. Where they are barred, or a change is under way, nothing is proposed."""

    volunteer_no: str
    ladder: str
    from_level: int
    to_level: int
    because: WordsAnswer
    has: HeldAnswer
    barred: WordsAnswer | None
    is_under_way: bool


class ProposedStarsAnswer(TypedDict):
    """A change that was proposed. It can be decided after `notice_until`; at once where that is null."""

    id: str
    from_level: int
    to_level: int
    notice_until: str | None
    transaction_seq: int
    receipt_token: str


class DecidedStarsAnswer(TypedDict):
    """What was decided: the level on this ladder, and the stars the volunteer has with it."""

    id: str
    decision: Literal["approve", "reject"]
    level: int
    star_level: int
    transaction_seq: int
    receipt_token: str


class StarChangeAnswer(TypedDict):
    """A promotion or demotion and how far it has come. `approved_by` is the level of organisation that decides; empty
    where any may.
    """

    id: str
    state: Literal["on_notice", "proposed", "in_force", "rejected"]
    volunteer_no: str
    ladder: str
    from_level: int
    to_level: int
    title: WordsAnswer
    because: WordsAnswer
    has: HeldAnswer
    measured_on: str
    proposed_on: str
    notice_until: str | None
    approved_by: str
    recorded_by: str
    decided_on: str | None
    transaction_seq: int
    decision_seq: int | None


class StarNoticeAnswer(TypedDict):
    """What hangs on the board: a name as notice boards know it, and which star it is to be."""

    id: str
    name: str
    organisation: str
    ladder: WordsAnswer
    from_level: int
    to_level: int
    title: WordsAnswer
    proposed_on: str
    notice_until: str


class StarsAnswer(TypedDict):
    """The stars of a volunteer, what the next asks for, and every change that ever was, the newest first."""

    star_level: int
    next: NextStarAnswer | None
    changes: list[StarChangeAnswer]


@routes.get("/star-changes/due", scope=Scope.STARS_READ, query=DueQuery, answer=page_of(DueAnswer))
def due(call: Call, query: DueQuery) -> Answer:
    """List who is due for promotion or demotion, and why. Nothing is proposed by looking."""
    on = query.on or call.bank.today()
    found = stars.due(call.bank, on=on, within=call.within, after=_due_keyset.after(query), limit=query.limit)
    return _due_keyset.answer(found, _due)


@routes.get("/star-changes", scope=Scope.STARS_READ, query=ChangeQuery, answer=page_of(StarChangeAnswer))
def page(call: Call, query: ChangeQuery) -> Answer:
    """List proposed changes of stars, those that have waited longest first."""
    found = stars.page(call.bank, within=call.within, state=query.state, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _told)


@routes.post("/star-changes", scope=Scope.STARS_WRITE, body=NewStarChange, answer=ProposedStarsAnswer, posts=True)
def propose(call: Call, form: NewStarChange) -> Answer:
    """Propose what a volunteer is due for today. It goes on public notice where the ladder asks for it."""
    volunteer = volunteer_of(call, form.volunteer_no, "/volunteer_no")
    return answered(stars.propose(call.bank, call.by, call.request, volunteer, ladder=form.ladder))


@routes.get("/star-changes/notices", scope=PUBLIC, query=PageQuery, answer=page_of(StarNoticeAnswer))
def notices(call: Call, query: PageQuery) -> Answer:
    """What is on public notice now, by masked names; anybody may read it."""
    found = stars.page(call.bank, within=None, state="on_notice", after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _notice)


@routes.post(
    "/star-changes/<id:change_id>/decision",
    scope=Scope.STARS_WRITE,
    body=StarDecision,
    answer=DecidedStarsAnswer,
    posts=True,
)
def decide(call: Call, change_id: UUID, form: StarDecision) -> Answer:
    """Approve or reject a change that somebody else proposed, once its notice is over. Approved it is in force."""
    change = reached(call, stars.find(call.bank, change_id))
    return answered(
        stars.decide(
            call.bank,
            call.by,
            call.request,
            change,
            decision=form.decision,
            reason=form.reason or "",
            reach=call.within,
        )
    )


@routes.get("/volunteers/<number:volunteer_no>/stars", scope=Scope.BALANCES_READ, own=True, answer=StarsAnswer)
def of_volunteer(call: Call, volunteer_no: str) -> StarsAnswer:
    """Read a volunteer's stars and how they came by them."""
    volunteer = volunteer_of(call, volunteer_no)
    viewed(call.bank, call.by, viewings.BALANCE, volunteer)
    return {
        "star_level": stars.star_level(call.bank, volunteer.id),
        "next": next_star_of(call.bank, volunteer),
        "changes": [_told(change) for change in stars.history(call.bank, volunteer.id)],
    }


def _due(one: Due) -> DueAnswer:
    place = one.place
    return {
        "volunteer_no": place.person.volunteer_no,
        "ladder": place.judged.ladder.id,
        "from_level": place.held,
        "to_level": place.due,
        "because": _words(one.because),
        "has": _has(place.judged),
        "barred": _words(place.barred) if one.is_barred and place.barred else None,
        "is_under_way": one.is_under_way,
    }


def _told(change: Change) -> StarChangeAnswer:
    return {
        "id": str(change.id),
        "state": change.state,
        "volunteer_no": change.volunteer_no,
        "ladder": change.ladder.id,
        "from_level": change.from_level,
        "to_level": change.to_level,
        "title": _words(change.ladder.title_of(change.to_level)),
        "because": _words(change.because),
        "has": _has(change.judged),
        "measured_on": change.judged.measured_on.isoformat(),
        "proposed_on": change.proposed_on.isoformat(),
        "notice_until": change.notice_until.isoformat() if change.notice_until else None,
        "approved_by": change.approved_by,
        "recorded_by": str(change.recorded_by),
        "decided_on": change.decided_on.isoformat() if change.decided_on else None,
        "transaction_seq": change.seq,
        "decision_seq": change.decision_seq,
    }


def _notice(change: Change) -> StarNoticeAnswer:
    return {
        "id": str(change.id),
        "name": masked(change.volunteer_name),
        "organisation": change.organisation_name,
        "ladder": _words(change.ladder.title),
        "from_level": change.from_level,
        "to_level": change.to_level,
        "title": _words(change.ladder.title_of(change.to_level)),
        "proposed_on": change.proposed_on.isoformat(),
        "notice_until": change.notice_until.isoformat() if change.notice_until else "",
    }


def _has(judged: Judged) -> HeldAnswer:
    has: HeldAnswer = judged.ladder.metrics(judged.standing)  # type: ignore[assignment]
    return has


def _words(text: Text) -> WordsAnswer:
    return {"zh": text.zh, "en": text.en}
