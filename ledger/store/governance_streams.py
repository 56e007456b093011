"""Rulebooks, price lists and proposals row by row, for the audit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.store.streams import View


class RulebookRead(NamedTuple):
    code: str
    version: int
    effective_from: str
    document: str
    digest: bytes


class DecidedRead(NamedTuple):
    """A rulebook or a price list, with the transaction that put it into force."""

    seq: int
    table: str
    id: str
    organisation_id: str
    code: str
    version: int
    """Empty and 0 for a price list."""
    effective_from: str
    document: str
    digest: bytes


class StepRead(NamedTuple):
    seq: int
    id: str
    proposal_id: str
    number: int
    revision: int
    subject: str
    stage: str
    result: str
    held_on: str
    recorded_by: str
    record: str
    digest: bytes


class RevisionRead(NamedTuple):
    seq: int
    id: str
    proposal_id: str
    revision: int
    organisation_id: str
    kind: str
    subject: str
    title: str
    reasons: str
    effective_from: str
    document: str
    digest: bytes
    template: str
    proposed_by: str


class AttachmentRead(NamedTuple):
    """A file of a proposal whose bytes are still kept."""

    proposal_id: str
    digest: bytes
    content: bytes


_RULEBOOKS = "SELECT code, version, DAY(effective_from), document, digest FROM rulebook ORDER BY code, version"

_DECIDED = """
    SELECT seq, 'rulebook' AS named, ID(id), ID(organisation_id), code, version, DAY(effective_from), document, digest
    FROM rulebook
    UNION ALL
    SELECT seq, 'price_list', ID(id), ID(organisation_id), '', 0, DAY(effective_from), document, digest
    FROM price_list ORDER BY 1"""

_STEPS = """
    SELECT seq, ID(id), ID(proposal_id), number, revision, subject, stage, result, DAY(held_on), ID(recorded_by),
        record, digest
    FROM proposal_step ORDER BY seq"""

_REVISIONS = """
    SELECT seq, ID(id), ID(proposal_id), revision, ID(organisation_id), kind, subject, title, reasons,
        DAY(effective_from), document, digest, template, ID(proposed_by)
    FROM proposal_revision ORDER BY seq"""

_ATTACHMENTS = """
    SELECT ID(proposal_id), digest, content FROM proposal_attachment WHERE content IS NOT NULL ORDER BY id"""

_PATHS = "SELECT ID(id), path FROM organisation"


def rulebooks(view: View) -> Iterator[RulebookRead]:
    return view.stream(RulebookRead._make, _RULEBOOKS)


def decided(view: View) -> Iterator[DecidedRead]:
    """Rulebooks and price lists, by the transaction that put them into force."""
    return view.stream(DecidedRead._make, _DECIDED)


def steps(view: View) -> Iterator[StepRead]:
    return view.stream(StepRead._make, _STEPS)


def revisions(view: View) -> Iterator[RevisionRead]:
    return view.stream(RevisionRead._make, _REVISIONS)


def attachments(view: View) -> Iterator[AttachmentRead]:
    return view.stream(AttachmentRead._make, _ATTACHMENTS)


def organisation_paths(view: View) -> dict[str, str]:
    """The path of each organisation, by its id."""
    return {id: path for id, path in view.rows(_PATHS)}  # noqa: C416 - rows of the database are no pairs to mypy
