"""What is proposed: one revision of a complete text, under the template whose stages it will go through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from ledger.core.canonical import digest
from ledger.core.entries import Kind
from ledger.governance.templates import Template, read_template

DECISIONS = {
    "rulebook": Kind.RULEBOOK,
    "lapse_policy": Kind.RULEBOOK,
    "redemption_policy": Kind.RULEBOOK,
    "price_list": Kind.PRICE_LIST,
    "resolution": Kind.RESOLUTION,
}
"""What the publication of a kind of proposal is in the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One revision of a proposal. `document` is the whole text that would be in force."""

    proposal: UUID
    revision: int
    organisation: UUID
    kind: str
    subject: str
    """What must not be decided twice: `code version` of a rulebook; of others their own words."""
    title: str
    reasons: str
    effective_from: date
    document: str = field(repr=False)
    template_text: str = field(repr=False)
    proposed_by: UUID

    @property
    def digest(self) -> bytes:
        return digest(self.document.encode())

    @property
    def template(self) -> Template:
        return read_template(self.template_text)

    @property
    def code_and_version(self) -> tuple[str, int] | None:
        """Of a rulebook."""
        if DECISIONS[self.kind] is not Kind.RULEBOOK:
            return None
        code, _, version = self.subject.rpartition(" ")
        return code, int(version)

    def row(self, id: UUID) -> dict[str, Any]:
        return {
            "id": id,
            "seq": None,
            "proposal_id": self.proposal,
            "revision": self.revision,
            "organisation_id": self.organisation,
            "kind": self.kind,
            "subject": self.subject,
            "title": self.title,
            "reasons": self.reasons,
            "effective_from": self.effective_from,
            "document": self.document,
            "digest": self.digest,
            "template": self.template_text,
            "proposed_by": self.proposed_by,
        }


def revision_from(row: Mapping[str, Any]) -> Revision:
    """The revision of a row."""
    return Revision(
        proposal=row["proposal_id"],
        revision=row["revision"],
        organisation=row["organisation_id"],
        kind=row["kind"],
        subject=row["subject"],
        title=row["title"],
        reasons=row["reasons"],
        effective_from=row["effective_from"],
        document=row["document"],
        template_text=row["template"],
        proposed_by=row["proposed_by"],
    )
