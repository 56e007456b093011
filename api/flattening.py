"""The items of a collection as the columns of a table, worked out from the shape that its route declares, so that the
columns are the same whether or not there is anything in them.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, is_typeddict

import typing_extensions

from ledger.tables.exporting import Kind

LeafKind = Kind | Literal["amount"]

DAYS = frozenset({"on", "first_day", "last_day", "effective_from", "effective_until", "since", "until", "day", "date"})
_MOVES = ("opening", "issued", "redeemed", "lapsed", "adjusted", "donated", "forfeited", "moved", "outstanding")
POINTS = frozenset(
    {*("points", "cost_points", "price_points", "counted_points"), *(f"points_{move}" for move in _MOVES)}
)
AMOUNTS = frozenset({"amount", "balance_after"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """One column: the path to its value, and as what it is written."""

    path: tuple[str, ...]
    kind: LeafKind


def item_of(answer: Any) -> Any:
    """The shape of the items of a collection; None where the answer is none."""
    if not _is_shape(answer):
        return None
    items = typing_extensions.get_type_hints(answer).get("items")
    if get_origin(items) is not list:
        return None
    (item,) = get_args(items)
    return item if _is_shape(item) else None


@cache
def leaves_of(item: Any) -> tuple[Leaf, ...]:
    """The columns of these items, in the order in which the JSON has them."""
    return tuple(_leaves(item, ()))


def _leaves(shape: Any, path: tuple[str, ...]) -> Iterator[Leaf]:
    for name, declared in typing_extensions.get_type_hints(shape).items():
        kind = _plain(declared)
        if _is_shape(kind) and not _is_bilingual(kind):
            yield from _leaves(kind, (*path, name))
        else:
            yield Leaf((*path, name), _kind(name, kind))


def _kind(name: str, declared: Any) -> LeafKind:
    if declared is int:
        return "amount" if name in AMOUNTS else "points" if name in POINTS else "number"
    if declared is str and (name in DAYS or name.endswith("_on")):
        return "day"
    if declared is str and name.endswith("_at"):
        return "instant"
    return "text"


def _plain(declared: Any) -> Any:
    """The type without its None."""
    if get_origin(declared) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(declared) if kind is not type(None)]
        return _plain(kinds[0]) if len(kinds) == 1 else object
    return declared


def _is_shape(kind: Any) -> bool:
    return typing_extensions.is_typeddict(kind) or is_typeddict(kind)


def _is_bilingual(shape: Any) -> bool:
    """Whether it says the same in both languages."""
    return {"zh", "en"} <= set(typing_extensions.get_type_hints(shape))
