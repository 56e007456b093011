"""Catalogue rows, asked for by plain values."""

from __future__ import annotations

from ledger.bank import Bank, By
from ledger.people import organisations
from tests.banks import STAFF


def test_a_row_is_found_by_what_it_does_not_have(bank: Bank) -> None:
    district = organisations.create(bank, By(actor=STAFF), parent=None, level="district", name="示例区")
    below = organisations.create(bank, By(actor=STAFF), parent=district, level="subdistrict", name="示例街道")
    assert organisations.root(bank) == district
    assert organisations.find(bank, below.id) == below
