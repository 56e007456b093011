"""The register of the invented district: what a few people let the bank keep of them, who agreed, who was registered
twice, and who moved away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from random import Random

from ledger.bank import Bank, By, Request
from ledger.people import closings, consents, guardians, privacy, registration
from ledger.people.consents import PUBLISH_CONTACT, PUBLISH_NAME, SENSITIVE_DATA, SMS
from ledger.people.guardians import NewGuardian
from ledger.people.volunteers import Volunteer

KEPT = ("phone", "birth_date", "party_member")
PERSONS = 24
"""Whose particulars are kept; of everybody else the bank knows a name."""


def fill(bank: Bank, admin: By, organiser: By, reviewer: By, people: Sequence[Volunteer], dice: Random) -> None:
    """Privacy rules, particulars, consents, a child with a guardian, a merge and a closing."""
    privacy.set_rules(bank, admin, kept=KEPT, on_leaving=privacy.FORFEIT, on_death=privacy.TRANSFER)
    known = dice.sample(list(people), PERSONS)
    for at, person in enumerate(known):
        _agree(bank, organiser, person, [SENSITIVE_DATA, *dice.sample([PUBLISH_NAME, PUBLISH_CONTACT, SMS], 2)])
        typed: dict[str, object] = {
            "phone": f"190{at:04}{dice.randrange(10_000):04}",
            "birth_date": f"{dice.randrange(1945, 2000)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}",
            "party_member": "是" if at % 3 == 0 else "否",
        }
        registration.change_volunteer(bank, organiser, person, particulars=typed)
    consents.record(bank, organiser, known[0], purpose=PUBLISH_NAME, given=False, captured="in_person")
    _child(bank, organiser, next(one for one in people if one not in known))
    _end(bank, reviewer, people, known)


def _agree(bank: Bank, by: By, person: Volunteer, purposes: Sequence[str]) -> None:
    for purpose in purposes:
        consents.record(bank, by, person, purpose=purpose, given=True, captured="paper")


def _child(bank: Bank, by: By, child: Volunteer) -> None:
    guardian = guardians.record(bank, by, child, NewGuardian(name="范示例母", phone="19000000000", relation="mother"))
    consents.record(bank, by, child, purpose=SENSITIVE_DATA, given=True, captured="in_person", guardian_id=guardian.id)
    born = bank.today().replace(day=1, month=1)
    registration.change_volunteer(
        bank, by, child, particulars={"birth_date": born.replace(year=born.year - 11).isoformat()}
    )


def _end(bank: Bank, by: By, people: Sequence[Volunteer], known: Sequence[Volunteer]) -> None:
    """Two of one name turn out to be one person; somebody else moves to another city."""
    first: dict[str, Volunteer] = {}
    twin = next(one for one in people if one not in known and first.setdefault(one.name, one) is not one)
    asked = _requests(by)
    closings.merge(bank, by, asked("merge"), twin, first[twin.name])
    leaving = next(one for one in reversed(people) if one not in (*known, twin, first[twin.name]))
    closings.close(bank, by, asked("close"), leaving, reason="left")


def _requests(by: By) -> Callable[[str], Request]:
    def asked(what: str) -> Request:
        key = f"demo-register-{what}"
        return Request(str(by.actor), key, hashlib.sha256(key.encode()).digest())

    return asked
