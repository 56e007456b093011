"""An award, or another deed, that a notice comes before: posted when its last day has passed and every objection was
answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ledger.core.books import Books
from ledger.core.posting import Needs, Plan
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import ObjectionOpen, OnNotice
from ledger.service.awards import Award
from ledger.service.post_deed import PostDeed


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardAfterNotice:
    """What an award decides, once its notice lets it. Refuses OnNotice, ObjectionOpen, and as the award does."""

    award: Award | PostDeed
    notice: UUID
    """That shows the record before it is posted."""

    @property
    def id(self) -> UUID:
        return self.award.id

    @property
    def actor(self) -> UUID:
        return self.award.actor

    def needs(self) -> Needs:
        needs, record = self.award.needs(), self.award.id
        return needs._replace(
            rows=(
                *needs.rows,
                ("notice", "id", self.notice),
                ("objection", "record_id", record),
                ("objection_resolution", "record_id", record),
            )
        )

    def decide(self, facts: Books) -> Plan | Refusal:
        record = self.award.id
        (notice,) = facts.rows("notice", "id", self.notice)
        if facts.today <= notice["ends_on"]:
            return OnNotice(ends_on=notice["ends_on"].isoformat())
        answers = {
            row["objection_id"]: row["outcome"] for row in facts.rows("objection_resolution", "record_id", record)
        }
        objections = [row["id"] for row in facts.rows("objection", "record_id", record)]
        unanswered = sum(1 for objection in objections if answers.get(objection) != "dismissed")
        if unanswered:
            return ObjectionOpen(objections=unanswered)
        return self.award.decide(facts)
