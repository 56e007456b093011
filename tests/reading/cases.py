"""What an insider may try, one row at a time."""

from __future__ import annotations

from dataclasses import dataclass

WORDS = {
    "nobody": "00000000-0000-4000-8000-000000000000",
    "ana_wallet": (
        "SELECT a.id FROM account a JOIN volunteer v ON v.id = a.owner_id WHERE v.name = 'ana' AND a.purpose = 'wallet'"
    ),
}
"""What the statements below mean by these names, beside the seqs of the scenario and a `hash`."""


@dataclass(frozen=True)
class Case:
    """What is done to the rows, and what must be among the findings: each code and the seq it is at, by its name."""

    sql: str
    codes: dict[str, str | None]


CASES = {
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
    # notices
    "notice_deleted": Case(
        "DELETE FROM notice WHERE seq = {notice}",
        {"record_missing": "notice", "record_unexpected": "notice", "posted_unnoticed": "award_noticed"},
    ),
    "notice_shortened": Case("UPDATE notice SET ends_on = begins_on WHERE seq = {notice}", {"notice_wrong": "notice"}),
    "notice_lengthened": Case(
        "UPDATE notice SET ends_on = '2026-12-31' WHERE seq = {notice}",
        {"notice_wrong": "notice", "posted_on_notice": "award_noticed"},
    ),
    "notice_retitled": Case("UPDATE notice SET title = '另一份公示' WHERE seq = {notice}", {"notice_wrong": "notice"}),
    "notice_of_another_root": Case(
        "UPDATE notice SET lines_root = {hash} WHERE seq = {notice}", {"notice_wrong": "notice"}
    ),
    "notice_moved": Case(
        "UPDATE notice SET seq = {award} WHERE seq = {notice}",
        {"record_missing": "notice", "record_unexpected": "award"},
    ),
    "notice_line_deleted": Case(
        "DELETE FROM notice_line WHERE seq = {notice} AND line = 2",
        {"notice_wrong": "notice", "objection_wrong": "objection_upheld"},
    ),
    "notice_line_reworded": Case(
        """UPDATE notice_text SET shown = '{{"line":1,"minutes":300,"tail":"0001"}}'
        WHERE line_id = (SELECT id FROM notice_line WHERE seq = {notice} AND line = 1)""",
        {"notice_line_wrong": "notice"},
    ),
    "notice_line_half_erased": Case(
        "UPDATE notice_text SET salt = NULL WHERE line_id = (SELECT id FROM notice_line WHERE seq = {notice} "
        "AND line = 1)",
        {"notice_line_wrong": "notice"},
    ),
    "notice_line_without_words": Case(
        "DELETE FROM notice_text WHERE line_id = (SELECT id FROM notice_line WHERE seq = {notice} AND line = 1)",
        {"notice_line_wrong": "notice"},
    ),
    "notice_line_of_another_record": Case(
        "UPDATE notice_line SET record_id = '{nobody}' WHERE seq = {notice_after}",
        {"notice_line_wrong": "notice_after"},
    ),
    "correction_of_what_stands": Case(
        "UPDATE objection_resolution SET outcome = 'dismissed' WHERE seq = {upheld}",
        {"resolution_wrong": "upheld", "answer_wrong": "upheld", "notice_line_wrong": "correction"},
    ),
    "notice_asked_moved": Case(
        "UPDATE notice_asked SET seq = {award} WHERE seq = {claim_noticed}", {"record_unexpected": "award"}
    ),
    "objection_deleted": Case(
        "DELETE FROM objection WHERE seq = {objection_dismissed}",
        {"record_missing": "objection_dismissed", "resolution_wrong": "dismissed"},
    ),
    "objection_late": Case(
        "UPDATE objection SET is_late = 1 WHERE seq = {objection_dismissed}",
        {"objection_wrong": "objection_dismissed", "answer_wrong": "objection_dismissed"},
    ),
    "objection_to_another_record": Case(
        "UPDATE objection SET record_id = '{nobody}' WHERE seq = {objection_dismissed}",
        {"objection_wrong": "objection_dismissed", "resolution_wrong": "dismissed"},
    ),
    "answer_deleted": Case(
        "DELETE FROM objection_resolution WHERE seq = {dismissed}",
        {"record_missing": "dismissed", "posted_against_objection": "award_noticed"},
    ),
    "answer_turned": Case(
        "UPDATE objection_resolution SET outcome = 'upheld' WHERE seq = {dismissed}",
        {"resolution_wrong": "dismissed", "answer_wrong": "dismissed", "posted_against_objection": "award_noticed"},
    ),
    "answer_by_the_recorder": Case(
        "UPDATE objection_resolution SET resolved_by = (SELECT recorded_by FROM service_claim WHERE seq = "
        "{claim_noticed}) WHERE seq = {dismissed}",
        {"resolution_wrong": "dismissed"},
    ),
    # disputes
    "dispute_deleted": Case(
        "DELETE FROM dispute WHERE seq = {dispute}",
        {"record_missing": "dispute", "dispute_answer_wrong": "dispute_answer"},
    ),
    "dispute_of_another": Case(
        "UPDATE dispute SET volunteer_id = (SELECT volunteer_id FROM service_claim WHERE seq = {claim_fallen}) "
        "WHERE seq = {dispute}",
        {"dispute_wrong": "dispute", "dispute_answer_wrong": "dispute_answer"},
    ),
    "dispute_of_another_entry": Case(
        "UPDATE dispute SET disputed_seq = {award} WHERE seq = {dispute}", {"dispute_wrong": "dispute"}
    ),
    "dispute_moved": Case(
        "UPDATE dispute SET seq = {award} WHERE seq = {dispute}",
        {"record_missing": "dispute", "record_unexpected": "award"},
    ),
    "dispute_answer_deleted": Case(
        "DELETE FROM dispute_answer WHERE seq = {dispute_answer}",
        {"record_missing": "dispute_answer", "dispute_wrong": "dispute_again"},
    ),
    "dispute_answer_turned": Case(
        "UPDATE dispute_answer SET outcome = 'corrected' WHERE seq = {dispute_answer}",
        {"dispute_answer_wrong": "dispute_answer", "answer_wrong": "dispute_answer"},
    ),
    "dispute_answered_by_the_recorder": Case(
        "UPDATE dispute_answer SET answered_by = (SELECT recorded_by FROM service_record WHERE seq = {award_disputed}) "
        "WHERE seq = {dispute_answer}",
        {"dispute_answer_wrong": "dispute_answer"},
    ),
    # reviews
    "review_deleted": Case(
        "DELETE FROM service_review WHERE seq = {review_third}",
        {"record_missing": "review_third", "award_wrong": "award_honorary"},
    ),
    "review_of_ones_own": Case(
        "UPDATE service_review SET reviewed_by = (SELECT recorded_by FROM service_claim LIMIT 1) "
        "WHERE seq = {review_third}",
        {"review_wrong": "review_third", "award_wrong": "award_honorary"},
    ),
    "review_turned": Case(
        "UPDATE service_review SET decision = 'reject' WHERE seq = {review_third}",
        {"answer_wrong": "review_third", "award_wrong": "award_honorary"},
    ),
    "claim_deleted": Case(
        "DELETE FROM service_claim WHERE seq = {claim}", {"record_missing": "claim", "review_wrong": "review_second"}
    ),
    "claim_of_another": Case(
        "UPDATE service_claim SET recorded_by = '{nobody}' WHERE seq = {claim}", {"claim_wrong": "claim"}
    ),
    "claim_of_other_minutes": Case(
        "UPDATE service_claim SET minutes = minutes - 1 WHERE seq = {claim_held}",
        {"answer_wrong": "claim_held", "posted_unready": "award_released"},
    ),
    "claim_that_wants_more": Case(
        "UPDATE service_claim SET reviews_needed = 1 WHERE seq = {claim_held}", {"posted_unready": "award_released"}
    ),
    "review_after_the_end": Case(
        "UPDATE service_review SET claim_id = (SELECT id FROM service_claim WHERE seq = {claim_withdrawn}) "
        "WHERE seq = {review_third}",
        {"answer_wrong": "review_third", "award_wrong": "award_honorary"},
    ),
    "review_after_its_posting": Case(
        "UPDATE service_review SET claim_id = (SELECT id FROM service_claim WHERE seq = {claim_held}) "
        "WHERE seq = {review_correction}",
        {"review_wrong": "review_correction", "posted_unready": "record_correction"},
    ),
    "release_deleted": Case(
        "DELETE FROM claim_step WHERE seq = {hold_released}",
        {"record_missing": "hold_released", "posted_unready": "award_released"},
    ),
    "release_of_ones_own": Case(
        "UPDATE claim_step SET taken_by = (SELECT recorded_by FROM service_claim LIMIT 1) WHERE seq = {hold_released}",
        {"claim_step_wrong": "hold_released"},
    ),
    "release_turned": Case(
        "UPDATE claim_step SET step = 'hold' WHERE seq = {hold_released}",
        {"claim_step_wrong": "hold_released", "posted_unready": "award_released"},
    ),
    "withdrawn_for_nothing": Case(
        "UPDATE claim_step SET step = 'void' WHERE seq = {withdrawal}", {"claim_step_wrong": "withdrawal"}
    ),
    "withdrawal_of_what_was_posted": Case(
        "UPDATE claim_step SET claim_id = (SELECT id FROM service_record WHERE seq = {award_honorary}) "
        "WHERE seq = {withdrawal}",
        {"claim_step_wrong": "withdrawal", "answer_wrong": "withdrawal"},
    ),
    "record_corrects_nothing": Case(
        "UPDATE service_record SET corrects = '{nobody}' WHERE seq = {record_correction}",
        {"correction_wrong": "record_correction", "posted_unready": "record_correction"},
    ),
    "record_corrects_what_stands": Case(
        "UPDATE service_record SET corrects = (SELECT id FROM service_record WHERE seq = {award}) "
        "WHERE seq = {record_correction}",
        {"correction_wrong": "record_correction"},
    ),
    # certificates
    "certificate_padded": Case(
        "UPDATE certificate SET minutes = minutes + 60 WHERE seq = {certificate}",
        {"certificate_wrong": "certificate", "answer_wrong": "certificate"},
    ),
    "certificate_of_somebody_else": Case(
        "UPDATE certificate SET issued_by = '{nobody}' WHERE seq = {certificate}", {"certificate_wrong": "certificate"}
    ),
    "certificate_rewritten": Case("UPDATE certificate_text SET content = '{{}}'", {"certificate_wrong": "certificate"}),
    "certificate_record_exchanged": Case(
        "UPDATE certificate_line SET record_seq = {award_to_undo} WHERE record_seq = {award_capped}",
        {"certificate_wrong": "certificate"},
    ),
    "certificate_end_deleted": Case(
        "DELETE FROM certificate_end WHERE seq = {certificate_end}", {"record_missing": "certificate_end"}
    ),
    "certificate_end_by_another": Case(
        "UPDATE certificate_end SET ended_by = '{nobody}' WHERE seq = {certificate_end}",
        {"certificate_wrong": "certificate_end"},
    ),
    # stars
    "star_change_deleted": Case(
        "DELETE FROM star_change WHERE seq = {star_change}",
        {"record_missing": "star_change", "star_wrong": "star_decision"},
    ),
    "star_decision_deleted": Case(
        "DELETE FROM star_decision WHERE seq = {star_decision}", {"record_missing": "star_decision"}
    ),
    "star_of_ones_own": Case(
        "UPDATE star_decision SET recorded_by = (SELECT recorded_by FROM star_change LIMIT 1) "
        "WHERE seq = {star_decision}",
        {"star_wrong": "star_decision"},
    ),
    "star_too_high": Case(
        "UPDATE star_change SET to_level = 5 WHERE seq = {star_change}",
        {"star_wrong": "star_decision", "answer_wrong": "star_change"},
    ),
    "star_granted_higher": Case(
        "UPDATE star_decision SET star_level = 5 WHERE seq = {star_decision}",
        {"star_wrong": "star_decision", "answer_wrong": "star_decision"},
    ),
    "star_by_invented_hours": Case(
        "UPDATE star_change SET inputs = REPLACE(inputs, '18060', '18061') WHERE seq = {star_change}",
        {"star_wrong": "star_change"},
    ),
    "star_whose_hours_are_gone": Case(
        "UPDATE transfer SET amount = amount - 1 WHERE seq = {star_hours}",
        {"star_wrong": "star_change", "balance_wrong": "star_hours"},
    ),
    "star_by_a_service_that_was_none": Case(
        "UPDATE service_record SET capture_method = 'roster' WHERE seq = {star_award}",
        {"star_wrong": "star_change", "award_wrong": "star_award"},
    ),
    "star_before_its_notice": Case(
        "UPDATE star_change SET notice_until = '2026-03-06' WHERE seq = {star_change}",
        {"star_wrong": "star_change", "answer_wrong": "star_change"},
    ),
    "star_inputs": Case(
        "UPDATE star_decision SET inputs = '[]' WHERE seq = {star_decision}",
        {"inputs_unreadable": "star_decision", "star_wrong": "star_decision"},
    ),
    "star_moved_to_another": Case(
        "UPDATE star_change SET seq = {award} WHERE seq = {star_change}",
        {"record_missing": "star_change", "record_unexpected": "award"},
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
    # service records and rulebooks
    "record_points": Case(
        "UPDATE service_record SET points = points + 10 WHERE seq = {award}", {"award_wrong": "award"}
    ),
    "record_minutes": Case(
        "UPDATE service_record SET minutes = minutes + 10 WHERE seq = {award}", {"award_wrong": "award"}
    ),
    "record_volunteer": Case(
        "UPDATE service_record SET volunteer_id = (SELECT id FROM volunteer WHERE name = 'chen') WHERE seq = {award}",
        {"award_wrong": "award"},
    ),
    "record_inputs": Case(
        "UPDATE service_record SET inputs = REPLACE(inputs, 'cleaning', 'teaching') WHERE seq = {award}",
        {"award_wrong": "award", "answer_wrong": "award"},
    ),
    "record_inputs_broken": Case(
        "UPDATE service_record SET inputs = '{{}}' WHERE seq = {award}", {"inputs_unreadable": "award"}
    ),
    "record_deleted": Case("DELETE FROM service_record WHERE seq = {award}", {"record_missing": "award"}),
    "record_moved": Case(
        "UPDATE service_record SET seq = {adjustment} WHERE seq = {award}",
        {"record_missing": "award", "record_unexpected": "adjustment"},
    ),
    "rulebook_text": Case(
        "UPDATE rulebook SET document = REPLACE(document, 'minutes: 120', 'minutes: 60')",
        {"rulebook_changed": None, "award_wrong": "award_capped"},
    ),
    "rulebook_broken": Case(
        "UPDATE rulebook SET document = 'code: x'", {"rulebook_unreadable": None, "rulebook_unknown": "award"}
    ),
    "rulebook_deleted": Case("DELETE FROM rulebook", {"rulebook_unknown": "award"}),
    "rulebook_version": Case(
        "UPDATE rulebook SET version = 7 WHERE seq = {founding}",
        {"rulebook_changed": None, "rulebook_unknown": "award"},
    ),
    "rulebook_begins_later": Case("UPDATE rulebook SET effective_from = '2026-03-02'", {"rulebook_changed": None}),
    # what governs the bank
    "founding_text": Case(
        "UPDATE rulebook SET document = document || ' ' WHERE seq = {founding}",
        {"founding_wrong": "founding", "rulebook_changed": None},
    ),
    "founding_gone": Case("DELETE FROM rulebook WHERE seq = {founding}", {"founding_wrong": "founding"}),
    "rulebook_smuggled_in": Case(
        "INSERT INTO rulebook SELECT '{nobody}', {award}, organisation_id, code, 9, effective_from, document, digest, "
        "recorded_at FROM rulebook WHERE seq = {founding}",
        {"undecided": "award"},
    ),
    "rulebook_decided_otherwise": Case(
        "UPDATE rulebook SET document = REPLACE(document, 'minutes: 120', 'minutes: 240') WHERE seq = {rulebook}",
        {"decision_wrong": "rulebook", "rulebook_changed": None},
    ),
    "rulebook_of_another": Case(
        "UPDATE rulebook SET organisation_id = '{nobody}' WHERE seq = {rulebook}", {"decision_wrong": "rulebook"}
    ),
    "rulebook_not_put_into_force": Case("DELETE FROM rulebook WHERE seq = {rulebook}", {"decision_wrong": "rulebook"}),
    "rulebook_for_the_past": Case(
        "UPDATE rulebook SET effective_from = '2020-01-02' WHERE seq = {rulebook}",
        {"decision_wrong": "rulebook"},
    ),
    "price_decided_otherwise": Case(
        "UPDATE price_list SET document = REPLACE(document, '19', '9')", {"decision_wrong": "price_list"}
    ),
    "step_deleted": Case(
        "DELETE FROM proposal_step WHERE seq = {rulebook_joint_review}",
        {"record_missing": "rulebook_joint_review", "step_wrong": "rulebook_ratification"},
    ),
    "step_by_the_proposer": Case(
        "UPDATE proposal_step SET recorded_by = (SELECT recorded_by FROM proposal_step "
        "WHERE seq = {rulebook_proposed}) WHERE seq = {rulebook_ratification}",
        {"step_wrong": "rulebook_ratification"},
    ),
    "step_result": Case(
        "UPDATE proposal_step SET result = 'returned' WHERE seq = {rulebook_first_review}",
        {"step_wrong": "rulebook_first_review"},
    ),
    "step_votes": Case(
        "UPDATE proposal_step SET record = REPLACE(record, '\"votes_for\":6', '\"votes_for\":1') "
        "WHERE seq = {rulebook_joint_review}",
        {"step_wrong": "rulebook_joint_review"},
    ),
    "step_record_broken": Case(
        "UPDATE proposal_step SET record = '{{}}' WHERE seq = {rulebook_first_review}",
        {"step_wrong": "rulebook_first_review"},
    ),
    "step_of_another_day": Case(
        "UPDATE proposal_step SET held_on = '2026-07-01' WHERE seq = {rulebook_ratification}",
        {"step_wrong": "rulebook_ratification"},
    ),
    "step_elsewhere": Case(
        "UPDATE proposal_step SET seq = {award} WHERE seq = {rulebook_first_review}",
        {"record_missing": "rulebook_first_review", "record_unexpected": "award"},
    ),
    "step_forged": Case(
        "INSERT INTO proposal_step SELECT '{nobody}', 999, proposal_id, 9, revision, subject, stage, result, held_on, "
        "recorded_by, record, digest FROM proposal_step WHERE seq = {rulebook_ratification}",
        {"row_astray": "999"},
    ),
    "revision_text": Case(
        "UPDATE proposal_revision SET document = document || ' ' WHERE seq = {rulebook_proposed}",
        {"step_wrong": "rulebook_first_review", "decision_wrong": "rulebook"},
    ),
    "revision_deleted": Case(
        "DELETE FROM proposal_revision WHERE seq = {resolution_proposed}", {"step_wrong": "resolution_proposed"}
    ),
    "revision_under_an_easier_template": Case(
        "UPDATE proposal_revision SET template = (SELECT template FROM proposal_revision WHERE "
        "seq = {resolution_proposed}) WHERE seq = {rulebook_proposed}",
        {"step_wrong": "rulebook_proposed"},
    ),
    "decision_called_a_step": Case(
        "UPDATE \"transaction\" SET kind = 'proposal_step' WHERE seq = {rulebook}",
        {"leaf_wrong": "rulebook", "step_wrong": "rulebook"},
    ),
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
    # deeds other than service
    "deed_points": Case("UPDATE deed SET points = points + 10 WHERE seq = {deed}", {"award_wrong": "deed"}),
    "deed_type": Case("UPDATE deed SET deed_type = 'other' WHERE seq = {deed}", {"award_wrong": "deed"}),
    "deed_kind": Case("UPDATE deed SET kind = 'penalty' WHERE seq = {deed}", {"award_wrong": "deed"}),
    "deed_told_first": Case(
        "UPDATE deed SET inputs = (SELECT inputs FROM deed WHERE seq = {deed}) WHERE seq = {deed_repeated}",
        {"history_wrong": "deed_repeated", "award_wrong": "deed_repeated"},
    ),
    "deed_claim_deeds": Case(
        "UPDATE claimed_deed SET count = count + 1 WHERE seq = {deed_claim}", {"posted_unready": "deed_reviewed"}
    ),
    "deed_claim_key": Case(
        "UPDATE claimed_deed SET unique_key = 'other' WHERE seq = {deed_claim}", {"posted_unready": "deed_reviewed"}
    ),
    "deed_claim_gone": Case(
        "DELETE FROM claimed_deed WHERE seq = {deed_claim}",
        {"claim_wrong": "deed_claim", "posted_unready": "deed_reviewed"},
    ),
    "deed_claim_of_service": Case(
        "UPDATE service_claim SET kind = 'penalty' WHERE seq = {deed_claim}", {"posted_unready": "deed_reviewed"}
    ),
    "deed_claim_reviewers": Case(
        "UPDATE service_claim SET reviews_needed = 2 WHERE seq = {deed_claim}",
        {"answer_wrong": "deed_claim", "posted_unready": "deed_reviewed"},
    ),
    "deed_review_own": Case(
        "UPDATE service_review SET reviewed_by = (SELECT recorded_by FROM service_claim WHERE seq = {deed_claim}) "
        "WHERE seq = {deed_review}",
        {"review_wrong": "deed_review"},
    ),
    "deed_deleted": Case("DELETE FROM deed WHERE seq = {deed}", {"record_missing": "deed"}),
    "flag_forged": Case(
        "INSERT INTO flag (id, seq, volunteer_id, counter, flag, title_zh, title_en, reached, first_day) SELECT "
        "'{nobody}', seq, volunteer_id, 'x', 'blacklist', 'x', 'x', 3, done_on FROM deed WHERE seq = {deed}",
        {"award_wrong": "deed"},
    ),
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
