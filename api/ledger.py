"""The ledger as its auditor reads it: transactions, accounts at any seq, the trial balance. No names, no private
reasons.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import Field
from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Day, Form, WholeParameter, Word
from api.pagination import Keyset, PageQuery
from api.problems import Problem, unknown
from api.receipts import PROOF, proof_file
from api.rendering import Answer, instant
from api.routes import Call, Routes
from api.scopes import Scope
from ledger.core.accounts import NEVER
from ledger.core.entries import unit_name
from ledger.log import receipts
from ledger.reading import books

routes = Routes("ledger")
_keyset = Keyset(int)


class AccountQuery(Form):
    """Right after which transaction; now, if left out."""

    as_of_seq: WholeParameter | None = None


class TransactionsQuery(PageQuery):
    """Of one kind, and effective on these days, both included."""

    kind: Word | None = None
    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")


class TransferAnswer(TypedDict):
    """One leg: both sides, and both balances after it."""

    leg: int
    unit: str
    amount: int
    debit_account_id: int
    debit_balance: int
    credit_account_id: int
    credit_balance: int


class RulebookReference(TypedDict):
    """Under which rules."""

    code: str
    version: int


class TransactionAnswer(TypedDict):
    """One transaction. `leaf_hash` is its leaf in the bank's tree; `commitment` stands for its private part."""

    seq: int
    id: str
    kind: str
    effective_on: str
    recorded_at: str
    actor_id: str
    detail: dict[str, str | int]
    rulebook: RulebookReference | None
    reverses: int | None
    reversed_by: int | None
    commitment: str
    leaf_hash: str
    transfers: list[TransferAnswer]


class AccountAnswer(TypedDict):
    """An account, and what it held right after transaction `as_of_seq`; now, where that is null."""

    id: int
    owner_kind: str
    owner_id: str
    purpose: str
    unit: str
    expires_on: str | None
    opened_seq: int
    entries: int
    balance: int
    as_of_seq: int | None


class TrialRowAnswer(TypedDict):
    """All accounts of one purpose in one unit."""

    unit: str
    purpose: str
    accounts: int
    debit: int
    credit: int


class TrialBalanceAnswer(TypedDict):
    """Debits and credits of each unit are equal."""

    as_of_seq: int
    items: list[TrialRowAnswer]


@routes.get("/ledger/transactions", scope=Scope.LEDGER_READ, query=TransactionsQuery, answer=page_of(TransactionAnswer))
def transactions(call: Call, query: TransactionsQuery) -> Answer:
    """List transactions, the newest first."""
    _refuse_parts(call)
    after = _keyset.after(query)
    found = books.transactions(
        call.bank,
        after=after[0] if after else None,
        limit=query.limit,
        kind=query.kind,
        since=query.since,
        until=query.until,
    )
    return _keyset.answer(found, _told)


@routes.get("/ledger/transactions/<seq:seq>", scope=Scope.LEDGER_READ, answer=TransactionAnswer)
def transaction(call: Call, seq: int) -> Mapping[str, Any]:
    """Read one transaction."""
    _refuse_parts(call)
    found = books.transaction(call.bank, seq)
    return _told(found) if found else unknown()


@routes.get("/ledger/transactions/<seq:seq>/proof", scope=Scope.LEDGER_READ, answer=str, media_type=PROOF)
def proof(call: Call, seq: int) -> Answer:
    """Take the proof away that a transaction is in the log; it tells nothing of the transaction itself."""
    _refuse_parts(call)
    if books.transaction(call.bank, seq) is None:
        unknown()
    [found] = receipts.of(call.bank, [seq])
    return proof_file(call, found, bare=True)


@routes.get("/ledger/accounts/<seq:account_id>", scope=Scope.LEDGER_READ, query=AccountQuery, answer=AccountAnswer)
def account(call: Call, account_id: int, query: AccountQuery) -> AccountAnswer:
    """Read an account, now or as it was."""
    _refuse_parts(call)
    found = books.account(call.bank, account_id, as_of_seq=query.as_of_seq)
    if found is None:
        unknown()
    made, balance = found
    return {
        "id": made.id,
        "owner_kind": made.key.owner.kind,
        "owner_id": str(made.key.owner.id),
        "purpose": made.key.purpose,
        "unit": unit_name(made.key.unit),
        "expires_on": None if made.key.expires_on == NEVER else made.key.expires_on.isoformat(),
        "opened_seq": made.opened_seq,
        "entries": made.entries,
        "balance": balance,
        "as_of_seq": query.as_of_seq,
    }


@routes.get("/ledger/trial-balance", scope=Scope.LEDGER_READ, answer=TrialBalanceAnswer)
def trial_balance(call: Call) -> TrialBalanceAnswer:
    """Add all accounts up."""
    _refuse_parts(call)
    seq, rows = books.trial_balance(call.bank)
    return {
        "as_of_seq": seq,
        "items": [
            {
                "unit": row.unit,
                "purpose": row.purpose,
                "accounts": row.accounts,
                "debit": row.debit,
                "credit": row.credit,
            }
            for row in rows
        ],
    }


def _refuse_parts(call: Call) -> None:
    """The books are one: only who audits the whole bank reads them. Refuses 403 to auditors of a part."""
    if not any(path.count("/") == 1 for path in call.within):
        raise Problem(
            "insufficient_scope",
            detail=("只有全行监督员可以查阅总账", "only an auditor of the whole bank reads the ledger"),
        )


def _told(row: Mapping[str, Any]) -> TransactionAnswer:
    code = row["rulebook_code"]
    return {
        "seq": row["seq"],
        "id": str(row["id"]),
        "kind": row["kind"],
        "effective_on": row["effective_on"].isoformat(),
        "recorded_at": instant(row["recorded_at"]),
        "actor_id": str(row["actor_id"]),
        "detail": json.loads(row["detail"]),
        "rulebook": None if code is None else {"code": code, "version": row["rulebook_version"]},
        "reverses": row["reverses"],
        "reversed_by": row["reversed_by"],
        "commitment": row["commitment"].hex(),
        "leaf_hash": row["leaf_hash"].hex(),
        "transfers": [
            {
                "leg": move["leg"],
                "unit": unit_name(move["unit_id"]),
                "amount": move["amount"],
                "debit_account_id": move["debit_account_id"],
                "debit_balance": move["debit_balance"],
                "credit_account_id": move["credit_account_id"],
                "credit_balance": move["credit_balance"],
            }
            for move in row["transfers"]
        ],
    }
