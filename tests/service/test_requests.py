"""Requests: who asked is forgotten, too, where they never say how it was."""

from __future__ import annotations

import pytest

from ledger.bank import Bank, By
from ledger.service import askers, notice_runs, request_steps, requests
from ledger.service.askers import Asker
from ledger.service.requests import NewRequest, ResidentRequest
from tests.banks import STAFF, Clock
from tests.towns import Town

BY = By(actor=STAFF)


def closed(town: Town) -> ResidentRequest:
    asker = Asker(name="示例奶奶", phone="13800138000", flat="示例501")
    new = NewRequest(organisation=town.district, kind="lighting", channel="qr", words="示例灯坏了", asker=asker)
    accepted = request_steps.accept(town.bank, BY, requests.receive(town.bank, BY, new))
    return request_steps.close(town.bank, BY, accepted, "示例已修")


def known(bank: Bank, request: ResidentRequest) -> Asker | None:
    found = requests.find(bank, request.id)
    assert found is not None
    return askers.opened(bank, "request", found.id, found.asker)


@pytest.mark.parametrize("how", ["the daily run", "the next request"])
def test_who_never_says_how_it_was_is_forgotten_in_the_end(bank: Bank, clock: Clock, how: str) -> None:
    town = Town(bank)
    request = closed(town)
    clock.forward(days=30)
    notice_runs.run(bank, BY)
    assert known(bank, request) is not None
    clock.forward(seconds=1)
    if how == "the daily run":
        notice_runs.run(bank, BY)
    else:
        closed(town)
    assert known(bank, request) is None
    assert request_steps.judge(bank, By(actor=town.bank.world.new_id()), request, is_satisfied=True, score=5).score == 5
