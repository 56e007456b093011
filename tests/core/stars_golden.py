"""Changes of stars without a database: commands, the books before them, and the golden bytes of their entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Command
from ledger.rules import Ladder, Standing, default_ladder
from ledger.service.star_changes import APPROVE, CHANGES, DECISIONS, DecideStars, Judged, ProposeStars
from tests.core.given import ANA, CLERK, COLLEAGUE, TODAY, TOWN, books, number

LADDER = default_ladder()
DEMOTING = replace(LADDER, demotes=True)
CHANGE = number(70)


def has(hours: int, ladder: Ladder = LADDER, **more: Any) -> Judged:
    """Somebody with so many hours, by this ladder."""
    standing = Standing(minutes={"clocked": hours * 60})
    made = Judged(
        ladder=ladder,
        ladders=frozenset({ladder.id}),
        rulebook=("example", 1),
        points_scale=0,
        standing=standing,
        measured_on=TODAY,
        as_of_seq=90,
    )
    return replace(made, **more)


def propose(hours: int = 300, **more: Any) -> ProposeStars:
    made = ProposeStars(
        id=CHANGE, actor=CLERK, volunteer=ANA, organisation=TOWN.id, judged=has(hours), notice_until=date(2026, 3, 9)
    )
    return replace(made, **more)


def decide(decision: str = APPROVE, *, hours: int = 300, **more: Any) -> DecideStars:
    made = DecideStars(
        id=number(71), actor=COLLEAGUE, change_id=CHANGE, volunteer=ANA, judged=has(hours), decision=decision
    )
    return replace(made, **more)


def change(**more: Any) -> dict[str, Any]:
    """A change of the clerk's from no star to two, whose notice is over."""
    row = {"id": CHANGE, "seq": 95, "ladder_id": "stars", "from_level": 0, "to_level": 2, "recorded_by": CLERK}
    return row | {"notice_until": date(2026, 3, 1)} | more


def granted(level: int, *, ladder: str = "stars", of: int = 60, decision: str = APPROVE) -> dict[str, Any]:
    """An earlier decision."""
    return {"change_id": number(of), "decision": decision, "ladder_id": ladder, "level": level, "star_level": level}


def known(changes: Sequence[Mapping[str, Any]] = (), decisions: Sequence[Mapping[str, Any]] = ()) -> Books:
    """Books with these changes and decisions about Ana."""
    made = books()
    made.know_rows(CHANGES, "volunteer_id", ANA.id, list(changes))
    made.know_rows(CHANGES, "id", CHANGE, [one for one in changes if one["id"] == CHANGE])
    made.know_rows(DECISIONS, "volunteer_id", ANA.id, list(decisions))
    return made


COMMANDS: dict[Kind, tuple[Command, Books]] = {
    Kind.STAR_CHANGE: (propose(), known()),
    Kind.STAR_DECISION: (decide(), known([change()])),
}
GOLDEN: dict[Kind, tuple[str, str]] = {
    Kind.STAR_CHANGE: (
        (
            r'{"detail":{"from_level":0,"ladder":"stars","notice_until":"2026-03-09","to_level":2},"kind":"proce'
            r'ss.star_change","moves":[],"on":"2026-03-02","private":"%s","rulebook":{"code":"example","version"'
            r':1},"seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000002","id":"00000000000070008000000000000'
            r'147","legs":[],"why":{"change":"00000000000070008000000000000147"}}'
        ),
    ),
    Kind.STAR_DECISION: (
        (
            r'{"detail":{"change_seq":95,"decision":"approve"},"kind":"result.star_decision","moves":[],"on":"20'
            r'26-03-02","private":"%s","rulebook":{"code":"example","version":1},"seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000003","id":"00000000000070008000000000000'
            r'148","legs":[],"why":{"change":"00000000000070008000000000000147"}}'
        ),
    ),
}  # fmt: skip
