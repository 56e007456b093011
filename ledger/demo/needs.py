"""A year of residents' requests, as many as one district reports, and the wall of micro-wishes.

Requests move no points: the year's rows are written in bulk, each as its use cases would have left it. The wishes are
lived through.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

from ledger.bank import Bank, By, Request
from ledger.core.clocks import Clock
from ledger.demo.world import ZONE
from ledger.people import volunteers
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.service import fulfilling, need_settings, offers, wish_claims, wishes
from ledger.service.need_settings import NeedSettings
from ledger.service.wishes import NewWish, Published, Wish

REQUESTS, CLOSED = 2_200, 1_900
"""What one district reports of a year."""
LAST_DAYS = 4
"""What came in so lately is still open."""
GRANTED, ON_THE_WALL, CLAIMED, TO_LOOK_OVER = 12, 12, 4, 3
MINUTE = 60_000_000


class Sort(NamedTuple):
    """A sort of request, and how long such a one takes: some of these minutes."""

    kind: str
    words: str
    answer: str
    priority: str
    weight: int
    minutes: tuple[int, ...]


SORTS = (
    Sort("lighting", "楼道灯不亮(示例)", "已更换灯泡(示例)", "normal", 24, (120, 200, 260, 400, 900)),
    Sort("plumbing", "水管渗水(示例)", "已更换接头(示例)", "utilities", 16, (90, 150, 240, 500, 1_200)),
    Sort("cleaning", "楼道堆放杂物(示例)", "已清运(示例)", "normal", 20, (90, 180, 300, 420, 600)),
    Sort("safety", "电线脱落(示例)", "已断电抢修(示例)", "danger", 6, (35, 50, 80, 100, 150)),
    Sort("care", "想请人陪同取药(示例)", "志愿者已陪同(示例)", "normal", 16, (120, 240, 300, 600, 900)),
    Sort("haircut", "行动不便, 想上门理发(示例)", "已上门(示例)", "normal", 8, (240, 420, 700, 1_000, 1_300)),
    Sort("dispute", "停车位纠纷(示例)", "已协调达成一致(示例)", "complex", 5, (600, 1_000, 1_500, 2_000, 2_800)),
)
CHANNELS = (("phone", 46), ("kiosk", 20), ("visit", 14), ("qr", 12), ("mobile_desk", 8))
OFFERS = (
    ("haircut", "每周三义务理发(示例)", "周三 14:00—16:00"),
    ("shoes", "修鞋修伞摊(示例)", "周六上午"),
    ("health", "健康咨询、量血压(示例)", "每月 10 日上午"),
    ("meals", "助餐点(示例)", "每日 11:00—12:30"),
)
WISHES = (
    ("thing", "想要一只热水袋", 3_900),
    ("thing", "想要一本新华字典", 5_000),
    ("service", "想请人修好收音机", 0),
    ("company", "想有人陪着下一盘棋", 0),
    ("thing", "想要一副老花镜", 6_000),
    ("service", "想请人教会用手机看照片", 0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """Who takes in and does, who looks over, and who confirms."""

    organiser: By
    reviewer: By
    desk: By


def answer_a_year(bank: Bank, hands: Hands, estates: Sequence[Organisation], people: Sequence[Volunteer]) -> int:
    """Everything that was asked for in the year up to today; how much of it is closed."""
    dice = Random(f"requests {len(people)} {people[0].volunteer_no}")  # noqa: S311 - a story, not a secret
    for kind, title, hours in OFFERS:
        offers.create(
            bank,
            hands.organiser,
            organisation=estates[-1],
            kind=kind,
            title=title,
            content="",
            place=f"{estates[-1].name}党群服务站",
            hours=hours,
        )
    limits = need_settings.settings(bank)
    made = list(_lived(bank, limits, limits.clock(bank), dice, hands, estates, people))
    with bank.changing(hands.organiser) as change:
        change.add_all("request", [request for request, _, _ in made])
        change.add_all("request_step", [step for _, steps, _ in made for step in steps])
        change.add_all("task", [task for _, _, tasks in made for task in tasks])
        change.audit("receive", "organisation", estates[0].id, after={"requests": len(made)})
    return sum(request["closed_at"] is not None for request, _, _ in made)


def grant_wishes(bank: Bank, hands: Hands, estates: Sequence[Organisation], people: Sequence[Volunteer]) -> int:
    """The wall as it hangs today, and what was granted; how many were."""
    standing = _standing(bank, people)
    granted = 0
    for at in range(GRANTED + ON_THE_WALL + TO_LOOK_OVER):
        kind, text, cost_fen = WISHES[at % len(WISHES)]
        new = NewWish(
            organisation=estates[at % len(estates)],
            kind=kind,  # type: ignore[arg-type]
            channel=("wall", "kiosk", "visit")[at % 3],
            words=f"{text}(示例)",
            volunteer=standing[at],
        )
        wish = wishes.collect(bank, hands.organiser, new)
        if at >= GRANTED + ON_THE_WALL:
            continue
        shown = Published(
            text=f"{text}(示例)",
            points=5 + at % 3,
            cost_fen=cost_fen,
            person_in_charge="范示乙",
            shows_name=at % 4 == 0 and not wish.is_minor,
            guardian_agreed=wish.is_minor,
        )
        wish = wishes.publish(bank, hands.reviewer, wish, shown)
        if at >= GRANTED + CLAIMED:
            continue
        claimed = wish_claims.claim(bank, hands.desk, wish, standing[-1 - at])
        if at < GRANTED:
            granted += _granted(bank, hands, wish, {} if kind == "thing" else {claimed.id: 60})
    return granted


def _standing(bank: Bank, people: Sequence[Volunteer]) -> list[Volunteer]:
    """Some of them as they are known now: whose account was closed or merged meanwhile wishes for nothing."""
    numbers = [each.volunteer_no for each in people[:: len(people) // 100]]
    found = volunteers.find_all(bank, numbers)
    known = ((number, found[number]) for number in numbers if number in found)  # in this order on every engine
    return [each for number, each in known if each.closed is None and each.volunteer_no == number]


def _granted(bank: Bank, hands: Hands, wish: Wish, minutes: dict[UUID, int]) -> bool:
    """Fulfilled, confirmed, and credited to whoever did it."""
    fulfilling.fulfil(bank, hands.organiser, wish, proof="邻居在场(示例)", done_on=bank.today(), minutes=minutes)
    key = f"demo-wish-{wish.id.hex}"
    asked = Request(str(hands.desk.actor), key, hashlib.sha256(key.encode()).digest())
    _, credited = fulfilling.confirm(bank, hands.desk, asked, wish, "in_person")
    return all(each.outcome.posted for each in credited)


Row = dict[str, Any]


def _lived(
    bank: Bank,
    limits: NeedSettings,
    clock: Clock,
    dice: Random,
    hands: Hands,
    estates: Sequence[Organisation],
    people: Sequence[Volunteer],
) -> Iterator[tuple[Row, list[Row], list[Row]]]:
    """Each request with its steps and its task, in the order in which they came in."""
    today = bank.today()
    moments = sorted(_moment(dice, today) for _ in range(REQUESTS))
    old = [at for at in range(REQUESTS) if (today - moments[at].date()).days > LAST_DAYS]
    closed = set(dice.sample(old, CLOSED))
    for at, received in enumerate(moments):
        sort = dice.choices(SORTS, [each.weight for each in SORTS])[0]
        made = _Made(dice, received, hands.organiser.actor)
        accepted = received + timedelta(minutes=dice.choice((4, 9, 14, 30, 50)))
        begun, its = _micros(received), limits.clocks[sort.priority]
        state = "received" if at % 5 == 0 else "accepted"
        row: Row = {
            "id": made.id(),
            "organisation_id": dice.choice(estates).id,
            "volunteer_id": dice.choice(people).id,
            "asker": None,
            "channel": dice.choices([name for name, _ in CHANNELS], [weight for _, weight in CHANNELS])[0],
            "kind": sort.kind,
            "priority": sort.priority,
            "words": sort.words,
            "place": f"{1 + dice.randrange(9)} 号楼道(示例)",
            "answer": None,
            "score": None,
            "reopened": 0,
            "escalated_to": None,
            "begun_at": begun,
            "accept_due_at": _micros(clock.due(received, its.accept)),
            "close_due_at": _micros(clock.due(received, its.close)),
            "received_at": begun,
            "received_by": hands.organiser.actor,
            "accepted_at": None,
            "accepted_by": None,
            "closed_at": None,
            "closed_by": None,
            "taken_minutes": 0,
        }
        steps: list[Row] = []
        ends = received + timedelta(minutes=dice.choice(sort.minutes))
        if at in closed:
            state = "settled" if dice.random() < 0.8 else "closed"
            row |= {"answer": sort.answer, "closed_at": _micros(ends), "closed_by": hands.organiser.actor}
            row |= {"taken_minutes": clock.taken(received, ends, its.close.counted)}
            row |= {"score": dice.choice((3, 4, 5, 5))} if state == "settled" else {}
        elif at in old:
            state = dice.choice(("declined", "withdrawn"))
            row |= {"answer": "不属于社区职责(示例)"} if state == "declined" else {}
        elif sort.priority == "complex":
            state, row["escalated_to"] = "accepted", "subdistrict"
        if state != "received":
            row |= {"accepted_at": _micros(accepted), "accepted_by": hands.organiser.actor}
            steps.append(made.step(row["id"], "accept", "", accepted))
        if at in closed:
            steps.append(made.step(row["id"], "close", sort.answer, ends))
        yield row | {"state": state}, steps, [made.task(row, sort, at)] if at % 3 == 0 and at in closed else []


class _Made:
    """Rows of one request, with ids of its own moment, so that lists by id are lists by time."""

    def __init__(self, dice: Random, received: datetime, actor: UUID) -> None:
        self._dice, self._millis, self._actor, self._count = dice, _micros(received) // 1_000, actor, 0

    def id(self) -> UUID:
        self._count += 1
        return UUID(int=self._millis << 80 | 7 << 76 | self._count << 64 | 2 << 62 | self._dice.getrandbits(62))

    def step(self, request_id: UUID, step: str, words: str, at: datetime) -> Row:
        row = {"id": self.id(), "request_id": request_id, "step": step, "words": words}
        return row | {"recorded_at": _micros(at), "recorded_by": self._actor}

    def task(self, request: Row, sort: Sort, at: int) -> Row:
        """What others than volunteers did about it."""
        return {
            "id": self.id(),
            "organisation_id": request["organisation_id"],
            "request_id": request["id"],
            "post_id": None,
            "offer_id": None,
            "kind": "repair",
            "title": sort.words,
            "content": "",
            "place": request["place"],
            "person_in_charge": "范示乙",
            "helpers_at_most": 1 + at % 2,
            "is_open": 0,
            "due_at": request["close_due_at"],
            "state": "done",
            "outcome": sort.answer,
            "done_on": (datetime.fromtimestamp(request["closed_at"] // 1_000_000, ZONE)).date(),
            "activity_id": None,
            "created_at": request["received_at"],
            "created_by": self._actor,
            "ended_at": request["closed_at"],
            "ended_by": self._actor,
        }


def _moment(dice: Random, today: date) -> datetime:
    """Some day of the last year, mostly in the morning."""
    day = today - timedelta(days=1 + dice.randrange(363))
    return datetime.combine(day, time(dice.choice((8, 8, 9, 9, 9, 10, 10, 11, 14, 15, 19)), dice.randrange(60)), ZONE)


def _micros(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000
