"""Values to test with, each plainly invented. No database here: what reaches one goes through the bank."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from factory.base import Factory
from factory.declarations import Sequence
from pytest_factoryboy import register

from ledger.core.accounts import Owner, OwnerKind
from ledger.prizes.redeem import Item
from ledger.rules import Deed

STEMS = "甲乙丙丁戊己庚辛壬癸"


def invented_name(n: int) -> str:
    """示例甲, 示例乙, … 示例癸, 示例甲甲, …: nobody's name."""
    name = ""
    while True:
        n, stem = divmod(n, len(STEMS))
        name = STEMS[stem] + name
        if n == 0:
            return f"示例{name}"
        n -= 1


def invented_id(n: int) -> UUID:
    """A UUIDv7 that nobody was given: they are told apart by their last digits."""
    return UUID(int=0x7 << 76 | 0x2 << 62 | n + 1)


@register
class OwnerFactory(Factory[Owner]):
    """A volunteer as the ledger knows one."""

    class Meta:
        model = Owner

    kind = OwnerKind.VOLUNTEER
    id = Sequence(lambda n: invented_id(0x1000 + n))  # type: ignore[no-untyped-call]


@register
class DeedFactory(Factory[Deed]):
    """Two hours of cleaning, clocked in and out."""

    class Meta:
        model = Deed

    activity_type = "cleaning"
    served_on = date(2026, 3, 1)
    minutes = 120
    capture_method = "clocked"
    evaluation = None


@register
class ItemFactory(Factory[Item]):
    """A mug for 20 points, as a redemption names it."""

    class Meta:
        model = Item

    prize = Sequence(lambda n: invented_id(0x2000 + n))  # type: ignore[no-untyped-call]
    unit = Sequence(lambda n: 3 + n)  # type: ignore[no-untyped-call]
    title = "示例搪瓷杯"
    quantity = 1
    cost_points = 20
    on_shelf = True
