"""Lists that rulebooks ask about, and who stands on them from when until when: exclusion lists among them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from typing_extensions import TypedDict

from api.fields import Day, Form, Reason, Word
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.service import listings
from ledger.service.listings import Listing

routes = Routes("listings")


class NewListing(Form):
    """On which list, a word of the rulebook, from which day until which, and why. Without a last day: until ended."""

    tag: Word
    from_on: Day
    until_on: Day | None = None
    reason: Reason


class Ending(Form):
    """The last day on the list."""

    until_on: Day


class ListingAnswer(TypedDict):
    """Somebody on a list, both days included."""

    id: str
    volunteer_no: str
    tag: str
    from_on: str
    until_on: str | None
    reason: str | None


class ListingsAnswer(TypedDict):
    """Every list somebody stands or stood on, the earliest first."""

    items: list[ListingAnswer]


@routes.post(
    "/volunteers/<number:volunteer_no>/listings", scope=Scope.FLAGS_WRITE, body=NewListing, answer=ListingAnswer
)
def put_on(call: Call, volunteer_no: str, form: NewListing) -> ListingAnswer:
    """Put somebody on a list that a rulebook asks about."""
    said: dict[str, Any] = form.model_dump(exclude={"tag"})
    return _told(listings.put_on(call.bank, call.by, volunteer_of(call, volunteer_no), form.tag, **said))


@routes.get("/volunteers/<number:volunteer_no>/listings", scope=Scope.FLAGS_READ, answer=ListingsAnswer)
def of_volunteer(call: Call, volunteer_no: str) -> ListingsAnswer:
    """Which lists somebody stands or stood on."""
    return {"items": [_told(one) for one in listings.of_volunteer(call.bank, volunteer_of(call, volunteer_no))]}


@routes.post("/listings/<id:listing_id>/end", scope=Scope.FLAGS_WRITE, body=Ending, answer=ListingAnswer, status=200)
def end(call: Call, listing_id: UUID, form: Ending) -> ListingAnswer:
    """Say which day is the last on the list."""
    listing = reached(call, listings.find(call.bank, listing_id))
    return _told(listings.end(call.bank, call.by, listing, until_on=form.until_on))


def _told(one: Listing) -> ListingAnswer:
    return {
        "id": str(one.id),
        "volunteer_no": one.volunteer_no,
        "tag": one.tag,
        "from_on": one.from_on.isoformat(),
        "until_on": one.until_on.isoformat() if one.until_on else None,
        "reason": one.reason,
    }
