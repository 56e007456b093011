"""What a demo's year came to, and the name by which a demo is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from ledger.demo.identities import Identity


@dataclass(slots=True)
class Built:
    """What the year came to."""

    organisations: int = 0
    estates: int = 0
    volunteers: int = 0
    shared_names: int = 0
    activities: int = 0
    records: int = 0
    prizes_redeemed: int = 0
    redemptions: int = 0
    refused: int = 0
    reversed: int = 0
    debts: int = 0
    lapsed_lots: int = 0
    transactions: int = 0
    refunded: int = 0
    requests: int = 0
    requests_closed: int = 0
    wishes_granted: int = 0
    in_debt_no: str = ""
    """Number of a volunteer in debt after a reversal."""
    busiest_no: str = ""
    """Number of the volunteer with the most redemptions."""

    identities: list[Identity] = field(default_factory=list)
    """Volunteers who can sign in at a paired device."""

    ORIGIN: ClassVar[str] = "demo.pioneer.example"
    """The origin by which a demo bank is known, so that a new demo never writes over a real one."""
