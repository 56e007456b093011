"""What stands on a line of a notice, and how it is frozen: each line has a digest with a salt of its own, so that one
can be erased and the rest still prove what they said; the notice has one digest over all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.core.canonical import canonical_text, commitment
from ledger.core.merkle import leaf_hash, root_of
from ledger.people import masking, personal_numbers
from ledger.service.claim_states import SERVICE

LINES_MAX = 2_000
"""What one notice shows at the most: it must hang on a wall, and be posted in one transaction."""
SALT_BYTES = 32
TAIL_DIGITS = 4
"""Of the volunteer number, at the least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, without its number. `shown` is all that the public reads: texts and whole numbers."""

    id: UUID
    once: str
    """What may be on a notice only once."""
    shown: Mapping[str, str | int]
    salt: bytes
    record_id: UUID | None = None
    volunteer_id: UUID | None = None
    corrects_id: UUID | None = None


def numbered(line: Line, number: int) -> str:
    """What is shown, as it is frozen: canonical JSON."""
    return canonical_text({**line.shown, "line": number})


def digest_of(salt: bytes, shown: str) -> bytes:
    """What a line is known by; nobody can guess it without the salt, which goes with the words."""
    return commitment(salt, shown.encode())


def root_over(digests: Iterable[bytes]) -> bytes:
    """The Merkle tree head (RFC 6962) over the digests of all lines, in order."""
    return root_of(map(leaf_hash, digests))


Rows = Sequence[Mapping[str, Any]]


def before_posting(rows: Rows, new_id: Callable[[], UUID], random_bytes: Callable[[int], bytes]) -> list[Line]:
    """Lines of records that wait. No points: what else is posted until then decides how many there will be."""
    return _lines(rows, "before", new_id, random_bytes)


def after_posting(rows: Rows, new_id: Callable[[], UUID], random_bytes: Callable[[int], bytes]) -> list[Line]:
    """Lines of records as they were posted, with their points in the smallest unit."""
    return _lines(rows, "after", new_id, random_bytes)


def correcting(
    rows: Rows, shown_before: Sequence[Mapping[str, Any] | None], new_id: Callable[[], UUID], random_bytes: Any
) -> list[Line]:
    """Lines that take others back. What stood there is said again as it was, unless it was erased."""
    return [
        Line(
            id=new_id(),
            once=f"corrects {row['corrects_id']}",
            shown={
                **{name: value for name, value in (before or {}).items() if name != "line"},
                "corrects_notice": row["notice_seq"],
                "corrects_line": row["line"],
            },
            salt=random_bytes(SALT_BYTES),
            record_id=row["record_id"],
            volunteer_id=row["volunteer_id"],
            corrects_id=row["corrects_id"],
        )
        for row, before in zip(rows, shown_before, strict=True)
    ]


def _lines(rows: Rows, stage: str, new_id: Callable[[], UUID], random_bytes: Callable[[int], bytes]) -> list[Line]:
    told = _told_apart(rows)
    return [
        Line(
            id=new_id(),
            once=f"{stage} {row['record_id']}",
            shown={
                **told[row["volunteer_id"]],
                "activity": personal_numbers.hidden(row["activity"]),
                "on": row["served_on"].isoformat(),
                **({"minutes": row["minutes"]} if row.get("kind", SERVICE) == SERVICE else {"deed": row["kind"]}),
                **({"points": row["points"]} if stage == "after" else {}),
            },
            salt=random_bytes(SALT_BYTES),
            record_id=row["record_id"],
            volunteer_id=row["volunteer_id"],
        )
        for row in rows
    ]


def _told_apart(rows: Rows) -> dict[UUID, dict[str, str | int]]:
    """Mask and tail of each volunteer. Who did not agree to be named is known by the tail alone; where masks are equal,
    tails are as long as it takes.
    """
    masks = {row["volunteer_id"]: _mask(row) for row in rows}
    numbers = {row["volunteer_id"]: row["volunteer_no"] for row in rows}
    alike: dict[str | None, list[str]] = {}
    for volunteer, mask in masks.items():
        alike.setdefault(mask, []).append(numbers[volunteer])
    tails = {mask: masking.tails(same, shortest=TAIL_DIGITS) for mask, same in alike.items()}
    named: dict[UUID, dict[str, str | int]] = {
        volunteer: {} if mask is None else {"name": mask} for volunteer, mask in masks.items()
    }
    return {
        volunteer: said | {"tail": tails[masks[volunteer]][numbers[volunteer]]} for volunteer, said in named.items()
    }


def _mask(row: Mapping[str, Any]) -> str | None:
    is_named = bool(row["named"]) and row["erased_at"] is None
    return masking.masked(row["name"]) if is_named else None
