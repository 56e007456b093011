"""The stages that a proposal goes through, as data: a template is read and checked like a rulebook, line by line.

The templates of the bank are the files beside this one. A proposal keeps the text of the template it was made under,
so that its way can be proven when the files have long moved on.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files

from ledger.rules.document import outline
from ledger.rules.findings import Finding, RulebookInvalid
from ledger.rules.forms import FAULT, Choice, Name, Reading, Whole, said
from ledger.rules.parts import Many, Note, Part, Text

TEMPLATES = ("three_reviews", "five_deliberations", "joint_meeting", "five_sources")
KINDS = ("rulebook", "lapse_policy", "redemption_policy", "price_list", "resolution")
"""What can be proposed. A policy of lapse or redemption is a next rulebook that differs in nothing else."""
ACTS = ("propose", "review", "publish")
ROLES = ("organiser", "reviewer", "desk", "admin", "auditor")
CARRIED_BY = {"majority_of_present": Fraction(1, 2), "two_thirds_of_present": Fraction(2, 3), "all_present": None}
"""How a body agrees: with more than half, with two thirds or more, or with all of those present."""
DAYS_MAX = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Who deliberates in a stage, and when it has agreed."""

    id: str = said(Name(), "编号", "id")
    title: Text = said(Part(Text), "名称", "title")
    carried_by: str = said(Choice(tuple(CARRIED_BY)), "通过条件", "when it has agreed")

    def agrees(self, votes_for: int, present: int) -> bool:
        """Whether so many votes of so many present carry it. Half is no majority; two thirds are two thirds."""
        share = CARRIED_BY[self.carried_by]
        if share is None:
            return present > 0 and votes_for == present
        if share == Fraction(1, 2):
            return votes_for * 2 > present
        return present > 0 and votes_for * share.denominator >= present * share.numerator


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of the way: what is done, whose role may record it, which bodies must have agreed."""

    id: str = said(Name(), "编号", "id")
    title: Text = said(Part(Text), "名称", "title")
    act: str = said(Choice(ACTS), "做什么", "what is done")
    roles: tuple[str, ...] = said(Many(Choice(ROLES), unique=True), "谁可以办理", "roles that may record it")
    bodies: tuple[Body, ...] = said(Many(Part(Body)), "哪些组织审议", "bodies that deliberate", default=())
    days_before_in_force: int = said(
        Whole(1, DAYS_MAX), "公开后至少几天生效", "days between publication and effect, at least", default=1
    )

    def check(self, note: Note) -> None:
        if self.act == "review" and not self.bodies:
            note("bodies", "审议环节要写明由谁审议", "a review needs the bodies that hold it")
        if len({body.id for body in self.bodies}) < len(self.bodies):
            note("bodies", "同一组织写了两次", "the same body is there twice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A way to a decision, from the proposal to its publication."""

    id: str = said(Name(), "编号", "id")
    version: int = said(Whole(1, 999_999_999), "版本", "version")
    title: Text = said(Part(Text), "名称", "title")
    decides: tuple[str, ...] = said(Many(Choice(KINDS), unique=True), "可决定", "what it decides")
    stages: tuple[Stage, ...] = said(Many(Part(Stage), least=2), "环节", "stages")

    @property
    def name(self) -> str:
        return f"{self.id} {self.version}"

    def check(self, note: Note) -> None:
        if len({stage.id for stage in self.stages}) < len(self.stages):
            note("stages", "同一环节写了两次", "the same stage is there twice")
        for index, stage in enumerate(self.stages):
            last = len(self.stages) - 1
            wanted = "propose" if index == 0 else "publish" if index == last else "review"
            if stage.act != wanted:
                zh = f"第一个环节是提议, 最后一个是公开, 中间是审议: 这里应为 {wanted}"
                en = f"the first proposes, the last publishes, those between review: this one must {wanted}"
                note(f"stages[{index}].act", zh, en)

    def stage(self, id: str) -> Stage | None:
        return next((stage for stage in self.stages if stage.id == id), None)


@lru_cache(maxsize=64)
def read_template(document: str) -> Template:
    """The template of a text. Raises RulebookInvalid with every fault: line, field, mend."""
    findings: list[Finding] = []
    reading = Reading(findings, 0)
    made = Part(Template).read(outline(document, findings), "", reading)
    if findings or made is FAULT or not isinstance(made, Template):
        raise RulebookInvalid(findings)
    return made


def template_text(id: str) -> str:
    """The text of one of the bank's templates. KeyError for a name that is not in TEMPLATES."""
    if id not in TEMPLATES:
        raise KeyError(f"no template {id!r}; there are {', '.join(TEMPLATES)}")
    return (files("ledger.governance") / "templates" / f"{id}.yaml").read_text(encoding="utf-8")


def templates() -> list[Template]:
    """All templates of the bank, the first is the one for what governs it."""
    return [read_template(template_text(id)) for id in TEMPLATES]
