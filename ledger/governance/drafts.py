"""Drafts: the texts that are still being worked on. Nobody is bound by one, and nobody outside sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By
from ledger.governance.templates import TEMPLATES, read_template, template_text
from ledger.people.organisations import Organisation
from ledger.store import rows
from ledger.store.rows import Page

CHANGEABLE = ("title", "reasons", "document")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody means to propose. `document` may have faults yet; only what has none can be proposed."""

    id: UUID
    """The proposal's, and the rulebook's, when it comes to that."""
    organisation_id: UUID
    organisation_path: str
    kind: str
    template: str
    title: str
    reasons: str
    document: str = field(repr=False)
    created_by: UUID
    created_at: int
    changed_at: int


class TemplateUnfit(ValueError):
    """This template decides nothing of this kind."""


def draft(
    bank: Bank, by: By, *, organisation: Organisation, kind: str, template: str, title: str, reasons: str, document: str
) -> Draft:
    """A new draft. Refuses TemplateUnfit."""
    if template not in TEMPLATES or kind not in read_template(template_text(template)).decides:
        raise TemplateUnfit(f"{template} does not decide what is of kind {kind}")
    id = bank.world.new_id()
    with bank.changing(by) as change:
        row = {
            "id": id,
            "organisation_id": organisation.id,
            "kind": kind,
            "template": template,
            "title": title,
            "reasons": reasons,
            "document": document,
            "created_by": by.actor,
            "created_at": change.now,
            "changed_at": change.now,
        }
        change.add("proposal_draft", row)
        change.audit("draft", "proposal", id, after={"kind": kind, "template": template})
    return _from(row | {"organisation_path": organisation.path})


def change_draft(bank: Bank, by: By, draft: Draft, **changed: str) -> Draft:
    """The draft with these fields changed: title, reasons, document."""
    with bank.changing(by) as change:
        change.change("proposal_draft", draft.id, {**changed, "changed_at": change.now})
        change.audit("change", "proposal", draft.id, after={"fields": sorted(changed)})
        row = change.find("proposal_draft", id=draft.id)
    return _from(row or {})


def find_draft(bank: Bank, id: UUID) -> Draft | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "proposal_draft", id=id)
    return _from(row) if row else None


def drafts(bank: Bank, *, within: Sequence[str], after: Sequence[Any] | None, limit: int) -> Page[Draft]:
    """Drafts of these organisations and of those below them, the newest first."""
    with bank.store.reading() as connection:
        found = rows.page(
            connection, "proposal_draft", order=("id",), after=after, limit=limit, within=within, newest_first=True
        )
    return found.each(_from)


def _from(row: dict[str, Any]) -> Draft:
    return Draft(**{field: row[field] for field in Draft.__slots__})
