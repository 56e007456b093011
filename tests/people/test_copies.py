"""A copy of one's own data holds everything that is kept of a person (PIPL 45), under whatever number they had."""

from __future__ import annotations

from datetime import timedelta

from ledger.bank import Bank, By
from ledger.governance import appraisals
from ledger.people import closings, volunteers
from ledger.reading import copies
from ledger.reading.copied_rows import ELSEWHERE, LEFT_OUT, SECTIONS
from ledger.service import dossiers, request_steps, requests, tasks, wish_claims, wishes
from ledger.service.requests import NewRequest
from ledger.service.tasks import NewTask
from ledger.service.wishes import NewWish, Published
from ledger.store.schema import metadata
from tests.banks import SECOND, STAFF
from tests.towns import Town

BY = By(actor=STAFF)
OTHER = By(actor=SECOND)


def test_every_table_that_refers_to_a_person_is_copied_or_says_why_not() -> None:
    refers = {
        table.name
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name == "volunteer_id" or any(key.column.table.name == "volunteer" for key in column.foreign_keys)
    }
    told = [*(section.table for section in SECTIONS.values()), *ELSEWHERE, *LEFT_OUT]
    assert set(told) == refers
    assert len(told) == len(refers)
    for section in SECTIONS.values():
        assert set(section.columns) <= {column.name for column in metadata.tables[section.table].columns}


def test_a_copy_tells_of_needs_appraisals_and_years_and_of_a_merged_number_too(bank: Bank) -> None:
    town = Town(bank)
    ana, bo = town.volunteer("ana"), town.volunteer("bo")
    made = NewWish(
        organisation=town.district, kind="service", channel="visit", words="请到3栋501室修收音机", volunteer=bo
    )
    wishes.collect(bank, BY, made)
    other = NewWish(
        organisation=town.district, kind="thing", channel="wall", words="想要手套", volunteer=town.volunteer("cy")
    )
    hung = Published(text="想要一副示例手套", points=5, cost_fen=100, person_in_charge="示例负责人")
    wish_claims.claim(bank, BY, wishes.publish(bank, OTHER, wishes.collect(bank, BY, other), hung), bo)
    asked = NewRequest(
        organisation=town.district, kind="lighting", channel="phone", words="示例楼道灯坏了", volunteer=bo
    )
    accepted = request_steps.accept(bank, BY, requests.receive(bank, BY, asked))
    request_steps.follow_up(bank, BY, accepted, "示例灯泡已买")
    work = NewTask(
        organisation=town.district,
        kind="cleaning",
        title="示例清理楼道",
        content="",
        place="",
        person_in_charge="示例负责人",
    )
    tasks.take(bank, BY, tasks.dispatch(bank, BY, None, work), ana)
    form = appraisals.put_out(
        bank,
        BY,
        town.district,
        kind="property_company",
        title="示例物业评议",
        questions=["保洁"],
        from_on=bank.today(),
        until_on=bank.today() + timedelta(days=7),
        is_anonymous=False,
    )
    appraisals.speak(bank, BY, form, ana, [4])
    dossiers.keep(
        bank, BY, ana, kind="training", on_day=bank.today(), title="示例急救培训", given_by="示例红十字会", minutes=90
    )
    town.award("ana", 60)
    assert closings.merge(bank, BY, town.request("merge", None), bo, ana).posted
    survivor = volunteers.find(bank, bo.volunteer_no)
    assert survivor is not None
    assert survivor.id == ana.id
    copy = copies.copy_of(bank, survivor)
    assert [one["said_in_full"] for one in copy["wishes"]] == ["请到3栋501室修收音机"]
    assert [one["shown_text"] for one in copy["wish_claims"]] == ["想要一副示例手套"]
    [request] = copy["requests"]
    assert (request["words"], [step.split(" ", 1)[1] for step in request["steps"]]) == (
        "示例楼道灯坏了", ["accept ", "follow_up 示例灯泡已买"],
    )  # fmt: skip
    assert [one["title"] for one in copy["tasks"]] == ["示例清理楼道"]
    assert [(one["title"], one["scores"]) for one in copy["appraisals"]] == [("示例物业评议", [4])]
    assert [one["title"] for one in copy["dossier"]] == ["示例急救培训"]
    [letter] = copy["letters"]
    assert (letter["year"], letter["minutes"], letter["records"]) == (2026, 60, 1)
    said = copies.as_text(copy)
    for words in ("3栋501室", "示例手套", "示例灯泡已买", "示例清理楼道", "示例物业评议", "示例急救培训"):
        assert words in said
