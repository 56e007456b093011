"""What one row of the tables says, and the names in it."""

from __future__ import annotations

from dataclasses import dataclass

WORDS = {
    "nobody": "00000000-0000-4000-8000-000000000000",
    "ana_wallet": (
        "SELECT a.id FROM account a JOIN volunteer v ON v.id = a.owner_id WHERE v.name = 'ana' AND a.purpose = 'wallet'"
    ),
}
"""What the statements below mean by these names, beside the seqs of the scenario and a `hash`."""


@dataclass(frozen=True)
class Case:
    """What is done to the rows, and what must be among the findings: each code and the seq it is at, by its name."""

    sql: str
    codes: dict[str, str | None]
