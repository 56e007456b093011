"""Shapes that more than one resource answers with."""

from __future__ import annotations

from typing import Any, NotRequired, TypeVar

from typing_extensions import TypedDict

Item = TypeVar("Item")


class ExplanationLine(TypedDict):
    """One line of the reason for an amount, as it is read out. `points` in the smallest unit."""

    zh: str
    en: str
    points: NotRequired[int]


class ReversalAnswer(TypedDict):
    """What a reversal did. `debt_points` is what was already spent and is owed now."""

    id: str
    reverses_seq: int
    points: int
    debt_points: int
    transaction_seq: int
    receipt_token: str


def page_of(item: Any) -> Any:
    """The shape of a page of these items."""
    return TypedDict(f"PageOf{item.__name__.removesuffix('Answer')}", {"items": list[item], "next_cursor": str | None})  # type: ignore[operator]
