"""Masking (脱敏): what of a name stands where others read it (令67 art. 16: no disclosure without consent)."""

from __future__ import annotations

from collections.abc import Iterable

MASK = "*"
_JOINTS = frozenset("·・•‧ ")


def masked(name: str) -> str:
    """A name as notice boards know it: 王芳 is 王*, 王小芳 is 王*芳, 阿依古丽·买买提 is 阿***·**提.

    Where two parts are joined the joint stays, since it is how long names are told apart; a single character is hidden
    altogether.
    """
    if len(name) < 2:
        return MASK
    shown = {0, len(name) - 1} if len(name) > 2 else {0}
    return "".join(each if at in shown or each in _JOINTS else MASK for at, each in enumerate(name))


def tails(numbers: Iterable[str], *, shortest: int) -> dict[str, str]:
    """The end of each number, as short as tells all of them apart, and alike in length: 4821 and 7730."""
    known = sorted(set(numbers))
    length = shortest
    while len({number[-length:] for number in known}) < len(known):
        length += 1
    return {number: number[-length:] for number in known}
