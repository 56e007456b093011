"""Past redemptions: what a desk handed over, found again by the slip, the volunteer or the day."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints
from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Day, Id, VolunteerNo
from api.pagination import Keyset, PageQuery
from api.redemptions import RedeemedAnswer
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.sessions import volunteer_here
from ledger.prizes import catalogue, past_redemptions
from ledger.prizes.past_redemptions import RECEIPT_DIGITS, PastRedemption

routes = Routes("redemptions")
_keyset = Keyset(int)

ReceiptNo = Annotated[
    str, StringConstraints(min_length=RECEIPT_DIGITS, max_length=RECEIPT_DIGITS, pattern=f"^[0-9]{{{RECEIPT_DIGITS}}}$")
]


class PastRedemptionAnswer(TypedDict):
    """What went over, for whom and by whose hand; `is_refunded` once it was given back. Points in the smallest unit."""

    id: str
    receipt: str
    volunteer_no: str
    desk_id: str
    redeemed_on: str
    points: int
    items: list[RedeemedAnswer]
    recorded_by: str
    reservation_id: str | None
    is_refunded: bool
    transaction_seq: int


class RedemptionsQuery(PageQuery):
    """At one desk, of one volunteer, of one day, or with one number on the slip."""

    desk_id: Id | None = None
    volunteer_no: VolunteerNo | None = None
    receipt: ReceiptNo | None = None
    on: Day | None = None


@routes.get("/redemptions", scope=Scope.REDEMPTIONS_WRITE, query=RedemptionsQuery, answer=page_of(PastRedemptionAnswer))
def page(call: Call, query: RedemptionsQuery) -> Answer:
    """List what was handed over, the newest first."""
    volunteer_id = None
    if query.volunteer_no is not None:
        volunteer_id = volunteer_here(call, query.volunteer_no, "/volunteer_no").id
    if query.desk_id is not None:
        reached(call, catalogue.find_desk(call.bank, query.desk_id), "/desk_id")
    found = past_redemptions.page(
        call.bank,
        within=call.within,
        desk_id=query.desk_id,
        volunteer_id=volunteer_id,
        receipt=query.receipt,
        on=query.on,
        after=_keyset.after(query),
        limit=query.limit,
    )
    return _keyset.answer(found, _told)


@routes.get("/redemptions/<id:redemption_id>", scope=Scope.REDEMPTIONS_WRITE, answer=PastRedemptionAnswer)
def show(call: Call, redemption_id: UUID) -> PastRedemptionAnswer:
    """Look a redemption up."""
    return _told(reached(call, past_redemptions.find(call.bank, redemption_id)))


def _told(one: PastRedemption) -> PastRedemptionAnswer:
    return {
        "id": str(one.id),
        "receipt": one.receipt,
        "volunteer_no": one.volunteer_no,
        "desk_id": str(one.desk_id),
        "redeemed_on": one.redeemed_on.isoformat(),
        "points": one.points,
        "items": [
            {
                "prize_id": str(item.prize_id),
                "title": item.title,
                "quantity": item.quantity,
                "cost_points": item.cost_points,
            }
            for item in one.items
        ],
        "recorded_by": str(one.recorded_by),
        "reservation_id": str(one.reservation_id) if one.reservation_id else None,
        "is_refunded": one.refund_seq is not None,
        "transaction_seq": one.seq,
    }
