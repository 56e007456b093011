"""The year's end of the invented district: party members who reported at home, what is kept of people beside their
service, and an appraisal that is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ledger.bank import Bank, By
from ledger.governance import appraisals
from ledger.people import consents, organisations, party, volunteers
from ledger.people.consents import SENSITIVE_DATA
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.service import dossiers

MEMBERS = 120
"""So many party members reported at home, from all estates; five in six to their unit, too, half adopted an area."""
UNITS = ("示例机关", "示例学校", "示例医院")
WAITING = 8
"""One report in so many waits for whoever confirms it."""
VOICES = 12
QUESTIONS = ("保洁与绿化", "报修与响应", "服务态度")


def fill(bank: Bank, organiser: By, district: Organisation, people: Sequence[Volunteer]) -> None:
    """Ties, dossiers and a form; nothing is posted."""
    today = bank.today()
    members = people[:: len(people) // MEMBERS][:MEMBERS]
    _report(bank, organiser, district, members)
    _dossiers(bank, organiser, members[::8])
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


def _report(bank: Bank, organiser: By, district: Organisation, members: Sequence[Volunteer]) -> None:
    """Dual check-in: at home and to the unit, and one of the three commitments; most of it is confirmed."""
    units = [organisations.create(bank, organiser, parent=district, level="unit", name=name) for name in UNITS]
    for at, person in enumerate(members):
        home, now = organisations.find(bank, person.organisation_id), volunteers.find_by_id(bank, person.id)
        if home is None or now is None or now.closed is not None:
            continue
        consents.record(bank, organiser, person, purpose=SENSITIVE_DATA, given=True, captured="paper")
        since = bank.today() - timedelta(days=2 * (at + 1))
        ties: list[tuple[str, Organisation, str | None]] = [(party.HOME, home, None)]
        ties += [(party.UNIT, units[at % len(units)], None)] if at % 6 else []
        ties += [(party.AREA, home, "中心花园(示例)")] if at % 2 else []
        for number, (kind, place, area) in enumerate(ties, at):
            tie = party.tie(bank, organiser, person, kind=kind, organisation=place, from_on=since, area=area)
            if number % WAITING:
                party.confirm(bank, organiser, tie)


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
