"""Notices, objections and their answers: for the golden bytes, and for what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Command
from ledger.core.refusals.postings import ReasonMissing, SamePerson
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import AlreadyDecided, AlreadyOnNotice, NothingForNotice, ObjectionOpen, OnNotice
from ledger.service.notice_lines import Line
from ledger.service.noticed import AwardAfterNotice
from ledger.service.objecting import Object, ResolveObjection
from ledger.service.publish_notice import PublishNotice
from tests.core.given import ANA, CLERK, COLLEAGUE, TODAY, TOMORROW, TOWN, YESTERDAY, award, books, number

NOTICE, RECORD, OBJECTION, ANOTHER = number(0x600), number(1), number(0x602), number(0x603)
REVIEWER = number(81)
SALT = bytes(range(32, 64))


def line(at: int = 1) -> Line:
    return Line(
        id=number(0x610 + at),
        once=f"before {number(at)}",
        shown={"name": "示*甲", "tail": "4821", "activity": "示例清洁", "on": "2026-03-01", "minutes": 120},
        salt=SALT,
        record_id=number(at),
        volunteer_id=ANA.id,
    )


def publish(*lines: Line) -> PublishNotice:
    return PublishNotice(
        id=NOTICE,
        actor=CLERK,
        organisation=TOWN.id,
        kind="service",
        stage="before",
        title="示例公示",
        days=3,
        in_working_days=True,
        is_working=lambda day: day.weekday() < 5,
        lines=lines,
    )


def unlisted(*lines: Line, listed: tuple[Line, ...] = ()) -> Books:
    """Books that know which of these lines are on a notice."""
    known = books()
    for one in lines:
        rows = [{"once": one.once}] if one in listed else []
        known.know_rows("notice_line", "once", one.once, rows)
    return known


def object_to(reason: str = "示例甲没有来") -> Object:
    return Object(
        id=OBJECTION,
        actor=UUID(int=0),
        notice=NOTICE,
        number=1,
        line=number(0x611),
        record=RECORD,
        ends_on=TODAY,
        receipt_no="000000000000",
        reason=reason,
        contact=b"sealed",
    )


def resolve(by: UUID = REVIEWER, outcome: str = "upheld", reason: str = "已核实") -> ResolveObjection:
    return ResolveObjection(
        id=number(0x604), actor=by, objection=OBJECTION, record=RECORD, outcome=outcome, reason=reason
    )


def objected(*, resolved: bool = False) -> Books:
    """Books with an objection to the clerk's record, which a colleague approved."""
    known = books()
    known.know_rows("objection", "id", OBJECTION, [{"id": OBJECTION, "seq": 7}])
    answers = [{"objection_id": OBJECTION, "outcome": "dismissed"}] if resolved else []
    known.know_rows("objection_resolution", "objection_id", OBJECTION, answers)
    known.know_rows("service_claim", "id", RECORD, [{"recorded_by": CLERK}])
    known.know_rows("service_review", "claim_id", RECORD, [{"reviewed_by": COLLEAGUE}])
    known.know_rows("service_record", "id", RECORD, [])
    return known


def noticed(ends_on: date, *answers: str | None) -> Books:
    """Books with a notice until that day, and one objection for each answer; None is none yet."""
    known = books()
    known.know_rows("notice", "id", NOTICE, [{"ends_on": ends_on}])
    ids = [number(0x700 + at) for at in range(len(answers))]
    known.know_rows("objection", "record_id", RECORD, [{"id": id} for id in ids])
    rows: list[dict[str, Any]] = [
        {"objection_id": id, "outcome": answer} for id, answer in zip(ids, answers, strict=True) if answer
    ]
    known.know_rows("objection_resolution", "record_id", RECORD, rows)
    return known


def after_notice() -> AwardAfterNotice:
    return AwardAfterNotice(award=award(), notice=NOTICE)


COMMANDS: dict[Kind, tuple[Command, Books]] = {
    Kind.NOTICE: (publish(line()), unlisted(line())),
    Kind.OBJECTION: (object_to(), books(today=TOMORROW)),
    Kind.OBJECTION_RESOLUTION: (resolve(), objected()),
}
REFUSED: list[tuple[Command, Books, Refusal]] = [
    (publish(), books(), NothingForNotice()),
    (publish(line(1), line(2)), unlisted(line(1), line(2), listed=(line(2),)), AlreadyOnNotice(lines=1)),
    (resolve(reason=" "), objected(), ReasonMissing()),
    (resolve(CLERK), objected(), SamePerson()),
    (resolve(COLLEAGUE), objected(), SamePerson()),
    (resolve(), objected(resolved=True), AlreadyDecided()),
    (after_notice(), noticed(TODAY), OnNotice(ends_on=TODAY.isoformat())),
    (after_notice(), noticed(YESTERDAY, None), ObjectionOpen(objections=1)),
    (after_notice(), noticed(YESTERDAY, "dismissed", "upheld"), ObjectionOpen(objections=1)),
]
GOLDEN: dict[Kind, tuple[str, str]] = {
    Kind.NOTICE: (
        (
            r'{"detail":{"begins_on":"2026-03-03","digest":"138cf2312ff6c4d26c380e8e39a48b5b4eb5e93967c388474a43'
            r'124455ed50f4","ends_on":"2026-03-05","kind":"service","lines":1,"notice":"00000000-0000-7000-8000-'
            r'000000000701","stage":"before"},"kind":"process.notice","moves":[],"on":"2026-03-02","private":"%s'
            r'","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"00000000000070008000000000000'
            r'701","legs":[],"why":{}}'
        ),
    ),
    Kind.OBJECTION: (
        (
            r'{"detail":{"late":1,"line":1,"notice":"00000000-0000-7000-8000-000000000701"},"kind":"process.obje'
            r'ction","moves":[],"on":"2026-03-03","private":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000000000000000000000000","id":"00000000000070008000000000000'
            r'703","legs":[],"why":{"reason":"示例甲没有来"}}'
        ),
    ),
    Kind.OBJECTION_RESOLUTION: (
        (
            r'{"detail":{"objection_seq":7,"outcome":"upheld"},"kind":"process.objection_resolution","moves":[],'
            r'"on":"2026-03-02","private":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000152","id":"00000000000070008000000000000'
            r'705","legs":[],"why":{"reason":"已核实"}}'
        ),
    ),
}  # fmt: skip
