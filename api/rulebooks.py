"""Rulebooks: under which rules points are given, as published."""

from __future__ import annotations

from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Day, Form
from api.problems import unknown
from api.rendering import instant
from api.routes import Call, Routes
from api.scopes import Scope
from ledger.service import rulebooks
from ledger.service.rulebooks import Adopted

routes = Routes("rulebooks")


class InForceQuery(Form):
    """On which day; today, if left out."""

    on: Day | None = None


class TitleAnswer(TypedDict):
    """The same words in Chinese and English."""

    zh: str
    en: str


class RulebookAnswer(TypedDict):
    """One version of the rules; `document` is the YAML text that was published."""

    id: str
    code: str
    version: int
    title: TitleAnswer
    effective_from: str
    recorded_at: str
    document: str


RulebookPage = page_of(RulebookAnswer)


@routes.get("/rulebooks", scope=Scope.RULEBOOKS_READ, answer=RulebookPage)
def page(call: Call) -> dict[str, object]:
    """List all rulebooks, the earliest first. They are few: one page holds them all."""
    return {"items": [_told(adopted) for adopted in rulebooks.adopted(call.bank)], "next_cursor": None}


@routes.get("/rulebooks/in-force", scope=Scope.RULEBOOKS_READ, query=InForceQuery, answer=RulebookAnswer)
def in_force(call: Call, query: InForceQuery) -> RulebookAnswer:
    """The rulebook under which a deed of this day is assessed."""
    book = rulebooks.in_force(call.bank, query.on or call.bank.today())
    found = next((adopted for adopted in rulebooks.adopted(call.bank) if adopted.rulebook == book), None)
    return _told(found) if found else unknown()


def _told(adopted: Adopted) -> RulebookAnswer:
    book = adopted.rulebook
    return {
        "id": str(adopted.id),
        "code": book.code,
        "version": book.version,
        "title": {"zh": book.title.zh, "en": book.title.en},
        "effective_from": book.effective_from.isoformat(),
        "recorded_at": instant(adopted.recorded_at),
        "document": adopted.document,
    }
