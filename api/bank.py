"""The bank itself: its name, its zone, and how many decimals a point has."""

from __future__ import annotations

from typing_extensions import TypedDict

from api.routes import Call, Routes
from api.scopes import PUBLIC

routes = Routes("bank")


class BankAnswer(TypedDict):
    """What every client must know to show amounts and days: 10 to the power of `points_scale` units make one point."""

    name: str
    origin: str
    zone: str
    points_scale: int
    epoch: int
    today: str


@routes.get("/bank", scope=PUBLIC, answer=BankAnswer)
def show(call: Call) -> BankAnswer:
    """What this bank is called and how it counts."""
    charter = call.bank.charter
    return {
        "name": charter.name,
        "origin": charter.origin,
        "zone": charter.zone,
        "points_scale": charter.points_scale,
        "epoch": charter.epoch,
        "today": call.bank.today().isoformat(),
    }
