"""For those who watch the server: whether it lives, whether it can serve, and its measures."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from api import metrics
from api.callers import NOBODY
from api.rendering import Answer
from api.routes import Call, Routes
from api.scopes import PUBLIC
from ledger.log import signer
from ledger.people import staff

routes = Routes("health", prefix="")


class HealthAnswer(TypedDict):
    """All is well; where it is not, the answer is a problem."""

    status: Literal["ok"]


class LogAnswer(TypedDict):
    """How far the log is signed; `refused` is the code of why not further, null where it is."""

    origin: str
    entries: int
    published: int
    refused: str | None
    said: str


class ReadyAnswer(TypedDict):
    """The bank can be read. Where its log may not be signed, it says so and goes on being read."""

    status: Literal["ok"]
    log: LogAnswer


@routes.get("/healthz", scope=PUBLIC, answer=HealthAnswer)
def alive(_: Call) -> HealthAnswer:
    """Whether the process answers at all."""
    return {"status": "ok"}


@routes.get("/readyz", scope=PUBLIC, answer=ReadyAnswer)
def ready(call: Call) -> ReadyAnswer:
    """Whether the database answers; 503 where it does not. Says too how far the log is signed."""
    staff.actor(call.bank, NOBODY.actor.id)  # the look-up that every request begins with
    standing = signer.standing(call.bank)
    against = standing.refused
    return {
        "status": "ok",
        "log": {
            "origin": standing.origin,
            "entries": standing.entries,
            "published": standing.published,
            "refused": None if against is None else against.code,
            "said": "" if against is None else against.said,
        },
    }


@routes.get("/metrics", scope=PUBLIC, answer=str, media_type="text/plain")
def measures(_: Call) -> Answer:
    """Measures for Prometheus."""
    return Answer(metrics.exposition(), media_type=metrics.CONTENT_TYPE)
