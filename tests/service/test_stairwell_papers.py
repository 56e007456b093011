"""The sheet in a stairwell is one page, and its code opens the form of that estate."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image

from ledger import papers
from ledger.bank import Bank
from ledger.service import stairwell_papers
from tests.towns import Town


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("size", ["a4", "a5"])
def test_the_code_opens_the_form_of_that_estate(bank: Bank, size: str) -> None:
    home = Town(bank).district
    link = f"https://bank.example/ask#{home.id}"
    values = stairwell_papers.values(bank, home, size=size, link=link)
    [page] = papers.pictures("stairwell", values, ppi=72)
    assert [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(page)).convert("L"))] == [link]
    assert stairwell_papers.paper(bank, home, size=size, link=link)[:5] == b"%PDF-"
