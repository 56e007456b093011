"""Admission: whom an activity may take. Age is looked at where a day of birth is kept, and never told.

A minor comes with a guardian on record who speaks for them (PIPL 31, 未成年人保护法); nobody may wave that aside.
"""

from __future__ import annotations

from datetime import date

from ledger.bank import Bank
from ledger.core.refusals.activities import AgeUnknown, GuardianMissing, TooYoung
from ledger.core.refusals.refusal import Refusal
from ledger.people import guardians, particulars, profiles
from ledger.people.volunteers import Volunteer
from ledger.service.activities import Activity


def of_minor(bank: Bank, volunteer: Volunteer, on: date) -> Refusal | None:
    """GuardianMissing where somebody under eighteen has no guardian on record."""
    age = _age(bank, volunteer, on)
    if age is None or age >= particulars.MINOR_YEARS:
        return None
    speaks = any(each.ended_at is None for each in guardians.of(bank, volunteer))
    return None if speaks else GuardianMissing()


def of_age(bank: Bank, activity: Activity, volunteer: Volunteer, on: date) -> Refusal | None:
    """TooYoung, or AgeUnknown where nothing is kept to tell it by: the organiser asks, and decides."""
    if activity.minimum_age is None:
        return None
    age = _age(bank, volunteer, on)
    if age is None:
        return AgeUnknown(minimum_age=activity.minimum_age)
    return TooYoung(minimum_age=activity.minimum_age) if age < activity.minimum_age else None


def _age(bank: Bank, volunteer: Volunteer, on: date) -> int | None:
    kept = {field: each.value for field, each in profiles.of(bank, volunteer).items()}
    born = particulars.birth_in(kept)
    return None if born is None else particulars.age_on(born, on)
