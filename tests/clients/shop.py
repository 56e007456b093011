"""A desk as it is on a working day: two clerks, goods that are low or expire, something reserved, something to give
back, something that waits for a second person, and a guest at the counter. All put there through the API.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from api import Keys, create_app
from ledger.bank import Bank
from ledger.people import keys
from tests.api.conftest import PASSWORD, Client
from tests.api.devices import with_pin
from tests.clients.ground import ACTIVITY, PREFIX, Ground

CLERK, SECOND = "clerk", "second"
"""Who hands over and who signs; of the community alone, so that others are guests to them."""


@dataclass(frozen=True)
class Shop(Ground):
    """The ground, and what a clerk finds in it."""

    member_no: str
    """Of somebody without points, whose household has 4 to spend."""
    guest_no: str
    """Of somebody who belongs to another community."""
    pickup_code: str
    receipt: str
    """The number on the slip of what the clerk handed over: the volunteer has 10 points left."""
    slip_nos: tuple[str, ...]
    """Paper slips that nobody has filled in yet."""


@dataclass(frozen=True)
class ServedShop:
    """A shop that is served."""

    address: str
    shop: Shop


def furnish(ground: Ground) -> Shop:
    """The ground with a desk in it that has been used."""
    with Bank.open(ground.settings) as bank:
        signing = Keys(keys.load(ground.settings.data_dir), issuer="bank.example", clock=bank.world.clock)
        nobody = Client(create_app(bank, signing).test_client())
        admin, organiser, whole = (_signed_in(nobody, name) for name in ("admin", "organiser", "desk"))
        here, there = (str(place.id) for place in (ground.template.here, ground.template.there))
        for username, name in ((CLERK, "示例经办"), (SECOND, "示例复核")):
            roles = [{"role": "desk", "organisation_id": here}]
            body = {"username": username, "password": PASSWORD, "password_is_temporary": False, "name": name}
            _done(admin.post(f"{PREFIX}/staff", body | {"roles": roles}))
        clerk = _signed_in(nobody, CLERK)
        guest = _done(organiser.post(f"{PREFIX}/volunteers", {"name": "示例外来客", "organisation_id": there}))
        with_pin(whole, guest["volunteer_no"])
        _done(admin.post(f"{PREFIX}/desks", {"name": "示例二号台", "organisation_id": here}))
        agent = {"agent_name": "示例邻居", "scope": "redeem", "captured": "in_person"}
        _done(organiser.post(f"{PREFIX}/volunteers/{ground.volunteer_no}/agents", agent))
        prizes = {one["title"]: one for one in clerk.get(f"{PREFIX}/prizes").json["items"]}
        _goods(bank, admin, clerk, ground, here, prizes)
        member_no, home = _household(organiser, ground, here)
        paid = {"volunteer_no": member_no, "household_id": home, "desk_id": ground.desk_id}
        second = _signed_in(nobody, SECOND)
        fetched = clerk.get(f"{PREFIX}/prizes").json["items"]
        cheap = next(one["id"] for one in fetched if one["title"] == "示例牛奶")
        by_second = _done(second.post(f"{PREFIX}/redemptions", paid | {"items": [{"prize_id": cheap, "quantity": 1}]}))
        damaged = {"goods": "damaged", "reason": "盒子破了(示例)"}
        _done(second.post(f"{PREFIX}/redemptions/{by_second['id']}/refund-requests", damaged))
        aside = _wanted(ground, prizes["示例洗衣液"], 1)
        reserved = _done(clerk.post(f"{PREFIX}/reservations", aside))
        handed = _done(clerk.post(f"{PREFIX}/redemptions", _wanted(ground, prizes["示例牙膏"], 1)))
        lost = {"prize_id": prizes["示例大米 5 千克"]["id"], "quantity": 1, "reason": "damaged"}
        _done(clerk.post(f"{PREFIX}/write-offs", {"desk_id": ground.desk_id, "items": [lost]}))
        book = _done(clerk.post(f"{PREFIX}/slip-books", {"desk_id": ground.desk_id, "slips": 4}))
        numbers = clerk.get(f"{PREFIX}/slip-books/{book['id']}").json["missing_numbers"]
        dear = {"slip_no": numbers[0], "volunteer_no": ground.newcomer_no, "given_on": bank.today().isoformat()}
        dear["items"] = [{"prize_id": prizes["示例理发券"]["id"], "quantity": 1}]
        _done(clerk.post(f"{PREFIX}/paper-redemptions", dear))
    return Shop(
        **vars(ground),
        member_no=member_no,
        guest_no=guest["volunteer_no"],
        pickup_code=reserved["pickup_code"],
        receipt=handed["receipt"]["number"],
        slip_nos=tuple(numbers[1:]),
    )


def _household(organiser: Client, ground: Ground, here: str) -> tuple[str, str]:
    """Somebody whose points went into their household as they earned them: their number, and the household's id."""
    of = {"organisation_id": here}
    number = str(_done(organiser.post(f"{PREFIX}/volunteers", of | {"name": "何示例"}))["volunteer_no"])
    home = _done(organiser.post(f"{PREFIX}/households", of | {"name": "示例何家"}))["id"]
    _done(organiser.post(f"{PREFIX}/households/{home}/members", {"volunteer_no": number}))
    held_on = organiser.get(f"{PREFIX}/bank").json["today"]
    activity = ACTIVITY | {"title": "示例探访", "activity_type": "visiting", "held_on": held_on}
    visit = _done(organiser.post(f"{PREFIX}/activities", of | activity))["id"]
    served = {"volunteer_no": number, "activity_id": visit, "minutes": 150, "served_on": held_on}
    _done(organiser.post(f"{PREFIX}/service-records", served | {"capture_method": "clocked"}))
    return number, home


def _goods(bank: Bank, admin: Client, clerk: Client, ground: Ground, here: str, prizes: dict[str, Any]) -> None:
    """Milk that expires in a week, and too few haircuts."""
    milk = _done(admin.post(f"{PREFIX}/prizes", {"organisation_id": here, "title": "示例牛奶", "cost_points": 1}))
    soon = (bank.today() + timedelta(days=7)).isoformat()
    batch = {"desk_id": ground.desk_id, "prize_id": milk["id"], "quantity": 40, "source": "示例共建单位"}
    _done(clerk.post(f"{PREFIX}/stock-receipts", batch | {"best_before": soon, "source_kind": "unit"}))
    path = f"{PREFIX}/prizes/{prizes['示例理发券']['id']}"
    assert admin.patch(path, {"low_at": 30}, If_Match=admin.get(path).headers["ETag"]).status == 200


def _wanted(ground: Ground, prize: dict[str, Any], quantity: int) -> dict[str, Any]:
    items = [{"prize_id": prize["id"], "quantity": quantity}]
    return {"volunteer_no": ground.volunteer_no, "desk_id": ground.desk_id, "items": items}


def _signed_in(nobody: Client, username: str) -> Client:
    body = {"grant_type": "password", "username": username, "password": PASSWORD}
    return replace(nobody, token=_done(nobody.post(f"{PREFIX}/auth/token", body))["access_token"])


def _done(told: Any) -> dict[str, Any]:
    assert told.status in (200, 201), told.text
    return dict(told.json)
