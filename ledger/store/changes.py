"""Catalogue changes: ordinary transactions in which every change leaves a line in the audit, saying who made it, from
which device, and what stood there before and after. Views and refused attempts leave lines of their own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Connection, insert, select

from ledger.store import rows
from ledger.store.engines import Store
from ledger.store.schema import books
from ledger.store.schema.audit import audit
from ledger.store.statements import TABLES

ActorKind = Literal["staff", "volunteer", "device", "operator", "nobody"]
Outcome = Literal["done", "viewed", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who acts, and where."""

    actor: UUID
    device: UUID | None = None
    """The paired kiosk or desk it is done at; None elsewhere."""
    kind: ActorKind = "staff"
    """What sort of somebody `actor` is; an operator has nothing but a terminal, nobody did not say who they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A line of the audit about something that is no change: a view of personal data, or an attempt refused.

    Nothing in it is personal: ids, field names, numbers, states, codes; never a name, a phone, an ID number, nor what
    somebody typed.
    """

    action: str
    kind: str
    """Of the object; the name of its table, where it has one."""
    subject: object
    outcome: Outcome = "viewed"
    organisation: UUID | None = None
    """Whose auditors may read it; None where the object's own row says, or it is the whole bank's."""
    change: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """One transaction of catalogue changes. `now` is its one instant, in microseconds since 1970 UTC."""

    connection: Connection
    by: By
    now: int
    new_id: Callable[[], UUID]

    def hold_postings(self) -> None:
        """Nothing is posted until this transaction ends, so that it stands wholly before or after each posting. To be
        called before anything else is locked: the writer takes the head first, too.
        """
        self.connection.execute(select(books.head.c.seq).with_for_update()).one()

    def add(self, table: str, row: Mapping[str, Any], *, unique: str = "id") -> None:
        """Add a row. Refuses Taken, naming `unique`, where its key is in use."""
        rows.add(self.connection, table, row, unique=unique)

    def add_all(self, table: str, many: Sequence[Mapping[str, Any]]) -> None:
        """Add many rows, which name the same columns, with one statement."""
        rows.add_all(self.connection, table, many)

    def change(self, table: str, id: Any, row: Mapping[str, Any]) -> bool:
        """Change these columns of one row; False where there is none."""
        return rows.change(self.connection, table, id, row)

    def hold(self, table: str, id: Any) -> None:
        """Whoever else wants to do something with this row waits; what is read of it from now on is what it is."""
        rows.hold(self.connection, table, id)

    def find(self, table: str, **by: Any) -> dict[str, Any] | None:
        """The one row with these values, as this transaction sees it."""
        return rows.find(self.connection, table, **by)

    def audit(
        self, action: str, kind: str, subject: object, *, organisation: UUID | None = None, **change: Mapping[str, Any]
    ) -> None:
        """A line about what was done to which object. `change` is before= and after=, and holds nothing personal.

        It belongs to `organisation`; left out, to the organisation of the object (whose `kind` names its table).
        """
        note = Note(action=action, kind=kind, subject=subject, outcome="done", organisation=organisation, change=change)
        self.note([note])

    def note(self, notes: Sequence[Note]) -> None:
        """Lines about what was looked at or refused."""
        for note in notes:
            self.connection.execute(
                insert(audit).values(
                    id=self.new_id(),
                    recorded_at=self.now,
                    actor_kind=self.by.kind,
                    actor_id=self.by.actor,
                    device_id=self.by.device,
                    action=note.action,
                    outcome=note.outcome,
                    subject_kind=note.kind,
                    subject_id=str(note.subject),
                    organisation_id=note.organisation or _home(note.kind, note.subject),
                    change=json.dumps(note.change, ensure_ascii=False, default=str),
                )
            )


@contextmanager
def changing(store: Store, by: By, *, now: int, new_id: Callable[[], UUID]) -> Iterator[Changes]:
    """A transaction for changes by one person: all of them and their lines in the audit, or none."""
    with store.changing() as connection:
        yield Changes(connection=connection, by=by, now=now, new_id=new_id)


def _home(kind: str, subject: object) -> Any:
    """The organisation that an object belongs to, as its row says within the same statement; None where none does."""
    if not isinstance(subject, UUID):
        return None
    if kind == "organisation":
        return select(TABLES[kind].c.id).where(TABLES[kind].c.id == subject).scalar_subquery()
    made = TABLES.get(_TABLE_OF.get(kind, kind))
    if made is None or "id" not in made.c:
        return None
    for column, owner in _OWNERS:
        if column in made.c:
            theirs = select(made.c[column]).where(made.c.id == subject)
            return (theirs if owner is None else select(owner).where(owner.table.c.id.in_(theirs))).scalar_subquery()
    return None


_TABLE_OF = {
    "household": "collective",
    "group": "collective",
    "import_volunteers": "import_run",
    "import_service_records": "import_run",
}
"""Where what the audit calls by another name than its table is kept."""
_OWNERS: tuple[tuple[str, Any], ...] = (
    ("organisation_id", None),
    ("volunteer_id", TABLES["volunteer"].c.organisation_id),
    ("desk_id", TABLES["desk"].c.organisation_id),
    ("activity_id", TABLES["activity"].c.organisation_id),
)
"""How a row says whose it is, and where the organisation stands if not in the row itself."""
