"""What is put on record at one stage of a proposal, and its one spelling, whose digest stands in the public log.

Names of the persons present are no part of it: they stand in the transaction's private part, which can be erased.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.core.canonical import canonical_text, digest

PASSED, RETURNED, WITHDRAWN = "passed", "returned", "withdrawn"
RESULTS = (PASSED, RETURNED, WITHDRAWN)
WITHDRAWAL = "withdrawn"
"""The stage under which a withdrawal is recorded: it may follow any other before the decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliberation:
    """How one body voted, and what it had to say."""

    body: str
    present: int
    votes_for: int
    votes_against: int = 0
    votes_abstained: int = 0
    opinion: str = ""

    @property
    def votes(self) -> int:
        return self.votes_for + self.votes_against + self.votes_abstained


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that belongs to a stage, known by its digest for ever; its bytes may be erased."""

    name: str
    digest: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a proposal as it is recorded."""

    proposal: UUID
    number: int
    """From 1, over all revisions."""
    revision: int
    stage: str
    result: str
    held_on: date
    recorded_by: UUID
    reasons: str = ""
    minutes: str = ""
    deliberations: tuple[Deliberation, ...] = ()
    attachments: tuple[Attached, ...] = ()

    def record(self) -> str:
        """The step in its one spelling, without the person who recorded it."""
        told: dict[str, Any] = {
            "proposal": str(self.proposal),
            "number": self.number,
            "revision": self.revision,
            "stage": self.stage,
            "result": self.result,
            "held_on": self.held_on.isoformat(),
            "reasons": self.reasons,
            "minutes": self.minutes,
            "deliberations": [
                {name: getattr(one, name) for name in Deliberation.__slots__} for one in self.deliberations
            ],
            "attachments": [{name: getattr(one, name) for name in Attached.__slots__} for one in self.attachments],
        }
        return canonical_text(told)

    @property
    def digest(self) -> bytes:
        return digest(self.record().encode())


def step_from(row: Mapping[str, Any]) -> Step:
    """The step of a row. ValueError for a record that is not one."""
    try:
        told = json.loads(row["record"])
        return Step(
            proposal=row["proposal_id"],
            number=row["number"],
            revision=row["revision"],
            stage=row["stage"],
            result=row["result"],
            held_on=row["held_on"],
            recorded_by=row["recorded_by"],
            reasons=str(told["reasons"]),
            minutes=str(told["minutes"]),
            deliberations=tuple(Deliberation(**one) for one in told["deliberations"]),
            attachments=tuple(Attached(**one) for one in told["attachments"]),
        )
    except (KeyError, TypeError, RecursionError) as problem:
        raise ValueError(f"not the record of a step: {problem}") from problem
