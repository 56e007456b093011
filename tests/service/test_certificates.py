"""A certificate says what the books say on the day of issue, and whoever is shown one learns whether it still holds."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import zxingcpp
from PIL import Image

from ledger import papers
from ledger.bank import Bank, By, Outcome
from ledger.people import closings, erasure, volunteers
from ledger.people.volunteers import Volunteer
from ledger.reading.balances import balance_of
from ledger.service import certificate_papers, certificates
from ledger.service.certificate_papers import Shown, hours, hours_en
from ledger.service.certificates import Certificate
from tests.banks import SECOND, STAFF
from tests.towns import Town

BY = By(actor=STAFF)
LINK = "https://bank.example/certificate#"


@pytest.fixture
def town(bank: Bank) -> Town:
    return Town(bank)


def issued(town: Town, name: str, **period: Any) -> Outcome:
    return certificates.issue(town.bank, BY, town.request(f"certify {name}"), town.volunteer(name), **period)


def certificate(town: Town, name: str, **period: Any) -> Certificate:
    outcome = issued(town, name, **period)
    assert outcome.posted, outcome.refusal
    found = certificates.find(town.bank, UUID(str(outcome.answer["id"])))
    assert found is not None
    return found


def minutes_of(town: Town, volunteer: Volunteer) -> int:
    held = balance_of(town.bank, volunteer.owner)
    return held.minutes_clocked + held.minutes_honorary


def again(town: Town, one: Certificate) -> Certificate:
    found = certificates.by_number(town.bank, one.certificate_no)
    assert found is not None
    return found


def test_it_says_all_the_hours_that_the_books_hold(town: Town) -> None:
    town.award("ana", 95)
    town.award("ana", 60, activity="visiting")
    town.award("bo", 600)
    made = certificate(town, "ana")
    assert made.content is not None
    assert (made.state, made.records) == ("valid", 2)
    assert made.minutes == minutes_of(town, town.volunteer("ana")) == 155
    assert sum(made.content["by_method"].values()) == 155
    assert [record["minutes"] for record in made.content["records"]] == [95, 60]
    assert made.content["name"] == "示例ana"


def test_what_was_undone_before_is_not_certified(town: Town) -> None:
    town.award("ana", 95)
    wrong = town.award("ana", 60, activity="visiting")
    assert wrong.seq is not None
    town.reverse(wrong.seq)
    assert certificate(town, "ana").minutes == 95


def test_a_period_takes_in_its_first_and_its_last_day(town: Town) -> None:
    today = town.bank.today()
    for ago, minutes in ((3, 1), (2, 10), (1, 100), (0, 1000)):
        town.award("ana", minutes, activity=f"cleaning-{ago}", on=today - timedelta(days=ago))
    made = certificate(town, "ana", since=today - timedelta(days=2), until=today - timedelta(days=1))
    assert (made.minutes, made.first_day, made.last_day) == (110, today - timedelta(days=2), today - timedelta(days=1))


def test_nothing_is_certified_where_nothing_is_recorded(town: Town) -> None:
    town.award("ana", 95)
    outcome = issued(town, "ana", since=date(2020, 1, 1), until=date(2020, 12, 31))
    assert outcome.refusal is not None
    assert outcome.refusal.code == "no_service_recorded"


def test_a_correction_supersedes_it_and_the_next_one_holds(town: Town) -> None:
    wrong = town.award("ana", 95)
    town.award("ana", 30, activity="visiting")
    first = certificate(town, "ana")
    assert wrong.seq is not None
    town.reverse(wrong.seq)
    second = certificate(town, "ana")
    assert (again(town, first).state, again(town, second).state) == ("superseded", "valid")
    assert (first.minutes, second.minutes) == (125, 30)


def test_another_deed_later_leaves_it_valid(town: Town) -> None:
    town.award("ana", 95)
    made = certificate(town, "ana")
    later = town.award("ana", 30, activity="visiting")
    assert later.seq is not None
    town.reverse(later.seq)
    assert again(town, made).state == "valid"


def test_it_is_revoked_once(town: Town) -> None:
    town.award("ana", 95)
    made = certificate(town, "ana")
    assert certificates.revoke(town.bank, By(actor=SECOND), town.request("revoke 1"), made, "fraud").posted
    twice = certificates.revoke(town.bank, BY, town.request("revoke 2"), made, "mistake")
    assert twice.refusal is not None
    assert twice.refusal.code == "certificate_ended"
    assert (again(town, made).state, again(town, made).ended_for) == ("revoked", "fraud")


def test_the_same_request_issues_one(town: Town) -> None:
    town.award("ana", 95)
    request = town.request("certify")
    first, second = (certificates.issue(town.bank, BY, request, town.volunteer("ana")) for _ in range(2))
    assert (first.replayed, second.replayed) == (False, True)
    assert first.answer == second.answer


def test_many_at_once_each_have_their_own_outcome(town: Town) -> None:
    town.award("ana", 95)
    town.award("bo", 30)
    names = ["ana", "nobody", "bo"]
    outcomes = certificates.issue_all(
        town.bank, BY, [(town.request(f"certify {name}"), town.volunteer(name)) for name in names]
    )
    assert [outcome.posted for outcome in outcomes] == [True, False, True]
    assert [outcome.answer.get("minutes") for outcome in outcomes if outcome.posted] == [95, 30]


def test_whoever_was_merged_is_certified_with_all_they_did(town: Town) -> None:
    town.award("ana", 95)
    town.award("bo", 30, activity="visiting")
    merged = closings.merge(town.bank, BY, town.request("merge"), town.volunteer("bo"), town.volunteer("ana"))
    assert merged.posted
    remaining = volunteers.find(town.bank, town.volunteer("ana").volunteer_no)
    assert remaining is not None
    outcome = certificates.issue(town.bank, BY, town.request("certify both"), remaining)
    assert outcome.answer["minutes"] == minutes_of(town, remaining) == 125


def test_of_an_erased_person_only_the_number_is_left(town: Town) -> None:
    town.award("ana", 95)
    made = certificate(town, "ana")
    ana = town.volunteer("ana")
    assert closings.close(town.bank, BY, town.request("close"), ana, reason="left").posted
    closed = volunteers.find(town.bank, ana.volunteer_no)
    assert closed is not None
    erasure.erase(town.bank, BY, closed)
    left = again(town, made)
    assert (left.state, left.content, left.minutes) == ("erased", None, 95)
    with pytest.raises(ValueError, match="nothing to print"):
        certificate_papers.paper("示例银行", [Shown(left, LINK, None)], english=False)


@pytest.mark.parametrize("typed", ["", "123", "12345678901234567890", "１２３４５６７８９０１２３４５６７８９５"])
def test_a_slip_of_the_finger_is_no_number(town: Town, typed: str) -> None:
    assert certificates.by_number(town.bank, typed) is None


# -- the paper ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [(1, "1 分", "1 min"), (60, "1 小时", "1 h"), (150, "2 小时 30 分", "2 h 30 min"), (0, "0 分", "0 min")],
)
def test_minutes_are_read_as_hours(minutes: int, zh: str, en: str) -> None:
    assert (hours(minutes), hours_en(minutes)) == (zh, en)


@pytest.fixture
def shown(town: Town) -> Shown:
    volunteers_name = "示㛃䶮𬱖" + "长名" * 12
    town.people["ana"] = volunteers.register(town.bank, BY, organisation=town.district, name=volunteers_name)
    for at in range(200):
        town.award("ana", 5 + at % 50, activity=f"cleaning-{at}")
    made = certificate(town, "ana")
    return Shown(made, f"{LINK}{made.certificate_no}", "c2sp.org/tlog-proof@v1\n")


def test_in_english_every_time_is_read_in_english_too(town: Town) -> None:
    town.award("ana", 95)
    of = Shown(certificate(town, "ana"), LINK, None)
    [plain], [beside] = (
        certificate_papers.values("示例银行", "2026-11-22", [of], english=english)["certificates"]
        for english in (False, True)
    )
    for name in ("methods", "records"):
        assert [row[-1] for row in plain[name]] == ["1 小时 35 分"]
        assert [row[-1] for row in beside[name]] == ["1 小时 35 分\n1 h 35 min"]


@pytest.mark.parametrize("english", [False, True])
def test_two_hundred_activities_go_over_pages_and_the_code_leads_to_the_verdict(shown: Shown, english: bool) -> None:
    values = certificate_papers.values("示例银行", "2026-11-22", [shown], english=english)
    pages = [Image.open(io.BytesIO(page)).convert("L") for page in papers.pictures("certificate", values, ppi=150)]
    assert len(pages) > 3
    read = [code.text for page in pages for code in zxingcpp.read_barcodes(page)]
    assert read == [shown.link]


def test_the_proof_rides_along_and_the_same_certificate_prints_the_same(shown: Shown, tmp_path: Path) -> None:
    pdf = certificate_papers.paper("示例银行", [shown], english=False)
    assert pdf == certificate_papers.paper("示例银行", [shown], english=False)
    assert b"/EmbeddedFile" in pdf
    assert f"certificate-{shown.certificate.certificate_no}.tlog-proof".encode() in pdf
    without = certificate_papers.paper("示例银行", [shown._replace(proof=None)], english=False)
    assert b"/EmbeddedFile" not in without
