"""What governs the bank."""

from __future__ import annotations

from tests.reading.cases.case import Case

GOVERNING = {
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
}
