"""How rules change, over HTTP: drafts with their faults, five people for five stages, everything read without login."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ledger import rules
from ledger.governance.templates import read_template, template_text
from tests.api.conftest import Client, Founded, People, Scene, Told

BASE = "/api/v1"
STAGES = read_template(template_text("three_reviews")).stages
NAMES = ("张示甲", "李示乙")


@pytest.fixture
def seats(founded: Founded, sign_in: Callable[[str], Client]) -> list[Client]:
    """Somebody for each stage, as the template asks: who proposes, three who review, who publishes."""
    roles = ("organiser", "reviewer", "reviewer", "reviewer", "admin")
    for at, role in enumerate(roles):
        founded.hire(f"seat-{at}", (role, founded.district))
    return [sign_in(f"seat-{at}") for at in range(len(roles))]


def next_book(founded: Founded, **changed: str) -> str:
    day = founded.bank.today() + timedelta(days=10)
    document = rules.book("example").replace("version: 1\n", "version: 2\n", 1).replace("2020-01-01", day.isoformat())
    for before, after in changed.items():
        document = document.replace(f"{before}: ", f"{after}: ")
    return document


def draft(client: Client, founded: Founded, document: str | None = None, **changed: Any) -> Told:
    body = {
        "organisation_id": str(founded.district.id),
        "title": "第二版(示例)",
        "reasons": "居民提出(示例)",
        "document": next_book(founded) if document is None else document,
    }
    return client.post(f"{BASE}/rulebooks", body | changed)


def body_of(at: int, **changed: Any) -> dict[str, Any]:
    """What is sent at the n-th stage when all goes well."""
    votes = [
        {"body": one.id, "present": 7, "votes_for": 6, "votes_abstained": 1, "opinion": "同意", "persons": list(NAMES)}
        for one in STAGES[at].bodies
    ]
    return {"stage": STAGES[at].id, "bodies": votes, "minutes": "记录(示例)"} | changed


def carry(seats: list[Client], id: str, stages: int = len(STAGES)) -> Told:
    told = None
    for at in range(stages):
        told = seats[at].post(f"{BASE}/rulebooks/{id}/steps", body_of(at))
        assert told.status == 201, told.text
    assert told is not None
    return told


def test_a_rulebook_goes_its_way_and_everybody_can_read_it(
    founded: Founded, seats: list[Client], nobody: Client
) -> None:
    id = draft(seats[0], founded).json["id"]
    assert nobody.get(f"{BASE}/proposals/{id}").status == 404  # a draft is nobody's business
    assert nobody.get(f"{BASE}/rulebooks/{id}").status == 404
    assert carry(seats, id).json["state"] == "decided"
    told = nobody.get(f"{BASE}/proposals/{id}").json
    assert [step["stage"] for step in told["steps"]] == [stage.id for stage in STAGES]
    assert [step["recorder"] for step in told["steps"]] == [1, 2, 3, 4, 5]
    assert told["state"] == "decided"
    assert told["next_stage"] is None
    assert told["changes"]["zh"][0]["after"].startswith("《积分规则(示例)》第 2 版")
    book = nobody.get(f"{BASE}/rulebooks/{id}").json
    assert book["document"] == next_book(founded)
    assert book["digest"] == hashlib.sha256(book["document"].encode()).hexdigest()
    assert book["sentences"]["zh"] == list(rules.sentences(rules.load(book["document"], points_scale=0), "zh"))
    [listed] = nobody.get(f"{BASE}/proposals").json["items"]
    assert listed == {name: told[name] for name in listed}
    day = book["effective_from"]
    assert nobody.get(f"{BASE}/rulebooks/in-force?on={day}").json["id"] == id
    assert nobody.get(f"{BASE}/rulebooks/in-force").json["version"] == 1
    changes = nobody.get(f"{BASE}/rulebooks/{id}/differences").json
    assert changes == told["changes"]


def test_each_step_is_an_entry_of_the_log_under_the_digest_of_its_record(
    founded: Founded, seats: list[Client], people: People, nobody: Client
) -> None:
    id = draft(seats[0], founded).json["id"]
    carry(seats, id)
    for step in nobody.get(f"{BASE}/proposals/{id}").json["steps"]:
        entry = people.auditor.get(f"{BASE}/ledger/transactions/{step['transaction_seq']}").json
        assert entry["kind"] == ("rulebook" if step["stage"] == "published" else "proposal_step")
        assert step["digest"] in json.dumps(entry)


def test_names_are_masked_in_public(founded: Founded, seats: list[Client], nobody: Client) -> None:
    id = draft(seats[0], founded).json["id"]
    carry(seats, id, 2)
    told = nobody.get(f"{BASE}/proposals/{id}")
    assert told.json["steps"][1]["bodies"][0]["persons"] == ["张*甲", "李*乙"]
    assert not any(name in told.text for name in NAMES)


def test_a_draft_with_faults_is_kept_and_its_faults_are_told_line_by_line(
    founded: Founded, seats: list[Client], nobody: Client
) -> None:
    told = draft(seats[0], founded, next_book(founded, penalties="penalty", title="titel")).json
    assert {"line", "field", "zh", "en"} == set(told["findings"][0])
    refused = seats[0].post(f"{BASE}/rulebooks/{told['id']}/steps", {"stage": "proposed"})
    assert (refused.status, refused.json["code"]) == (422, "rulebook_invalid")
    assert refused.json["findings"] == told["findings"]
    assert nobody.get(f"{BASE}/proposals").json["items"] == []


def test_a_draft_is_changed_only_as_it_was_seen(founded: Founded, seats: list[Client]) -> None:
    path = f"{BASE}/rulebooks/{draft(seats[0], founded, 'code: x').json['id']}/draft"
    seen = seats[0].get(path)
    assert seats[0].patch(path, {"title": "别的"}).status == 428
    assert seats[0].patch(path, {"title": "别的"}, If_Match='"other"').status == 412
    changed = seats[0].patch(path, {"document": next_book(founded)}, If_Match=seen.headers["ETag"])
    assert (changed.status, changed.json["findings"]) == (200, [])
    assert changed.json["sentences"]["en"]
    assert seats[0].patch(path, {"title": "又"}, If_Match=seen.headers["ETag"]).status == 412
    [listed] = seats[0].get(f"{BASE}/rulebooks/drafts").json["items"]
    assert listed == changed.json


def test_a_text_can_be_looked_through_before_it_is_a_draft(founded: Founded, people: People) -> None:
    good = people.reviewer.post(f"{BASE}/rulebooks/validate", {"document": next_book(founded)}).json
    assert good["valid"]
    assert good["sentences"]["zh"]
    bad = people.reviewer.post(f"{BASE}/rulebooks/validate", {"document": "code: x\ncode: y\n"}).json
    assert not bad["valid"]
    assert {one["line"] for one in bad["findings"]} >= {2}
    below = {"document": next_book(founded), "organisation_id": str(founded.here.id)}
    told = people.reviewer.post(f"{BASE}/rulebooks/validate", below).json
    assert told["findings"][0]["field"] == "inherits"


def test_the_schema_is_served_to_editors(nobody: Client) -> None:
    told = nobody.get(f"{BASE}/rulebooks/schema.json")
    assert told.headers["Content-Type"] == "application/schema+json"
    assert json.loads(told.text) == rules.rulebook_schema()


def test_a_stage_is_recorded_by_whose_role_it_is(founded: Founded, seats: list[Client], people: People) -> None:
    id = draft(seats[0], founded).json["id"]
    path = f"{BASE}/rulebooks/{id}/steps"
    assert people.reviewer.post(path, body_of(0)).json["code"] == "insufficient_scope"
    carry(seats, id, 1)
    assert people.organiser.post(path, body_of(1)).json["code"] == "insufficient_scope"
    assert people.desk.post(path, body_of(1)).status == 403
    assert people.reviewer.post(path, body_of(1)).status == 201


def test_the_same_step_under_its_key_is_taken_once(founded: Founded, seats: list[Client]) -> None:
    id = draft(seats[0], founded).json["id"]
    path, key = f"{BASE}/rulebooks/{id}/steps", "the-one-step-0001"
    first = seats[0].post(path, body_of(0), key=key)
    again = seats[0].post(path, body_of(0), key=key)
    assert (again.status, again.json, again.headers["Idempotent-Replayed"]) == (201, first.json, "true")
    other = seats[0].post(path, body_of(0), key="another-step-0001")
    assert (other.status, other.json["code"]) == (409, "other_stage_next")


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"stage": "party"}, 422, "invalid_request"),
        ({"result": "withdrawn"}, 422, "invalid_request"),
        ({"bodies": []}, 409, "body_missing"),
        ({"result": "returned", "bodies": []}, 409, "reason_missing"),
        ({"held_on": "2100-01-01"}, 409, "future_day"),
        ({"attachments": ["0" * 64]}, 404, "not_found"),
        ({"bodies": [{"body": "party_branch", "present": 8, "votes_for": 4}]}, 409, "vote_not_carried"),
        ({"bodies": [{"body": "party_branch", "present": 1, "votes_for": 4}]}, 409, "votes_wrong"),
        ({"bodies": [{"body": "party_branch", "present": -1, "votes_for": 4}]}, 422, "invalid_request"),
    ],
)
def test_what_is_not_in_order_is_refused(
    changed: dict[str, Any], status: int, code: str, founded: Founded, seats: list[Client]
) -> None:
    id = draft(seats[0], founded).json["id"]
    carry(seats, id, 1)
    told = seats[1].post(f"{BASE}/rulebooks/{id}/steps", body_of(1, **changed))
    assert (told.status, told.json["code"]) == (status, code)


def test_a_review_of_a_draft_that_was_never_proposed_is_404(founded: Founded, seats: list[Client]) -> None:
    id = draft(seats[0], founded).json["id"]
    assert seats[1].post(f"{BASE}/rulebooks/{id}/steps", body_of(1)).status == 404


def test_a_proposer_takes_it_back(founded: Founded, seats: list[Client], nobody: Client) -> None:
    id = draft(seats[0], founded).json["id"]
    carry(seats, id, 2)
    body = {"stage": "withdrawn", "result": "withdrawn", "reasons": "另行研究(示例)"}
    assert seats[1].post(f"{BASE}/rulebooks/{id}/steps", body).json["code"] == "only_the_proposer"
    assert seats[0].post(f"{BASE}/rulebooks/{id}/steps", body).json["state"] == "withdrawn"
    told = nobody.get(f"{BASE}/proposals/{id}").json
    assert (told["state"], told["steps"][-1]["reasons"]) == ("withdrawn", "另行研究(示例)")
    assert seats[2].post(f"{BASE}/rulebooks/{id}/steps", body_of(2)).json["code"] == "proposal_closed"


PDF = b"%PDF-1.7 invented"


def attached(client: Client, id: str, content: bytes = PDF, **changed: Any) -> Told:
    body = {"name": "会议记录.pdf", "media_type": "application/pdf", "content": base64.b64encode(content).decode()}
    return client.post(f"{BASE}/proposals/{id}/attachments", body | changed)


def test_a_published_file_can_be_had_by_everybody_and_others_by_nobody(
    founded: Founded, seats: list[Client], nobody: Client
) -> None:
    id = draft(seats[0], founded).json["id"]
    carry(seats, id, 1)
    public = attached(seats[1], id, is_published=True).json
    secret = attached(seats[1], id, PDF + b" with names").json
    assert public["digest"] == hashlib.sha256(PDF).hexdigest()
    step = body_of(1, attachments=[public["digest"], secret["digest"]])
    assert seats[1].post(f"{BASE}/rulebooks/{id}/steps", step).status == 201
    told = nobody.get(f"{BASE}/proposals/{id}").json["steps"][1]["attachments"]
    assert [one["is_published"] for one in told] == [True, False]
    got = nobody.get(f"{BASE}/proposals/{id}/attachments/{public['digest']}")
    assert (got.status, got.text.encode()) == (200, PDF)
    assert got.headers["Content-Type"] == "application/pdf"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Disposition"].startswith("attachment;")
    assert nobody.get(f"{BASE}/proposals/{id}/attachments/{secret['digest']}").status == 404
    assert nobody.get(f"{BASE}/proposals/{id}/attachments/{'0' * 64}").status == 404


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(b"<html>", "application/pdf"), (PDF, "image/png"), (b"\xff\xd8\xff" + b"x" * 700_001, "image/jpeg")],
)
def test_a_file_that_is_too_large_or_not_what_it_says_is_refused(
    content: bytes, media_type: str, founded: Founded, seats: list[Client]
) -> None:
    id = draft(seats[0], founded).json["id"]
    told = attached(seats[1], id, content, media_type=media_type)
    assert (told.status, told.json["code"]) == (422, "attachment_refused")


def test_a_draft_of_elsewhere_is_nobodys_to_know(founded: Founded, sign_in: Callable[[str], Client]) -> None:
    for name, place in (("here", founded.here), ("there", founded.there)):
        founded.hire(f"admin-{name}", ("admin", place))
    here, there = sign_in("admin-here"), sign_in("admin-there")
    id = draft(here, founded, organisation_id=str(founded.here.id)).json["id"]
    assert draft(here, founded, organisation_id=str(founded.there.id)).status == 404
    for told in (
        there.get(f"{BASE}/rulebooks/{id}/draft"),
        there.patch(f"{BASE}/rulebooks/{id}/draft", {"title": "x"}),
        there.post(f"{BASE}/rulebooks/{id}/steps", body_of(0)),
        attached(there, id),
    ):
        assert told.status == 404
    assert there.get(f"{BASE}/rulebooks/drafts").json["items"] == []


@pytest.mark.parametrize("way", ["five_deliberations", "joint_meeting", "five_sources"])
def test_a_resolution_goes_the_way_of_its_template(
    founded: Founded, nobody: Client, sign_in: Callable[[str], Client], way: str
) -> None:
    stages = read_template(template_text(way)).stages
    for at in range(len(stages)):
        founded.hire(f"five-{at}", ("admin", founded.district))
    people = [sign_in(f"five-{at}") for at in range(len(stages))]
    body = {"kind": "resolution", "template": way, "title": "周六打扫(示例)", "reasons": "示例"}
    place = {"organisation_id": str(founded.district.id)}
    assert people[0].post(f"{BASE}/proposals", body | place | {"document": "x", "template": "no"}).status == 422
    id = people[0].post(f"{BASE}/proposals", body | place | {"document": "每周六打扫庭院(示例)"}).json["id"]
    for person, stage in zip(people, stages, strict=True):
        votes = [{"body": one.id, "present": 3, "votes_for": 2} for one in stage.bodies]
        told = person.post(f"{BASE}/proposals/{id}/steps", {"stage": stage.id, "bodies": votes})
        assert told.status == 201, told.text
    told = nobody.get(f"{BASE}/proposals/{id}")
    assert (told.json["state"], told.json["effective_from"]) == ("decided", None)
    assert nobody.get(f"{BASE}/proposals?kind=resolution").json["items"][0]["id"] == id
    assert nobody.get(f"{BASE}/proposals?kind=price_list").json["items"] == []
    assert [one["id"] for one in nobody.get(f"{BASE}/proposals/templates").json["items"]][1:] == [
        *("five_deliberations", "joint_meeting", "five_sources"),
    ]


def test_a_draft_is_simulated_over_what_was_done(
    founded: Founded, seats: list[Client], people: People, scene: Scene
) -> None:
    record = people.organiser.post(f"{BASE}/service-records", scene.record(120)).json
    double = next_book(founded).replace("    points: 1\n", "    points: 2\n")
    id = draft(seats[0], founded, double).json["id"]
    period = {"since": "2026-03-01", "until": "2026-03-01"}
    told = people.reviewer.post(f"{BASE}/rulebooks/{id}/simulate", period)
    assert told.status == 200, told.text
    assert (told.json["deeds"], told.json["given"], told.json["would_be"]) == (
        1,
        record["points"],
        2 * record["points"],
    )
    assert told.json["persons"][0]["name"] == "王*英"
    assert told.json["capped"] == []
    auth = {"Authorization": f"Bearer {people.reviewer.token}"}
    file = people.reviewer.flask.post(f"{BASE}/rulebooks/{id}/simulate/file", json=period, headers=auth)
    assert file.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert file.data.startswith(b"PK")
    listed = people.reviewer.post(f"{BASE}/rulebooks/{id}/simulate/file", period | {"format": "csv"})
    assert scene.volunteer_no in listed.text
    backwards = {"since": "2026-03-02", "until": "2026-03-01"}
    assert people.reviewer.post(f"{BASE}/rulebooks/{id}/simulate", backwards).status == 422
    assert len(people.auditor.get(f"{BASE}/ledger/transactions").json["items"]) == 2


def test_a_draft_with_faults_cannot_be_simulated(founded: Founded, seats: list[Client]) -> None:
    id = draft(seats[0], founded, "code: x").json["id"]
    told = seats[1].post(f"{BASE}/rulebooks/{id}/simulate", {"since": "2026-03-01", "until": "2026-03-01"})
    assert (told.status, told.json["code"]) == (422, "rulebook_invalid")
