"""The way of one proposal so far, and what may be done next: the one place that decides it, for whoever records a step
and for whoever proves later that it was right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from ledger.core.refusals.governance import (
    BodyMissing,
    DayBeforeLastStep,
    OnlyTheProposer,
    OtherStageNext,
    ProposalClosed,
    RetroactiveDate,
    StageNeedsAnotherPerson,
    VoteNotCarried,
    VotesWrong,
)
from ledger.core.refusals.postings import FutureDay, ReasonMissing
from ledger.core.refusals.refusal import Refusal
from ledger.governance.stages import PASSED, RETURNED, WITHDRAWAL, WITHDRAWN, Step
from ledger.governance.templates import Stage, Template

IN_REVIEW, DECIDED = "in_review", "decided"
STATES = (IN_REVIEW, RETURNED, WITHDRAWN, DECIDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A template and the steps taken under it, the oldest first. An empty one is a proposal about to be made."""

    template: Template
    steps: tuple[Step, ...] = ()
    effective_from: date | None = None
    """Of the current revision; None where nothing comes into force."""

    @property
    def revision(self) -> int:
        return self.steps[-1].revision if self.steps else 0

    @property
    def proposer(self) -> UUID | None:
        return self.steps[0].recorded_by if self.steps else None

    @property
    def state(self) -> str:
        last = self.steps[-1] if self.steps else None
        if last is None or last.result == RETURNED:
            return RETURNED
        if last.result == WITHDRAWN:
            return WITHDRAWN
        return DECIDED if last.stage == self.template.stages[-1].id else IN_REVIEW

    @property
    def next_stage(self) -> Stage | None:
        """Whose turn it is; the first again after a return; None when it is over."""
        if self.state in (WITHDRAWN, DECIDED):
            return None
        if self.state == RETURNED:
            return self.template.stages[0]
        ids = [stage.id for stage in self.template.stages]
        return self.template.stages[ids.index(self.steps[-1].stage) + 1]

    def refusal(self, step: Step, today: date) -> Refusal | None:
        """Why this step cannot be taken on that day; None if it can.

        Refuses ReasonMissing, FutureDay, ProposalClosed, OtherStageNext, OnlyTheProposer, StageNeedsAnotherPerson,
        DayBeforeLastStep, BodyMissing, VotesWrong, VoteNotCarried, RetroactiveDate.
        """
        expected = self.next_stage
        if step.result != PASSED and not step.reasons.strip():
            return ReasonMissing()
        if step.held_on > today:
            return FutureDay(on=step.held_on.isoformat(), today=today.isoformat())
        if expected is None:
            return ProposalClosed(state=self.state)
        if step.stage == WITHDRAWAL:
            return OnlyTheProposer() if step.recorded_by != self.proposer else self._too_early(step)
        if step.stage != expected.id:
            return OtherStageNext(asked=step.stage, expected=expected.id)
        if expected.act == "propose":
            if self.proposer is not None and step.recorded_by != self.proposer:
                return OnlyTheProposer()
        else:
            acted = self._acted(step.recorded_by, besides=step.stage)
            if acted is not None:
                return StageNeedsAnotherPerson(stage=acted)
        return self._too_early(step) or _votes(expected, step) or self._retroactive(expected, step, today)

    def _acted(self, person: UUID, *, besides: str) -> str | None:
        """Another stage that this person recorded, in whichever revision."""
        return next((s.stage for s in self.steps if s.recorded_by == person and s.stage != besides), None)

    def _too_early(self, step: Step) -> Refusal | None:
        last = self.steps[-1].held_on if self.steps else step.held_on
        if step.held_on < last:
            return DayBeforeLastStep(on=step.held_on.isoformat(), last=last.isoformat())
        return None

    def _retroactive(self, stage: Stage, step: Step, today: date) -> Refusal | None:
        """What is decided comes into force after the day it is published on."""
        if self.effective_from is None or step.result != PASSED or stage.act == "review":
            return None
        earliest = today + timedelta(days=stage.days_before_in_force)
        if self.effective_from < earliest:
            return RetroactiveDate(effective_from=self.effective_from.isoformat(), earliest=earliest.isoformat())
        return None


def _votes(stage: Stage, step: Step) -> Refusal | None:
    """What passes was voted on by every body, and each agreed; what is returned may have been."""
    told = {one.body: one for one in step.deliberations}
    for body in stage.bodies:
        one = told.get(body.id)
        if one is None:
            if step.result == PASSED:
                return BodyMissing(body=body.id)
            continue
        if one.votes > one.present or min(one.votes_for, one.votes_against, one.votes_abstained) < 0:
            return VotesWrong(body=body.id, votes=one.votes, present=one.present)
        if step.result == PASSED and not body.agrees(one.votes_for, one.present):
            return VoteNotCarried(body=body.id, votes_for=one.votes_for, present=one.present)
    expected = [body.id for body in stage.bodies]
    for one in step.deliberations:
        if one.body not in expected:
            return BodyMissing(body=one.body)
        expected.remove(one.body)
    return None


def live(steps: Sequence[Step], template: Template) -> bool:
    """Whether a proposal with these steps may still come to a decision."""
    return Chain(template=template, steps=tuple(steps)).next_stage is not None
