"""What is wrong with a draft is told at the line of the draft, whatever it builds on."""

from __future__ import annotations

import pytest

from ledger.bank import Bank, By
from ledger.governance import drafts, texts
from ledger.people import organisations
from ledger.rules import RulebookInvalid
from ledger.service import rulebooks
from tests.banks import STAFF
from tests.towns import Town

OWN = """\
code: own
version: 1
title: {zh: 示例社区规则, en: A community's own}
effective_from: 2026-04-01
inherits: {code: example, version: 1}
rules:
  - id: cooked
    title: {zh: 做饭, en: Cooking}
    when:
      accounts: [household]
    points: 1
    per: hour
    rounding: floor
"""


def test_what_the_books_do_not_know_is_told_at_its_line_in_the_draft(bank: Bank) -> None:
    town = Town(bank, "example")
    community = organisations.create(bank, By(actor=STAFF), parent=town.district, level="community", name="示例社区")
    draft = drafts.draft(
        bank,
        By(actor=STAFF),
        organisation=community,
        kind="rulebook",
        template="three_reviews",
        title="示例",
        reasons="示例",
        document=OWN,
    )
    with pytest.raises(RulebookInvalid) as wrong:
        texts.whole(bank, draft, organisation_path=community.path)
    assert [(one.line, one.field.split(".")[-1]) for one in wrong.value.findings] == [(10, "accounts")]


def test_a_first_rulebook_tells_its_own_lines(bank: Bank) -> None:
    document = OWN.replace(
        "inherits: {code: example, version: 1}", "posting: {policy: at_once}\nlapse: {policy: never}"
    )
    with pytest.raises(RulebookInvalid) as wrong:
        rulebooks.readable(bank, document)
    assert [(one.line, one.field) for one in wrong.value.findings] == [(11, "rules[0].when.accounts")]
