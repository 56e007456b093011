"""A list of organisations taken up at once: a line each, its place in the tree and its level. Read twice, it changes
nothing the second time.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from ledger.bank import Bank, By
from ledger.core.levels import LEVELS, PARENTS, may_stand
from ledger.people.organisations import pinyin_of
from ledger.store import organisations as store

COLUMNS = ("path", "level")
NAME_CHARACTERS_MAX = 100
_LEVEL_OF = {zh: level for level, zh in LEVELS.items()}


class ListRefused(ValueError):
    """A list of which nothing was taken up; the message names each line and its mend."""


class Wanted(NamedTuple):
    """One line: the names from below the root down to this organisation, and its level."""

    line: int
    names: tuple[str, ...]
    level: str


class TakenUp(NamedTuple):
    """How many are new, and how many were there already."""

    new: int
    known: int


def read(content: bytes) -> list[Wanted]:
    """The lines of a CSV file with the columns path (names joined by "/", from below the root) and level (in English,
    or in Chinese). UTF-8, with or without a mark, or GB18030. Refuses ListRefused.
    """
    reader = csv.DictReader(io.StringIO(_text(content), newline=""))
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise ListRefused(f"the first line must name the columns path and level; missing: {', '.join(missing)}")
    wanted: list[Wanted] = []
    faults: list[str] = []
    for row in reader:
        names = tuple(name.strip() for name in (row["path"] or "").split("/"))
        level = (row["level"] or "").strip()
        level = _LEVEL_OF.get(level, level)
        if level not in LEVELS:
            faults.append(f"line {reader.line_num}: level must be one of {', '.join(LEVELS)}")
        elif not all(0 < len(name) <= NAME_CHARACTERS_MAX and name.isprintable() for name in names):
            faults.append(f"line {reader.line_num}: path must be names joined by /, none empty")
        else:
            wanted.append(Wanted(reader.line_num, names, level))
    if faults:
        raise ListRefused("\n".join(faults))
    return wanted


def take_up(bank: Bank, by: By, wanted: Sequence[Wanted]) -> TakenUp:
    """Add what is not there yet, all or nothing; a parent stands before what lies below it, or is there already.

    Refuses ListRefused.
    """
    faults: list[str] = []
    new = 0
    with bank.changing(by) as change:
        store.hold_tree(change.connection)
        root, known = store.whole_tree(change.connection)
        for each in wanted:
            there = known.get(each.names)
            parent = known.get(each.names[:-1])
            if parent is None:
                faults.append(f"line {each.line}: {'/'.join(each.names[:-1])} is not there; put its own line before")
            elif there is not None and there.level != each.level:
                faults.append(f"line {each.line}: {'/'.join(each.names)} is there as a {there.level}")
            elif there is None and not may_stand(each.level, parent.level):
                allowed = ", ".join(PARENTS[each.level]) or "nothing"
                faults.append(f"line {each.line}: a {each.level} stands below {allowed}, not below a {parent.level}")
            elif there is None and parent.closed:
                faults.append(f"line {each.line}: {'/'.join(each.names[:-1]) or root} is closed; reopen it first")
            elif there is None:
                id = bank.world.new_id()
                made = store.Place(id, each.level, f"{parent.path}{id}/", closed=False)
                known[each.names] = made
                change.add("organisation", _row(made, parent.id, each.names[-1], change.now))
                change.audit(
                    "create",
                    "organisation",
                    id,
                    organisation=id,
                    after={"level": each.level, "name": each.names[-1], "parent_id": parent.id},
                )
                new += 1
        if faults:
            raise ListRefused("\n".join(faults))
    return TakenUp(new, len(wanted) - new)


def _row(made: store.Place, parent_id: UUID, name: str, now: int) -> dict[str, object]:
    return {
        "id": made.id,
        "parent_id": parent_id,
        "level": made.level,
        "name": name,
        "name_pinyin": pinyin_of(name),
        "path": made.path,
        "created_at": now,
    }


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ListRefused("the file is neither UTF-8 nor GB18030 text: save it as CSV UTF-8")
