"""The calendar over HTTP."""

from __future__ import annotations

from tests.api.conftest import Founded, People

DAYS = "/api/v1/working-days"
NOTICE = {
    "year": 2027,
    "announced": True,
    "days": [{"day": "2027-01-04", "works": False}, {"day": "2027-01-09", "works": True}],
    "source": "示例通知〔2026〕1号",
}


def test_anybody_of_the_staff_may_look_a_year_up(people: People) -> None:
    for role in ("organiser", "reviewer", "desk", "admin", "auditor"):
        told = getattr(people, role).get(f"{DAYS}?year=2026")
        assert (told.status, told.json["announced"]) == (200, True)
    by_day = {day["day"]: day for day in people.organiser.get(f"{DAYS}?year=2026").json["days"]}
    assert by_day["2026-10-10"]["works"]
    assert by_day["2026-10-07"] == {
        "day": "2026-10-07",
        "works": False,
        "name_zh": by_day["2026-10-07"]["name_zh"],
        "name_en": "Day off (substituted from 10/10/2026)",
        "source": None,
        "note": "",
    }
    assert people.organiser.get(DAYS).status == 422


def test_what_is_not_announced_is_said_to_be_an_estimate_until_it_is(people: People) -> None:
    before = people.admin.get(f"{DAYS}?year=2027").json
    assert (before["announced"], before["source"]) == (False, None)
    told = people.admin.post(DAYS, NOTICE)
    assert told.status == 201
    assert (told.json["announced"], told.json["source"]) == (True, NOTICE["source"])
    assert told.json == people.auditor.get(f"{DAYS}?year=2027").json
    assert {"2027-01-04", "2027-01-09"} <= {day["day"] for day in told.json["days"] if day["source"]}


def test_only_an_administrator_at_the_root_changes_the_calendar(founded: Founded, people: People) -> None:
    founded.hire("admin-here", ("admin", founded.here))
    told = people.sign_in("admin-here").post(DAYS, NOTICE)
    assert (told.status, told.json["code"]) == (403, "insufficient_scope")
    assert people.organiser.post(DAYS, NOTICE).status == 403


def test_a_day_of_another_year_is_named(people: People) -> None:
    wrong = NOTICE | {"days": [*NOTICE["days"], {"day": "2026-12-31", "works": True}]}  # type: ignore[misc]
    told = people.admin.post(DAYS, wrong)
    assert told.status == 422
    assert [(each["pointer"], each["code"]) for each in told.json["errors"]] == [("/days/2/day", "out_of_range")]
