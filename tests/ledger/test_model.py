"""Whatever is asked of a bank, in whatever order, one by one or together: it does what the model does."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import text

from ledger.bank import Bank
from ledger.core.accounts import MINUTES, POINTS, AccountKey, Owner, Purpose
from ledger.core.adjustment import Adjust
from ledger.core.canonical import digest
from ledger.core.lapse import Lapse
from ledger.core.opening import OpenAccounts
from ledger.core.posting import Command
from ledger.core.reversal import Reverse
from ledger.prizes.receive_stock import ReceiveStock
from ledger.prizes.redeem import Item, Redeem
from ledger.reading.statements import statement
from ledger.rules import Deed, Rulebook, load
from ledger.service.awards import Award
from ledger.settings import Settings
from ledger.store import pages
from ledger.store.writer import Outcome, Submission
from tests.banks import LONG, OPENED, SECOND, STAFF, Clock, PlayedWorld, Templates, examine, memory
from tests.ledger.model import NEVER, PRICES, RULES_BEGAN, Key, Model
from tests.towns import Town

RULES = f"""\
code: model
version: 1
title: {{zh: 示例规则, en: Example}}
effective_from: {RULES_BEGAN}
posting: {{policy: at_once}}
lapse: {{policy: end_of_year}}
rules:
  - id: unwitnessed
    title: {{zh: 导入, en: Imported}}
    when: {{capture_methods: [imported]}}
    points: 0
    per: hour
    rounding: floor
  - id: service
    title: {{zh: 服务, en: Service}}
    points: 1
    per: hour
    step_minutes: 60
    rounding: floor
    caps: [{{per: activity, minutes: 120}}]
"""
PEOPLE, PRIZES, ACTIVITIES = ("ana", "bo"), tuple(PRICES), ("cleaning-1", "cleaning-2")
ANA_MOSTLY, ONE_MOSTLY = ("ana", *PEOPLE), ("cleaning-1", *ACTIVITIES)
FIRST_DAY = OPENED.date()
UNKNOWN = 1_000_000

Wish = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A bank with its town, closed: the template of every run."""

    url: str
    owners: dict[str, Owner]
    units: dict[str, int]
    prizes: dict[str, UUID]
    activities: dict[str, UUID]
    rulebook: Rulebook

    @classmethod
    def settle(cls, url: str) -> Settled:
        with Bank.open(Settings(database_url=url), world=PlayedWorld().world) as bank:
            town = Town(bank, RULES)
            return cls(
                url,
                {"town": town.owner, "desk": town.desk.owner} | {who: town.volunteer(who).owner for who in PEOPLE},
                {"points": POINTS, "minutes": MINUTES}
                | {prize: town.prize(prize, PRICES[prize]).unit_id for prize in PRIZES},
                {prize: town.prize(prize).id for prize in PRIZES},
                {activity: town.activity(activity).id for activity in ACTIVITIES},
                load(RULES, points_scale=0),
            )


# -- what may be wished ------------------------------------------------------------------------------------------------

days = st.integers(-74, 1).map(lambda days: FIRST_DAY + timedelta(days=days))
"""Back into last year, whose points are past their day, and to before the rules; and one too many."""
year_ends = st.sampled_from([date(2025, 12, 31), date(2026, 12, 31), date(2027, 12, 31), NEVER])
few = st.integers(0, 6)

awards = st.tuples(
    st.just("award"), st.sampled_from(ANA_MOSTLY), st.sampled_from(ONE_MOSTLY),
    st.sampled_from([0, 59, 60, 60, 90, 120, 120, 180, 1441]), st.sampled_from([False, False, True]), days,
)  # fmt: skip
redemptions = st.tuples(
    st.just("redeem"), st.sampled_from(ANA_MOSTLY),
    st.lists(st.tuples(st.sampled_from(PRIZES), few), min_size=1, max_size=3).map(tuple),
    st.sampled_from([True, True, True, False]),
)  # fmt: skip
receipts = st.tuples(
    st.just("receive"), st.sampled_from(PRIZES), few,
    st.sampled_from([NEVER, FIRST_DAY + timedelta(days=2), FIRST_DAY + timedelta(days=300)]),
)  # fmt: skip
adjustments = st.tuples(
    st.just("adjust"), st.sampled_from(ANA_MOSTLY), st.sampled_from(["wallet", "wallet", "clocked", "honorary"]),
    st.integers(-9, 9), year_ends, st.sampled_from(["", *["why"] * 5]), st.sampled_from([True, *[False] * 5]),
)  # fmt: skip
lapses = st.tuples(st.just("lapse"), st.sampled_from(ANA_MOSTLY), year_ends)
reversals = st.tuples(st.just("reverse"), st.integers(0, 4) | st.integers(0, 60), st.sampled_from(["", *["why"] * 5]))
"""Which transaction, counted back from the latest; one step further back than the first is one that never was."""
openings = st.tuples(
    st.just("open"),
    st.tuples(st.sampled_from(PEOPLE), st.just("wallet"), st.just("points"), year_ends),
    st.tuples(st.sampled_from(PEOPLE), st.just("clocked"), st.just("minutes"), st.just(NEVER)),
)  # fmt: skip
wishes: st.SearchStrategy[Wish] = st.one_of(awards, redemptions, receipts, adjustments, lapses, reversals, openings)


class BankAgainstModel(RuleBasedStateMachine):
    """Both are asked the same; both must answer the same and hold the same."""

    settled: Settled
    templates: Templates
    engine: str
    directory: Path

    def __init__(self) -> None:
        super().__init__()
        self._open = ExitStack()
        self.clock = Clock()
        self.model = Model(today=FIRST_DAY)
        self.keys = (f"key-{n:012d}" for n in itertools.count())
        self.asked: list[tuple[str, Wish]] = []

    @initialize()
    def open_bank(self) -> None:
        url = self._open.enter_context(self.templates.copy(self.engine, self.directory, of=self.settled.url))
        world = PlayedWorld(clock=self.clock, seed=2).world
        self.bank = self._open.enter_context(Bank.open(Settings(database_url=url), world=world))

    # -- what happens --------------------------------------------------------------------------------------------------

    @rule(wish=awards)
    def award(self, wish: Wish) -> None:
        self.ask([(next(self.keys), wish)])

    @rule(wish=redemptions)
    def redeem(self, wish: Wish) -> None:
        self.ask([(next(self.keys), wish)])

    @rule(wish=receipts)
    def receive(self, wish: Wish) -> None:
        self.ask([(next(self.keys), wish)])

    @rule(wish=adjustments)
    def adjust(self, wish: Wish) -> None:
        self.ask([(next(self.keys), wish)])

    @rule(wish=reversals)
    def reverse(self, wish: Wish) -> None:
        self.ask([(next(self.keys), wish)])

    @rule(wish=lapses)
    def lapse(self, wish: Wish) -> None:
        self.ask([(next(self.keys), wish)])

    @rule(wished=st.lists(wishes, min_size=2, max_size=8))
    def many_together(self, wished: list[Wish]) -> None:
        self.ask([(next(self.keys), wish) for wish in wished])

    @rule(ago=st.integers(0, 40), wish=wishes)
    def again_beside_another(self, ago: int, wish: Wish) -> None:
        """An earlier request once more, on both sides of a new one."""
        if self.asked:
            earlier = self.asked[-1 - ago % len(self.asked)]
            self.ask([earlier, (next(self.keys), wish), earlier])

    @rule(ago=st.integers(0, 40), wish=wishes)
    def another_under_a_used_key(self, ago: int, wish: Wish) -> None:
        if self.asked:
            self.ask([(self.asked[-1 - ago % len(self.asked)][0], wish)])

    @rule(who=st.sampled_from(PEOPLE), activity=st.sampled_from(ACTIVITIES), apart=st.booleans())
    def undone_twice_and_done_again(self, who: str, activity: str, apart: bool) -> None:
        """What was undone leaves its room under the cap; it is undone only once."""
        again = ("award", who, activity, 120, False, FIRST_DAY)
        self.ask([(next(self.keys), again)])
        undoing = ("reverse", 0, "why")
        self.together_or(apart, [undoing, ("award", who, activity, 60, False, FIRST_DAY), undoing, again])

    @rule(who=st.sampled_from(PEOPLE), spent=few, apart=st.booleans())
    def lapsed_and_undone(self, who: str, spent: int, apart: bool) -> None:
        """What is undone after it lapsed is found where it lapsed to."""
        past = date(2025, 12, 31)
        self.ask([(next(self.keys), ("adjust", who, "wallet", 6, past, "why", False))])
        self.together_or(apart, [("lapse", who, past), ("reverse", 0, "why")])
        self.ask([(next(self.keys), ("adjust", who, "wallet", -spent, NEVER, "why", False))])

    @rule(who=st.sampled_from(PEOPLE), taken=few, until=year_ends)
    def owed_and_paid(self, who: str, taken: int, until: date) -> None:
        """What is undone after it was taken is owed, and paid before anything else."""
        self.ask([(next(self.keys), ("adjust", who, "wallet", 6, until, "why", False))])
        taking = ("adjust", who, "wallet", -taken, NEVER, "why", False)
        self.together_or(False, [taking, ("reverse", 0, "why"), ("adjust", who, "wallet", 4, until, "why", False)])

    def together_or(self, apart: bool, wished: list[Wish]) -> None:
        """In one batch; or one after the other, all aimed at what stood before the first."""
        asked = [(next(self.keys), self.aimed(wish, len(self.model.legs))) for wish in wished]
        for part in [[one] for one in asked] if apart else [asked]:
            self.ask(part)

    @rule(days=st.sampled_from([1, 1, 5, 310]))
    def time_passes(self, days: int) -> None:
        self.clock.forward(days=days)
        self.model.today += timedelta(days=days)

    # -- how it is compared --------------------------------------------------------------------------------------------

    def ask(self, wished: Sequence[tuple[str, Wish]]) -> None:
        known = len(self.model.legs)
        asked = [(key, self.aimed(wish, known)) for key, wish in wished]
        outcomes = self.bank.submit_all([self.submission(key, wish) for key, wish in asked])
        expected = [self.model.ask(key, wish) for key, wish in asked]
        assert [said(outcome) for outcome in outcomes] == expected
        self.asked += asked
        held = self.balances()
        assert held == dict.fromkeys(held, 0) | self.model.balance

    @staticmethod
    def aimed(wish: Wish, known: int) -> Wish:
        """A reversal is aimed at what was posted when it was asked for; once aimed it stays so."""
        if wish[0] != "reverse" or len(wish) == 4:
            return wish
        ago = wish[1] % (known + 1)
        return ("reverse", known - ago if ago < known else UNKNOWN, wish[2], "aimed")

    def submission(self, key: str, wish: Wish) -> Submission:
        return Submission(self.command(wish), "model", key, digest(repr(wish).encode()))

    def command(self, wish: Wish) -> Command:
        verb, *words = wish
        make: Callable[..., Command] = getattr(self, f"_{verb}" if verb != "open" else "_open_accounts")
        return make(*words)

    def _ids(self) -> dict[str, Any]:
        return {"id": self.bank.world.new_id(), "actor": STAFF}

    def _open_accounts(self, *keys: Key) -> Command:
        accounts = tuple(self.key(key) for key in keys)
        return OpenAccounts(**self._ids(), accounts=accounts)

    def key(self, key: Key) -> AccountKey:
        return AccountKey(self.settled.owners[key[0]], Purpose(key[1]), self.settled.units[key[2]], key[3])

    def _award(self, who: str, activity: str, minutes: int, honorary: bool, on: date) -> Command:
        method = "imported" if honorary else "clocked"
        return Award(
            **self._ids(),
            volunteer=self.settled.owners[who],
            organisation=self.settled.owners["town"],
            activity=self.settled.activities[activity],
            deed=Deed(activity_type="cleaning", served_on=on, minutes=minutes, capture_method=method),
            rulebook=self.settled.rulebook if on >= RULES_BEGAN else None,
        )

    def _redeem(self, who: str, items: tuple[tuple[str, int], ...], offered: bool) -> Command:
        return Redeem(
            **self._ids(),
            volunteer=self.settled.owners[who],
            desk=self.settled.owners["desk"],
            items=tuple(
                Item(self.settled.prizes[prize], self.settled.units[prize], prize, count, PRICES[prize], offered)
                for prize, count in items
            ),
        )

    def _receive(self, prize: str, count: int, best_before: date) -> Command:
        return ReceiveStock(
            **self._ids(),
            desk=self.settled.owners["desk"],
            prize=self.settled.prizes[prize],
            unit=self.settled.units[prize],
            quantity=count,
            source="示例",
            best_before=best_before,
        )

    def _adjust(self, who: str, purpose: str, amount: int, until: date, reason: str, alone: bool) -> Command:
        return Adjust(
            **self._ids(),
            second=STAFF if alone else SECOND,
            owner=self.settled.owners[who],
            organisation=self.settled.owners["town"],
            unit=POINTS if purpose == "wallet" else MINUTES,
            purpose=Purpose(purpose),
            amount=amount,
            expires_on=until if purpose == "wallet" else NEVER,
            reason=reason,
        )

    def _lapse(self, who: str, until: date) -> Command:
        owners = self.settled.owners
        return Lapse(**self._ids(), owner=owners[who], organisation=owners["town"], expires_on=until)

    def _reverse(self, seq: int, reason: str, _: str) -> Command:
        return Reverse(**self._ids(), seq=seq, reason=reason)

    def balances(self) -> dict[Key, int]:
        owners = {str(owner.id): name for name, owner in self.settled.owners.items()}
        units = {number: name for name, number in self.settled.units.items()}
        with self.bank.store.reading() as connection:
            rows = connection.execute(text("SELECT owner_id, purpose, unit_id, expires_on, balance FROM account")).all()
        return {(owners[str(r[0])], r[1], units[r[2]], date.fromisoformat(str(r[3]))): r[4] for r in rows}

    def teardown(self) -> None:
        try:
            if hasattr(self, "bank"):
                self.look_back()
                assert examine(self.bank.store) == []
        finally:
            self._open.close()

    def look_back(self) -> None:
        """Every balance at earlier seqs, and every statement page by page, are as the model remembers them."""
        last = len(self.model.legs)
        with self.bank.store.snapshot() as connection:
            for name, owner in self.settled.owners.items():
                _, accounts = pages.holdings(connection, owner.id)
                units = {number: unit for unit, number in self.settled.units.items()}
                for account in accounts:
                    key = (name, account.key.purpose.value, units[account.key.unit], account.key.expires_on)
                    for seq in {0, last // 3, last // 2, last - 1, last} - {-1}:
                        assert pages.balance_at(connection, account.id, seq) == self.model.balance_at(key, seq)
        for who, unit in itertools.product(PEOPLE, ("points", "minutes")):
            assert self.told(who, unit) == self.model.entries(who, unit)

    def told(self, who: str, unit: str) -> list[tuple[int, int, int]]:
        entries: list[tuple[int, int, int]] = []
        after: tuple[int, int, int] | None = None
        while True:
            page = statement(self.bank, self.settled.owners[who], self.settled.units[unit], after=after, limit=7)
            entries += [(entry.seq, entry.amount, entry.balance_after) for entry in page.items]
            if page.after is None:
                return entries[::-1]
            after = (page.after[0], page.after[1], page.after[2])


def said(outcome: Outcome) -> tuple[str, int | None]:
    return ("posted", outcome.seq) if outcome.refusal is None else (outcome.refusal.code, None)


def seek(machine: type[BankAgainstModel], examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=set(Phase) - {Phase.explain},
        ),
    )


def machine(engine: str, templates: Templates, directory: Path, base: type[BankAgainstModel]) -> type[BankAgainstModel]:
    with ExitStack() as stack:
        url = stack.enter_context(templates.copy(engine, directory))
        settled = Settled.settle(url)
        stack.pop_all()  # it stays the template until the session ends
    fields = {"settled": settled, "templates": templates, "engine": engine, "directory": directory}
    return type(base.__name__, (base,), fields)


@pytest.mark.timeout(0 if LONG else 120)
def test_the_bank_does_what_the_model_does(engine: str, templates: Templates) -> None:
    with memory() as directory:
        made = machine(engine, templates, directory, BankAgainstModel)
        seek(made, *((2_000, 60) if LONG else (20, 25) if engine == "sqlite" else (8, 25)))


class ForgetsTheDebt(Model):
    """A wrong reference: awards do not pay a debt first."""

    def _credit(self, source: str, who: str, until: date, points: int) -> list[Any]:
        return [(("town", source, "points", NEVER), (who, "wallet", "points", until), points)] if points else []


class ForgetsTheCap(Model):
    """A wrong reference: nothing is ever capped."""

    def _counted(self, who: str, activity: str, minutes: int) -> int:  # noqa: ARG002
        return minutes // 60 * 60


class ForgetsKeys(Model):
    """A wrong reference: a repeated request is a new one."""

    def ask(self, key: str, wish: Wish) -> tuple[str, int | None]:
        self.answers.pop(key, None)
        return super().ask(key, wish)


@pytest.mark.parametrize("wrong", [ForgetsTheCap, ForgetsKeys, ForgetsTheDebt])
def test_a_wrong_model_is_found_out(wrong: type[Model], sqlite_templates: Templates) -> None:
    """The negative control: were the bank to differ from its model in one rule, these few examples would show it."""

    class Mistaken(BankAgainstModel):
        def __init__(self) -> None:
            super().__init__()
            self.model = wrong(today=FIRST_DAY)

        def teardown(self) -> None:
            self._open.close()

    seeking = settings(
        max_examples=300,
        stateful_step_count=40,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    with memory() as directory:
        mistaken = machine("sqlite", sqlite_templates, directory, Mistaken)
        with pytest.raises(AssertionError):
            run_state_machine_as_test(mistaken, settings=seeking)
