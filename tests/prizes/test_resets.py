"""What people are told of a reset is in points, whatever the smallest unit of the bank is."""

from __future__ import annotations

from uuid import UUID

from ledger.core.accounts import Owner, OwnerKind
from ledger.prizes.resets import Reset


def test_a_reset_is_told_in_points_and_posted_in_the_smallest_unit() -> None:
    reset = Reset(organisation=Owner(OwnerKind.ORGANISATION, UUID(int=1)), rulebook=("示例", 1), points_scale=2)
    assert "2.5 分" in reset.foretold(250).text.zh
    assert reset.line(250) == {
        "zh": "兑换后剩余 2.5 分清零",
        "en": "2.5 points left after the redemption were reset to zero",
        "points": -250,
    }
