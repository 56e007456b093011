"""Does one hot issuance account cost anything? Awards from one issuer against awards spread over a thousand."""

from __future__ import annotations

import random
from collections.abc import Sequence

from bench.ground import ENGINES, Line, Turn, activity, database, district, in_turns, quick, rate, ratio, report, told
from ledger.bank import By
from ledger.people import organisations
from ledger.service.activities import Activity

TARGET = (">=", 0.95)


def measure(engine: str, *, sketch: bool) -> list[Line]:
    dice = random.Random(1)
    rounds, batches, issuers = (4, 2, 100) if sketch else (16, 5, 1_000)
    with database(engine) as url, district(url, people=2_400, weeks=issuers) as place:
        told(f"{engine}: {issuers:,} issuers")
        bank, actor = place.bank, place.actor
        root = organisations.root(bank)
        spread = [
            activity(
                bank, actor, organisations.create(bank, By(actor=actor), parent=root, level="subdistrict", name="bench")
            )
            for _ in range(issuers)
        ]
        place.post([place.award(dice.choice(place.people), one) for one in spread])

        def awards(weeks: Sequence[Activity]) -> Turn:
            drawn = [place.awards(dice, 1_000 * batches, weeks) for _ in range(rounds + 1)]

            def turn() -> int:
                place.post(drawn.pop())
                return 1_000 * batches

            return turn

        contenders = {"one": awards(place.weeks), "spread": awards(spread)}
        for turn in contenders.values():
            turn()
        rates = in_turns(contenders, rounds)
    question = f"awards in batches of 1,000, one issuer against {issuers:,}"
    return [Line(question, rate(rates["one"]), rate(rates["spread"]), ratio(rates, "one", "spread"), TARGET)]


if __name__ == "__main__":
    sketch = quick()
    for engine in ENGINES:
        report(f"{engine}: a hot account, awards a second", measure(engine, sketch=sketch))
