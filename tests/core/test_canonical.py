"""One spelling for every value: RFC 8785 where it says anything about what we allow, and a no to the rest."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.canonical import INTEGER_MAX, canonical, commitment, digest, refuse_uncanonical

ALLOWED = st.recursive(
    st.integers(-INTEGER_MAX, INTEGER_MAX) | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="ascii"), max_size=6), inner, max_size=4)
    ),
    max_leaves=20,
)
OBJECTS = st.dictionaries(st.text(st.characters(codec="ascii"), max_size=6), ALLOWED, max_size=5)


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        ({}, b"{}"),
        ({"b": 1, "a": 2}, b'{"a":2,"b":1}'),
        ({"1": {"f": {"f": "hi", "F": 5}, "\n": 56}, "10": {}, "": "empty"},
         b'{"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{}}'),  # RFC 8785 testdata "weird", its ASCII part
        ({"peach": "p", "Peach": "P", "pEach": "e"}, b'{"Peach":"P","pEach":"e","peach":"p"}'),
        # RFC 8785 section 3.2.2.2: short escapes, lower-case \u00xx for other controls, nothing else escaped
        ({"s": "\u20ac$\u000f\nA'B\"\\\\\"/"}, '{"s":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'.encode()),
        ({"s": "\b\t\n\f\r\x00\x1f\x7f</script>"}, b'{"s":"\\b\\t\\n\\f\\r\\u0000\\u001f\x7f</script>"}'),
        ({"s": "示例甲\u2028😂"}, '{"s":"示例甲\u2028😂"}'.encode()),
        ({"n": [0, -1, INTEGER_MAX, -INTEGER_MAX]}, b'{"n":[0,-1,9007199254740991,-9007199254740991]}'),
        ({"l": [56, {"d": [], "10": 1, "1": 2}]}, b'{"l":[56,{"1":2,"10":1,"d":[]}]}'),  # RFC 8785 testdata "arrays"
    ],
)  # fmt: skip
def test_a_value_has_the_spelling_of_rfc_8785(value: dict[str, Any], spelled: bytes) -> None:
    refuse_uncanonical(value)
    assert canonical(value) == spelled


@pytest.mark.parametrize(
    "value",
    [1.0, 1e309, float("nan"), None, True, False, 2**53, -(2**53), b"bytes", {"名": 1}, {1: 1}, {"a": [None]},
     {"a": {"b": 0.5}}, "\ud800", {"a": "\udfff"}, {1, 2}, object()],
)  # fmt: skip
def test_what_two_readers_could_read_differently_is_refused(value: object) -> None:
    with pytest.raises((ValueError, UnicodeEncodeError)):
        refuse_uncanonical(value)


@given(OBJECTS)
def test_what_is_allowed_survives_a_reader_and_is_spelled_the_same_again(value: dict[str, Any]) -> None:
    refuse_uncanonical(value)
    spelled = canonical(value)
    assert json.loads(spelled) == value
    assert canonical(json.loads(spelled)) == spelled


@given(OBJECTS)
def test_the_order_in_which_an_object_was_built_does_not_show(value: dict[str, Any]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_a_commitment_is_hmac_sha256_of_the_opening_under_its_salt() -> None:
    salt, opening = bytes(range(32)), b'{"at":1}'
    assert commitment(salt, opening) == hmac.new(salt, opening, hashlib.sha256).digest()
    # RFC 4231 test case 2
    assert commitment(b"Jefe", b"what do ya want for nothing?").hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def test_the_same_opening_under_another_salt_commits_to_something_else() -> None:
    assert commitment(bytes(32), b"{}") != commitment(b"\1" * 32, b"{}")


def test_a_request_is_known_again_by_its_sha256() -> None:
    assert digest(b"abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
