"""Prizes: what can be had, for how many points, and by whom. What one is worth in money is for budgets alone."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api.answers import page_of
from api.commons import known, theirs
from api.fields import Form, Id, Name, Word
from api.organisations import open_home
from api.pagination import Keyset, PageQuery
from api.problems import Problem
from api.rendering import Answer, refuse_stale, tagged
from api.routes import PREFIX, Call, Routes
from api.scopes import Scope
from ledger.core.posting import AMOUNT_MAX
from ledger.prizes import catalogue, price_history
from ledger.prizes.catalogue import PriceDecided, PriceUndecided, Prize, PrizeChanges
from ledger.prizes.price_history import DatedPrice
from ledger.prizes.prize_terms import OPEN, ItemLimit, PrizeTerms

routes = Routes("prizes")
_keyset = Keyset(int)

CostPoints = Annotated[int, Field(ge=1, le=AMOUNT_MAX)]


Period = Literal["day", "week", "month", "quarter", "half_year", "year", "lifetime"]


class LimitForm(Form):
    """So many a person may have in a period."""

    items: Annotated[int, Field(ge=1, le=AMOUNT_MAX)]
    per: Period


class TermsForm(Form):
    """Who may have it. Balances and hours must be had and are not spent; `local_only`: only for volunteers of the
    organisation that offers it, and of those below it.
    """

    limit: LimitForm | None = None
    balance_at_least: Annotated[int, Field(ge=0, le=AMOUNT_MAX)] = 0
    hours_at_least: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    star_level_at_least: Annotated[int, Field(ge=0, le=20)] = 0
    local_only: bool = False

    def made(self) -> PrizeTerms:
        return PrizeTerms(
            limit=ItemLimit(self.limit.items, self.limit.per) if self.limit else None,
            balance_at_least=self.balance_at_least,
            hours_at_least=self.hours_at_least,
            star_level_at_least=self.star_level_at_least,
            local_only=self.local_only,
        )


class NewPrize(Form):
    """A prize; it is on the shelf from now on, unless the rulebook leaves prices to price lists. A service is counted
    in slots, which are received like goods.
    """

    organisation_id: Id
    title: Name
    cost_points: CostPoints
    prize_class: Word | None = None
    kind: Literal["goods", "service"] = "goods"
    terms: TermsForm | None = None


class PrizeChange(Form):
    """What changes; what is left out stays. What was redeemed keeps the price of its day. With `terms` come all of
    them. `low_at` may be null.
    """

    cost_points: CostPoints | None = None
    on_shelf: bool | None = None
    low_at: Annotated[int, Field(ge=0, le=AMOUNT_MAX)] | None = None
    terms: TermsForm | None = None

    def made(self) -> PrizeChanges:
        changes: PrizeChanges = {}
        if self.cost_points is not None:
            changes["cost_points"] = self.cost_points
        if self.on_shelf is not None:
            changes["on_shelf"] = self.on_shelf
        if self.terms is not None:
            changes["terms"] = self.terms.made()
        if "low_at" in self.model_fields_set:
            changes["low_at"] = self.low_at
        return changes


class ReferenceValueForm(Form):
    """What one is worth, in fen; null where nobody knows."""

    reference_fen: Annotated[int, Field(ge=0, le=AMOUNT_MAX)] | None


class LimitAnswer(TypedDict):
    """So many a person may have in a period."""

    items: int
    per: str


class TermsAnswer(TypedDict):
    """Who may have it."""

    limit: LimitAnswer | None
    balance_at_least: int
    hours_at_least: int
    star_level_at_least: int
    local_only: bool


class PrizeAnswer(TypedDict):
    """A prize. `cost_points` of one, in the smallest unit. A desk with `low_at` of it or fewer is low of it.
    `picture` is where anybody can have its picture. `code`: on its label, to be scanned or typed at a desk.
    """

    id: str
    code: str
    organisation_id: str
    title: str
    prize_class: str | None
    kind: str
    cost_points: int
    on_shelf: bool
    low_at: int | None
    picture: str | None
    terms: TermsAnswer


class ReferenceValueAnswer(TypedDict):
    """For budgets alone."""

    reference_fen: int | None


class TitleAnswer(TypedDict):
    """The same in both languages."""

    zh: str
    en: str


class PriceListAnswer(TypedDict):
    """The list that set a price, and where the ledger has the decision."""

    proposal_id: str
    title: TitleAnswer
    transaction_seq: int


class DatedPriceAnswer(TypedDict):
    """Points for one, from a day on. `price_list` null: the catalogue's own price."""

    cost_points: int
    effective_from: str
    state: str
    price_list: PriceListAnswer | None


class PricesAnswer(TypedDict):
    """What a prize cost, costs and will cost, oldest first."""

    prices: list[DatedPriceAnswer]


@routes.post("/prizes", scope=Scope.PRIZES_WRITE, body=NewPrize, answer=PrizeAnswer)
def add(call: Call, form: NewPrize) -> PrizeAnswer:
    """Add a prize."""
    organisation = open_home(call, form.organisation_id, "/organisation_id")
    return told(
        catalogue.add_prize(
            call.bank,
            call.by,
            organisation=organisation,
            title=form.title,
            cost_points=form.cost_points,
            prize_class=form.prize_class or "",
            kind=form.kind,
            terms=form.terms.made() if form.terms else OPEN,
        )
    )


@routes.get("/prizes", scope=Scope.PRIZES_READ, own=True, query=PageQuery, answer=page_of(PrizeAnswer))
def page(call: Call, query: PageQuery) -> Answer:
    """List prizes in the order they were added: one's own, and those that organisations above offer to all."""
    found = catalogue.prizes(call.bank, within=call.caller.sees, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, told)


@routes.get("/prizes/<id:prize_id>", scope=Scope.PRIZES_READ, answer=PrizeAnswer, etag=True)
def show(call: Call, prize_id: UUID) -> Answer:
    """Look a prize up."""
    return tagged(told(known(call, catalogue.find_prize(call.bank, prize_id))))


@routes.patch("/prizes/<id:prize_id>", scope=Scope.PRIZES_WRITE, body=PrizeChange, answer=PrizeAnswer)
def change(call: Call, prize_id: UUID, form: PrizeChange) -> Answer:
    """Reprice a prize, take it off the shelf, say how few of it are few, or who may have it."""
    prize = theirs(call, catalogue.find_prize(call.bank, prize_id))
    refuse_stale(told(prize))
    try:
        changed = catalogue.change_prize(call.bank, call.by, prize, **form.made())
    except PriceDecided:
        raise Problem("price_is_decided") from None
    except PriceUndecided:
        raise Problem("price_not_decided") from None
    return tagged(told(changed))


@routes.get("/prizes/<id:prize_id>/prices", scope=Scope.PRIZES_READ, answer=PricesAnswer)
def prices(call: Call, prize_id: UUID) -> PricesAnswer:
    """Read what a prize cost, costs and will cost, and which price list set it."""
    prize = known(call, catalogue.find_prize(call.bank, prize_id))
    return {"prices": [_dated(one) for one in price_history.prices_of(call.bank, prize)]}


@routes.get("/prizes/<id:prize_id>/reference-value", scope=Scope.PRIZES_WRITE, answer=ReferenceValueAnswer, etag=True)
def reference_value(call: Call, prize_id: UUID) -> Answer:
    """Read what one is worth, for budgets."""
    return tagged(_valued(theirs(call, catalogue.find_prize(call.bank, prize_id))))


@routes.patch(
    "/prizes/<id:prize_id>/reference-value",
    scope=Scope.PRIZES_WRITE,
    body=ReferenceValueForm,
    answer=ReferenceValueAnswer,
)
def value(call: Call, prize_id: UUID, form: ReferenceValueForm) -> Answer:
    """Say what one is worth, for budgets; nobody but those who keep the catalogue is told."""
    prize = theirs(call, catalogue.find_prize(call.bank, prize_id))
    refuse_stale(_valued(prize))
    return tagged(_valued(catalogue.change_prize(call.bank, call.by, prize, reference_fen=form.reference_fen)))


def _valued(prize: Prize) -> ReferenceValueAnswer:
    return {"reference_fen": prize.reference_fen}


def _dated(one: DatedPrice) -> DatedPriceAnswer:
    listed: PriceListAnswer | None = None
    if one.price_list and one.title and one.decided_seq:
        title: TitleAnswer = {"zh": one.title.zh, "en": one.title.en}
        listed = {"proposal_id": str(one.price_list), "title": title, "transaction_seq": one.decided_seq}
    return {
        "cost_points": one.cost_points,
        "effective_from": one.effective_from.isoformat(),
        "state": one.state,
        "price_list": listed,
    }


def told(prize: Prize) -> PrizeAnswer:
    terms, limit = prize.terms, prize.terms.limit
    return {
        "id": str(prize.id),
        "code": prize.code,
        "organisation_id": str(prize.organisation_id),
        "title": prize.title,
        "prize_class": prize.prize_class or None,
        "kind": prize.kind,
        "cost_points": prize.cost_points,
        "on_shelf": prize.on_shelf,
        "low_at": prize.low_at,
        "picture": prize.picture and f"{PREFIX}/pictures/{prize.picture}",
        "terms": {
            "limit": {"items": limit.items, "per": limit.per} if limit else None,
            "balance_at_least": terms.balance_at_least,
            "hours_at_least": terms.hours_at_least,
            "star_level_at_least": terms.star_level_at_least,
            "local_only": terms.local_only,
        },
    }
