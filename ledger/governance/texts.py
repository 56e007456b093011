"""From a draft to the text that is proposed: whole, understood, and of the kind it says it is."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

from ledger import rules
from ledger.bank import Bank
from ledger.governance.drafts import Draft
from ledger.governance.price_list import read_price_list
from ledger.prizes import catalogue
from ledger.rules import Finding, Rulebook, RulebookInvalid
from ledger.service import rulebooks
from ledger.service.rulebooks import Adopted

POLICY_FIELDS = {"lapse_policy": ("lapse",), "redemption_policy": ("redemption",)}
_OWN = ("version", "effective_from", "effective_to", "title", "source", "assumptions", "inherits")
RESOLUTION_CHARACTERS_MAX = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A text that can be proposed."""

    document: str
    subject: str
    effective_from: date


def whole(bank: Bank, draft: Draft, *, organisation_path: str) -> Whole:
    """The text of a draft as it would be in force: upon its parent's, where it builds on one.

    Raises RulebookInvalid with every fault: line, field, mend.
    """
    if draft.kind == "resolution":
        return _resolution(bank, draft)
    if draft.kind == "price_list":
        return _price_list(bank, draft, organisation_path)
    document = whole_rulebook(bank, draft.document, organisation_path=organisation_path)
    try:
        book = rulebooks.readable(bank, document)
    except RulebookInvalid as fault:
        raise RulebookInvalid(rules.placed(fault.findings, document, draft.document)) from None
    if faults := _outside_policy(bank, draft, book, organisation_path):
        raise RulebookInvalid(rules.placed(faults, document, draft.document))
    return Whole(document=document, subject=f"{book.code} {book.version}", effective_from=book.effective_from)


def whole_rulebook(bank: Bank, document: str, *, organisation_path: str) -> str:
    """The whole text that a rulebook makes of its parent's, or itself where it stands alone.

    Below the district none stands alone: what is locked there could be had anew. Raises RulebookInvalid.
    """
    findings: list[Finding] = []
    named = rules.parent_named(document, findings)
    if findings:
        raise RulebookInvalid(findings)
    above = _above(bank, organisation_path, rules.effective_day_of(document) or bank.today())
    if named is None:
        if above is not None:
            told = f"{above.rulebook.code}, version: {above.rulebook.version}"
            zh = f"请写 inherits: {{code: {told}}}, 承接上级规则, 只写不同之处"
            raise RulebookInvalid(
                [Finding(line=1, field="inherits", zh=zh, en=f"build on the parent's: inherits: {{code: {told}}}")]
            )
        return document
    if above is None:
        zh, en = "那一天没有可承接的上级规则", "there is no parent's rulebook to build on that day"
        raise RulebookInvalid(rules.placed([Finding(line=1, field="inherits", zh=zh, en=en)], document))
    return rules.inherit(above.document, document)


def _above(bank: Bank, organisation_path: str, on: date) -> Adopted | None:
    """The book that holds in the organisation above, if there is one above."""
    parent = "/".join(organisation_path.strip("/").split("/")[:-1])
    return rulebooks.holding(bank, on, organisation_path=parent) if parent else None


def _outside_policy(bank: Bank, draft: Draft, book: Rulebook, path: str) -> list[Finding]:
    """What a lapse or redemption policy changes besides: it is proposed as a rulebook then."""
    may = POLICY_FIELDS.get(draft.kind)
    if may is None:
        return []
    now = rulebooks.in_force(bank, bank.today(), organisation_path=path)
    if now is None:
        return []
    told = replace(book, **{name: getattr(now, name) for name in (*may, *_OWN)})
    changed = [
        one.name for one in fields(Rulebook) if one.compare and getattr(told, one.name) != getattr(now, one.name)
    ]
    zh, en = "这一项不属于所提议的政策, 请改为提议整部规则", "not a part of this policy: propose it as a rulebook"
    return [Finding(line=1, field=name, zh=zh, en=en) for name in changed]


def _price_list(bank: Bank, draft: Draft, organisation_path: str) -> Whole:
    listed = read_price_list(draft.document, bank.charter.points_scale)
    prizes = listed.by_prize()
    known = catalogue.find_prizes(bank, list(prizes))
    strange = [
        index
        for index, id in enumerate(prizes)
        if id not in known or not known[id].organisation_path.startswith(organisation_path)
    ]
    if strange:
        zh, en = "本组织没有这种奖品", "this organisation has no such prize"
        faults = [Finding(line=1, field=f"prices[{index}].prize", zh=zh, en=en) for index in strange]
        raise RulebookInvalid(rules.placed(faults, draft.document))
    subject = f"prices {draft.organisation_id} {listed.effective_from.isoformat()}"
    return Whole(document=draft.document, subject=subject, effective_from=listed.effective_from)


def _resolution(bank: Bank, draft: Draft) -> Whole:
    if not draft.document.strip() or len(draft.document) > RESOLUTION_CHARACTERS_MAX:
        most = RESOLUTION_CHARACTERS_MAX
        zh, en = f"请写明决议内容, 最多 {most} 字", f"write what is resolved, at most {most} characters"
        raise RulebookInvalid([Finding(line=1, field="", zh=zh, en=en)])
    return Whole(document=draft.document, subject=f"resolution {draft.id}", effective_from=bank.today())
