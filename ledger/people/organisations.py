"""The tree of organisations: every object belongs to one, and rights flow down it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from pypinyin import lazy_pinyin

from ledger.bank import Bank, By
from ledger.core.levels import PARENTS, may_stand
from ledger.core.refusals.organisations import (
    BelowItself,
    LevelNotBelow,
    OrganisationClosed,
    OrganisationInUse,
    RootStays,
)
from ledger.core.refusals.postings import ChangedMeanwhile
from ledger.core.refusals.refusal import Refused
from ledger.store import organisations as store
from ledger.store import rows
from ledger.store.changes import Changes
from ledger.store.rows import Page, Taken, still


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    id: UUID
    parent_id: UUID | None
    level: str
    name: str
    path: str
    """Ids from the root down, each closed by "/": what begins with it lies below."""
    closed_at: int | None = None
    """Since when it takes up nothing new; None while it is open."""

    @property
    def organisation_path(self) -> str:
        """Its own: an organisation belongs to itself."""
        return self.path

    @property
    def parent_path(self) -> str:
        """Where it hangs; "" for the root."""
        return self.path[: self.path.rstrip("/").rfind("/") + 1]


def create(bank: Bank, by: By, *, parent: Organisation | None, level: str, name: str) -> Organisation:
    """A new organisation below `parent`; without one it is the root (the district).

    Refuses LevelNotBelow, OrganisationClosed, and Taken where there is a root already.
    """
    _refuse_level(level, parent)
    id = bank.world.new_id()
    with bank.changing(by) as change:
        path = ""
        if parent is not None:
            store.hold_tree(change.connection)
            path = _open_again(change, parent).path
        elif change.find("organisation", parent_id=None):
            raise Taken("organisation", "parent_id")
        made = Organisation(id=id, parent_id=parent.id if parent else None, level=level, name=name, path=f"{path}{id}/")
        change.add(
            "organisation",
            {
                "id": id,
                "parent_id": made.parent_id,
                "level": level,
                "name": name,
                "name_pinyin": pinyin_of(name),
                "path": made.path,
                "created_at": change.now,
            },
        )
        change.audit("create", "organisation", id, after={"level": level, "name": name, "parent_id": made.parent_id})
    return made


def rename(bank: Bank, by: By, organisation: Organisation, name: str) -> Organisation:
    """Give it another name. Refuses ChangedMeanwhile."""
    with bank.changing(by) as change:
        renamed = {"name": name, "name_pinyin": pinyin_of(name)}
        if not store.rename(change.connection, organisation.id, known_as=organisation.name, row=renamed):
            raise Refused(ChangedMeanwhile())
        change.audit(
            "rename", "organisation", organisation.id, before={"name": organisation.name}, after={"name": name}
        )
    return replace(organisation, name=name)


def move(bank: Bank, by: By, organisation: Organisation, parent: Organisation) -> Organisation:
    """Hang a whole branch below another parent, all its paths in one transaction: rights follow at once.

    Refuses RootStays, BelowItself, LevelNotBelow, OrganisationClosed, ChangedMeanwhile.
    """
    with bank.changing(by) as change:
        store.hold_tree(change.connection)
        now, target = _again(change, organisation.id), _open_again(change, parent)
        if now.path != organisation.path:
            raise Refused(ChangedMeanwhile())
        if now.parent_id is None:
            raise Refused(RootStays())
        if target.path.startswith(now.path):
            raise Refused(BelowItself())
        _refuse_level(now.level, target)
        moved = replace(now, parent_id=target.id, path=f"{target.path}{now.id}/")
        below = store.move(change.connection, now.id, old=now.path, new=moved.path, parent_id=target.id)
        change.audit(
            "move",
            "organisation",
            now.id,
            before={"parent_id": now.parent_id},
            after={"parent_id": target.id, "organisations": below},
        )
    return moved


def close(bank: Bank, by: By, organisation: Organisation) -> Organisation:
    """It takes up nothing new from now on; what it did stays. Refuses RootStays, OrganisationClosed, and
    OrganisationInUse while it holds anything alive.
    """
    with bank.changing(by) as change:
        store.hold_tree(change.connection)
        now = _open_again(change, organisation)
        if now.parent_id is None:
            raise Refused(RootStays())
        store.hold(change.connection, now.id)
        standing = store.standing_in_the_way(change.connection, now.id, today=bank.today())
        if any(standing.values()):
            raise Refused(OrganisationInUse(**standing))
        change.change("organisation", now.id, {"closed_at": change.now})
        change.audit("close", "organisation", now.id, before={"state": "open"}, after={"state": "closed"})
    return replace(now, closed_at=change.now)


def reopen(bank: Bank, by: By, organisation: Organisation) -> Organisation:
    """Take a closing back. Refuses OrganisationClosed where the parent is closed itself. Nothing happens if it is
    open.
    """
    with bank.changing(by) as change:
        store.hold_tree(change.connection)
        now = _again(change, organisation.id)
        if now.closed_at is None:
            return now
        if now.parent_id is not None:
            refuse_closed(_again(change, now.parent_id))
        change.change("organisation", now.id, {"closed_at": None})
        change.audit("reopen", "organisation", now.id, before={"state": "closed"}, after={"state": "open"})
    return replace(now, closed_at=None)


def find(bank: Bank, id: UUID) -> Organisation | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "organisation", id=id)
    return _from(row) if row else None


def find_all(bank: Bank, ids: Sequence[UUID]) -> dict[UUID, Organisation]:
    """Those there are, by id."""
    with bank.store.reading() as connection:
        return {id: _from(row) for id, row in rows.find_all(connection, "organisation", ids).items()}


def root(bank: Bank) -> Organisation:
    """The district at the root of the tree."""
    with bank.store.reading() as connection:
        row = rows.find(connection, "organisation", parent_id=None)
    if row is None:
        raise LookupError("this bank has no organisation yet: run `pioneer init`")
    return _from(row)


def page(
    bank: Bank,
    *,
    within: Sequence[str],
    after: Sequence[Any] | None,
    limit: int,
    parent_id: UUID | None = None,
    q: str | None = None,
) -> Page[Organisation]:
    """Organisations at or below these paths, parents before children; only those right below `parent_id`, if given.

    With `q`, the beginning of a name in characters or pinyin, they come by pinyin, and `after` is (pinyin, id).
    """
    below: dict[str, Any] = {} if parent_id is None else {"parent_id": parent_id}
    starts = None if q is None else ("name_pinyin", pinyin_of(q.strip()))
    with bank.store.reading() as connection:
        found = rows.page(
            connection,
            "organisation",
            order=("name_pinyin", "id") if q is not None else ("path",),
            after=after,
            limit=limit,
            within=within,
            starts=starts,
            **below,
        )
    return found.each(_from)


def pinyin_of(name: str) -> str:
    """What a name sorts by."""
    return " ".join(lazy_pinyin(name)).lower()


def refuse_closed(organisation: Organisation) -> None:
    """OrganisationClosed where it takes up nothing new."""
    if organisation.closed_at is not None:
        raise Refused(OrganisationClosed())


def _refuse_level(level: str, parent: Organisation | None) -> None:
    """LevelNotBelow, saying below which levels it may stand."""
    above = parent.level if parent else None
    if not may_stand(level, above):
        raise Refused(LevelNotBelow(level=level, parent=above or "", allowed=", ".join(PARENTS[level])))


def _again(change: Changes, id: UUID) -> Organisation:
    """The organisation as this transaction sees it."""
    return _from(still(change.find("organisation", id=id), "organisation", id))


def _open_again(change: Changes, organisation: Organisation) -> Organisation:
    now = _again(change, organisation.id)
    refuse_closed(now)
    return now


def _from(row: dict[str, Any]) -> Organisation:
    return Organisation(**{field: row[field] for field in Organisation.__slots__})
