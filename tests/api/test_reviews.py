"""What reviewers are told of a record before they say their word."""

from __future__ import annotations

from collections.abc import Callable

from tests.api.conftest import Client, Founded, People, Scene

PATH = "/api/v1/service-records"


def test_whoever_has_reviewed_a_record_is_named_to_those_who_review_it_next(
    founded: Founded, people: People, scene: Scene, sign_in: Callable[[str], Client]
) -> None:
    made = people.organiser.post(PATH, scene.record(capture_method="backfilled")).json["id"]
    other = people.organiser.post(PATH, scene.record(capture_method="backfilled", served_on="2026-02-01")).json["id"]
    assert people.reviewer.get(f"{PATH}/{made}").json["reviewed_by"] == []
    assert people.reviewer.post(f"{PATH}/{made}/review", {"decision": "approve"}).json["state"] == "submitted"
    second = founded.hire("second", ("reviewer", founded.district))
    [first] = [one["id"] for one in people.auditor.get("/api/v1/staff").json["items"] if one["username"] == "reviewer"]
    listed = {one["id"]: one["reviewed_by"] for one in people.reviewer.get(PATH).json["items"]}
    assert listed == {made: [first], other: []}
    sign_in("second").post(f"{PATH}/{made}/review", {"decision": "approve"})
    assert people.reviewer.get(f"{PATH}/{made}").json["reviewed_by"] == [first, str(second.id)]
