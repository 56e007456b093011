"""Disputes in the scenario: an entry said to be wrong twice, and something that is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from ledger.service.disputing import AnswerDispute, Dispute, Subject

if TYPE_CHECKING:
    from tests.reading.scenario import Scenario


def play(scenario: Scenario) -> None:
    """Ana's award stands; she asks again, and somebody puts it right. One of hers is not there at all."""
    seqs, ana = scenario.seqs, scenario.volunteers["ana"].id
    award = scenario.award_of("ana", 20, kind="teaching")
    seqs["award_disputed"] = scenario.post(award)
    home = scenario.community.id
    entry = Subject(volunteer=ana, organisation=home, seq=seqs["award_disputed"], record=award.id)
    lack = Subject(volunteer=ana, organisation=home, day=scenario.bank.today())
    for name, subject, code, outcome in (
        ("dispute", entry, "hours_wrong", "stands"),
        ("dispute_again", entry, "points_wrong", "corrected"),
        ("dispute_missing", lack, "missing", "passed_on"),
    ):
        made = Dispute(id=uuid4(), actor=ana, subject=subject, reason_code=code, words="示例")
        seqs[name] = scenario.post(made)
        answer = AnswerDispute(
            id=uuid4(),
            actor=scenario.second,
            dispute=made.id,
            record=subject.record,
            entered_by=scenario.staff if subject.record else None,
            outcome=outcome,
            reason="已核实",
        )
        seqs[f"{name}_answer"] = scenario.post(answer)
