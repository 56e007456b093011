"""Notices: who is shown how, what is printed, what an erasure leaves, and what becomes of a run that is stopped."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import inspect, text

from ledger import papers
from ledger.bank import Bank, By, Outcome, Submission
from ledger.core.refusals.service import AlreadyOnNotice
from ledger.people import closings, consents, erasure, organisations, volunteers
from ledger.people.staff import NOBODY
from ledger.reading.balances import balance_of
from ledger.reading.check import check
from ledger.service import claims, notice_drawing, notice_papers, notice_runs, notices, objections, posting
from ledger.service.notice_lines import TAIL_DIGITS, before_posting
from ledger.service.notices import Notice, NoticeLine, Words
from ledger.service.objecting import ResolveObjection
from ledger.service.objections import Objection
from ledger.service.publish_notice import PublishNotice
from ledger.store import notice_dues
from tests.banks import SECOND, STAFF, Clock
from tests.towns import Town

BY = By(actor=STAFF)
PAGE = "https://bank.example/notice#0190a000"


@pytest.fixture
def town(bank: Bank) -> Town:
    """Under a rulebook that asks for three working days of notice."""
    return Town(bank, "guangdong")


def agrees(town: Town, name: str) -> None:
    consents.record(town.bank, BY, town.volunteer(name), purpose=consents.PUBLISH_NAME, given=True, captured="paper")


def published(town: Town) -> Notice:
    return told_of(town.bank, notices.publish_due(town.bank, BY, town.district))


def told_of(bank: Bank, outcome: Outcome) -> Notice:
    assert outcome.posted, outcome.refusal
    found = notices.find(bank, UUID(str(outcome.answer["id"])))
    assert found is not None
    return found


def lines_of(bank: Bank, notice: Notice) -> list[NoticeLine]:
    return list(notices.lines_of(bank, notice, after=None, limit=200).items)


def objected(town: Town, notice: Notice, number: int = 1, *, contact: str | None = None) -> Objection:
    line = notices.line_of(town.bank, notice, number)
    assert line is not None
    made = objections.object_to(
        town.bank, By(actor=NOBODY), town.request("object"), notice, line, reason="没有来", contact=contact
    )
    found = objections.with_receipt(town.bank, str(made.answer["receipt_no"]))
    assert found is not None
    return found


# -- who is shown how --------------------------------------------------------------------------------------------------


def test_people_of_one_mask_are_kept_apart_by_longer_tails(bank: Bank) -> None:
    ids = [bank.world.new_id() for _ in range(4)]
    people = [("示例甲芳", "1000004821"), ("示例乙芳", "2000014821"), ("示例丙强", "3000004821"), ("示例乙芳", "")]
    rows: list[dict[str, Any]] = [
        {
            "record_id": bank.world.new_id(),
            "volunteer_id": id,
            "volunteer_no": number or "4000024821",
            "name": f"示{name[-2:]}",
            "named": number != "",
            "erased_at": None,
            "activity": "示例",
            "served_on": bank.today(),
            "minutes": 60,
        }
        for id, (name, number) in zip(ids, people, strict=True)
    ]
    lines = before_posting(rows, bank.world.new_id, bank.world.random_bytes)
    shown = [(line.shown.get("name"), line.shown["tail"]) for line in lines]
    assert shown == [("示*芳", "04821"), ("示*芳", "14821"), ("示*强", "4821"), (None, "4821")]
    assert len(str(lines[2].shown["tail"])) == TAIL_DIGITS
    assert len({line.salt for line in lines}) == len(lines)


NUMBERS = st.from_regex(r"[12]{3}0{3}[12]{4}", fullmatch=True)


@given(st.lists(st.tuples(st.sampled_from(["王小芳", "王大芳", "李强"]), NUMBERS, st.booleans()), max_size=30))
def test_whoever_is_on_a_notice_can_be_told_from_everybody_else_on_it(people: list[tuple[str, str, bool]]) -> None:
    rows: list[dict[str, Any]] = [
        {
            "record_id": uuid4(),
            "volunteer_id": UUID(int=int(number)),
            "volunteer_no": number,
            "name": name,
            "named": named,
            "erased_at": None,
            "activity": "示例",
            "served_on": date(2026, 3, 2),
            "minutes": 60,
        }
        for number, (name, _, named) in {number: each for each in people for number in (each[1],)}.items()
    ]
    lines = before_posting(rows, uuid4, lambda count: bytes(count))
    told = {(line.shown.get("name"), line.shown["tail"]) for line in lines}
    assert len(told) == len({row["volunteer_id"] for row in rows})
    assert not any(row["name"] in str(line.shown) for row, line in zip(rows, lines, strict=True))


def test_one_notice_shows_as_much_as_it_holds_and_the_next_the_rest(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notice_drawing, "LINES_MAX", 2)
    for name in ("ana", "bo", "chen"):
        town.award(name, 60)
    assert [published(town).lines for _ in range(2)] == [2, 1]
    assert not notices.publish_due(town.bank, BY, town.district).posted


def test_each_organisation_has_a_notice_of_its_own(town: Town) -> None:
    """Of one estate nobody has to look for their lines in another's."""
    estate = organisations.create(town.bank, BY, parent=town.district, level="estate", name="示例小区")
    town.award("ana", 60)
    assert Town(town.bank, None, district=estate).award("bo", 60, key="estate-key-00000001").posted
    assert notice_runs.run(town.bank, BY).notices == 2
    found = notices.page(town.bank, after=None, limit=10).items
    assert {(one.organisation_name, one.lines) for one in found} == {("示例小区", 1), ("示例区", 1)}


# -- what is printed ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", papers.PAPERS)
def test_a_paper_leads_to_its_page_and_says_how_far_the_log_had_come(town: Town, size: str) -> None:
    agrees(town, "ana")
    town.award("ana", 90)
    notice = published(town)
    printed = notice_papers.values(town.bank, notice, size=size, page_url=PAGE)
    [picture] = papers.pictures("list", printed, ppi=120)
    read = {found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))}
    with town.bank.store.reading() as connection:
        head = connection.execute(text("SELECT size, hash FROM tree_root ORDER BY size DESC LIMIT 1")).one()
    assert PAGE in read
    [log_head] = read - {PAGE}
    assert log_head.splitlines()[:2] == ["bank.example", str(head.size)]
    assert any(notice.digest.hex() in note for note in printed["notes"])
    number = town.volunteer("ana").volunteer_no
    assert printed["rows"] == [["1", f"示***a 尾号 {number[-4:]}", "示例cleaning", "2026-03-02", "90"]]
    again = notice_papers.values(town.bank, notice, size=size, page_url=PAGE)
    assert papers.render("list", again) == papers.render("list", printed)


@pytest.mark.parametrize(
    ("points", "scale", "told"), [(0, 0, "0"), (12, 0, "12"), (1250, 2, "12.50"), (5, 1, "0.5"), (-5, 1, "-0.5")]
)
def test_points_are_printed_as_people_read_them(points: int, scale: int, told: str) -> None:
    assert notice_papers.points_told(points, scale) == told


# -- what an erasure leaves --------------------------------------------------------------------------------------------


def test_after_an_erasure_no_byte_of_the_person_is_left_and_the_notice_still_proves(bank: Bank, town: Town) -> None:
    town.replace_volunteer("canary", volunteers.register(bank, BY, organisation=town.district, name="金丝雀"))
    agrees(town, "canary")
    town.award("canary", 90)
    town.award("ana", 60)
    notice = published(town)
    answered = objections.resolve(
        bank, By(actor=SECOND), town.request("no"), objected(town, notice), outcome="upheld", reason="金丝雀本人说的"
    )
    assert answered.posted
    before = lines_of(bank, notice)
    assert "金*雀" in dump(bank)
    person = town.volunteer("canary")
    assert closings.close(bank, BY, town.request("close"), person, reason="left").posted
    closed = volunteers.find(bank, person.volunteer_no)
    assert closed is not None
    erasure.erase(bank, BY, closed)
    assert [word for word in ("金*雀", "金丝雀", "没有来") if word in dump(bank)] == []
    after = lines_of(bank, notice)
    assert (after[0].shown, after[0].salt, after[0].digest) == (None, None, before[0].digest)
    assert after[1] == before[1]
    assert list(check(bank.store, charter=bank.charter)) == []
    printed = notice_papers.values(bank, notice, size="a4", page_url=PAGE)
    assert printed["rows"][0] == ["1", "(已删除)", "", "", ""]
    corrected = told_of(bank, notices.publish_corrections(bank, BY, town.district))
    assert lines_of(bank, corrected)[0].shown == {"line": 1, "corrects_line": 1, "corrects_notice": notice.seq}


def dump(bank: Bank) -> str:
    with bank.store.reading() as connection:
        return "\n".join(
            value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
            for table in inspect(connection).get_table_names()
            for row in connection.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608 - names from the database
            for value in row
        )


# -- two at once, and what is stopped in the middle --------------------------------------------------------------------


def test_of_two_who_publish_the_same_at_once_one_does(bank: Bank, town: Town) -> None:
    town.award("ana", 60)
    with bank.store.reading() as connection:
        rows = notice_dues.due(connection, [town.district.path], limit=10)
    commands = [
        PublishNotice(
            id=bank.world.new_id(),
            actor=STAFF,
            organisation=town.district.id,
            kind=notices.SERVICE,
            stage=notices.BEFORE,
            title="示例公示",
            days=3,
            in_working_days=False,
            is_working=bool,
            lines=tuple(before_posting(rows, bank.world.new_id, bank.world.random_bytes)),
        )
        for _ in range(2)
    ]
    one, two = bank.submit_all([Submission.own(command) for command in commands])
    assert one.posted
    assert two.refusal == AlreadyOnNotice(lines=1)
    assert two.refusal.code == "already_on_notice"


def test_a_record_is_not_posted_past_an_objection_that_came_in_between(bank: Bank, town: Town, clock: Clock) -> None:
    """Between the look at what is ready and the posting, somebody objects."""
    town.award("ana", 60)
    notice = published(town)
    clock.set("2026-03-06")
    [claim] = claims.ready(bank, after=0, limit=10)
    doubt = objected(town, notice)
    [refused] = posting.post_all(bank, [claim])
    assert refused.refusal is not None
    assert refused.refusal.code == "objection_open"
    assert objections.resolve(
        bank, By(actor=SECOND), town.request("yes"), doubt, outcome="dismissed", reason="签到表可查"
    ).posted
    assert balance_of(bank, town.volunteer("ana").owner).points == 1


def test_a_run_finishes_an_answer_that_the_power_went_after(bank: Bank, town: Town, clock: Clock) -> None:
    town.award("ana", 60)
    notice = published(town)
    clock.set("2026-03-06")
    assert notice_runs.run(bank, BY).posted == 1
    doubt = objected(town, notice, contact="示例电话")
    bank.submit(
        ResolveObjection(
            id=bank.world.new_id(),
            actor=SECOND,
            objection=doubt.id,
            record=doubt.record_id,
            outcome="upheld",
            reason="已核实",
        )
    )
    assert balance_of(bank, town.volunteer("ana").owner).points == 1
    assert notice_runs.run(bank, BY) == (1, 0, 0, 1)
    assert balance_of(bank, town.volunteer("ana").owner).points == 0
    found = objections.find(bank, doubt.id)
    assert found is not None
    assert (found.is_reversed, found.sealed) == (True, None)
    assert notice_runs.run(bank, BY) == (0, 0, 0, 0)


def test_a_year_without_an_arrangement_is_said_where_the_last_day_rests_on_it(
    bank: Bank, town: Town, clock: Clock
) -> None:
    clock.set("2035-12-31")
    town.award("ana", 60)
    notice = published(town)
    assert notices.unannounced(bank, notice) == (2036,)


def test_words_are_told_apart_from_numbers(town: Town) -> None:
    town.award("ana", 60)
    with pytest.raises(notices.PersonalNumbers, match="remark"):
        notices.publish_due(town.bank, BY, town.district, words=Words(remark="请打13800138000"))
    assert published(town).lines == 1
