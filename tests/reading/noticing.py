"""Notices in the scenario: what waits is shown, objected to, answered, posted; what was wrong is corrected."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from ledger.people.staff import NOBODY
from ledger.rules.reviews import Route
from ledger.service import reviews
from ledger.service.notice_lines import Line
from ledger.service.noticed import AwardAfterNotice
from ledger.service.objecting import DISMISSED, UPHELD, Object, ResolveObjection
from ledger.service.publish_notice import PublishNotice

if TYPE_CHECKING:
    from tests.reading.scenario import Scenario

DAYS = 2


def play(scenario: Scenario) -> None:
    """Ana's and Bo's records are on one notice; somebody objects to both, wrongly and rightly."""
    seqs = scenario.seqs
    hers, his = scenario.award_of("ana", 30), scenario.award_of("bo", 30)
    route = Route(policy="notice", notice_days=DAYS, working_days=False)
    for name, award in (("claim_noticed", hers), ("claim_fallen", his)):
        seqs[name] = scenario.post(reviews.hand_in(award, id=uuid4(), reviews_needed=0, route=route))
    shown = [_line(hers.id, "before", hers.volunteer.id), _line(his.id, "before", his.volunteer.id)]
    notice = _publish(scenario, "service", "before", shown)
    seqs["notice"] = scenario.post(notice)
    ids = {"objection_dismissed": uuid4(), "objection_upheld": uuid4()}
    for number, (name, id) in enumerate(ids.items(), 1):
        of = shown[number - 1]
        seqs[name] = scenario.post(
            Object(
                id=id,
                actor=NOBODY,
                notice=notice.id,
                number=number,
                line=of.id,
                record=of.record_id,
                ends_on=scenario.bank.today() + timedelta(days=DAYS),
                receipt_no=f"{number:012}",
                reason="没有来",
            )
        )
        outcome = UPHELD if name == "objection_upheld" else DISMISSED
        resolved = ResolveObjection(
            id=uuid4(), actor=scenario.second, objection=id, record=of.record_id, outcome=outcome, reason="已核实"
        )
        seqs[outcome] = scenario.post(resolved)
    scenario.clock.set(scenario.bank.today() + timedelta(days=DAYS + 1))
    seqs["award_noticed"] = scenario.post(AwardAfterNotice(award=hers, notice=notice.id))
    seqs["correction"] = scenario.post(
        _publish(scenario, "correction", "after", [_line(his.id, "corrects", his.volunteer.id, shown[1].id)])
    )
    after = [_line(hers.id, "after", hers.volunteer.id)]
    seqs["notice_after"] = scenario.post(_publish(scenario, "service", "after", after))


def _publish(scenario: Scenario, kind: str, stage: str, lines: list[Line]) -> PublishNotice:
    return PublishNotice(
        id=uuid4(),
        actor=scenario.staff,
        organisation=scenario.community.id,
        kind=kind,
        stage=stage,
        title="示例公示",
        days=DAYS,
        in_working_days=False,
        is_working=lambda _: True,
        lines=tuple(lines),
    )


def _line(record: UUID, stage: str, volunteer: UUID, corrects: UUID | None = None) -> Line:
    return Line(
        id=uuid4(),
        once=f"{stage} {corrects or record}",
        shown={"tail": "0001", "minutes": 30},
        salt=bytes(32),
        record_id=record,
        volunteer_id=volunteer,
        corrects_id=corrects,
    )
