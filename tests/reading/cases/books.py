"""The books: transfers, accounts, transactions, what is hidden in them, the tree over them, and who was told what."""

from __future__ import annotations

from tests.reading.cases.case import Case

BOOKS = {
    # transfers
    "amount": Case(
        "UPDATE transfer SET amount = amount + 1 WHERE seq = {award} AND leg = 2",
        {"balance_wrong": "award", "leaf_wrong": "award", "award_wrong": "award"},
    ),
    "amount_zero": Case(
        "UPDATE transfer SET amount = 0 WHERE seq = {award} AND leg = 2",
        {"amount_not_positive": "award", "balance_wrong": "award"},
    ),
    "transfer_deleted": Case(
        "DELETE FROM transfer WHERE seq = {award} AND leg = 2",
        {"leaf_wrong": "award", "opening_wrong": "award", "award_wrong": "award"},
    ),
    "first_leg_deleted": Case(
        "DELETE FROM transfer WHERE seq = {award} AND leg = 1",
        {"leg_gap": "award", "leaf_wrong": "award"},
    ),
    "transfer_to_another": Case(
        "UPDATE transfer SET credit_account_id = 1 WHERE seq = {award} AND leg = 2",
        {"balance_wrong": "award_capped", "opening_wrong": "award", "award_wrong": "award"},
    ),
    "account_unknown": Case(
        "UPDATE transfer SET credit_account_id = 999 WHERE seq = {award} AND leg = 2", {"account_unknown": "award"}
    ),
    "unit": Case(
        "UPDATE transfer SET unit_id = 2 WHERE seq = {award} AND leg = 2",
        {"unit_crossed": "award", "leaf_wrong": "award"},
    ),
    "stored_balance": Case(
        "UPDATE transfer SET credit_balance = credit_balance + 5 WHERE seq = {award} AND leg = 2",
        {"balance_wrong": "award", "opening_wrong": "award"},
    ),
    "stored_balance_below_floor": Case(
        "UPDATE transfer SET credit_balance = -5 WHERE seq = {award} AND leg = 2", {"floor_passed": "award"}
    ),
    "stored_debt_above_zero": Case(
        "UPDATE transfer SET debit_balance = 5 WHERE seq = {debt} AND leg = (SELECT MAX(leg) FROM transfer "
        "WHERE seq = {debt})",
        {"debt_above_zero": "debt", "balance_wrong": "debt"},
    ),
    # accounts
    "account_balance": Case(
        "UPDATE account SET balance = balance + 100 WHERE id IN ({ana_wallet})",
        {"account_balance_wrong": None, "unit_sum_not_zero": None},
    ),
    "account_entries": Case(
        "UPDATE account SET entries = entries + 1 WHERE id IN ({ana_wallet})", {"account_entries_wrong": None}
    ),
    "account_floor": Case("UPDATE account SET floor = NULL WHERE id IN ({ana_wallet})", {"account_floor_wrong": None}),
    "account_opened_late": Case(
        "UPDATE account SET opened_seq = {last} WHERE id IN ({ana_wallet})", {"account_opened_wrong": None}
    ),
    "account_owner": Case(
        "UPDATE account SET owner_id = '{nobody}' WHERE id IN ({ana_wallet})",
        {"award_wrong": "award", "redemption_wrong": "redemption"},
    ),
    "account_deleted": Case(
        "DELETE FROM account WHERE id IN ({ana_wallet})", {"account_gap": None, "account_unknown": "award"}
    ),
    "account_purpose": Case(
        "UPDATE account SET purpose = 'treasure' WHERE id IN ({ana_wallet})", {"account_malformed": None}
    ),
    # transactions
    "transaction_deleted": Case(
        'DELETE FROM "transaction" WHERE seq = {award}', {"seq_gap": "award_capped", "row_astray": "award"}
    ),
    "last_transaction_deleted": Case(
        'DELETE FROM "transaction" WHERE seq = {last}', {"head_wrong": None, "row_astray": "last"}
    ),
    "recorded_at": Case(
        'UPDATE "transaction" SET recorded_at = recorded_at - 5 WHERE seq = {award}',
        {"recorded_at_backwards": "award", "opening_wrong": "award", "command_wrong": "award"},
    ),
    "effective_on": Case(
        "UPDATE \"transaction\" SET effective_on = '2026-02-01' WHERE seq = {redemption}",
        {"leaf_wrong": "redemption", "day_wrong": "redemption"},
    ),
    "actor": Case(
        "UPDATE \"transaction\" SET actor_id = '{nobody}' WHERE seq = {adjustment}",
        {"opening_wrong": "adjustment"},
    ),
    "kind": Case(
        "UPDATE \"transaction\" SET kind = 'gift' WHERE seq = {adjustment}", {"transaction_malformed": "adjustment"}
    ),
    "kind_to_another": Case(
        "UPDATE \"transaction\" SET kind = 'adjustment' WHERE seq = {award}",
        {"leaf_wrong": "award", "record_unexpected": "award", "adjustment_wrong": "award"},
    ),
    "detail": Case(
        'UPDATE "transaction" SET detail = \'{{"rule":"patrol"}}\' WHERE seq = {award}',
        {"leaf_wrong": "award", "award_wrong": "award"},
    ),
    "detail_broken": Case(
        "UPDATE \"transaction\" SET detail = '[' WHERE seq = {award}", {"transaction_malformed": "award"}
    ),
    "rulebook_of_transaction": Case(
        'UPDATE "transaction" SET rulebook_version = 7 WHERE seq = {award}',
        {"leaf_wrong": "award", "rulebook_unknown": "award"},
    ),
    "reverses_another": Case(
        'UPDATE "transaction" SET reverses = {award} WHERE seq = {debt}',
        {"leaf_wrong": "debt", "reversal_not_opposite": "debt", "answer_wrong": "debt"},
    ),
    "reverses_later": Case(
        'UPDATE "transaction" SET reverses = {last} WHERE seq = {debt}',
        {"leaf_wrong": "debt", "reversal_wrong": "debt"},
    ),
    "reverses_a_lapse": Case(
        'UPDATE "transaction" SET reverses = {lapse} WHERE seq = {lapse_undone}',
        {"reversal_wrong": "lapse_undone", "reversal_not_opposite": "lapse_undone"},
    ),
    "award_reverses": Case(
        'UPDATE "transaction" SET reverses = {award} WHERE seq = {last}', {"reversal_wrong": "last"}
    ),
    # private part and tree
    "opening": Case(
        'UPDATE private SET opening = REPLACE(opening, \'"by":"\', \'"by":"0\') WHERE seq = {award}',
        {"commitment_wrong": "award", "opening_wrong": "award"},
    ),
    "opening_why": Case(
        "UPDATE private SET opening = REPLACE(opening, '补发', '奖励') WHERE seq = {adjustment}",
        {"commitment_wrong": "adjustment"},
    ),
    "salt": Case("UPDATE private SET salt = {hash} WHERE seq = {award}", {"commitment_wrong": "award"}),
    "half_erased": Case("UPDATE private SET salt = NULL WHERE seq = {award}", {"private_half_erased": "award"}),
    "private_deleted": Case("DELETE FROM private WHERE seq = {award}", {"private_missing": "award"}),
    "commitment": Case(
        'UPDATE "transaction" SET commitment = {hash} WHERE seq = {award}',
        {"commitment_wrong": "award", "leaf_wrong": "award"},
    ),
    "leaf": Case(
        'UPDATE "transaction" SET leaf_hash = {hash} WHERE seq = {award}',
        {"leaf_wrong": "award", "root_wrong": None, "frontier_wrong": None},
    ),
    "signed_head": Case(
        "INSERT INTO checkpoint (origin, size, note, signed_at) VALUES ('bank.example', {award}, 'no head', 0)",
        {"signed_head_wrong": None},
    ),
    "signed_head_astray": Case(
        "INSERT INTO checkpoint (origin, size, note, signed_at) VALUES ('bank.example', 999999, 'no head', 0)",
        {"signed_head_astray": None},
    ),
    "root": Case("UPDATE tree_root SET hash = {hash} WHERE size = {award}", {"root_wrong": None}),
    "last_root_deleted": Case("DELETE FROM tree_root WHERE size = {last}", {"root_missing": None}),
    "root_forged": Case("INSERT INTO tree_root (size, hash) VALUES (999, {hash})", {"root_astray": None}),
    "node_forged": Case("INSERT INTO tree_node (level, position, hash) VALUES (8, 0, {hash})", {"node_astray": None}),
    "frontier": Case("UPDATE head SET frontier = {hash} WHERE id = 1", {"frontier_wrong": None}),
    "head_seq": Case("UPDATE head SET seq = seq + 1 WHERE id = 1", {"head_wrong": None}),
    "head_account_last": Case("UPDATE head SET account_last = 0 WHERE id = 1", {"head_wrong": None}),
    "head_recorded_at": Case("UPDATE head SET recorded_at = 5 WHERE id = 1", {"head_wrong": None}),
    # commands
    "answer": Case(
        "UPDATE command SET answer = REPLACE(answer, '\"points\":75', '\"points\":5') WHERE seq = {redemption}",
        {"answer_wrong": "redemption"},
    ),
    "answer_explanation": Case(
        "UPDATE command SET answer = REPLACE(answer, '清洁', '巡逻') WHERE seq = {award}", {"answer_wrong": "award"}
    ),
    "answer_items_broken": Case(
        "UPDATE command SET answer = '{{\"items\":[1,[]]}}' WHERE seq = {redemption}", {"answer_wrong": "redemption"}
    ),
    "answer_too_deep": Case(
        "UPDATE command SET answer = REPLACE('" + "x" * 20_000 + "', 'x', '[') WHERE seq = {award}",
        {"answer_wrong": "award"},
    ),
    "answer_broken": Case("UPDATE command SET answer = '' WHERE seq = {award}", {"answer_wrong": "award"}),
    "command_deleted": Case("DELETE FROM command WHERE seq = {award}", {"command_missing": "award"}),
    "command_moved": Case(
        "UPDATE command SET seq = 998 WHERE seq = {last}",
        {"command_missing": "last", "row_astray": "998"},
    ),
    "command_forged": Case(
        "INSERT INTO command (client, key, request, outcome, seq, answer, recorded_at) "
        "VALUES ('kiosk', 'forged-key-0000000', {hash}, 'posted', 999, '{{}}', 5)",
        {"row_astray": "999"},
    ),
    "command_without_seq": Case(
        "UPDATE command SET seq = NULL WHERE seq = {award}", {"command_astray": None, "command_missing": "award"}
    ),
    "command_outcome": Case("UPDATE command SET outcome = 'refused' WHERE seq = {award}", {"command_wrong": "award"}),
    # histories and marks
    "history_invented": Case(
        "UPDATE service_record SET inputs = REPLACE(inputs, '\"counted\":60', '\"counted\":0') "
        "WHERE seq = {award_capped}",
        {"history_wrong": "award_capped"},
    ),
    "mark_changed": Case(
        "UPDATE mark SET counted = 0, minutes = 0, points = 0 WHERE seq = {award}",
        {"mark_wrong": "award", "history_wrong": "award_capped"},
    ),
    "mark_deleted": Case(
        "DELETE FROM mark WHERE seq = {award}", {"mark_wrong": "award", "history_wrong": "award_capped"}
    ),
    "mark_of_another": Case(
        "UPDATE mark SET volunteer_id = (SELECT id FROM volunteer WHERE name = 'chen') WHERE seq = {award}",
        {"mark_wrong": "award", "history_wrong": "award_capped"},
    ),
    "mark_cancelled_twice": Case("UPDATE mark SET deeds = deeds - 1 WHERE seq = {debt}", {"mark_wrong": "debt"}),
    "mark_not_cancelled": Case("DELETE FROM mark WHERE seq = {debt}", {"mark_wrong": "debt"}),
    "mark_forged": Case("UPDATE mark SET seq = {adjustment} WHERE seq = {award}", {"mark_wrong": "adjustment"}),
    "mark_astray": Case("UPDATE mark SET seq = 999 WHERE seq = {award}", {"row_astray": "999"}),
    # forged rows
    "transaction_forged": Case(
        "INSERT INTO \"transaction\" SELECT {last} + 1, '{nobody}', kind, effective_on, recorded_at + 1, actor_id, "
        'detail, rulebook_code, rulebook_version, NULL, commitment, leaf_hash FROM "transaction" WHERE seq = {last}',
        {
            "head_wrong": None,
            "leaf_wrong": "next",
            "private_missing": "next",
            "command_missing": "next",
            "root_missing": None,
        },
    ),
    "transaction_forged_before_all": Case(
        "INSERT INTO \"transaction\" SELECT 0, '{nobody}', kind, effective_on, 5, actor_id, detail, "
        'rulebook_code, rulebook_version, NULL, commitment, leaf_hash FROM "transaction" WHERE seq = {last}',
        {"seq_gap": "0"},
    ),
    "transfer_forged": Case(
        "INSERT INTO transfer SELECT seq, 9, debit_account_id, credit_account_id, unit_id, amount, debit_balance, "
        "credit_balance FROM transfer WHERE seq = {award} AND leg = 1",
        {"leg_gap": "award", "leaf_wrong": "award", "balance_wrong": "award"},
    ),
    "leaves_swapped": Case(
        'UPDATE "transaction" SET leaf_hash = o.leaf_hash FROM (SELECT {award} + {award_capped} - seq AS seq, '
        'leaf_hash FROM "transaction" WHERE seq IN ({award}, {award_capped}) LIMIT 2) AS o '
        'WHERE o.seq = "transaction".seq',
        {"leaf_wrong": "award_capped", "root_wrong": None},
    ),
    "closing_points": Case(
        "UPDATE closing SET points = points + 1 WHERE seq = {closing}", {"closing_wrong": "closing"}
    ),
    "closing_reason": Case("UPDATE closing SET reason = 'left' WHERE seq = {merge}", {"closing_wrong": "merge"}),
    "closing_heir": Case("UPDATE closing SET heir_id = '{nobody}' WHERE seq = {closing}", {"closing_wrong": "closing"}),
    "closing_deleted": Case("DELETE FROM closing WHERE seq = {closing}", {"record_missing": "closing"}),
    "closing_of_another": Case(
        "UPDATE closing SET volunteer_id = (SELECT id FROM volunteer WHERE name = 'ana') WHERE seq = {merge_undone}",
        {"closing_wrong": "merge_undone"},
    ),
    "unit_scale": Case("UPDATE unit SET scale = 0 WHERE id = 1", {"unit_wrong": None}),
    "unit_deleted": Case("DELETE FROM unit WHERE id = 2", {"unit_wrong": None}),
}
