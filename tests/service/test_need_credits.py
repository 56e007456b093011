"""Whoever met a need was credited for it: what an insider changes of that is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.bank import Bank, By
from ledger.reading.check import check
from ledger.reading.findings import Finding
from ledger.service import fulfilling, task_results, tasks, wish_claims, wishes
from ledger.service.tasks import NewTask
from ledger.service.wishes import NewWish, Published
from tests.banks import SECOND, STAFF
from tests.reading.tamper import tamper
from tests.reading.test_check import without_keys
from tests.towns import Town

BY, OTHER = By(actor=STAFF), By(actor=SECOND)
RULES = Path(__file__).parent.parent / "stories" / "rulebooks" / "wishes.yaml"
NOBODY = "00000000-0000-4000-8000-000000000000"


def credited(town: Town) -> dict[str, int]:
    """A wish worth 5 that ana and bo fulfilled, bo by service; and a task that cy did. The seq of each credit."""
    bank, request = town.bank, town.request
    new = NewWish(
        organisation=town.district, kind="service", channel="wall", words="示例", volunteer=town.volunteer("wisher")
    )
    shown = Published(text="示例", points=5, cost_fen=100, person_in_charge="示例负责人", claimers_at_most=2)
    wish = wishes.publish(bank, OTHER, wishes.collect(bank, BY, new), shown)
    wish_claims.claim(bank, BY, wish, town.volunteer("ana"))
    served = wish_claims.claim(bank, BY, wish, town.volunteer("bo"))
    fulfilling.fulfil(bank, BY, wish, proof="示例", done_on=bank.today(), minutes={served.id: 60})
    witness = By(actor=bank.world.new_id())
    _, wished = fulfilling.confirm(bank, witness, request("confirm", None), wish, "in_person")
    work = NewTask(
        organisation=town.district,
        kind="repair",
        title="示例",
        content="",
        place="",
        person_in_charge="示例负责人",
    )
    task = tasks.dispatch(bank, BY, None, work)
    _, done = task_results.finish(
        *(bank, BY, request("finish", None), task),
        outcome="示例",
        done_on=bank.today(),
        served={town.volunteer("cy"): 30},
    )
    seqs = {each.volunteer_no: each.outcome.seq for each in wished}
    seqs |= {each.volunteer_no: each.outcome.seq for each in done}
    made = {name: seqs[town.volunteer(name).volunteer_no] for name in ("ana", "bo", "cy")}
    assert None not in made.values()
    return {name: seq for name, seq in made.items() if seq is not None}


TRIED = (
    (
        "need_credit SET need_id = '{nobody}' WHERE seq = {cy}",
        "need_credit SET need_id = (SELECT id FROM task) WHERE seq = {cy}",
        {"need cy", "day cy", "activity cy", "meeting cy"},
    ),
    (
        "need_credit SET volunteer_id = (SELECT volunteer_id FROM service_record WHERE seq = {bo}) WHERE seq = {cy}",
        "need_credit SET volunteer_id = (SELECT volunteer_id FROM service_record WHERE seq = {cy}) WHERE seq = {cy}",
        {"volunteer cy", "meeting cy"},
    ),
    (
        "need_credit SET id = '{nobody}' WHERE seq = {cy}",
        "need_credit SET id = (SELECT id FROM service_record WHERE seq = {cy}) WHERE seq = {cy}",
        {"id cy"},
    ),
    ("wish SET points = 50", "wish SET points = 5", {"value ana", "value bo"}),
    ("wish SET state = 'published'", "wish SET state = 'confirmed'", {"need ana", "need bo"}),
    ("wish SET done_on = '2026-02-01'", "wish SET done_on = '2026-03-02'", {"day ana", "day bo"}),
    ("task_helper SET minutes = 300", "task_helper SET minutes = 30", {"meeting cy"}),
    ("wish_claim SET ended_as = 'over'", "wish_claim SET ended_as = 'fulfilled'", {"meeting ana", "meeting bo"}),
)
"""What an insider may change, how it is put back, and what is then found of whose credit."""


@pytest.mark.tampers
def test_a_credit_that_is_not_what_its_need_says_is_found(bank: Bank, bank_url: str) -> None:
    town = Town(bank, RULES.read_text(encoding="utf-8"))
    seqs = credited(town)
    names = {seq: name for name, seq in seqs.items()}

    def found() -> list[Finding]:
        return list(check(bank.store, charter=bank.charter))

    assert found() == []
    for change, back, what in TRIED:
        words = {**seqs, "nobody": NOBODY}
        tamper(bank_url, "UPDATE " + change.format_map(words))
        said = {f"{one.facts['what']} {names[one.seq or 0]}" for one in found() if one.code == "need_credit_wrong"}
        assert said == what, change
        tamper(bank_url, "UPDATE " + back.format_map(words))
    assert found() == []
    tamper(bank_url, "UPDATE need_credit SET seq = 1 WHERE seq = {cy}".format_map(seqs))
    assert {(one.code, one.seq) for one in found()} == {("record_unexpected", 1)}


@pytest.mark.tampers
def test_a_second_credit_for_one_need_is_found(bank: Bank, bank_url: str) -> None:
    town = Town(bank, RULES.read_text(encoding="utf-8"))
    seq, again = credited(town)["cy"], town.award("cy", 30).seq
    second = (
        "INSERT INTO need_credit (id, seq, need_id, volunteer_id) SELECT r.id, r.seq, c.need_id, c.volunteer_id "
        "FROM service_record r, need_credit c WHERE r.seq = {again} AND c.seq = {seq}"
    )
    tamper(bank_url, *without_keys(bank, "need_credit"), second.format(again=again, seq=seq))
    found = check(bank.store, charter=bank.charter)
    assert {one.seq for one in found if one.facts.get("what") == "once"} == {seq, again}
