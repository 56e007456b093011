"""A proposal at each of its stages, without a database."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from ledger.core.books import Books
from ledger.governance.found_rulebook import FoundRulebook
from ledger.governance.revisions import Revision
from ledger.governance.stages import PASSED, RETURNED, WITHDRAWAL, WITHDRAWN, Deliberation, Step
from ledger.governance.take_step import TakeStep
from ledger.governance.templates import Stage, read_template, template_text
from tests.core.given import TODAY, decided, number
from tests.core.given import books as empty

PROPOSAL, ESTATE, OTHER = number(0x70), number(0x71), number(0x72)
PEOPLE = tuple(number(0x80 + n) for n in range(6))
"""A proposer, then one person for each stage."""
TEXT = template_text("three_reviews")
STAGES = read_template(TEXT).stages
SOON = TODAY + timedelta(days=7)


def revision(**changed: Any) -> Revision:
    fields: dict[str, Any] = {
        "proposal": PROPOSAL,
        "revision": 0,
        "organisation": ESTATE,
        "kind": "rulebook",
        "subject": "example 2",
        "title": "修订",
        "reasons": "居民提出",
        "effective_from": SOON,
        "document": "code: example\nversion: 2\n",
        "template_text": TEXT,
        "proposed_by": PEOPLE[0],
    }
    return Revision(**fields | changed)


def votes(stage: Stage, *, present: int = 7, votes_for: int = 6, **more: Any) -> tuple[Deliberation, ...]:
    return tuple(Deliberation(body=body.id, present=present, votes_for=votes_for, **more) for body in stage.bodies)


def step(at: int, **changed: Any) -> TakeStep:
    """The n-th stage as it goes well, by the n-th person."""
    stage, person = STAGES[at], changed.pop("by", PEOPLE[at])
    fields: dict[str, Any] = {
        "proposal": PROPOSAL,
        "number": 0,
        "revision": 0,
        "stage": stage.id,
        "result": PASSED,
        "held_on": TODAY,
        "recorded_by": person,
        "deliberations": votes(stage),
    }
    brought = changed.pop("revision_of", revision() if stage.act == "propose" else None)
    made = Step(**fields | changed)
    id = number(0x200 + at)
    return TakeStep(id=id, actor=person, step=made, revision=brought, persons=("party_branch 示例甲",) if at else ())


def withdrawal(by: UUID = PEOPLE[0], reasons: str = "另行研究(示例)") -> TakeStep:
    made = Step(
        proposal=PROPOSAL, number=0, revision=0, stage=WITHDRAWAL, result=WITHDRAWN, held_on=TODAY, recorded_by=by,
        reasons=reasons,
    )  # fmt: skip
    return TakeStep(id=number(0x300), actor=by, step=made)


def returned(at: int) -> TakeStep:
    return step(at, result=RETURNED, reasons="分值过高(示例)", deliberations=())


def founding(**changed: Any) -> FoundRulebook:
    fields: dict[str, Any] = {
        "id": number(0x400),
        "actor": PEOPLE[0],
        "organisation": ESTATE,
        "code": "example",
        "version": 1,
        "effective_from": date(2020, 1, 1),
        "document": "code: example\nversion: 1\n",
    }
    return FoundRulebook(**fields | changed)


def known(*taken: TakeStep | FoundRulebook, today: date = TODAY) -> Books:
    """Books in which these were posted, one after the other."""
    made = empty(today=today)
    commands = (
        *taken,
        founding(),
        step(0),
        step(0, proposal=OTHER),
        step(0, revision_of=revision(subject="example 3")),
    )
    for asked in {row for command in commands for row in command.needs().rows}:
        made.know_rows(*asked, [])
    for command in taken:
        made.post(decided(command, made), command, b"salt")
    return made


def under_way(stages: int) -> Books:
    """A proposal that went so many of its stages."""
    return known(*(step(at) for at in range(stages)))
