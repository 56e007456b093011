"""Proposals and decisions for the golden bytes: what governs the bank, one entry of each kind."""

from __future__ import annotations

from typing import Any

from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Command
from ledger.governance.stages import Step
from ledger.governance.take_step import TakeStep
from ledger.governance.templates import read_template, template_text
from tests.core.given import TODAY, number
from tests.governance.given import PEOPLE, SOON, founding, known, revision, step, under_way, votes


def _way(template: str, **changed: Any) -> tuple[Command, Books]:
    """The last step of a proposal of another kind, and the books before it."""
    text = template_text(template)
    proposed = revision(template_text=text, **changed)
    steps = [
        TakeStep(
            id=number(0x500 + at),
            actor=PEOPLE[at],
            step=Step(
                proposal=proposed.proposal,
                number=0,
                revision=0,
                stage=stage.id,
                result="passed",
                held_on=TODAY,
                recorded_by=PEOPLE[at],
                deliberations=votes(stage),
            ),
            revision=proposed if at == 0 else None,
        )
        for at, stage in enumerate(read_template(text).stages)
    ]
    return steps[-1], known(*steps[:-1])


COMMANDS: dict[Kind, tuple[Command, Books]] = {
    Kind.FOUNDING: (founding(), known()),
    Kind.PROPOSAL_STEP: (step(1), under_way(1)),
    Kind.RULEBOOK: (step(4), under_way(4)),
    Kind.PRICE_LIST: _way(
        "three_reviews", kind="price_list", subject=f"prices somewhere {SOON}", document="prices: []"
    ),
    Kind.RESOLUTION: _way("five_deliberations", kind="resolution", subject="resolution", document="大家打扫庭院"),
}
GOLDEN: dict[Kind, tuple[str, str]] = {
    Kind.FOUNDING: (
        (
            r'{"detail":{"document":"08ce551a02d2e2a9dae5da7c4f4ad64933118ad92ea12ddb8a1c1f6a080bbab4","effectiv'
            r'e_from":"2020-01-01"},"kind":"decision.founding","moves":[],"on":"2026-03-02","private":"%s","rule'
            r'book":{"code":"example","version":1},"seq":101,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000181","id":"00000000000070008000000000000'
            r'501","legs":[],"why":{}}'
        ),
    ),
    Kind.PROPOSAL_STEP: (
        (
            r'{"detail":{"document":"5b8155b8bbb60066255bfd007479f17687f645f2cb353991b91f93fd90378445","effectiv'
            r'e_from":"2026-03-09","proposal":"00000000-0000-7000-8000-000000000171","record":"5b1ae69787e66b765'
            r'91896918a0b3dc08ddd015264e605a1bd526b39f3466521","result":"passed","revision":1,"stage":"first_rev'
            r'iew","subject":"example 2","template":"ace8534b5c5cf9f0ef16bf315d3aeb5c76dff2b333b64b5a972d74a3b92'
            r'8719f"},"kind":"process.proposal_step","moves":[],"on":"2026-03-02","private":"%s","seq":102,"v":1'
            r'}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000182","id":"00000000000070008000000000000'
            r'302","legs":[],"why":{"persons":["party_branch 示例甲"]}}'
        ),
    ),
    Kind.RULEBOOK: (
        (
            r'{"detail":{"document":"5b8155b8bbb60066255bfd007479f17687f645f2cb353991b91f93fd90378445","effectiv'
            r'e_from":"2026-03-09","proposal":"00000000-0000-7000-8000-000000000171","record":"004299163e4259d4d'
            r'9364f7e5dbac59268fda7852b31e366be04b8e95c1f8ecb","result":"passed","revision":1,"stage":"published'
            r'","subject":"example 2","template":"ace8534b5c5cf9f0ef16bf315d3aeb5c76dff2b333b64b5a972d74a3b92871'
            r'9f"},"kind":"decision.rulebook","moves":[],"on":"2026-03-02","private":"%s","rulebook":{"code":"ex'
            r'ample","version":2},"seq":105,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000185","id":"00000000000070008000000000000'
            r'305","legs":[],"why":{"persons":["party_branch 示例甲"]}}'
        ),
    ),
    Kind.PRICE_LIST: (
        (
            r'{"detail":{"document":"27213763c5816adf5ba6a9844946f1839e7dd57071f80e42ecfb43d5ca94883b","effectiv'
            r'e_from":"2026-03-09","proposal":"00000000-0000-7000-8000-000000000171","record":"004299163e4259d4d'
            r'9364f7e5dbac59268fda7852b31e366be04b8e95c1f8ecb","result":"passed","revision":1,"stage":"published'
            r'","subject":"prices somewhere 2026-03-09","template":"ace8534b5c5cf9f0ef16bf315d3aeb5c76dff2b333b6'
            r'4b5a972d74a3b928719f"},"kind":"decision.price_list","moves":[],"on":"2026-03-02","private":"%s","s'
            r'eq":105,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000185","id":"00000000000070008000000000000'
            r'605","legs":[],"why":{}}'
        ),
    ),
    Kind.RESOLUTION: (
        (
            r'{"detail":{"document":"313db02c633ad743319eae4f9e66ed4d83d2c213a0184506ea623f20cc617bc6","proposal'
            r'":"00000000-0000-7000-8000-000000000171","record":"977e3108ba881dd3f81bef6de3701592cd0aad878137738'
            r'5dc953a548478ce35","result":"passed","revision":1,"stage":"published","subject":"resolution","temp'
            r'late":"8599d3d5b407f2406a989bada949a0d24e0419f5aab1c70a8cd9e379887231ad"},"kind":"decision.resolut'
            r'ion","moves":[],"on":"2026-03-02","private":"%s","seq":106,"v":1}'
        ),
        (
            r'{"at":1772413200000000,"by":"00000000000070008000000000000186","id":"00000000000070008000000000000'
            r'606","legs":[],"why":{}}'
        ),
    ),
}  # fmt: skip
"""Kind to (public entry, private opening). They name the digest of the template: a new text of one is a new version."""
