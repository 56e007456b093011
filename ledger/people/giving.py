"""Points that go from one hand to another without being spent: pooled into a household or group, or donated.

Points are no money (条例 2, 令67 art. 16): between persons only those move that a rulebook made for giving away. What a
person may spend, they may give to their own household or group where the rulebook pools, and to a common cause.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Request
from ledger.core.accounts import POINTS, AccountKey, Owner, OwnerKind, Purpose
from ledger.core.books import Books, credit_wallet, draw
from ledger.core.entries import Kind
from ledger.core.posting import AMOUNT_MAX, Move, Needs, Plan
from ledger.core.refusals.organisations import GiftToOneself, MayNotDecide, NotAMember, PoolingNotAllowed
from ledger.core.refusals.postings import AmountOutOfRange, InsufficientPoints
from ledger.core.refusals.refusal import Refusal, Refused
from ledger.people import households
from ledger.people.households import HEAD, Collective
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.rules import Rulebook

COLLECTIVES = frozenset({OwnerKind.HOUSEHOLD, OwnerKind.GROUP})
NAMES = {
    OwnerKind.HOUSEHOLD: ("家庭账户", "the household"),
    OwnerKind.GROUP: ("团体账户", "the group"),
    OwnerKind.VOLUNTEER: ("个人账户", "a person"),
    OwnerKind.ORGANISATION: ("公益用途", "a common cause"),
}
"""How a statement calls whoever gave or received; nobody is named in somebody else's statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Move a member's spendable points into the account of their household or group; each lot keeps its last day.

    Refuses, in this order: AmountOutOfRange, PoolingNotAllowed, InsufficientPoints.
    """

    id: UUID
    actor: UUID
    member: Owner
    into: Owner
    points: int
    rulebook: Rulebook | None = field(repr=False)
    """In force today; None allows nothing."""

    def needs(self) -> Needs:
        return Needs(holdings=((self.member, POINTS), (self.into, POINTS)))

    def decide(self, facts: Books) -> Plan | Refusal:
        if not 0 < self.points <= AMOUNT_MAX:
            return AmountOutOfRange(amount=self.points, lowest=1, highest=AMOUNT_MAX)
        policy = self.rulebook.account(self.into.kind.value) if self.rulebook else None
        if self.rulebook is None or policy is None or not policy.pools:
            return PoolingNotAllowed()
        lots = facts.usable(self.member, Purpose.WALLET, POINTS)
        held = sum(balance for _, balance in lots)
        if held < self.points:
            return InsufficientPoints(held=held, asked=self.points)
        zh, en = NAMES[self.into.kind]
        return Plan(
            kind=Kind.POOLING,
            effective_on=facts.today,
            moves=into_wallet(facts, draw(lots, self.points), self.into),
            rulebook=(self.rulebook.code, self.rulebook.version),
            why={"explanation": [{"zh": f"汇入{zh} {self.points} 分", "en": f"Pooled {self.points} into {en}"}]},
            answer={"id": str(self.id), "points": self.points},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Donate:
    """Give points away. Those kept for donating go first, and to anybody; to a common cause also spendable ones.

    Refuses, in this order: AmountOutOfRange, GiftToOneself, InsufficientPoints.
    """

    id: UUID
    actor: UUID
    giver: Owner
    receiver: Owner
    """A person, household or group; or the organisation whose cause it is."""
    points: int
    may_spend: bool
    """Whether the rulebook lets the giver spend at all; else only points kept for donating are given."""
    decided_by: UUID | None = None
    """Which member decided for a household or group."""

    def needs(self) -> Needs:
        return Needs(holdings=((self.giver, POINTS), (self.receiver, POINTS)))

    def decide(self, facts: Books) -> Plan | Refusal:
        if not 0 < self.points <= AMOUNT_MAX:
            return AmountOutOfRange(amount=self.points, lowest=1, highest=AMOUNT_MAX)
        if self.giver == self.receiver:
            return GiftToOneself()
        is_cause = self.receiver.kind is OwnerKind.ORGANISATION
        lots = facts.usable(self.giver, Purpose.DONATE_ONLY, POINTS)
        if is_cause and self.may_spend:
            lots += facts.usable(self.giver, Purpose.WALLET, POINTS)
        held = sum(balance for _, balance in lots)
        if held < self.points:
            return InsufficientPoints(held=held, asked=self.points)
        parts = draw(lots, self.points)
        given = AccountKey(self.receiver, Purpose.DONATED, POINTS)
        from_zh, from_en = NAMES[self.giver.kind]
        to_zh, to_en = NAMES[self.receiver.kind]
        line = {
            "zh": f"{from_zh}捐赠 {self.points} 分给{to_zh}",
            "en": f"{self.points} donated by {from_en} to {to_en}",
        }
        return Plan(
            kind=Kind.DONATION,
            effective_on=facts.today,
            moves=[Move(lot, given, part) for lot, part in parts]
            if is_cause
            else into_wallet(facts, parts, self.receiver),
            why={"explanation": [line]} | ({"decided_by": self.decided_by.hex} if self.decided_by else {}),
            answer={"id": str(self.id), "points": self.points},
        )


def into_wallet(facts: Books, parts: Iterable[tuple[AccountKey, int]], receiver: Owner) -> list[Move]:
    """Moves that give these parts of lots to somebody's wallet; each keeps its last day. A debt is paid first."""
    moves: list[Move] = []
    repaid = 0
    for lot, part in parts:
        given = credit_wallet(
            facts, lot, AccountKey(receiver, Purpose.WALLET, POINTS, lot.expires_on), part, repaid=repaid
        )
        repaid += sum(move.amount for move in given if move.credit.purpose is Purpose.DEBT)
        moves += given
    return moves


def pool(
    bank: Bank,
    by: By,
    request: Request,
    *,
    member: Volunteer,
    into: Collective,
    points: int,
    rulebook: Rulebook | None,
) -> Outcome:
    """Pool a member's points. Refused NotAMember where they are none today."""
    today = bank.today()
    if not any(one.volunteer_id == member.id for one in households.members(bank, into, on=today)):
        raise Refused(NotAMember())
    command = Pool(
        id=bank.world.new_id(),
        actor=by.actor,
        member=member.owner,
        into=into.owner,
        points=points,
        rulebook=rulebook,
    )
    return bank.submit(command, request)


def donate(
    bank: Bank,
    by: By,
    request: Request,
    *,
    giver: Volunteer | Collective,
    receiver: Volunteer | Collective | Organisation,
    points: int,
    decided_by: Volunteer | None,
    rulebook: Rulebook | None,
) -> Outcome:
    """Give points away. For a household or group a member decides: whom the rulebook lets spend, else its head.

    Refused NotAMember and MayNotDecide for who has no say, GiftToOneself where a member would receive what the
    household or group gives, or it what they give.
    """
    may_spend = True
    if isinstance(giver, Collective):
        policy = rulebook.account(giver.owner_kind.value) if rulebook else None
        spends = policy.spends if policy else "anyone"
        may_spend = spends != "nobody"
        _refuse_deciding(bank, giver, decided_by, anyone=spends == "anyone")
    _refuse_own_pocket(bank, giver, receiver)
    command = Donate(
        id=bank.world.new_id(),
        actor=by.actor,
        giver=giver.owner,
        receiver=Owner(OwnerKind.ORGANISATION, receiver.id) if isinstance(receiver, Organisation) else receiver.owner,
        points=points,
        may_spend=may_spend,
        decided_by=decided_by.id if decided_by else None,
    )
    return bank.submit(command, request)


def _refuse_deciding(bank: Bank, giver: Collective, decided_by: Volunteer | None, *, anyone: bool) -> None:
    today = households.members(bank, giver, on=bank.today())
    mine = [one for one in today if decided_by is not None and one.volunteer_id == decided_by.id]
    if not mine:
        raise Refused(NotAMember())
    if not anyone and mine[0].role != HEAD:
        raise Refused(MayNotDecide())


def _refuse_own_pocket(
    bank: Bank, giver: Volunteer | Collective, receiver: Volunteer | Collective | Organisation
) -> None:
    """Points kept for donating do not become spendable by a detour through one's own household."""
    both = giver, receiver
    for collective, person in (both, both[::-1]):
        if isinstance(collective, Collective) and isinstance(person, Volunteer):
            today = households.members(bank, collective, on=bank.today())
            if any(one.volunteer_id == person.id for one in today):
                raise Refused(GiftToOneself())
