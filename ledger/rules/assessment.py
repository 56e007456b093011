"""What a deed earns under a rulebook, and why.

Pure and exact: integers and fractions only, and the same answer for the same rulebook, deed and history for ever. The
bank asks on every posting, so the common deed takes the short way through.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ledger.rules.conditions import FACTS
from ledger.rules.counters import Counter, Flag
from ledger.rules.counting import counted_line, direct_line
from ledger.rules.crediting import Credit, credited
from ledger.rules.deeds import MINUTES_OF_DAY, UNKNOWN_DAY, Deed
from ledger.rules.history import History, HistoryKey, Mark, Past, Tally, lay_over
from ledger.rules.lines import Line
from ledger.rules.needs import once_key
from ledger.rules.numbering import before, keys_of
from ledger.rules.parts import Text
from ledger.rules.phrases import unmet
from ledger.rules.rulebook import Rulebook
from ledger.rules.selection import PERSONAL, ReadyRule

NO_HISTORY: Mapping[HistoryKey, Tally] = {}


class Assessment(NamedTuple):
    """The award for one deed. `points` is in the smallest unit, negative for a penalty.

    `minutes` is the time given and stays evidence whatever the rules say. `counted_minutes` is what the points were
    worked out from, after rounding and caps: 0 when no rule applies or the deed counts for nothing, more than `minutes`
    if the rulebook rounds up. `rule_id` is the rule that decided; None when none applies.
    """

    rulebook_code: str
    rulebook_version: int
    rule_id: str | None
    minutes: int
    counted_minutes: int
    points: int
    lines: tuple[Line, ...]
    credits: tuple[Credit, ...]
    """Where the points go, and what they may be used for; they add up to `points`."""
    marks: tuple[Mark, ...]
    """What later deeds must know of this one."""
    flags: tuple[Flag, ...]
    deed: Deed

    def explanation(self) -> list[dict[str, Any]]:
        """The lines in words: what is told to the volunteer and kept with the entry."""
        return [{"rule": line.rule_id, "zh": line.zh, "en": line.en, "points": line.points} for line in self.lines]

    def workings(self) -> list[dict[str, Any]]:
        """The lines with every number between the deed and the points, for a table or a machine."""
        return [line.facts() for line in self.lines]

    def credited_to(self, account: str, use: str = "spendable") -> int:
        """Points for one account and use."""
        return sum(credit.points for credit in self.credits if credit.to == account and credit.use == use)


def assess(rulebook: Rulebook, deed: Deed, history: History = NO_HISTORY) -> Assessment:
    """The award for `deed` under the rules it meets. `history` answers `needs(rulebook, deed)`; a missing key is
    nothing before.

    Always an answer; nothing is refused. Whether the rulebook was in force on the day is the caller's question, so
    that a draft can be simulated over past deeds.
    """
    past = Past(history, deed)
    selection = rulebook.selection
    lines: list[Line] = []
    base: Line | None = None
    points = 0
    for ready in selection.chosen(deed, past, rulebook):
        line = _line(rulebook, ready, deed, past)
        lines.append(line)
        if base is None or (base.rule is not None and base.rule.adds and not ready.rule.adds):
            base = line
    if base is None:
        base = Line("no_rule", 0, rulebook.points_scale, deed, why=_why_none(rulebook, deed))
        lines.append(base)
    if selection.wants:
        lines[lines.index(base)] = base = base._replace(unknown=_unknown(rulebook, deed))
    given = credited(rulebook, deed, lines, past)
    flags = _count(rulebook, deed, past) if selection.counters[deed.kind] else ()
    for line in lines:
        points += line.points
    return Assessment(
        rulebook.code,
        rulebook.version,
        base.rule.id if base.rule else None,
        deed.minutes,
        _counted_minutes(base, deed),
        points,
        tuple(lines),
        given,
        tuple(past.marks),
        flags,
        deed,
    )


def after(history: History, assessment: Assessment) -> dict[HistoryKey, Tally]:
    """The history as the next deed sees it: the same keys, with what this assessment gave."""
    changes = [(credit.to, credit.points) for credit in assessment.credits if credit.use == "spendable"]
    return lay_over(history, assessment.deed, assessment.marks, changes)


def _line(book: Rulebook, ready: ReadyRule, deed: Deed, past: Past) -> Line:
    rule = ready.rule
    if ready.void_tests and (void := ready.void_for(deed)) is not None:
        return Line("void", 0, book.points_scale, deed, rule, quantity=deed.minutes, why=void.title)
    if book.exclusions and rule.effect == "award" and (why := excluded(book, deed, "awards")) is not None:
        return Line("void", 0, book.points_scale, deed, rule, quantity=deed.minutes, why=why)
    if rule.once is not None:
        if rule.once.each_key and deed.key is None:
            return Line("no_key", 0, book.points_scale, deed, rule)
        if past.of(once_key(book, rule, deed)).deeds:
            return Line("repeated", 0, book.points_scale, deed, rule)
    within_a_day = deed.starts_minute is None or deed.starts_minute + deed.minutes <= MINUTES_OF_DAY
    return (direct_line if ready.direct and within_a_day else counted_line)(book, ready, deed, past)


def excluded(book: Rulebook, deed: Deed, what: str) -> Text | None:
    """Why somebody is excluded from awards, redemptions or stars on that day; None if they are not."""
    for exclusion in book.exclusions:
        if what in exclusion.bars and exclusion.holds(deed.served_on) and exclusion.when.holds(deed):
            return exclusion.title
    return None


def _counted_minutes(base: Line, deed: Deed) -> int:
    if base.outcome != "award" or base.rule is None:
        return 0
    return base.counted if base.rule.timed else deed.minutes


def _count(book: Rulebook, deed: Deed, past: Past) -> tuple[Flag, ...]:
    """Count the deed in its counters; the flags it raises."""
    taken = sum(mark.tally.taken for mark in past.marks)
    flags: list[Flag] = []
    for counter in book.selection.counted_by(deed):
        number = before(book, counter, deed, past)
        if number is None:
            continue
        was = past.of(keys_of(book, counter, deed)[0])._replace(deeds=number)
        flags += _raised(counter, was, was.plus(Tally(deeds=1, taken=taken)), deed, book.year_begins)
        past.marks.append(Mark(deed.served_on, Tally(deeds=1, taken=taken), counter=counter.id))
    return tuple(flags)


def _raised(counter: Counter, before: Tally, now: Tally, deed: Deed, year_begins: int) -> list[Flag]:
    flags = []
    for raised in counter.raises:
        was, reached, at = (
            (before.deeds, now.deeds, raised.at)
            if raised.at is not None
            else (before.taken, now.taken, raised.at_points)
        )
        if at is not None and was < at <= reached:
            last = raised.last_day(deed.served_on, counter.per, year_begins)
            flags.append(Flag(counter.id, raised.flag, raised.title, reached, deed.served_on, last))
    return flags


def _unknown(book: Rulebook, deed: Deed) -> tuple[str, ...]:
    """Which facts a rule of this activity looks at that nobody told the bank: they satisfied no condition."""
    wanted = {name for ready in book.selection.candidates(deed) for name in ready.wants}
    return tuple(name for name in PERSONAL if name in wanted and _nobody_knows(deed, name))


def _nobody_knows(deed: Deed, name: str) -> bool:
    return getattr(deed, FACTS[name].of) in (None, UNKNOWN_DAY)


def _why_none(book: Rulebook, deed: Deed) -> Text | None:
    """What keeps the nearest rule from applying: the rule of this activity with the fewest conditions unmet."""
    near = [
        (len(failing), index, ready.rule, failing)
        for index, ready in enumerate(book.selection.candidates(deed))
        if ready.rule.when is not None and (failing := ready.rule.when.failing(deed))
    ]
    if not near:
        return None
    _, _, rule, failing = min(near, key=lambda one: one[:2])

    return unmet(book, rule, failing)
