"""A no of the bank."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A no with its facts. Facts are strings and integers, and never personal: they are remembered under the
    request's key.
    """

    code: ClassVar[str]
    zh: ClassVar[str]
    en: ClassVar[str]

    def facts(self) -> dict[str, Any]:
        return asdict(self)

    def sentence(self, language: str) -> str:
        """The reason as the clerk reads it out; `language` is "zh" or "en"."""
        return (self.zh if language == "zh" else self.en).format_map(self.facts())


class Refused(Exception):
    """A catalogue change that the bank says no to: nothing was changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
