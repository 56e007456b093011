"""Whatever changes anything leaves a trace: a line of the audit, or a transaction of the ledger. Asked of every
operation of the contract, as the matrix asks them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from ledger.bank import Bank
from ledger.store.schema import books
from ledger.store.schema.audit import audit
from tests.api.conftest import Client, Told
from tests.api.ground import About, Ground
from tests.api.operations import EXAMPLES
from tests.api.test_matrix import Operation, ask, ground, grounds, operations_of

__all__ = ["ground", "grounds"]

TRACELESS = {
    "redemptions.check": "nothing changes: a question about what would come of it",
    "reservations.find": "nothing changes: what waits under a code",
    "identifications.identify": "nothing changes: who looked is noted as a view (test_clerks.py)",
    "auth.token": "who signs in changes nothing; who is refused is noted (test_audit.py)",
    "auth.revoke": "what is shown may be nobody's token",
    "pairing.ask": "a device asks; what is decided about it leaves the line",
    "sessions.renew": "goes on with a session whose beginning and end are noted",
    "sessions.screen_code": "another code for a session whose beginning is noted",
    "sessions.scan": "begins a session as sessions.identify does (test_identification.py)",
    "sessions.glance": "a card that is there is looked at in test_identification.py",
    "rulebooks.validate": "nothing changes: a text is looked over",
    "notices.preview": "nothing changes: what would hang is drawn up",
    "simulations.simulate": "nothing changes: nothing is posted",
    "simulations.simulate_to_file": "nothing changes: nothing is posted",
    "me.offer_otp": "nothing changes before a code of it is shown",
}
"""Operations that are no GET and leave none here, and why not."""

HARD = {
    "listings.put_on",
    "certificates.issue",
    "reservations.collect",
    "paper_redemptions.settle",
    "check_ins.check_in",
    "check_ins.check_out",
    "sign_ups.sign_oneself_up",
    "stars.decide",
    "party.report",
    "party.commit",
    "witness.add_checkpoint",
    "me.change_password",
    "me.confirm_otp",
    "sessions.identify",
    "sessions.change_pin",
    "households.join",
    "households.leave",
    "households.appoint",
    "groups.join",
    "groups.leave",
    "groups.appoint",
    "notices.publish",
    "objections.make",
    "giving.pool_into_household",
    "giving.pool_into_group",
    "giving.donate",
    "imports.commit",
    "privacy_rules.change",
    "working_days.override",
    "duty.change_settings",
    "proposals.draft",
    "proposals.take_rulebook_step",
    "proposals.take_step",
    "proposals.attach",
    "volunteers.erase",
    "closings.merge",
    "wishes.wish",
    "stairwells.scan",
    "need_settings.change",
    "closings.reverse",
}
"""Those of which an example that succeeds is more than a line; their own tests ask for their lines."""


def trace(bank: Bank) -> tuple[int, int]:
    """How many lines and transactions there are."""
    with bank.store.reading() as connection:
        lines = connection.scalar(select(func.count()).select_from(audit).where(audit.c.outcome == "done"))
        return int(lines or 0), int(connection.scalar(select(books.head.c.seq)) or 0)


def done(ground: Ground, operation: Operation) -> Iterator[Told]:
    """The operation as somebody does it who may, about their own."""
    example = EXAMPLES[operation.id]
    ground.let_volunteer_in()
    for caller, client in ground.callers.items():
        if operation.allows(caller) and caller != "whole auditor":
            at = About(ground.places["child" if example.above else "own"])
            yield ask(fresh(client, operation, at), operation, example, at)


def fresh(client: Client, operation: Operation, at: About) -> Client:
    """A client that has looked at what it changes."""
    if operation.method in ("POST", "GET"):
        return client
    url = operation.path
    for name in operation.parameters:
        url = url.replace(f"{{{name}}}", str(getattr(at, EXAMPLES[operation.id].path.get(name, name))))
    told = client.get(url)
    if "ETag" not in told.headers:  # a part of something: what changes is the whole
        told = client.get(url.rpartition("/")[0])
    return replace(client, etag=told.headers["ETag"])


def test_every_deed_leaves_a_line_or_a_transaction(ground: Ground) -> None:
    for operation in operations_of(ground):
        if operation.method == "GET" or operation.id in TRACELESS:
            continue
        before = trace(ground.bank)
        statuses = [told.status for told in done(ground, operation)]
        if operation.id not in HARD:
            assert any(status < 300 for status in statuses), (operation.id, statuses)
        if any(status < 300 for status in statuses):
            assert trace(ground.bank) != before, f"{operation.id} leaves no trace"


def test_what_is_excused_is_there() -> None:
    assert HARD | set(TRACELESS) <= set(EXAMPLES)
    assert not HARD & set(TRACELESS)


@pytest.mark.usefixtures("ground")
def test_a_deed_without_a_trace_would_be_noticed(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    from ledger.store.changes import Changes

    monkeypatch.setattr(Changes, "audit", lambda *_, **__: None)
    before = trace(ground.bank)
    [rename] = [operation for operation in operations_of(ground) if operation.id == "organisations.rename"]
    assert [told.status for told in done(ground, rename)] == [200]
    assert trace(ground.bank) == before
