"""Examples of prizes: the catalogue, desks, stock, redemptions, reservations, slips."""

from __future__ import annotations

from tests.api.example import (
    PNG,
    REASON,
    Example,
    of,
    purchase,
    receipt,
    redemption,
    slip,
    transfer,
)

PRIZES: dict[str, Example] = {
    "lapses.upcoming": Example(),
    "prizes.add": Example(body=of(title="示例杯", cost_points=1)),
    "prizes.page": Example(),
    "prizes.show": Example(commons={"prize_id"}),
    "prizes.change": Example(body={"on_shelf": True}, offered={"prize_id"}),
    "pictures.upload": Example(body={}, upload=PNG, offered={"prize_id"}),
    "pictures.show": Example(path={"digest": "some_digest"}, ok=(404,)),
    "pictures.remove": Example(offered={"prize_id"}),
    "slips.print_one": Example(path={"redemption_id": "new_redemption_id"}, body={"width": 58}),
    "privileges.show": Example(),
    "prizes.prices": Example(commons={"prize_id"}),
    "prizes.reference_value": Example(offered={"prize_id"}),
    "prizes.value": Example(body={"reference_fen": 990}, offered={"prize_id"}),
    "desks.open": Example(body=of(name="示例台")),
    "desks.page": Example(),
    "desks.show": Example(),
    "stock_receipts.receive": Example(body=receipt, commons={"prize_id"}),
    "redemptions.redeem": Example(body=redemption, commons={"prize_id"}, ok=(409,)),
    "redemptions.check": Example(body=redemption, commons={"prize_id"}),
    "redemptions.reverse": Example(path={"redemption_id": "new_redemption_id"}, body=REASON),
    "desks.show_stock": Example(),
    "reservations.reserve": Example(
        body=redemption, commons={"prize_id", "desk_id"}, near={"prize_id", "desk_id"}, ok=(409,)
    ),
    "reservations.page": Example(),
    "reservations.show": Example(),
    "reservations.collect": Example(
        path={"reservation_id": "new_reservation_id"}, body={"pickup_code": "123456789"}, ok=(422, 429)
    ),
    "reservations.cancel": Example(path={"reservation_id": "new_reservation_id"}, body={}),
    "purchases.order": Example(body=purchase, commons={"prize_id"}),
    "purchases.page": Example(),
    "purchases.show": Example(),
    "purchases.end": Example(body={}),
    "prize_budgets.set_apart": Example(body=of(year=2026, budget_fen=100)),
    "prize_budgets.show": Example(),
    "redemptions.page": Example(query=lambda at: f"desk_id={at.desk_id}&volunteer_no={at.volunteer_no}"),
    "redemptions.show": Example(path={"redemption_id": "new_redemption_id"}),
    "reservations.find": Example(body=lambda at: {"desk_id": at.desk_id, "pickup_code": "123456789"}, ok=(422, 429)),
    "liability.report": Example(),
    "liability.paper": Example(),
    "slip_books.prepare": Example(body=lambda at: {"desk_id": at.desk_id, "slips": 3}),
    "slip_books.page": Example(),
    "slip_books.show": Example(),
    "slip_books.paper": Example(),
    "paper_redemptions.key_in": Example(body=slip, commons={"prize_id"}),
    "paper_redemptions.void": Example(body=lambda at: {"slip_no": at.new_slip_no}),
    "paper_redemptions.page": Example(),
    "paper_redemptions.show": Example(),
    "paper_redemptions.settle": Example(
        path={"paper_id": "new_paper_id"}, body={"outcome": "posted", "reason": "示例"}, ok=(409,)
    ),
    "stock_transfers.transfer": Example(body=transfer, commons={"prize_id"}),
    "stock_reports.take_stock": Example(
        body=lambda at: {
            "desk_id": at.desk_id,
            "counts": [{"prize_id": at.prize_id, "counted": 999_999, "reason": "found"}],
        },
        commons={"prize_id"},
        ok=(409,),
    ),
    "stock_reports.write_off": Example(
        body=lambda at: {
            "desk_id": at.desk_id,
            "items": [{"prize_id": at.prize_id, "quantity": 1, "reason": "damaged"}],
        },
        commons={"prize_id"},
        ok=(409,),
    ),
    "stock_reports.page": Example(),
    "stock_reports.show": Example(),
    "stock_reports.confirm": Example(path={"report_id": "new_report_of_stock_id"}, body={}),
    "stock_reports.reject": Example(path={"report_id": "new_report_of_stock_id"}, body=REASON),
    "desk_sessions.open": Example(body=lambda at: {"desk_id": at.new_desk_id}),
    "desk_sessions.close": Example(path={"session_id": "new_session_id"}, body={"counts": []}),
    "desk_sessions.page": Example(),
    "desk_sessions.show": Example(),
    "desk_sessions.sheet": Example(),
    "desk_sessions.paper": Example(),
}
