"""What a roster may say, and what is asked or pointed out instead of guessed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from ledger.core.refusals.people import ImportFaulty, QuestionsOpen, VolunteerClosed
from ledger.core.refusals.postings import AmountOutOfRange, FutureDay
from ledger.core.refusals.refusal import Refused
from ledger.core.refusals.service import NotVolunteerService
from ledger.people import closings, privacy, profiles, sealing, volunteers
from ledger.service import activity_sessions, records, rulebooks
from ledger.service.activity_sessions import Timetable
from ledger.service.records import Claim
from ledger.tables import TableRefused
from tests.banks import SEALING_KEY
from tests.rosters.given import BY, HEADER, Office, codes, csv
from tests.tables.files import edited, xlsx
from tests.towns import Town


def test_a_roster_is_posted_and_says_what_became_of_each_row(office: Office) -> None:
    run = office.check(xlsx([HEADER, office.row("甲"), office.row("乙", "1小时30分")]))
    assert (run.rows, codes(run.report.faults), run.report.questions) == (2, [], ())
    done = office.commit(run)
    assert (done.state, done.made, done.refused, done.left_out, done.done, done.total) == ("committed", 2, 0, 0, 2, 2)
    assert (office.minutes("甲"), office.minutes("乙")) == (120, 90)
    assert office.commit(run).made == 2  # pressed twice
    assert office.minutes("甲") == 120


def test_the_same_file_again_is_recognised_and_so_is_each_row_in_another_file(office: Office) -> None:
    content = xlsx([HEADER, office.row("甲")])
    done = office.commit(office.check(content))
    assert office.check(content).id == done.id
    more = office.check(csv([HEADER, office.row("甲", 9), office.row("乙")]))
    assert codes(more.report.notes) == [(2, "A", "already_recorded")]
    assert (more.rows, office.commit(more).made) == (1, 1)
    assert office.minutes("甲") == 120


def test_a_record_that_was_undone_can_be_brought_in_again(office: Office) -> None:
    office.commit(office.check(csv([HEADER, office.row("甲")])))
    with office.bank.store.reading() as connection:
        seq = connection.exec_driver_sql("SELECT max(seq) FROM service_record").scalar_one()
    assert office.town.reverse(seq).posted
    again = office.check(csv([HEADER, office.row("甲"), ()]))
    assert (again.rows, codes(again.report.notes)) == (1, [])


def test_what_waits_for_reviewers_is_recorded_too(office: Office) -> None:
    header = (*HEADER, "记录方式")
    run = office.check(csv([header, [*office.row("甲"), "补录"]]))
    assert (office.commit(run).made, office.minutes("甲")) == (1, 0)
    again = office.check(csv([header, [*office.row("甲"), "名册"]]))
    assert (again.rows, codes(again.report.notes)) == (0, [(2, "A", "already_recorded")])


# -- who ---------------------------------------------------------------------------------------------------------------


def test_two_people_of_one_name_are_asked_about_and_never_guessed(office: Office) -> None:
    first = office.town.volunteer("甲")
    second = volunteers.register(office.bank, BY, organisation=office.town.district, name="示例甲")
    run = office.check(csv([HEADER, office.row("甲"), office.row("乙")]))
    [question] = run.report.questions
    assert (question.row, question.code) == (2, "ambiguous_name")
    assert set(question.candidates) == {first.volunteer_no, second.volunteer_no}
    assert all("示例甲" not in shown and "示*甲" in shown for shown in question.shown)
    with pytest.raises(Refused) as no:
        office.commit(run)
    assert no.value.refusal == QuestionsOpen(questions=1)
    assert office.commit(run, choices={2: [second.volunteer_no]}).made == 2
    assert office.minutes("甲") == 0
    office.town.replace_volunteer("甲", second)
    assert office.minutes("甲") == 120


def test_a_question_may_be_answered_by_leaving_the_row_out(office: Office) -> None:
    volunteers.register(office.bank, BY, organisation=office.town.district, name="示例甲")
    run = office.check(csv([HEADER, office.row("甲"), office.row("乙")]))
    done = office.commit(run, choices={2: ["skip"]})
    assert (done.made, done.left_out) == (1, 0)


def test_a_number_or_a_tail_tells_people_of_one_name_apart(office: Office) -> None:
    privacy.set_rules(office.bank, BY, kept=["phone"], on_leaving="forfeit", on_death="transfer")
    second = volunteers.register(office.bank, BY, organisation=office.town.district, name="示例甲")
    with office.bank.changing(BY) as change:
        profiles.put(change, sealing.of(office.bank), second.id, second.name, {"phone": "13800004321"})
    header = ("编号", *HEADER, "手机尾号")
    rows = [
        [second.volunteer_no, *office.row("甲"), ""],
        ["", *office.row("甲"), "138 0000 4321"],
        ["", *office.row("甲"), second.volunteer_no[-4:]],
        ["", *office.row("甲"), "0000"],
        ["1234567890", *office.row("甲"), ""],
        [second.volunteer_no, *office.row("乙"), ""],
        ["1234567894", "", *office.row("乙")[1:], ""],
        ["", "示例无名", *office.row("乙")[1:], ""],
        ["", "", *office.row("乙")[1:], ""],
    ]
    run = office.check(csv([header, *rows]))
    assert codes(run.report.faults) == [
        (3, "B", "twice_in_file"),
        (4, "B", "twice_in_file"),
        (5, "F", "tail_disagrees"),
        (6, "A", "number_wrong"),
        (7, "B", "name_disagrees"),
        (8, "A", "volunteer_unknown"),
        (9, "B", "name_unknown"),
        (10, "B", "nobody_named"),
    ]


def test_full_width_digits_of_a_number_are_the_same_number(office: Office) -> None:
    number = office.town.volunteer("甲").volunteer_no
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
    run = office.check(csv([("志愿者编号", *HEADER[1:]), [wide, *office.row("甲")[1:]]]))
    assert (run.rows, codes(run.report.faults)) == (1, [])


def test_whoever_was_merged_is_the_one_who_remains_and_whoever_left_earns_nothing(office: Office) -> None:
    ana, bo = office.town.volunteer("甲"), office.town.volunteer("乙")
    assert closings.merge(office.bank, BY, office.town.request("merge", None), ana, bo).posted
    run = office.check(csv([("编号", *HEADER[1:]), [ana.volunteer_no, *office.row("甲")[1:]]]))
    assert office.commit(run).made == 1
    assert office.minutes("乙") == 120
    cy = office.town.volunteer("丙")
    assert closings.close(office.bank, BY, office.town.request("close", None), cy, reason="left").posted
    left = office.check(csv([("编号", *HEADER[1:]), [cy.volunteer_no, *office.row("丙")[1:]]]))
    assert codes(left.report.faults) == [(2, "A", VolunteerClosed.code)]


# -- what, when, how long ----------------------------------------------------------------------------------------------


def test_an_activity_is_found_by_its_id_or_by_its_title_and_day(office: Office) -> None:
    yesterday = office.bank.today() - timedelta(days=1)
    before = office.town.activity("cleaning-2", held_on=yesterday)
    rows = [
        office.row("甲", activity=str(before.id), day=yesterday.strftime("%Y年%m月%d日")),
        office.row("乙", activity=before.title),
        office.row("丙", activity="没有"),
        office.row("丙", activity=""),
        office.row("丙", day=""),
    ]
    run = office.check(csv([HEADER, *rows]))
    assert codes(run.report.faults) == [
        (3, "C", "activity_other_day"),
        (4, "B", "activity_unknown"),
        (5, "B", "activity_missing"),
        (6, "C", "day_missing"),
    ]
    assert yesterday.isoformat() in run.report.faults[0].zh


def test_an_activity_of_several_sessions_is_found_on_the_day_of_each(office: Office) -> None:
    """One that runs past midnight is of both days."""
    yesterday = office.bank.today() - timedelta(days=1)
    midnight = datetime.combine(office.bank.today(), time(), office.bank.zone)
    instant = int(midnight.timestamp()) * 1_000_000
    night = Timetable(starts_at=instant - 7_200_000_000, ends_at=instant + 3_600_000_000)
    activity_sessions.add(office.bank, BY, office.activity, night)
    rows = [office.row("甲", day=yesterday.isoformat()), office.row("甲", 1)]
    run = office.check(csv([HEADER, *rows]))
    assert (run.rows, codes(run.report.faults)) == (2, [])


def test_two_activities_of_one_title_on_one_day_are_asked_about(office: Office) -> None:
    twin = office.town.activity("cleaning-twin")
    with office.bank.changing(BY) as change:
        change.change("activity", twin.id, {"title": office.activity.title})
    run = office.check(csv([HEADER, office.row("甲")]))
    [question] = run.report.questions
    assert (question.code, len(question.candidates)) == ("ambiguous_activity", 2)
    assert office.commit(run, choices={2: [str(twin.id)]}).made == 1


def test_a_roster_of_one_activity_need_not_name_it_nor_its_day(office: Office) -> None:
    run = office.check(csv([("姓名", "小时"), ("示例甲", 2), ("示例乙", 2)]), activity=office.activity)
    assert office.commit(run).made == 2
    other = office.check(csv([("姓名", "小时"), ("示例甲", 2), ("示例乙", 2)]), activity=office.town.activity("wish"))
    assert (other.state, other.rows) == ("checked", 2)  # the same bytes, about something else


@pytest.mark.parametrize(
    ("header", "cells", "minutes"),
    [
        (("分钟",), (90,), 90),
        (("时长(小时)",), ("１．５",), 90),
        (("时长",), ("1小时30分钟",), 90),
        (("时长",), ("90分",), 90),
        (("开始时间", "结束时间"), ("9:00", "10:30"), 90),
        (("签到时间", "签退时间"), ("09:00:12", "10点半"), 90),
        (("服务时间",), ("9:00-10:30",), 90),
        (("开始时间", "结束时间", "小时"), ("9:00", "10:30", 1.5), 90),
    ],
)
def test_the_duration_is_read_however_an_office_writes_it(
    office: Office, header: Any, cells: Any, minutes: int
) -> None:
    run = office.check(csv([(*HEADER[:3], *header), [*office.row("甲")[:3], *cells]]))
    assert codes(run.report.faults) == []
    office.commit(run)
    assert office.minutes("甲") == minutes


@pytest.mark.parametrize(
    ("header", "cells", "fault"),
    [
        (("时长",), (2,), (2, "D", "unit_missing")),
        (("小时",), ("两",), (2, "D", "not_minutes")),
        (("小时",), (0.33,), (2, "D", "not_minutes")),
        (("小时",), ("",), (2, "D", "minutes_missing")),
        (("分钟",), (0,), (2, "D", AmountOutOfRange.code)),
        (("分钟",), (1441,), (2, "D", AmountOutOfRange.code)),
        (("开始时间", "结束时间"), ("22:00", "1:00"), (2, "E", "ends_before_start")),
        (("开始时间", "结束时间"), ("9:00", ""), (2, "E", "time_missing")),
        (("开始时间", "结束时间", "小时"), ("9:00", "10:30", 2), (2, "F", "minutes_disagree")),
    ],
)
def test_a_duration_that_could_mean_two_things_is_pointed_out(
    office: Office, header: Any, cells: Any, fault: Any
) -> None:
    run = office.check(csv([(*HEADER[:3], *header), [*office.row("甲")[:3], *cells]]))
    assert codes(run.report.faults) == [fault]


def test_the_same_row_twice_is_pointed_out_with_the_first(office: Office) -> None:
    run = office.check(csv([HEADER, office.row("甲"), office.row("甲", 3)]))
    [fault] = run.report.faults
    assert (fault.row, fault.code, "第 2 行" in fault.zh) == (3, "twice_in_file", True)


def test_an_evaluation_is_one_that_the_rulebook_knows(bank: Any) -> None:
    office = Office(bank, Town(bank, rulebook="example"))
    header = (*HEADER, "评价")
    said = ["满意", "投诉", "complaint", "差"]
    names = ["甲", "乙", "丙", "甲"]
    rows = [[*office.row(name), word] for name, word in zip(names, said, strict=True)]
    rows[3][1:3] = [office.town.activity("cleaning-2").title, office.bank.today().isoformat()]
    run = office.check(csv([header, *rows]))
    assert codes(run.report.faults) == [(5, "E", "evaluation_unknown")]


def test_a_day_long_ago_is_a_back_fill_unless_the_roster_says_otherwise(office: Office) -> None:
    long_ago = office.bank.today() - timedelta(days=office.bank.settings.roster_days + 1)
    old = office.town.activity("cleaning-old", held_on=long_ago)
    rows = [
        [*office.row("甲", activity=old.title, day=long_ago), ""],
        [*office.row("乙", activity=old.title, day=long_ago), "扫码"],
    ]
    run = office.check(csv([(*HEADER, "记录方式"), *rows]))
    assert codes(run.report.notes) == [(2, "C", "taken_as_backfilled")]
    office.commit(run)
    assert (office.minutes("甲"), office.minutes("乙")) == (0, 120)  # a back-fill waits for its reviewers


# -- as the bank would -------------------------------------------------------------------------------------------------


def test_what_is_pointed_out_is_what_the_bank_would_refuse(office: Office) -> None:
    """The report and the writer say no to the same rows in the same words."""
    bank, town = office.bank, office.town
    tomorrow = bank.today() + timedelta(days=1)
    unpaid = town.activity("meeting", is_volunteer_service=False)
    later = town.activity("cleaning-later", held_on=tomorrow)
    cases = [
        (office.activity, bank.today(), 1441, AmountOutOfRange.code),
        (later, tomorrow, 60, FutureDay.code),
        (unpaid, bank.today(), 60, NotVolunteerService.code),
    ]
    header = ("姓名", "活动", "日期", "分钟")
    rows = [("示例甲", of.title, day.isoformat(), minutes) for of, day, minutes, _ in cases]
    found = [code for _, _, code in codes(office.check(csv([header, *rows])).report.faults)]
    refused = []
    for of, day, minutes, _ in cases:
        claim = Claim(
            volunteer=town.volunteer("甲"),
            activity=of,
            minutes=minutes,
            served_on=day,
            capture_method="roster",
            household=None,
        )
        outcome = records.record(bank, BY, town.request(of.title, None), claim, rulebooks.in_force(bank, day))
        assert outcome.refusal is not None
        refused.append(outcome.refusal.code)
    assert found == refused == [code for *_, code in cases]


def test_a_day_without_a_rulebook_is_pointed_out(bank: Any) -> None:
    office = Office(bank, Town(bank, rulebook=None))
    run = office.check(csv([HEADER, office.row("甲")]))
    assert codes(run.report.faults) == [(2, "C", "no_rulebook_in_force")]


def test_all_or_nothing_unless_somebody_chooses_otherwise(office: Office) -> None:
    run = office.check(csv([HEADER, office.row("甲"), office.row("乙", "两"), office.row("丙")]))
    with pytest.raises(Refused) as no:
        office.commit(run)
    assert no.value.refusal == ImportFaulty(faults=1)
    assert office.minutes("甲") == 0
    done = office.commit(run, mode="partial")
    assert (done.made, done.left_out) == (2, 1)
    mended = office.check(csv([HEADER, office.row("甲"), office.row("乙"), office.row("丙")]))
    assert (mended.rows, office.commit(mended).made) == (1, 1)


def test_a_file_whose_rest_was_left_out_is_not_taken_for_done(office: Office) -> None:
    content = csv([HEADER, office.row("甲"), office.row("丁")])
    office.commit(office.check(content), mode="partial")
    office.town.volunteer("丁")
    again = office.check(content)
    assert (again.state, again.rows, codes(again.report.faults)) == ("checked", 1, [])


def test_what_changed_between_check_and_commit_is_found(office: Office) -> None:
    run = office.check(csv([HEADER, office.row("甲"), office.row("乙")]))
    gone = office.town.volunteer("甲")
    assert closings.close(office.bank, BY, office.town.request("close", None), gone, reason="left").posted
    with pytest.raises(Refused) as no:
        office.commit(run)
    assert no.value.refusal == ImportFaulty(faults=1)
    assert office.minutes("乙") == 0
    assert office.commit(run, mode="partial").made == 1


# -- what spreadsheets hide --------------------------------------------------------------------------------------------


def test_totals_remarks_and_the_example_are_said_and_not_read(office: Office) -> None:
    rows = [
        ("示例社区 11 月志愿服务名册",),
        ("填报单位：示例社区", "", "2026-11"),
        HEADER,
        ("【示例】张三", office.activity.title, office.bank.today(), 2),
        office.row("甲"),
        (),
        ("合计", "", "", 2),
        ("填表人：某人",),
    ]
    run = office.check(xlsx(rows))
    assert (run.rows, codes(run.report.faults)) == (1, [])
    assert codes(run.report.notes) == [(4, None, "aside"), (7, None, "aside"), (8, None, "aside")]


def test_cells_merged_downwards_are_read_as_what_they_show(office: Office) -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells("B2:B3")
        sheet.merge_cells("C2:C3")

    run = office.check(edited([HEADER, office.row("甲"), ["示例乙", None, None, 2]], merge))
    assert (run.rows, codes(run.report.faults)) == (2, [])
    assert [code for _, _, code in codes(run.report.notes)] == ["merged_read", "merged_read"]


def test_a_roster_without_a_header_is_refused(office: Office) -> None:
    with pytest.raises(TableRefused) as no:
        office.check(csv([("甲", "乙"), ("1", "2")]))
    assert no.value.code == "sheet_missing"


def test_what_waits_holds_no_name(office: Office) -> None:
    run = office.check(csv([HEADER, office.row("甲")]))
    with office.bank.store.reading() as connection:
        sealed = bytes(connection.exec_driver_sql("SELECT sealed FROM import_run").scalar_one())
    opened = sealing.of(office.bank).open(sealed, place=f"import/{run.id}")
    assert "示例甲" not in opened
    assert SEALING_KEY not in opened


def test_what_was_rejected_can_be_brought_in_again(office: Office) -> None:
    header = (*HEADER, "记录方式")
    office.commit(office.check(csv([header, [*office.row("甲"), "补录"]])))
    with office.bank.store.reading() as connection:
        claim = UUID(str(connection.exec_driver_sql("SELECT id FROM service_claim").scalar_one()))
    assert office.town.review(claim, "bo", "reject", reason="示例").posted
    again = office.check(csv([header, [*office.row("甲"), "名册"]]))
    assert (again.rows, codes(again.report.notes)) == (1, [])
