"""A masked name says that there is somebody, and hardly who."""

import pytest

from ledger.people.masking import masked


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王秀英", "王*英"),
        ("李明", "李*"),
        ("龙", "*"),
        ("", "*"),
        ("阿依古丽·买买提", "阿***·**提"),
        ("Ana Bo", "A** *o"),
    ],
)
def test_the_first_and_the_last_character_can_be_read(name: str, shown: str) -> None:
    assert masked(name) == shown
