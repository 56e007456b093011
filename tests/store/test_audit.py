"""Every change, view and refused attempt leaves a line that says who, where, what, and whose auditors may read it."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from ledger.bank import Bank, By, Note
from ledger.people import organisations, staff
from ledger.store.changes import Changes
from ledger.store.schema.audit import audit
from tests.banks import STAFF, Clock
from tests.towns import Town

DEVICE = UUID("00000000-0000-7000-8000-00000000de71")


def last_line(bank: Bank) -> dict[str, Any]:
    """The newest: move the clock before writing what is asked for."""
    with bank.store.reading() as connection:
        return dict(
            connection.execute(select(audit).order_by(audit.c.recorded_at.desc(), audit.c.id.desc()).limit(1))
            .mappings()
            .one()
        )


def test_a_change_belongs_to_the_organisation_of_its_object(bank: Bank, clock: Clock) -> None:
    town = Town(bank)
    by = By(actor=STAFF, device=DEVICE)
    below = organisations.create(bank, by, parent=town.district, level="community", name="示例社区")
    clerk = staff.hire(
        bank, by, username="clerk", password="示例密码示例密码示例", name="示例", roles=[("desk", below)]
    )
    for kind, subject, organisation in [
        ("organisation", below.id, below.id),
        ("desk", town.desk.id, town.district.id),
        ("volunteer", town.volunteer("ana").id, town.district.id),
        ("prize", town.prize("mug").id, town.district.id),
        ("staff", clerk.id, below.id),
        ("login", "somebody", None),
        ("prize", STAFF, None),
        ("rulebook", STAFF, None),
    ]:
        clock.forward(seconds=1)
        with bank.changing(by) as change:
            change.audit("try", kind, subject, before={"state": "a"}, after={"state": "b"})
        line = last_line(bank)
        assert line["organisation_id"] == organisation, kind
        assert line["subject_id"] == str(subject)
        assert (line["outcome"], line["actor_kind"], line["actor_id"], line["device_id"]) == (
            "done",
            "staff",
            STAFF,
            DEVICE,
        )
        assert line["change"] == '{"before": {"state": "a"}, "after": {"state": "b"}}'


def test_a_view_and_a_refused_attempt_are_lines_too(bank: Bank, clock: Clock) -> None:
    town = Town(bank)
    ana, bo = town.volunteer("ana"), town.volunteer("bo")
    by = By(actor=ana.id, kind="volunteer", device=DEVICE)
    clock.forward(seconds=1)
    bank.noted(by, Note(action="view", kind="volunteer", subject=ana.id, change={"fields": ["phone"]}))
    line = last_line(bank)
    assert (line["outcome"], line["actor_kind"], line["organisation_id"]) == ("viewed", "volunteer", town.district.id)
    clock.forward(seconds=1)
    bank.noted(by, Note(action="view", kind="volunteer", subject=bo.id, outcome="refused"))
    assert last_line(bank)["outcome"] == "refused"


def test_a_line_given_its_organisation_keeps_it(bank: Bank, clock: Clock) -> None:
    town = Town(bank)
    below = organisations.create(bank, By(actor=STAFF), parent=town.district, level="team", name="示例队")
    note = Note(action="view", kind="desk", subject=town.desk.id, organisation=below.id)
    clock.forward(seconds=1)
    bank.noted(By(actor=STAFF), note)
    assert last_line(bank)["organisation_id"] == below.id


def test_a_change_that_fails_leaves_no_line(bank: Bank) -> None:
    Town(bank)
    before = last_line(bank)

    def fail(change: Changes) -> None:
        change.audit("try", "desk", STAFF)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), bank.changing(By(actor=STAFF)) as change:
        fail(change)
    assert last_line(bank) == before
