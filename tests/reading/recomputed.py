"""Figures added up again from an export alone (`pioneer export --format csv`): a second reckoning that shares no code
with the bank, for tests and for whoever does not believe a report.

    python tests/reading/recomputed.py DIR SEQ 2026-03-01 2026-03-31 ORGANISATION_ID
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
SPENDABLE = {"wallet", "held", "donate_only", "debt"}
PEOPLE = {"volunteer", "household", "group"}
MOVES = {"issuance": "issued", "redeemed": "redeemed", "lapsed": "lapsed", "adjustment": "adjusted"}
MOVES |= {"donated": "donated", "forfeited": "forfeited"}

Row = dict[str, str]


def read(folder: Path, name: str) -> list[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Books:
    """An export up to a seq, as one organisation and all below it has it."""

    def __init__(self, folder: Path, seq: int, organisation: str) -> None:
        self.seq = seq
        below, found = {organisation}, -1
        parents = read(folder, "organisations")
        while found != len(below):
            found = len(below)
            below |= {row["id"] for row in parents if row["parent_id"] in below}
        self.below = below
        self.transactions = {int(row["seq"]): row for row in read(folder, "transactions") if int(row["seq"]) <= seq}
        self.undone = {int(row["reverses"]) for row in self.transactions.values() if row["reverses"]}
        self.owners = [row for row in read(folder, "owners") if row["organisation_id"] in below]
        self.owned = {row["owner_id"] for row in self.owners}
        self.accounts = {row["id"]: row for row in read(folder, "accounts")}
        self.transfers = [row for row in read(folder, "transfers") if int(row["seq"]) <= seq]
        self.folder = folder

    def stands(self, seq: str) -> bool:
        return int(seq) <= self.seq and int(seq) not in self.undone

    def here(self, name: str) -> list[Row]:
        return [row for row in read(self.folder, name) if row["organisation_id"] in self.below]


def figures(folder: Path, seq: int, first: str, last: str, organisation: str) -> dict[str, Any]:
    """What a report must say of these days."""
    books = Books(folder, seq, organisation)
    return (
        service(books, first, last)
        | people(books, first, last)
        | points(books, first, last)
        | goods(books, first, last)
    )


def service(books: Books, first: str, last: str) -> dict[str, Any]:
    rows = [row for row in books.here("records") if books.stands(row["seq"]) and first <= row["done_on"] <= last]
    served = [row for row in rows if row["kind"] == "service"]
    minutes: Counter[str] = Counter()
    for row in served:
        minutes[row["capture_method"]] += int(row["minutes"])
    kinds = Counter(kind for _, kind in {(row["activity_seq"], row["activity_type"]) for row in rows} if kind)
    undone, corrected = 0, 0
    every = read(books.folder, "records")
    stood_for = {row["corrects_seq"] for row in every if row["corrects_seq"] and int(row["seq"]) <= books.seq}
    for row in books.here("records"):
        by = [one for one in books.transactions.values() if one["reverses"] == row["seq"]]
        if row["kind"] == "service" and by and first <= by[0]["effective_on"] <= last:
            corrected += row["seq"] in stood_for
            undone += row["seq"] not in stood_for
    certificates = books.here("certificates")

    def on(column: str) -> int:
        days = [
            books.transactions[int(row[column])]["effective_on"]
            for row in certificates
            if row[column] and int(row[column]) <= books.seq
        ]
        return sum(first <= day <= last for day in days)

    return {
        "active": len({row["volunteer_id"] for row in served}),
        "records": len(served),
        "minutes": minutes.total(),
        "minutes_by_method": +minutes,
        "activities": kinds.total(),
        "activities_by_type": kinds,
        "records_undone": undone,
        "records_corrected": corrected,
        "certificates_issued": on("seq"),
        "certificates_revoked": on("ended_seq"),
    }


def people(books: Books, first: str, last: str) -> dict[str, Any]:
    born = {
        row["owner_id"]: datetime.fromtimestamp(int(row["registered_at"]) / 1e6, ZONE).date().isoformat()
        for row in books.owners
        if row["owner_kind"] == "volunteer"
    }
    ends = {
        row["volunteer_id"]: books.transactions[int(row["seq"])]["effective_on"]
        for row in read(books.folder, "closings")
        if row["volunteer_id"] in born and books.stands(row["seq"])
    }
    stars: dict[str, int] = {}
    for row in read(books.folder, "stars"):
        decided = books.transactions.get(int(row["seq"]))
        if row["volunteer_id"] in born and decided and decided["effective_on"] <= last:
            stars[row["volunteer_id"]] = int(row["star_level"])
    standing = [level for who, level in stars.items() if level and ends.get(who, "9") > last]
    return {
        "volunteers": sum(day <= last for day in born.values()) - sum(day <= last for day in ends.values()),
        "volunteers_new": sum(first <= day <= last for day in born.values()),
        "volunteers_left": sum(first <= day <= last for day in ends.values()),
        "stars": Counter(standing),
    }


def points(books: Books, first: str, last: str) -> dict[str, Any]:
    opening, moves = 0, Counter[str]()

    def ours(account: Row) -> bool:
        return (
            account["owner_kind"] in PEOPLE and account["owner_id"] in books.owned and account["purpose"] in SPENDABLE
        )

    for row in books.transfers:
        if row["unit"] != "points":
            continue
        debit, credit = books.accounts[row["debit_account_id"]], books.accounts[row["credit_account_id"]]
        day = books.transactions[int(row["seq"])]["effective_on"]
        for mine, other, sign in ((credit, debit, 1), (debit, credit, -1)):
            if not ours(mine) or day > last:
                continue
            if day < first:
                opening += sign * int(row["amount"])
            else:
                moves[MOVES.get(other["purpose"], "moved")] += sign * int(row["amount"])
    return {
        "points_opening": opening,
        **{f"points_{name}": moves[name] for name in [*MOVES.values(), "moved"]},
        "points_outstanding": opening + moves.total(),
    }


def goods(books: Books, first: str, last: str) -> dict[str, Any]:
    rows = [
        row for row in books.here("redemptions") if books.stands(row["seq"]) and first <= row["redeemed_on"] <= last
    ]
    quantities: Counter[str] = Counter()
    paid: Counter[str] = Counter()
    for row in rows:
        quantities[row["prize"]] += int(row["quantity"])
        paid[row["prize"]] += int(row["quantity"]) * int(row["cost_points"])
    return {
        "redemptions": len({row["seq"] for row in rows}),
        "prizes": quantities.total(),
        "prizes_redeemed": sorted((quantities[prize], paid[prize]) for prize in quantities),
    }


if __name__ == "__main__":
    directory, at, since, until, whose = sys.argv[1:]
    date.fromisoformat(since), date.fromisoformat(until)
    told = figures(Path(directory), int(at), since, until, whose)
    json.dump(told, sys.stdout, indent=2, sort_keys=True, ensure_ascii=False)
