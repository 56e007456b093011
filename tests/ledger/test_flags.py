"""Counters raise flags that people act on; the audit knows each flag that had to be raised, and none besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.bank import Bank, By
from ledger.reading.check import check
from ledger.service import flags
from ledger.service.flags import AlreadyLifted
from tests.banks import STAFF, Clock
from tests.reading.tamper import tamper
from tests.towns import Town

NO_SHOWS = (Path(__file__).parents[1] / "stories/rulebooks/no_shows.yaml").read_text(encoding="utf-8")


def no_show(town: Town, times: int) -> None:
    for _ in range(times):
        assert town.deed("甲", "meeting", kind="no_show", tags=frozenset({"unexcused"})).posted


def standing(town: Town) -> list[str]:
    return [flag.flag for flag in flags.standing(town.bank, town.volunteer("甲").id)]


def test_the_fifth_no_show_of_a_year_is_flagged_and_nothing_is_moved(bank: Bank) -> None:
    town = Town(bank, NO_SHOWS)
    no_show(town, 4)
    assert standing(town) == ["warning"]
    no_show(town, 1)
    assert standing(town) == ["warning", "cancellation"]
    assert town.points("甲") == 0


def test_five_no_shows_over_two_years_are_not(bank: Bank, clock: Clock) -> None:
    town = Town(bank, NO_SHOWS)
    clock.set("2026-12-31")
    no_show(town, 4)
    clock.set("2027-01-01")
    no_show(town, 1)
    assert standing(town) == ["warning"]


def test_a_flag_ends_on_its_last_day(bank: Bank, clock: Clock) -> None:
    town = Town(bank, NO_SHOWS)
    no_show(town, 2)
    clock.forward(days=30)
    assert standing(town) == ["warning"]
    clock.forward(days=1)
    assert standing(town) == []


def test_penalties_add_up_to_the_blacklist_only_as_far_as_they_were_taken(bank: Bank) -> None:
    town = Town(bank, NO_SHOWS)
    town.deed("甲", "praise", value=350)
    assert town.deed("甲", "falsification", kind="penalty", value=250).answer["points"] == -250
    assert standing(town) == []
    last = town.deed("甲", "falsification", kind="penalty", value=250)
    assert (last.answer["points"], last.answer["debt_points"]) == (-100, 0), "what the wallet does not hold is dropped"
    assert standing(town) == ["blacklist"]
    assert last.seq is not None
    town.reverse(last.seq)
    assert standing(town) == [], "a flag falls with the deed that raised it"
    assert town.points("甲") == 100


def test_a_flag_is_lifted_once_with_a_reason_and_stays_on_record(bank: Bank) -> None:
    town = Town(bank, NO_SHOWS)
    no_show(town, 2)
    (flag,) = flags.standing(bank, town.volunteer("甲").id)
    lifted = flags.lift(bank, By(actor=STAFF), flag, "示例理由")
    assert (lifted.lift_reason, standing(town)) == ("示例理由", [])
    with pytest.raises(AlreadyLifted):
        flags.lift(bank, By(actor=STAFF), flag, "示例理由")
    within = [town.district.path]
    assert len(flags.page(bank, within=within, after=None, limit=9, with_past=True).items) == 1
    assert len(flags.page(bank, within=within, after=None, limit=9, with_past=False).items) == 0
    assert flags.page(bank, within=["elsewhere/"], after=None, limit=9, with_past=True).items == []


@pytest.mark.tampers
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM flag",
        "UPDATE flag SET last_day = '2026-03-02'",
        "UPDATE flag SET reached = 3",
        "UPDATE flag SET flag = 'reward'",
        "UPDATE flag SET seq = seq - 1",
    ],
)
def test_a_flag_that_was_changed_is_found(bank: Bank, bank_url: str, statement: str) -> None:
    town = Town(bank, NO_SHOWS)
    no_show(town, 2)
    assert list(check(bank.store, charter=bank.charter)) == []
    tamper(bank_url, statement)
    assert "award_wrong" in {finding.code for finding in check(bank.store, charter=bank.charter)}


RUN = """\
code: run
version: 1
title: {zh: 连续打卡(示例), en: Days without a gap (example)}
effective_from: 2020-01-01
posting: {policy: at_once}
lapse: {policy: never}
rules:
  - {id: sorting, title: {zh: 分类, en: Sorting}, deeds: [good_deed], points: 1, per: act}
  - {id: run, title: {zh: 连续三天, en: Three days}, deeds: [good_deed], adds: true, points: 5, per: fixed,
     occurrence: {counter: days, at_least: 3, at_most: 3}}
counters:
  - {id: days, title: {zh: 打卡, en: check-ins}, deeds: [good_deed], per: lifetime, consecutive: true}
"""


def test_three_days_without_a_gap_are_rewarded_unless_one_is_undone(bank: Bank, clock: Clock) -> None:
    town = Town(bank, RUN)
    given, seqs = [], []
    for _ in range(3):
        outcomes = [town.deed(name, "sorting") for name in "甲乙"]
        given.append([outcome.answer["points"] for outcome in outcomes])
        seqs.append(outcomes[1].seq or 0)
        if len(seqs) == 2:
            assert town.reverse(seqs[0]).posted
        clock.forward(days=1)
    assert given == [[1, 1], [1, 1], [6, 1]]
