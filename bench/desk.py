"""What does the desk add to the writer? The latency of a redemption at ten desks at once, through the use case with
its policy and stock, against awards that are handed to the writer as they are, ten at once, in the same run.

The 99th percentile of both, in turns; the target is a ratio, so that it holds on any machine.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bench.ground import ENGINES, District, Line, database, district, quick, report, told
from ledger.bank import By, Request, Submission
from ledger.core.accounts import Owner, OwnerKind
from ledger.core.adjustment import Adjust
from ledger.people import organisations
from ledger.prizes import catalogue, desk_sessions, redemptions, stock
from ledger.prizes.catalogue import Desk, Prize

DESKS = 10
TARGET = ("<=", 3.0)
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
    ratio = statistics.median(ours / bare for ours, bare in zip(p99["desk"], p99["bare"], strict=True))
    question = f"a redemption at {DESKS} desks against a bare posting, p99"
    return [Line(question, _ms(p99["desk"]), _ms(p99["bare"]), ratio, TARGET)]


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
