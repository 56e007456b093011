"""Which questions to the past an assessment rests on. The store answers them for a whole batch at once."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.rules.deeds import Deed, days_of
from ledger.rules.history import HistoryKey, balance_key, history_key
from ledger.rules.numbering import keys_of
from ledger.rules.rule import Rule
from ledger.rules.rulebook import Rulebook
from ledger.rules.selection import ReadyRule


def needs(rulebook: Rulebook, deed: Deed) -> tuple[HistoryKey, ...]:
    """The keys that `assess(rulebook, deed, history)` may look up, each once; empty for the plain deed."""
    selection = rulebook.selection
    found: dict[HistoryKey, None] = {}
    award = False
    for ready in _possible(rulebook, deed):
        award = award or ready.rule.effect == "award"
        if (
            ready.rule.once
            or ready.quantity_caps
            or ready.points_caps
            or not ready.direct
            or ready.rule.per == "balance"
        ):
            found.update(dict.fromkeys(_of_rule(rulebook, ready, deed)))
    for counter in selection.counted_by(deed):
        found.update(dict.fromkeys(keys_of(rulebook, counter, deed)))
    if award:
        found.update(dict.fromkeys(balance_key(deed, ceiling.account) for ceiling in rulebook.ceilings))
    return tuple(found)


def _possible(rulebook: Rulebook, deed: Deed) -> Iterator[ReadyRule]:
    """The rules that may apply, whatever the past says: the first that surely does ends the search for a base."""
    based = False
    for ready in rulebook.selection.candidates(deed):
        if (ready.rule.adds or not based) and ready.met_by(deed):
            based = based or (not ready.rule.adds and ready.rule.occurrence is None)
            yield ready


def _of_rule(book: Rulebook, ready: ReadyRule, deed: Deed) -> Iterator[HistoryKey]:
    rule = ready.rule
    days = [on for on, _ in days_of(deed)] if rule.timed else [deed.served_on]
    for on in days or [deed.served_on]:
        for of, name, per, by in _asked(ready):
            if per != "deed":
                yield history_key(of, name, per, by, deed, on, book.year_begins)
    if rule.once is not None:
        yield once_key(book, rule, deed)
    if rule.per == "balance" or (rule.effect == "penalty" and book.penalties == "drop"):
        yield balance_key(deed, "person")


def _asked(ready: ReadyRule) -> Iterator[tuple[str, str, str, str]]:
    rule = ready.rule
    for cap in (*ready.quantity_caps, *ready.points_caps):
        yield cap.of, cap.name, cap.per, cap.by
    if rule.threshold is not None:
        yield "rule", rule.id, rule.threshold.per, "person"
    yield "rule", rule.id, rule.accumulate, "person"


def once_key(book: Rulebook, rule: Rule, deed: Deed) -> HistoryKey:
    """The question whether a one-off bonus was given before."""
    once = rule.once
    if once is None:
        raise ValueError(f"rule {rule.id} is not one-off")
    of, key = ("unique", deed.key) if once.each_key else ("rule", None)
    return history_key(of, rule.id, once.per, once.by, deed, deed.served_on, book.year_begins, key)
