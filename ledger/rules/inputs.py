"""What is kept beside an award: all that `assess` looked at besides the rulebook, as plain JSON, without ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any

from ledger.rules.deeds import IDS, Deed
from ledger.rules.history import NOTHING, History, HistoryKey, Tally

PLAIN = {f.name: f for f in fields(Deed) if f.name not in IDS}
_ALWAYS = ("activity_type", "minutes", "capture_method")
_SELDOM = tuple(name for name in PLAIN if name not in (*_ALWAYS, "served_on"))
_SELDOM_OF = attrgetter(*_SELDOM)
_UNSAID = tuple(PLAIN[name].default for name in _SELDOM)


def recorded_inputs(deed: Deed, history: History) -> dict[str, Any]:
    """The deed's known facts and what was not nothing in its history, ready for JSON: ints, strings, lists, objects."""
    recorded: dict[str, Any] = {
        "activity_type": deed.activity_type,
        "served_on": deed.served_on.isoformat(),
        "minutes": deed.minutes,
        "capture_method": deed.capture_method,
    }
    for name, value, unsaid in zip(_SELDOM, _SELDOM_OF(deed), _UNSAID, strict=True):
        if value is not unsaid and value != unsaid:
            recorded[name] = sorted(value) if isinstance(value, frozenset) else _listed(value)
    belongs = [name for name in IDS if getattr(deed, name) is not None]
    if belongs:
        recorded["belongs_to"] = belongs
    recorded["history"] = recorded_history(history)
    return recorded


def recorded_history(history: History) -> list[dict[str, Any]]:
    """What was not nothing in a history, as it is written down."""
    return [_key(key) | _tally(tally) for key, tally in history.items() if tally != NOTHING]


def inputs_from(recorded: Mapping[str, Any]) -> tuple[Deed, dict[HistoryKey, Tally]]:
    """The deed and history that `recorded_inputs` wrote down. Raises ValueError for anything else.

    An input this version does not know is refused rather than dropped: a recomputed award must not forget a reason.
    """
    unknown = set(recorded) - set(PLAIN) - {"history", "belongs_to"}
    if unknown or not isinstance(recorded.get("history"), list):
        raise ValueError(f"unknown inputs, or no history: {sorted(unknown)}")
    facts = {name: _fact(name, value) for name, value in recorded.items() if name in PLAIN}
    belongs = recorded.get("belongs_to", [])
    if not isinstance(belongs, list) or not set(belongs) <= set(IDS):
        raise ValueError(f"not a list of ids: {belongs}")
    try:
        deed = Deed(**facts, **{name: name for name in belongs})
        return deed, dict(_past(item, deed) for item in recorded["history"])
    except TypeError as problem:
        raise ValueError(f"not recorded by the bank: {problem}") from problem


def _listed(value: Any) -> Any:
    return [list(pair) for pair in value] if isinstance(value, tuple) else value


def _key(key: HistoryKey) -> dict[str, Any]:
    named = {"of": key.of, "name": key.name, "by": key.by, "per": key.per}
    if key.key is not None:
        named["key"] = key.key
    return named | {"first": key.first.isoformat(), "last": key.last.isoformat()}


def _tally(tally: Tally) -> dict[str, int]:
    return {name: value for name, value in tally._asdict().items() if value}


def _past(item: Any, deed: Deed) -> tuple[HistoryKey, Tally]:
    known = {"of", "name", "by", "per", "key", "first", "last", *Tally._fields}
    if not isinstance(item, Mapping) or not set(item) <= known:
        raise ValueError(f"not an item of history: {item}")
    of, name, by, per, first, last = (_word(item, named) for named in ("of", "name", "by", "per", "first", "last"))
    sums = {name: item[name] for name in Tally._fields if name in item}
    if any(type(value) is not int for value in sums.values()):
        raise ValueError(f"not a whole number: {item}")
    activity = deed.activity if per == "activity" else None
    days = date.fromisoformat(first), date.fromisoformat(last)
    key = HistoryKey(of, name, item.get("key"), by, per, *days, deed.subject(by), activity)
    return key, Tally(**sums)


def _word(item: Mapping[str, Any], name: str) -> str:
    word = item.get(name)
    if not isinstance(word, str):
        raise ValueError(f"{name} is not a word: {item}")
    return word


_KINDS: dict[str, type] = {
    "minutes": int, "starts_minute": int, "count": int, "value": int, "age": int, "tenure_days": int,
    "star_level": int, "beneficiary_age": int, "filed": bool, "published": bool, "team_member": bool,
}  # fmt: skip


def _fact(name: str, value: Any) -> Any:
    if name == "measures":
        if not isinstance(value, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in value):
            raise ValueError("measures is not a list of pairs")
        return tuple((str(measure), int(number)) for measure, number in value)
    if PLAIN[name].default == frozenset():
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            raise ValueError(f"{name} is not a list of words")
        return frozenset(value)
    if type(value) is not _KINDS.get(name, str):
        raise ValueError(f"{name} is not of its kind: {value!r}")
    return date.fromisoformat(str(value)) if name == "served_on" else value
