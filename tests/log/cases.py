"""What every verifier of ours is asked alike, the one in the browser too."""

from __future__ import annotations

from typing import Any

from ledger.core.canonical import canonical

RFC_8032 = {
    "rfc-1": (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "",
    ),
    "rfc-2": (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "72",
    ),
}


def move(amount: int, debit: str, credit: str, unit: str = "points") -> dict[str, Any]:
    return {"amount": amount, "credit": credit, "debit": debit, "unit": unit}


AWARD = {
    "kind": "result.award",
    "moves": [move(5, "o/issuance", "person/wallet")],
    "rulebook": {"code": "r", "version": 1},
}
SPEND = {"kind": "result.redemption", "moves": [move(5, "person/wallet", "d/redeemed")]}
STOCK = {"kind": "result.stock_receipt", "moves": [move(2, "d/received", "d/stock", "prize:3")]}
UNDO = {"kind": "process.reversal", "moves": [move(5, "person/wallet", "o/issuance")], "reverses": 1}


def book(version: int, since: str) -> dict[str, Any]:
    detail = {"document": "00", "effective_from": since}
    return {"kind": "decision.rulebook", "moves": [], "detail": detail, "rulebook": {"code": "r", "version": version}}


def written(*entries: dict[str, Any]) -> list[bytes]:
    """These entries as a log has them, one after the other."""
    return [
        canonical({"detail": {}, "on": "2026-03-01", "private": "00", "seq": seq, "v": 1} | entry)
        for seq, entry in enumerate(entries, 1)
    ]


ADDING_UP: list[dict[str, Any]] = [AWARD, STOCK, SPEND, AWARD, UNDO | {"reverses": 4}]
CITING: list[dict[str, Any]] = [
    book(1, "2026-01-01"),
    AWARD,
    book(2, "2026-02-01"),
    AWARD | {"rulebook": {"code": "r", "version": 2}},
]
LAPSED: list[dict[str, Any]] = [
    AWARD,
    {"kind": "result.lapse", "moves": [move(3, "person/wallet", "o/lapsed")]},
    {
        "kind": "process.reversal",
        "moves": [
            move(2, "person/wallet", "o/issuance"),
            move(3, "o/lapsed", "person/wallet"),
            move(3, "person/wallet", "o/issuance"),
        ],
        "reverses": 1,
    },
]
BELIEVED: list[list[dict[str, Any]]] = [ADDING_UP, CITING, LAPSED]


FOUND: list[tuple[list[dict[str, Any]], str]] = [
    ([AWARD | {"seq": 2}], "number"),
    ([AWARD | {"v": 2}], "version"),
    ([SPEND], "would hold -5"),
    ([AWARD, SPEND, SPEND], "would hold -5"),
    (
        [STOCK, {"kind": "result.redemption", "moves": [move(3, "d/stock", "d/handed_out", "prize:3")]}],
        "would hold -1",
    ),
    (
        [STOCK, {"kind": "result.redemption", "moves": [move(1, "d/held", "d/handed_out", "prize:3")]}],
        "would hold -1",
    ),
    ([{"kind": "result.award", "moves": [move(0, "a", "b")]}], "moves 0"),
    ([{"kind": "result.award", "moves": [move(-1, "a", "b")]}], "moves -1"),
    ([{"kind": "result.award", "moves": [move(1, "o/issuance", "person/debt")]}], "more debt"),
    ([UNDO], "would hold -5"),
    ([AWARD, AWARD, UNDO | {"reverses": 3}], "not there"),
    ([AWARD, AWARD, UNDO | {"reverses": 0}], "not there"),
    ([AWARD, AWARD, UNDO, UNDO], "reversed before"),
    ([AWARD, AWARD, UNDO | {"moves": [move(4, "person/wallet", "o/issuance")]}], "exactly"),
    ([AWARD, AWARD | {"reverses": 1}], "only a reversal"),
    ([book(1, "2026-04-01"), AWARD], "not in force"),
    ([book(2, "2026-01-01"), AWARD], "not in force"),
    ([book(1, "2026-01-01"), AWARD | {"rulebook": {"code": "other", "version": 1}}], "not in force"),
    ([book(1, "2026-01-01"), {"kind": "result.award", "moves": []}], "cites no rulebook"),
]
