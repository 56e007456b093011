"""What an assessment may ask of the past, answered from the books: deeds by their marks, balances by accounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ledger.core.accounts import NEVER, POINTS, AccountKey, Purpose
from ledger.core.books import Books
from ledger.rules import Deed, HistoryKey, Rulebook, Tally, needs
from ledger.service.crediting import owner_of


def asked_of_deeds(rulebook: Rulebook, deed: Deed) -> Sequence[HistoryKey]:
    """The questions to earlier deeds; balances are known from the accounts."""
    keys = needs(rulebook, deed)
    return [key for key in keys if key.of != "balance"] if keys else keys


def answered(facts: Books, rulebook: Rulebook, deed: Deed) -> dict[HistoryKey, Tally]:
    """The history that `deed` is assessed with, as it stands now."""
    keys = needs(rulebook, deed)
    if not keys:
        return {}
    past = facts.past.of([key for key in keys if key.of != "balance"])
    return {key: Tally(points=held(facts, deed, key)) if key.of == "balance" else past[key] for key in keys}


def held(facts: Books, deed: Deed, key: HistoryKey) -> int:
    """What the account of a balance key holds: what can be spent or is held, less what is owed. Nothing where the deed
    has no such account.
    """
    if key.subject is None:
        return 0
    owner = owner_of(deed, key.by)
    debt = facts.balance(AccountKey(owner, Purpose.DEBT, POINTS, NEVER))
    return (
        debt
        + sum(_balances(facts.usable(owner, Purpose.WALLET, POINTS)))
        + sum(_balances(facts.lots(owner, Purpose.HELD, POINTS)))
    )


def _balances(lots: Iterable[tuple[AccountKey, int]]) -> Iterable[int]:
    return (balance for _, balance in lots)
