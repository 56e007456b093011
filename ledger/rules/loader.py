"""From the text of a rulebook to a Rulebook, or to everything that is wrong with it at once.

The form is closed: named fields only, no expressions. What cannot be meant is refused with a sentence that says so,
never ignored, because a rule that is silently dropped is a wrong award.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ledger.rules.checks import check_whole
from ledger.rules.document import Node, outline
from ledger.rules.findings import Finding, RulebookInvalid
from ledger.rules.forms import FAULT, Reading
from ledger.rules.parts import Part
from ledger.rules.rulebook import Rulebook

POINTS_SCALE_MAX = 2
FORM = Part(Rulebook)
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def load(document: str, *, points_scale: int) -> Rulebook:
    """The rulebook written in `document` (YAML), its amounts in smallest units of a bank with `points_scale` decimals.

    Raises RulebookInvalid with all findings. ValueError for a `points_scale` outside 0 to 2.
    """
    if not 0 <= points_scale <= POINTS_SCALE_MAX:
        raise ValueError(f"points_scale must be 0 to {POINTS_SCALE_MAX}: {points_scale}")
    findings: list[Finding] = []
    return built(outline(document, findings), findings, points_scale)


def built(root: Node, findings: list[Finding], points_scale: int) -> Rulebook:
    """The rulebook of a tree of nodes. Raises RulebookInvalid."""
    reading = Reading(findings, points_scale)
    book = FORM.read(root, "", reading)
    if book is not FAULT and not findings:
        book = replace(book, points_scale=points_scale)
        check_whole(book, reading.note)
    if findings or not isinstance(book, Rulebook):
        raise RulebookInvalid(findings)
    return book


def rulebook_schema() -> dict[str, Any]:
    """The form of a rulebook as JSON Schema, draft 2020-12: what it refuses, `load` refuses too."""
    definitions: dict[str, Any] = {}
    form = FORM.outline(definitions)
    head = {"$schema": DIALECT, "$id": "/rulebook.schema.json", "title": "积分规则 / points rulebook"}
    return head | form | {"$defs": dict(sorted(definitions.items()))}
