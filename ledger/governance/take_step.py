"""One step of a proposal: made, revised, passed, returned, withdrawn, published. It moves nothing, and it is an entry.

The last step is the decision itself: what it puts into force is written in the same transaction, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from ledger.core.books import Books
from ledger.core.canonical import digest
from ledger.core.entries import Kind
from ledger.core.posting import Needs, Plan, Record
from ledger.core.refusals.governance import SubjectChanged, VersionTaken
from ledger.core.refusals.refusal import Refusal
from ledger.governance.chain import Chain, live
from ledger.governance.revisions import DECISIONS, Revision, revision_from
from ledger.governance.stages import PASSED, Step, step_from
from ledger.governance.templates import read_template

REVISIONS, STEPS = "proposal_revision", "proposal_step"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep:
    """Record one step of a proposal; with `revision`, make the proposal or its next revision.

    Number and revision of the step are the books' to say. Refuses what `Chain.refusal` refuses, SubjectChanged,
    VersionTaken.
    """

    id: UUID
    """Of the step and of its transaction."""
    actor: UUID
    step: Step
    revision: Revision | None = None
    persons: tuple[str, ...] = field(default=(), repr=False)
    """Names of those present, each after its body: kept in private, and erasable."""

    def needs(self) -> Needs:
        proposal = self.step.proposal
        asked: list[tuple[str, str, UUID | str]] = [
            (REVISIONS, "proposal_id", proposal),
            (STEPS, "proposal_id", proposal),
        ]
        if self.revision is not None:
            asked += [
                (REVISIONS, "subject", self.revision.subject),
                (STEPS, "subject", self.revision.subject),
            ]
            if self.revision.code_and_version is not None:
                asked.append(("rulebook", "code", self.revision.code_and_version[0]))
        return Needs(rows=tuple(asked))

    def decide(self, facts: Books) -> Plan | Refusal:
        known = [revision_from(row) for row in facts.rows(REVISIONS, "proposal_id", self.step.proposal)]
        taken = tuple(step_from(row) for row in facts.rows(STEPS, "proposal_id", self.step.proposal))
        current = known[-1] if known else None
        if self.revision is not None:
            proposed = replace(self.revision, revision=len(known) + 1)
        elif current is not None:
            proposed = current
        else:
            raise LookupError(f"there is no proposal {self.step.proposal}: its first step brings a revision")
        # A proposal keeps the template it was made under, whatever the files say by now.
        template = (known[0] if known else proposed).template
        chain = Chain(template=template, steps=taken, effective_from=_effective(proposed))
        step = replace(self.step, number=len(taken) + 1, revision=proposed.revision)
        refusal = chain.refusal(step, facts.today)
        if refusal is not None:
            return refusal
        if self.revision is not None:
            if current is not None and current.subject != proposed.subject:
                return SubjectChanged(expected=current.subject, given=proposed.subject)
            if self._is_taken(facts, proposed):
                return VersionTaken(subject=proposed.subject)
            proposed = replace(proposed, template_text=(known[0] if known else proposed).template_text)
        return self._plan(facts, chain, proposed, step)

    def _is_taken(self, facts: Books, proposed: Revision) -> bool:
        """Whether a rulebook in force, or another proposal that may still come to one, is of the same subject."""
        if proposed.code_and_version is not None and any(
            row["version"] == proposed.code_and_version[1]
            for row in facts.rows("rulebook", "code", proposed.code_and_version[0])
        ):
            return True
        steps: dict[UUID, list[Step]] = {}
        for row in facts.rows(STEPS, "subject", proposed.subject):
            if row["proposal_id"] != proposed.proposal:
                steps.setdefault(row["proposal_id"], []).append(step_from(row))
        texts = {row["proposal_id"]: row["template"] for row in facts.rows(REVISIONS, "subject", proposed.subject)}
        return any(live(taken, read_template(texts[id])) for id, taken in steps.items())

    def _plan(self, facts: Books, chain: Chain, proposed: Revision, step: Step) -> Plan:
        is_decision = step.stage == chain.template.stages[-1].id and step.result == PASSED
        after = replace(chain, steps=(*chain.steps, step))
        records = [Record(STEPS, step_row(self.id, step, proposed.subject))]
        if self.revision is not None:
            records.append(Record(REVISIONS, proposed.row(self.id)))
        if is_decision:
            records += decided(proposed, facts.now)
        return Plan(
            kind=DECISIONS[proposed.kind] if is_decision else Kind.PROPOSAL_STEP,
            effective_on=facts.today,
            rulebook=proposed.code_and_version if is_decision else None,
            detail=step_detail(step, proposed),
            why={"persons": list(self.persons)} if self.persons else {},
            records=records,
            answer={
                "id": str(step.proposal),
                "number": step.number,
                "revision": step.revision,
                "stage": step.stage,
                "result": step.result,
                "state": after.state,
            },
        )


def _effective(proposed: Revision) -> date | None:
    return None if DECISIONS[proposed.kind] is Kind.RESOLUTION else proposed.effective_from


def step_detail(step: Step, proposed: Revision) -> dict[str, str | int]:
    """What the public entry says of a step: which, how it ended, and the digests of its record and of the text."""
    told: dict[str, str | int] = {
        "proposal": str(step.proposal),
        "revision": step.revision,
        "stage": step.stage,
        "result": step.result,
        "record": step.digest.hex(),
        "document": proposed.digest.hex(),
        "template": digest(proposed.template_text.encode()).hex(),
        "subject": proposed.subject,
    }
    if DECISIONS[proposed.kind] is not Kind.RESOLUTION:
        told["effective_from"] = proposed.effective_from.isoformat()
    return told


def step_row(id: UUID, step: Step, subject: str) -> dict[str, object]:
    return {
        "id": id,
        "seq": None,
        "proposal_id": step.proposal,
        "number": step.number,
        "revision": step.revision,
        "subject": subject,
        "stage": step.stage,
        "result": step.result,
        "held_on": step.held_on,
        "recorded_by": step.recorded_by,
        "record": step.record(),
        "digest": step.digest,
    }


def decided(proposed: Revision, now: int) -> list[Record]:
    """The row that a decision puts into force; none for a resolution."""
    kind = DECISIONS[proposed.kind]
    row = {
        "id": proposed.proposal,
        "seq": None,
        "organisation_id": proposed.organisation,
        "effective_from": proposed.effective_from,
        "document": proposed.document,
        "digest": proposed.digest,
        "recorded_at": now,
    }
    if proposed.code_and_version is not None:
        code, version = proposed.code_and_version
        return [Record("rulebook", row | {"code": code, "version": version})]
    return [Record("price_list", row)] if kind is Kind.PRICE_LIST else []
