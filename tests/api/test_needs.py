"""Wishes and requests over HTTP: who sees what of whoever asks; and a report costs the same however much it is of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, inspect, text

from api import Keys, create_app
from ledger.bank import Bank, By
from ledger.core.refusals.refusal import Refused
from ledger.limits import Limits, Rate
from ledger.people import keys, organisations
from ledger.service import need_settings, request_reports
from ledger.store.engines import Store
from tests.api.conftest import Client, Founded, People, Scene
from tests.banks import STAFF

V1 = "/api/v1"
NAME, PHONE, FLAT = "金丝雀示例", "13900007788", "示例路九号七单元"
ASKER = {"name": NAME, "phone": PHONE, "flat": FLAT}
SAID = "住5栋501室, 电话13900007788, 水管漏了"
CANARIES = (NAME, PHONE, FLAT, "5栋501室")


def asked(scene: Scene, **more: Any) -> dict[str, Any]:
    of = {"organisation_id": scene.organisation_id, "kind": "plumbing", "channel": "phone", "priority": "utilities"}
    return of | {"words": SAID, "place": "5栋501室", "asker": ASKER} | more


def dump(store: Store) -> str:
    """Every value of every table there is."""
    with store.reading() as connection:
        names = inspect(connection).get_table_names()
        rows = [row for name in names for row in connection.execute(text(f'SELECT * FROM "{name}"'))]  # noqa: S608
    return "\n".join(str(value) for row in rows for value in row)


def test_how_to_reach_who_asked_is_told_for_a_purpose_and_to_nobody_else(people: People, scene: Scene) -> None:
    desk, organiser = people.desk, people.organiser
    request = desk.post(f"{V1}/requests", asked(scene)).json
    assert (request["words"], request["asker"]) == ("住□□□□□□, 电话□□□, 水管漏了", "金***例")
    one = f"{V1}/requests/{request['id']}"
    organiser.post(f"{one}/accept", {})
    of = {"organisation_id": scene.organisation_id, "kind": "repair", "person_in_charge": "示例乙"}
    task = organiser.post(f"{one}/tasks", of | {"title": "修水管", "is_open": True}).json
    seen = [
        *(organiser.get(url).text for url in (one, f"{V1}/requests", f"{V1}/tasks", f"{V1}/tasks/{task['id']}")),
        organiser.get(f"{V1}/requests?format=csv").text,
        people.auditor.get(f"{V1}/requests/report?from=2026-01-01&to=2099-01-01&by=kind").text,
        people.auditor.get(f"{V1}/audit").text,
    ]
    assert not [canary for canary in CANARIES for told in seen if canary in told]
    assert people.auditor.get(f"{V1}/requests").status == 403
    told = organiser.post(f"{V1}/tasks/{task['id']}/contact", {"purpose": "contact"})
    assert told.json == ASKER | {"words": f"{SAID}\n5栋501室"}
    assert organiser.post(f"{one}/disclosures", {"purpose": "curiosity"}).status == 422
    lines = people.auditor.get(f"{V1}/audit?action=disclose").json["items"]
    assert [(line["subject_kind"], line["subject_id"]) for line in lines] == [("request", request["id"])]


def test_nothing_of_a_neighbour_stands_open_in_the_database_and_nothing_is_left_once_it_is_settled(
    founded: Founded, people: People, scene: Scene
) -> None:
    request = people.desk.post(f"{V1}/requests", asked(scene)).json
    wish = people.desk.post(
        f"{V1}/wishes", asked(scene, kind="thing", channel="visit", words=SAID) | {"priority": None} | {"place": None}
    )
    assert wish.status == 422  # a wish has neither place nor priority
    store = founded.bank.store
    assert not [canary for canary in CANARIES if canary in dump(store)]
    one = f"{V1}/requests/{request['id']}"
    for step, body in (("accept", {}), ("close", {"words": "已修"})):
        assert people.organiser.post(f"{one}/{step}", body).status == 200
    assert people.desk.post(f"{one}/disclosures", {"purpose": "contact"}).json["phone"] == PHONE
    assert people.desk.post(f"{one}/feedback", {"is_satisfied": True, "score": 5}).status == 200
    nothing = {"name": None, "phone": None, "flat": None, "words": None}
    assert people.desk.post(f"{one}/disclosures", {"purpose": "contact"}).json == nothing


def test_a_task_s_contact_is_told_while_it_is_to_be_done_and_not_afterwards(people: People, scene: Scene) -> None:
    organiser = people.organiser
    of = {"organisation_id": scene.organisation_id, "kind": "repair", "title": "示例", "person_in_charge": "示例乙"}
    task = organiser.post(f"{V1}/tasks", of).json
    contact = f"{V1}/tasks/{task['id']}/contact"
    assert organiser.post(contact, {"purpose": "contact"}).status == 201
    body = {"outcome": "已修", "done_on": "2026-03-01", "served": [{"volunteer_no": scene.volunteer_no, "minutes": 60}]}
    done = organiser.post(f"{V1}/tasks/{task['id']}/finish", body)
    assert [each["outcome"] for each in done.json["credits"]] == ["posted"]
    assert done.json["task"]["activity_id"] is not None
    assert organiser.post(contact, {"purpose": "contact"}).json["code"] == "step_not_possible"


def test_a_key_is_one_request_s(people: People, scene: Scene) -> None:
    of = {"organisation_id": scene.organisation_id, "kind": "repair", "title": "示例", "person_in_charge": "示例乙"}
    one, other = (people.organiser.post(f"{V1}/tasks", of).json["id"] for _ in range(2))
    body = {"outcome": "已修", "done_on": "2026-03-01", "served": [{"volunteer_no": scene.volunteer_no, "minutes": 60}]}
    key = {"Idempotency_Key": "needs-key-0000000001"}
    first = people.organiser.post(f"{V1}/tasks/{one}/finish", body, **key)
    again = people.organiser.post(f"{V1}/tasks/{one}/finish", body, **key)
    assert (again.status, again.json) == (first.status, first.json)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert people.organiser.post(f"{V1}/tasks/{other}/finish", body, **key).json["code"] == "idempotency_key_reused"


def test_settings_hold_for_what_comes_in_from_then_on(people: People, scene: Scene) -> None:
    before = people.admin.get(f"{V1}/need-settings")
    clocks = {"accept": {"amount": 5, "counted": "minutes"}, "close": {"amount": 30, "counted": "minutes"}}
    change = {"clocks": {"utilities": clocks}, "day_begins": "08:30"}
    tag = before.headers["ETag"]
    now = people.admin.patch(f"{V1}/need-settings", change, If_Match=tag)
    assert (now.json["day_begins"], now.json["clocks"]["utilities"]) == ("08:30", clocks)
    assert now.json["clocks"]["danger"] == before.json["clocks"]["danger"]
    assert people.admin.patch(f"{V1}/need-settings", change, If_Match=tag).status == 412
    late = people.admin.patch(f"{V1}/need-settings", {"day_ends": "08:00"}, If_Match=now.headers["ETag"])
    assert (late.status, late.json["errors"][0]["pointer"]) == (422, "/day_ends")
    request = people.desk.post(f"{V1}/requests", asked(scene)).json
    minutes = {name: request[name][14:16] for name in ("received_at", "close_due_at")}
    assert (int(minutes["close_due_at"]) - int(minutes["received_at"])) % 60 == 30


def test_a_code_in_a_stairwell_needs_no_name_and_tells_only_whoever_scanned_it(
    founded: Founded, people: People, scene: Scene, nobody: Client
) -> None:
    scanned = {"kind": "lighting", "words": SAID, "place": "5栋501室", "asker": ASKER}
    told = nobody.post(f"{V1}/organisations/{scene.organisation_id}/requests", scanned)
    assert (told.status, told.json["state"], told.json["channel"]) == (201, "received", "qr")
    assert not [canary for canary in CANARIES if canary in told.text]
    of_staff = people.desk.get(f"{V1}/requests/{told.json['id']}").json
    assert (of_staff["channel"], of_staff["place"], of_staff["steps"]) == ("qr", "□□□□□□", [])
    people.organiser.post(f"{V1}/requests/{told.json['id']}/decline", {"words": "请拨打物业报修"})
    found = nobody.get(f"{V1}/scanned-requests/{told.json['id']}").json
    assert (found["state"], found["answer"]) == ("declined", "请拨打物业报修")
    by_phone = people.desk.post(f"{V1}/requests", asked(scene)).json["id"]
    assert nobody.get(f"{V1}/scanned-requests/{by_phone}").status == 404
    few = Rate(2, 600)
    held = replace(founded.settings, limit_request=Limits(account=few, device=few, address=few, everybody=few))
    with Bank.open(held) as bank:
        signing = Keys(keys.load(held.data_dir), issuer="bank.example", clock=bank.world.clock)
        stranger = Client(create_app(bank, signing).test_client())
        url = f"{V1}/organisations/{scene.organisation_id}/requests"
        statuses = [stranger.post(url, scanned).status for _ in range(3)]
    assert statuses[-1] == 429


@contextmanager
def statements(bank: Bank) -> Iterator[list[str]]:
    """What is read from the database meanwhile."""
    told: list[str] = []

    def tell(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        told.append(statement)

    event.listen(bank.store._reading, "before_cursor_execute", tell)
    yield told
    event.remove(bank.store._reading, "before_cursor_execute", tell)


def test_a_report_asks_the_same_of_one_request_and_of_many(founded: Founded, people: People, scene: Scene) -> None:
    bank, today = founded.bank, founded.bank.today()
    estate = organisations.create(bank, By(actor=STAFF), parent=founded.here, level="estate", name="示例小区")
    counted, lines = [], []
    for _ in range(2):
        for kind in ("water", "light"):
            for place in (str(estate.id), scene.organisation_id):
                people.desk.post(f"{V1}/requests", asked(scene, kind=kind, organisation_id=place))
        with statements(bank) as told:
            lines = request_reports.report(bank, within=[founded.district.path], since=today, until=today, by="estate")
        counted.append(len([each for each in told if each.startswith("SELECT")]))
    assert {line.of: line.received for line in lines} == {"示例小区": 4, founded.here.name: 4}
    assert counted[0] == counted[1] <= 3


def test_a_wish_of_a_volunteer_is_theirs_to_see_and_nobody_s_else(people: People, scene: Scene, nobody: Client) -> None:
    wish = people.desk.post(
        f"{V1}/wishes",
        {"organisation_id": scene.organisation_id, "kind": "thing", "channel": "wall", "words": "示例"}
        | {"volunteer_no": scene.volunteer_no},
    ).json
    assert nobody.get(f"{V1}/wishes/{wish['id']}").status == 401
    assert nobody.get(f"{V1}/wishes/wall").json["items"] == []
    shown = {"text": "想要一只热水袋", "points": 5, "cost_fen": 2_000, "person_in_charge": "示例乙"}
    assert people.reviewer.post(f"{V1}/wishes/{wish['id']}/publish", shown).status == 200
    [hung] = nobody.get(f"{V1}/wishes/wall").json["items"]
    assert "王秀英" not in json.dumps(hung, ensure_ascii=False)
    assert (hung["text"], hung["name"], hung["places_left"]) == ("想要一只热水袋", None, 1)


def test_who_does_not_hold_a_wish_any_more_fulfils_it_for_nobody(people: People, scene: Scene) -> None:
    """Not by giving it back and saying so all the same, which would let others go whatever they had promised."""
    wish = people.desk.post(
        f"{V1}/wishes",
        {"organisation_id": scene.organisation_id, "kind": "thing", "channel": "wall", "words": "示例", "asker": ASKER},
    ).json
    shown = {"text": "想要一只热水袋", "points": 5, "cost_fen": 2_000, "person_in_charge": "示例乙"}
    assert people.reviewer.post(f"{V1}/wishes/{wish['id']}/publish", shown).status == 200
    other = people.organiser.post(
        f"{V1}/volunteers", {"organisation_id": scene.organisation_id, "name": "示例李建国"}
    ).json["volunteer_no"]
    claims = f"{V1}/wishes/{wish['id']}/claims"
    mine = people.desk.post(claims, {"volunteer_no": scene.volunteer_no}).json["id"]
    assert people.desk.post(f"{V1}/wish-claims/{mine}/give-back", {}).status == 200
    theirs = people.desk.post(claims, {"volunteer_no": other}).json["id"]
    done = {"proof": "示例证明人在场", "done_on": people.desk.get(f"{V1}/bank").json["today"]}
    said = people.desk.post(f"{V1}/wish-claims/{mine}/fulfil", done)
    assert (said.status, said.json["code"]) == (409, "not_taken_up")
    said = people.desk.post(f"{V1}/wish-claims/{theirs}/fulfil", done)
    assert (said.status, said.json["state"]) == (200, "fulfilled")


def test_no_two_changes_at_once_leave_a_day_that_ends_before_it_begins(bank: Bank) -> None:
    need_settings.change_settings(bank, By(actor=STAFF), {"day_begins_minute": 17 * 60})
    with pytest.raises(Refused) as no:
        need_settings.change_settings(bank, By(actor=STAFF), {"day_ends_minute": 10 * 60})
    assert no.value.refusal.code == "changed_meanwhile"
    assert need_settings.settings(bank).day_ends_minute == 18 * 60
