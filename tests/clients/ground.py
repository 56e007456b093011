"""The ground that the clients are tried on: a small founded bank with a few people in it, served as an operator would.

Everything is put there through the API. Nobody but invented people.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from api import Keys, create_app
from ledger import rules
from ledger.bank import Bank
from ledger.people import keys
from ledger.settings import Settings
from tests.api.conftest import PASSWORD, Client, Founded, Template, Told, found
from tests.api.devices import PIN, card_of, pair, with_pin
from tests.api.served import served
from tests.api.test_server import GRANIAN
from tests.clients import wishes

PREFIX = "/api/v1"
RULES = (
    rules.book("example")
    + """
accounts:
  - {account: household, title: {zh: 家庭账户, en: household account}, spends: anyone, pools: true}
"""
)
"""The example's rules, and a household's points, which its members earn, are spent by any of them."""


@dataclass(frozen=True)
class Ground:
    """A bank to be served, and what one needs to know to use it."""

    template: Template
    volunteer_no: str
    """Of somebody with points, hours and a past."""
    card: str
    newcomer_no: str
    """Of somebody to whom nothing has happened yet."""
    changer_no: str
    """Of somebody whose PIN a test changes. All have the same PIN to begin with."""
    desk_id: str
    prize_id: str
    """Of the cheapest prize: 2 points."""
    kiosk: str
    """What a paired kiosk keeps in its browser (see api/clients/kit/session.js)."""

    @property
    def settings(self) -> Settings:
        return self.template.settings


def lay(settings: Settings) -> Ground:
    """A bank in an empty database, with somebody in it who has lived a little."""
    template = found(settings, RULES)
    with Bank.open(settings) as bank:
        signing = Keys(keys.load(settings.data_dir), issuer="bank.example", clock=bank.world.clock)
        flask = create_app(bank, signing).test_client()
        nobody = Client(flask)
        organiser, desk, admin = (_signed_in(nobody, role) for role in ("organiser", "desk", "admin"))
        founded = Founded(settings, bank, template.district, template.here, template.there)
        of = {"organisation_id": str(founded.here.id)}
        numbers = [
            _done(organiser.post(f"{PREFIX}/volunteers", of | {"name": name}))["volunteer_no"]
            for name in ("示例王秀英", "示例新来者", "示例换密者")
        ]
        for number in numbers:
            with_pin(desk, number)
        today = bank.today()
        for days, activity_type, title, minutes in PAST:
            held_on = (today - timedelta(days=days)).isoformat()
            activity = _done(
                organiser.post(
                    f"{PREFIX}/activities",
                    of | ACTIVITY | {"title": title, "activity_type": activity_type, "held_on": held_on},
                )
            )
            record = {
                "volunteer_no": numbers[0],
                "activity_id": activity["id"],
                "minutes": minutes,
                "served_on": held_on,
                "capture_method": "clocked",
            }
            _done(organiser.post(f"{PREFIX}/service-records", record))
        prizes = [
            _done(admin.post(f"{PREFIX}/prizes", of | {"title": title, "cost_points": cost}))["id"]
            for title, cost in PRIZES
        ]
        at = _done(admin.post(f"{PREFIX}/desks", of | {"name": "示例服务台"}))["id"]
        stock = {"desk_id": at, "quantity": 20, "source": "示例物业捐赠"}
        for prize in prizes:
            _done(desk.post(f"{PREFIX}/stock-receipts", stock | {"prize_id": prize}))
        wanted = {"volunteer_no": numbers[0], "desk_id": at, "items": [{"prize_id": prizes[0], "quantity": 2}]}
        _done(desk.post(f"{PREFIX}/redemptions", wanted))
        aside = {"volunteer_no": numbers[0], "desk_id": at, "items": [{"prize_id": prizes[0], "quantity": 1}]}
        _done(desk.post(f"{PREFIX}/reservations", aside))
        reviewer = _signed_in(nobody, "reviewer")
        shown = {"shows": "posted", "from": (today - timedelta(days=200)).isoformat(), "to": today.isoformat()}
        _done(reviewer.post(f"{PREFIX}/notices", of | shown | {"title": "示例服务公示"}))
        for days, title, capacity in COMING:
            begins = datetime.combine(today + timedelta(days=days), time(1), UTC)
            session = {"starts_at": _instant(begins), "ends_at": _instant(begins + timedelta(hours=2))}
            coming = of | ACTIVITY | {"title": title, "activity_type": "cleaning", "capacity": capacity}
            made = _done(organiser.post(f"{PREFIX}/activities", coming | {"sessions": [session]}))
            _done(organiser.post(f"{PREFIX}/activities/{made['id']}/file", {}))
            _done(organiser.post(f"{PREFIX}/activities/{made['id']}/publish", {}))
        _need(organiser, reviewer, of, {"volunteer_no": numbers[0]})
        granted = wishes.hang(reviewer, wishes.wish(organiser, of, "想要一把雨伞"), "想要一把雨伞")
        wishes.grant(organiser, desk, granted, numbers[2])
        _propose(organiser, reviewer, founded)
        card = str(card_of(desk, numbers[0])["card_no"])
        kiosk = pair(nobody, admin, founded.here.id)
    wishes.appraise(settings, template.here, numbers)
    return Ground(template, numbers[0], card, numbers[1], numbers[2], at, prizes[0], str(kiosk.token))


ACTIVITY = {"place": "示例小区中心广场", "content": "示例内容", "person_in_charge": "示例负责人"}
PAST = [
    (400, "visiting", "探访独居老人", 180),
    (210, "patrol", "夏夜巡逻", 180),
    (120, "visiting", "中秋探访", 150),
    (60, "teaching", "垃圾分类宣讲", 120),
    (30, "cleaning", "楼道清洁日", 120),
    (3, "visiting", "重阳探访", 90),
]
"""Days ago, the type, the title and the minutes of what was done."""
COMING = [(2, "示例楼道清洁", 1), (9, "示例河岸清洁", None)]
"""In how many days, the title, and the places, of what is published."""
WISHES = [("想要一副老花镜", 6), ("想要一本新华字典", 5), ("想要一只热水袋", 4)]
"""What hangs on the wall, and what it carries."""
ASKED = {"lighting": 4, "plumbing": 3}
"""How many requests of each kind came in from people who gave no name; the first of each is still open."""
PRIZES = [("示例牙膏", 2), ("示例洗衣液", 6), ("示例大米 5 千克", 12), ("示例理发券", 30)]


@contextmanager
def on(ground: Ground) -> Iterator[str]:
    """The address at which the ground's bank is served."""
    with served(ground.settings, *GRANIAN) as address:
        yield address


def copied(ground: Ground, directory: Path, url: str) -> Ground:
    """The same ground at another place."""
    settings = replace(ground.settings, data_dir=directory, database_url=url)
    return replace(ground, template=replace(ground.template, settings=settings))


def _propose(organiser: Client, reviewer: Client, founded: Founded) -> None:
    """Another rulebook, proposed and reviewed once; it is not in force."""
    day = founded.bank.today() + timedelta(days=90)
    document = RULES.replace("version: 1\n", "version: 2\n", 1).replace("2020-01-01", day.isoformat())
    told = {"title": "示例第二版", "reasons": "示例理由", "document": document}
    draft = _done(organiser.post(f"{PREFIX}/rulebooks", told | {"organisation_id": str(founded.district.id)}))
    steps = f"{PREFIX}/rulebooks/{draft['id']}/steps"
    _done(organiser.post(steps, {"stage": "proposed"}))
    vote = {"body": "party_branch", "present": 7, "votes_for": 6, "votes_abstained": 1, "persons": ["张示甲", "李示乙"]}
    _done(reviewer.post(steps, {"stage": "first_review", "bodies": [vote], "minutes": "示例纪要"}))


def _need(organiser: Client, reviewer: Client, of: dict[str, str], mine: dict[str, str]) -> None:
    """What hangs on the wall, one of it claimed; a wish of somebody's own, and what they asked for."""
    hung_up: list[str] = []
    for words, points in WISHES:
        asked = {"kind": "thing", "channel": "visit", "words": words, "asker": {"name": f"示例邻居{points}"}}
        wish = _done(organiser.post(f"{PREFIX}/wishes", of | asked))
        hung = {"text": words, "points": points, "cost_fen": 2_000, "person_in_charge": "示例负责人"}
        hung_up.append(_done(reviewer.post(f"{PREFIX}/wishes/{wish['id']}/publish", hung))["id"])
    _done(organiser.post(f"{PREFIX}/wishes/{hung_up[-1]}/claims", mine))
    own = {"kind": "company", "channel": "kiosk", "words": "想学下棋"}
    _done(organiser.post(f"{PREFIX}/wishes", of | mine | own))
    lamp = of | mine | {"kind": "lighting", "channel": "phone", "words": "示例楼道灯坏了"}
    asked_for = _done(organiser.post(f"{PREFIX}/requests", lamp))
    _done(organiser.post(f"{PREFIX}/requests/{asked_for['id']}/accept", {}))
    _done(organiser.post(f"{PREFIX}/requests/{asked_for['id']}/close", {"words": "示例已换新灯"}))
    _done(organiser.post(f"{PREFIX}/requests", lamp | {"words": "示例单元门关不上"}))
    for kind, count in ASKED.items():
        nobody = of | {"kind": kind, "channel": "phone", "words": "示例"}
        made = [_done(organiser.post(f"{PREFIX}/requests", nobody))["id"] for _ in range(count)]
        for id in made[1:]:
            _done(organiser.post(f"{PREFIX}/requests/{id}/accept", {}))
            _done(organiser.post(f"{PREFIX}/requests/{id}/close", {"words": "示例已办"}))


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _signed_in(nobody: Client, username: str) -> Client:
    body = {"grant_type": "password", "username": username, "password": PASSWORD}
    return replace(nobody, token=_done(nobody.post(f"{PREFIX}/auth/token", body))["access_token"])


def _done(told: Told) -> dict[str, str]:
    assert told.status in (200, 201), told.text
    return dict(told.json)


__all__ = ["PIN", "Ground", "copied", "lay", "on"]
