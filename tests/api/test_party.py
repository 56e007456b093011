"""Dual check-in over HTTP: who may confirm what, who never learns of it, and the file that goes back to the unit."""

from __future__ import annotations

import csv
import io
import time
from dataclasses import dataclass

import openpyxl  # type: ignore[import-untyped]
import pytest
from sqlalchemy import insert

from ledger.bank import By
from ledger.people import consents, organisations, party, volunteers
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.store import rows
from ledger.store.schema.community import party_tie
from tests.api.conftest import Client, Founded, People, Told

API = "/api/v1"
YEAR = 2026


@dataclass
class District:
    """A school and a community next to each other, each with staff of its own, and a member of both."""

    founded: Founded
    people: People
    school: Organisation
    member: Volunteer

    def staff_of(self, organisation: Organisation, name: str) -> Client:
        self.founded.hire(name, ("organiser", organisation))
        return self.people.sign_in(name)

    def report(self, client: Client, side: str, organisation: Organisation) -> Told:
        body = {
            "volunteer_no": self.member.volunteer_no,
            "side": side,
            "organisation_id": str(organisation.id),
            "from_on": "2026-01-01",
        }
        return client.post(f"{API}/party-reports", body)


@pytest.fixture
def district(founded: Founded, people: People) -> District:
    by = By(actor=founded.bank.world.new_id())
    school = organisations.create(founded.bank, by, parent=founded.district, level="unit", name="示例学校")
    member = volunteers.register(founded.bank, by, organisation=founded.here, name="示例党员")
    consents.record(founded.bank, by, member, purpose="sensitive_data", given=True, captured="paper")
    return District(founded, people, school, member)


def test_each_side_confirms_its_own_report_and_not_the_other_s(district: District) -> None:
    home = district.staff_of(district.founded.here, "home")
    school = district.staff_of(district.school, "school")
    at_home = district.report(home, "home", district.founded.here)
    at_school = district.report(home, "unit", district.school)  # beyond its reach: the school has to confirm it
    assert (at_home.status, at_school.status, at_school.json["status"]) == (201, 201, "reported")
    assert at_school.json["name"] == "示**员"
    confirm = f"{API}/party-reports/{{}}/confirm"
    assert home.post(confirm.format(at_school.json["id"]), {}).status == 404
    assert school.post(confirm.format(at_home.json["id"]), {}).status == 404
    assert home.post(confirm.format(at_home.json["id"]), {}).json["status"] == "confirmed"
    assert [one["id"] for one in school.get(f"{API}/party-reports?status=reported").json["items"]] == [
        at_school.json["id"]
    ]
    assert school.post(confirm.format(at_school.json["id"]), {}).json["status"] == "confirmed"
    told = school.get(f"{API}/organisations/{district.school.id}/party-summary").json
    assert told == {
        "members": 1,
        "home": 1,
        "unit": 1,
        "both": 1,
        "team": 0,
        "stairwell": 0,
        "area": 0,
        "all_three": 0,
    }
    assert home.get(f"{API}/organisations/{district.school.id}/party-summary").status == 404


def test_a_unit_cannot_look_for_party_members_who_did_not_report_to_it(district: District) -> None:
    school = district.staff_of(district.school, "school")
    told = district.report(school, "unit", district.school)
    assert (told.status, told.json["errors"][0]["pointer"]) == (404, "/volunteer_no")
    assert school.get(f"{API}/volunteers/{district.member.volunteer_no}/party-ties").status == 404


def test_nothing_of_it_is_kept_without_consent(district: District) -> None:
    by = By(actor=district.founded.bank.world.new_id())
    consents.record(district.founded.bank, by, district.member, purpose="sensitive_data", given=False, captured="paper")
    told = district.report(district.people.organiser, "home", district.founded.here)
    assert (told.status, told.json["code"]) == (409, "party_consent_missing")


def test_neither_desk_nor_auditor_nor_nobody_learns_who_is_a_party_member(
    district: District, people: People, nobody: Client
) -> None:
    district.report(people.organiser, "home", district.founded.here)
    paths = (
        f"{API}/party-reports",
        f"{API}/commitments",
        f"{API}/volunteers/{district.member.volunteer_no}/party-ties",
        f"{API}/organisations/{district.founded.here.id}/party-summary",
        f"{API}/organisations/{district.school.id}/party-return?year=2026",
    )
    for path in paths:
        assert nobody.get(path).status == 401
        for role in ("desk", "reviewer", "auditor"):
            assert getattr(people, role).get(path).status == 403, path
    profile = people.desk.get(f"{API}/volunteers/{district.member.volunteer_no}")
    assert "party" not in profile.text


def returned(client: Client, organisation: Organisation, as_what: str) -> Told:
    return client.get(f"{API}/organisations/{organisation.id}/party-return?year={YEAR}&format={as_what}")


def test_the_yearly_return_says_reports_commitments_hours_and_points_at_a_seq(
    district: District, people: People
) -> None:
    school = district.staff_of(district.school, "school")
    district.report(people.organiser, "home", district.founded.here)
    there = district.report(people.organiser, "unit", district.school)
    school.post(f"{API}/party-reports/{there.json['id']}/confirm", {})
    of = {"organisation_id": str(district.founded.here.id)}
    activity = people.organiser.post(
        f"{API}/activities",
        of
        | {"title": "清洁日", "activity_type": "cleaning", "held_on": "2026-03-01", "place": "广场"}
        | {"content": "清洁", "person_in_charge": "示例"},
    ).json
    record = {
        "volunteer_no": district.member.volunteer_no,
        "activity_id": activity["id"],
        "minutes": 120,
        "served_on": "2026-03-01",
        "capture_method": "clocked",
    }
    kept = people.organiser.post(f"{API}/service-records", record).json
    undone = people.organiser.post(f"{API}/service-records", record | {"minutes": 60}).json
    people.reviewer.post(f"{API}/service-records/{undone['id']}/reverse", {"reason": "示例误记"})
    seq = people.auditor.get(f"{API}/ledger/transactions").json["items"][0]["seq"]
    made = returned(school, district.school, "csv")
    assert made.status == 200
    assert made.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert made.headers["Content-Disposition"] == f"attachment; filename=party-return-2026-{seq}.csv"
    assert made.headers["Cache-Control"] == "no-store"
    assert made.data.startswith(b"\xef\xbb\xbf")
    header, row = csv.reader(io.StringIO(made.data.decode("utf-8-sig"), newline=""))
    assert header == [
        *("志愿者编号", "姓名", "单位报到", "居住地报到", "加入志愿队", "联系楼栋", "认领区域"),
        *("服务时长(分钟)", "积分", f"截至账本第 {seq} 号"),
    ]
    assert row == [
        district.member.volunteer_no,
        "示例党员",
        "示例学校 已确认 2026-01-01",
        "梧桐社区 待确认 2026-01-01",
        *("", "", ""),
        "120",
        str(kept["points"]),
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(returned(school, district.school, "xlsx").data)).active
    assert [cell.value for cell in sheet[2]][:2] == [district.member.volunteer_no, "示例党员"]
    assert (sheet["A2"].data_type, sheet["H2"].value) == ("s", 120)


def test_a_return_is_for_that_unit_and_those_above_it_and_is_noted(district: District, people: People) -> None:
    home = district.staff_of(district.founded.here, "home")
    assert returned(home, district.school, "csv").status == 404
    assert returned(people.organiser, district.school, "csv").status == 200
    with district.founded.bank.store.reading() as connection:
        found = rows.page(connection, "viewing", order=("id",), after=None, limit=200, purpose="party_return")
    assert [(row["what"], row["fields"]) for row in found.items] == [("party", "party_member name")]
    bad = people.organiser.get(f"{API}/organisations/{district.school.id}/party-return?year=26")
    assert (bad.status, bad.json["errors"][0]["parameter"]) == (422, "year")


def test_a_name_that_would_be_a_formula_is_text_in_the_return(district: District, people: People) -> None:
    bank, by = district.founded.bank, By(actor=district.founded.bank.world.new_id())
    district.member = volunteers.register(bank, by, organisation=district.founded.here, name="=cmd|' /C calc'!A0")
    consents.record(bank, by, district.member, purpose="sensitive_data", given=True, captured="paper")
    district.report(people.organiser, "unit", district.school)
    assert b",'=cmd" in returned(people.organiser, district.school, "csv").data
    sheet = openpyxl.load_workbook(io.BytesIO(returned(people.organiser, district.school, "xlsx").data)).active
    assert (sheet["B2"].data_type, sheet["B2"].value[0]) == ("s", "'")


def test_four_thousand_six_hundred_members_are_counted_and_returned_at_once(district: District) -> None:
    bank, by = district.founded.bank, By(actor=district.founded.bank.world.new_id())
    names = [f"示例{n}" for n in range(4_600)]
    made = volunteers.register_all(bank, by, organisation=district.founded.here, names=names)
    rows = [
        {
            "id": bank.world.new_id(),
            "volunteer_id": member.id,
            "kind": kind,
            "organisation_id": to.id,
            "area": None,
            "status": party.CONFIRMED,
            "from_on": bank.today().replace(month=1, day=1),
            "until_on": None,
            "recorded_at": 1,
            "recorded_by": by.actor,
            "confirmed_at": 1,
            "confirmed_by": by.actor,
            "open_as": f"{member.id}/{kind}",
        }
        for member in made
        for kind, to in ((party.HOME, district.founded.here), (party.UNIT, district.school))
    ]
    with bank.store.changing() as connection:
        connection.execute(insert(party_tie), rows)
    began = time.monotonic()
    assert party.coverage(bank, district.school).both == 4_600
    counted = time.monotonic()
    told = party.yearly_return(bank, by, district.school, bank.today().year)
    assert (len(told.rows), len(told.xlsx()) > 0) == (4_600, True)
    assert counted - began < 10  # well below a second on a machine of its own
    assert time.monotonic() - counted < 30
