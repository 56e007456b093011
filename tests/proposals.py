"""Rulebooks brought into force the way they must be: proposed, reviewed, ratified and published by five people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Request
from ledger.core.canonical import digest
from ledger.governance import drafts, proposals
from ledger.governance.drafts import Draft
from ledger.governance.proposals import Held
from ledger.governance.stages import PASSED, Deliberation
from ledger.governance.templates import Stage, read_template, template_text
from ledger.people.organisations import Organisation

CLIENT = "town-hall"
PEOPLE = tuple(UUID(int=0x7 << 76 | 0x2 << 62 | 0x9000 + n) for n in range(8))
"""A proposer, then one person for each stage."""


def request(bank: Bank, asked: str) -> Request:
    """Asked once, under a key of its own."""
    return Request(CLIENT, bank.world.new_id().hex, digest(asked.encode()))


def agreed(bank: Bank, stage: Stage, result: str = PASSED, **changed: object) -> Held:
    """Every body of the stage voted six to none, one abstained; 示例 people were there."""
    bodies = stage.bodies
    held = Held(
        stage=stage.id,
        result=result,
        held_on=bank.today(),
        deliberations=tuple(
            Deliberation(body=body.id, present=7, votes_for=6, votes_abstained=1, opinion="同意(示例)")
            for body in bodies
        ),
        persons=tuple(f"{body.id} 示例{stem}" for body in bodies for stem in "甲乙丙"),
        minutes="会议记录(示例)",
    )
    return replace(held, **changed)  # type: ignore[arg-type]


def drafted(
    bank: Bank, organisation: Organisation, document: str, *, kind: str = "rulebook", template: str = "three_reviews"
) -> Draft:
    return drafts.draft(
        bank,
        By(actor=PEOPLE[0]),
        organisation=organisation,
        kind=kind,
        template=template,
        title="积分规则修订(示例)",
        reasons="居民提出(示例)",
        document=document,
    )


def carried(
    bank: Bank,
    organisation: Organisation,
    document: str,
    *,
    kind: str = "rulebook",
    template: str = "three_reviews",
    people: Sequence[UUID] = PEOPLE,
) -> UUID:
    """The id of a proposal that went all its stages: what it decides is written."""
    draft = drafted(bank, organisation, document, kind=kind, template=template)
    for stage, person in zip(read_template(template_text(template)).stages, people, strict=False):
        outcome = step(bank, draft, stage, person)
        assert outcome.posted, outcome.answer
    return draft.id


def step(bank: Bank, draft: Draft, stage: Stage, person: UUID, **changed: object) -> Outcome:
    """One stage of a proposal, agreed to by all."""
    by, held = By(actor=person), agreed(bank, stage, **changed)  # type: ignore[arg-type]
    if stage.act == "propose":
        return proposals.propose(bank, by, request(bank, f"propose {draft.id}"), draft, held=held)
    return proposals.record(bank, by, request(bank, f"{stage.id} {draft.id}"), draft.id, held)
