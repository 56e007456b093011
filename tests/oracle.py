"""A second opinion on a bank, from its rows alone: apart from its own `check`, sharing no code with the ledger.

What this finds wrong is wrong; `pioneer check` must find it too. It reads everything, so it is for small books.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, text

from ledger.store.engines import Store

NEVER_NEGATIVE = {"wallet", "held", "donate_only", "honour", "clocked", "honorary", "stock"}
PERSONS = {"volunteer", "household", "group"}
DISCLOSED = {
    "opening": "process", "claim": "process", "review": "process", "claim_step": "process",
    "award": "result", "deed": "result",
    "redemption": "result", "stock_receipt": "result", "adjustment": "process", "reversal": "process",
    "lapse": "result", "pooling": "result", "donation": "result", "closing": "process", "merge": "process",
    "founding": "decision", "proposal_step": "process", "rulebook": "decision", "price_list": "decision",
    "resolution": "decision", "certificate": "result", "certificate_end": "process",
    "key_change": "process", "epoch_change": "process",
    "reservation": "result", "reservation_release": "result",
    "stock_transfer": "result", "stock_report": "process", "stock_settlement": "result", "desk_session": "process",
    "star_change": "process", "star_decision": "result",
    "notice": "process", "objection": "process", "objection_resolution": "process",
    "dispute": "process", "dispute_answer": "process",
}  # fmt: skip
RECORDS = {
    "award": "service_record", "claim": "service_claim", "review": "service_review", "claim_step": "claim_step",
    "deed": "deed",
    "redemption": "redemption", "stock_receipt": "stock_receipt",
    "certificate": "certificate", "certificate_end": "certificate_end",
    "stock_transfer": "stock_transfer", "stock_report": "stock_report", "stock_settlement": "stock_settlement",
    "desk_session": "desk_session",
    "reservation": "reservation", "reservation_release": "reservation_release",
    "star_change": "star_change", "star_decision": "star_decision",
    "notice": "notice", "objection": "objection", "objection_resolution": "objection_resolution",
    "dispute": "dispute", "dispute_answer": "dispute_answer",
}  # fmt: skip

Row = dict[str, Any]


def faults(store: Store) -> list[str]:
    """Everything that is wrong with this bank; nothing if it is sound."""
    with store.snapshot() as connection:
        books = Everything(connection)
    return [*_order(books), *_balances(books), *_bytes(books), *_tree(books), *_keys(books), *_records(books)]


class Everything:
    """All rows of the ledger's tables, in order."""

    def __init__(self, connection: Connection) -> None:
        def rows(table: str, order: str) -> list[Row]:
            found = connection.execute(text(f'SELECT * FROM "{table}" ORDER BY {order}'))  # noqa: S608
            return [dict(row) for row in found.mappings()]

        self.head = rows("head", "id")[0]
        self.accounts = {row["id"]: row for row in rows("account", "id")}
        self.transactions = rows("transaction", "seq")
        self.transfers = rows("transfer", "seq, leg")
        self.private = {row["seq"]: row for row in rows("private", "seq")}
        self.commands = rows("command", "client, key")
        self.roots = rows("tree_root", "size")
        self.nodes = rows("tree_node", "level, position")
        self.records = {table: rows(table, "seq") for table in RECORDS.values()}
        self.items = rows("redemption_item", "redemption_id, line")
        self.prizes = rows("prize", "unit_id")
        self.refunds = rows("refund", "seq")
        self.goods = rows("stock_transfer_item", "transfer_id, line")
        self.lines = rows("stock_report_line", "report_id, line")
        self.legs: dict[int, list[Row]] = defaultdict(list)
        for transfer in self.transfers:
            self.legs[transfer["seq"]].append(transfer)
        self.reversed = {row["reverses"] for row in self.transactions if row["reverses"] is not None}


def _order(books: Everything) -> Iterator[str]:
    seqs = [row["seq"] for row in books.transactions]
    if seqs != list(range(1, len(seqs) + 1)):
        yield f"seq has gaps: {seqs}"
    if books.head["seq"] != len(seqs):
        yield f"head stands at {books.head['seq']}, there are {len(seqs)} transactions"
    if len(books.accounts) != books.head["account_last"]:
        yield f"{len(books.accounts)} accounts, the head says {books.head['account_last']}"
    instants = [row["recorded_at"] for row in books.transactions]
    if any(later <= earlier for earlier, later in pairwise(instants)):
        yield "recorded_at does not increase"
    undone = [row["reverses"] for row in books.transactions if row["reverses"] is not None]
    if len(undone) != len(set(undone)):
        yield "a transaction was reversed twice"


def _balances(books: Everything) -> Iterator[str]:
    balance: dict[int, int] = defaultdict(int)
    entries: dict[int, int] = defaultdict(int)
    for leg in books.transfers:
        where = f"seq {leg['seq']} leg {leg['leg']}"
        debit, credit = leg["debit_account_id"], leg["credit_account_id"]
        if {books.accounts[debit]["unit_id"], books.accounts[credit]["unit_id"]} != {leg["unit_id"]}:
            yield f"{where} crosses units"
        if leg["amount"] <= 0:
            yield f"{where} moves {leg['amount']}"
        balance[debit] -= leg["amount"]
        balance[credit] += leg["amount"]
        entries[debit] += 1
        entries[credit] += 1
        if (leg["debit_balance"], leg["credit_balance"]) != (balance[debit], balance[credit]):
            yield f"{where} stores other balances than its legs add up to"
        for id in (debit, credit):
            purpose = books.accounts[id]["purpose"]
            if (purpose in NEVER_NEGATIVE and balance[id] < 0) or (purpose == "debt" and balance[id] > 0):
                yield f"{where} brings {purpose} account {id} to {balance[id]}"
    sums: dict[int, int] = defaultdict(int)
    for id, account in books.accounts.items():
        sums[account["unit_id"]] += account["balance"]
        if (account["balance"], account["entries"]) != (balance[id], entries[id]):
            yield f"account {id} stores {account['balance']} after {account['entries']}, its legs say {balance[id]}"
    yield from (f"unit {unit} adds up to {total}" for unit, total in sums.items() if total)


def _bytes(books: Everything) -> Iterator[str]:
    """Each entry is rebuilt from its rows and must give its leaf; each opening must give its commitment."""
    entries: dict[int, int] = defaultdict(int)
    for row in books.transactions:
        legs = []
        for leg in books.legs[row["seq"]]:
            sides = [(leg["debit_account_id"], leg["debit_balance"]), (leg["credit_account_id"], leg["credit_balance"])]
            for id, _ in sides:
                entries[id] += 1
            legs.append([number for id, after in sides for number in (id, entries[id], after)])
        private = books.private.get(row["seq"])
        if private is None:
            yield f"seq {row['seq']} has no private part"
        elif private["salt"] is not None:
            opening = private["opening"].encode()
            if hmac.new(bytes(private["salt"]), opening, hashlib.sha256).digest() != bytes(row["commitment"]):
                yield f"seq {row['seq']} was not committed to its private part"
            if json.loads(opening)["legs"] != legs:
                yield f"seq {row['seq']} opens to other legs than it has"
        if hashlib.sha256(b"\0" + entry_bytes(books, row)).digest() != bytes(row["leaf_hash"]):
            yield f"seq {row['seq']} has another leaf than its rows give"


def entry_bytes(books: Everything, row: Row) -> bytes:
    """The public entry of a transaction, spelled from its rows."""
    entry: Row = {
        "v": 1,
        "seq": row["seq"],
        "kind": f"{DISCLOSED[row['kind']]}.{row['kind']}",
        "on": str(row["effective_on"]),
        "moves": [
            {
                "debit": _public(books.accounts[leg["debit_account_id"]]),
                "credit": _public(books.accounts[leg["credit_account_id"]]),
                "unit": {1: "points", 2: "minutes"}.get(leg["unit_id"], f"prize:{leg['unit_id']}"),
                "amount": leg["amount"],
            }
            for leg in books.legs[row["seq"]]
        ],
        "detail": json.loads(row["detail"]),
        "private": bytes(row["commitment"]).hex(),
    }
    if row["rulebook_code"] is not None:
        entry["rulebook"] = {"code": row["rulebook_code"], "version": row["rulebook_version"]}
    if row["reverses"] is not None:
        entry["reverses"] = row["reverses"]
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _public(account: Row) -> str:
    if account["owner_kind"] in PERSONS:
        return f"person/{account['purpose']}"
    return f"{account['owner_kind']}:{account['owner_id']}/{account['purpose']}"


def _tree(books: Everything) -> Iterator[str]:
    leaves = [bytes(row["leaf_hash"]) for row in books.transactions]
    subtree = naive_tree(leaves)
    for root in books.roots:
        if root["size"] > len(leaves) or subtree(0, root["size"]) != bytes(root["hash"]):
            yield f"the root over {root['size']} entries is another"
    if leaves and (not books.roots or books.roots[-1]["size"] != len(leaves)):
        yield "the last entries have no root"
    wanted = {
        (level, position): subtree(position << level, (position + 1) << level)
        for level in (8, 16)
        for position in range(len(leaves) >> level)
    }
    if {(node["level"], node["position"]): bytes(node["hash"]) for node in books.nodes} != wanted:
        yield "the stored tree nodes are others than the leaves give"


def naive_tree(leaves: Sequence[bytes]) -> Any:
    """MTH(leaves[start:end]) as RFC 6962 section 2.1 writes it down, remembering subtrees."""

    @cache
    def subtree(start: int, end: int) -> bytes:
        size = end - start
        if size == 0:
            return hashlib.sha256(b"").digest()
        if size == 1:
            return leaves[start]
        split = 1
        while split * 2 < size:
            split *= 2
        return hashlib.sha256(b"\1" + subtree(start, start + split) + subtree(start + split, end)).digest()

    return subtree


def _keys(books: Everything) -> Iterator[str]:
    posted = sorted(row["seq"] for row in books.commands if row["outcome"] == "posted")
    if posted != [row["seq"] for row in books.transactions]:
        yield "transactions and the keys that posted them are not one to one"
    for row in books.commands:
        answer = json.loads(row["answer"])
        if row["outcome"] == "posted" and answer.get("transaction_seq") != row["seq"]:
            yield f"key {row['key']} answers with another seq than it posted"
        if row["outcome"] == "refused" and (row["seq"] is not None or "code" not in answer):
            yield f"key {row['key']} was refused and yet posted"


def _records(books: Everything) -> Iterator[str]:
    for kind, table in RECORDS.items():
        posted = [row["seq"] for row in books.transactions if row["kind"] == kind]
        if [record["seq"] for record in books.records[table]] != posted:
            yield f"{table} and its transactions are not one to one"
    for record in books.records["service_record"]:
        minutes = sum(leg["amount"] for leg in books.legs[record["seq"]] if leg["unit_id"] == 2)
        points = sum(
            leg["amount"]
            for leg in books.legs[record["seq"]]
            if leg["unit_id"] == 1 and books.accounts[leg["debit_account_id"]]["purpose"] != "wallet"  # renewed
        )
        if (minutes, points) != (record["minutes"], record["points"]):
            yield f"seq {record['seq']} posted other hours or points than its record says"
    for deed in books.records["deed"]:
        legs = books.legs[deed["seq"]]
        given = [leg["amount"] for leg in legs if books.accounts[leg["debit_account_id"]]["purpose"] == "issuance"]
        taken = [leg["amount"] for leg in legs if books.accounts[leg["credit_account_id"]]["purpose"] == "issuance"]
        if sum(given) - sum(taken) != deed["points"] or any(leg["unit_id"] != 1 for leg in legs):
            yield f"seq {deed['seq']} moved other points than its deed says, or hours"
    yield from _reviews(books)
    units = {prize["id"]: prize["unit_id"] for prize in books.prizes}
    shelves: dict[tuple[str, int], int] = defaultdict(int)
    for receipt in books.records["stock_receipt"]:
        if receipt["seq"] not in books.reversed:
            shelves[str(receipt["desk_id"]), units[receipt["prize_id"]]] += receipt["quantity"]
    handed = {row["id"]: row for row in books.records["redemption"] if row["seq"] not in books.reversed}
    for item in books.items:
        if item["redemption_id"] in handed:
            shelves[str(handed[item["redemption_id"]]["desk_id"]), units[item["prize_id"]]] -= item["quantity"]
    for (desk, prize), quantity in _settled(books):
        shelves[desk, units[prize]] += quantity
    stocked: dict[tuple[str, int], int] = defaultdict(int)
    for account in books.accounts.values():
        if account["purpose"] == "stock" or (account["purpose"], account["owner_kind"]) == ("held", "desk"):
            stocked[str(account["owner_id"]), account["unit_id"]] += account["balance"]
    if {key: left for key, left in shelves.items() if left} != {key: left for key, left in stocked.items() if left}:
        yield f"stock in the book {dict(stocked)}, by its receipts and redemptions {dict(shelves)}"


def _settled(books: Everything) -> Iterator[tuple[tuple[str, Any], int]]:
    """What transfers and confirmed reports brought to each desk, of each prize, or took from it."""
    transfers = {row["id"]: row for row in books.records["stock_transfer"]}
    for item in books.goods:
        transfer = transfers[item["transfer_id"]]
        yield (str(transfer["from_desk_id"]), item["prize_id"]), -item["quantity"]
        yield (str(transfer["to_desk_id"]), item["prize_id"]), item["quantity"]
    spoiled = {row["redemption_id"] for row in books.refunds if row["goods"] == "damaged"}
    handed = {row["id"]: str(row["desk_id"]) for row in books.records["redemption"] if row["id"] in spoiled}
    yield from (
        ((handed[item["redemption_id"]], item["prize_id"]), -item["quantity"])
        for item in books.items
        if item["redemption_id"] in handed
    )
    desks = {row["id"]: str(row["desk_id"]) for row in books.records["stock_report"]}
    reporters = {row["id"]: row["reported_by"] for row in books.records["stock_report"]}
    confirmed = {row["report_id"] for row in books.records["stock_settlement"] if row["decision"] == "confirm"}
    if any(row["settled_by"] == reporters[row["report_id"]] for row in books.records["stock_settlement"]):
        raise AssertionError("somebody settled a stock report of their own")
    for line in books.lines:
        if line["report_id"] in confirmed:
            yield (desks[line["report_id"]], line["prize_id"]), line["counted"] - line["expected"]


def _reviews(books: Everything) -> Iterator[str]:
    """Hours that nobody clocked were looked at by two who did not record them."""
    approved: dict[str, set[str]] = defaultdict(set)
    for review in books.records["service_review"]:
        if review["decision"] == "approve":
            approved[str(review["claim_id"])].add(str(review["reviewed_by"]))
    for record in books.records["service_record"]:
        others = approved[str(record["id"])] - {str(record["recorded_by"])}
        if record["capture_method"] in ("backfilled", "declared") and len(others) < 2:
            yield f"seq {record['seq']} is back-filled and {len(others)} approved it"
    posted = {str(record["id"]): record for record in books.records["service_record"]}
    ended = [row for row in books.records["service_review"] if row["decision"] == "reject"]
    ended += [row for row in books.records["claim_step"] if row["step"] in ("withdraw", "void")]
    for row in ended:
        if str(row["claim_id"]) in posted:
            yield f"seq {posted[str(row['claim_id'])]['seq']} was posted, and seq {row['seq']} had ended it"
    for record in posted.values():
        if record["corrects"] is not None and posted[str(record["corrects"])]["seq"] not in books.reversed:
            yield f"seq {record['seq']} stands for a record that stands too"
