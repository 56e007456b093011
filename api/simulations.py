"""Simulations: a draft over what was really done, before anybody votes on it. Nothing is posted."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api.fields import INTEGER_MAX, Day, Form
from api.problems import Fault, Problem
from api.rendering import Answer
from api.routes import Call, Routes
from api.rulebooks import draft_of
from api.scopes import SCOPES_OF, Scope
from ledger.governance import simulating, simulation_files, texts
from ledger.governance.simulating import Simulated
from ledger.rules import RulebookInvalid, load

routes = Routes("simulations")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DAYS_MAX = 3_700
PERSONS_MAX = 200


class Period(Form):
    """Over which days, both included; how many persons to tell of, from which on. `budget_points` is what money is
    set aside for.
    """

    since: Day
    until: Day
    budget_points: Annotated[int, Field(ge=0, le=INTEGER_MAX)] = 0
    limit: Annotated[int, Field(ge=1, le=PERSONS_MAX)] = 50
    offset: Annotated[int, Field(ge=0, le=INTEGER_MAX)] = 0


class FilePeriod(Form):
    """Over which days, and as what."""

    since: Day
    until: Day
    budget_points: Annotated[int, Field(ge=0, le=INTEGER_MAX)] = 0
    format: Literal["xlsx", "csv"] = "xlsx"


class SimulatedPersonAnswer(TypedDict):
    """What one volunteer was given, and would have been. `name` is a mask, null where this person may not see it."""

    volunteer_no: str
    name: str | None
    deeds: int
    given: int
    would_be: int
    change: int


class CappedAnswer(TypedDict):
    """A cap that bound, and how often."""

    of: str
    name: str
    per: str
    unit: str
    times: int


class RulePointsAnswer(TypedDict):
    """What a rule would have given in all; an empty id stands for no rule."""

    rule: str
    points: int


class LiabilityAnswer(TypedDict):
    """What the bank would owe, against the shelves and the budget. All in points, in the smallest unit."""

    outstanding: int
    would_be: int
    stock: int
    budget: int
    uncovered: int


class SimulationAnswer(TypedDict):
    """A draft over a period. Persons come with the largest changes first."""

    since: str
    until: str
    deeds: int
    given: int
    would_be: int
    change: int
    persons_count: int
    persons: list[SimulatedPersonAnswer]
    by_rule: list[RulePointsAnswer]
    capped: list[CappedAnswer]
    liability: LiabilityAnswer


@routes.post(
    "/rulebooks/<id:rulebook_id>/simulate",
    scope=Scope.PROPOSALS_RECORD,
    body=Period,
    answer=SimulationAnswer,
    status=200,
)
def simulate(call: Call, rulebook_id: UUID, form: Period) -> SimulationAnswer:
    """Assess the deeds of a period under a draft. Nothing is posted."""
    return _told(_simulated(call, rulebook_id, form.since, form.until, form.budget_points), call, form)


@routes.post(
    "/rulebooks/<id:rulebook_id>/simulate/file",
    scope=Scope.PROPOSALS_RECORD,
    body=FilePeriod,
    answer=str,
    status=200,
    media_type=XLSX,
    also="text/csv",
)
def simulate_to_file(call: Call, rulebook_id: UUID, form: FilePeriod) -> Answer:
    """The same as a workbook, or its persons as CSV."""
    done = _simulated(call, rulebook_id, form.since, form.until, form.budget_points)
    write, kind = {
        "xlsx": (simulation_files.as_xlsx, XLSX),
        "csv": (simulation_files.as_csv, "text/csv; charset=utf-8"),
    }[form.format]
    headers = {"Content-Disposition": f'attachment; filename="simulation.{form.format}"', "Cache-Control": "no-store"}
    return Answer(write(done, names=_sees_names(call)), headers=headers, media_type=kind)


def _simulated(call: Call, id: UUID, since: date, until: date, budget: int) -> Simulated:
    draft = draft_of(call, id)
    if until < since or (until - since).days > DAYS_MAX:
        raise Problem("invalid_request", faults=[Fault("/until", "out_of_range")])
    if draft.kind in ("price_list", "resolution"):
        raise Problem("not_found")
    try:
        document = texts.whole_rulebook(call.bank, draft.document, organisation_path=draft.organisation_path)
        book = load(document, points_scale=call.bank.charter.points_scale)
    except RulebookInvalid as error:
        raise Problem("rulebook_invalid", findings=error.findings) from None
    return simulating.simulated(
        call.bank, book, since=since, until=until, within=draft.organisation_path, budget=budget
    )


def _sees_names(call: Call) -> bool:
    """Whether this person may look volunteers up: then also the masks of their names."""
    return any(Scope.VOLUNTEERS_READ in SCOPES_OF[grant.role] for grant in call.actor.grants)


def _told(done: Simulated, call: Call, form: Period) -> SimulationAnswer:
    owed, sees = done.liability, _sees_names(call)
    return {
        "since": done.since.isoformat(),
        "until": done.until.isoformat(),
        "deeds": done.deeds,
        "given": done.given,
        "would_be": done.would_be,
        "change": done.change,
        "persons_count": len(done.persons),
        "persons": [
            {
                "volunteer_no": one.volunteer_no,
                "name": one.masked_name if sees else None,
                "deeds": one.deeds,
                "given": one.given,
                "would_be": one.would_be,
                "change": one.change,
            }
            for one in done.persons[form.offset : form.offset + form.limit]
        ],
        "by_rule": [{"rule": rule, "points": points} for rule, points in done.by_rule],
        "capped": [
            {"of": one.of, "name": one.name, "per": one.per, "unit": one.unit, "times": one.times}
            for one in done.capped
        ],
        "liability": {
            "outstanding": owed.outstanding,
            "would_be": owed.would_be,
            "stock": owed.stock,
            "budget": owed.budget,
            "uncovered": owed.uncovered,
        },
    }
