"""Rulebooks: what is in force, as published and in plain sentences, for everybody; drafts for those who write them."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import StringConstraints
from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Day, Form, Id, Name, Text
from api.pagination import Keyset, PageQuery
from api.problems import Fault, FindingAnswer, Problem, findings_told, unknown
from api.rendering import Answer, instant, refuse_stale, tagged
from api.routes import Call, Routes, reached
from api.scopes import PUBLIC, Scope
from ledger import rules
from ledger.governance import drafts, texts
from ledger.governance.drafts import Draft, TemplateUnfit
from ledger.people import organisations
from ledger.rules import Rulebook, RulebookInvalid
from ledger.service import rulebooks
from ledger.service.rulebooks import Adopted

routes = Routes("rulebooks")
_drafts = Keyset(UUID)

Document = Annotated[str, StringConstraints(min_length=1, max_length=256 * 1024)]
"""A YAML text; what is wrong in it is told line by line."""


class InForceQuery(Form):
    """On which day, today if left out; for which organisation, the whole bank if left out."""

    on: Day | None = None
    organisation_id: Id | None = None


class DifferencesQuery(Form):
    """From which rulebook; the one in force before it, if left out."""

    since: Id | None = None


class NewDraft(Form):
    """A next rulebook, or the policy in it that is to change."""

    organisation_id: Id
    kind: Literal["rulebook", "lapse_policy", "redemption_policy"] = "rulebook"
    title: Name
    reasons: Text
    document: Document


class ChangedDraft(Form):
    """What is to be different; the rest stays."""

    title: Name | None = None
    reasons: Text | None = None
    document: Document | None = None


class Checked(Form):
    """A text to be looked through; for an organisation, also upon its parent's."""

    document: Document
    organisation_id: Id | None = None


class TitleAnswer(TypedDict):
    """The same words in Chinese and English."""

    zh: str
    en: str


class SentencesAnswer(TypedDict):
    """The whole rulebook read aloud, one sentence each."""

    zh: list[str]
    en: list[str]


class RulebookAnswer(TypedDict):
    """One version of the rules; `document` is the YAML text that was published, `digest` its SHA-256."""

    id: str
    organisation_id: str
    code: str
    version: int
    title: TitleAnswer
    effective_from: str
    recorded_at: str
    transaction_seq: int
    digest: str
    document: str
    sentences: SentencesAnswer


class ChangeAnswer(TypedDict):
    """One sentence of before, and what stands in its place; null where there is none."""

    before: str | None
    after: str | None


class DifferencesAnswer(TypedDict):
    """What changes, in Chinese and English. `since` is the id of the earlier rulebook; null if there was none."""

    since: str | None
    zh: list[ChangeAnswer]
    en: list[ChangeAnswer]


class CheckedAnswer(TypedDict):
    """What is wrong, line by line; where nothing is, the rulebook read aloud."""

    valid: bool
    findings: list[FindingAnswer]
    sentences: SentencesAnswer


class DraftAnswer(TypedDict):
    """A draft, and what is wrong with it so far."""

    id: str
    organisation_id: str
    kind: str
    template: str
    title: str
    reasons: str
    document: str
    created_at: str
    changed_at: str
    findings: list[FindingAnswer]
    sentences: SentencesAnswer


RulebookPage = page_of(RulebookAnswer)


@routes.get("/rulebooks", scope=PUBLIC, answer=RulebookPage)
def page(call: Call) -> dict[str, object]:
    """List all rulebooks, the earliest first. They are few: one page holds them all."""
    return {"items": [_told(adopted) for adopted in rulebooks.adopted(call.bank)], "next_cursor": None}


@routes.get("/rulebooks/in-force", scope=PUBLIC, query=InForceQuery, answer=RulebookAnswer)
def in_force(call: Call, query: InForceQuery) -> RulebookAnswer:
    """The rulebook under which a deed of this day is assessed."""
    path = None
    if query.organisation_id is not None:
        organisation = organisations.find(call.bank, query.organisation_id)
        path = organisation.path if organisation else unknown()
    found = rulebooks.holding(call.bank, query.on or call.bank.today(), organisation_path=path)
    return _told(found) if found else unknown()


@routes.get("/rulebooks/schema.json", scope=PUBLIC, answer=dict[str, Any], media_type="application/schema+json")
def schema(_: Call) -> Answer:
    """The form of a rulebook as JSON Schema, for editors that check while one types."""
    return Answer(rules.rulebook_schema(), media_type="application/schema+json")


@routes.get("/rulebooks/<id:rulebook_id>", scope=PUBLIC, answer=RulebookAnswer)
def show(call: Call, rulebook_id: UUID) -> RulebookAnswer:
    """Read a rulebook: its text, its digest, and all of it in plain sentences."""
    found = rulebooks.find(call.bank, rulebook_id)
    return _told(found) if found else unknown()


@routes.get("/rulebooks/<id:rulebook_id>/differences", scope=PUBLIC, query=DifferencesQuery, answer=DifferencesAnswer)
def differences(call: Call, rulebook_id: UUID, query: DifferencesQuery) -> DifferencesAnswer:
    """Read what changes with a rulebook, in sentences."""
    found = rulebooks.find(call.bank, rulebook_id)
    if found is None:
        unknown()
    if query.since is None:
        before = rulebooks.before(call.bank, found)
    else:
        before = rulebooks.find(call.bank, query.since) or unknown()
    return changes_told(before, found.rulebook)


@routes.post("/rulebooks/validate", scope=Scope.RULEBOOKS_READ, body=Checked, answer=CheckedAnswer, status=200)
def validate(call: Call, form: Checked) -> CheckedAnswer:
    """Look a text through: every fault with its line, field and mend; or the rulebook read aloud."""
    path = None
    if form.organisation_id is not None:
        path = reached(call, organisations.find(call.bank, form.organisation_id), "/organisation_id").path
    findings, sentences = _examined(call, form.document, path)
    return {"valid": not findings, "findings": findings, "sentences": sentences}


@routes.post("/rulebooks", scope=Scope.PROPOSALS_WRITE, body=NewDraft, answer=DraftAnswer)
def draft(call: Call, form: NewDraft) -> DraftAnswer:
    """Begin a draft. It may have faults yet: they are told, and must be gone before it is proposed."""
    organisation = reached(call, organisations.find(call.bank, form.organisation_id), "/organisation_id")
    try:
        made = drafts.draft(
            call.bank,
            call.by,
            organisation=organisation,
            kind=form.kind,
            template="three_reviews",
            title=form.title,
            reasons=form.reasons,
            document=form.document,
        )
    except TemplateUnfit:
        raise Problem("invalid_request", faults=[Fault("/kind", "not_one_of")]) from None
    return draft_told(call, made)


@routes.get("/rulebooks/drafts", scope=Scope.PROPOSALS_WRITE, query=PageQuery, answer=page_of(DraftAnswer))
def list_drafts(call: Call, query: PageQuery) -> Answer:
    """List drafts, the newest first."""
    found = drafts.drafts(call.bank, within=call.within, after=_drafts.after(query), limit=query.limit)
    return _drafts.answer(found, lambda one: draft_told(call, one))


@routes.get("/rulebooks/<id:rulebook_id>/draft", scope=Scope.PROPOSALS_WRITE, answer=DraftAnswer, etag=True)
def show_draft(call: Call, rulebook_id: UUID) -> Answer:
    """Read a draft, and what is wrong with it."""
    return tagged(draft_told(call, draft_of(call, rulebook_id)))


@routes.patch("/rulebooks/<id:rulebook_id>/draft", scope=Scope.PROPOSALS_WRITE, body=ChangedDraft, answer=DraftAnswer)
def change_draft(call: Call, rulebook_id: UUID, form: ChangedDraft) -> Answer:
    """Change a draft. What was proposed stays as it was: a changed draft is proposed as the next revision."""
    found = draft_of(call, rulebook_id)
    refuse_stale(draft_told(call, found))
    changed = {name: value for name, value in form if value is not None}
    if changed:
        found = drafts.change_draft(call.bank, call.by, found, **changed)
    return tagged(draft_told(call, found))


def draft_of(call: Call, id: UUID) -> Draft:
    """The draft with this id, if it is this person's to know."""
    return reached(call, drafts.find_draft(call.bank, id))


def draft_told(call: Call, draft: Draft) -> DraftAnswer:
    findings: list[FindingAnswer] = []
    sentences: SentencesAnswer = {"zh": [], "en": []}
    try:
        whole = texts.whole(call.bank, draft, organisation_path=draft.organisation_path)
        if draft.kind not in ("price_list", "resolution"):
            sentences = sentences_told(rulebooks.readable(call.bank, whole.document))
    except RulebookInvalid as error:
        findings = findings_told(error.findings)
    return {
        "id": str(draft.id),
        "organisation_id": str(draft.organisation_id),
        "kind": draft.kind,
        "template": draft.template,
        "title": draft.title,
        "reasons": draft.reasons,
        "document": draft.document,
        "created_at": instant(draft.created_at),
        "changed_at": instant(draft.changed_at),
        "findings": findings,
        "sentences": sentences,
    }


def sentences_told(book: Rulebook) -> SentencesAnswer:
    return {"zh": list(rules.sentences(book, "zh")), "en": list(rules.sentences(book, "en"))}


def changes_told(before: Adopted | None, after: Rulebook) -> DifferencesAnswer:
    """What changes between them; all of it is new where there was none before."""
    told: dict[str, list[ChangeAnswer]] = {}
    for language in ("zh", "en"):
        if before is None:
            told[language] = [{"before": None, "after": one} for one in rules.sentences(after, language)]
        else:
            changes = rules.differences(before.rulebook, after, language)
            told[language] = [{"before": one.before, "after": one.after} for one in changes]
    return {"since": str(before.id) if before else None, "zh": told["zh"], "en": told["en"]}


def _examined(call: Call, document: str, path: str | None) -> tuple[list[FindingAnswer], SentencesAnswer]:
    try:
        whole = document if path is None else texts.whole_rulebook(call.bank, document, organisation_path=path)
        return [], sentences_told(rules.load(whole, points_scale=call.bank.charter.points_scale))
    except RulebookInvalid as error:
        return findings_told(error.findings), {"zh": [], "en": []}


def _told(adopted: Adopted) -> RulebookAnswer:
    book = adopted.rulebook
    return {
        "id": str(adopted.id),
        "organisation_id": str(adopted.organisation_id),
        "code": book.code,
        "version": book.version,
        "title": {"zh": book.title.zh, "en": book.title.en},
        "effective_from": book.effective_from.isoformat(),
        "recorded_at": instant(adopted.recorded_at),
        "transaction_seq": adopted.seq,
        "digest": adopted.digest.hex(),
        "document": adopted.document,
        "sentences": sentences_told(book),
    }
