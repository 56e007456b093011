"""Stories are texts that a coordinator can read and write. This reads them; drivers.py acts them out.

    == Ana wants two mugs
    # Ana earns 30 points and wants two mugs at 20. She can have one.
    prize    mug 20
    receive  mug 5         -> posted
    award    ana 3h        -> posted +30
    redeem   ana mug       -> handed over
    redeem   ana mug       -> insufficient_points
    balance  ana           -> 10

A line is a verb, its words, and after the arrow what must come of it: an answer may say more than the story asks for.
`as NAME` names a posting, so that a later line can `reverse` it or ask for it `again`, under the same key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TITLE = "=="
ARROW = "->"


class Illegible(ValueError):
    """A line that no driver would understand; says where it stands and what is expected."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a story."""

    place: str
    verb: str
    words: tuple[str, ...]
    label: str | None
    expected: str | None

    def __str__(self) -> str:
        said = " ".join((self.verb, *self.words, *(("as", self.label) if self.label else ())))
        return f"{self.place}: {said}"


@dataclass(frozen=True, slots=True)
class Story:
    title: str
    file: str
    lines: tuple[Line, ...]


def stories(file: Path) -> Iterator[Story]:
    """The stories of a file, in order."""
    title: str | None = None
    lines: list[Line] = []
    for number, raw in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        place = f"{file.name}:{number}"
        written = raw.split("#")[0].strip()
        if written.startswith(TITLE):
            if title is not None:
                yield Story(title, file.stem, tuple(lines))
            title, lines = written.removeprefix(TITLE).strip(), []
        elif written:
            if title is None:
                raise Illegible(f"{place}: a story begins with a title, == like this")
            lines.append(line(place, written))
    if title is not None:
        yield Story(title, file.stem, tuple(lines))


def line(place: str, written: str) -> Line:
    said, arrow, expected = (part.strip() for part in written.partition(ARROW))
    if arrow and not expected:
        raise Illegible(f"{place}: nothing follows the arrow")
    words = said.split()
    label = None
    if len(words) > 2 and words[-2] == "as":
        label = words[-1]
        del words[-2:]
    return Line(place, words[0], tuple(words[1:]), label, " ".join(expected.split()) or None)


def minutes_of(word: str) -> int:
    """Minutes from `90m`, `2h` or `1h30m`."""
    found = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?", word)
    if not found or not word:
        raise Illegible(f"{word!r} is not a time: write 2h, 90m or 1h30m")
    return 60 * int(found[1] or 0) + int(found[2] or 0)


def minutes_at(word: str) -> int:
    """Minutes after midnight from 09:30."""
    hours, minutes = word.split(":")
    return 60 * int(hours) + int(minutes)


def hours_of(minutes: int) -> str:
    """2h, 90m as 1h30m, and 0h."""
    hours, rest = divmod(minutes, 60)
    return (f"{hours}h" if hours or not rest else "") + (f"{rest}m" if rest else "")
