"""This bank as a witness of its sisters' logs: C2SP tlog-witness, to the byte, and so without problem+json."""

from __future__ import annotations

from flask import request

from api.rendering import Answer
from api.routes import Call, Routes
from api.scopes import PUBLIC
from ledger.log import witness
from ledger.log.witness import Declined

TEXT = "text/plain; charset=utf-8"

routes = Routes("witness", prefix="/witness")


@routes.post("/add-checkpoint", scope=PUBLIC, body=None, answer=str, status=200, media_type=TEXT)
def add_checkpoint(call: Call) -> Answer:
    """Ask this bank to stand for a head of a log it knows."""
    try:
        if (request.content_length or 0) > witness.BODY_BYTES_MAX:
            raise Declined(400, "too long")
        return Answer(witness.cosign(call.bank, request.get_data()).encode(), media_type=TEXT)
    except Declined as declined:
        if declined.size is not None:
            return Answer(f"{declined.size}\n".encode(), declined.status, media_type=witness.SIZE_TYPE)
        return Answer(f"{declined}\n".encode(), declined.status, media_type=TEXT)


@routes.get("/vkey", scope=PUBLIC, answer=str, media_type=TEXT)
def vkey(call: Call) -> Answer:
    """The key this bank cosigns with; it is to be confirmed by another way."""
    return Answer(f"{witness.own_key(call.bank).public}\n".encode(), media_type=TEXT)
