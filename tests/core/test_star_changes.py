"""Stars, proposed and decided: who is due, who may say so (not who was barred: star_barred), and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ledger.core.books import Books
from ledger.core.posting import Command
from ledger.core.refusals.postings import ReasonMissing, SamePerson
from ledger.core.refusals.precedence import REFUSALS
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import AlreadyDecided, NoticeRunning, StarBarred, StarChangeUnderWay, StarNotDue
from ledger.rules import Text, default_ladder
from ledger.service.star_changes import REJECT, star_level, stars_after
from tests.core.given import CLERK, TODAY, decided, number, refused
from tests.core.stars_golden import DEMOTING, LADDER, change, decide, granted, has, known, propose

BARRED = Text(zh="弄虚作假", en="falsified")

AGAINST_STARS: list[tuple[Command, Books, Refusal]] = [
    (propose(99), known(), StarNotDue(level=0)),
    (propose(300), known(decisions=[granted(2)]), StarNotDue(level=2)),
    (propose(100), known(decisions=[granted(2)]), StarNotDue(level=2)),
    (propose(), known([change()]), StarChangeUnderWay()),
    (propose(99), known([change()]), StarChangeUnderWay()),
    (propose(barred=BARRED), known(), StarBarred(reasons_zh="弄虚作假", reasons_en="falsified")),
    (decide(actor=CLERK), known([change()]), SamePerson()),
    (decide(), known([change()], [granted(2, of=70)]), AlreadyDecided()),
    (decide(actor=CLERK), known([change()], [granted(2, of=70)]), SamePerson()),
    (decide(REJECT), known([change()]), ReasonMissing()),
    (decide(REJECT, reason=" "), known([change()], [granted(2, of=70)]), ReasonMissing()),
    (decide(REJECT, reason="示例"), known([change()], [granted(0, of=70, decision=REJECT)]), AlreadyDecided()),
    (decide(), known([change(notice_until=TODAY)]), NoticeRunning(until="2026-03-02")),
    (decide(hours=299), known([change(notice_until=TODAY)]), NoticeRunning(until="2026-03-02")),
    (decide(hours=299), known([change()]), StarNotDue(level=0)),
    (decide(barred=BARRED), known([change()]), StarBarred(reasons_zh="弄虚作假", reasons_en="falsified")),
    (
        decide(judged=has(300, DEMOTING)),
        known([change(from_level=3, to_level=1)], [granted(3)]),
        StarNotDue(level=3),
    ),
]


@pytest.mark.parametrize(("command", "before", "why"), AGAINST_STARS, ids=lambda part: getattr(part, "code", ""))
def test_no_is_said_with_its_reason(command: Command, before: Books, why: Refusal) -> None:
    assert refused(command, before) == why


def test_the_order_is_the_published_one() -> None:
    order = [ReasonMissing, SamePerson, AlreadyDecided, StarChangeUnderWay, NoticeRunning, StarBarred, StarNotDue]
    assert sorted(order, key=REFUSALS.index) == order


def test_whoever_is_due_is_proposed_at_once_for_all_they_reached() -> None:
    plan = decided(propose(700), known())
    [row] = [record.row for record in plan.records]
    assert (row["from_level"], row["to_level"], row["notice_until"]) == (0, 3, date(2026, 3, 9))
    assert not plan.moves
    assert plan.detail == {"ladder": "stars", "from_level": 0, "to_level": 3, "notice_until": "2026-03-09"}
    assert row["inputs"] == (
        '{"standing":{"balance":0,"commendations":0,"minutes":{"clocked":42000},"points_gained":0,"points_taken":0,'
        '"services":0,"tenure_days":0}}'
    )


def test_the_banks_own_ladder_is_kept_with_what_it_was() -> None:
    own = replace(has(100, default_ladder((100, 250), 3)), rulebook=None)
    plan = decided(propose(judged=own), known())
    assert plan.rulebook is None
    assert plan.records[0].row["inputs"].startswith('{"ladder":{"hours":[100,250],"notice_days":3},')


def test_who_falls_below_is_proposed_for_less_only_where_the_ladder_demotes() -> None:
    before = known(decisions=[granted(3)])
    assert refused(propose(judged=has(100)), before) == StarNotDue(level=3)
    plan = decided(propose(judged=has(100, DEMOTING), barred=BARRED), before)  # a bar keeps nobody up
    assert plan.records[0].row["to_level"] == 1


def test_what_was_decided_does_not_stand_in_the_way() -> None:
    plan = decided(propose(600), known([change()], [granted(2, of=70)]))
    assert (plan.answer["from_level"], plan.answer["to_level"]) == (2, 3)


def test_a_change_on_another_ladder_does_not_stand_in_the_way() -> None:
    decided(propose(), known([change(ladder_id="years")]))


@pytest.mark.parametrize("until", [None, date(2026, 3, 1)])
def test_with_its_notice_over_a_star_is_granted_by_somebody_else(until: date | None) -> None:
    plan = decided(decide(), known([change(notice_until=until)]))
    [row] = [record.row for record in plan.records]
    assert (row["level"], row["star_level"], row["decision"]) == (2, 2, "approve")
    assert plan.detail == {"change_seq": 95, "decision": "approve"}
    assert (plan.answer["level"], plan.answer["star_level"]) == (2, 2)


def test_whoever_did_better_meanwhile_gets_what_was_on_notice() -> None:
    assert decided(decide(hours=5000), known([change()])).answer["level"] == 2


def test_whoever_did_worse_meanwhile_falls_as_far_as_was_on_notice() -> None:
    before = known([change(from_level=3, to_level=2)], [granted(3)])
    assert decided(decide(judged=has(0, DEMOTING)), before).answer["level"] == 2


def test_the_proposer_may_take_it_back_even_on_notice() -> None:
    plan = decided(decide(REJECT, actor=CLERK, reason="示例"), known([change(notice_until=TODAY)], [granted(1)]))
    assert (plan.answer["level"], plan.answer["star_level"]) == (0, 1)
    assert plan.why["reason"] == "示例"


def test_stars_are_the_highest_of_all_ladders() -> None:
    both = frozenset({"stars", "years"})
    assert stars_after([("years", 4)], "stars", 2, both) == 4
    assert stars_after([("years", 4), ("years", 1)], "stars", 2, both) == 2


def test_what_was_granted_on_a_ladder_that_is_gone_counts_until_the_new_one_spoke() -> None:
    assert stars_after([("old", 4)], "stars", 2, frozenset({"stars"})) == 2
    assert stars_after([("old", 4)], "stars", 2, frozenset({"stars", "years"})) == 4  # on `years`, as it was


def test_a_rejection_grants_nothing() -> None:
    rows: list[dict[str, Any]] = [granted(2), granted(0, of=61, decision=REJECT)]
    assert star_level(rows) == 2
    assert star_level(rows[1:]) == 0
    assert star_level([]) == 0


def test_a_ladder_names_who_decides() -> None:
    high = replace(LADDER.levels[2], approved_by="district")
    ladder = replace(LADDER, approved_by="community", levels=(*LADDER.levels[:2], high, *LADDER.levels[3:]))
    ways = {(0, 1): "community", (0, 3): "district", (3, 2): "district", (3, 4): "community", (2, 1): "community"}
    assert {way: ladder.approver(*way) for way in ways} == ways
    plan = decided(propose(judged=has(700, ladder), id=number(75)), known())
    assert plan.records[0].row["approved_by"] == "district"
