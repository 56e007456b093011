"""Masking (脱敏): what of a name stands where others read it (令67 art. 16: no disclosure without consent)."""

from __future__ import annotations

MASK = "*"
_JOINTS = frozenset("·・•‧ ")


def masked(name: str) -> str:
    """A name of which only the first character can be read: 王秀英 is 王**, 阿依古丽·买买提 is 阿***·***.

    Where two parts are joined the joint stays, since it is how long names are told apart; a single character is hidden
    altogether.
    """
    if len(name) < 2:
        return MASK
    return name[0] + "".join(each if each in _JOINTS else MASK for each in name[1:])
