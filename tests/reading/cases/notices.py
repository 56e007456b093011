"""What is shown and what is said against it."""

from __future__ import annotations

from tests.reading.cases.case import Case

NOTICES = {
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
}
