"""The star ladder: how many stars a volunteer's hours are worth."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

STAR_LADDER_HOURS = (100, 300, 600, 1000, 1500)
"""Hours for one to five stars, from the 2012 draft of the Ministry of Civil Affairs (民政部). A default, not law."""


def star_level(minutes: int, ladder: Sequence[int] = STAR_LADDER_HOURS) -> int:
    """The stars (0 to `len(ladder)`) reached with that many minutes; `ladder` is in whole hours and must rise."""
    if any(lower >= upper for lower, upper in pairwise(ladder)):
        raise ValueError(f"a star ladder must rise: {list(ladder)}")
    return bisect_right(ladder, minutes // 60)
