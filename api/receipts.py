"""Receipts: by their unguessable link for whoever holds it, as a file, as a QR code; and a person's statement."""

from __future__ import annotations

import io
import json
from typing import Literal

import segno
from flask import request
from typing_extensions import TypedDict

from api import throttling
from api.problems import Problem, unknown
from api.rendering import Answer
from api.routes import Call, Routes
from api.scopes import PUBLIC, Scope
from api.volunteers import volunteer_of
from ledger.log import receipts
from ledger.log.receipts import Receipt
from ledger.people.throttles import Act

PROOF = "text/plain; charset=utf-8"

routes = Routes("receipts")


class ReceiptAnswer(TypedDict):
    """A receipt. `promise` until a head over it is signed, then `proof`, a C2SP tlog-proof; verify it elsewhere."""

    state: Literal["promised", "proven"]
    transaction_seq: int
    entry: str
    promise: str | None
    proof: str | None
    link: str


class StatementBundleAnswer(TypedDict):
    """All receipts of a person's accounts. Running numbers and balances show that none is missing."""

    format: str
    accounts: list[int]
    proofs: list[str]


@routes.get("/receipts/<token:token>", scope=PUBLIC, answer=ReceiptAnswer)
def show(call: Call, token: str) -> ReceiptAnswer:
    """Read a receipt by its link."""
    found = _found(call, token)
    proof = receipts.proof(call.bank, found)
    return {
        "state": "promised" if proof is None else "proven",
        "transaction_seq": found.seq,
        "entry": found.entry.decode(),
        "promise": receipts.promise(call.bank, found) if proof is None else None,
        "proof": proof,
        "link": _link(token),
    }


@routes.get("/receipts/<token:token>/file", scope=PUBLIC, answer=str, media_type=PROOF)
def file(call: Call, token: str) -> Answer:
    """Take a receipt away as a file that can be verified without us."""
    return _file(call, token, bare=False)


@routes.get("/receipts/<token:token>/bare", scope=PUBLIC, answer=str, media_type=PROOF)
def bare(call: Call, token: str) -> Answer:
    """Take a receipt away that proves that the entry is in the log, and tells nothing of it."""
    return _file(call, token, bare=True)


@routes.get("/receipts/<token:token>/qr", scope=PUBLIC, answer=str, media_type="image/svg+xml")
def qr(call: Call, token: str) -> Answer:
    """The link as a QR code, for the slip."""
    _found(call, token)
    drawn = io.BytesIO()
    segno.make_qr(_link(token), error="m").save(drawn, kind="svg", scale=4, xmldecl=False, title="凭证 receipt")
    return Answer(drawn.getvalue(), media_type="image/svg+xml")


@routes.get("/volunteers/<number:volunteer_no>/receipts", scope=Scope.BALANCES_READ, answer=StatementBundleAnswer)
def statement(call: Call, volunteer_no: str) -> Answer:
    """Read all receipts of a volunteer, which together show that no entry is missing."""
    made = receipts.statement(call.bank, volunteer_of(call, volunteer_no).id)
    return Answer(json.dumps(made, ensure_ascii=False).encode())


def _found(call: Call, token: str) -> Receipt:
    """Every way to a receipt leads through here, and whoever guesses is held back."""
    throttling.admit(call.bank, Act.RECEIPT)
    found = receipts.find(call.bank, token)
    return unknown() if found is None else found


def _file(call: Call, token: str, *, bare: bool) -> Answer:
    return proof_file(call, _found(call, token), bare=bare)


def proof_file(call: Call, found: Receipt, *, bare: bool) -> Answer:
    """The proof of a receipt as a file; `bare` without what it says. 503 while no signed head covers it."""
    proof = receipts.proof(call.bank, found, bare=bare)
    if proof is None:
        raise Problem("unavailable", detail=("尚未签名,请稍候", "not under a signed head yet; try again in a moment"))
    name = f"receipt-{found.seq}{'-bare' if bare else ''}.tlog-proof"
    return Answer(proof.encode(), headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=PROOF)


def _link(token: str) -> str:
    """The page that verifies it. What follows # is never sent to a server."""
    return f"{request.url_root}verify#{token}"
