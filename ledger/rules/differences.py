"""What changes from one rulebook to the next, as sentences: those that fall away, those that are new, those in another
wording. Generated from the same data as the rulebook's own sentences, so that nothing can change unsaid.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple

from ledger.rules.rulebook import Rulebook
from ledger.rules.sentences import sentences


class Change(NamedTuple):
    """One sentence of before and what stands in its place; None where there is none."""

    before: str | None
    after: str | None


def differences(before: Rulebook, after: Rulebook, language: str) -> tuple[Change, ...]:
    """The changed sentences in the order of the new rulebook; `language` is "zh" or "en"."""
    old, new = sentences(before, language), sentences(after, language)
    changes: list[Change] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind != "equal":
            changes += _paired(list(old[first:last]), list(new[start:end]))
    return tuple(changes)


def _paired(old: list[str], new: list[str]) -> list[Change]:
    """Sentences of one place side by side: those with the same beginning are the same thing said anew."""
    left = list(old)
    changes = []
    for sentence in new:
        before = next((one for one in left if _opening(one) == _opening(sentence)), None)
        if before is not None:
            left.remove(before)
        changes.append(Change(before, sentence))
    return [*(Change(sentence, None) for sentence in left), *changes]


def _opening(sentence: str) -> str:
    """What a sentence is about: a rule's title in brackets, a policy's name before the colon."""
    for mark in ("】", "]", ":", "》", ","):
        if mark in sentence:
            return sentence[: sentence.index(mark)]
    return sentence
