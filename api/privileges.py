"""Privileges: what somebody's balance, hours or stars open to them without being spent."""

from __future__ import annotations

from typing_extensions import TypedDict

from api.routes import Call, Routes
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.people import viewings
from ledger.people.viewings import viewed
from ledger.prizes import privileges
from ledger.prizes.privileges import Opened

routes = Routes("privileges")


class PrivilegeTitle(TypedDict):
    """The same in both languages."""

    zh: str
    en: str


class PrivilegeAnswer(TypedDict):
    """A privilege and what opens it: a balance in the smallest unit, hours, stars. None of it is spent."""

    id: str
    title: PrivilegeTitle
    is_open: bool
    balance_at_least: int
    hours_at_least: int
    star_level_at_least: int


class PrivilegesAnswer(TypedDict):
    """Every privilege of the rulebook in force, as it stands today."""

    privileges: list[PrivilegeAnswer]


@routes.get(
    "/volunteers/<number:volunteer_no>/privileges", scope=Scope.BALANCES_READ, own=True, answer=PrivilegesAnswer
)
def show(call: Call, volunteer_no: str) -> PrivilegesAnswer:
    """Read which privileges are open to a volunteer today."""
    volunteer = volunteer_of(call, volunteer_no)
    viewed(call.bank, call.by, viewings.BALANCE, volunteer)
    return {"privileges": [_told(one) for one in privileges.privileges(call.bank, volunteer)]}


def _told(one: Opened) -> PrivilegeAnswer:
    opened = one.privilege
    return {
        "id": opened.id,
        "title": {"zh": opened.title.zh, "en": opened.title.en},
        "is_open": one.is_open,
        "balance_at_least": opened.balance_points,
        "hours_at_least": opened.hours,
        "star_level_at_least": opened.star_level,
    }
