"""Prize budgets (专项经费): what organisations have set apart for prizes, year by year."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field
from typing_extensions import TypedDict

from api.fields import Form, Id, whole
from api.organisations import open_home
from api.routes import Call, Routes
from api.scopes import Scope
from ledger.core.posting import AMOUNT_MAX
from ledger.prizes import budgets
from ledger.prizes.budgets import YEAR_MAX, YEAR_MIN, Budget

routes = Routes("prize_budgets")

_IN_RANGE = Field(ge=YEAR_MIN, le=YEAR_MAX)


class NewBudget(Form):
    """What one organisation has for one calendar year, in fen; it takes the place of what was said before."""

    organisation_id: Id
    year: Annotated[int, _IN_RANGE]
    budget_fen: Annotated[int, Field(ge=0, le=AMOUNT_MAX)]


class BudgetAnswer(TypedDict):
    """For budgets alone: nobody is ever paid of it."""

    organisation_id: str
    organisation: str
    year: int
    budget_fen: int
    set_by: str


class BudgetsAnswer(TypedDict):
    """The budgets of a year, one of each organisation that has one."""

    year: int
    items: list[BudgetAnswer]


class BudgetsQuery(Form):
    """Of which year; of this one, where nothing is said."""

    year: Annotated[int, _IN_RANGE, BeforeValidator(whole)] | None = None


@routes.post("/prize-budgets", scope=Scope.PRIZES_WRITE, body=NewBudget, answer=BudgetAnswer)
def set_apart(call: Call, form: NewBudget) -> BudgetAnswer:
    """Say what an organisation has for prizes in a year."""
    organisation = open_home(call, form.organisation_id, "/organisation_id")
    return _told(
        budgets.set_apart(call.bank, call.by, organisation=organisation, year=form.year, budget_fen=form.budget_fen)
    )


@routes.get("/prize-budgets", scope=Scope.STOCK_READ, query=BudgetsQuery, answer=BudgetsAnswer)
def show(call: Call, query: BudgetsQuery) -> BudgetsAnswer:
    """Read the budgets of a year."""
    year = query.year or call.bank.today().year
    return {"year": year, "items": [_told(one) for one in budgets.budgets(call.bank, year=year, within=call.within)]}


def _told(one: Budget) -> BudgetAnswer:
    return {
        "organisation_id": str(one.organisation_id),
        "organisation": one.organisation,
        "year": one.year,
        "budget_fen": one.budget_fen,
        "set_by": str(one.set_by),
    }
