"""Beneficiaries: for whom else beside the holder points may be used today, as the rulebook in force names them."""

from __future__ import annotations

from typing_extensions import TypedDict

from api.routes import Call, Routes
from api.scopes import Scope
from ledger.service import rulebooks

routes = Routes("beneficiaries")


class RelationTitle(TypedDict):
    """The same in both languages."""

    zh: str
    en: str


class BeneficiaryAnswer(TypedDict):
    """A relation to the holder, and from which age on."""

    relation: str
    title: RelationTitle
    age_at_least: int


class BeneficiariesAnswer(TypedDict):
    """All there are; none where points are for the holder alone."""

    beneficiaries: list[BeneficiaryAnswer]


@routes.get("/beneficiaries", scope=Scope.REDEMPTIONS_WRITE, answer=BeneficiariesAnswer)
def show(call: Call) -> BeneficiariesAnswer:
    """Read for whom else points may be used today."""
    rulebook = rulebooks.in_force(call.bank, call.bank.today())
    return {
        "beneficiaries": [
            {
                "relation": one.relation,
                "title": {"zh": one.title.zh, "en": one.title.en},
                "age_at_least": one.age_at_least,
            }
            for one in (rulebook.redeeming.beneficiaries if rulebook else ())
        ]
    }
