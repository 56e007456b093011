"""What the columns of exported tables are called, and the codes that people read most, in Chinese and English.

A member that is not here is called by its name in the contract; a test asks for what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from api.code_words import WORDS, WORDS_OF_ONE
from api.member_titles import MEMBER_TITLES, Words
from api.need_titles import NEED_TITLES
from api.report_titles import REPORT_TITLES

TITLES: Words = {**MEMBER_TITLES, **REPORT_TITLES, **NEED_TITLES}
"""(Chinese, English) by the name of the member."""
OF_ONE: Mapping[str, Words] = {
    "volunteers": {"name": ("姓名", "name")},
    "staff": {"name": ("姓名", "name")},
    "prizes": {"title": ("奖品", "prize")},
    "activities": {"title": ("活动名称", "activity"), "id": ("活动编号", "activity id")},
    "reports": {"unit": ("单位报到", "at the unit")},
}
"""The same where one resource means something else by it."""
_YES_NO = {True: ("是", "yes"), False: ("否", "no")}


def title_of(tag: str, path: Sequence[str], language: str) -> str:
    """What a column is called: the names of its path, each in its language."""
    known = [OF_ONE.get(tag, {}).get(name) or TITLES.get(name) or (name, name.replace("_", " ")) for name in path]
    between = "" if language == "zh" else ": "
    return between.join(_said(words, language) for words in known)


def word_of(name: str, value: str | bool, language: str, tag: str = "") -> str:
    """A value as it is read, as its resource means it; a code that is not known stays as it is."""
    if isinstance(value, bool):
        return _said(_YES_NO[value], language)
    words = WORDS_OF_ONE.get(tag, {}).get(name, {}).get(value) or WORDS.get(name, {}).get(value)
    return value if words is None else _said(words, language)


def _said(words: tuple[str, str], language: str) -> str:
    return words[0] if language == "zh" else words[1]
