"""Attempts: what the bank asks of itself has a key that follows from what it is about. A no is remembered under its key
for ever; when what stood in the way is mended, the next attempt has the next key. Of two at once both take the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.bank import Bank
from ledger.store import commands


def keys_of(bank: Bank, client: str, subjects: Sequence[str]) -> Mapping[str, str]:
    """The key for each subject: that of the posting where there was one, else one that nobody was refused under."""
    keys = {subject: subject for subject in subjects}
    attempt, pending = 0, list(subjects)
    with bank.store.reading() as connection:
        while pending:
            said_no = commands.refused(connection, client, [keys[subject] for subject in pending])
            pending = [subject for subject in pending if keys[subject] in said_no]
            attempt += 1
            keys |= {subject: f"{subject}#{attempt}" for subject in pending}
    return keys
