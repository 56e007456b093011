"""How to ask for one operation, and the bodies that several operations are asked with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from tests.pictures import drawn

ACTIVITY = {"title": "清洁日", "activity_type": "cleaning", "place": "示例广场", "person_in_charge": "示例乙"}
SESSION = {"starts_at": "2026-03-07T01:00:00Z", "ends_at": "2026-03-07T03:00:00Z"}
RESOLUTION = {"template": "five_deliberations", "title": "示例决议", "reasons": "示例", "document": "title: 示例\n"}
STEP = {"stage": "proposed"}
PERIOD = {"since": "2026-01-01", "until": "2026-01-31"}
ENTRY = {"kind": "training", "on_day": "2026-01-05", "title": "示例培训", "given_by": "示例单位"}
APPRAISAL = {
    "kind": "property_company",
    "title": "示例评议",
    "questions": ["示例"],
    "from_on": "2026-01-01",
    "until_on": "2099-12-31",
}
PNG = drawn("png")
REASON = {"reason": "示例更正"}
PASSWORD = "示例密码示例密码示例"
WORDS = {"words": "示例"}
REQUEST = {"kind": "lighting", "words": "示例"}
TASK = {"kind": "repair", "title": "示例", "person_in_charge": "示例乙"}
WISH = {"kind": "thing", "channel": "wall", "words": "示例"}
ON_THE_WALL = {"text": "示例", "points": 1, "cost_fen": 100, "person_in_charge": "示例乙"}


@dataclass(frozen=True, kw_only=True)
class Example:
    """How to ask for one operation."""

    path: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    query: Callable[[Any], str] | None = None
    commons: AbstractSet[str] = frozenset()
    offered: AbstractSet[str] = frozenset()
    open: AbstractSet[str] = frozenset()
    alike: AbstractSet[str] = frozenset()
    near: AbstractSet[str] = frozenset()
    each: bool = False
    above: bool = False
    whole: bool = False
    upload: bytes | None = None
    anywhere: bool = False
    leaves: bool = False
    ok: tuple[int, ...] = ()


def of(**more: Any) -> Callable[[Any], Any]:
    """A body that names its organisation."""
    return lambda at: {"organisation_id": at.organisation_id} | more


def record(at: Any) -> Any:
    """Of somebody new: a guest whose number an organiser was told stands in their rosters from then on."""
    return {
        "volunteer_no": at.new_volunteer_no,
        "activity_id": at.activity_id,
        "minutes": 60,
        "served_on": at.today,
        "capture_method": "clocked",
    }


def redemption(at: Any) -> Any:
    items = [{"prize_id": at.prize_id, "quantity": 1}]
    return {"volunteer_no": at.volunteer_no, "desk_id": at.desk_id, "items": items}


def slip(at: Any) -> Any:
    return {
        "slip_no": at.new_slip_no,
        "volunteer_no": at.volunteer_no,
        "items": [{"prize_id": at.prize_id, "quantity": 1}],
        "given_on": at.today,
    }


def receipt(at: Any) -> Any:
    return {"desk_id": at.desk_id, "prize_id": at.prize_id, "quantity": 1, "source": "示例捐赠"}


def purchase(at: Any) -> Any:
    return {"organisation_id": at.organisation_id, "prize_id": at.prize_id, "quantity": 1, "supplier": "示例店"}


def transfer(at: Any) -> Any:
    items = [{"prize_id": at.prize_id, "quantity": 1}]
    return {"from_desk_id": at.stocked_desk_id, "to_desk_id": at.other_desk_id, "items": items}


def pooling(at: Any) -> Any:
    return {"volunteer_no": at.volunteer_no, "points": 1}


def good_deed(at: Any) -> Any:
    return somebody(at) | of(kind="good_deed", deed_type="tidy_courtyard", done_on=at.today)(at)


def somebody(at: Any) -> Any:
    return {"volunteer_no": at.volunteer_no}


def somebody_new(at: Any) -> Any:
    return {"volunteer_no": at.new_volunteer_no}


def collective(path: str, id: str) -> dict[str, Example]:
    """What is done with households and with groups alike."""
    one, members = {"id": id}, frozenset({"volunteer_no"})
    return {
        f"{path}.create": Example(body=of(name="示例家")),
        f"{path}.page": Example(),
        f"{path}.show": Example(path=one),
        f"{path}.members": Example(path=one),
        f"{path}.join": Example(path=one, body=somebody, ok=(409,)),
        f"{path}.leave": Example(path=one, body={}, ok=(409,), alike=members),
        f"{path}.appoint": Example(path=one, body=somebody, ok=(409,), alike=members),
        f"{path}.balance": Example(path=one),
        f"{path}.statement": Example(path=one),
    }
