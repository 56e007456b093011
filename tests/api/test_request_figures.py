"""What anybody may know of requests: sums, and of nobody's request anything."""

from __future__ import annotations

from typing import Any

from ledger.bank import By
from ledger.people import organisations
from ledger.service import request_figures
from ledger.service.request_figures import FEW
from tests.api.conftest import Client, Founded, People, Scene
from tests.banks import STAFF

V1 = "/api/v1"


def ask(people: People, place: str, kind: str, count: int) -> list[str]:
    body = {"organisation_id": place, "kind": kind, "channel": "phone", "words": "示例"}
    return [people.desk.post(f"{V1}/requests", body).json["id"] for _ in range(count)]


def figures(nobody: Client) -> Any:
    told = nobody.get(f"{V1}/requests/figures")
    assert told.status == 200, told.text
    return told.json


def counts(lines: list[dict[str, Any]]) -> dict[str, int]:
    return {line["of"]: line["received"] for line in lines}


def test_anybody_sees_how_many_and_how_soon_but_never_a_few(
    founded: Founded, people: People, scene: Scene, nobody: Client
) -> None:
    ask(people, scene.organisation_id, "lighting", FEW - 1)
    told = figures(nobody)
    assert (told["all"], told["by_estate"], told["by_kind"]) == (None, [], [])

    [closed] = ask(people, scene.organisation_id, "lighting", 1)
    people.organiser.post(f"{V1}/requests/{closed}/accept", {})
    people.organiser.post(f"{V1}/requests/{closed}/close", {"words": "示例已修"})
    told = figures(nobody)
    assert told["all"]["counted_minutes"] is not None
    assert (told["all"]["received"], told["all"]["closed"]) == (FEW, 1)
    assert counts(told["by_kind"]) == {"lighting": FEW}
    assert counts(told["by_estate"]) == {founded.here.name: FEW}

    estate = organisations.create(founded.bank, By(actor=STAFF), parent=founded.here, level="estate", name="示例小区")
    ask(people, str(estate.id), "care", FEW + 1)
    assert counts(figures(nobody)["by_kind"]) == {"care": FEW + 1, "lighting": FEW}


def test_what_is_left_out_cannot_be_taken_off_the_sum(people: People, scene: Scene, nobody: Client) -> None:
    ask(people, scene.organisation_id, "lighting", FEW + 1)
    ask(people, scene.organisation_id, "plumbing", FEW)
    ask(people, scene.organisation_id, "care", 1)
    told = figures(nobody)
    assert counts(told["by_kind"]) == {"lighting": FEW + 1}  # one of care would be the sum less the others
    hidden = told["all"]["received"] - sum(counts(told["by_kind"]).values())
    assert hidden >= FEW


def test_a_year_is_told_up_to_today(founded: Founded) -> None:
    found = request_figures.published(founded.bank)
    assert found.last_day == founded.bank.today()
    assert (found.last_day - found.first_day).days == request_figures.DAYS - 1
