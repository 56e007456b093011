"""Disputes and their answers: for the golden bytes, and for what is refused."""

from __future__ import annotations

from uuid import UUID

from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Command
from ledger.core.refusals.postings import ReasonMissing, SamePerson
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import AlreadyDisputed, DisputeAnswered
from ledger.service.disputing import AnswerDispute, Dispute, Subject
from tests.core.given import ANA, CLERK, COLLEAGUE, TODAY, TOWN, books, number

DISPUTE, RECORD, REVIEWER = number(0x650), number(1), number(81)
ENTRY = Subject(volunteer=ANA.id, organisation=TOWN.id, seq=7, record=RECORD)
LACK = Subject(volunteer=ANA.id, organisation=TOWN.id, day=TODAY)


def dispute(subject: Subject = ENTRY, code: str = "hours_wrong") -> Dispute:
    return Dispute(id=DISPUTE, actor=ANA.id, subject=subject, reason_code=code, words="示例甲做了三小时")


def answer(by: UUID = REVIEWER, reason: str = "已核实", record: UUID | None = RECORD) -> AnswerDispute:
    return AnswerDispute(
        id=number(0x651),
        actor=by,
        dispute=DISPUTE,
        record=record,
        entered_by=CLERK if record else None,
        outcome="stands",
        reason=reason,
    )


def disputed(subject: Subject = ENTRY, *, before: int = 0, answered: int = 0) -> Books:
    """Books with so many disputes of this, and so many answers."""
    known = books()
    known.know_rows("dispute", "about", subject.about, [{"about": subject.about}] * before)
    known.know_rows("dispute_answer", "about", subject.about, [{"about": subject.about}] * answered)
    return known


def asked(*, answered: bool = False) -> Books:
    """Books with the dispute of the clerk's record, which a colleague approved."""
    known = books()
    row = {"id": DISPUTE, "seq": 9, "volunteer_id": ANA.id, "about": ENTRY.about}
    known.know_rows("dispute", "id", DISPUTE, [row])
    known.know_rows("dispute_answer", "dispute_id", DISPUTE, [{"outcome": "stands"}] if answered else [])
    known.know_rows("service_review", "claim_id", RECORD, [{"reviewed_by": COLLEAGUE}])
    return known


COMMANDS: dict[Kind, tuple[Command, Books]] = {
    Kind.DISPUTE: (dispute(), disputed()),
    Kind.DISPUTE_ANSWER: (answer(), asked()),
}
REFUSED: list[tuple[Command, Books, Refusal]] = [
    (dispute(), disputed(before=1), AlreadyDisputed()),
    (dispute(), disputed(before=2, answered=1), AlreadyDisputed()),
    (dispute(LACK, "missing"), disputed(LACK, before=1), AlreadyDisputed()),
    (answer(reason=" "), asked(), ReasonMissing()),
    (answer(CLERK), asked(), SamePerson()),
    (answer(COLLEAGUE), asked(), SamePerson()),
    (answer(), asked(answered=True), DisputeAnswered()),
]
GOLDEN: dict[Kind, tuple[str, str]] = {
    Kind.DISPUTE: (
        (
            r'{"detail":{"disputed_seq":7},"kind":"process.dispute","moves":[],"on":"2026-03-02","private":"%s","seq":101,'
            r'"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"0000000000007000800000000000000b","id":"00000000000070008000000000000751","legs'
            r'":[],"why":{"words":"示例甲做了三小时"}}'
        ),
    ),
    Kind.DISPUTE_ANSWER: (
        (
            r'{"detail":{"dispute_seq":9,"outcome":"stands"},"kind":"process.dispute_answer","moves":[],"on":"2026-03-02",'
            r'"private":"%s","seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000152","id":"00000000000070008000000000000752","legs'
            r'":[],"why":{"reason":"已核实"}}'
        ),
    ),
}  # fmt: skip
