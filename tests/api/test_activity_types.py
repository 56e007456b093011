"""Types of activity over HTTP: those of the rulebook in force, in its words."""

from __future__ import annotations

from tests.api.conftest import Founded, People

TYPES = "/api/v1/activity-types"


def test_the_types_are_those_that_the_rulebook_in_force_tells_apart(founded: Founded, people: People) -> None:
    told = people.organiser.get(TYPES)
    assert told.status == 200, told.text
    by_code = {one["code"]: one["title"] for one in told.json["activity_types"]}
    assert by_code["cleaning"] == {"zh": "清洁", "en": "cleaning"}
    assert list(by_code)[:2] == ["cleaning", "patrol"]  # as the rulebook is read, not by the alphabet
    assert people.organiser.get(f"{TYPES}?organisation_id={founded.here.id}").json == told.json


def test_an_organisation_out_of_reach_has_no_types(founded: Founded, people: People) -> None:
    founded.hire("neighbour", ("organiser", founded.there))
    assert people.sign_in("neighbour").get(f"{TYPES}?organisation_id={founded.here.id}").status == 404
