"""The bundled rulebooks in force: a bank is founded with each, its deeds are done through the use cases, and the points
are those that were worked out by hand from the published rules.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from ledger.bank import Bank, By
from ledger.core.accounts import POINTS, OwnerKind, Purpose
from ledger.people import households, organisations, privacy
from ledger.people.consents import SENSITIVE_DATA
from ledger.people.registration import Newcomer, NewConsent, register
from ledger.service import activities, activity_sessions, deeds
from ledger.service.activity_sessions import Timetable
from ledger.service.deeds import Doing
from ledger.store import pages
from ledger.store.writer import Outcome
from tests.banks import STAFF, Clock
from tests.proposals import carried
from tests.towns import Town

BY = By(actor=STAFF)
HOUR = 3_600_000_000


def gave(*outcomes: Outcome) -> list[int]:
    return [int(one.answer["points"]) for one in outcomes]


def why(outcome: Outcome) -> str:
    return str(outcome.answer["explanation"][0]["zh"])


def together(town: Town, name: str, kind: OwnerKind) -> UUID:
    """They belong to a household or group from long ago."""
    made = households.create(town.bank, BY, kind=kind, organisation=town.district, name="示例")
    households.join(town.bank, BY, made, town.volunteer(name), from_on=date(2026, 1, 1))
    return made.id


def held(bank: Bank, owner: UUID, purpose: Purpose) -> int:
    with bank.store.reading() as connection:
        _, accounts = pages.holdings(connection, owner)
    return sum(one.balance for one in accounts if one.key.purpose is purpose and one.key.unit == POINTS)


def minutes(town: Town, name: str) -> int:
    balance = town.balance(name)
    return balance.minutes_clocked + balance.minutes_honorary


def proper(town: Town, name: str) -> None:
    """An activity on file and published, in good time."""
    made = town.activity(name)
    activities.file(town.bank, BY, made)
    now = town.bank.world.clock()
    activity_sessions.add(town.bank, BY, made, Timetable(starts_at=now, ends_at=now + HOUR))
    activities.publish(town.bank, BY, activities.find(town.bank, made.id) or made)


def hailin(bank: Bank) -> Town:
    town = Town(bank, "hailin")
    together(town, "甲", OwnerKind.GROUP)
    for name in ("cleaning-1", "cleaning-2", "cleaning-3"):
        proper(town, name)
    return town


def test_hailin_counts_two_hours_of_an_activity_and_adds_activities_up(bank: Bank) -> None:
    town = hailin(bank)
    assert gave(*(town.award("甲", m, activity=f"cleaning-{a}") for m, a in ((180, 1), (120, 2), (60, 3)))) == [2, 2, 1]
    assert minutes(town, "甲") == 360
    proper(town, "cleaning-4")
    assert gave(town.award("甲", 105, activity="cleaning-4")) == [1]


def test_hailin_says_why_a_deed_counts_for_nothing(bank: Bank) -> None:
    town = hailin(bank)
    rated = town.award("甲", 60, activity="cleaning-1", evaluation="complaint")
    unfiled = town.award("甲", 60, activity="cleaning-9")
    alone = town.award("乙", 60, activity="cleaning-1")
    assert gave(rated, unfiled, alone) == [0, 0, 0]
    assert "评价为“投诉”" in why(rated)
    assert "活动没有备案" in why(unfiled)
    assert "不属于任何志愿队" in why(alone)


def test_hailin_gives_two_for_each_person_referred(bank: Bank) -> None:
    town = hailin(bank)
    assert gave(*(town.deed("甲", "referral", key=key) for key in ("001", "002", "001", "003"))) == [2, 2, 0, 2]


def test_hailin_redeems_once_a_quarter_and_hours_stay(bank: Bank, clock: Clock) -> None:
    clock.set("2026-02-10")
    town = hailin(bank)
    town.award("甲", 120, activity="cleaning-1")
    town.deed("甲", "referral", key="001")
    town.prize("soap", 1)
    town.receive("soap", 9)
    told = []
    for day in ("2026-02-10", "2026-03-01", "2026-04-01"):
        clock.set(day)
        told.append(town.redeem("甲", ("soap", 1)).posted)
    assert told == [True, False, True]
    assert (minutes(town, "甲"), town.points("甲")) == (120, 2)


def test_huangshi_gives_clocked_hours_only(bank: Bank) -> None:
    town = Town(bank, "huangshi")
    claim = UUID(str(town.award("甲", 120, method="backfilled").answer["id"]))
    town.review(claim, "乙", "approve")
    assert gave(town.award("甲", 120), town.review(claim, "丙", "approve")) == [2, 0]
    balance = town.balance("甲")
    assert (balance.minutes_clocked, balance.minutes_honorary) == (120, 120)


def test_guangzhou_opens_at_a_hundred_hours_and_is_full_at_fifteen_hundred(bank: Bank) -> None:
    town = Town(bank, "guangzhou")
    town.prize("soap", 1)
    town.receive("soap", 9)
    today = bank.today()
    given = gave(*(town.award("甲", 24 * 60, on=today - timedelta(days=ago)) for ago in (4, 3, 2, 1)))
    assert sum([*given, *gave(town.award("甲", 210))]) == 99
    assert not town.redeem("甲", ("soap", 1)).posted
    assert gave(town.award("甲", 30)) == [1]
    assert town.redeem("甲", ("soap", 1)).posted
    town.adjust("甲", 1400)
    assert town.points("甲") == 1499
    full = town.award("甲", 180)
    assert gave(full) == [1]
    assert "超出 2 分" in full.answer["explanation"][-1]["zh"]


def test_nanjing_keeps_group_hours_for_donation(bank: Bank) -> None:
    town = Town(bank, "nanjing")
    group = together(town, "甲", OwnerKind.GROUP)
    assert gave(town.award("甲", 600, group=group)) == [10]
    assert (held(bank, group, Purpose.DONATE_ONLY), town.points("甲")) == (10, 0)


@pytest.mark.parametrize(("name", "points"), [("kunshan", 55), ("huangyan", 2), ("tangshan", 11)])
def test_five_and_a_half_hours_are_worth_what_the_town_says(bank: Bank, name: str, points: int) -> None:
    assert gave(Town(bank, name).award("甲", 330)) == [points]


def test_dongting_asks_two_different_reviewers(bank: Bank) -> None:
    town = Town(bank, "dongting")
    claim = UUID(str(town.award("甲", 47).answer["id"]))
    assert town.review(claim, "乙", "approve").posted
    assert not town.review(claim, "乙", "approve").posted
    assert town.points("甲") == 0
    assert gave(town.review(claim, "丙", "approve")) == [47]


def test_ninghong_gives_eight_for_six_and_two_for_a_sewer(bank: Bank) -> None:
    town = Town(bank, "ninghong")
    town.activity("sewer", tags=("sewer_repair",))
    services = [town.award("甲", 60, activity=name) for name in (*["cleaning"] * 5, "sewer")]
    assert gave(*services) == [0, 0, 0, 0, 0, 10]


def test_qishan_counts_party_members_only(bank: Bank) -> None:
    town = Town(bank, "qishan")
    privacy.set_rules(bank, BY, kept=["party_member"], on_leaving="forfeit", on_death="forfeit")
    for name, told in (("甲", "党员"), ("乙", "预备党员"), ("丙", "群众")):
        newcomer = Newcomer(
            name=f"示例{name}", particulars={"party_member": told}, consents=[NewConsent(SENSITIVE_DATA, "paper")]
        )
        town.replace_volunteer(name, register(bank, BY, organisation=town.district, newcomer=newcomer))
    claims = [UUID(str(town.award(name, 60).answer["id"])) for name in "甲乙丙丁"]
    assert gave(*(town.review(claim, "戊", "approve") for claim in claims)) == [1, 1, 0, 0]


def test_qishan_honours_the_unit_for_the_goods_it_donates(bank: Bank) -> None:
    town = Town(bank, "qishan")
    donations = [
        town.deed("甲", "goods_donation", on_behalf="unit", measures=(("yuan", yuan),)) for yuan in (950, 150, 80)
    ]
    claims = [UUID(str(one.answer["id"])) for one in donations]
    assert gave(*donations) == [0, 0, 0]
    assert gave(*(town.review(claim, "戊", "approve") for claim in claims)) == [9, 2, 0]
    assert (held(bank, town.district.id, Purpose.HONOUR), town.points("甲")) == (11, 0)


def test_the_green_account_is_the_household_s(bank: Bank) -> None:
    town = Town(bank, "green_account")
    home = together(town, "甲", OwnerKind.HOUSEHOLD)
    right = town.deed("甲", "sorting", evaluation="correct")
    wrong = town.deed("甲", "sorting", evaluation="wrong")
    codes = [town.deed("甲", "top_up", value=30, key="code-1") for _ in range(2)]
    assert gave(right, wrong, *codes) == [10, 0, 30, 0]
    assert (held(bank, home, Purpose.WALLET), town.points("甲")) == (40, 0)


def test_generic_rules_cap_sorting_by_the_day_and_take_for_litter(bank: Bank) -> None:
    town = Town(bank, "generic")
    sorted_ = [town.deed("甲", "sorting") for _ in range(6)]
    assert gave(*sorted_) == [2, 2, 2, 2, 2, 0]
    assert "封顶不计 2 分" in why(sorted_[-1])
    assert gave(town.deed("甲", "litter", kind="penalty"), town.deed("甲", "fire_lane", kind="penalty")) == [-5, -10]
    assert town.points("甲") == -5


OWN = """\
code: ours
version: 1
title: {zh: 本社区(示例), en: Ours (example)}
effective_from: 2026-03-03
inherits: {code: example, version: 1}
removes: [rules.tidy_courtyard, rules.micro_wish_value]
rules:
  - {id: tidy, title: {zh: 整洁, en: Tidy}, deeds: [good_deed], points: 9, per: act}
"""


def test_a_deed_is_assessed_under_the_book_of_the_place_where_it_was_done(bank: Bank, clock: Clock) -> None:
    town = Town(bank, "example")
    ours = organisations.create(bank, BY, parent=town.district, level="community", name="示例社区")
    carried(bank, ours, OWN)
    clock.forward(days=1)
    doings = [
        Doing(
            volunteer=town.volunteer("甲"),
            organisation=place,
            kind="good_deed",
            deed_type="tidy_courtyard",
            done_on=bank.today(),
            household=None,
        )
        for place in (ours, town.district)
    ]
    books = deeds.rulebooks_of(bank, doings)
    asked = [(town.request("deed", None), doing, book) for doing, book in zip(doings, books, strict=True)]
    assert gave(*deeds.post_all(bank, BY, asked)) == [9, 5]
