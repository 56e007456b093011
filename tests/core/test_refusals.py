"""The bank's no: a closed set, each with a code, its facts and a sentence in two languages that tells them."""

from __future__ import annotations

import json
import re
from dataclasses import fields

import pytest

from ledger.core.refusals.precedence import REFUSALS, remembered
from ledger.core.refusals.refusal import Refusal

every_refusal = pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.code)


def example_of(kind: type[Refusal]) -> Refusal:
    """A refusal of this kind whose facts can be told apart."""
    facts = {
        field.name: 4_000 + at if field.type == "int" else f"<{field.name}>" for at, field in enumerate(fields(kind))
    }
    return kind(**facts)


def test_the_set_is_closed() -> None:
    declared = {kind.__name__ for kind in Refusal.__subclasses__()}  # twice each: a class with slots is made anew
    assert declared == {kind.__name__ for kind in REFUSALS}


def test_each_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in REFUSALS]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", code) for code in codes)


def test_the_order_of_precedence_is_the_published_one() -> None:
    """A client may rely on it; a new refusal takes its place on purpose, here and there."""
    assert [kind.code for kind in REFUSALS] == [
        "idempotency_key_reused",
        "id_already_used",
        "volunteer_closed",
        "reason_missing",
        "same_person",
        "not_superior",
        "last_admin",
        "already_decided",
        "review_overdue",
        "record_held",
        "not_held",
        "no_service_recorded",
        "certificate_ended",
        "amount_out_of_range",
        "future_day",
        "no_rulebook_in_force",
        "not_volunteer_service",
        "is_volunteer_service",
        "nothing_for_notice",
        "already_on_notice",
        "on_notice",
        "objection_open",
        "already_disputed",
        "dispute_answered",
        "unknown_transaction",
        "not_reversible",
        "already_reversed",
        "already_corrected",
        "lapse_not_due",
        "nothing_to_lapse",
        "changed_meanwhile",
        "root_stays",
        "below_itself",
        "level_not_below",
        "organisation_closed",
        "organisation_in_use",
        "days_reversed",
        "tag_not_asked",
        "already_member",
        "already_at_home",
        "too_many_members",
        "not_a_member",
        "pooling_not_allowed",
        "may_not_decide",
        "gift_to_oneself",
        "import_faulty",
        "questions_open",
        "import_expired",
        "already_in_post",
        "post_filled",
        "not_in_post",
        "party_consent_missing",
        "already_tied",
        "tie_ended",
        "wrong_level",
        "activity_over",
        "already_filed",
        "already_published",
        "activity_incomplete",
        "activity_in_use",
        "insurance_missing",
        "session_times_wrong",
        "session_over",
        "activity_not_published",
        "already_signed_up",
        "not_signed_up",
        "guardian_missing",
        "too_young",
        "age_unknown",
        "sign_up_overlaps",
        "code_unknown",
        "code_expired",
        "code_foreign",
        "code_used",
        "too_early",
        "outside_session",
        "already_checked_in",
        "not_checked_in",
        "already_checked_out",
        "attendance_handed_in",
        "session_not_begun",
        "session_still_open",
        "came_after_all",
        "no_show_decided",
        "agent_is_principal",
        "agent_not_authorised",
        "agency_revoked",
        "agency_not_begun",
        "agency_ended",
        "collects_only",
        "spending_not_allowed",
        "same_volunteer",
        "points_held",
        "heir_needed",
        "heir_not_allowed",
        "session_open",
        "day_unsigned",
        "session_closed",
        "desk_closed",
        "slip_used",
        "reservation_ended",
        "reservation_overdue",
        "reservation_not_due",
        "same_desk",
        "difference_unexplained",
        "count_missing",
        "prize_not_offered",
        "not_redeemable",
        "not_refundable",
        "insufficient_points",
        "insufficient_minutes",
        "insufficient_stock",
        "field_not_kept",
        "guardian_needed",
        "consent_needed",
        "id_number_taken",
        "possible_duplicate",
        "not_closed",
        "already_founded",
        "proposal_closed",
        "other_stage_next",
        "only_the_proposer",
        "stage_needs_another_person",
        "day_before_last_step",
        "body_missing",
        "votes_wrong",
        "vote_not_carried",
        "subject_changed",
        "version_taken",
        "retroactive_date",
        "star_change_under_way",
        "notice_running",
        "other_level_decides",
        "star_barred",
        "star_not_due",
        "step_not_possible",
        "cash_never",
        "wish_repeated",
        "wish_too_expensive",
        "wish_worth_too_much",
        "guardian_agreement_missing",
        "minor_shown",
        "tells_who",
        "own_need",
        "already_taken_up",
        "places_taken",
        "not_taken_up",
        "already_credited",
        "tasks_open",
        "appraisal_not_open",
        "not_asked",
        "already_spoken",
    ]


@every_refusal
def test_both_sentences_tell_every_fact_but_internal_ids(kind: type[Refusal]) -> None:
    refusal = example_of(kind)
    for language in ("zh", "en"):
        sentence = refusal.sentence(language)
        assert "{" not in sentence
        for name, fact in refusal.facts().items():
            if name == "codes" or name in {"reasons_zh", "reasons_en"} - {f"reasons_{language}"}:
                continue  # for machines, and for those who read the other language
            if name != "prize":  # a UUID, or a unit: of no use to whoever is read the sentence
                assert str(fact) in sentence


@every_refusal
def test_a_sentence_is_in_its_language_and_ends(kind: type[Refusal]) -> None:
    chinese, english = example_of(kind).sentence("zh"), example_of(kind).sentence("en")
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert chinese.endswith(("。", "请换一个新的。"))
    assert english.isascii()
    assert english.endswith(".")
    assert english[0].isupper() or english[0].isdigit() or english[0] == "<"


@every_refusal
def test_a_refusal_is_remembered_as_it_was_given(kind: type[Refusal]) -> None:
    refusal = example_of(kind)
    assert remembered(kind.code, json.loads(json.dumps(refusal.facts()))) == refusal


@every_refusal
def test_each_says_when_it_is_given(kind: type[Refusal]) -> None:
    assert kind.__doc__
    assert not kind.__doc__.startswith(f"{kind.__name__}(")
