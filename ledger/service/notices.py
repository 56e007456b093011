"""Public notices (公示): what is about to be posted, what was, and what is taken back, under masked names, for some
days in which anybody may object.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Page, Request
from ledger.people import personal_numbers
from ledger.people.organisations import Organisation
from ledger.service import notice_drawing
from ledger.service.notice_drawing import AFTER_DAYS
from ledger.service.notice_lines import Line
from ledger.service.publish_notice import PublishNotice, snapshot
from ledger.service.working_days import working_days
from ledger.store import notices as store

SERVICE, STARS, CORRECTION, OTHER = "service", "stars", "correction", "other"
BEFORE, AFTER = "before", "after"
_TITLES = {
    (SERVICE, BEFORE): "志愿服务记录入账前公示",
    (SERVICE, AFTER): "志愿服务记录公示",
    (CORRECTION, AFTER): "公示更正",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice as it was published, for ever."""

    id: UUID
    seq: int
    organisation_id: UUID
    organisation_path: str
    organisation_name: str
    kind: str
    stage: str
    title: str
    remark: str
    from_on: date | None
    until_on: date | None
    days: int
    in_working_days: bool
    published_on: date
    begins_on: date
    ends_on: date
    lines: int
    lines_root: bytes
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """A line as it was published, and how it stands by now. `text` and `salt` are None where the person was erased."""

    id: UUID
    line: int
    record_id: UUID | None
    digest: bytes
    salt: bytes | None
    text: str | None
    """What was frozen: canonical JSON."""
    corrects_notice: UUID | None
    corrects_line: int | None
    open_objections: int
    upheld: int
    posted_seq: int | None

    @property
    def shown(self) -> Mapping[str, Any] | None:
        """The same, as values: texts and whole numbers."""
        return None if self.text is None else dict(json.loads(self.text))

    @property
    def state(self) -> str:
        """What an objection can do, and what posting did: shown, objected, withdrawn, posted."""
        if self.upheld:
            return "withdrawn"
        if self.open_objections:
            return "objected"
        return "shown" if self.posted_seq is None else "posted"


class Words(NamedTuple):
    """What whoever publishes says beside the lines; without a title the usual one."""

    title: str = ""
    remark: str = ""


UNSAID = Words()


class PersonalNumbers(ValueError):
    """Words to be published hold what may not be; `field` is "title" or "remark"."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} holds an identity, telephone or door number")
        self.field = field


def publish_due(
    bank: Bank, by: By, organisation: Organisation, *, request: Request | None = None, words: Words = UNSAID
) -> Outcome:
    """Put approved records of this organisation and those below on the notice that their rulebook asks for: as many as
    one notice holds, all with the same days. Refuses NothingForNotice, AlreadyOnNotice, PersonalNumbers.
    """
    drawn = notice_drawing.due(bank, organisation)
    return publish(
        bank,
        by,
        organisation,
        kind=SERVICE,
        stage=BEFORE,
        lines=drawn.lines,
        days=drawn.days,
        in_working_days=drawn.in_working_days,
        request=request,
        words=words,
    )


def publish_posted(
    bank: Bank,
    by: By,
    organisation: Organisation,
    *,
    from_on: date,
    until_on: date,
    days: int = AFTER_DAYS,
    in_working_days: bool = True,
    request: Request | None = None,
    words: Words = UNSAID,
) -> Outcome:
    """Put what was posted in these days, and still stands, on notice: what no such notice has shown yet, as much as one
    holds. Refuses as `publish_due` does.
    """
    drawn = notice_drawing.posted(
        bank, organisation, from_on=from_on, until_on=until_on, days=days, in_working_days=in_working_days
    )
    return publish(
        bank,
        by,
        organisation,
        kind=SERVICE,
        stage=AFTER,
        lines=drawn.lines,
        days=drawn.days,
        in_working_days=drawn.in_working_days,
        request=request,
        words=words,
        period=(from_on, until_on),
    )


def publish_corrections(
    bank: Bank, by: By, organisation: Organisation, *, request: Request | None = None, words: Words = UNSAID
) -> Outcome:
    """Say in public which lines were wrong, since objections to them were upheld. Refuses as `publish_due` does."""
    drawn = notice_drawing.corrections(bank, organisation)
    return publish(
        bank,
        by,
        organisation,
        kind=CORRECTION,
        stage=AFTER,
        lines=drawn.lines,
        days=drawn.days,
        in_working_days=drawn.in_working_days,
        request=request,
        words=words,
    )


def publish(
    bank: Bank,
    by: By,
    organisation: Organisation,
    *,
    kind: str,
    stage: str,
    lines: Sequence[Line],
    days: int,
    in_working_days: bool,
    request: Request | None = None,
    words: Words = UNSAID,
    period: tuple[date, date] | None = None,
) -> Outcome:
    """Freeze these lines and publish them, whatever they are about. Refuses PersonalNumbers, and as its command."""
    title = words.title or _TITLES.get((kind, stage), "公示")
    for field, said in (("title", title), ("remark", words.remark)):
        if personal_numbers.has_any(said):
            raise PersonalNumbers(field)
    command = PublishNotice(
        id=bank.world.new_id(),
        actor=by.actor,
        organisation=organisation.id,
        kind=kind,
        stage=stage,
        title=title,
        remark=words.remark,
        from_on=period[0] if period else None,
        until_on=period[1] if period else None,
        days=days,
        in_working_days=in_working_days,
        is_working=working_days(bank).is_working,
        lines=tuple(lines),
    )
    return bank.submit(command, request)


def find(bank: Bank, id: UUID) -> Notice | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id)
    return _from(row) if row else None


def page(
    bank: Bank,
    *,
    after: Sequence[Any] | None,
    limit: int,
    organisation: UUID | None = None,
    kind: str | None = None,
    stage: str | None = None,
    is_open: bool = False,
) -> Page[Notice]:
    """Notices, the newest first; with `is_open` those whose days are not over."""
    with bank.store.reading() as connection:
        found = store.page(
            connection,
            after=after,
            limit=limit,
            open_on=bank.today() if is_open else None,
            organisation_id=organisation,
            kind=kind,
            stage=stage,
        )
    return found.each(_from)


def lines_of(bank: Bank, notice: Notice, *, after: Sequence[Any] | None, limit: int) -> Page[NoticeLine]:
    """The lines of a notice, in order."""
    with bank.store.reading() as connection:
        found = store.lines(connection, notice.id, after=after, limit=limit)
    return found.each(_line)


def line_of(bank: Bank, notice: Notice, number: int) -> NoticeLine | None:
    with bank.store.reading() as connection:
        row = store.line(connection, notice.id, number)
    return _line(row) if row else None


def snapshot_of(notice: Notice) -> str:
    """All that a notice says, in the one spelling that its digest is of."""
    return snapshot(asdict(notice)).decode()


def unannounced(bank: Bank, notice: Notice) -> tuple[int, ...]:
    """Years of whose holidays nothing official is known and on which the last day of this notice rests."""
    if not notice.in_working_days:
        return ()
    return working_days(bank).unannounced(notice.begins_on, notice.ends_on)


def _from(row: Mapping[str, Any]) -> Notice:
    return Notice(**{name: row[name] for name in Notice.__slots__} | {"in_working_days": bool(row["in_working_days"])})


def _line(row: Mapping[str, Any]) -> NoticeLine:
    return NoticeLine(text=row["shown"], **{name: row[name] for name in NoticeLine.__slots__ if name != "text"})
