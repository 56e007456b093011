"""What an insider may try, one row at a time."""

from __future__ import annotations

from tests.reading.cases.books import BOOKS
from tests.reading.cases.case import WORDS, Case
from tests.reading.cases.governing import GOVERNING
from tests.reading.cases.notices import NOTICES
from tests.reading.cases.prizes import PRIZES
from tests.reading.cases.service import SERVICE

__all__ = ["CASES", "WORDS"]

CASES: dict[str, Case] = BOOKS | NOTICES | SERVICE | GOVERNING | PRIZES
