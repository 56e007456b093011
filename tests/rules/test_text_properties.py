"""What holds for every text: a rulebook, or refused as one, and never otherwise than the schema."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ledger.rules import (
    BOOKS,
    RulebookInvalid,
    book,
    load,
    rulebook_schema,
)
from tests.rules.factories import a_document
from tests.rules.schema import instance

SCHEMA = Draft202012Validator(rulebook_schema())
unhurried = settings(deadline=None)


@given(st.text())
@unhurried
def test_any_text_is_a_rulebook_or_refused_as_one(text: str) -> None:
    with suppress(RulebookInvalid):
        load(text, points_scale=0)


@given(st.data())
@unhurried
def test_a_damaged_rulebook_is_a_rulebook_or_refused_as_one(data: st.DataObject) -> None:
    document = data.draw(st.sampled_from([*map(book, BOOKS), a_document("points: 1, per: session")]))
    at = data.draw(st.integers(0, len(document)))
    noise = data.draw(st.text(alphabet=st.sampled_from("&*!%@`\"'[]{}:,-?|>#\\ \n\t~0１.\x85\u2028") | st.characters()))
    with suppress(RulebookInvalid):
        load(document[:at] + noise + document[at + data.draw(st.integers(0, 8)) :], points_scale=0)


LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 10**10), st.floats(0, 5), st.text(max_size=4),
    st.sampled_from(["never", "1/2", "01-31", "22:00", "2026-02-30", "a", "no", "person", "hour", "day", "０"]),
)  # fmt: skip
WEEDS = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["per", "points", "when", "id", "title", "zh", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


def spots(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(spot for key, value in inner for spot in spots(value, (*path, key)))]


@given(st.data())
@unhurried
def test_what_the_schema_refuses_the_loader_refuses(data: st.DataObject) -> None:
    tree = instance(book(data.draw(st.sampled_from(BOOKS))))
    for _ in range(data.draw(st.integers(1, 2))):
        *path, last = data.draw(st.sampled_from([spot for spot in spots(tree) if spot]))
        around = tree
        for step in path:
            around = around[step]
        if data.draw(st.booleans()):
            around[last] = data.draw(WEEDS)
        elif isinstance(around, dict) and data.draw(st.booleans()):
            around[data.draw(st.sampled_from(["x", "per", "points", "caps", "when"]))] = data.draw(WEEDS)
        else:
            del around[last]
    document = yaml.safe_dump(tree, allow_unicode=True)
    if any(SCHEMA.iter_errors(instance(document))):
        with pytest.raises(RulebookInvalid):
            load(document, points_scale=2)
