"""Each command's checklist, without a database: every no it gives, and which comes first where several apply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ledger.core.accounts import MINUTES, NEVER, Purpose
from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import AMOUNT_MAX, Command, Move
from ledger.core.refusals.organisations import GiftToOneself, PoolingNotAllowed
from ledger.core.refusals.people import HeirNeeded, HeirNotAllowed, PointsHeld, SameVolunteer
from ledger.core.refusals.postings import (
    AlreadyReversed,
    AmountOutOfRange,
    FutureDay,
    InsufficientMinutes,
    InsufficientPoints,
    InsufficientStock,
    LapseNotDue,
    NothingToLapse,
    NotReversible,
    ReasonMissing,
    SamePerson,
    UnknownTransaction,
)
from ledger.core.refusals.precedence import REFUSALS
from ledger.core.refusals.prizes import NotRedeemable, NotRefundable, PrizeNotOffered
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import (
    AlreadyCorrected,
    AlreadyDecided,
    CertificateEnded,
    IsVolunteerService,
    NoRulebookInForce,
    NoServiceRecorded,
    NotHeld,
    NotVolunteerService,
    RecordHeld,
    ReviewOverdue,
)
from ledger.prizes.redeem import QUANTITY_MAX
from ledger.service.post_deed import COUNT_MAX
from tests.core import disputes_golden, notices_golden
from tests.core.given import (
    ANA,
    BASED,
    BO,
    CLERK,
    CLOCKED,
    CLOSED,
    COLLEAGUE,
    HELD,
    HOME,
    HONORARY,
    HOURS_ISSUED,
    MUGS,
    RECEIVED,
    RICE,
    SACK,
    TODAY,
    TOMORROW,
    TOWN,
    YESTERDAY,
    a_deed,
    adjust,
    alone,
    award,
    books,
    certified,
    certify,
    close,
    correction,
    donate,
    end_certificate,
    lapse,
    merge,
    number,
    pool,
    post_claim,
    posted,
    receive,
    redeem,
    refused,
    reverse,
    review,
    reviewed,
    shelf,
    step,
    to_donate,
    wallet,
)
from tests.core.test_need_credits import AGAINST_CREDITS
from tests.core.test_reservations import AGAINST_RESERVATIONS
from tests.core.test_shelves import AGAINST_SHELVES
from tests.core.test_slips import AGAINST_SLIPS
from tests.core.test_standing_in import AGAINST_AGENTS, AGAINST_MEMBERS
from tests.core.test_star_changes import AGAINST_STARS
from tests.governance.test_chain import REFUSED as OF_PROPOSALS

# -- every refusal, each with the books that call for it, in one table -------------------------------------------------

REFUSED: list[tuple[Command, Books, Refusal]] = [
    (award(minutes=0), books(), AmountOutOfRange(amount=0, lowest=1, highest=1440)),
    (award(minutes=1441), books(), AmountOutOfRange(amount=1441, lowest=1, highest=1440)),
    (award(served_on=TOMORROW), books(), FutureDay(on="2026-03-03", today="2026-03-02")),
    (award(rulebook=None), books(), NoRulebookInForce(on="2026-03-01")),
    (award(is_volunteer_service=False), books(), NotVolunteerService()),
    (a_deed(count=0), books(), AmountOutOfRange(amount=0, lowest=1, highest=COUNT_MAX)),
    (a_deed(count=COUNT_MAX + 1), books(), AmountOutOfRange(amount=COUNT_MAX + 1, lowest=1, highest=COUNT_MAX)),
    (a_deed(value=AMOUNT_MAX + 1), books(), AmountOutOfRange(amount=AMOUNT_MAX + 1, lowest=0, highest=AMOUNT_MAX)),
    (a_deed(served_on=TOMORROW), books(), FutureDay(on="2026-03-03", today="2026-03-02")),
    (a_deed(rulebook=None), books(), NoRulebookInForce(on="2026-03-01")),
    (a_deed(is_volunteer_service=True), books(), IsVolunteerService()),
    (
        redeem(terms=CLOSED),
        books({shelf(): 1}),
        NotRedeemable(
            codes="window_closed balance_too_low insufficient_points",
            reasons_zh="2026-03-02 不在兑换时间内, 下次开放 2027-01-01; 余额满 30 分才可兑换; 可兑换 0 分, 需要 20 分",
            reasons_en=(
                "redemption is not open on 2026-03-02; it opens next on 2027-01-01; "
                "redemption opens at a balance of 30; "
                "0 points can be redeemed, 20 are needed"
            ),
        ),
    ),
    (redeem(terms=BASED), books({wallet(): 40, shelf(): 1}), InsufficientPoints(held=10, asked=20)),
    (reverse(barred=NotRefundable(on="2026-03-01")), posted(books()), NotRefundable(on="2026-03-01")),
    (redeem(MUGS._replace(quantity=0)), books(), AmountOutOfRange(amount=0, lowest=1, highest=QUANTITY_MAX)),
    (redeem(MUGS._replace(quantity=-1)), books(), AmountOutOfRange(amount=-1, lowest=1, highest=QUANTITY_MAX)),
    (
        redeem(MUGS._replace(quantity=QUANTITY_MAX + 1)),
        books(),
        AmountOutOfRange(amount=QUANTITY_MAX + 1, lowest=1, highest=QUANTITY_MAX),
    ),
    (
        redeem(MUGS._replace(quantity=QUANTITY_MAX, cost_points=QUANTITY_MAX + 1)),
        books(),
        AmountOutOfRange(amount=QUANTITY_MAX * (QUANTITY_MAX + 1), lowest=0, highest=AMOUNT_MAX),
    ),
    (redeem(MUGS._replace(on_shelf=False)), books(), PrizeNotOffered(prize=str(MUGS.prize))),
    (redeem(), books({shelf(): 1}), InsufficientPoints(held=0, asked=20)),
    (redeem(), books({wallet(): 19, shelf(): 1}), InsufficientPoints(held=19, asked=20)),
    (redeem(), books({wallet(YESTERDAY): 20, shelf(): 1}), InsufficientPoints(held=0, asked=20)),
    (redeem(MUGS, SACK), books({wallet(): 49, shelf(): 1, shelf(RICE): 1}), InsufficientPoints(held=49, asked=50)),
    (redeem(), books({wallet(): 20}), InsufficientStock(prize=str(MUGS.prize), held=0, asked=1)),
    (
        redeem(),
        books({wallet(): 20, shelf(best_before=YESTERDAY): 1}),
        InsufficientStock(prize=str(MUGS.prize), held=0, asked=1),
    ),
    (redeem(MUGS, MUGS), books({wallet(): 40, shelf(): 1}), InsufficientStock(prize=str(MUGS.prize), held=1, asked=2)),
    (
        redeem(MUGS, SACK),
        books({wallet(): 50, shelf(): 1}),
        InsufficientStock(prize=str(SACK.prize), held=0, asked=1),
    ),
    (adjust(reason=" \u3000\n"), books(), ReasonMissing()),
    (adjust(second=CLERK), books(), SamePerson()),
    (adjust(0), books(), AmountOutOfRange(amount=0, lowest=-AMOUNT_MAX, highest=AMOUNT_MAX)),
    (adjust(AMOUNT_MAX + 1), books(), AmountOutOfRange(amount=AMOUNT_MAX + 1, lowest=-AMOUNT_MAX, highest=AMOUNT_MAX)),
    (adjust(-5), books({wallet(): 4}), InsufficientPoints(held=4, asked=5)),
    (adjust(-5), books({wallet(YESTERDAY): 5}), InsufficientPoints(held=0, asked=5)),
    (
        adjust(-90, unit=MINUTES, purpose=Purpose.CLOCKED),
        books({CLOCKED: 60, HONORARY: 60}),
        InsufficientMinutes(held=60, asked=90),
    ),
    (lapse(TODAY), books({wallet(TODAY): 5}), LapseNotDue(expires_on="2026-03-02", today="2026-03-02")),
    (lapse(NEVER), books({wallet(): 5}), LapseNotDue(expires_on="9999-12-31", today="2026-03-02")),
    (lapse(), books({wallet(): 5}), NothingToLapse(expires_on="2026-03-01")),
    (reverse(reason=""), posted(books()), ReasonMissing()),
    (reverse(51), posted(books()), UnknownTransaction(seq=51)),
    (reverse(), posted(books(), kind=Kind.LAPSE), NotReversible(seq=50, kind="lapse")),
    (reverse(), posted(books(), kind=Kind.REVERSAL), NotReversible(seq=50, kind="reversal")),
    (reverse(), posted(books(), kind=Kind.OPENING), NotReversible(seq=50, kind="opening")),
    (reverse(), posted(books(), reversed_by=60), AlreadyReversed(seq=50, reversed_by=60)),
    (
        reverse(),
        posted(books({CLOCKED: 60}), Move(HOURS_ISSUED, CLOCKED, 120)),
        InsufficientMinutes(held=60, asked=120),
    ),
    (
        reverse(),
        posted(books({shelf(): 4}), Move(RECEIVED, shelf(), 5), kind=Kind.STOCK_RECEIPT),
        InsufficientStock(prize="prize:3", held=4, asked=5),
    ),
    (pool(0), books({wallet(): 5}), AmountOutOfRange(amount=0, lowest=1, highest=AMOUNT_MAX)),
    (pool(5, pools=False), books({wallet(): 5}), PoolingNotAllowed()),
    (replace(pool(5), rulebook=None), books({wallet(): 5}), PoolingNotAllowed()),
    (pool(5), books({wallet(YESTERDAY): 5, wallet(): 4}), InsufficientPoints(held=4, asked=5)),
    (donate(AMOUNT_MAX + 1), books(), AmountOutOfRange(amount=AMOUNT_MAX + 1, lowest=1, highest=AMOUNT_MAX)),
    (donate(5, receiver=HOME), books({to_donate(): 5}), GiftToOneself()),
    (donate(5), books({to_donate(): 4, wallet(owner=HOME): 9}), InsufficientPoints(held=4, asked=5)),
    (donate(5), books({to_donate(YESTERDAY): 5}), InsufficientPoints(held=0, asked=5)),
    (
        donate(5, receiver=TOWN, may_spend=False),
        books({to_donate(): 4, wallet(owner=HOME): 9}),
        InsufficientPoints(held=4, asked=5),
    ),
    (close(heir=ANA), books(), SameVolunteer()),
    (close(), books({HELD: 7, wallet(): 5}), PointsHeld(held=7)),
    (close(heir=BO), books({wallet(): 5}), HeirNotAllowed()),
    (close(is_transferred=True), books({wallet(): 5, wallet(YESTERDAY): 3}), HeirNeeded(points=5)),
    (merge(ANA), books(), SameVolunteer()),
    (merge(), books({HELD: 7}), PointsHeld(held=7)),
    (receive(0), books(), AmountOutOfRange(amount=0, lowest=1, highest=QUANTITY_MAX)),
    (receive(QUANTITY_MAX + 1), books(), AmountOutOfRange(amount=QUANTITY_MAX + 1, lowest=1, highest=QUANTITY_MAX)),
    (review(number(80), "reject", " "), reviewed(), ReasonMissing()),
    (review(COLLEAGUE), reviewed(), SamePerson()),
    (review(number(80)), reviewed((80, "approve")), SamePerson()),
    (review(number(80)), reviewed((81, "reject")), AlreadyDecided()),
    (review(number(80)), reviewed(steps=["withdraw"]), AlreadyDecided()),
    (review(number(80)), reviewed(is_posted=True), AlreadyDecided()),
    (review(number(80)), reviewed(review_by=YESTERDAY), ReviewOverdue(review_by="2026-03-01")),
    (review(number(80)), reviewed(overlapped=number(71), reviews_needed=1), ReasonMissing()),
    (step(number(80), "hold", " "), reviewed(), ReasonMissing()),
    (step(number(80), "hold"), reviewed(overlapped=number(71)), RecordHeld()),
    (step(number(80), "hold"), reviewed(steps=["void"]), AlreadyDecided()),
    (step(number(80), "release"), reviewed(), NotHeld()),
    (step(number(80), "release"), reviewed((81, "approve"), overlapped=number(71)), NotHeld()),
    (step(COLLEAGUE, "release"), reviewed(overlapped=number(71)), SamePerson()),
    (step(number(80), "void", "", "review_overdue"), reviewed(review_by=TODAY), AlreadyDecided()),
    (post_claim(), reviewed((81, "approve")), RecordHeld()),
    (post_claim(), reviewed((81, "approve"), (82, "approve"), steps=["hold"]), RecordHeld()),
    (post_claim(), reviewed((81, "approve"), (82, "approve"), steps=["withdraw"]), AlreadyDecided()),
    (post_claim(undoes=50), posted(reviewed((81, "approve"), (82, "approve"))), RecordHeld()),
    (correction(reason=" "), alone(correction()), ReasonMissing()),
    (correction(), alone(correction()), UnknownTransaction(seq=50)),
    (correction(), posted(alone(correction()), reversed_by=60), AlreadyReversed(seq=50, reversed_by=60)),
    (correction(), posted(alone(correction(), {"id": number(72)})), AlreadyCorrected()),
    (
        certify(),
        books(),
        NoServiceRecorded(from_on=YESTERDAY.isoformat(), until_on=TODAY.isoformat()),
    ),
    (end_certificate(), certified("fraud"), CertificateEnded()),
    (review(number(80)), reviewed((81, "approve"), (82, "approve")), AlreadyDecided()),
    *notices_golden.REFUSED,
    *disputes_golden.REFUSED,
]
BY_THE_WRITER = {"idempotency_key_reused", "id_already_used", "volunteer_closed"}
"""Refused before a command is even asked: see tests/ledger/test_idempotency.py and tests/people/test_closings.py."""
BY_USE_CASES = {
    *("days_reversed", "already_member", "already_at_home", "too_many_members", "not_a_member", "may_not_decide"),
    *("import_faulty", "questions_open", "import_expired"),
    *("already_in_post", "post_filled", "not_in_post"),
    *("party_consent_missing", "already_tied", "tie_ended", "wrong_level", "agent_is_principal"),
    *("changed_meanwhile", "root_stays", "below_itself"),
    *("level_not_below", "organisation_closed", "organisation_in_use"),
    *("activity_over", "already_filed", "already_published", "activity_incomplete"),
    *("activity_in_use", "insurance_missing", "session_times_wrong"),
    *("session_over", "activity_not_published", "already_signed_up", "not_signed_up"),
    *("guardian_missing", "too_young", "age_unknown", "sign_up_overlaps"),
    *("code_unknown", "code_expired", "code_foreign", "code_used"),
    *("too_early", "outside_session", "already_checked_in", "not_checked_in"),
    *("already_checked_out", "attendance_handed_in"),
    *("session_not_begun", "session_still_open", "came_after_all", "no_show_decided"),
    *("not_superior", "last_admin", "already_founded"),
    *("field_not_kept", "guardian_needed", "consent_needed", "id_number_taken", "possible_duplicate", "not_closed"),
    *("other_level_decides", "tag_not_asked"),
    *("step_not_possible", "cash_never", "wish_repeated", "wish_too_expensive", "wish_worth_too_much"),
    *("guardian_agreement_missing", "minor_shown", "tells_who", "own_need", "already_taken_up", "places_taken"),
    *("not_taken_up", "tasks_open"),
    *("appraisal_not_open", "not_asked", "already_spoken"),
}
"""Refused where nothing is posted: told in stories, and in tests/people."""


@pytest.mark.parametrize(("command", "known", "refusal"), REFUSED, ids=lambda part: getattr(part, "code", ""))
def test_no_is_said_with_the_facts(command: Command, known: Books, refusal: Refusal) -> None:
    assert refused(command, known) == refusal


def test_every_refusal_is_in_the_table() -> None:
    told = {refusal.code for _, _, refusal in REFUSED} | {refusal.code for _, _, refusal in OF_PROPOSALS.values()}
    told |= {refusal.code for _, _, refusal in AGAINST_STARS}
    told |= {refusal.code for _, refusal in AGAINST_AGENTS} | {refusal.code for _, _, refusal in AGAINST_MEMBERS}
    told |= {refusal.code for _, _, refusal in (*AGAINST_SHELVES, *AGAINST_RESERVATIONS, *AGAINST_SLIPS)}
    told |= {refusal.code for _, _, refusal in AGAINST_CREDITS}
    assert told | BY_THE_WRITER | BY_USE_CASES == {kind.code for kind in REFUSALS}


BAD_MUGS = MUGS._replace(quantity=0)
SHELVED_MUGS = MUGS._replace(on_shelf=False)
PRECEDENCE: list[tuple[Sequence[type[Refusal]], Command, Books]] = [
    ((AmountOutOfRange, FutureDay, NoRulebookInForce), award(minutes=0, served_on=TOMORROW, rulebook=None), books()),
    ((FutureDay, NoRulebookInForce), award(served_on=TOMORROW, rulebook=None), books()),
    ((AmountOutOfRange, PrizeNotOffered, InsufficientPoints), redeem(BAD_MUGS, SACK._replace(on_shelf=False)), books()),
    ((AmountOutOfRange, PrizeNotOffered, InsufficientPoints), redeem(SHELVED_MUGS, SACK._replace(quantity=0)), books()),
    (
        (AmountOutOfRange, PrizeNotOffered, InsufficientPoints),
        redeem(SHELVED_MUGS, SACK._replace(quantity=QUANTITY_MAX, cost_points=QUANTITY_MAX + 1)),
        books(),
    ),
    ((PrizeNotOffered, InsufficientPoints, InsufficientStock), redeem(MUGS, SACK._replace(on_shelf=False)), books()),
    ((InsufficientPoints, InsufficientStock), redeem(), books()),
    (
        (ReasonMissing, SamePerson, AmountOutOfRange, InsufficientPoints),
        adjust(-AMOUNT_MAX - 1, reason="", second=CLERK),
        books(),
    ),
    ((SamePerson, AmountOutOfRange), adjust(0, second=CLERK), books()),
    ((AmountOutOfRange, InsufficientPoints), adjust(-AMOUNT_MAX - 1), books()),
    ((LapseNotDue, NothingToLapse), lapse(TODAY), books()),
    ((AmountOutOfRange, PoolingNotAllowed, InsufficientPoints), pool(0, pools=False), books()),
    ((PoolingNotAllowed, InsufficientPoints), pool(5, pools=False), books()),
    ((AmountOutOfRange, GiftToOneself, InsufficientPoints), donate(0, receiver=HOME), books()),
    ((GiftToOneself, InsufficientPoints), donate(5, receiver=HOME), books()),
    ((ReasonMissing, UnknownTransaction), reverse(51, reason=" "), books()),
    ((ReasonMissing, NotReversible), reverse(reason=" "), posted(books(), kind=Kind.LAPSE)),
    ((NotReversible, AlreadyReversed), reverse(), posted(books(), kind=Kind.LAPSE, reversed_by=60)),
    (
        (AlreadyReversed, InsufficientMinutes),
        reverse(),
        posted(books(), Move(HOURS_ISSUED, CLOCKED, 120), reversed_by=60),
    ),
]


@pytest.mark.parametrize(("apply", "command", "known"), PRECEDENCE)
def test_of_several_refusals_the_first_in_the_published_order_is_given(
    apply: Sequence[type[Refusal]], command: Command, known: Books
) -> None:
    order = [REFUSALS.index(kind) for kind in apply]
    assert order == sorted(order), "the table itself must follow the published order"
    assert type(refused(command, known)) is apply[0]
