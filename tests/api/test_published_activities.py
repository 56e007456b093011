"""What everybody may see: published activities, until the last of their sessions is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.api.conftest import Client, Founded, People
from tests.api.devices import pair

API = "/api/v1"


def announced(people: People, founded: Founded, title: str, *hours: int) -> dict[str, Any]:
    """An activity with a session of one hour at each of these hours from now, published."""
    now = datetime.now(UTC)
    spelled = [(now + timedelta(hours=each), now + timedelta(hours=each + 1)) for each in hours]
    body = {
        "organisation_id": str(founded.here.id),
        "title": title,
        "activity_type": "cleaning",
        "place": "示例广场",
        "content": "清扫广场",
        "person_in_charge": "示例负责人",
        "capacity": 1,
        "sessions": [
            {"starts_at": f"{begins:%Y-%m-%dT%H:%M:%SZ}", "ends_at": f"{ends:%Y-%m-%dT%H:%M:%SZ}"}
            for begins, ends in spelled
        ],
    }
    made: dict[str, Any] = people.organiser.post(f"{API}/activities", body).json
    assert people.organiser.post(f"{API}/activities/{made['id']}/publish", {}).status == 200
    return made


def test_a_kiosk_shows_what_is_published_and_not_over(people: People, founded: Founded, nobody: Client) -> None:
    announced(people, founded, "示例过去", -30)
    running = announced(people, founded, "示例连续", -30, 30)
    called_off = announced(people, founded, "示例取消", 30)
    people.organiser.post(f"{API}/activities/{called_off['id']}/cancel", {"reason": "示例雨天"})
    kiosk = pair(nobody, people.admin, founded.there.id)
    [shown] = kiosk.get(f"{API}/published-activities").json["items"]
    assert (shown["title"], shown["organisation"]) == ("示例连续", "梧桐社区")
    assert [(one["places"], one["confirmed"], one["waiting"]) for one in shown["sessions"]] == [(1, 0, 0)] * 2
    assert "insurance_reference" not in shown
    assert kiosk.get(f"{API}/published-activities/{running['id']}").json == shown
    found = kiosk.get(f"{API}/published-activities?from=2020-01-01&q=过去").json["items"]
    assert [one["title"] for one in found] == ["示例过去"]
    assert nobody.get(f"{API}/published-activities").status == 401


def test_a_draft_is_known_to_nobody_else(people: People, founded: Founded, nobody: Client) -> None:
    body = {
        "organisation_id": str(founded.here.id),
        "title": "示例草稿",
        "activity_type": "cleaning",
        "held_on": "2026-03-05",
        "place": "示例广场",
        "person_in_charge": "示例负责人",
    }
    draft = people.organiser.post(f"{API}/activities", body).json
    kiosk = pair(nobody, people.admin, founded.here.id)
    assert kiosk.get(f"{API}/published-activities").json["items"] == []
    assert kiosk.get(f"{API}/published-activities/{draft['id']}").status == 404
