"""An hledger journal of the bank: `hledger check --strict -f bank.journal` proves its sums without a line of ours.

Transactions stand in the order of seq; hledger itself puts them and the assertions at the end in the order of dates.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ledger.reading.exports.chronicle import Chronicle
from ledger.reading.exports.folder import sheet
from ledger.reading.exports.journal import (
    Amounts,
    account_name,
    commodity,
    month_ends,
    one_line,
    span_of,
    units_of,
)
from ledger.reading.proofs.standings import Leg, Standing
from ledger.store.reads import TransactionRead

FILE = "bank.journal"


def write(chronicle: Chronicle, folder: Path) -> None:
    amounts = Amounts(chronicle.charter.points_scale)
    with sheet(folder / FILE) as file:
        name = one_line(chronicle.charter.name)
        file.write(f"; {name}\n; seq {chronicle.seq}, root {chronicle.root}\n\ndecimal-mark .\n")
        for unit in units_of(chronicle):
            file.write(f"commodity 1000.{'0' * amounts.scale_of(unit)} {_commodity(unit)}\n")
        file.write("\n")
        for standing in chronicle.accounts.values():
            file.write(f"account {account_name(standing)}  ; account:{standing.id}\n")
        file.write("\n")
        for transaction, legs in chronicle:
            file.write(_transaction(transaction, legs, amounts))
        span = span_of(chronicle)
        if span is None:
            return
        for standing, ends, balance in month_ends(chronicle, span[1]):
            file.write(_assertion(standing, ends, balance, amounts))
        for standing in chronicle.accounts.values():
            file.write(_assertion(standing, span[1], standing.stored_balance, amounts))


def _transaction(transaction: TransactionRead, legs: list[Leg], amounts: Amounts) -> str:
    tags = [f"seq:{transaction.seq}", f"kind:{transaction.kind}"]
    if transaction.reverses is not None:
        tags.append(f"reverses:{transaction.reverses}")
    if transaction.rulebook_code is not None:
        tags.append(f"rulebook:{one_line(transaction.rulebook_code)} {transaction.rulebook_version}")
    lines = [f"{transaction.effective_on} * (seq-{transaction.seq}) {transaction.kind}  ; {', '.join(tags)}"]
    for leg in legs:
        unit = _commodity(leg.unit_id)
        lines.append(f"    {account_name(leg.debit)}  {amounts.text(leg.unit_id, -leg.amount)} {unit}")
        lines.append(f"    {account_name(leg.credit)}  {amounts.text(leg.unit_id, leg.amount)} {unit}")
    return "\n".join(lines) + "\n\n"


def _assertion(standing: Standing, day: date, balance: int, amounts: Amounts) -> str:
    """Nothing moves; the account holds this much and nothing of another commodity."""
    unit = _commodity(standing.unit_id)
    amount = f"{amounts.text(standing.unit_id, 0)} {unit} == {amounts.text(standing.unit_id, balance)} {unit}"
    return f"{day} * balance\n    {account_name(standing)}  {amount}\n\n"


def _commodity(unit: int) -> str:
    name = commodity(unit)
    return name if name.isalpha() else f'"{name}"'
