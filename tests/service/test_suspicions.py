"""What a reviewer is shown before approving: each suspicion is raised by what it is about, and refuses nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from ledger.bank import Bank, By
from ledger.service import activity_sessions, attendances, hand_in, record_lists, record_settings
from ledger.service.activity_sessions import Timetable
from ledger.service.attendances import Shown, Way
from ledger.service.record_lists import Sought
from ledger.service.suspicions import SENTENCES, Suspicion, suspicions
from ledger.store.writer import Outcome
from tests.banks import STAFF, Clock
from tests.towns import Town

DAY = date(2026, 3, 2)
BY = By(actor=STAFF)
HOUR = 3_600_000_000


@pytest.fixture
def town(bank: Bank) -> Town:
    return Town(bank)


def seen(town: Town, outcome: Outcome) -> dict[str, Suspicion]:
    record = record_lists.find(town.bank, UUID(str(outcome.answer["id"])))
    assert record is not None
    return {one.code: one for one in suspicions(town.bank, [record])[record.id]}


def test_an_ordinary_record_raises_nothing(town: Town) -> None:
    assert seen(town, town.award("ana", 60)) == {}


def test_more_than_eight_hours_a_day_are_shown_whatever_they_are_made_of(town: Town) -> None:
    town.award("ana", 300)
    told = seen(town, town.award("ana", 181, activity="visiting", method="backfilled"))
    assert dict(told["long_day"].numbers) == {"minutes": 481, "most": 480}
    assert told["long_day"].sentence("zh") == "本人当日共 481 分钟, 超过 480 分钟"


def test_an_overlap_and_a_day_that_is_not_the_activitys_are_shown(town: Town, clock: Clock) -> None:
    clock.set("2026-03-10")
    town.activity("cleaning", DAY)
    town.award("ana", 60, begins=None)
    assert set(seen(town, town.award("ana", 60, begins=None))) == {"overlap", "outside_session"}
    assert set(seen(town, town.award("bo", 60, on=DAY))) == set()


def test_who_is_in_charge_does_not_benefit_unseen(town: Town) -> None:
    town.activity("cleaning").person_in_charge  # noqa: B018 - made with its person in charge
    town.volunteer("ana")
    with town.bank.changing(By(actor=STAFF)) as change:
        change.change("volunteer", town.people["ana"].id, {"name": "示例负责人"})
        change.audit("change", "volunteer", town.people["ana"].id)
    assert set(seen(town, town.award("ana", 60))) == {"in_charge"}


def test_the_same_reviewer_again_and_again_and_a_burst_of_back_fills_are_shown(town: Town) -> None:
    record_settings.change_settings(
        town.bank, By(actor=STAFF), {"same_reviewer_times": 2, "same_pair_times": 3, "backfill_times": 3}
    )
    made = [town.award(name, 60, method="backfilled") for name in ("ana", "ana", "bo")]
    assert set(seen(town, made[0])) == {"backfill_burst"}
    for one in made:
        town.review(UUID(str(one.answer["id"])), "chen", "approve")
    told = seen(town, made[0])
    assert set(told) == {"backfill_burst", "same_reviewer", "same_pair"}
    assert dict(told["same_reviewer"].numbers) == {"times": 2, "days": 30}
    assert set(seen(town, made[2])) == {"backfill_burst", "same_pair"}


def test_the_same_hours_every_week_that_nobody_clocked_are_shown(town: Town, clock: Clock) -> None:
    clock.set("2026-05-04")
    weeks = [DAY + timedelta(days=7 * n) for n in range(6)]
    made = [town.award("ana", 95, activity=f"visiting-{at}", on=day, method="declared") for at, day in enumerate(weeks)]
    assert "weekly_pattern" not in seen(town, made[4])
    assert dict(seen(town, made[5])["weekly_pattern"].numbers) == {"weeks": 6, "minutes": 95}


def test_a_whole_page_is_looked_at_together(town: Town) -> None:
    for name in ("ana", "bo", "chen", "dai"):
        town.award(name, 60, method="backfilled")
    found = record_lists.page(town.bank, Sought(state="submitted"), after=None, limit=9).items
    assert len(suspicions(town.bank, found)) == 4
    assert suspicions(town.bank, []) == {}


def test_who_recorded_their_own_hours_is_shown(town: Town) -> None:
    record = record_lists.find(town.bank, UUID(str(town.award("ana", 60).answer["id"])))
    assert record is not None
    own = replace(record, recorded_by=record.volunteer_id)
    assert [one.code for one in suspicions(town.bank, [own])[own.id]] == ["own_record"]
    declared = replace(own, capture_method="declared")
    assert suspicions(town.bank, [declared])[own.id] == []


def codes_of(town: Town, clock: Clock, people: int, way: Way, seconds: int) -> set[str]:
    """What is suspicious of so many who are checked in by one person at one device, so many seconds apart."""
    begins = clock()
    activity = town.activity("patrol")
    session = activity_sessions.add(town.bank, BY, activity, Timetable(starts_at=begins, ends_at=begins + 2 * HOUR))
    hand = By(actor=STAFF, device=town.bank.world.new_id())
    everybody = [town.volunteer(f"helper{at}") for at in range(people)]
    for one in everybody if way != "list" else ():
        clock.forward(seconds=seconds)
        attendances.check_in(town.bank, hand, session, one, Shown(way=way))
    clock.forward(microseconds=begins + HOUR - clock())
    for one in everybody if way != "list" else ():
        attendances.check_out(town.bank, hand, session, one, Shown(way=way))
    clock.forward(hours=2)
    if way == "list":
        attendances.write_down(town.bank, hand, session, [(one, None, None) for one in everybody])
    hand_in.hand_in(town.bank, BY, hand_in.close(town.bank, BY, session))
    found = record_lists.page(town.bank, Sought(activity_id=activity.id), after=None, limit=50).items
    assert len(found) == people
    return {one.code for told in suspicions(town.bank, found).values() for one in told}


@pytest.mark.parametrize(
    ("people", "way", "seconds", "codes"),
    [
        (2, "card", 0, set()),
        (3, "card", 0, {"same_second"}),
        (3, "card", 2, set()),
        (10, "list", 0, set()),
        (10, "card", 2, {"same_device"}),
        (9, "card", 2, set()),
    ],
)
def test_many_at_once_and_many_at_one_device_are_shown_but_not_a_list(
    town: Town, clock: Clock, people: int, way: Way, seconds: int, codes: set[str]
) -> None:
    assert codes_of(town, clock, people, way, seconds) == codes


def test_a_page_costs_as_many_statements_as_one_record(town: Town) -> None:
    for name in ("ana", "bo", "chen", "dai"):
        town.award(name, 60, method="backfilled")
    found = record_lists.page(town.bank, Sought(state="submitted"), after=None, limit=9).items
    counts = []
    for page in (found[:1], found):
        asked: list[str] = []

        def listen(*given: Any, asked: list[str] = asked) -> None:
            asked.append(given[2])

        event.listen(town.bank.store._reading, "before_cursor_execute", listen)
        suspicions(town.bank, page)
        event.remove(town.bank.store._reading, "before_cursor_execute", listen)
        counts.append(len(asked))
    assert counts[0] == counts[1] > 0


def test_each_suspicion_has_a_sentence_in_both_languages() -> None:
    numbers = dict.fromkeys(("minutes", "most", "people", "times", "days", "weeks"), 7)
    for code in SENTENCES:
        told = Suspicion(code=code, numbers=numbers)
        assert told.sentence("zh") != told.sentence("en")
        assert "{" not in told.sentence("zh") + told.sentence("en")
