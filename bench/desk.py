"""What does the desk add to the writer? The latency of a redemption at ten desks at once, through the use case with
its policy and stock, against awards that are handed to the writer as they are, ten at once, in the same run.

The 99th percentile of both, in turns; the target is a ratio, so that it holds on any machine.

And how long does it take to close a day of five hundred redemptions: the count, the second signature, and the sheet.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from bench.ground import ENGINES, District, Line, database, district, quick, report, told
from ledger.bank import By, Request, Submission
from ledger.core.accounts import Owner, OwnerKind
from ledger.core.adjustment import Adjust
from ledger.people import organisations
from ledger.prizes import catalogue, desk_sessions, redemptions, stock, stock_reports
from ledger.prizes.catalogue import Desk, Prize
from ledger.prizes.shelves import Counted

DESKS = 10
TARGET = ("<=", 3.0)
DAY, PRIZES, DAYS = 500, 20, 5
CLOSED_SECONDS = ("<=", 1.0)
Lane = Callable[[int], list[float]]
"""What one desk does, and how many milliseconds each of its postings took."""


def measure(engine: str, *, sketch: bool) -> list[Line]:
    rounds, each = (4, 20) if sketch else (12, 100)
    with database(engine) as url, district(url, people=1_000, weeks=52) as place:
        told(f"{engine}: {DESKS} desks, {rounds} rounds of {each} postings each")
        desks, prize = _furnished(place, goods=(rounds + 1) * each)
        lanes: dict[str, Lane] = {
            "desk": lambda at: _redemptions(place, desks[at], prize, at, each),
            "bare": lambda at: _awards(place, at, each),
        }
        with ThreadPoolExecutor(DESKS) as hands:
            for lane in lanes.values():
                list(hands.map(lane, range(DESKS)))
            p99: dict[str, list[float]] = {name: [] for name in lanes}
            order = list(lanes)
            for _ in range(rounds):
                for name in order:
                    taken = [one for part in hands.map(lanes[name], range(DESKS)) for one in part]
                    p99[name].append(statistics.quantiles(taken, n=100)[-1])
                order.reverse()
        closed = [_closed(place, day) * 1_000 for day in range(2 if sketch else DAYS)]
    ratio = statistics.median(ours / bare for ours, bare in zip(p99["desk"], p99["bare"], strict=True))
    question = f"a redemption at {DESKS} desks against a bare posting, p99"
    close = f"closing a day of {DAY} redemptions, in seconds"
    return [
        Line(question, _ms(p99["desk"]), _ms(p99["bare"]), ratio, TARGET),
        Line(close, _ms(closed), "", statistics.median(closed) / 1_000, CLOSED_SECONDS),
    ]


def _closed(place: District, day: int) -> float:
    """Seconds to close a day of a desk of its own: counted, signed by another, and its sheet read."""
    bank, one, other = place.bank, By(actor=place.actor), By(actor=place.bank.world.new_id())
    root = organisations.root(bank)
    desk = catalogue.open_desk(bank, one, organisation=root, name=f"bench day {day}")
    prizes = [
        catalogue.add_prize(bank, one, organisation=root, title=f"bench {day}.{at}", cost_points=1)
        for at in range(PRIZES)
    ]

    def asked(what: str) -> Request:
        return Request("bench", f"day {day} {what}", b"")

    for at, prize in enumerate(prizes):
        stock.receive(bank, one, asked(f"receive {at}"), desk=desk, prize=prize, quantity=DAY, source="bench")
    assert desk_sessions.open_session(bank, one, asked("open"), desk=desk).posted
    wanted = [
        redemptions.command(bank, one, volunteer=person, desk=desk, items=[(prizes[at % PRIZES], 1)])
        for at, person in enumerate(place.people[:DAY])
    ]
    place.post([Submission.own(command) for command in wanted])
    session = desk_sessions.find(bank, desk_sessions.latest_id(bank, desk) or desk.id)
    assert session is not None
    left = stock.on_shelf(bank, desk)
    counts = [Counted(prize.id, prize.unit_id, left[prize.unit_id]) for prize in prizes]
    began = time.perf_counter()
    said = desk_sessions.close(bank, one, asked("close"), session, desk, counts)
    made = stock_reports.find(bank, UUID(str(said.answer["id"])))
    assert made is not None
    assert stock_reports.settle(bank, other, asked("sign"), made).posted
    closed = desk_sessions.find(bank, session.id)
    assert closed is not None
    sheet = desk_sessions.sheet(bank, closed)
    taken = time.perf_counter() - began
    assert sheet.points.redemptions == DAY
    return taken


def _furnished(place: District, *, goods: int) -> tuple[list[Desk], Prize]:
    """Ten desks with an open day each, enough on every shelf and in every wallet."""
    bank, by = place.bank, By(actor=place.actor)
    root = organisations.root(bank)
    prize = catalogue.add_prize(bank, by, organisation=root, title="bench", cost_points=1)
    desks = [catalogue.open_desk(bank, by, organisation=root, name=f"bench {at}") for at in range(DESKS)]
    for at, desk in enumerate(desks):
        asked = Request("bench", f"receive {at}", b"")
        assert stock.receive(bank, by, asked, desk=desk, prize=prize, quantity=goods, source="bench").posted
        assert desk_sessions.open_session(bank, by, Request("bench", f"open {at}", b""), desk=desk).posted
    given = [
        Adjust(
            id=bank.world.new_id(),
            actor=place.actor,
            second=bank.world.new_id(),
            owner=person.owner,
            organisation=Owner(OwnerKind.ORGANISATION, root.id),
            amount=goods,
            reason="bench",
        )
        for person in place.people
    ]
    place.post([Submission.own(command) for command in given])
    return desks, prize


def _redemptions(place: District, desk: Desk, prize: Prize, at: int, each: int) -> list[float]:
    """Each from asking the use case to its answer, on disk."""
    bank, by, dice, taken = place.bank, By(actor=place.actor), random.Random(at), []
    for _ in range(each):
        person, key = dice.choice(place.people), bank.world.new_id().hex
        began = time.perf_counter()
        outcome = redemptions.redeem(
            bank, by, Request("bench", key, b""), volunteer=person, desk=desk, items=[(prize, 1)]
        )
        taken.append((time.perf_counter() - began) * 1_000)
        assert outcome.posted, outcome.answer
    return taken


def _awards(place: District, at: int, each: int) -> list[float]:
    """Each from the writer's door to its answer; the commands are made before."""
    drawn, taken = place.awards(random.Random(at), each), []
    for submission in drawn:
        began = time.perf_counter()
        place.post([submission])
        taken.append((time.perf_counter() - began) * 1_000)
    return taken


def _ms(values: list[float]) -> str:
    return f"{statistics.median(values):.1f} ms ({min(values):.1f}-{max(values):.1f})"


if __name__ == "__main__":
    sketch = quick()
    for engine in ENGINES:
        report(f"{engine}: the desk, milliseconds", measure(engine, sketch=sketch))
