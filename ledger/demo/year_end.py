"""The year's end of the invented district: party members who reported at home, what is kept of people beside their
service, and an appraisal that is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ledger.bank import Bank, By
from ledger.governance import appraisals
from ledger.people import consents, organisations, party
from ledger.people.consents import SENSITIVE_DATA
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.service import dossiers

MEMBERS, CONFIRMED = 24, 18
"""How many party members reported at home, and of how many the estate has confirmed it."""
VOICES = 12
QUESTIONS = ("保洁与绿化", "报修与响应", "服务态度")


def fill(bank: Bank, organiser: By, district: Organisation, people: Sequence[Volunteer]) -> None:
    """Ties, dossiers and a form; nothing is posted."""
    today = bank.today()
    for at, person in enumerate(people[:MEMBERS]):
        home = organisations.find(bank, person.organisation_id)
        if home is None:
            raise LookupError(f"{person.volunteer_no} belongs nowhere")
        consents.record(bank, organiser, person, purpose=SENSITIVE_DATA, given=True, captured="paper")
        since = today - timedelta(days=10 * (at + 1))
        tie = party.tie(bank, organiser, person, kind=party.HOME, organisation=home, from_on=since)
        if at < CONFIRMED:
            party.confirm(bank, organiser, tie)
    _dossiers(bank, organiser, people[:MEMBERS:8])
    form = appraisals.put_out(
        *(bank, organiser, district),
        kind="property_company",
        title="物业服务评议(示例)",
        questions=QUESTIONS,
        from_on=today,
        until_on=today + timedelta(days=14),
    )
    for at, person in enumerate(people[:VOICES]):
        appraisals.speak(bank, By(actor=person.id), form, person, [5 - (at + question) % 3 for question in range(3)])


def _dossiers(bank: Bank, organiser: By, people: Sequence[Volunteer]) -> None:
    today = bank.today()
    for person in people:
        dossiers.keep(
            *(bank, organiser, person),
            kind="training",
            on_day=today - timedelta(days=90),
            title="急救知识培训(示例)",
            given_by="示例红十字会",
            minutes=120,
        )
        dossiers.keep(
            *(bank, organiser, person),
            kind="commendation",
            on_day=today - timedelta(days=30),
            title="优秀志愿者(示例)",
            given_by="示例区志愿者协会",
        )
