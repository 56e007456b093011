"""A beancount (v3) journal of the bank: `bean-check bank.beancount` proves its sums without a line of ours."""

from __future__ import annotations

from pathlib import Path

from ledger.reading.exports.chronicle import Chronicle
from ledger.reading.exports.folder import sheet
from ledger.reading.exports.journal import (
    Amounts,
    account_name,
    commodity,
    month_ends,
    next_day,
    one_line,
    span_of,
    units_of,
)
from ledger.reading.proofs.standings import Leg
from ledger.store.reads import TransactionRead

FILE = "bank.beancount"


def write(chronicle: Chronicle, folder: Path) -> None:
    amounts = Amounts(chronicle.charter.points_scale)
    with sheet(folder / FILE) as file:
        file.write(
            f'option "title" {_quoted(chronicle.charter.name)}\n; seq {chronicle.seq}, root {chronicle.root}\n\n'
        )
        span = span_of(chronicle)
        if span is None:
            return
        first, last = span
        for unit in units_of(chronicle):
            file.write(f"{first} commodity {commodity(unit)}\n")
        file.write("\n")
        for standing in chronicle.accounts.values():
            file.write(
                f"{first} open {account_name(standing)} {commodity(standing.unit_id)}\n  account: {standing.id}\n"
            )
        file.write("\n")
        for transaction, legs in chronicle:
            file.write(_transaction(transaction, legs, amounts))
        # `~ 0`: beancount would otherwise forgive a difference of one smallest unit.
        for standing, ends, balance in month_ends(chronicle, last):
            amount = f"{amounts.text(standing.unit_id, balance)} ~ 0 {commodity(standing.unit_id)}"
            file.write(f"{next_day(ends)} balance {account_name(standing)} {amount}\n")
        file.write("\n")
        for standing in chronicle.accounts.values():
            amount = f"{amounts.text(standing.unit_id, standing.stored_balance)} ~ 0 {commodity(standing.unit_id)}"
            file.write(f"{next_day(last)} balance {account_name(standing)} {amount}\n")


def _transaction(transaction: TransactionRead, legs: list[Leg], amounts: Amounts) -> str:
    undone = transaction.reverses
    link = "" if undone is None else f" ^seq-{undone}"
    lines = [
        f'{transaction.effective_on} * "{transaction.kind}" ^seq-{transaction.seq}{link}',
        f"  seq: {transaction.seq}",
        f'  kind: "{transaction.kind}"',
    ]
    if undone is not None:
        lines.append(f"  reverses: {undone}")
    if transaction.rulebook_code is not None:
        lines.append(f"  rulebook: {_quoted(f'{transaction.rulebook_code} {transaction.rulebook_version}')}")
    for leg in legs:
        unit = commodity(leg.unit_id)
        lines.append(f"  {account_name(leg.debit)}  {amounts.text(leg.unit_id, -leg.amount)} {unit}")
        lines.append(f"  {account_name(leg.credit)}  {amounts.text(leg.unit_id, leg.amount)} {unit}")
    return "\n".join(lines) + "\n\n"


def _quoted(words: str) -> str:
    return '"' + one_line(words).replace("\\", "\\\\").replace('"', '\\"') + '"'
