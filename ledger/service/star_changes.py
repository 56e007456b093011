"""Changes of stars as postings without moves: who proposed a promotion or demotion on what grounds, and who decided, is
in the books for ever, and of two at once the second sees the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from ledger.core.accounts import POINTS, Owner
from ledger.core.books import Books
from ledger.core.canonical import canonical_text
from ledger.core.entries import Kind
from ledger.core.posting import Needs, Plan, Record
from ledger.core.refusals.postings import ReasonMissing, SamePerson
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import AlreadyDecided, NoticeRunning, StarBarred, StarChangeUnderWay, StarNotDue
from ledger.rules import Ladder, Standing, Text, held_level, standing_recorded

APPROVE = "approve"
REJECT = "reject"
CHANGES = "star_change"
DECISIONS = "star_decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What somebody has by one ladder, and as of which day and seq that was read."""

    ladder: Ladder
    ladders: frozenset[str]
    """The ids of all ladders of its book."""
    rulebook: tuple[str, int] | None
    """Whose ladder it is; None: no book has one, and the bank's own holds."""
    points_scale: int
    standing: Standing
    measured_on: date
    as_of_seq: int

    @property
    def inputs(self) -> str:
        """What it rests on, enough to judge again."""
        kept: dict[str, Any] = {"standing": standing_recorded(self.standing)}
        if self.rulebook is None:
            hours = [rung.hours for rung in self.ladder.levels]
            kept["ladder"] = {"hours": hours, "notice_days": self.ladder.notice_days}
        return canonical_text(kept)

    def due(self, held: int) -> int:
        """The level due to somebody who holds this one."""
        return self.ladder.next_level(held, self.standing)

    def because(self, held: int, level: int) -> Text:
        return self.ladder.because(held, level, self.standing, self.points_scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeStars:
    """Somebody is due for another level of a ladder: it is proposed, and put on notice if the ladder asks for it.

    Refuses StarChangeUnderWay, StarNotDue, StarBarred.
    """

    id: UUID
    """Of the change and of its transaction."""
    actor: UUID
    volunteer: Owner
    organisation: UUID
    """The volunteer's."""
    judged: Judged
    notice_until: date | None
    """The last day of the notice; None where the ladder asks for none."""
    barred: Text | None = None
    """Why the rulebook gives them no stars today."""

    def needs(self) -> Needs:
        return _needs(self.volunteer)

    def decide(self, facts: Books) -> Plan | Refusal:
        ladder, volunteer = self.judged.ladder, self.volunteer.id
        changes = facts.rows(CHANGES, "volunteer_id", volunteer)
        decided = facts.rows(DECISIONS, "volunteer_id", volunteer)
        closed = {row["change_id"] for row in decided}
        if any(row["ladder_id"] == ladder.id and row["id"] not in closed for row in changes):
            return StarChangeUnderWay()
        held = held_level(granted(decided), ladder.id, self.judged.ladders)
        level = self.judged.due(held)
        if level == held:
            return StarNotDue(level=held)
        if self.barred is not None and level > held:
            return StarBarred(reasons_zh=self.barred.zh, reasons_en=self.barred.en)
        row = {
            "id": self.id,
            "seq": None,
            "volunteer_id": volunteer,
            "organisation_id": self.organisation,
            "ladder_id": ladder.id,
            "from_level": held,
            "to_level": level,
            "measured_on": self.judged.measured_on,
            "as_of_seq": self.judged.as_of_seq,
            "inputs": self.judged.inputs,
            "notice_until": self.notice_until,
            "approved_by": ladder.approver(held, level) or "",
            "recorded_by": self.actor,
        }
        return Plan(
            kind=Kind.STAR_CHANGE,
            effective_on=facts.today,
            rulebook=self.judged.rulebook,
            detail=change_detail(ladder.id, held, level, self.notice_until),
            why={"change": self.id.hex},
            records=(Record(CHANGES, row),),
            answer={
                "id": str(self.id),
                "from_level": held,
                "to_level": level,
                "notice_until": self.notice_until.isoformat() if self.notice_until else None,
            },
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideStars:
    """The word of those who grant stars on one change: approved it is in force at once, rejected it is over.

    What was proposed must still be due; the notice must be over. A rejection says why, and may be the proposer's own.
    Refuses ReasonMissing, SamePerson, AlreadyDecided, NoticeRunning, StarBarred, StarNotDue.
    """

    id: UUID
    actor: UUID
    change_id: UUID
    volunteer: Owner
    judged: Judged
    decision: str
    reason: str = field(default="")
    barred: Text | None = None

    def needs(self) -> Needs:
        needed = _needs(self.volunteer)
        return needed._replace(rows=(*needed.rows, (CHANGES, "id", self.change_id)))

    def decide(self, facts: Books) -> Plan | Refusal:
        (change,) = facts.rows(CHANGES, "id", self.change_id)
        decided = facts.rows(DECISIONS, "volunteer_id", self.volunteer.id)
        refused = self._refused(facts, change, decided)
        if refused is not None:
            return refused
        after, stars = change["from_level"], star_level(decided)
        if self.decision == APPROVE:
            after = change["to_level"]
            stars = stars_after(granted(decided), change["ladder_id"], after, self.judged.ladders)
        row = {
            "id": self.id,
            "seq": None,
            "change_id": self.change_id,
            "volunteer_id": self.volunteer.id,
            "decision": self.decision,
            "ladder_id": change["ladder_id"],
            "level": after,
            "star_level": stars,
            "measured_on": self.judged.measured_on,
            "as_of_seq": self.judged.as_of_seq,
            "inputs": self.judged.inputs,
            "recorded_by": self.actor,
        }
        return Plan(
            kind=Kind.STAR_DECISION,
            effective_on=facts.today,
            rulebook=self.judged.rulebook,
            detail=decision_detail(change["seq"], self.decision),
            why={"change": self.change_id.hex} | ({"reason": self.reason} if self.reason else {}),
            records=(Record(DECISIONS, row),),
            answer={"id": str(self.change_id), "decision": self.decision, "level": after, "star_level": stars},
        )

    def _refused(self, facts: Books, change: Mapping[str, Any], decided: Sequence[Mapping[str, Any]]) -> Refusal | None:
        if self.decision == REJECT and not self.reason.strip():
            return ReasonMissing()
        if self.decision == APPROVE and self.actor == change["recorded_by"]:
            return SamePerson()
        if any(row["change_id"] == self.change_id for row in decided):
            return AlreadyDecided()
        if self.decision == REJECT:
            return None
        until = change["notice_until"]
        if until is not None and facts.today <= until:
            return NoticeRunning(until=until.isoformat())
        held, level = change["from_level"], change["to_level"]
        if self.barred is not None and level > held:
            return StarBarred(reasons_zh=self.barred.zh, reasons_en=self.barred.en)
        return None if still_due(self.judged.due(held), held, level) else StarNotDue(level=held)


def still_due(due: int, held: int, level: int) -> bool:
    """Whether somebody who is now due for `due` may still go from `held` to `level`: all the way up, or down."""
    return due >= level if level > held else due <= level


def granted(decided: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    """(ladder, level) of what was approved."""
    return [(row["ladder_id"], row["level"]) for row in decided if row["decision"] == APPROVE]


def stars_after(before: Sequence[tuple[str, int]], ladder: str, level: int, ladders: frozenset[str]) -> int:
    """The stars somebody has once they hold this level: the highest on any ladder in force for them."""
    now = [*before, (ladder, level)]
    return max(held_level(now, one, ladders) for one in ladders | {ladder})


def star_level(decided: Sequence[Mapping[str, Any]]) -> int:
    """The stars that the latest approval left somebody with."""
    return next((row["star_level"] for row in reversed(decided) if row["decision"] == APPROVE), 0)


def change_detail(ladder: str, held: int, level: int, notice_until: date | None) -> dict[str, str | int]:
    """What the public entry says of a change."""
    until = {"notice_until": notice_until.isoformat()} if notice_until else {}
    return {"ladder": ladder, "from_level": held, "to_level": level, **until}


def decision_detail(change_seq: int, decision: str) -> dict[str, str | int]:
    """What the public entry says of a decision."""
    return {"change_seq": change_seq, "decision": decision}


def _needs(volunteer: Owner) -> Needs:
    rows = ((CHANGES, "volunteer_id", volunteer.id), (DECISIONS, "volunteer_id", volunteer.id))
    return Needs(holdings=((volunteer, POINTS),), rows=rows)
