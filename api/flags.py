"""Flags that counters raised, for people to act on: listed, and lifted with a reason."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.pagination import Keyset, PageQuery
from api.problems import Problem
from api.rendering import Answer, instant
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.service_records import Reversing
from ledger.service import flags
from ledger.service.flags import AlreadyLifted, RaisedFlag

routes = Routes("flags")
_keyset = Keyset(int, UUID)


class FlagQuery(PageQuery):
    """Only flags that stand today, or `with_past` also those that are over, lifted or undone."""

    with_past: Literal["true", "false"] = "false"


class FlagAnswer(TypedDict):
    """A flag against somebody: what a counter reached, why, and until when; no last day: until it is lifted."""

    id: str
    transaction_seq: int
    volunteer_no: str
    flag: str
    counter: str
    title_zh: str
    title_en: str
    reached: int
    first_day: str
    last_day: str | None
    lifted_at: str | None
    lift_reason: str | None


@routes.get("/flags", scope=Scope.FLAGS_READ, query=FlagQuery, answer=page_of(FlagAnswer))
def page(call: Call, query: FlagQuery) -> Answer:
    """List flags, the newest first."""
    after, with_past = _keyset.after(query), query.with_past == "true"
    found = flags.page(call.bank, within=call.within, after=after, limit=query.limit, with_past=with_past)
    return _keyset.answer(found, _told)


@routes.post("/flags/<id:flag_id>/lift", scope=Scope.FLAGS_WRITE, body=Reversing, answer=FlagAnswer, status=200)
def lift(call: Call, flag_id: UUID, form: Reversing) -> FlagAnswer:
    """Take a flag away before its last day; it stays on record with the reason."""
    flag = reached(call, flags.find(call.bank, flag_id))
    try:
        return _told(flags.lift(call.bank, call.by, flag, form.reason))
    except AlreadyLifted:
        raise Problem("already_lifted") from None


def _told(flag: RaisedFlag) -> FlagAnswer:
    return {
        "id": str(flag.id),
        "transaction_seq": flag.seq,
        "volunteer_no": flag.volunteer_no,
        "flag": flag.flag,
        "counter": flag.counter,
        "title_zh": flag.title_zh,
        "title_en": flag.title_en,
        "reached": flag.reached,
        "first_day": flag.first_day.isoformat(),
        "last_day": flag.last_day.isoformat() if flag.last_day else None,
        "lifted_at": None if flag.lifted_at is None else instant(flag.lifted_at),
        "lift_reason": flag.lift_reason,
    }
