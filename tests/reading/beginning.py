"""The bank of the scenario before anything happened: its people, its prizes, its rules, and how to post."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Table, insert

from ledger.bank import Bank, Request
from ledger.core.accounts import NEVER, Owner, OwnerKind
from ledger.core.adjustment import Adjust
from ledger.core.posting import Command
from ledger.core.reversal import Reverse
from ledger.governance.found_rulebook import FoundRulebook
from ledger.prizes.redeem import Item
from ledger.rules import book, load
from ledger.store.schema import books, people, prizes, service
from ledger.store.writer import Outcome


@dataclass
class Clock:
    """Microseconds since 1970 UTC; stands still until it is set."""

    now: int = int(datetime(2026, 3, 2, 4, tzinfo=UTC).timestamp()) * 1_000_000

    def __call__(self) -> int:
        return self.now

    def set(self, day: date) -> None:
        """Noon of the day, where the bank is."""
        self.now = int(datetime(day.year, day.month, day.day, 4, tzinfo=UTC).timestamp()) * 1_000_000


@dataclass
class Beginning:
    """One bank with its catalogue. Each verb gives the seq, or fails if refused."""

    bank: Bank
    clock: Clock
    staff: UUID = field(default_factory=uuid4)
    certificate_id: UUID = field(default_factory=uuid4)
    second: UUID = field(default_factory=uuid4)
    third: UUID = field(default_factory=uuid4)
    community: Owner = field(default_factory=lambda: Owner(OwnerKind.ORGANISATION, uuid4()))
    activity: UUID = field(init=False)
    change: UUID = field(init=False)
    """Of stars, the one that was proposed last."""
    desk: Owner = field(default_factory=lambda: Owner(OwnerKind.DESK, uuid4()))
    volunteers: dict[str, Owner] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    seqs: dict[str, int] = field(default_factory=dict)
    """seqs by what happened, for tests that go back to them."""

    def __post_init__(self) -> None:
        now, zone = self.clock.now, self.community.id
        row = {"id": zone, "parent_id": None, "level": "district", "name": "幸福社区", "path": f"{zone}/"}
        self.write(people.organisation, **row, name_pinyin="", created_at=now)
        self.activity = self.new_activity("cleaning")
        self.write(prizes.desk, id=self.desk.id, organisation_id=zone, name="服务台", created_at=now)
        document = book("example")
        self.rulebook = load(document, points_scale=self.bank.charter.points_scale)
        self.seqs["founding"] = self.post(
            FoundRulebook(
                id=uuid4(),
                actor=self.staff,
                organisation=zone,
                code=self.rulebook.code,
                version=self.rulebook.version,
                effective_from=self.rulebook.effective_from,
                document=document,
            )
        )
        for name in ("ana", "bo", "chen"):
            self.volunteer(name)
        self.prize("mug", unit=3, cost_points=20)
        self.prize("rice", unit=4, cost_points=35)

    def new_activity(self, kind: str) -> UUID:
        activity = uuid4()
        self.write(
            service.activity,
            id=activity,
            organisation_id=self.community.id,
            title="周末",
            activity_type=kind,
            held_on=date(2026, 3, 1),
            place="三号楼",
            content="清洁",
            person_in_charge="王主任",
            is_volunteer_service=1,
            tags="[]",
            is_dangerous=0,
            risk_note="",
            cancel_before_minutes=120,
            check_in_before_minutes=60,
            grace_minutes=0,
            overlap="refuse",
            no_check_out="nothing",
            created_at=self.clock.now,
        )
        return activity

    def volunteer(self, name: str) -> None:
        owner = Owner(OwnerKind.VOLUNTEER, uuid4())
        self.write(
            people.volunteer,
            id=owner.id,
            volunteer_no=f"{len(self.volunteers):06}",
            organisation_id=self.community.id,
            name=name,
            name_pinyin=name,
            name_letters=name,
            name_initials=name[0],
            registered_at=self.clock.now,
        )
        self.volunteers[name] = owner

    def prize(self, title: str, *, unit: int, cost_points: int) -> None:
        self.write(books.unit, id=unit, kind="prize", scale=0)
        item = Item(uuid4(), unit, title, 1, cost_points, on_shelf=True)
        self.write(
            prizes.prize,
            id=item.prize,
            organisation_id=self.community.id,
            unit_id=unit,
            title=title,
            prize_class="",
            cost_points=cost_points,
            on_shelf=1,
            kind="goods",
            balance_at_least=0,
            hours_at_least=0,
            star_level_at_least=0,
            local_only=0,
            created_at=self.clock.now,
        )
        self.items[title] = item

    def submit(self, command: Command, *, client: str | None = None, key: str = "") -> Outcome:
        return self.bank.submit(command, None if client is None else Request(client, key, b"request"))

    def post(self, command: Command) -> int:
        outcome = self.submit(command)
        assert outcome.seq is not None, outcome.answer
        return outcome.seq

    def reverse(self, seq: int) -> int:
        return self.post(Reverse(id=uuid4(), actor=self.second, seq=seq, reason="登记有误"))

    def adjust(self, whose: str | Owner, amount: int, *, expires_on: date = NEVER, **more: Any) -> int:
        command = Adjust(
            id=uuid4(),
            actor=self.staff,
            second=self.second,
            owner=self.volunteers[whose] if isinstance(whose, str) else whose,
            organisation=self.community,
            amount=amount,
            expires_on=expires_on,
            reason="补发",
            **more,
        )
        return self.post(command)

    def write(self, table: Table, **values: object) -> None:
        with self.bank.store.changing() as connection:
            connection.execute(insert(table).values(**values))
