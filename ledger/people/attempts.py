"""Refused logins: that there was one, and at whose account, where there is such an account. What was typed is not kept:
people type passwords into the field above.
"""

from __future__ import annotations

from uuid import UUID

from ledger.bank import Bank, By, Note
from ledger.store import rows

NOBODY = UUID(int=0)
"""The id of those who did not sign in; it is nobody's."""


def note_refused_login(bank: Bank, username: str, *, device: UUID | None = None) -> None:
    """A line of the audit: the same work, and one line, whether the name is known or not."""
    with bank.store.reading() as connection:
        row = rows.find(connection, "staff", username=username)
    subject: UUID = row["id"] if row else NOBODY
    note = Note(action="sign_in", kind="staff", subject=subject, outcome="refused")
    bank.noted(By(actor=NOBODY, kind="nobody", device=device), note)
