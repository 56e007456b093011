"""Many processes at one wallet and one last prize: what may go goes, no more, and every number in between is there."""

from __future__ import annotations

from collections import Counter

import pytest

from ledger.bank import Bank
from ledger.settings import Settings
from tests.banks import LONG, PlayedWorld, examine_at
from tests.ledger import crowd
from tests.towns import Town

MEMBERS, TIMES = (8, 400) if LONG else (5, 12)
POINTS, RICE = 40, 3
TURNS_MAX = 20
"""A crowd may walk in file by chance; not twenty times."""


@pytest.fixture
def scene(bank_url: str, play: PlayedWorld) -> tuple[crowd.Spender, Town]:
    """A wallet of forty points, plenty of soap at one point, and three bags of rice at two."""
    with Bank.open(Settings(database_url=bank_url), world=play.world) as bank:
        town = Town(bank, rulebook=None)
        soap, rice = town.prize("soap", 1), town.prize("rice", 2)
        town.receive("soap", 10_000)
        town.receive("rice", RICE)
        town.adjust("甲", POINTS)
        wanted = tuple((prize.id, prize.unit_id, prize.cost_points) for prize in (soap, rice))
        return crowd.Spender(bank_url, "", town.volunteer("甲").owner, town.desk.owner, wanted, TIMES), town


def each(spender: crowd.Spender, *, unguarded: bool = False, turn: int = 0) -> list[crowd.Spender]:
    return [
        crowd.Spender(
            spender.url,
            f"spender-{turn}-{n}",
            spender.volunteer,
            spender.desk,
            spender.wanted,
            spender.times,
            unguarded,
        )
        for n in range(MEMBERS)
    ]


def test_what_is_there_goes_once_and_nothing_else(scene: tuple[crowd.Spender, Town], play: PlayedWorld) -> None:
    spender, town = scene
    soap, rice = (unit for _, unit, _ in spender.wanted)
    before = 3  # two receipts and the gift
    answers = crowd.send(each(spender))
    assert {answer.fault for answer in answers} == {None}
    posted = [answer for answer in answers if answer.code == "posted"]
    assert sorted(answer.seq or 0 for answer in posted) == list(range(before + 1, before + 1 + len(posted)))
    gone = Counter(answer.key.rsplit("-", 1)[1] for answer in posted)
    assert gone[str(rice)] == RICE
    assert gone[str(soap)] == POINTS - 2 * RICE
    refused = Counter(answer.code for answer in answers if answer.code != "posted")
    assert set(refused) <= {"insufficient_points", "insufficient_stock"}
    with Bank.open(Settings(database_url=spender.url), world=play.world) as bank:
        town.bank = bank
        assert town.points("甲") == 0
        assert (town.stocked("rice"), town.stocked("soap")) == (0, 10_000 - gone[str(soap)])


@pytest.mark.tampers
def test_without_the_head_the_crowd_falls_over_itself(scene: tuple[crowd.Spender, Town]) -> None:
    """The negative control. The database's own guards still let nothing go twice, but not everybody is served."""
    spender, _ = scene
    turns = (crowd.send(each(spender, unguarded=True, turn=turn)) for turn in range(TURNS_MAX))
    assert any(answer.fault for answers in turns for answer in answers)
    assert examine_at(spender.url) == []
