"""Books as a batch would know them, without a database: what decisions are tried on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from ledger.core.accounts import MINUTES, NEVER, POINTS, Account, AccountKey, Owner, OwnerKind, Purpose
from ledger.core.adjustment import Adjust
from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.lapse import Lapse
from ledger.core.posting import Command, Move, Plan, PostedMove, PostedTransaction
from ledger.core.refusals.refusal import Refusal
from ledger.core.reversal import Reverse
from ledger.people.close import Close
from ledger.people.giving import Donate, Pool
from ledger.people.merge import Merge
from ledger.prizes.policy import Terms
from ledger.prizes.receive_stock import ReceiveStock
from ledger.prizes.redeem import Item, Redeem
from ledger.rules import Deed, HistoryKey, Rulebook, Tallies, Tally, Text, book, load
from ledger.rules.rulebook import AccountPolicy
from ledger.service import reviews
from ledger.service.awards import Award
from ledger.service.certify import Certify, EndCertificate
from ledger.service.handing_in import Corrected, HandIn
from ledger.service.post_deed import PostDeed
from ledger.service.reviewing import PostClaim, Review, Step
from tests.factories import DeedFactory, invented_id

TODAY = date(2026, 3, 2)
YESTERDAY, TOMORROW = date(2026, 3, 1), date(2026, 3, 3)
AT = 1_772_413_200_000_000
"""2026-03-02 09:00 in Shanghai."""

CLERK, COLLEAGUE = invented_id(1), invented_id(2)
ANA = Owner(OwnerKind.VOLUNTEER, invented_id(0xA))
BO = Owner(OwnerKind.VOLUNTEER, invented_id(0xB))
HOME = Owner(OwnerKind.HOUSEHOLD, invented_id(0xF))
TOWN = Owner(OwnerKind.ORGANISATION, invented_id(0xC))
DESK = Owner(OwnerKind.DESK, invented_id(0xD))
MUG, RICE = 3, 4
"""Units of two prizes."""


def wallet(expires_on: date = NEVER, owner: Owner = ANA) -> AccountKey:
    return AccountKey(owner, Purpose.WALLET, POINTS, expires_on)


def to_donate(expires_on: date = NEVER) -> AccountKey:
    return AccountKey(HOME, Purpose.DONATE_ONLY, POINTS, expires_on)


def shelf(unit: int = MUG, best_before: date = NEVER) -> AccountKey:
    return AccountKey(DESK, Purpose.STOCK, unit, best_before)


HELD = AccountKey(ANA, Purpose.HELD, POINTS)
DEBT = AccountKey(ANA, Purpose.DEBT, POINTS)
CLOCKED = AccountKey(ANA, Purpose.CLOCKED, MINUTES)
HONORARY = AccountKey(ANA, Purpose.HONORARY, MINUTES)
ISSUED = AccountKey(TOWN, Purpose.ISSUANCE, POINTS)
HOURS_ISSUED = AccountKey(TOWN, Purpose.ISSUANCE, MINUTES)
BY_HAND = AccountKey(TOWN, Purpose.ADJUSTMENT, POINTS)
MINUTES_BY_HAND = AccountKey(TOWN, Purpose.ADJUSTMENT, MINUTES)
LAPSED = AccountKey(TOWN, Purpose.LAPSED, POINTS)
REDEEMED = AccountKey(DESK, Purpose.REDEEMED, POINTS)
RECEIVED = AccountKey(DESK, Purpose.RECEIVED, MUG)
HANDED_OUT = AccountKey(DESK, Purpose.HANDED_OUT, MUG)


def books(
    balances: Mapping[AccountKey, int] | None = None,
    *,
    today: date = TODAY,
    history: Mapping[HistoryKey, Tally] | None = None,
) -> Books:
    """Books that hold these balances, answer these questions and know of nothing else."""
    held = balances or {}
    known = Books(seq=100, account_last=len(held), now=AT, today=today, past=Tallies(history))
    for id, (key, balance) in enumerate(held.items(), 1):
        known.know_account(Account(id, key, balance, 1, 1))
    for one in (ANA, BO):
        known.know_rows("mark", "volunteer_id", one.id, [])
    return known


def decided(command: Command, known: Books) -> Plan:
    """The plan of a command that is not refused."""
    decision = command.decide(known)
    assert isinstance(decision, Plan), decision
    return decision


def refused(command: Command, known: Books) -> Refusal:
    """The refusal of a command that is."""
    decision = command.decide(known)
    assert isinstance(decision, Refusal), decision
    return decision


def number(n: int) -> UUID:
    """The id of the n-th command."""
    return invented_id(0x100 + n)


EXAMPLE, HUANGSHI, DONGTING = (load(book(name), points_scale=0) for name in ("example", "huangshi", "dongting"))
ACTIVITY = invented_id(0xE)
THIS_YEAR_END, NEXT_YEAR_END = date(2026, 12, 31), date(2027, 12, 31)

MUGS = Item(invented_id(0x31), MUG, "示例搪瓷杯", 1, 20, True)
SACK = Item(invented_id(0x32), RICE, "示例大米", 1, 30, True)


def award(*, rulebook: Rulebook | None = EXAMPLE, is_volunteer_service: bool = True, **deed: Any) -> Award:
    ids = {"person": ANA.id, "organisation": TOWN.id, "activity": ACTIVITY}
    asked: Deed = DeedFactory.build(**ids | deed)
    return Award(
        id=number(1),
        actor=CLERK,
        volunteer=ANA,
        organisation=TOWN,
        activity=ACTIVITY,
        is_volunteer_service=is_volunteer_service,
        deed=asked,
        rulebook=rulebook,
    )


def a_deed(*, rulebook: Rulebook | None = EXAMPLE, is_volunteer_service: bool = False, **deed: Any) -> PostDeed:
    """A tidy courtyard, in no activity."""
    ids = {"person": ANA.id, "organisation": TOWN.id, "activity": number(1)}
    told = {"kind": "good_deed", "activity_type": "tidy_courtyard", "minutes": 0}
    asked: Deed = DeedFactory.build(**ids | told | deed)
    return PostDeed(
        id=number(1),
        actor=CLERK,
        volunteer=ANA,
        activity=None,
        is_volunteer_service=is_volunteer_service,
        deed=asked,
        rulebook=rulebook,
    )


def redeem(*items: Item, terms: Terms | None = None) -> Redeem:
    return Redeem(id=number(1), actor=CLERK, volunteer=ANA, desk=DESK, items=items or (MUGS,), terms=terms)


def _terms(policy: str) -> Terms:
    rulebook = load(f"{book('kunshan')}redemption: {policy}\n", points_scale=0)
    return Terms(rulebook=rulebook, on=TODAY, minute_of_day=540)


CLOSED = _terms("{windows: [{months: [1]}], balance_at_least: 30}")
"""Redemption is open in January, from a balance of 30."""
BASED = _terms("{base_points: 30}")
"""Thirty points cannot be spent."""


def adjust(amount: int = 10, **more: Any) -> Adjust:
    fields: dict[str, Any] = {"actor": CLERK, "second": COLLEAGUE, "reason": "示例更正"} | more
    return Adjust(id=number(1), owner=ANA, organisation=TOWN, amount=amount, **fields)


def lapse(expires_on: date = YESTERDAY) -> Lapse:
    return Lapse(id=number(1), actor=CLERK, owner=ANA, organisation=TOWN, expires_on=expires_on)


def close(reason: str = "left", *, is_transferred: bool = False, heir: Owner | None = None) -> Close:
    return Close(
        id=number(1),
        actor=CLERK,
        volunteer=ANA,
        organisation=TOWN,
        reason=reason,
        is_transferred=is_transferred,
        heir=heir,
    )


def merge(survivor: Owner = BO) -> Merge:
    return Merge(id=number(1), actor=CLERK, merged=ANA, survivor=survivor)


def reverse(seq: int = 50, reason: str = "示例撤销", barred: Refusal | None = None) -> Reverse:
    return Reverse(id=number(1), actor=CLERK, seq=seq, reason=reason, barred=barred)


def pool(points: int = 10, *, pools: bool = True) -> Pool:
    account = AccountPolicy(account="household", title=Text(zh="示例", en="example"), pools=pools)
    rulebook = replace(EXAMPLE, accounts=(account,))
    return Pool(id=number(1), actor=CLERK, member=ANA, into=HOME, points=points, rulebook=rulebook)


def donate(points: int = 10, *, receiver: Owner = BO, may_spend: bool = True) -> Donate:
    return Donate(
        id=number(1),
        actor=CLERK,
        giver=HOME,
        receiver=receiver,
        points=points,
        may_spend=may_spend,
        decided_by=COLLEAGUE,
    )


def receive(quantity: int = 5, best_before: date = NEVER) -> ReceiveStock:
    return ReceiveStock(
        id=number(1),
        actor=CLERK,
        desk=DESK,
        prize=MUGS.prize,
        unit=MUG,
        quantity=quantity,
        source="示例",
        best_before=best_before,
    )


def posted(known: Books, *moves: Move, kind: Kind = Kind.AWARD, reversed_by: int | None = None) -> Books:
    """Books in which transaction 50 made these moves."""
    made = tuple(PostedMove(leg=leg, debit=m.debit, credit=m.credit, amount=m.amount) for leg, m in enumerate(moves, 1))
    known.know_transaction(
        PostedTransaction(seq=50, kind=kind, effective_on=YESTERDAY, reversed_by=reversed_by, moves=made)
    )
    return known


CLAIM: dict[str, Any] = {
    "id": number(70),
    "seq": 3,
    "kind": "service",
    "recorded_by": COLLEAGUE,
    "reviews_needed": 2,
    "review_by": None,
    "overlapped": None,
    "minutes": 60,
}


def hand_in() -> HandIn:
    return reviews.hand_in(award(capture_method="backfilled"), id=number(91), reviews_needed=2)


def reviewed(
    *reviews: tuple[int, str], steps: Sequence[str] = (), is_posted: bool = False, is_upheld: bool = False, **claim: Any
) -> Books:
    """Books with a claim of the colleague's, what reviewers said of it, and what befell it after that."""
    known = books()
    known.know_rows("service_claim", "id", CLAIM["id"], [CLAIM | claim])
    rows = [{"reviewed_by": number(by), "decision": said, "seq": seq} for seq, (by, said) in enumerate(reviews, 4)]
    known.know_rows("service_review", "claim_id", CLAIM["id"], rows)
    known.know_rows("claim_step", "claim_id", CLAIM["id"], [{"step": s, "seq": n} for n, s in enumerate(steps, 40)])
    known.know_rows("service_record", "id", CLAIM["id"], [CLAIM] if is_posted else [])
    known.know_rows("deed", "id", CLAIM["id"], [])
    known.know_rows("objection_resolution", "record_id", CLAIM["id"], [{"outcome": "upheld"}] if is_upheld else [])
    return known


def alone(command: HandIn, *others: Mapping[str, Any], known: Books | None = None) -> Books:
    """Books in which these records of the same person stand, and no others."""
    known = known or books()
    for table, column, key in command.needs().rows:
        is_about = column == "corrects"
        known.know_rows(table, column, key, [row for row in others if ("served_on" not in row) == is_about])
    return known


def correction(reason: str = "示例更正") -> HandIn:
    """Of what transaction 50 posted."""
    corrected = Corrected(record=number(70), seq=50)
    return reviews.hand_in(award(), id=number(93), reviews_needed=1, corrects=corrected, reason=reason)


def post_claim(undoes: int | None = None) -> PostClaim:
    return PostClaim(award=replace(award(), id=CLAIM["id"]), undoes=undoes)


def step(by: UUID, step: str, reason: str = "示例理由", code: str | None = None) -> Step:
    return Step(id=number(92), actor=by, claim_id=CLAIM["id"], step=step, reason=reason, code=code)


def review(by: UUID, decision: str = "approve", reason: str = "") -> Review:
    return Review(id=number(90), actor=by, claim_id=CLAIM["id"], decision=decision, reason=reason)


def certify(*record_seqs: int) -> Certify:
    """A certificate of two hours in these records, in one where nothing is said."""
    return Certify(
        id=number(91),
        actor=CLERK,
        certificate_no="12345678901234567895",
        volunteer_id=ANA.id,
        organisation_id=number(13),
        first_day=YESTERDAY,
        last_day=TODAY,
        minutes=120,
        record_seqs=record_seqs,
        content="{}",
        content_digest=bytes(32),
    )


def end_certificate() -> EndCertificate:
    return EndCertificate(id=number(92), actor=CLERK, certificate_id=number(91), certificate_seq=7, reason="mistake")


def certified(*ends: str) -> Books:
    """Books with that certificate, and with what ended it."""
    known = books()
    known.know_rows("certificate_end", "certificate_id", number(91), [{"reason": end} for end in ends])
    return known
