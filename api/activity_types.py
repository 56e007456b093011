"""Types of activity (活动类型): what a rulebook tells apart, to be chosen from when an activity is made."""

from __future__ import annotations

from typing_extensions import TypedDict

from api.fields import Form, Id
from api.routes import Call, Routes, reached
from api.rulebooks import TitleAnswer
from api.scopes import Scope
from ledger.people import organisations
from ledger.service import rulebooks
from ledger.service.roster_judging import activity_types_of

routes = Routes("activity_types")


class TypesQuery(Form):
    """For which organisation; the whole bank if left out."""

    organisation_id: Id | None = None


class ActivityTypeAnswer(TypedDict):
    """A type of activity, by its code and in words."""

    code: str
    title: TitleAnswer


class ActivityTypesAnswer(TypedDict):
    """The types that the rulebook in force today asks about, in its order; none where no rulebook is in force."""

    activity_types: list[ActivityTypeAnswer]


@routes.get("/activity-types", scope=Scope.ACTIVITIES_READ, query=TypesQuery, answer=ActivityTypesAnswer)
def show(call: Call, query: TypesQuery) -> ActivityTypesAnswer:
    """Read the types of activity that the rulebook in force tells apart. Others are allowed: no rule names them."""
    path = None
    if query.organisation_id is not None:
        path = reached(call, organisations.find(call.bank, query.organisation_id), "organisation_id").path
    book = rulebooks.in_force(call.bank, call.bank.today(), organisation_path=path)
    codes = () if book is None else activity_types_of(book)
    return {
        "activity_types": [
            {"code": code, "title": {"zh": book.term(code, "zh"), "en": book.term(code, "en")}}
            for code in codes
            if book is not None
        ]
    }
