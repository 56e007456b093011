"""kill -9 of whoever posts what is ready: nothing is lost and nothing doubled, of corrections neither."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from datetime import timedelta
from uuid import UUID, uuid5

import pytest

from ledger.bank import Bank, By
from ledger.reading.balances import balance_of
from ledger.service import corrections, records, reviews, rulebooks
from ledger.service.records import Claim
from ledger.service.reviewing import Review
from ledger.settings import Settings
from tests.banks import LONG, SEALING_KEY, PlayedWorld
from tests.towns import Town

CLAIMS, KILLS = 60, 50 if LONG else 3
HOUR = 60


def approved(town: Town, claim: UUID, *reviewers: str) -> None:
    """As it stands when whoever heard the last word was killed before posting it."""
    for reviewer in reviewers:
        actor = uuid5(town.district.id, reviewer)
        said = Review(id=town.bank.world.new_id(), actor=actor, claim_id=claim, decision="approve")
        assert town.bank.submit(said).posted


def corrected(town: Town, name: str) -> UUID:
    """An hour of somebody's that was two; the correction waits for its reviewer."""
    posted = town.award(name, 2 * HOUR, on=town.bank.today() - timedelta(days=99))
    record = records.find(town.bank, UUID(str(posted.answer["id"])))
    assert record is not None
    claim = Claim(
        volunteer=town.volunteer(name),
        activity=town.activity("cleaning"),
        minutes=HOUR,
        served_on=record.served_on,
        capture_method="clocked",
        household=None,
    )
    book = rulebooks.in_force(town.bank, record.served_on)
    request, clerk = town.request("correct"), By(actor=uuid5(town.district.id, "clerk"))
    waits = corrections.correct(
        town.bank,
        clerk,
        request,
        record,
        claim,
        book,
        reason="示例更正",
        may_undo=False,
    )
    return UUID(str(waits.answer["id"]))


@pytest.mark.timeout(0 if LONG else 120)
def test_killed_while_posting_what_is_ready_nothing_is_lost_or_doubled(bank_url: str, play: PlayedWorld) -> None:
    settings = Settings(database_url=bank_url, sealing_keys=SEALING_KEY)
    with Bank.open(settings, world=play.world) as bank:
        town = Town(bank)
        for day in range(CLAIMS):
            on = bank.today() - timedelta(days=day)
            made = town.award("ana", HOUR, on=on, method="backfilled")
            approved(town, UUID(str(made.answer["id"])), "bo", "chen")
        approved(town, corrected(town, "ana"), "bo")
        owner = town.volunteer("ana").owner
    dice = random.Random(7)
    for _ in range(KILLS):
        poster = subprocess.Popen(
            [sys.executable, "-m", "tests.ledger.record_poster", bank_url], stdout=subprocess.PIPE, text=True
        )
        assert poster.stdout is not None
        assert poster.stdout.readline() == "open\n"
        time.sleep(dice.random() / 50)
        poster.kill()
        poster.wait()
        poster.stdout.close()
    with Bank.open(settings, world=play.world) as bank:
        reviews.post_ready(bank)
        assert tuple(reviews.post_ready(bank)) == (0, 0)
        held = balance_of(bank, owner)
        assert (held.minutes_honorary, held.minutes_clocked) == (CLAIMS * HOUR, HOUR)
        assert held.points == (CLAIMS + 1) * 10
