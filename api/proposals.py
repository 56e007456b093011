"""Proposals: how what governs the bank is changed. Their way is recorded by the staff and read by everybody."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any, Literal
from urllib.parse import quote
from uuid import UUID

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Day, Form, Id, Name, Text, Word
from api.idempotency import answered
from api.pagination import Keyset, PageQuery
from api.problems import Fault, Problem, unknown
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.rulebooks import (
    DifferencesAnswer,
    Document,
    DraftAnswer,
    SentencesAnswer,
    TitleAnswer,
    changes_told,
    draft_of,
    draft_told,
    sentences_told,
)
from api.scopes import PUBLIC, Scope
from ledger.core.entries import Kind
from ledger.governance import attachments, drafts, proposals
from ledger.governance.attachments import Attachment, AttachmentRefused
from ledger.governance.drafts import TemplateUnfit
from ledger.governance.proposals import Held, Proposal
from ledger.governance.published import persons_of, recorders
from ledger.governance.revisions import DECISIONS
from ledger.governance.stages import PASSED, WITHDRAWAL, WITHDRAWN, Attached, Deliberation
from ledger.governance.templates import Stage, read_template, template_text, templates
from ledger.people import organisations
from ledger.rules import RulebookInvalid, load
from ledger.service import rulebooks

routes = Routes("proposals")
_keyset = Keyset(int)

ProposalKind = Literal["rulebook", "lapse_policy", "redemption_policy", "price_list", "resolution"]
Votes = Annotated[int, Field(ge=0, le=100_000)]
Digest = Annotated[str, StringConstraints(min_length=64, max_length=64, pattern="^[0-9a-f]+$")]
Base64 = Annotated[str, StringConstraints(min_length=4, max_length=980_000, pattern="^[A-Za-z0-9+/]+={0,2}$")]
BODIES_MAX = PERSONS_MAX = 200


class ProposalQuery(PageQuery):
    """Which proposals."""

    kind: ProposalKind | None = None
    organisation_id: Id | None = None


class NewProposal(Form):
    """A price list or a resolution to be proposed; rulebooks begin at /rulebooks."""

    organisation_id: Id
    kind: Literal["price_list", "resolution"]
    template: Word
    title: Name
    reasons: Text
    document: Document


class Vote(Form):
    """How one body voted. Names of those present are kept in private; the public sees a mask."""

    body: Word
    present: Votes
    votes_for: Votes
    votes_against: Votes = 0
    votes_abstained: Votes = 0
    opinion: Text = ""
    persons: list[Name] = Field(default_factory=list, max_length=PERSONS_MAX)


class NewStep(Form):
    """What came of a stage. `proposed` makes the draft, as it is now, a proposal; `withdrawn` takes it back."""

    stage: Word
    result: Literal["passed", "returned", "withdrawn"] = "passed"
    held_on: Day | None = None
    reasons: Text = ""
    minutes: Text = ""
    bodies: list[Vote] = Field(default_factory=list, max_length=BODIES_MAX)
    attachments: list[Digest] = Field(default_factory=list, max_length=50)


class NewAttachment(Form):
    """A file: a PDF, a PNG or a JPEG. Only what is marked as published is shown to strangers."""

    name: Name
    media_type: Literal["application/pdf", "image/png", "image/jpeg"]
    content: Base64
    is_published: bool = False


class StepTakenAnswer(TypedDict):
    """A step, and how the proposal stands after it."""

    id: str
    number: int
    revision: int
    stage: str
    result: str
    state: str
    transaction_seq: int


class BodyAnswer(TypedDict):
    """One body of a stage."""

    id: str
    title: TitleAnswer
    carried_by: str


class StageAnswer(TypedDict):
    """One stage of a template: what is done, and whose role may record it."""

    id: str
    title: TitleAnswer
    act: str
    roles: list[str]
    bodies: list[BodyAnswer]


class TemplateAnswer(TypedDict):
    """A way to a decision."""

    id: str
    version: int
    title: TitleAnswer
    decides: list[str]
    stages: list[StageAnswer]


class TemplatesAnswer(TypedDict):
    """All ways that the bank knows."""

    items: list[TemplateAnswer]


class VoteAnswer(TypedDict):
    """How one body voted; `persons` are masked names, null where they were erased."""

    body: str
    title: TitleAnswer
    present: int
    votes_for: int
    votes_against: int
    votes_abstained: int
    opinion: str
    persons: list[str] | None


class AttachmentAnswer(TypedDict):
    """A file, known by its digest; `is_published` says whether everybody can have it."""

    name: str
    digest: str
    size: int
    media_type: str
    is_published: bool


class StepAnswer(TypedDict):
    """A step as it is published. `recorder` is a number: the same number is the same person. `transaction_seq` is its
    entry in the log, `digest` the SHA-256 of its record there.
    """

    number: int
    revision: int
    stage: str
    title: TitleAnswer
    result: str
    held_on: str
    recorder: int
    reasons: str
    minutes: str
    bodies: list[VoteAnswer]
    attachments: list[AttachmentAnswer]
    digest: str
    transaction_seq: int


class ProposalAnswer(TypedDict):
    """A proposal in short."""

    id: str
    organisation_id: str
    organisation: str
    kind: str
    title: str
    subject: str
    revision: int
    effective_from: str | None
    state: str
    next_stage: str | None
    proposed_on: str


class ProposalDetailAnswer(ProposalAnswer):
    """A proposal in full: decision, process and result."""

    reasons: str
    template: TemplateAnswer
    document: str
    digest: str
    sentences: SentencesAnswer
    changes: DifferencesAnswer
    steps: list[StepAnswer]


@routes.get("/proposals", scope=PUBLIC, query=ProposalQuery, answer=page_of(ProposalAnswer))
def page(call: Call, query: ProposalQuery) -> Answer:
    """List proposals, the newest first."""
    found = proposals.page(
        call.bank,
        after=_keyset.after(query),
        limit=query.limit,
        kind=query.kind,
        organisation=query.organisation_id,
    )
    return _keyset.answer(found, _short)


@routes.get("/proposals/templates", scope=PUBLIC, answer=TemplatesAnswer)
def list_templates(_: Call) -> TemplatesAnswer:
    """List the ways to a decision: their stages, bodies and majorities."""
    return {"items": [_template(one) for one in templates()]}


@routes.get("/proposals/<id:proposal_id>", scope=PUBLIC, answer=ProposalDetailAnswer)
def show(call: Call, proposal_id: UUID) -> ProposalDetailAnswer:
    """Read a proposal: what is proposed, every step so far, and what came of it."""
    found = proposals.find(call.bank, proposal_id)
    return _full(call, found) if found else unknown()


@routes.get(
    "/proposals/<id:proposal_id>/attachments/<digest:digest>", scope=PUBLIC, answer=str, media_type="application/pdf"
)
def download(call: Call, proposal_id: UUID, digest: str) -> Answer:
    """Have a published file."""
    found = attachments.attachment(call.bank, proposal_id, bytes.fromhex(digest))
    if found is None or not found.is_published or found.content is None:
        unknown()
    if proposals.find(call.bank, proposal_id) is None:
        unknown()
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.attached.name)}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
    }
    return Answer(found.content, headers=headers, media_type=found.attached.media_type)


@routes.post("/proposals", scope=Scope.PROPOSALS_WRITE, body=NewProposal, answer=DraftAnswer)
def draft(call: Call, form: NewProposal) -> DraftAnswer:
    """Begin a draft of a price list or a resolution."""
    organisation = reached(call, organisations.find(call.bank, form.organisation_id), "/organisation_id")
    try:
        made = drafts.draft(
            call.bank,
            call.by,
            organisation=organisation,
            kind=form.kind,
            template=form.template,
            title=form.title,
            reasons=form.reasons,
            document=form.document,
        )
    except TemplateUnfit:
        raise Problem("invalid_request", faults=[Fault("/template", "not_one_of")]) from None
    return draft_told(call, made)


@routes.post(
    "/rulebooks/<id:rulebook_id>/steps", scope=Scope.PROPOSALS_RECORD, body=NewStep, answer=StepTakenAnswer, posts=True
)
def take_rulebook_step(call: Call, rulebook_id: UUID, form: NewStep) -> Answer:
    """Propose a rulebook, or record what came of a stage."""
    return _step(call, rulebook_id, form)


@routes.post(
    "/proposals/<id:proposal_id>/steps", scope=Scope.PROPOSALS_RECORD, body=NewStep, answer=StepTakenAnswer, posts=True
)
def take_step(call: Call, proposal_id: UUID, form: NewStep) -> Answer:
    """Make a draft a proposal, or record what came of a stage."""
    return _step(call, proposal_id, form)


@routes.post(
    "/proposals/<id:proposal_id>/attachments",
    scope=Scope.PROPOSALS_RECORD,
    body=NewAttachment,
    answer=AttachmentAnswer,
)
def attach(call: Call, proposal_id: UUID, form: NewAttachment) -> AttachmentAnswer:
    """Add a file to a proposal or its draft, so that a step can name it."""
    found = draft_of(call, proposal_id)
    try:
        content = base64.b64decode(form.content, validate=True)
    except binascii.Error:
        raise Problem("invalid_request", faults=[Fault("/content", "not_allowed_characters")]) from None
    try:
        made = attachments.attach(
            call.bank,
            call.by,
            found,
            name=form.name,
            media_type=form.media_type,
            content=content,
            is_published=form.is_published,
        )
    except AttachmentRefused as refused:
        raise Problem("attachment_refused", detail=(refused.zh, refused.en)) from None
    return _attachment(made.attached, made)


def _step(call: Call, id: UUID, form: NewStep) -> Answer:
    draft = draft_of(call, id)
    template = read_template(template_text(draft.template))
    stage = template.stage(form.stage)
    held = _held(call, id, form)
    if form.stage == WITHDRAWAL and form.result == WITHDRAWN:
        return answered(proposals.withdraw(call.bank, call.by, call.request, id, reasons=form.reasons))
    if stage is None or form.result == WITHDRAWN:
        raise Problem("invalid_request", faults=[Fault("/stage" if stage is None else "/result", "not_one_of")])
    _refuse_role(call, draft.organisation_path, stage)
    if stage.act == "propose":
        if form.result != PASSED:
            raise Problem("invalid_request", faults=[Fault("/result", "not_one_of")])
        try:
            return answered(proposals.propose(call.bank, call.by, call.request, draft, held=held))
        except RulebookInvalid as error:
            raise Problem("rulebook_invalid", findings=error.findings) from None
    if proposals.find(call.bank, id) is None:
        unknown()
    return answered(proposals.record(call.bank, call.by, call.request, id, held))


def _held(call: Call, id: UUID, form: NewStep) -> Held:
    named = attachments.chosen(call.bank, id, form.attachments)
    if named is None:
        raise Problem("not_found", faults=[Fault("/attachments", "unknown")])
    return Held(
        stage=form.stage,
        result=form.result,
        held_on=form.held_on or call.bank.today(),
        reasons=form.reasons,
        minutes=form.minutes,
        deliberations=tuple(
            Deliberation(
                body=one.body,
                present=one.present,
                votes_for=one.votes_for,
                votes_against=one.votes_against,
                votes_abstained=one.votes_abstained,
                opinion=one.opinion,
            )
            for one in form.bodies
        ),
        persons=tuple(f"{one.body} {name}" for one in form.bodies for name in one.persons),
        attachments=tuple(named),
    )


def _refuse_role(call: Call, path: str, stage: Stage) -> None:
    """403 for whose role may not record this stage here."""
    if not any(grant.role in stage.roles and path.startswith(grant.organisation_path) for grant in call.actor.grants):
        there = ", ".join(stage.roles)
        raise Problem("insufficient_scope", detail=(f"须由以下角色办理: {there}", f"one of these roles: {there}"))


def _short(proposal: Proposal) -> ProposalAnswer:
    current, chain = proposal.current, proposal.chain
    upcoming = chain.next_stage
    is_resolution = DECISIONS[current.kind] is Kind.RESOLUTION
    return {
        "id": str(proposal.id),
        "organisation_id": str(proposal.organisation_id),
        "organisation": proposal.organisation_name,
        "kind": current.kind,
        "title": current.title,
        "subject": current.subject,
        "revision": current.revision,
        "effective_from": None if is_resolution else current.effective_from.isoformat(),
        "state": chain.state,
        "next_stage": upcoming.id if upcoming else None,
        "proposed_on": proposal.taken[0].step.held_on.isoformat(),
    }


def _full(call: Call, proposal: Proposal) -> ProposalDetailAnswer:
    current = proposal.current
    sentences: SentencesAnswer = {"zh": [], "en": []}
    changes: DifferencesAnswer = {"since": None, "zh": [], "en": []}
    if DECISIONS[current.kind] is Kind.RULEBOOK:
        book = load(current.document, points_scale=call.bank.charter.points_scale)
        sentences = sentences_told(book)
        before = rulebooks.eve(call.bank, book.effective_from, proposal.organisation_path)
        changes = changes_told(before, book)
    known = {one.attached.digest: one for one in attachments.attachments(call.bank, proposal.id)}
    return {
        **_short(proposal),
        "reasons": current.reasons,
        "template": _template(proposal.revisions[0].template),
        "document": current.document,
        "digest": current.digest.hex(),
        "sentences": sentences,
        "changes": changes,
        "steps": _steps(proposal, known),
    }


def _steps(proposal: Proposal, known: dict[str, Attachment]) -> list[StepAnswer]:
    template = proposal.revisions[0].template
    told: list[StepAnswer] = []
    for taken, recorder in zip(proposal.taken, recorders(proposal), strict=True):
        step, stage = taken.step, template.stage(taken.step.stage)
        titles = {body.id: body.title for body in stage.bodies} if stage else {}
        bodies: list[VoteAnswer] = [
            {
                "body": one.body,
                "title": _title(titles[one.body]),
                "present": one.present,
                "votes_for": one.votes_for,
                "votes_against": one.votes_against,
                "votes_abstained": one.votes_abstained,
                "opinion": one.opinion,
                "persons": None if taken.persons is None else persons_of(taken.persons, one.body),
            }
            for one in step.deliberations
        ]
        told.append(
            {
                "number": step.number,
                "revision": step.revision,
                "stage": step.stage,
                "title": _title(stage.title) if stage else {"zh": "撤回", "en": "Withdrawal"},
                "result": step.result,
                "held_on": step.held_on.isoformat(),
                "recorder": recorder,
                "reasons": step.reasons,
                "minutes": step.minutes,
                "bodies": bodies,
                "attachments": [_attachment(one, known.get(one.digest)) for one in step.attachments],
                "digest": step.digest.hex(),
                "transaction_seq": taken.seq,
            }
        )
    return told


def _attachment(attached: Attached, kept: Attachment | None) -> AttachmentAnswer:
    return {
        "name": attached.name,
        "digest": attached.digest,
        "size": attached.size,
        "media_type": attached.media_type,
        "is_published": kept is not None and kept.is_published,
    }


def _title(text: Any) -> TitleAnswer:
    return {"zh": text.zh, "en": text.en}


def _template(template: Any) -> TemplateAnswer:
    return {
        "id": template.id,
        "version": template.version,
        "title": _title(template.title),
        "decides": list(template.decides),
        "stages": [
            {
                "id": stage.id,
                "title": _title(stage.title),
                "act": stage.act,
                "roles": list(stage.roles),
                "bodies": [
                    {"id": body.id, "title": _title(body.title), "carried_by": body.carried_by} for body in stage.bodies
                ],
            }
            for stage in template.stages
        ],
    }
