"""Service: how it was reviewed, recorded and certified, and what stars came of it."""

from __future__ import annotations

from tests.reading.cases.case import Case

SERVICE = {
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
}
