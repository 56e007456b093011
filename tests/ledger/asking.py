"""Small rulebooks that ask for one fact, and people of whom it is known or not."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

from ledger.bank import By
from ledger.core.accounts import OwnerKind
from ledger.people import households, organisations, privacy, registration
from ledger.people.consents import SENSITIVE_DATA
from ledger.people.organisations import Organisation
from ledger.people.registration import Newcomer, NewConsent
from ledger.store import rows
from ledger.store.writer import Outcome
from tests.banks import STAFF
from tests.towns import Town

BY = By(actor=STAFF)
HEAD = """\
code: asks
version: 1
title: {zh: 问事实(示例), en: It asks for facts (example)}
effective_from: 2020-01-01
posting: {policy: at_once}
lapse: {policy: never}
rules:
"""


def asking(when: str, kind: str = "service") -> str:
    """A book that gives 1 to whoever meets this, and nothing to others."""
    title = "title: {zh: 服务, en: Service}"
    return f"{HEAD}  - {{id: r, {title}, deeds: [{kind}], when: {{{when}}}, points: 1, per: session}}\n"


def place(town: Town, level: str, name: str, parent: Organisation | None = None) -> Organisation:
    return organisations.create(town.bank, BY, parent=parent or town.district, level=level, name=name)


def arrives(town: Town, name: str, organisation: Organisation, **particulars: object) -> None:
    """Somebody is registered there, with these particulars."""
    if particulars:
        privacy.set_rules(town.bank, BY, kept=list(particulars), on_leaving="forfeit", on_death="forfeit")
    newcomer = Newcomer(name=f"示例{name}", particulars=particulars, consents=[NewConsent(SENSITIVE_DATA, "paper")])
    town.replace_volunteer(name, registration.register(town.bank, BY, organisation=organisation, newcomer=newcomer))


def inputs(town: Town, outcome: Outcome) -> dict[str, object]:
    with town.bank.store.reading() as connection:
        row = rows.find(connection, "service_record", id=UUID(str(outcome.answer["id"])))
    found: dict[str, object] = json.loads(row["inputs"]) if row else {}
    return found


def given(town: Town, name: str = "甲", on: date | None = None) -> int:
    return int(town.award(name, 60, on=on).answer["points"])


def joins_a_group(town: Town) -> None:
    choir = households.create(town.bank, BY, kind=OwnerKind.GROUP, organisation=town.district, name="示例队")
    households.join(town.bank, BY, choir, town.volunteer("甲"), from_on=town.bank.today())
