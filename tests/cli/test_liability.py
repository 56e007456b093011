"""`pioneer liability`: what is outstanding, for whoever draws up the budget at a terminal."""

from __future__ import annotations

from pathlib import Path

from ledger.bank import Bank, By
from ledger.people import organisations
from ledger.prizes import budgets, purchases
from ledger.settings import Settings
from tests.banks import STAFF
from tests.cli.test_pioneer import PASSWORD, pioneer, told
from tests.towns import Town


def test_what_is_outstanding_stands_against_stock_orders_and_budget(database_url: str, tmp_path: Path) -> None:
    told("init", "--admin-password", PASSWORD, url=database_url, place=tmp_path)
    with Bank.open(Settings(database_url=database_url, data_dir=tmp_path)) as bank:
        town, by = Town(bank, rulebook=None, district=organisations.root(bank)), By(actor=STAFF)
        cup, district = town.prize("[bold]杯", 20), town.district
        town.receive("[bold]杯", 5)
        town.adjust("甲", 1_040)
        purchases.order(bank, by, organisation=district, prize=cup, quantity=3, supplier="示例店", cost_fen=123_456)
        budgets.set_apart(bank, by, organisation=district, year=bank.today().year, budget_fen=200_000)
    made = told("liability", url=database_url, place=tmp_path)
    kinds = {line["kind"]: (line["quantity"], line["points"], line["value_fen"]) for line in made["lines"]}
    assert kinds == {
        "points": (None, 1_040, None),
        "stock": (5, 100, None),
        "ordered": (3, 60, 123_456),
        "budget": (None, None, 200_000),
        "spent": (None, None, 0),
        "left": (None, None, 76_544),
    }
    paper = tmp_path / "liability.pdf"
    words = pioneer("liability", "--pdf", str(paper), url=database_url, place=tmp_path)
    assert paper.read_bytes().startswith(b"%PDF")
    for said in ("可用积分", "never", "1,040", "库存奖品 示例[bold]杯", "已采购未到货", "1,234.56", "765.44"):
        assert said in words.stdout, words.stdout
    assert "nobody is ever paid" in words.stdout
    tomorrow = pioneer("liability", "--on", "2999-01-01", url=database_url, place=tmp_path)
    assert (tomorrow.returncode, "has not come yet" in tomorrow.stderr) == (1, True)
