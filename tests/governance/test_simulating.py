"""A draft over past deeds: who would have got what, and not a byte of the bank is different afterwards."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import openpyxl  # type: ignore[import-untyped]
import pytest
from sqlalchemy import text

from ledger.bank import Bank, By
from ledger.core.accounts import OwnerKind
from ledger.governance.simulating import simulated
from ledger.governance.simulation_files import as_csv, as_xlsx
from ledger.people import closings, households
from ledger.rules import Rulebook, book, load
from ledger.store.schema import metadata
from tests.banks import STAFF
from tests.towns import Town

BY = By(actor=STAFF)

DEARER = book("kunshan").replace("    points: 10\n", "    points: 12\n")
CAPPED = DEARER.replace("    points: 12\n", "    points: 12\n    caps: [{per: day, minutes: 120}]\n")


def a_book(document: str) -> Rulebook:
    return load(document, points_scale=0)


@pytest.fixture
def town(bank: Bank) -> Town:
    made = Town(bank, "kunshan")
    for name, minutes in (("甲", 60), ("甲", 120), ("乙", 30)):
        assert made.award(name, minutes).posted
    undone = made.award("丙", 60)
    assert undone.seq is not None
    made.reverse(undone.seq)
    made.prize("mug", 7)
    made.receive("mug", 3)
    return made


def over(town: Town, document: str, **more: Any) -> Any:
    today = town.bank.today()
    period: dict[str, Any] = {"since": today, "until": today, "within": town.district.path}
    return simulated(town.bank, a_book(document), **period | more)


def everything(bank: Bank) -> dict[str, Any]:
    with bank.store.reading() as connection:
        return {name: connection.execute(text(f'SELECT * FROM "{name}"')).all() for name in metadata.tables}  # noqa: S608


def test_it_says_who_would_have_got_what(town: Town) -> None:
    done = over(town, DEARER)
    assert (done.deeds, done.given, done.would_be, done.change) == (3, 35, 42, 7)
    numbers = {name: town.volunteer(name).volunteer_no for name in "甲乙"}
    told = [(one.volunteer_no, one.deeds, one.given, one.would_be, one.change) for one in done.persons]
    assert told == [(numbers["甲"], 2, 30, 36, 6), (numbers["乙"], 1, 5, 6, 1)]
    assert done.persons[0].masked_name == "示*甲"


def test_the_same_rules_change_nothing(town: Town) -> None:
    done = over(town, book("kunshan"))
    assert done.change == 0
    assert all(one.change == 0 for one in done.persons)


def test_caps_that_bind_are_told_and_each_deed_sees_those_before_it(town: Town) -> None:
    done = over(town, CAPPED)
    assert done.would_be == 24 + 6
    assert [(one.of, one.per, one.unit, one.times) for one in done.capped] == [("rule", "day", "minutes", 1)]


def test_what_would_be_owed_stands_against_shelves_and_budget(town: Town) -> None:
    owed = over(town, DEARER, budget=5).liability
    assert (owed.outstanding, owed.would_be, owed.stock, owed.budget, owed.uncovered) == (35, 42, 21, 5, 16)


def test_only_deeds_of_the_period_and_the_place_are_looked_at(town: Town) -> None:
    yesterday = town.bank.today() - timedelta(days=1)
    assert over(town, DEARER, since=yesterday, until=yesterday).deeds == 0
    assert over(town, DEARER, within="elsewhere/").deeds == 0


def test_nothing_is_posted(town: Town) -> None:
    before = everything(town.bank)
    over(town, CAPPED, progress=lambda *_: None)
    assert everything(town.bank) == before


def test_progress_ends_with_the_last_deed(town: Town) -> None:
    told: list[tuple[int, int]] = []
    over(town, DEARER, progress=lambda *at: told.append(at))
    assert told[-1] == (3, 3)


def test_the_files_say_the_same_and_run_nothing(town: Town) -> None:
    done = over(town, CAPPED)
    rows = list(csv.reader(io.StringIO(as_csv(done, names=True).decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [one.volunteer_no for one in done.persons]
    made = openpyxl.load_workbook(io.BytesIO(as_xlsx(done, names=False)))
    assert [sheet.title[:2] for sheet in made] == ["汇总", "人员", "规则", "封顶"]
    persons = list(made["人员 persons"].values)
    assert len(persons[0]) == 5
    assert [tuple(row) for row in persons[1:]] == [
        (one.volunteer_no, one.deeds, one.given, one.would_be, one.change) for one in done.persons
    ]
    assert not any(cell.data_type == "f" for sheet in made for row in sheet for cell in row)


def test_a_day_without_deeds_is_an_empty_table(town: Town) -> None:
    done = over(town, DEARER, since=date(2020, 1, 1), until=date(2020, 1, 2))
    assert (done.deeds, done.persons, done.change) == (0, (), 0)
    assert as_csv(done, names=True).count(b"\n") == 1


SHARED = """\
code: shared
version: 1
title: {zh: 共同(示例), en: Shared (example)}
effective_from: 2020-01-01
posting: {policy: at_once}
lapse: {policy: never}
rules:
  - {id: service, title: {zh: 服务, en: Service}, points: 1, per: session}
  - {id: tidy, title: {zh: 整洁, en: Tidy}, deeds: [good_deed], points: 5, per: act}
  - {id: litter, title: {zh: 乱扔, en: Litter}, effect: penalty, points: 2, per: act}
"""


def test_deeds_other_than_service_are_in_it_too(bank: Bank) -> None:
    town = Town(bank, SHARED)
    town.award("甲", 60)
    town.deed("甲", "tidy")
    town.deed("甲", "litter", kind="penalty")
    done = over(town, SHARED.replace("points: 5", "points: 9"))
    assert (done.deeds, done.given, done.would_be) == (3, 1 + 5 - 2, 1 + 9 - 2)
    assert dict(done.by_rule) == {"service": 1, "tidy": 9, "litter": -2}


def test_each_household_has_a_cap_of_its_own(bank: Bank) -> None:
    town = Town(bank, SHARED)
    for home in ("甲乙", "丙丁"):
        made = households.create(bank, BY, kind=OwnerKind.HOUSEHOLD, organisation=town.district, name="示例")
        for name in home:
            households.join(bank, BY, made, town.volunteer(name), from_on=bank.today())
    for name in "甲乙丙丁戊":
        town.deed(name, "tidy")
    capped = SHARED.replace("points: 5, per: act", "points: 5, per: act, caps: [{per: day, by: household, points: 5}]")
    assert over(town, capped).would_be == 5 + 5 + 5


def test_a_merged_person_is_one_person_under_the_draft(bank: Bank) -> None:
    town = Town(bank, SHARED)
    for name in "甲乙丙":
        town.award(name, 60)
    for merged, survivor in ("甲乙", "乙丙"):
        closings.merge(bank, BY, town.request("merge", None), town.volunteer(merged), town.volunteer(survivor))
    done = over(
        town, SHARED.replace("points: 1, per: session", "points: 1, per: session, caps: [{per: day, points: 2}]")
    )
    assert [(one.volunteer_no, one.deeds, one.would_be) for one in done.persons] == [
        (town.volunteer("丙").volunteer_no, 3, 2)
    ]


def test_what_a_draft_asks_anew_is_looked_up_as_it_was_on_the_day(bank: Bank) -> None:
    town, today = Town(bank, SHARED), bank.today()
    group = households.create(bank, BY, kind=OwnerKind.GROUP, organisation=town.district, name="示例")
    households.join(bank, BY, group, town.volunteer("甲"), from_on=today)
    for name, on in (("甲", today), ("甲", today - timedelta(days=1)), ("乙", today)):
        town.award(name, 60, on=on)
    asking = SHARED.replace("points: 1, per: session", "when: {team_member: true}, points: 1, per: session")
    assert over(town, asking, since=today - timedelta(days=1)).would_be == 1
