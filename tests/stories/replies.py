"""What comes of a posting, whoever was asked: a use case or the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ledger.core.refusals.refusal import Refused
from ledger.store.writer import Outcome


class Reply(NamedTuple):
    """What came of a posting, whoever was asked."""

    code: str | None
    """Of the refusal; None where it was posted."""
    seq: int | None
    answer: Mapping[str, Any]
    replayed: bool


def reply(outcome: Outcome) -> Reply:
    code = outcome.refusal.code if outcome.refusal else None
    return Reply(code, outcome.seq, outcome.answer, outcome.replayed)


def reply_of(post: Callable[[], Outcome]) -> Reply:
    """Of a posting that may be refused before it is one."""
    try:
        return reply(post())
    except Refused as no:
        return Reply(no.refusal.code, None, {}, False)


def refusal_of(done: Callable[[], object]) -> str | None:
    """Do it; the code of the refusal, None where it was done."""
    try:
        done()
    except Refused as no:
        return no.refusal.code
    return None
