"""Prizes, shelves, paper slips and gifts."""

from __future__ import annotations

from tests.reading.cases.case import Case

PRIZES = {
    # prizes
    "redemption_points": Case(
        "UPDATE redemption SET points = 5 WHERE seq = {redemption}", {"redemption_wrong": "redemption"}
    ),
    "redemption_volunteer": Case(
        "UPDATE redemption SET volunteer_id = (SELECT id FROM volunteer WHERE name = 'bo') WHERE seq = {redemption}",
        {"redemption_wrong": "redemption"},
    ),
    "redemption_paid_by_another": Case(
        "UPDATE redemption SET collective_id = NULL WHERE seq = {redemption_at_home}",
        {"redemption_wrong": "redemption_at_home", "answer_wrong": "redemption_at_home"},
    ),
    "redemption_agent_forged": Case(
        "UPDATE redemption SET collected_by = (SELECT id FROM agency) WHERE seq = {redemption}",
        {"redemption_wrong": "redemption", "answer_wrong": "redemption"},
    ),
    "redemption_agent_forgotten": Case(
        "UPDATE redemption SET collected_by = NULL WHERE seq = {redemption_by_agent}",
        {"answer_wrong": "redemption_by_agent"},
    ),
    "agency_of_other_days": Case(
        "UPDATE agency SET until_on = '2026-01-02', from_on = '2026-01-01'",
        {"redemption_wrong": "redemption_by_agent"},
    ),
    "redemption_deleted": Case(
        "DELETE FROM redemption WHERE seq = {redemption_bo}",
        {"record_missing": "redemption_bo", "row_astray": "0", "stock_wrong": None},
    ),
    "item_quantity": Case(
        "UPDATE redemption_item SET quantity = quantity + 1 WHERE redemption_id = (SELECT id FROM redemption "
        "WHERE seq = {redemption_bo})",
        {"redemption_wrong": "redemption_bo", "stock_wrong": None, "answer_wrong": "redemption_bo"},
    ),
    "item_deleted": Case(
        "DELETE FROM redemption_item WHERE line = 1 AND redemption_id = (SELECT id FROM redemption "
        "WHERE seq = {redemption})",
        {"redemption_wrong": "redemption", "answer_wrong": "redemption"},
    ),
    "receipt_quantity": Case(
        "UPDATE stock_receipt SET quantity = 50 WHERE seq = {receipt}",
        {"receipt_wrong": "receipt", "stock_wrong": None, "answer_wrong": "receipt"},
    ),
    "receipt_best_before": Case(
        "UPDATE stock_receipt SET best_before = '2027-12-31' WHERE seq = {receipt_rice}",
        {"receipt_wrong": "receipt_rice"},
    ),
    "receipt_prize": Case(
        "UPDATE stock_receipt SET prize_id = (SELECT id FROM prize WHERE title = 'rice') WHERE seq = {receipt}",
        {"receipt_wrong": "receipt", "stock_wrong": None, "answer_wrong": "receipt"},
    ),
    # shelves and days
    "transfer_to_another_desk": Case(
        "UPDATE stock_transfer SET to_desk_id = from_desk_id WHERE seq = {transfer}",
        {"transfer_wrong": "transfer", "stock_wrong": None},
    ),
    "transferred_quantity": Case(
        "UPDATE stock_transfer_item SET quantity = 5 WHERE transfer_id = (SELECT id FROM stock_transfer "
        "WHERE seq = {transfer})",
        {"transfer_wrong": "transfer", "stock_wrong": None, "answer_wrong": "transfer"},
    ),
    "transfer_deleted_of_its_goods": Case(
        "DELETE FROM stock_transfer_item", {"transfer_wrong": "transfer", "stock_wrong": None}
    ),
    "counted_more": Case(
        "UPDATE stock_report_line SET counted = counted + 1 WHERE report_id = (SELECT id FROM stock_report "
        "WHERE seq = {stocktake})",
        {"settlement_wrong": "stocktake_settled", "stock_wrong": None},
    ),
    "expected_less": Case(
        "UPDATE stock_report_line SET expected = expected - 1, counted = counted - 1 WHERE report_id = "
        "(SELECT id FROM stock_report WHERE seq = {write_off})",
        {"report_wrong": "write_off"},
    ),
    "close_without_a_batch": Case(
        "DELETE FROM stock_report_line WHERE report_id = (SELECT id FROM stock_report WHERE seq = {day_close})",
        {
            "report_wrong": "day_close",
            "answer_wrong": "day_close",
            "settlement_wrong": "day_close_settled",
            "stock_wrong": None,
        },
    ),
    "written_off_as_a_mistake": Case(
        "UPDATE stock_report_line SET reason = 'miscounted' WHERE reason = 'damaged'",
        {"settlement_wrong": "write_off_settled"},
    ),
    "settled_alone": Case(
        "UPDATE stock_settlement SET settled_by = (SELECT reported_by FROM stock_report LIMIT 1) "
        "WHERE seq = {write_off_settled}",
        {"settlement_wrong": "write_off_settled"},
    ),
    "report_by_the_second": Case(
        "UPDATE stock_report SET reported_by = (SELECT settled_by FROM stock_settlement LIMIT 1) "
        "WHERE seq = {write_off}",
        {"report_wrong": "write_off", "settlement_wrong": "write_off_settled"},
    ),
    "settlement_deleted": Case(
        "DELETE FROM stock_settlement WHERE seq = {stocktake_settled}",
        {"record_missing": "stocktake_settled", "stock_wrong": None},
    ),
    "signature_deleted": Case(
        "DELETE FROM stock_settlement WHERE seq = {day_close_settled}",
        {"record_missing": "day_close_settled", "session_wrong": "session_next"},
    ),
    "rejected_called_confirmed": Case(
        "UPDATE stock_settlement SET decision = 'confirm' WHERE decision = 'reject'",
        {"stock_wrong": None},
    ),
    "day_of_another_desk": Case(
        "UPDATE desk_session SET desk_id = (SELECT desk_id FROM redemption ORDER BY seq LIMIT 1) WHERE seq = {session}",
        {"session_wrong": "session", "report_wrong": "day_close"},
    ),
    "day_opened_by_another": Case(
        "UPDATE desk_session SET opened_by = '{nobody}' WHERE seq = {session}", {"session_wrong": "session"}
    ),
    "next_day_deleted": Case("DELETE FROM desk_session WHERE seq = {session_next}", {"record_missing": "session_next"}),
    "refund_called_sellable": Case(
        "UPDATE refund SET goods = 'sellable' WHERE seq = {refund}", {"refund_wrong": "refund", "stock_wrong": None}
    ),
    "refund_by_the_same": Case(
        "UPDATE redemption SET recorded_by = (SELECT refunded_by FROM refund LIMIT 1) WHERE seq = {redemption}",
        {"refund_wrong": "refund", "redemption_wrong": "redemption"},
    ),
    "refund_deleted": Case("DELETE FROM refund", {"refund_wrong": "refund", "stock_wrong": None}),
    "reserved_by_another": Case(
        "UPDATE reservation SET volunteer_id = (SELECT id FROM volunteer WHERE name = 'bo') "
        "WHERE seq = {reservation_collected}",
        {"reservation_wrong": "reservation_collected", "redemption_wrong": "collection"},
    ),
    "reservation_prolonged": Case(
        "UPDATE reservation SET due_on = '2026-12-30' WHERE seq = {reservation_forfeited}",
        {"reservation_wrong": "reservation_forfeited", "release_wrong": "forfeit"},
    ),
    "reserved_cheaper": Case(
        "UPDATE reservation_item SET cost_points = 1 WHERE reservation_id = (SELECT id FROM reservation "
        "WHERE seq = {reservation_standing})",
        {"reservation_wrong": "reservation_standing"},
    ),
    "collected_of_none": Case(
        "UPDATE redemption SET reservation_id = NULL WHERE seq = {collection}", {"redemption_wrong": "collection"}
    ),
    "collected_of_another": Case(
        "UPDATE redemption SET reservation_id = (SELECT id FROM reservation WHERE seq = {reservation_standing}) "
        "WHERE reservation_id IS NULL AND seq = {redemption_bo}",
        {"redemption_wrong": "redemption_bo"},
    ),
    "forfeit_called_expired": Case(
        "UPDATE reservation_release SET ending = 'expired' WHERE seq = {forfeit}", {"release_wrong": "forfeit"}
    ),
    "cancelled_called_forfeited": Case(
        "UPDATE reservation_release SET ending = 'forfeited' WHERE seq = {release}",
        {"release_wrong": "release", "mark_wrong": "release"},
    ),
    "reservation_release_deleted": Case(
        "DELETE FROM reservation_release WHERE seq = {release}", {"record_missing": "release", "held_wrong": None}
    ),
    "reservation_deleted": Case(
        "DELETE FROM reservation WHERE seq = {reservation_standing}", {"record_missing": "reservation_standing"}
    ),
    "line_astray": Case(
        "INSERT INTO stock_report_line SELECT '{nobody}', 1, prize_id, best_before, 0, 0, NULL FROM stock_report_line "
        "WHERE line = 1 LIMIT 1",
        {"row_astray": "0"},
    ),
    # paper slips
    "slip_of_another_book": Case("UPDATE slip_book SET first_serial = first_serial + 90", {"slip_wrong": None}),
    "slip_says_more": Case("UPDATE slip_entry_item SET quantity = quantity + 1", {"slip_wrong": None}),
    "slip_of_somebody_else": Case(
        "UPDATE slip_entry SET volunteer_id = (SELECT id FROM volunteer WHERE name = 'bo')", {"slip_wrong": None}
    ),
    "slip_settled_alone": Case(
        "UPDATE slip_settlement SET settled_by = (SELECT keyed_by FROM slip_entry LIMIT 1)", {"slip_wrong": None}
    ),
    "debt_called_a_loss": Case(
        "UPDATE slip_settlement SET outcome = 'loss'", {"slip_wrong": None, "redemption_wrong": "slip_debt"}
    ),
    "debt_that_nobody_accepted": Case("DELETE FROM slip_settlement", {"redemption_wrong": "slip_debt"}),
    # gifts
    "pooling_called_a_donation": Case(
        "UPDATE \"transaction\" SET kind = 'donation' WHERE seq = {pooling}",
        {"donation_wrong": "pooling", "leaf_wrong": "pooling"},
    ),
    "pooled_lot_prolonged": Case(
        "UPDATE account SET expires_on = '2099-12-31' WHERE owner_kind = 'household'", {"pooling_wrong": "pooling"}
    ),
    "donation_called_a_pooling": Case(
        "UPDATE \"transaction\" SET kind = 'pooling' WHERE seq = {donation}",
        {"pooling_wrong": "donation", "leaf_wrong": "donation"},
    ),
}
