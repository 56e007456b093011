"""Awards worked by hand from the published rules: what each bundled rulebook gives for a deed."""

from datetime import date

import pytest

from ledger.rules import PastDeed, Rulebook, assess, book, load
from tests.rules.factories import a_deed

# rulebook, minutes, what is special about the deed, minutes counted, points
VECTORS = [
    ("hailin", 180, {}, 120, 2),
    ("hailin", 120, {}, 120, 2),
    ("hailin", 105, {}, 60, 1),
    ("hailin", 59, {}, 0, 0),
    ("hailin", 0, {}, 0, 0),
    ("hailin", 180, {"evaluation": "good"}, 120, 2),
    ("hailin", 180, {"evaluation": "complaint"}, 0, 0),
    ("hailin", 180, {"evaluation": "not_as_agreed"}, 0, 0),
    ("huangshi", 120, {"capture_method": "clocked"}, 120, 2),
    ("huangshi", 120, {"capture_method": "roster"}, 120, 2),
    ("huangshi", 120, {"capture_method": "backfilled"}, 120, 0),
    ("huangshi", 120, {"capture_method": "declared"}, 120, 0),
    ("huangshi", 120, {"capture_method": "imported"}, 120, 0),
    ("kunshan", 330, {}, 330, 55),
    ("huangyan", 330, {}, 240, 2),
    ("huangyan", 119, {}, 0, 0),
    ("tangshan", 330, {}, 330, 11),
    ("tangshan", 59, {}, 30, 1),
    ("example", 180, {"activity_type": "cleaning"}, 120, 2),
    ("example", 300, {"activity_type": "patrol"}, 180, 3),
    ("example", 240, {"activity_type": "visiting"}, 240, 6),
    ("example", 20, {"activity_type": "micro_wish"}, 20, 3),
    ("example", 300, {"activity_type": "civility"}, 240, 4),
    ("example", 90, {"activity_type": "teaching"}, 90, 5),
    ("example", 90, {"activity_type": "teaching", "evaluation": "complaint"}, 0, 0),
    ("example", 120, {"activity_type": "cleaning", "capture_method": "backfilled"}, 120, 0),
    ("example", 120, {"activity_type": "cleaning", "capture_method": "declared"}, 120, 0),
    ("example", 120, {"activity_type": "unheard_of"}, 0, 0),
]


@pytest.mark.parametrize("points_scale", [0, 1, 2])
@pytest.mark.parametrize(("name", "minutes", "special", "counted_minutes", "points"), VECTORS)
def test_an_award_is_what_the_rulebook_says(
    name: str, minutes: int, special: dict[str, str], counted_minutes: int, points: int, points_scale: int
) -> None:
    assessment = assess(load(book(name), points_scale=points_scale), a_deed(minutes=minutes, **special), ())

    assert assessment.points == points * 10**points_scale
    assert assessment.counted_minutes == counted_minutes
    assert assessment.minutes == minutes
    assert (assessment.rulebook_code, assessment.rulebook_version) == (name, 1)


@pytest.fixture
def hailin() -> Rulebook:
    return load(book("hailin"), points_scale=0)


def test_activities_of_one_day_add_up(hailin: Rulebook) -> None:
    morning, afternoon = assess(hailin, a_deed(minutes=120), ()), assess(hailin, a_deed(minutes=60), ())

    assert morning.points + afternoon.points == 3


def test_a_second_record_of_one_activity_gets_only_the_room_that_is_left(hailin: Rulebook) -> None:
    before = PastDeed(rule_id="service", counted_minutes=60, points=1)

    assert assess(hailin, a_deed(minutes=180), (before,)).points == 1
    assert assess(hailin, a_deed(minutes=180), (before, before)).points == 0
    assert assess(hailin, a_deed(minutes=180), (before, before, before)).points == 0


def test_what_another_rule_gave_leaves_the_room_alone(hailin: Rulebook) -> None:
    other = PastDeed(rule_id="referral", counted_minutes=120, points=2)

    assert assess(hailin, a_deed(minutes=180), (other,)).points == 2


def test_room_smaller_than_a_step_earns_nothing(hailin: Rulebook) -> None:
    under_an_older_version = PastDeed(rule_id="service", counted_minutes=90, points=1)

    assert assess(hailin, a_deed(minutes=180), (under_an_older_version,)).counted_minutes == 0


def test_a_wish_is_rewarded_once() -> None:
    before = PastDeed(rule_id="micro_wish", counted_minutes=30, points=3)
    rulebook = load(book("example"), points_scale=0)

    assert assess(rulebook, a_deed(activity_type="micro_wish"), (before,)).points == 0


def test_points_of_huangshi_lapse_with_the_year() -> None:
    assert load(book("huangshi"), points_scale=0).lapse_day(date(2026, 5, 4)) == date(2026, 12, 31)
