"""The transparency log, for anybody: signed head, tiles, entries (C2SP tlog-tiles) and the keys they are signed with.

Open to pages of other origins: whoever verifies should not have to trust a page of ours.
"""

from __future__ import annotations

import gzip

from flask import request
from typing_extensions import TypedDict

from api.problems import unknown
from api.rendering import Answer
from api.routes import Call, Routes
from api.scopes import PUBLIC
from ledger.log import keys, months, publication
from ledger.log.publication import Resource

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
OPEN = {"Access-Control-Allow-Origin": "*"}
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
FOR_NOW = {"Cache-Control": "no-cache"}

routes = Routes("log", prefix="/log")


@routes.get("/checkpoint", scope=PUBLIC, answer=str, media_type=TEXT)
def checkpoint(call: Call) -> Answer:
    """The newest signed head; 404 until there is one."""
    head = publication.checkpoint(call.bank.store, call.bank.log_origin)
    return unknown() if head is None else Answer(head.encode(), headers=OPEN | FOR_NOW, media_type=TEXT)


@routes.get("/vkey", scope=PUBLIC, answer=str, media_type=TEXT)
def vkey(call: Call) -> Answer:
    """The keys that sign now, one a line. A server vouches for itself: compare them with what you know."""
    held = keys.public(call.bank.settings.data_dir, call.bank.log_origin)
    text = "".join(f"{key}\n" for key in held)
    return Answer(text.encode(), headers=OPEN | FOR_NOW, media_type=TEXT) if held else unknown()


class TotalsAnswer(TypedDict):
    """What all entries up to `size` add up to, by what accounts are for and by unit."""

    size: int
    totals: dict[str, dict[str, int]]


@routes.get("/totals", scope=PUBLIC, answer=TotalsAnswer)
def totals(call: Call) -> Answer:
    """What the bank says its log adds up to; whoever reads the entries can add them up too."""
    size, stated = publication.stated_totals(call.bank.store)
    return Answer({"size": size, "totals": stated}, headers=OPEN | FOR_NOW)


class MonthsAnswer(TypedDict):
    """By how much what the accounts of a purpose hold has changed in each month (YYYY-MM) of the business days of all
    entries up to `size`, by unit: points and minutes. All months together are the totals.
    """

    size: int
    months: dict[str, dict[str, dict[str, int]]]


@routes.get("/months", scope=PUBLIC, answer=MonthsAnswer)
def by_month(call: Call) -> Answer:
    """What the bank says was issued, redeemed, lapsed and kept in each month; the entries say it too."""
    size, stated = months.stated_months(call.bank.store)
    return Answer({"size": size, "months": stated}, headers=OPEN | FOR_NOW)


@routes.get("/tile/<level:level>/<tile:tile>", scope=PUBLIC, answer=str, media_type=BYTES)
def tile(call: Call, level: int, tile: tuple[int, int]) -> Answer:
    """Up to 256 neighbouring hashes of one level of the tree."""
    return _file(call, Resource(level, *tile))


@routes.get("/tile/entries/<tile:tile>", scope=PUBLIC, answer=str, media_type=BYTES)
def entries(call: Call, tile: tuple[int, int]) -> Answer:
    """Up to 256 entries, each after its length in two bytes."""
    return _file(call, Resource(None, *tile))


def _file(call: Call, wanted: Resource) -> Answer:
    content = publication.resource(call.bank.store, call.bank.log_origin, wanted)
    if content is None:
        unknown()
    headers = OPEN | FOR_EVER
    if wanted.level is None:
        headers = headers | {"Vary": "Accept-Encoding"}
        if request.accept_encodings.best_match(["gzip"]) == "gzip":
            content, headers = gzip.compress(content, mtime=0), headers | {"Content-Encoding": "gzip"}
    return Answer(content, headers=headers, media_type=BYTES)
