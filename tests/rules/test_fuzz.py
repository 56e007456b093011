"""Whatever is written in a rulebook's file: a rulebook, or findings with lines. Never anything else, and quickly.

PIONEER_LONG=1 sends a hundred times as much.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger.governance.price_list import read_price_list
from ledger.governance.templates import TEMPLATES, read_template, template_text
from ledger.rules import BOOKS, Finding, RulebookInvalid, book, inherit, load
from tests.banks import LONG

EXAMPLES = 20_000 if LONG else 200
SECONDS_MAX = 10.0
TEXTS = [book(name).encode() for name in BOOKS]

BOMBS = {
    "aliases that double": "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
    "an alias of itself": "a: &a [*a]\n",
    "a merge": "a: &a {x: 1}\nb: {<<: *a}\n",
    "an object of Python": "a: !!python/object/apply:os.system ['true']\n",
    "a tag": "a: !secret x\n",
    "a number without end": "version: " + "9" * 100_000 + "\n",
    "a fraction by nothing": "points: 1/0\n",
    "an exponent": "version: 1e999999999\n",
    "a number of base sixty": "version: 1:2:3:4:5:6:7:8:9\n",
    "octal": "version: 0o17\n",
    "hexadecimal": "version: 0x7fffffffffffffff\n",
    "not a number": "version: .nan\n",
    "infinity": "version: .inf\n",
    "a field twice": "code: x\ncode: y\n",
    "a field twice within": "title: {zh: 甲, en: a, zh: 乙}\n",
    "a list for a key": "? [a, b]\n: c\n",
    "two documents": "code: x\n---\ncode: y\n",
    "deep brackets": "[" * 20_000,
    "deep braces": "{a: " * 20_000,
    "a wide list": "rules: [" + "{}, " * 60_000 + "]",
    "many fields": "\n".join(f"f{n}: 1" for n in range(20_000)),
    "nothing": "",
    "blank": "\n\n \n",
    "a mark of byte order": "\ufeffcode: x\n",
    "a nul": "code: \x00\n",
    "a tab": "code:\tx\n\tversion: 1\n",
    "a lone quote": "code: 'x\n",
    "a surrogate": "code: \ud800\n",
    "a direction override": "title: {zh: \u202e甲, en: a}\n",
    "an impossible escape": 'code: "\\UFFFFFFFF"\n',
    "a directive": "%YAML 9999999999999999999999.1\n---\ncode: x\n",
    "an anchor alone": "code: &x\n",
    "a day that is none": "effective_from: 2026-02-30\n",
}


def faults(read: Callable[[], object]) -> tuple[Finding, ...]:
    """What is found wrong; nothing where it can be read. Any other exception is the reader's own fault."""
    try:
        read()
    except RulebookInvalid as error:
        return error.findings
    return ()


def understood(text: str) -> bool:
    """Whether it is a rulebook; if not, every finding has a line within the text and a mend in both languages."""
    found = faults(lambda: load(text, points_scale=0))
    lines = sum(text.count(end) for end in "\n\r\x85\u2028\u2029") + 2
    assert all(1 <= one.line <= lines and one.zh and one.en for one in found)
    return not found


@pytest.mark.parametrize("name", BOMBS)
def test_what_would_blow_up_a_reader_is_refused_with_a_line(name: str) -> None:
    began = time.perf_counter()
    assert not understood(BOMBS[name])
    assert time.perf_counter() - began < SECONDS_MAX


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(max_size=400))
@example("- - -")
def test_any_text_is_a_rulebook_or_has_findings(text: str) -> None:
    understood(text)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 2**64), st.integers(0, len(TEXTS) - 1), st.integers(1, 12))
def test_a_book_with_any_bytes_changed_is_a_rulebook_or_has_findings(seed: int, which: int, times: int) -> None:
    dice = random.Random(seed)
    content = bytearray(TEXTS[which])
    for _ in range(times):
        at = dice.randrange(len(content))
        match dice.randrange(5):
            case 0:
                content[at] = dice.randrange(256)
            case 1:
                del content[at : at + dice.randrange(1, 40)]
            case 2:
                content[at:at] = bytes(
                    dice.choice(b":-[]{}&*!|>'\"#%@`,? \n\t0129x") for _ in range(dice.randrange(1, 6))
                )
            case 3:
                start = dice.randrange(len(content))
                content[at:at] = content[start : start + dice.randrange(1, 200)]
            case _:
                content[at:at] = dice.choice([b"999999999999999999", b"-1", b"1e9", b"null", b"true", "一".encode()])
        if not content:
            break
    understood(content.decode("utf-8", errors="replace"))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 2**64), st.integers(0, len(TEXTS) - 1))
def test_a_book_whose_lines_are_shuffled_is_a_rulebook_or_has_findings(seed: int, which: int) -> None:
    dice = random.Random(seed)
    lines = TEXTS[which].decode().splitlines()
    for _ in range(dice.randrange(1, 6)):
        one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    understood("\n".join(lines))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 2**64))
def test_a_community_s_book_with_anything_changed_builds_or_has_findings(seed: int) -> None:
    dice = random.Random(seed)
    child = "code: estate\nversion: 1\neffective_from: 2026-05-01\ninherits: {code: example, version: 1}\n"
    content = list(child + "lapse: {policy: never}\nremoves: [rules.cleaning]\nlocked: [rules]\n")
    for _ in range(dice.randrange(1, 5)):
        content[dice.randrange(len(content))] = dice.choice("[]{}:-, \nax1&*")
    written = "".join(content)
    found = faults(lambda: inherit(book("example"), written))
    assert all(one.line >= 1 for one in found)
    if not found:
        understood(inherit(book("example"), written))


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(st.integers(0, 2**64), st.sampled_from(TEMPLATES))
def test_templates_and_price_lists_are_read_as_strictly(seed: int, name: str) -> None:
    dice = random.Random(seed)
    content = list(template_text(name))
    for _ in range(dice.randrange(1, 8)):
        content[dice.randrange(len(content))] = dice.choice("[]{}:-, \nax1&*")
    written = "".join(content)
    for found in (faults(lambda: read_template(written)), faults(lambda: read_price_list(written, 0))):
        assert all(one.line >= 1 for one in found)
