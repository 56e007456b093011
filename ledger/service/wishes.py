"""Micro-wishes (微心愿): collected, looked over by somebody else, and hung on the wall as words about the wish alone;
until they are fulfilled, refused or withdrawn.

A wish is small, lawful and can be fulfilled; never money. What it is worth in points stands fixed from when it is
published, and the rulebook decides what becomes of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, By, Changes
from ledger.core.refusals.needs import (
    CashNever,
    GuardianAgreementMissing,
    MinorShown,
    TellsWho,
    WishRepeated,
    WishTooExpensive,
    WishWorthTooMuch,
)
from ledger.core.refusals.people import VolunteerClosed
from ledger.core.refusals.postings import SamePerson
from ledger.core.refusals.refusal import Refused
from ledger.people.consents import PUBLISH_NAME
from ledger.people.masking import masked
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.service import askers, need_settings
from ledger.service.askers import Asker, Need
from ledger.service.need_settings import NeedSettings
from ledger.service.need_steps import refuse_other
from ledger.service.shown_texts import asks_for_cash, exposes, redacted
from ledger.store import wishes as store
from ledger.store.rows import Page, still
from ledger.store.wishes import Asked

__all__ = [
    "Asked",
    "Kind",
    "NewWish",
    "OnWall",
    "Published",
    "State",
    "Wish",
    "again",
    "collect",
    "find",
    "from_row",
    "hold",
    "of_volunteer",
    "over",
    "page",
    "publish",
    "refuse",
    "wall",
    "withdraw",
]

State = Literal["collected", "published", "fulfilled", "confirmed", "refused", "withdrawn"]
Kind = Literal["thing", "service", "company"]
REFUSED_FOR = ("too_expensive", "commercial", "unlawful", "infeasible", "cash", "repeated", "not_a_wish")
WITHDRAWN_FOR = ("no_longer_needed", "granted_elsewhere", "moved_away", "by_mistake")
YEAR = 365 * 24 * 3_600_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWish:
    """What somebody wishes. Either a volunteer, or a neighbour by name."""

    organisation: Organisation
    kind: Kind
    channel: str
    words: str
    """The wisher's own, for those who look after it only."""
    volunteer: Volunteer | None = None
    asker: Asker | None = None
    is_minor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """How it hangs on the wall."""

    text: str
    points: int
    """What its fulfilment carries, in the smallest unit."""
    cost_fen: int
    person_in_charge: str
    """Who answers for it, as a record of service names them."""
    claimers_at_most: int = 1
    shows_name: bool = False
    """Whether the wisher wants their name there, masked. Never a minor's."""
    guardian_agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    id: UUID
    organisation_id: UUID
    organisation_path: str
    organisation_name: str
    volunteer_id: UUID | None
    volunteer_no: str | None
    volunteer_name: str | None
    asker: bytes | None
    is_minor: bool
    channel: str
    kind: Kind
    words: str
    shown_text: str | None
    shown_name: str | None
    cost_fen: int | None
    points: int | None
    claimers_at_most: int
    person_in_charge: str | None
    state: State
    reason: str | None
    proof: str | None
    done_on: date | None
    confirmed_how: str | None
    activity_id: UUID | None
    collected_at: int
    collected_by: UUID
    verified_at: int | None
    verified_by: UUID | None
    fulfilled_at: int | None
    fulfilled_by: UUID | None
    ended_at: int | None
    ended_by: UUID | None

    @property
    def need(self) -> Need:
        """Where its asker stands."""
        return Need(
            kind="wish",
            id=self.id,
            organisation_id=self.organisation_id,
            volunteer_no=self.volunteer_no,
            asker=self.asker,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OnWall:
    """A wish as everybody sees it."""

    wish: Wish
    claimed: int
    """How many hold it today."""
    helpers: tuple[str, ...]
    """Masked names of those who fulfilled it and agree to be named."""


def collect(bank: Bank, by: By, new: NewWish) -> Wish:
    """A wish comes in. Refuses CashNever, VolunteerClosed, WishRepeated."""
    if asks_for_cash(new.words):
        raise Refused(CashNever())
    if new.volunteer is not None and new.volunteer.closed is not None:
        raise Refused(VolunteerClosed())
    limits = need_settings.settings(bank)
    hash_ = askers.hash_of(bank, new.asker) if new.asker else None
    is_minor = new.is_minor or (new.volunteer is not None and askers.is_minor(bank, new.volunteer))
    with bank.changing(by) as change:
        change.hold_postings()  # of two wishes of one person at once, the second sees the first
        _refuse_repeated(change, limits, new.volunteer, hash_)
        id = change.new_id()
        row = {
            "id": id,
            "organisation_id": new.organisation.id,
            "volunteer_id": new.volunteer.id if new.volunteer else None,
            "asker": askers.seal(bank, "wish", id, askers.with_words(new.asker, new.words)),
            "asker_hash": hash_,
            "is_minor": int(is_minor),
            "channel": new.channel,
            "kind": new.kind,
            "words": redacted(new.words),
            "claimers_at_most": 1,
            "state": "collected",
            "collected_at": change.now,
            "collected_by": by.actor,
        }
        change.add("wish", row)
        change.audit("collect", "wish", id, after={"channel": new.channel, "kind": new.kind})
        return again(change, id)


def publish(bank: Bank, by: By, wish: Wish, shown: Published) -> Wish:
    """Somebody else than who collected it has looked at it: it is small, lawful and can be fulfilled, and hangs on the
    wall from now on. Refuses StepNotPossible, SamePerson, CashNever, WishTooExpensive, WishWorthTooMuch,
    GuardianAgreementMissing, MinorShown, TellsWho.
    """
    limits = need_settings.settings(bank)
    known = askers.opened(bank, "wish", wish.id, wish.asker)
    name = (known.name if known else "") or wish.volunteer_name
    with bank.changing(by) as change:
        now = hold(change, wish.id)
        refuse_other(now.state, "publish", "collected")
        if by.actor == now.collected_by:
            raise Refused(SamePerson())
        _refuse_unfit(limits, now, shown, name)
        return _moved(
            change,
            now,
            "publish",
            state="published",
            shown_text=shown.text,
            shown_name=masked(name) if shown.shows_name and name else None,
            cost_fen=shown.cost_fen,
            points=shown.points,
            claimers_at_most=shown.claimers_at_most,
            person_in_charge=shown.person_in_charge,
            verified_at=change.now,
            verified_by=by.actor,
        )


def refuse(bank: Bank, by: By, wish: Wish, reason: str) -> Wish:
    """It is no micro-wish, for a reason of REFUSED_FOR. Refuses StepNotPossible."""
    with bank.changing(by) as change:
        now = hold(change, wish.id)
        refuse_other(now.state, "refuse", "collected")
        return over(change, now, "refuse", "refused", reason=reason, verified_at=change.now, verified_by=by.actor)


def withdraw(bank: Bank, by: By, wish: Wish, reason: str) -> Wish:
    """The wisher, or somebody for them, takes it back, for a reason of WITHDRAWN_FOR. Whoever claimed it is free.
    Refuses StepNotPossible once it is fulfilled or over.
    """
    with bank.changing(by) as change:
        now = hold(change, wish.id)
        refuse_other(now.state, "withdraw", "collected", "published")
        return over(change, now, "withdraw", "withdrawn", reason=reason)


def find(bank: Bank, id: UUID) -> Wish | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id)
    return from_row(row) if row else None


def page(bank: Bank, *, within: Sequence[str], asked: Asked, after: Sequence[Any] | None, limit: int) -> Page[Wish]:
    """Wishes as asked, the newest first."""
    with bank.store.reading() as connection:
        found = store.page(connection, within=within, asked=asked, after=after, limit=limit)
    return found.each(from_row)


def of_volunteer(bank: Bank, volunteer: Volunteer, *, after: Sequence[Any] | None, limit: int) -> Page[Wish]:
    """Somebody's own, the newest first."""
    with bank.store.reading() as connection:
        found = store.of_volunteer(connection, volunteer.id, after=after, limit=limit)
    return found.each(from_row)


def wall(bank: Bank, *, asked: Asked, after: Sequence[Any] | None, limit: int) -> Page[OnWall]:
    """What hangs there, or what was fulfilled, the newest first: three statements, however much it is."""
    with bank.store.reading() as connection:
        found = store.page(connection, within=None, asked=asked, after=after, limit=limit)
        ids = [row["id"] for row in found.items]
        held = store.open_claims(connection, ids, bank.today())
        done = store.fulfillers(connection, ids, purpose=PUBLISH_NAME)
    named: dict[UUID, list[str]] = {}
    for each in done:
        if each["agrees"]:
            named.setdefault(each["wish_id"], []).append(masked(each["name"]))
    items = [
        OnWall(wish=from_row(row), claimed=held.get(row["id"], 0), helpers=tuple(named.get(row["id"], ())))
        for row in found.items
    ]
    return Page(items, found.after)


def hold(change: Changes, id: UUID) -> Wish:
    """The wish as this transaction sees it; whoever else wants to do something with it waits."""
    change.hold("wish", id)
    return again(change, id)


def again(change: Changes, id: UUID) -> Wish:
    return from_row(still(store.find(change.connection, id), "wish", id))


def over(change: Changes, wish: Wish, action: str, state: State, **columns: Any) -> Wish:
    """It comes off the wall for good: claims end with it, and nobody needs to reach the wisher any more."""
    store.end_claims(change.connection, wish.id, ended_as="over", now=change.now, run_out_on=None)
    ended = {"ended_at": change.now, "ended_by": change.by.actor, "asker": None}
    return _moved(change, wish, action, state=state, **ended, **columns)


def from_row(row: dict[str, Any]) -> Wish:
    return Wish(**{name: row[name] for name in Wish.__slots__} | {"is_minor": bool(row["is_minor"])})


def _moved(change: Changes, wish: Wish, action: str, **columns: Any) -> Wish:
    change.change("wish", wish.id, columns)
    made = again(change, wish.id)
    told = {"state": made.state} | ({"reason": made.reason} if made.reason else {"points": made.points})
    change.audit(action, "wish", wish.id, before={"state": wish.state}, after=told)
    return made


def _refuse_repeated(
    change: Changes, limits: NeedSettings, volunteer: Volunteer | None, asker_hash: bytes | None
) -> None:
    before = store.made_since(
        change.connection,
        change.now - YEAR,
        volunteer_id=volunteer.id if volunteer else None,
        asker_hash=asker_hash,
    )
    is_open = any(row["state"] in ("collected", "published", "fulfilled") for row in before)
    if is_open or len(before) >= limits.wishes_a_year:
        raise Refused(WishRepeated(most=limits.wishes_a_year))


def _refuse_unfit(limits: NeedSettings, wish: Wish, shown: Published, name: str | None) -> None:
    if asks_for_cash(shown.text):
        raise Refused(CashNever())
    if shown.cost_fen > limits.wish_cost_fen_max:
        raise Refused(WishTooExpensive(most_yuan=limits.wish_cost_fen_max // 100))
    if shown.points > limits.wish_points_max:
        raise Refused(WishWorthTooMuch(most=limits.wish_points_max))
    if wish.is_minor and not shown.guardian_agreed:
        raise Refused(GuardianAgreementMissing())
    if wish.is_minor and shown.shows_name:
        raise Refused(MinorShown())
    what = exposes(shown.text, [name] if name else [])
    if what is not None:
        raise Refused(TellsWho(what=what))
