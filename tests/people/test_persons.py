"""Who turns out to be registered twice keeps their wishes, requests, tasks and voices; and an undone merge parts them
again.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.bank import Bank, By
from ledger.core.refusals.appraisals import AlreadySpoken
from ledger.core.refusals.needs import AlreadyTakenUp, OwnNeed, WishRepeated
from ledger.core.refusals.refusal import Refused
from ledger.governance import appraisals
from ledger.people import closings, volunteers
from ledger.people.volunteers import Volunteer
from ledger.service import (
    companionships,
    dossiers,
    need_settings,
    request_steps,
    requests,
    task_results,
    tasks,
    wish_claims,
    wishes,
)
from ledger.service.requests import NewRequest
from ledger.service.tasks import NewTask
from ledger.service.wishes import NewWish, Published
from tests.banks import SECOND, STAFF
from tests.towns import Town

BY = By(actor=STAFF)
HUNG = Published(text="示例心愿", points=5, cost_fen=100, person_in_charge="示例负责人")
ALL = {"after": None, "limit": 9}


@pytest.fixture
def town(bank: Bank) -> Town:
    need_settings.change_settings(bank, BY, {"wishes_a_year": 1})
    return Town(bank)


def wished(town: Town, who: Volunteer) -> wishes.Wish:
    new = NewWish(organisation=town.district, kind="thing", channel="wall", words="示例", volunteer=who)
    return wishes.publish(town.bank, By(actor=SECOND), wishes.collect(town.bank, BY, new), HUNG)


def to_do(town: Town, request: requests.ResidentRequest | None) -> tasks.Task:
    new = NewTask(
        organisation=town.district,
        kind="cleaning",
        title="示例任务",
        content="",
        place="",
        person_in_charge="示例负责人",
        helpers_at_most=2,
    )
    return tasks.dispatch(town.bank, BY, request, new)


def refused(act: object, *given: object) -> object:
    assert callable(act)
    with pytest.raises(Refused) as caught:
        act(*given)
    return caught.value.refusal


def test_what_was_left_under_a_merged_number_is_the_survivor_s_until_the_merge_is_undone(town: Town) -> None:
    bank, old, ana = town.bank, town.volunteer("old"), town.volunteer("ana")
    wish, other = wished(town, old), wished(town, town.volunteer("cy"))
    claim = wish_claims.claim(bank, BY, other, old)
    companionships.pair(bank, BY, other, old)
    asked = NewRequest(organisation=town.district, kind="lighting", channel="phone", words="示例", volunteer=old)
    request = request_steps.accept(bank, BY, requests.receive(bank, BY, asked))
    theirs, free = to_do(town, request), to_do(town, None)
    tasks.take(bank, BY, free, old)
    form = appraisals.put_out(
        bank,
        BY,
        town.district,
        kind="self",
        title="示例评议",
        questions=["示例"],
        from_on=bank.today(),
        until_on=bank.today() + timedelta(days=1),
    )
    appraisals.speak(bank, BY, form, old, [4])
    dossiers.keep(bank, BY, old, kind="training", on_day=bank.today(), title="示例", given_by="示例")
    assert closings.merge(bank, BY, town.request("merge", None), old, ana).posted
    now = volunteers.find(bank, old.volunteer_no)
    assert now is not None
    assert now.id == ana.id

    assert [each.id for each in wishes.of_volunteer(bank, now, **ALL).items] == [wish.id]  # type: ignore[arg-type]
    assert [each.id for each in wish_claims.of_volunteer(bank, now, **ALL).items] == [claim.id]  # type: ignore[arg-type]
    assert [each.id for each in requests.of_volunteer(bank, now, **ALL).items] == [request.id]  # type: ignore[arg-type]
    assert [each.id for each in tasks.of_volunteer(bank, now, **ALL).items] == [free.id]  # type: ignore[arg-type]
    assert len(dossiers.of_volunteer(bank, now)) == 1
    assert appraisals.open_to(bank, now) == []
    assert refused(appraisals.speak, bank, BY, form, now, [1]) == AlreadySpoken()
    assert isinstance(refused(wished, town, now), WishRepeated)
    assert refused(wish_claims.claim, bank, BY, wish, now) == OwnNeed()
    assert refused(wish_claims.claim, bank, BY, other, now) == AlreadyTakenUp()
    assert refused(companionships.pair, bank, BY, wish, now) == OwnNeed()
    assert refused(companionships.pair, bank, BY, other, now) == AlreadyTakenUp()
    assert refused(tasks.take, bank, BY, theirs, now) == OwnNeed()
    assert refused(tasks.take, bank, BY, free, now) == AlreadyTakenUp()
    done, [credit] = task_results.finish(
        bank, BY, town.request("finish", None), free, outcome="示例", done_on=bank.today(), served={now: 30}
    )
    assert (done.helpers, credit.volunteer_no, credit.outcome.posted) == (1, ana.volunteer_no, True)

    [merged] = [each for each in (volunteers.find_registered(bank, old.volunteer_no),) if each]
    assert merged.closed_seq is not None
    assert closings.undo(bank, BY, town.request("undo", None), merged, merged.closed_seq, "示例").posted
    assert wishes.of_volunteer(bank, ana, **ALL).items == []  # type: ignore[arg-type]
    assert len(wishes.of_volunteer(bank, old, **ALL).items) == 1  # type: ignore[arg-type]
    assert appraisals.open_to(bank, ana) == [form]
