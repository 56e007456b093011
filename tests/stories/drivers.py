"""Who acts a story out. Each verb of a story is a method; what it gives back is what the story's arrow points at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from ledger.bank import Bank, By
from ledger.core.accounts import MINUTES, NEVER, Purpose
from ledger.core.lapse import Lapse
from ledger.prizes import catalogue, lapses
from ledger.prizes.prize_terms import ItemLimit, PrizeTerms
from ledger.reading import balances
from ledger.reading.balances import Balance
from ledger.rules import CAPTURE_METHODS, DEED_KINDS, book
from ledger.service import flags, rulebooks
from tests.banks import STAFF, Clock
from tests.stories.appraising import Appraising
from tests.stories.certifying import Certifying
from tests.stories.disputing import Disputing
from tests.stories.handing_in import HandingIn
from tests.stories.identities import Identities
from tests.stories.meeting import Meeting
from tests.stories.neighbours import Neighbours
from tests.stories.noticing import Noticing
from tests.stories.proposals import Proposals, said_in, stage_of
from tests.stories.redeeming import Redeeming
from tests.stories.register import Register
from tests.stories.replies import Reply, reply
from tests.stories.requesting import Requesting
from tests.stories.reserving import Reserving
from tests.stories.reviewing import Reviewing, recorded
from tests.stories.rosters import Rosters
from tests.stories.script import Illegible, Line, hours_of, minutes_at, minutes_of
from tests.stories.service_rosters import ServiceRosters
from tests.stories.shelves import Shelves
from tests.stories.slipping import Slipping
from tests.stories.standing import Standing
from tests.stories.stars import Stars
from tests.stories.tree import Tree
from tests.stories.wishing import Wishing
from tests.towns import Town


class Driver(Protocol):
    """Acts one story out on one bank."""

    def act(self, line: Line) -> str | None:
        """Do what a line says; what came of it, or None where nothing can."""


class UseCases(
    Disputing,
    HandingIn,
    Identities,
    Register,
    Reviewing,
    Neighbours,
    Noticing,
    Rosters,
    ServiceRosters,
    Standing,
    Tree,
    Redeeming,
    Shelves,
    Slipping,
    Reserving,
    Stars,
    Wishing,
    Requesting,
    Meeting,
    Certifying,
    Appraising,
):
    """Through the bank's own use cases."""

    def __init__(self, bank: Bank, clock: Clock) -> None:
        Identities.__init__(self)
        self.bank, self.clock = bank, clock
        self.town = Town(bank, rulebook=None)
        self.asked: dict[str, tuple[Callable[[str], Reply], str]] = {}
        """Postings by name: how to ask again under a key, and the key."""
        self.seqs: dict[str, int | None] = {}
        self.ids: dict[str, tuple[str, str]] = {}
        """Postings by name: the verb, and the id of what it made."""
        self.proposals = Proposals(self)

    def act(self, line: Line) -> str | None:
        verb = getattr(self, f"do_{line.verb}", None)
        if verb is None:
            raise Illegible(f"{line}: there is no such verb")
        answer: str | None = verb(line)
        return answer

    # -- the world -----------------------------------------------------------------------------------------------------

    def do_rulebook(self, line: Line) -> None:
        """rulebook NAME: the bank is founded with a bundled rulebook, or one beside the stories."""
        name = line.words[0]
        own = Path(__file__).parent / "rulebooks" / f"{name}.yaml"
        document = own.read_text(encoding="utf-8") if own.exists() else book(name)
        rulebooks.found(self.bank, By(actor=STAFF), document, organisation=self.town.district)

    def do_clock(self, line: Line) -> None:
        """clock DATE [TIME]: it is now that moment, in the bank's zone."""
        self.clock.set(*line.words)

    def do_prize(self, line: Line) -> None:
        """prize NAME POINTS [CLASS]: there is such a prize, at that price; a known one is repriced."""
        name, cost, *classes = line.words
        prize = self.town.prize(name, int(cost), *classes)
        if prize.cost_points != int(cost):
            changed = catalogue.change_prize(self.bank, By(actor=STAFF), prize, cost_points=int(cost))
            self.town.replace_prize(name, changed)

    def do_activity(self, line: Line) -> None:
        """activity NAME other: there is such an activity, and it is no volunteer service."""
        self.town.activity(line.words[0], is_volunteer_service="other" not in line.words)

    def do_shelve(self, line: Line) -> None:
        """shelve PRIZE: it is no longer offered."""
        prize = self.town.prize(line.words[0])
        changed = catalogue.change_prize(self.bank, By(actor=STAFF), prize, on_shelf=False)
        self.town.replace_prize(line.words[0], changed)

    def do_terms(self, line: Line) -> None:
        """terms PRIZE [most N PERIOD] [balance N] [hours N] [stars N] [local]: what the prize itself asks."""
        name, *rest = line.words
        said = dict(pairwise(rest))
        limit = None
        if "most" in said:
            limit = ItemLimit(int(said["most"]), rest[rest.index("most") + 2])
        terms = PrizeTerms(
            limit=limit,
            balance_at_least=int(said.get("balance", 0)),
            hours_at_least=int(said.get("hours", 0)),
            star_level_at_least=int(said.get("stars", 0)),
            local_only="local" in rest,
        )
        changed = catalogue.change_prize(self.bank, By(actor=STAFF), self.town.prize(name), terms=terms)
        self.town.replace_prize(name, changed)

    # -- proposals -----------------------------------------------------------------------------------------------------

    def do_propose(self, line: Line) -> str:
        """propose NAME BOOK [version N] [from DATE] [points N] [for PLACE] [upon CODE:N] [by WHO] [changing KIND]"""
        (name, bundled), said = said_in(
            line, "version", "from", "points", "for", "upon", "by", "changing", "with", "locking"
        )
        return self.proposals.propose(name, said, bundled)

    def do_pass(self, line: Line) -> str:
        """pass NAME STAGE [by WHO] [votes FOR/PRESENT] [without BODY] [held DATE]"""
        (name, stage), said = said_in(line, "by", "votes", "without", "held")
        return self.proposals.record(name, stage_of(stage), said, returned=False)

    def do_return(self, line: Line) -> str:
        """return NAME STAGE [by WHO] [because WHY]: back to the proposer"""
        (name, stage), said = said_in(line, "by", "because")
        return self.proposals.record(name, stage_of(stage), said, returned=True)

    def do_withdraw(self, line: Line) -> str:
        """withdraw NAME [by WHO] [because WHY]: a proposal, or a record that waits"""
        if line.words[0] in self.ids:
            return self.withdrawn(line)
        (name,), said = said_in(line, "by", "because")
        return self.proposals.withdraw(name, said)

    def do_rules(self, line: Line) -> str:
        """rules DATE [in PLACE]: which rulebook holds there on that day"""
        (on,), said = said_in(line, "in")
        return self.proposals.in_force(date.fromisoformat(on), said.get("in", "district"))

    # -- postings ------------------------------------------------------------------------------------------------------

    def do_award(self, line: Line) -> str:
        """award WHO TIME [ACTIVITY] [METHOD] [rated WORD] [on DATE] [at HH:MM | sometime] [for GROUP]: at an hour of
        its own where the story does not say; `sometime` is nobody knows when.
        """
        who, time, *rest = line.words
        said = _said([word for word in rest if word != "sometime"], "rated", "on", "at", "for")
        group = self.collectives()[said.named["for"]].id if "for" in said.named else None
        methods = [word for word in said.free if word in CAPTURE_METHODS]
        activity = next((word for word in said.free if word not in CAPTURE_METHODS), "cleaning")
        on = date.fromisoformat(said.named["on"]) if "on" in said.named else self.bank.today()
        begins = self.town.free_from(who, on, minutes_of(time)) if "sometime" not in rest else None
        if "at" in said.named:
            begins = minutes_at(said.named["at"])

        def ask(key: str) -> Reply:
            method = methods[0] if methods else "clocked"
            return self.award(who, minutes_of(time), activity, on, method, said.named.get("rated"), key, group, begins)

        return self.post(line, ask, recorded)

    def do_approve(self, line: Line) -> str:
        """approve NAME by WHO [because WHY]: a reviewer says yes to the record of that name."""
        return self._reviewed(line, "approve", line.words[-1] if "because" in line.words else "")

    def do_reject(self, line: Line) -> str:
        """reject NAME by WHO [silently]: a reviewer says no, and why."""
        return self._reviewed(line, "reject", "" if "silently" in line.words else "示例理由")

    def _reviewed(self, line: Line, decision: str, reason: str) -> str:
        name, _, who, *_ = line.words
        return self.post(line, lambda key: self.review(name, who, decision, reason, key), recorded)

    def review(self, name: str, who: str, decision: str, reason: str, key: str) -> Reply:
        return reply(self.town.review(UUID(self.ids[name][1]), who, decision, reason=reason, key=key))

    def award(
        self,
        who: str,
        minutes: int,
        activity: str,
        on: date,
        method: str,
        evaluation: str | None,
        key: str,
        group: UUID | None = None,
        begins: int | None = None,
    ) -> Reply:
        return reply(
            self.town.award(
                *(who, minutes),
                activity=activity,
                on=on,
                method=method,
                evaluation=evaluation,
                key=key,
                group=group,
                begins=begins,
            )
        )

    def do_deed(self, line: Line) -> str:
        """deed WHO TYPE [penalty | no_show | opening] [xN] [worth POINTS] [for KEY] [tagged WORD] [rated WORD]
        [measuring NAME N] [in ACTIVITY] [on DATE]
        """
        who, deed_type, *rest = line.words
        said = _said(rest, "worth", "for", "tagged", "rated", "in", "on")
        kind = next((word for word in said.free if word in DEED_KINDS), "good_deed")
        more: dict[str, Any] = {"kind": kind}
        if counts := [word[1:] for word in said.free if word.startswith("x") and word[1:].isdigit()]:
            more["count"] = int(counts[0])
        if "measuring" in said.free:
            name, amount = said.free[said.free.index("measuring") + 1 :][:2]
            more["measures"] = ((name, int(amount)),)
        if "worth" in said.named:
            more["value"] = int(said.named["worth"])
        if "for" in said.named:
            more["one"] = said.named["for"]
        if "tagged" in said.named:
            more["tags"] = frozenset({said.named["tagged"]})
        if "in" in said.named:
            more["activity"] = self.town.activity(said.named["in"])
        if "rated" in said.named:
            more["evaluation"] = said.named["rated"]
        on = date.fromisoformat(said.named["on"]) if "on" in said.named else self.bank.today()
        return self.post(line, lambda key: self.deed(who, deed_type, on, more, key), recorded)

    def deed(self, who: str, deed_type: str, on: date, more: Mapping[str, Any], key: str) -> Reply:
        doing = {name: value for name, value in more.items() if name != "one"}
        return reply(self.town.deed(who, deed_type, on=on, request_key=key, key=more.get("one"), **doing))

    def do_flags(self, line: Line) -> str:
        """flags WHO: what stands against somebody today, the oldest first."""
        return ", ".join(self.flags(line.words[0])) or "none"

    def flags(self, who: str) -> list[str]:
        return [flag_told(flag.flag, flag.last_day) for flag in flags.standing(self.bank, self.town.volunteer(who).id)]

    def do_lift(self, line: Line) -> str:
        """lift WHO: the oldest flag against somebody is taken away."""
        return self.lift(line.words[0], "示例说明")

    def lift(self, who: str, reason: str) -> str:
        oldest = flags.standing(self.bank, self.town.volunteer(who).id)[0]
        return f"lifted {flags.lift(self.bank, By(actor=STAFF), oldest, reason).flag}"

    def do_receive(self, line: Line) -> str:
        """receive PRIZE N [before DATE]: goods come to the desk, good until that day."""
        prize, quantity, *rest = line.words
        said = _said(rest, "before")
        until = date.fromisoformat(said.named["before"]) if "before" in said.named else None
        return self.post(line, lambda key: self.receive(prize, int(quantity), until, key), _posted)

    def receive(self, prize: str, quantity: int, best_before: date | None, key: str) -> Reply:
        return reply(self.town.receive(prize, quantity, best_before=best_before, key=key))

    def do_adjust(self, line: Line) -> str:
        """adjust WHO ±N or ±TIME [until DATE] [alone] [silently]: by hand, by two, with a reason, unless so said."""
        who, amount, *rest = line.words
        said = _said(rest, "until")
        more: dict[str, object] = {"owner": self.owner_of(who)}
        if amount[-1] in "hm":
            size = minutes_of(amount.lstrip("+-")) * (-1 if amount.startswith("-") else 1)
            more |= {"unit": MINUTES, "purpose": Purpose.CLOCKED}
        else:
            size = int(amount)
        if "until" in said.named:
            more["expires_on"] = date.fromisoformat(said.named["until"])
        if "alone" in said.free:
            more["second"] = STAFF
        reason = "" if "silently" in said.free else "示例更正"
        return self.post(line, lambda key: reply(self.town.adjust(who, size, reason=reason, key=key, **more)), _posted)

    def do_reverse(self, line: Line) -> str:
        """reverse NAME [silently]: the posting of that name is undone."""
        name, *rest = line.words
        reason = "" if "silently" in rest else "示例撤销"
        return self.post(line, lambda key: self.reverse(name, reason, key), _undone)

    def reverse(self, name: str, reason: str, key: str) -> Reply:
        verb, id = self.ids.get(name, ("", ""))
        if verb == "redeem" and id:
            return self.refund(UUID(id), reason, key)
        seq = self.seqs.get(name)
        return reply(self.town.reverse(int(name) if seq is None else seq, reason=reason, key=key))

    def another(self, who: str, amount: int, key: str) -> Reply:
        """Something else under a used key."""
        return reply(self.town.adjust(who, amount, key=key))

    def do_again(self, line: Line) -> str:
        """again NAME [WHO...]: the same request once more, under the same key; with WHO ±N another one."""
        name, *rest = line.words
        ask, key = self.asked[name]
        outcome = self.another(rest[0], int(rest[1]), key) if rest else ask(key)
        if outcome.replayed and outcome.seq == self.seqs[name]:
            return "the same answer"
        return outcome.code or "another answer"

    def do_lapse(self, line: Line) -> str:  # noqa: ARG002
        """lapse: the nightly run; how many points lapsed, and how many were carried over."""
        run = self.town.lapse()
        return f"{run.points}, {run.carried_over} carried over" if run.carried_over else str(run.points)

    def do_empty(self, line: Line) -> str:
        """empty WHO DATE: lapse the one lot that is valid until that day."""
        who, until = line.words
        command = Lapse(
            id=self.bank.world.new_id(),
            actor=STAFF,
            owner=self.town.volunteer(who).owner,
            organisation=self.town.owner,
            expires_on=NEVER if until == "never" else date.fromisoformat(until),
        )
        return self.post(line, lambda _: reply(self.bank.submit(command)), _posted)

    def post(self, line: Line, ask: Callable[[str], Reply], say: Callable[[Reply], str]) -> str:
        key = self.town.key()
        outcome = ask(key)
        if line.label:
            self.asked[line.label], self.seqs[line.label] = (ask, key), outcome.seq
            self.ids[line.label] = (line.verb, str(outcome.answer.get("id", "")))
        return outcome.code or say(outcome)

    # -- questions -----------------------------------------------------------------------------------------------------

    def do_balance(self, line: Line) -> str:
        """balance WHO: points in all, less what is owed."""
        return str(self.held(line.words[0]).points)

    def do_available(self, line: Line) -> str:
        """available WHO: points that can be spent today."""
        return str(self.held(line.words[0]).available)

    def do_aside(self, line: Line) -> str:
        """aside WHO: what may only be given away, and what is kept as an honour."""
        held = self.held(line.words[0])
        return f"{held.donate_only} to give away, {held.honour} as an honour"

    def do_owes(self, line: Line) -> str:
        """owes WHO: points that later awards will pay first."""
        return str(self.held(line.words[0]).debt)

    def do_hours(self, line: Line) -> str:
        """hours WHO: clocked and honorary."""
        held = self.held(line.words[0])
        return f"{hours_of(held.minutes_clocked)} clocked {hours_of(held.minutes_honorary)} honorary"

    def do_lapsing(self, line: Line) -> str:
        """lapsing WHO: how many on which last day, the nearest first."""
        return ", ".join(f"{points} on {day}" for day, points in self.held(line.words[0]).lapsing) or "none"

    def do_warned(self, line: Line) -> str:
        """warned [within N]: whose points lapse so soon, the nearest first."""
        said = _said(line.words, "within")
        names = {volunteer.volunteer_no: name for name, volunteer in self.town.people.items()}
        told = self.warned(int(said.named["within"]) if "within" in said.named else None)
        return ", ".join(f"{names[number]} {points} in {days} days" for number, points, days in told) or "nobody"

    def warned(self, days: int | None) -> list[tuple[str, int, int]]:
        ahead = lapses.warning_days(rulebooks.in_force(self.bank, self.bank.today()))[0] if days is None else days
        within = [self.town.district.path]
        found = lapses.upcoming(self.bank, days=ahead, within=within, after=None, limit=99).items
        return [(lot.volunteer_no, lot.points, lot.days_left) for lot in found]

    def do_stock(self, line: Line) -> str:
        """stock PRIZE: how many stand on the desk's shelf."""
        return str(self.town.stocked(line.words[0]))

    def held(self, who: str) -> Balance:
        return balances.balance_of(self.bank, self.owner_of(who))


def _posted(outcome: Reply) -> str:
    return "posted"


def flag_told(flag: str, last_day: date | str | None) -> str:
    return f"{flag} until {last_day}" if last_day else flag


def _undone(outcome: Reply) -> str:
    return f"undone, owes {outcome.answer['debt_points']} more"


class _Said:
    def __init__(self, free: list[str], named: dict[str, str]) -> None:
        self.free, self.named = free, named


def _said(words: Sequence[str], *names: str) -> _Said:
    """Words of their own, and those that follow one of these names."""
    free: list[str] = []
    named: dict[str, str] = {}
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if word in names:
            named[word] = waiting.pop(0)
        else:
            free.append(word)
    return _Said(free, named)
