"""Proposals: a draft is made one, goes its stages by other people each, and comes to a decision in the open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Request
from ledger.governance.chain import Chain
from ledger.governance.drafts import Draft
from ledger.governance.revisions import Revision, revision_from
from ledger.governance.stages import PASSED, WITHDRAWAL, WITHDRAWN, Attached, Deliberation, Step, step_from
from ledger.governance.take_step import TakeStep
from ledger.governance.templates import read_template, template_text
from ledger.governance.texts import whole
from ledger.store import proposals as store
from ledger.store.rows import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step as it stands in the books."""

    step: Step
    seq: int
    """Of its transaction, which is its entry in the public log."""
    persons: tuple[str, ...] | None
    """Names of those present, each behind its body; None where they were erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A proposal and all that became of it."""

    id: UUID
    organisation_id: UUID
    organisation_path: str
    organisation_name: str
    revisions: tuple[Revision, ...]
    taken: tuple[Taken, ...]

    @property
    def current(self) -> Revision:
        return self.revisions[-1]

    @property
    def chain(self) -> Chain:
        return Chain(
            template=self.revisions[0].template,
            steps=tuple(taken.step for taken in self.taken),
            effective_from=self.current.effective_from,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What happened at one stage, as whoever records it says."""

    stage: str
    result: str
    held_on: date
    reasons: str = ""
    minutes: str = ""
    deliberations: tuple[Deliberation, ...] = ()
    persons: tuple[str, ...] = ()
    attachments: tuple[Attached, ...] = ()


def propose(bank: Bank, by: By, request: Request, draft: Draft, *, held: Held | None = None) -> Outcome:
    """Make a draft a proposal, or a returned proposal's next revision: the text as it is now goes its way.

    Raises RulebookInvalid where the text is not whole. Refuses as `TakeStep` does.
    """
    text = whole(bank, draft, organisation_path=draft.organisation_path)
    template = template_text(draft.template)
    revision = Revision(
        proposal=draft.id,
        revision=0,
        organisation=draft.organisation_id,
        kind=draft.kind,
        subject=text.subject,
        title=draft.title,
        reasons=draft.reasons,
        effective_from=text.effective_from,
        document=text.document,
        template_text=template,
        proposed_by=by.actor,
    )
    said = held or Held(stage=read_template(template).stages[0].id, result=PASSED, held_on=bank.today())
    return _take(bank, by, request, draft.id, said, revision)


def record(bank: Bank, by: By, request: Request, proposal: UUID, held: Held) -> Outcome:
    """Record what came of one stage: passed on, or returned to the proposer with reasons."""
    return _take(bank, by, request, proposal, held, None)


def withdraw(bank: Bank, by: By, request: Request, proposal: UUID, *, reasons: str) -> Outcome:
    """Take a proposal back, by whoever made it, before it is decided."""
    held = Held(stage=WITHDRAWAL, result=WITHDRAWN, held_on=bank.today(), reasons=reasons)
    return _take(bank, by, request, proposal, held, None)


def _take(bank: Bank, by: By, request: Request, proposal: UUID, held: Held, revision: Revision | None) -> Outcome:
    step = Step(
        proposal=proposal,
        number=0,
        revision=0,
        stage=held.stage,
        result=held.result,
        held_on=held.held_on,
        recorded_by=by.actor,
        reasons=held.reasons,
        minutes=held.minutes,
        deliberations=held.deliberations,
        attachments=held.attachments,
    )
    command = TakeStep(
        id=bank.world.new_id(), actor=by.actor, step=step, revision=revision, persons=tuple(held.persons)
    )
    return bank.submit(command, request)


def find(bank: Bank, id: UUID) -> Proposal | None:
    return next(iter(find_all(bank, [id])), None)


def find_all(bank: Bank, ids: Sequence[UUID]) -> list[Proposal]:
    """Those there are of these, in the order asked."""
    with bank.store.reading() as connection:
        revisions, steps = store.revisions(connection, ids), store.steps(connection, ids)
    by_id: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    taken: dict[UUID, list[Taken]] = defaultdict(list)
    for row in revisions:
        by_id[row["proposal_id"]].append(row)
    for row in steps:
        persons = None if row["persons"] is None else tuple(row["persons"])
        taken[row["proposal_id"]].append(Taken(step=step_from(row), seq=row["seq"], persons=persons))
    return [
        Proposal(
            id=id,
            organisation_id=by_id[id][0]["organisation_id"],
            organisation_path=by_id[id][0]["organisation_path"],
            organisation_name=by_id[id][0]["name"],
            revisions=tuple(revision_from(row) for row in by_id[id]),
            taken=tuple(taken[id]),
        )
        for id in ids
        if id in by_id
    ]


def page(
    bank: Bank, *, after: Sequence[Any] | None, limit: int, kind: str | None = None, organisation: UUID | None = None
) -> Page[Proposal]:
    """Proposals, the newest first."""
    with bank.store.reading() as connection:
        found = store.page(connection, after=after, limit=limit, kind=kind, organisation_id=organisation)
    return Page(find_all(bank, found.items), found.after)
