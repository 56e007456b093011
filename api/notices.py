"""Public notices: made by the staff, read by everybody without signing in, printed for the board."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NotRequired
from uuid import UUID

from flask import request
from pydantic import Field
from typing_extensions import TypedDict

from api import exports, throttling
from api.answers import page_of
from api.fields import Day, Form, Id, Name, Text, Word
from api.idempotency import answered
from api.pagination import Keyset, PageQuery
from api.problems import Fault, Problem, unknown
from api.rendering import Answer, etag
from api.routes import Call, Routes, reached
from api.scopes import PUBLIC, Scope
from ledger.bank import Outcome
from ledger.papers import PapersMissing
from ledger.people import organisations
from ledger.people.organisations import Organisation
from ledger.people.throttles import Act
from ledger.service import notice_drawing, notice_papers, notices
from ledger.service.notice_drawing import AFTER_DAYS, Drawn
from ledger.service.notices import Notice, NoticeLine, PersonalNumbers, Words

routes = Routes("notices")
_keyset = Keyset(int)

FRESH_SECONDS = 60
Stage = Literal["before", "after"]


class NoticeQuery(PageQuery):
    """Which notices; with `open` only those whose last day has not passed."""

    organisation_id: Id | None = None
    kind: Word | None = None
    stage: Stage | None = None
    open: Literal["true", "false"] = "false"


class PaperQuery(Form):
    """On which paper."""

    paper: Literal["a4", "a3"] = "a4"


class NewNotice(Form):
    """What is to be shown. `due`: approved records that wait for a notice, with the days their rulebook asks for.
    `posted`: what was posted in the days from and to. `corrections`: lines that were wrong.
    """

    organisation_id: Id
    shows: Literal["due", "posted", "corrections"] = "due"
    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")
    days: int | None = Field(None, ge=1, le=365)
    in_working_days: bool = True
    title: Name | None = None
    remark: Text = ""


class NoticePublishedAnswer(TypedDict):
    """A notice as it was published. `waiting` records are still due to be put on one."""

    id: str
    lines: int
    begins_on: str
    ends_on: str
    digest: str
    transaction_seq: int
    receipt_token: NotRequired[str]


class PreviewLineAnswer(TypedDict):
    """A line as it would be shown."""

    name: str | None
    tail: str | None
    activity: str | None
    on: str | None
    minutes: int | None
    points: int | None


class NoticePreviewAnswer(TypedDict):
    """What would be shown, if it were published now: all of it, and the days it would hang."""

    days: int
    in_working_days: bool
    begins_on: str
    ends_on: str
    lines: list[PreviewLineAnswer]


class NoticeAnswer(TypedDict):
    """A notice in short. `digest` is of all it says, and stands in the log at `transaction_seq`."""

    id: str
    organisation_id: str
    organisation: str
    kind: str
    stage: Stage
    title: str
    published_on: str
    begins_on: str
    ends_on: str
    is_open: bool
    lines: int
    digest: str
    transaction_seq: int


class NoticeDetailAnswer(NoticeAnswer):
    """A notice in full. `snapshot` is the JSON that `digest` is the SHA-256 of; the last day rests on the holidays of
    `unannounced_years`, of which nothing official is known yet.
    """

    remark: str
    since: str | None
    until: str | None
    days: int
    in_working_days: bool
    lines_root: str
    snapshot: str
    unannounced_years: list[int]


class CorrectedAnswer(TypedDict):
    """The line that another one takes back."""

    notice_id: str
    line: int


class NoticeLineAnswer(TypedDict):
    """A line. `shown` is what was frozen: its `digest` is HMAC-SHA-256 of it under `salt` (hexadecimal). All that is
    personal is null where the person was erased, and `name` where they did not agree to be named. `minutes` and
    `points` as they were; no points while they are not posted.
    """

    line: int
    state: Literal["shown", "objected", "withdrawn", "posted"]
    name: str | None
    tail: str | None
    activity: str | None
    on: str | None
    minutes: int | None
    points: int | None
    corrects: CorrectedAnswer | None
    posted_seq: int | None
    digest: str
    salt: str | None
    shown: str | None


@routes.post("/notices", scope=Scope.NOTICES_WRITE, body=NewNotice, answer=NoticePublishedAnswer, posts=True)
def publish(call: Call, form: NewNotice) -> Answer:
    """Publish a notice of this organisation and those below: frozen from this moment."""
    organisation = reached(call, organisations.find(call.bank, form.organisation_id), "/organisation_id")
    try:
        return answered(_published(call, organisation, form))
    except PersonalNumbers as error:
        raise Problem("invalid_request", faults=[Fault(f"/{error.field}", "personal_number")]) from None


@routes.post("/notices/preview", scope=Scope.NOTICES_WRITE, body=NewNotice, answer=NoticePreviewAnswer, status=200)
def preview(call: Call, form: NewNotice) -> NoticePreviewAnswer:
    """See what a notice would show, before it is published. Nothing changes."""
    organisation = reached(call, organisations.find(call.bank, form.organisation_id), "/organisation_id")
    drawn = _drawn(call, organisation, form)
    begins_on, ends_on = notice_drawing.hanging(call.bank, drawn)
    return {
        "days": drawn.days,
        "in_working_days": drawn.in_working_days,
        "begins_on": begins_on.isoformat(),
        "ends_on": ends_on.isoformat(),
        "lines": [_would_show(line.shown) for line in drawn.lines],
    }


@routes.get("/notices", scope=PUBLIC, query=NoticeQuery, answer=page_of(NoticeAnswer))
def page(call: Call, query: NoticeQuery) -> Answer:
    """List notices, the newest first."""
    found = notices.page(
        call.bank,
        after=_keyset.after(query),
        limit=query.limit,
        organisation=query.organisation_id,
        kind=query.kind,
        stage=query.stage,
        is_open=query.open == "true",
    )
    return _fresh(_keyset.answer(found, lambda one: _short(call, one)), query)


@routes.get("/notices/<id:notice_id>", scope=PUBLIC, answer=NoticeDetailAnswer)
def show(call: Call, notice_id: UUID) -> Answer:
    """Read a notice."""
    notice = notice_of(call, notice_id)
    told: NoticeDetailAnswer = {
        **_short(call, notice),
        "remark": notice.remark,
        "since": notice.from_on.isoformat() if notice.from_on else None,
        "until": notice.until_on.isoformat() if notice.until_on else None,
        "days": notice.days,
        "in_working_days": notice.in_working_days,
        "lines_root": notice.lines_root.hex(),
        "snapshot": notices.snapshot_of(notice),
        "unannounced_years": list(notices.unannounced(call.bank, notice)),
    }
    return _fresh(Answer(told))


@routes.get("/notices/<id:notice_id>/lines", scope=PUBLIC, query=PageQuery, answer=page_of(NoticeLineAnswer))
def lines(call: Call, notice_id: UUID, query: PageQuery) -> Answer:
    """Read the lines of a notice, and how each stands by now."""
    notice = notice_of(call, notice_id)
    found = notices.lines_of(call.bank, notice, after=_keyset.after(query), limit=query.limit)
    return _fresh(_keyset.answer(found, _line), query)


@routes.get("/notices/<id:notice_id>.pdf", scope=PUBLIC, query=PaperQuery, answer=str, media_type="application/pdf")
def paper(call: Call, notice_id: UUID, query: PaperQuery) -> Answer:
    """Have a notice as a paper for the board, with a code that leads to its page."""
    notice = notice_of(call, notice_id)
    throttling.admit(call.bank, Act.PAPER)
    try:
        made = notice_papers.paper(call.bank, notice, size=query.paper, page_url=page_url(notice.id))
    except PapersMissing as missing:
        raise Problem("papers_missing", detail=("请先安装: pip install pioneer-bank[pdf]", str(missing))) from None
    name = f"notice-{notice.seq}-{query.paper}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": f"public, max-age={FRESH_SECONDS}"}
    return Answer(made, headers=headers, media_type="application/pdf")


def notice_of(call: Call, id: UUID) -> Notice:
    """The notice; 404 where there is none. Notices are everybody's."""
    return notices.find(call.bank, id) or unknown()


def page_url(id: UUID) -> str:
    """The page on which everybody reads it. What follows # is never sent to a server."""
    return f"{request.url_root}notice#{id}"


def _published(call: Call, organisation: Organisation, form: NewNotice) -> Outcome:
    words = Words(form.title or "", form.remark)
    if form.shows == "due":
        return notices.publish_due(call.bank, call.by, organisation, request=call.request, words=words)
    if form.shows == "corrections":
        return notices.publish_corrections(call.bank, call.by, organisation, request=call.request, words=words)
    since, until = _period(form)
    return notices.publish_posted(
        call.bank,
        call.by,
        organisation,
        from_on=since,
        until_on=until,
        days=form.days or AFTER_DAYS,
        in_working_days=form.in_working_days,
        request=call.request,
        words=words,
    )


def _drawn(call: Call, organisation: Organisation, form: NewNotice) -> Drawn:
    if form.shows == "due":
        return notice_drawing.due(call.bank, organisation)
    if form.shows == "corrections":
        return notice_drawing.corrections(call.bank, organisation)
    since, until = _period(form)
    return notice_drawing.posted(
        call.bank,
        organisation,
        from_on=since,
        until_on=until,
        days=form.days or AFTER_DAYS,
        in_working_days=form.in_working_days,
    )


def _period(form: NewNotice) -> tuple[date, date]:
    faults = [Fault(f"/{name}", "missing") for name, day in (("from", form.since), ("to", form.until)) if day is None]
    if form.since is None or form.until is None:
        raise Problem("invalid_request", faults=faults)
    if form.until < form.since:
        raise Problem("invalid_request", faults=[Fault("/to", "out_of_range")])
    return form.since, form.until


def _fresh(answer: Answer, query: PageQuery | None = None) -> Answer:
    """An answer for everybody, with its tag: whoever has it already is told so. A file is made of it as it is."""
    if isinstance(answer.body, bytes) or exports.wanted(query):
        return answer
    tag = etag(answer.body)
    headers = {**answer.headers, "ETag": tag, "Cache-Control": f"public, max-age={FRESH_SECONDS}"}
    if request.if_none_match.contains(tag.strip('"')):
        return Answer(b"", 304, headers)
    return Answer(answer.body, headers=headers)


def _short(call: Call, notice: Notice) -> NoticeAnswer:
    return {
        "id": str(notice.id),
        "organisation_id": str(notice.organisation_id),
        "organisation": notice.organisation_name,
        "kind": notice.kind,
        "stage": notice.stage,  # type: ignore[typeddict-item]
        "title": notice.title,
        "published_on": notice.published_on.isoformat(),
        "begins_on": notice.begins_on.isoformat(),
        "ends_on": notice.ends_on.isoformat(),
        "is_open": call.bank.today() <= notice.ends_on,
        "lines": notice.lines,
        "digest": notice.digest.hex(),
        "transaction_seq": notice.seq,
    }


def _would_show(shown: Mapping[str, Any]) -> PreviewLineAnswer:
    return {
        "name": shown.get("name"),
        "tail": shown.get("tail"),
        "activity": shown.get("activity"),
        "on": shown.get("on"),
        "minutes": shown.get("minutes"),
        "points": shown.get("points"),
    }


def _line(line: NoticeLine) -> NoticeLineAnswer:
    return {
        "line": line.line,
        "state": line.state,  # type: ignore[typeddict-item]
        **_would_show(line.shown or {}),
        "corrects": None
        if line.corrects_notice is None or line.corrects_line is None
        else {"notice_id": str(line.corrects_notice), "line": line.corrects_line},
        "posted_seq": line.posted_seq,
        "digest": line.digest.hex(),
        "salt": line.salt.hex() if line.salt is not None else None,
        "shown": line.text,
    }
