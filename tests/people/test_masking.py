"""A masked name says that there is somebody, and hardly who."""

import pytest

from ledger.people.masking import masked


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王秀英", "王**"),
        ("李明", "李*"),
        ("龙", "*"),
        ("", "*"),
        ("阿依古丽·买买提", "阿***·***"),
        ("Ana Bo", "A** **"),
    ],
)
def test_only_the_first_character_can_be_read(name: str, shown: str) -> None:
    assert masked(name) == shown
