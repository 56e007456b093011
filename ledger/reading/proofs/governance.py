"""What governs the bank: every rulebook and price list was founded or decided, and every decision went all its stages,
each recorded by other people. Steps are few: all of them are read, so that a later beginning knows the way before it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from ledger.core.canonical import canonical, digest
from ledger.core.entries import Kind
from ledger.governance.chain import Chain
from ledger.governance.found_rulebook import founding_detail
from ledger.governance.revisions import DECISIONS, Revision, revision_from
from ledger.governance.stages import PASSED, Step, step_from
from ledger.governance.take_step import step_detail
from ledger.governance.templates import TEMPLATES, read_template, template_text
from ledger.reading.findings import Findings
from ledger.reading.proofs.standings import Leg
from ledger.rules import RulebookInvalid, load
from ledger.service.rulebooks import Adopted, nearest, root_of
from ledger.store import governance_streams
from ledger.store.governance_streams import DecidedRead, RevisionRead, StepRead
from ledger.store.reads import RecordRead, TransactionRead
from ledger.store.streams import View

OF_PROPOSALS = frozenset({Kind.PROPOSAL_STEP, Kind.RULEBOOK, Kind.PRICE_LIST, Kind.RESOLUTION})


class Resetting(NamedTuple):
    """A rulebook by code and version, and the organisation that took it up."""

    rulebook: tuple[str, int]
    organisation_id: str


class Governance:
    def __init__(self, view: View, points_scale: int, from_seq: int, found: Findings) -> None:
        self._found = found
        self._from_seq = from_seq
        self._steps: dict[int, StepRead] = {row.seq: row for row in governance_streams.steps(view)}
        self._revisions: dict[int, RevisionRead] = {row.seq: row for row in governance_streams.revisions(view)}
        self._decided: dict[int, DecidedRead] = {row.seq: row for row in governance_streams.decided(view)}
        self._known: dict[str, list[Revision]] = defaultdict(list)
        self._taken: dict[str, list[Step]] = defaultdict(list)
        self._proven: set[int] = set()
        self._books = self._in_force(points_scale)
        self._paths = governance_streams.organisation_paths(view)
        self._holding: dict[tuple[str, str], tuple[str, int] | None] = {}
        self._founded = False
        for seq in sorted(self._steps):
            if seq < from_seq:
                self._trust(seq)

    def founding(self, transaction: TransactionRead, legs: list[Leg] | None) -> dict[str, Any]:
        """What the client must have been told."""
        seq, row = transaction.seq, self._decided.get(transaction.seq)
        if row is None or row.table != "rulebook":
            self._found.note("founding_wrong", seq=seq, what="rulebook")
            return {}
        self._proven.add(seq)
        detail = canonical(founding_detail(date.fromisoformat(row.effective_from), digest(row.document.encode())))
        for what, is_so in (
            ("moves", not legs),
            ("place", not self._founded and seq == min(self._decided)),
            ("id", row.id == transaction.id),
            ("rulebook", (transaction.rulebook_code, transaction.rulebook_version) == (row.code, row.version)),
            ("document", transaction.detail == detail.decode()),
        ):
            if not is_so:
                self._found.note("founding_wrong", seq=seq, what=what)
        self._founded = True
        return {"id": row.id, "code": row.code, "version": row.version}

    def step(self, transaction: TransactionRead, legs: list[Leg] | None) -> dict[str, Any]:
        """What the client must have been told."""
        seq, row = transaction.seq, self._steps.get(transaction.seq)
        if row is None:
            self._found.note("record_missing", seq=seq, table="proposal_step")
            return {}
        self._proven.add(seq)
        try:
            step = step_from(_typed(row))
            proposed, faults = self._proposed(row)
            chain = self._chain(row.proposal_id, proposed)
            refusal = chain.refusal(step, date.fromisoformat(transaction.effective_on))
        except (ValueError, RulebookInvalid, IndexError):
            self._found.note("step_wrong", seq=seq, what="form")
            return {}
        is_decision = step.stage == chain.template.stages[-1].id and step.result == PASSED
        for what, is_so in (
            *faults,
            ("moves", not legs),
            ("id", row.id == transaction.id),
            ("recorded_by", row.recorded_by == transaction.actor_id),
            ("record", step.record() == row.record and step.digest == row.digest),
            ("subject", row.subject == proposed.subject),
            ("number", (step.number, step.revision) == (len(chain.steps) + 1, proposed.revision)),
            ("detail", transaction.detail == canonical(step_detail(step, proposed)).decode()),
            ("kind", transaction.kind == (DECISIONS[proposed.kind] if is_decision else Kind.PROPOSAL_STEP)),
            (refusal.code if refusal else "", refusal is None),
        ):
            if not is_so:
                self._found.note("step_wrong", seq=seq, what=what)
        if is_decision:
            self._decision(transaction, proposed)
        self._taken[row.proposal_id].append(step)
        after = replace(chain, steps=(*chain.steps, step))
        return {
            "id": row.proposal_id,
            "number": step.number,
            "revision": step.revision,
            "stage": step.stage,
            "result": step.result,
            "state": after.state,
        }

    def strays(self, transaction: TransactionRead) -> None:
        """Rows of a proposal or a decision beside a transaction of another kind."""
        seq, kind = transaction.seq, transaction.kind
        if kind not in OF_PROPOSALS:
            for table, rows in (("proposal_step", self._steps), ("proposal_revision", self._revisions)):
                if seq in rows:
                    self._found.note("record_unexpected", seq=seq, table=table, kind=kind)
                    self._proven.add(seq)

    def in_force(self, transaction: TransactionRead, record: RecordRead) -> None:
        """That a deed was assessed under the book in force on its day, where it was done."""
        named = (transaction.rulebook_code, transaction.rulebook_version)
        if self.holding(record.organisation_id, record.served_on) != named:
            rulebook = f"{named[0]} {named[1]}"
            self._found.note("not_in_force", seq=transaction.seq, rulebook=rulebook, on=record.served_on)

    def holding(self, organisation_id: str, on: str) -> tuple[str, int] | None:
        """Code and version of what was in force for an organisation on a day."""
        where = (organisation_id, on)
        if where not in self._holding:
            path = tuple(self._paths.get(organisation_id, organisation_id).strip("/").split("/"))
            held = nearest(self._books, path, date.fromisoformat(on))
            self._holding[where] = (held.rulebook.code, held.rulebook.version) if held else None
        return self._holding[where]

    def resetting(self, on: str) -> Resetting | None:
        """The rulebook that resets what is left after a redemption under the rules of this day, and whose it is."""
        held = nearest(self._books, root_of(self._books), date.fromisoformat(on))
        if held is None or not held.rulebook.lapse.resets_on_redeem:
            return None
        return Resetting((held.rulebook.code, held.rulebook.version), str(held.organisation_id))

    def close(self, view: View) -> None:
        for seq, row in self._decided.items():
            if seq >= self._from_seq and seq not in self._proven:
                name = f"{row.code} {row.version}" if row.code else row.effective_from
                self._found.note("undecided", seq=seq, what=row.table, name=name)
        for table, rows in (("proposal_step", self._steps), ("proposal_revision", self._revisions)):
            for seq in rows:
                if seq >= self._from_seq and seq not in self._proven:
                    self._found.note("row_astray", seq=seq, table=table)
        for file in governance_streams.attachments(view):
            if digest(file.content) != file.digest:
                self._found.note("attachment_changed", proposal=file.proposal_id)

    def _decision(self, transaction: TransactionRead, proposed: Revision) -> None:
        """What was put into force is what went the stages."""
        seq, row = transaction.seq, self._decided.get(transaction.seq)
        table = {Kind.RULEBOOK: "rulebook", Kind.PRICE_LIST: "price_list"}.get(DECISIONS[proposed.kind])
        named = (transaction.rulebook_code, transaction.rulebook_version)
        if named != (proposed.code_and_version or (None, None)):
            self._found.note("decision_wrong", seq=seq, what="rulebook")
        if row is None or table is None:
            if row is not None or table is not None:
                self._found.note("decision_wrong", seq=seq, what=table or "kind")
            return
        for what, is_so in (
            ("kind", row.table == table),
            ("id", row.id == str(proposed.proposal)),
            ("organisation", row.organisation_id == str(proposed.organisation)),
            ("code and version", table != "rulebook" or (row.code, row.version) == proposed.code_and_version),
            ("effective_from", row.effective_from == proposed.effective_from.isoformat()),
            ("document", row.document == proposed.document and row.digest == proposed.digest),
        ):
            if not is_so:
                self._found.note("decision_wrong", seq=seq, what=what)

    def _proposed(self, row: StepRead) -> tuple[Revision, list[tuple[str, bool]]]:
        """The revision that a step is of, and what must hold of it. IndexError where there is none."""
        brought = self._revisions.get(row.seq)
        known = self._known[row.proposal_id]
        if brought is None:
            return known[-1], []
        proposed = revision_from(_typed(brought))
        known.append(proposed)
        bundled = proposed.template
        return proposed, [
            ("proposed_by", brought.proposed_by == row.recorded_by),
            ("document", brought.digest == proposed.digest),
            ("revision", proposed.revision == len(known) and brought.proposal_id == row.proposal_id),
            ("subject", proposed.subject == known[0].subject and proposed.kind == known[0].kind),
            ("template", proposed.template_text == known[0].template_text and proposed.kind in bundled.decides),
            ("template", _is_ours(proposed.template_text)),
        ]

    def _chain(self, proposal: str, proposed: Revision) -> Chain:
        effective = None if DECISIONS[proposed.kind] is Kind.RESOLUTION else proposed.effective_from
        template = self._known[proposal][0].template
        return Chain(template=template, steps=tuple(self._taken[proposal]), effective_from=effective)

    def _trust(self, seq: int) -> None:
        """A step before the beginning, as it stands."""
        row = self._steps[seq]
        self._proven.add(seq)
        try:
            self._proposed(row)
            self._taken[row.proposal_id].append(step_from(_typed(row)))
        except (ValueError, IndexError):
            return

    def _in_force(self, points_scale: int) -> dict[str, tuple[Adopted, ...]]:
        """The rulebooks by organisation; those that cannot be read are noted elsewhere."""
        books: dict[str, tuple[Adopted, ...]] = {}
        for row in self._decided.values():
            try:
                if row.table == "rulebook":
                    book = load(row.document, points_scale=points_scale)
                    made = Adopted(
                        id=UUID(row.id),
                        seq=row.seq,
                        organisation_id=UUID(row.organisation_id),
                        rulebook=book,
                        document=row.document,
                        digest=row.digest,
                        recorded_at=0,
                    )
                    books[row.organisation_id] = (*books.get(row.organisation_id, ()), made)
            except RulebookInvalid:
                continue
        return books


def _typed(row: StepRead | RevisionRead) -> dict[str, Any]:
    """The row with ids and days as values."""
    typed: dict[str, Any] = row._asdict()
    for name in ("proposal_id", "organisation_id", "recorded_by", "proposed_by"):
        if name in typed:
            typed[name] = UUID(typed[name])
    for name in ("held_on", "effective_from"):
        if name in typed:
            typed[name] = date.fromisoformat(typed[name])
    return typed


def _is_ours(text: str) -> bool:
    """Whether a template is one of the bank's, or an older version of one."""
    made = read_template(text)
    if made.id not in TEMPLATES:
        return False
    known = template_text(made.id)
    return text == known or made.version < read_template(known).version
