"""For those who watch the server: whether it lives, whether it can serve, and its measures."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from api import metrics
from api.callers import NOBODY
from api.rendering import Answer
from api.routes import Call, Routes
from api.scopes import PUBLIC
from ledger.people import staff

routes = Routes("health", prefix="")


class HealthAnswer(TypedDict):
    """All is well; where it is not, the answer is a problem."""

    status: Literal["ok"]


@routes.get("/healthz", scope=PUBLIC, answer=HealthAnswer)
def alive(_: Call) -> HealthAnswer:
    """Whether the process answers at all."""
    return {"status": "ok"}


@routes.get("/readyz", scope=PUBLIC, answer=HealthAnswer)
def ready(call: Call) -> HealthAnswer:
    """Whether the database answers; 503 where it does not."""
    staff.actor(call.bank, NOBODY.actor.id)  # the look-up that every request begins with
    return {"status": "ok"}


@routes.get("/metrics", scope=PUBLIC, answer=str, media_type="text/plain")
def measures(_: Call) -> Answer:
    """Measures for Prometheus."""
    return Answer(metrics.exposition(), media_type=metrics.CONTENT_TYPE)
