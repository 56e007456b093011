"""The books as CSV files: transactions, transfers, accounts, and beside them the registers that a report counts by.
Amounts are integers in the smallest unit.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

from ledger.core.cells import Cell, neutralised
from ledger.core.entries import unit_name
from ledger.reading.exports.chronicle import Chronicle
from ledger.reading.exports.folder import sheet
from ledger.store.register_streams import REGISTERS, register

TRANSACTIONS, TRANSFERS, ACCOUNTS = "transactions.csv", "transfers.csv", "accounts.csv"
TRANSACTION_COLUMNS = (
    *("seq", "id", "kind", "effective_on", "recorded_at", "detail", "rulebook_code", "rulebook_version"),
    *("reverses", "commitment", "leaf_hash"),
)
TRANSFER_COLUMNS = (
    *("seq", "leg", "debit_account_id", "credit_account_id", "unit", "amount"),
    *("debit_balance", "credit_balance"),
)
ACCOUNT_COLUMNS = (
    *("id", "owner_kind", "owner_id", "purpose", "unit", "expires_on"),
    *("opened_seq", "balance", "entries"),
)


def write(chronicle: Chronicle, folder: Path) -> None:
    with sheet(folder / TRANSACTIONS) as transactions, sheet(folder / TRANSFERS) as transfers:
        head, body = csv.writer(transactions), csv.writer(transfers)
        head.writerow(TRANSACTION_COLUMNS)
        body.writerow(TRANSFER_COLUMNS)
        for row, legs in chronicle:
            cells: list[Cell] = [row.seq, row.id, row.kind, row.effective_on, _instant(row.recorded_at), row.detail]
            cells += [row.rulebook_code, row.rulebook_version, row.reverses, row.commitment.hex(), row.leaf_hash.hex()]
            head.writerow(map(neutralised, cells))
            for leg in legs:
                moved: list[Cell] = [row.seq, leg.row.leg, leg.debit.id, leg.credit.id, unit_name(leg.unit_id)]
                moved += [leg.amount, leg.row.debit_balance, leg.row.credit_balance]
                body.writerow(map(neutralised, moved))
    with sheet(folder / ACCOUNTS) as accounts:
        list_ = csv.writer(accounts)
        list_.writerow(ACCOUNT_COLUMNS)
        for standing in chronicle.accounts.values():
            kept: list[Cell] = [standing.id, standing.owner_kind, standing.owner_id, standing.purpose]
            kept += [unit_name(standing.unit_id), standing.expires_on, standing.opened_seq]
            kept += [standing.stored_balance, standing.stored_entries]
            list_.writerow(map(neutralised, kept))

    for name, (columns, _) in REGISTERS.items():
        with sheet(folder / f"{name}.csv") as file:
            kept_in = csv.writer(file)
            kept_in.writerow(columns)
            for made in register(chronicle.view, name):
                kept_in.writerow(map(neutralised, made))


def _instant(microseconds: int) -> str:
    seconds, rest = divmod(microseconds, 1_000_000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:06}Z"
