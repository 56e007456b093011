"""Appraisals (评议) of the property company, the owners' committee, an activity, a closed request, or oneself: a few
scored questions, open for some days to a group, one voice per person or household.

Where a form is anonymous nothing leads from a voice to its scores (decision 0030). No result is shown before a form is
over, and of an anonymous one none below FEW voices.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, By, Page, Taken
from ledger.core.refusals.appraisals import AlreadySpoken, AppraisalNotOpen, NotAsked
from ledger.core.refusals.organisations import DaysReversed
from ledger.core.refusals.refusal import Refused
from ledger.people import households
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.store import appraisals as store
from ledger.store import persons

Kind = Literal["property_company", "owners_committee", "activity", "request", "self", "other"]
Voice = Literal["person", "household"]
FEW = 3
"""With fewer voices an anonymous result would tell who said what."""
STAR_THRESHOLDS = (60, 70, 80, 90, 95)
"""From how many percent of the highest score on there are one to five stars, where a form says nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One appraisal. `subject_id` is the activity or request that is appraised."""

    id: UUID
    organisation_id: UUID
    organisation_path: str
    organisation_name: str
    kind: Kind
    subject_id: UUID | None
    title: str
    questions: tuple[str, ...]
    star_thresholds: tuple[int, ...]
    score_max: int
    voice: Voice
    is_anonymous: bool
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One question: how often each score was given, and the average in hundredths. Both None where voices are FEW."""

    question: str
    average_hundredths: int | None
    given: Mapping[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a form that is over."""

    form: Form
    voices: int
    on_paper: int
    """How many of the voices came on paper."""
    percent: int | None
    """Of the highest score, whole percents rounded down; None where there is no voice, or they are FEW."""
    stars: int | None
    questions: tuple[Answered, ...]


def put_out(
    bank: Bank,
    by: By,
    organisation: Organisation,
    *,
    kind: Kind,
    title: str,
    questions: Sequence[str],
    from_on: date,
    until_on: date,
    voice: Voice = "person",
    is_anonymous: bool = True,
    score_max: int = 5,
    subject_id: UUID | None = None,
    star_thresholds: Sequence[int] = STAR_THRESHOLDS,
) -> Form:
    """A form for everybody of this organisation and below; of an activity for those who served in it, of a request for
    who asked. Refuses DaysReversed.
    """
    if until_on < from_on:
        raise Refused(DaysReversed(begins=from_on.isoformat(), ends=until_on.isoformat()))
    with bank.changing(by) as change:
        id = change.new_id()
        row = {
            "id": id,
            "organisation_id": organisation.id,
            "kind": kind,
            "subject_id": subject_id,
            "title": title,
            "questions": json.dumps(list(questions), ensure_ascii=False),
            "star_thresholds": json.dumps(sorted(star_thresholds)),
            "score_max": score_max,
            "voice": voice,
            "is_anonymous": int(is_anonymous),
            "from_on": from_on,
            "until_on": until_on,
            "created_at": change.now,
            "created_by": by.actor,
        }
        change.add("appraisal", row)
        for question in range(len(questions)):
            for score in range(1, score_max + 1):
                tally = {"appraisal_id": id, "question": question, "score": score, "voices": 0}
                change.add("appraisal_tally", tally)
        told = {"kind": kind, "from": from_on, "until": until_on, "is_anonymous": is_anonymous}
        change.audit("put_out", "appraisal", id, organisation=organisation.id, after=told)
        return _from(store.find(change.connection, id) or {})


def speak(bank: Bank, by: By, form: Form, volunteer: Volunteer, scores: Sequence[int]) -> None:
    """One voice, a score for each question, given by themselves. Refuses AppraisalNotOpen, NotAsked, AlreadySpoken."""
    _count(bank, by, form, volunteer, scores, {"channel": "kiosk", "keyed_by": None})


def key_in(bank: Bank, by: By, form: Form, volunteer: Volunteer, scores: Sequence[int]) -> None:
    """The same from a ballot on paper, keyed in by staff within the days of the form; it is still their one voice.
    Refuses AppraisalNotOpen, NotAsked, AlreadySpoken.
    """
    _count(bank, by, form, volunteer, scores, {"channel": "paper", "keyed_by": by.actor})


def open_to(bank: Bank, volunteer: Volunteer) -> list[Form]:
    """The forms that still ask this volunteer, the soonest to end first."""
    today = bank.today()
    with bank.store.reading() as connection:
        forms = [_from(row) for row in store.open_above(connection, volunteer.organisation_path, today)]
        concerned = store.concerned(connection, volunteer.id, _subjects(forms))
        home = households.households_of(bank, [(volunteer.id, today)]).get((volunteer.id, today))
        mine = persons.ids_of(connection, volunteer.id)
        voters = [*mine, *([home.id] if home else [])]
        spoken = store.spoken(connection, [form.id for form in forms], voters)

    def has_spoken(form: Form) -> bool:
        voices = {*mine, home.id} if home and form.voice == "household" else mine
        return any((form.id, voter) in spoken for voter in voices)

    return [form for form in forms if _asks(form, volunteer, concerned) and not has_spoken(form)]


def find(bank: Bank, id: UUID) -> Form | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id)
    return _from(row) if row else None


def page(bank: Bank, *, within: Sequence[str], after: Sequence[Any] | None, limit: int) -> Page[Form]:
    """Forms of these organisations and below, the newest first."""
    with bank.store.reading() as connection:
        found = store.page(connection, within=within, ended_before=None, after=after, limit=limit)
    return found.each(_from)


def results(bank: Bank, *, after: Sequence[Any] | None, limit: int) -> Page[Result]:
    """What came of all forms that are over, for everybody, the newest first."""
    with bank.store.reading() as connection:
        found = store.page(connection, within=None, ended_before=bank.today(), after=after, limit=limit)
        ids = [row["id"] for row in found.items]
        tallies, paper = store.tallies(connection, ids), store.on_paper(connection, ids)
    made = [_result(_from(row), tallies.get(row["id"], {}), paper.get(row["id"], 0)) for row in found.items]
    return Page(made, found.after)


def result(bank: Bank, form: Form) -> Result | None:
    """What came of a form; None before it is over."""
    if form.until_on >= bank.today():
        return None
    with bank.store.reading() as connection:
        tally, paper = store.tallies(connection, [form.id]), store.on_paper(connection, [form.id])
    return _result(form, tally.get(form.id, {}), paper.get(form.id, 0))


def _count(bank: Bank, by: By, form: Form, volunteer: Volunteer, scores: Sequence[int], how: Mapping[str, Any]) -> None:
    today = bank.today()
    if not form.from_on <= today <= form.until_on:
        raise Refused(AppraisalNotOpen(begins=form.from_on.isoformat(), ends=form.until_on.isoformat()))
    voter = _voter(bank, form, volunteer, today)
    with bank.changing(by) as change:
        if not _asks(form, volunteer, store.concerned(change.connection, volunteer.id, _subjects([form]))):
            raise Refused(NotAsked())
        if store.spoken(change.connection, [form.id], [voter, *persons.ids_of(change.connection, volunteer.id)]):
            raise Refused(AlreadySpoken())
        kept = None if form.is_anonymous else json.dumps(list(scores))
        row = {"appraisal_id": form.id, "voter_id": voter, "scores": kept, **how}
        try:
            change.add("appraisal_voice", row, unique="voter_id")
        except Taken:
            raise Refused(AlreadySpoken()) from None
        store.count(change.connection, form.id, scores)
        change.audit("speak", "appraisal", form.id, after={"channel": how["channel"]})


def _result(form: Form, tally: Mapping[int, Mapping[int, int]], on_paper: int) -> Result:
    voices = sum(tally.get(0, {}).values())
    is_few = voices == 0 or (form.is_anonymous and voices < FEW)
    total = sum(score * count for given in tally.values() for score, count in given.items())
    percent = None if is_few else total * 100 // (voices * len(form.questions) * form.score_max)
    return Result(
        form=form,
        voices=voices,
        on_paper=on_paper,
        percent=percent,
        stars=None if percent is None else sum(percent >= threshold for threshold in form.star_thresholds),
        questions=tuple(
            Answered(
                question=question,
                average_hundredths=None if is_few else _average(tally[at], voices),
                given=None if is_few else dict(tally[at]),
            )
            for at, question in enumerate(form.questions)
        ),
    )


def _average(given: Mapping[int, int], voices: int) -> int:
    return (200 * sum(score * count for score, count in given.items()) + voices) // (2 * voices)


def _voter(bank: Bank, form: Form, volunteer: Volunteer, on: date) -> UUID:
    """Whose voice it is: the household's where the form counts households and there is one."""
    home = households.households_of(bank, [(volunteer.id, on)]).get((volunteer.id, on))
    return home.id if form.voice == "household" and home else volunteer.id


def _asks(form: Form, volunteer: Volunteer, concerned: set[UUID]) -> bool:
    if not volunteer.organisation_path.startswith(form.organisation_path):
        return False
    return form.subject_id is None or form.subject_id in concerned


def _subjects(forms: Sequence[Form]) -> list[UUID]:
    return [form.subject_id for form in forms if form.subject_id is not None]


def _from(row: Mapping[str, Any]) -> Form:
    known = {name: row[name] for name in Form.__slots__}
    return Form(
        **known
        | {
            "questions": tuple(json.loads(row["questions"])),
            "star_thresholds": tuple(json.loads(row["star_thresholds"])),
            "is_anonymous": bool(row["is_anonymous"]),
        }
    )
