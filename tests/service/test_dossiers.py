"""Training, commendations and evaluations are kept, printed on certificates, and supersede them when withdrawn."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from PIL import Image, ImageChops

from ledger import papers
from ledger.bank import Bank, By
from ledger.core.refusals.refusal import Refused
from ledger.people import closings, erasure, volunteers
from ledger.service import certificate_papers, certificates, dossiers, seals
from ledger.service.certificate_papers import Shown
from ledger.service.certificates import Certificate
from ledger.service.dossiers import Entry
from ledger.service.seals import SealRefused
from tests.banks import STAFF, Clock
from tests.towns import Town

BY = By(actor=STAFF)
LINK = "https://bank.example/certificate#1"


@pytest.fixture
def town(bank: Bank) -> Town:
    made = Town(bank)
    made.award("ana", 95)
    return made


def trained(town: Town, name: str = "ana", ago: int = 0) -> Entry:
    on = town.bank.today() - timedelta(days=ago)
    return dossiers.keep(
        *(town.bank, BY, town.volunteer(name)),
        kind="training",
        on_day=on,
        title="示例急救培训",
        given_by="示例红十字会",
        detail="示例地点",
        minutes=90,
    )


def certified(town: Town, name: str = "ana") -> Certificate:
    volunteer = volunteers.find(town.bank, town.volunteer(name).volunteer_no)
    assert volunteer is not None
    outcome = certificates.issue(town.bank, BY, town.request(f"certify {name}", None), volunteer)
    found = certificates.find(town.bank, UUID(str(outcome.answer["id"])))
    assert found is not None
    return found


def drawn(made: Certificate, seal: str | None = None) -> list[Image.Image]:
    values = certificate_papers.values("示例银行", "2026-11-22", [Shown(made, LINK, None, seal)], english=True)
    return [Image.open(io.BytesIO(page)).convert("RGB") for page in papers.pictures("certificate", values, ppi=60)]


def test_what_is_kept_is_printed_and_what_is_not_takes_no_room(town: Town) -> None:
    assert "dossier" not in (certified(town).content or {})
    trained(town)
    made = certified(town)
    assert made.content is not None
    [kept] = made.content["dossier"]
    assert (kept["kind"], kept["title"], kept["minutes"]) == ("training", "示例急救培训", 90)
    values = certificate_papers.values("示例银行", "2026-11-22", [Shown(made, LINK, None)], english=False)
    [part] = values["certificates"][0]["dossier"]
    assert (part["title"], part["rows"][0][1:]) == ("培训", ["示例急救培训", "示例红十字会", "示例地点\n1 小时 30 分"])


def test_withdrawing_it_supersedes_the_certificates_that_say_it(town: Town, clock: Clock) -> None:
    before = certified(town)
    clock.forward(minutes=1)
    entry = trained(town)
    clock.forward(minutes=1)
    made = certified(town)
    clock.forward(minutes=1)
    withdrawn = dossiers.withdraw(town.bank, BY, entry)
    assert withdrawn.withdrawn_at is not None
    states = [certificates.by_number(town.bank, one.certificate_no) for one in (before, made, certified(town))]
    assert [one.state for one in states if one] == ["valid", "superseded", "valid"]
    assert dossiers.of_volunteer(town.bank, town.volunteer("ana")) == []
    with pytest.raises(Refused, match="changed_meanwhile"):
        dossiers.withdraw(town.bank, BY, withdrawn)


def test_of_many_who_withdraw_it_at_once_one_does(town: Town) -> None:
    entry = trained(town)

    def withdraw(_: int) -> str:
        try:
            return "withdrawn" if dossiers.withdraw(town.bank, BY, entry).withdrawn_at else ""
        except Refused as no:
            return no.refusal.code

    with ThreadPoolExecutor(8) as crowd:
        assert sorted(crowd.map(withdraw, range(8))) == ["changed_meanwhile"] * 7 + ["withdrawn"]


def test_of_whoever_was_merged_it_is_kept_too(town: Town, clock: Clock) -> None:
    town.award("bo", 30, activity="visiting")
    entry = trained(town, "bo")
    merged = closings.merge(town.bank, BY, town.request("merge", None), town.volunteer("bo"), town.volunteer("ana"))
    assert merged.posted
    made = certified(town)
    assert len((made.content or {})["dossier"]) == 1
    clock.forward(minutes=1)
    dossiers.withdraw(town.bank, BY, entry)
    again = certificates.by_number(town.bank, made.certificate_no)
    assert again is not None
    assert again.state == "superseded"


def test_nothing_of_it_is_left_of_an_erased_person_and_nothing_is_kept_of_tomorrow(town: Town) -> None:
    entry = trained(town)
    with pytest.raises(Refused, match="future_day"):
        trained(town, ago=-1)
    closed = closings.close(town.bank, BY, town.request("close", None), town.volunteer("ana"), reason="left")
    assert closed.posted
    leaver = volunteers.find(town.bank, town.volunteer("ana").volunteer_no)
    assert leaver is not None
    erasure.erase(town.bank, BY, leaver)
    assert dossiers.find(town.bank, entry.id) is None


def test_a_seal_is_printed_where_the_unit_has_one(town: Town) -> None:
    red = io.BytesIO()
    Image.new("RGB", (40, 40), (200, 0, 0)).save(red, "PNG")
    made = certified(town)
    assert seals.find(town.bank, made.organisation_id) is None
    seals.put(town.bank, BY, town.district, red.getvalue())
    seal = seals.find(town.bank, made.organisation_id)
    assert seal is not None
    plain, sealed = drawn(made)[-1], drawn(made, seal.svg())[-1]
    assert (200, 0, 0) in {colour for _, colour in sealed.getcolors(1 << 24) or []}
    assert ImageChops.difference(plain, sealed).getbbox() is not None
    seals.remove(town.bank, BY, town.district)
    assert seals.find(town.bank, made.organisation_id) is None
    for wrong in (b"GIF89a", red.getvalue() + bytes(seals.SIZE_MAX)):
        with pytest.raises(SealRefused):
            seals.put(town.bank, BY, town.district, wrong)
