"""What whoever runs the bank should know of its log: whether it can be signed, and whether its anchor is apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ledger.bank import KNOWN_FAILURES, Bank, is_outage
from ledger.log import signer
from ledger.settings import Settings
from ledger.store.doctoring import Finding


def examine(settings: Settings) -> Iterator[Finding]:
    """Nothing where there is no bank to look at: that was said already."""
    try:
        bank = Bank.open(settings)
    except KNOWN_FAILURES:
        return
    except Exception as error:
        if not is_outage(error):
            raise
        return
    with bank:
        standing = signer.standing(bank)
        yield _signing(standing)
        yield from _apart(bank)


def _signing(standing: signer.Standing) -> Finding:
    against = standing.refused
    if against is None:
        said = f"{standing.origin}: {standing.entries:,} entries, signed up to {standing.published:,}"
        return Finding(level="ok", subject="log", said=said)
    said, _, mend = against.said.partition(": ")
    level = "warn" if against.code in ("key_unfit", "anchor_missing") else "fail"
    return Finding(level=level, subject="log", said=f"not signed, {said}", mend=mend)  # type: ignore[arg-type]


def _apart(bank: Bank) -> Iterator[Finding]:
    """An anchor that is restored together with the database can notice nothing."""
    anchors, file = bank.settings.log_directory, bank.store.url.database
    if bank.store.dialect != "sqlite" or not file or not anchors.exists():
        return
    if Path(file).stat().st_dev == anchors.stat().st_dev:
        mend = "name another disk by PIONEER_LOG_DIR, or ask witnesses for cosignatures"
        said = "the anchor lies on the database's own disk, and may be restored with it"
        yield Finding(level="ok", subject="anchor", said=said, mend=mend)
