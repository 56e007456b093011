"""Reports over HTTP: of what is in reach, at a seq that exists, as JSON and as a table."""

from __future__ import annotations

import csv
import io

from api.routes import PREFIX
from tests.api.conftest import Founded, People, Scene

PATH = f"{PREFIX}/reports/figures"
MARCH = "from=2026-03-01&to=2026-03-31"


def test_a_report_names_its_seq_and_counts_what_was_posted(people: People, scene: Scene, founded: Founded) -> None:
    made = people.organiser.post(f"{PREFIX}/service-records", scene.record())
    assert made.status == 201, made.text
    told = people.auditor.get(f"{PATH}?{MARCH}&level=community").json
    assert told["as_of_seq"] == made.json["transaction_seq"]
    rows = {row["organisation_id"]: row for row in told["items"]}
    here = rows[str(founded.here.id)]
    assert (here["period"], here["minutes"], here["minutes_by_method"]["clocked"]) == ("2026-03", 120, 120)
    assert here["activities_by_type"] == [{"activity_type": "cleaning", "activities": 1}]
    assert here["points_outstanding"] == here["points_issued"] == made.json["points"]
    assert rows[str(founded.there.id)]["records"] == 0


def test_a_report_is_taken_away_as_a_table(people: People, scene: Scene) -> None:
    assert people.organiser.post(f"{PREFIX}/service-records", scene.record()).status == 201
    told = people.auditor.get(f"{PATH}?{MARCH}&format=csv")
    rows = list(csv.DictReader(io.StringIO(told.data.decode("utf-8-sig"), newline="")))
    assert [(row["期间"], row["时长(分钟)"], row["活动数"]) for row in rows] == [("2026-03", "120", "1")]
    assert people.auditor.get(f"{PATH}?{MARCH}&format=xlsx").data.startswith(b"PK")


def test_what_cannot_be_reported_is_refused(people: People, founded: Founded) -> None:
    founded.hire("neighbour", ("reviewer", founded.there))
    neighbour = people.sign_in("neighbour")
    assert neighbour.get(f"{PATH}?organisation_id={founded.here.id}").status == 404
    assert neighbour.get(PATH).status == 200
    assert people.desk.get(PATH).status == 403
    for wrong in ("as_of_seq=99999", "from=2026-04-01&to=2026-03-01", "from=2001-01-01", "every=week", "level=street"):
        assert people.admin.get(f"{PATH}?{wrong}").status == 422, wrong


def test_the_entries_behind_a_figure_name_nobody(people: People, scene: Scene) -> None:
    made = people.organiser.post(f"{PREFIX}/service-records", scene.record())
    told = people.admin.get(f"{PREFIX}/reports/entries?figure=minutes&{MARCH}").json["items"]
    assert told == [
        {
            "seq": made.json["transaction_seq"],
            "leg": 0,
            "on": "2026-03-01",
            "kind": "clocked",
            "what": "清洁日",
            "minutes": 120,
            "quantity": None,
            "points": None,
        }
    ]
    points = people.admin.get(f"{PREFIX}/reports/entries?figure=points_issued&{MARCH}").json["items"]
    assert [(entry["kind"], entry["points"]) for entry in points] == [("award", made.json["points"])]


def test_reports_are_papers(people: People, scene: Scene, founded: Founded) -> None:
    assert people.organiser.post(f"{PREFIX}/service-records", scene.record()).status == 201
    annual = f"{PREFIX}/organisations/{founded.here.id}/annual-report"
    for path in (f"{PREFIX}/reports/figures.pdf?{MARCH}&level=community", f"{annual}?year=2026"):
        paper = people.auditor.get(path)
        assert (paper.status, paper.headers["Content-Type"]) == (200, "application/pdf"), paper.text
        assert paper.data.startswith(b"%PDF-")
    assert people.auditor.get(f"{annual}?year=2099").status == 422
    assert people.auditor.get(f"{annual}?year=2026&as_of_seq=99999").status == 422


def test_letters_and_returns_are_papers_of_whom_one_may_know(people: People, scene: Scene, founded: Founded) -> None:
    assert people.organiser.post(f"{PREFIX}/service-records", scene.record()).status == 201
    listed = people.organiser.get(f"{PREFIX}/organisations/{founded.here.id}/yearly-letters?year=2026").json["items"]
    assert listed == [{"volunteer_no": scene.volunteer_no, "records": 1, "minutes": 120}]
    asked = {"year": 2026, "volunteer_nos": [scene.volunteer_no, scene.volunteer_no]}
    many = people.organiser.post(f"{PREFIX}/yearly-letters/papers", asked)
    assert many.data.startswith(b"%PDF-"), many.text
    volunteer = f"{PREFIX}/volunteers/{scene.volunteer_no}"
    assert people.desk.get(f"{volunteer}/yearly-letter?year=2026").data.startswith(b"%PDF-")
    assert people.organiser.get(f"{volunteer}/party-return?year=2026").data.startswith(b"%PDF-")
    assert people.desk.get(f"{volunteer}/party-return?year=2026").status == 403
    assert people.desk.get(f"{volunteer}/yearly-letter?year=2099").status == 422
    founded.hire("neighbour", ("organiser", founded.there))
    assert people.sign_in("neighbour").post(f"{PREFIX}/yearly-letters/papers", asked).status == 404
