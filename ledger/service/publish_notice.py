"""Publishing a notice as a posting without moves: its entry binds what hung on the wall, for ever."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from ledger.core.books import Books
from ledger.core.canonical import canonical, digest
from ledger.core.entries import Kind
from ledger.core.posting import Needs, Plan, Record
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import AlreadyOnNotice, NothingForNotice
from ledger.rules import notice_ends
from ledger.rules.reviews import Route
from ledger.service.notice_lines import Line, digest_of, numbered, root_over


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishNotice:
    """Put these lines on a notice for so many days, the first of them tomorrow.

    Refuses NothingForNotice, AlreadyOnNotice (somebody else was quicker).
    """

    id: UUID
    """Of the notice and of its transaction."""
    actor: UUID
    organisation: UUID
    kind: str
    """service, stars, correction, other: what it is about."""
    stage: str
    """before: what will be posted unless somebody objects. after: what was."""
    title: str
    remark: str = ""
    from_on: date | None = None
    until_on: date | None = None
    """The days it speaks of, where it speaks of a period."""
    days: int
    in_working_days: bool
    is_working: Callable[[date], bool] = field(repr=False)
    lines: tuple[Line, ...] = field(repr=False)

    def needs(self) -> Needs:
        return Needs(rows=[("notice_line", "once", line.once) for line in self.lines])

    def decide(self, facts: Books) -> Plan | Refusal:
        if not self.lines:
            return NothingForNotice()
        listed = sum(1 for line in self.lines if facts.rows("notice_line", "once", line.once))
        if listed:
            return AlreadyOnNotice(lines=listed)
        shown = [numbered(line, number) for number, line in enumerate(self.lines, 1)]
        digests = [digest_of(line.salt, text) for line, text in zip(self.lines, shown, strict=True)]
        row = self._row(facts.today, root_over(digests))
        records = [Record("notice", row)]
        for number, (line, text, known_by) in enumerate(zip(self.lines, shown, digests, strict=True), 1):
            records.append(
                Record(
                    "notice_line",
                    {
                        "id": line.id,
                        "seq": None,
                        "notice_id": self.id,
                        "line": number,
                        "once": line.once,
                        "record_id": line.record_id,
                        "volunteer_id": line.volunteer_id,
                        "corrects_id": line.corrects_id,
                        "digest": known_by,
                    },
                )
            )
            records.append(Record("notice_text", {"line_id": line.id, "salt": line.salt, "shown": text}))
        return Plan(
            kind=Kind.NOTICE,
            effective_on=facts.today,
            detail=notice_detail(row),
            records=records,
            answer={
                "id": str(self.id),
                "lines": len(self.lines),
                "begins_on": row["begins_on"].isoformat(),
                "ends_on": row["ends_on"].isoformat(),
                "digest": row["digest"].hex(),
            },
        )

    def _row(self, today: date, root: bytes) -> dict[str, Any]:
        route = Route(policy="notice", notice_days=self.days, working_days=self.in_working_days)
        row: dict[str, Any] = {
            "id": self.id,
            "seq": None,
            "organisation_id": self.organisation,
            "kind": self.kind,
            "stage": self.stage,
            "title": self.title,
            "remark": self.remark,
            "from_on": self.from_on,
            "until_on": self.until_on,
            "days": self.days,
            "in_working_days": int(self.in_working_days),
            "begins_on": today + timedelta(days=1),
            "ends_on": notice_ends(route, today, self.is_working),
            "lines": len(self.lines),
            "lines_root": root,
            "published_by": self.actor,
        }
        return row | {"digest": snapshot_digest(row)}


def snapshot(row: Mapping[str, Any]) -> bytes:
    """All that a notice says, in the one spelling that its digest is of: the lines by the head of their tree."""
    said: dict[str, str | int] = {
        "id": str(row["id"]),
        "organisation": str(row["organisation_id"]),
        "kind": row["kind"],
        "stage": row["stage"],
        "title": row["title"],
        "remark": row["remark"],
        "days": row["days"],
        "in_working_days": int(row["in_working_days"]),
        "begins_on": str(row["begins_on"]),
        "ends_on": str(row["ends_on"]),
        "lines": row["lines"],
        "lines_root": row["lines_root"].hex(),
    }
    if row["from_on"] is not None:
        said |= {"from_on": str(row["from_on"]), "until_on": str(row["until_on"])}
    return canonical(said)


def snapshot_digest(row: Mapping[str, Any]) -> bytes:
    return digest(snapshot(row))


def notice_detail(row: Mapping[str, Any]) -> dict[str, str | int]:
    """What the public entry says of a notice: which, its days, and the digest of what stood there."""
    return {
        "notice": str(row["id"]),
        "kind": row["kind"],
        "stage": row["stage"],
        "lines": row["lines"],
        "begins_on": str(row["begins_on"]),
        "ends_on": str(row["ends_on"]),
        "digest": row["digest"].hex(),
    }
