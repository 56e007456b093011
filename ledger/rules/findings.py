"""What is wrong with a rulebook's text, said so that a coordinator can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault: its line (from 1), the field as a path (`rules[0].cap.minutes`; "" is the document), the mend."""

    line: int
    field: str
    zh: str
    en: str


class RulebookInvalid(Exception):
    """The text is not a rulebook. `findings` holds every fault that could be seen, in line order; it is never empty."""

    findings: tuple[Finding, ...]

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=lambda finding: finding.line))
        super().__init__(self.findings)

    def __str__(self) -> str:
        return "\n".join(f"line {f.line}: {f.field or 'document'}: {f.en}" for f in self.findings)
