"""What a volunteer did, as far as a rulebook may look at it.

A deed carries no name and no clock: whatever decides an award is in these few fields, so that what is kept beside the
award (`recorded_inputs`) is enough to work it out again years later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

CAPTURE_METHODS = ("clocked", "roster", "backfilled", "declared", "imported")
HONORARY_METHODS = frozenset({"backfilled", "declared", "imported"})
"""Capture methods whose hours are honorary (荣誉时长); the hours of all others are clocked (信用时长)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One service record to be assessed. `minutes` is the time actually given (令67 art. 7), never rounded.

    Raises ValueError for negative minutes or an unknown capture method; the caller refuses those first, in words.
    """

    activity_type: str
    served_on: date
    minutes: int
    capture_method: str
    evaluation: str | None = None

    def __post_init__(self) -> None:
        if self.minutes < 0:
            raise ValueError(f"minutes must not be negative: {self.minutes}")
        if self.capture_method not in CAPTURE_METHODS:
            raise ValueError(f"unknown capture method: {self.capture_method}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDeed:
    """An earlier, unreversed deed of the same volunteer in the same activity, and what `rule_id` gave for it.

    Deeds that no rule matched count towards no cap and are left out of a history.
    """

    rule_id: str
    counted_minutes: int
    points: int


def recorded_inputs(deed: Deed, history: Sequence[PastDeed]) -> dict[str, object]:
    """All that `assess` looked at besides the rulebook, ready for JSON: ints, strings, and one list of the same."""
    recorded: dict[str, object] = {
        "activity_type": deed.activity_type,
        "served_on": deed.served_on.isoformat(),
        "minutes": deed.minutes,
        "capture_method": deed.capture_method,
        "history": [
            {"rule_id": past.rule_id, "counted_minutes": past.counted_minutes, "points": past.points}
            for past in history
        ],
    }
    if deed.evaluation is not None:
        recorded["evaluation"] = deed.evaluation
    return recorded


def inputs_from(recorded: Mapping[str, object]) -> tuple[Deed, tuple[PastDeed, ...]]:
    """The deed and history that `recorded_inputs` wrote down. Raises ValueError for anything else.

    An input this version does not know is refused rather than dropped: a recomputed award must not forget a reason.
    """
    _only(recorded, {"activity_type", "served_on", "minutes", "capture_method", "history", "evaluation"})
    history = recorded.get("history")
    if not isinstance(history, list):
        raise ValueError("history is not a list")
    deed = Deed(
        activity_type=_string(recorded, "activity_type"),
        served_on=date.fromisoformat(_string(recorded, "served_on")),
        minutes=_whole(recorded, "minutes"),
        capture_method=_string(recorded, "capture_method"),
        evaluation=_string(recorded, "evaluation") if "evaluation" in recorded else None,
    )
    return deed, tuple(_past_deed(item) for item in history)


def _past_deed(item: object) -> PastDeed:
    if not isinstance(item, Mapping):
        raise ValueError("an item of history is not an object")
    _only(item, {"rule_id", "counted_minutes", "points"})
    return PastDeed(
        rule_id=_string(item, "rule_id"),
        counted_minutes=_whole(item, "counted_minutes"),
        points=_whole(item, "points"),
    )


def _only(recorded: Mapping[str, object], known: set[str]) -> None:
    unknown = set(recorded) - known
    if unknown:
        raise ValueError(f"unknown inputs: {sorted(map(str, unknown))}")


def _string(recorded: Mapping[str, object], name: str) -> str:
    value = recorded.get(name)
    if not isinstance(value, str):
        raise ValueError(f"{name} is not a string")
    return value


def _whole(recorded: Mapping[str, object], name: str) -> int:
    value = recorded.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{name} is not a whole number")
    return value
