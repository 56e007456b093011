"""The verbs of stories about proposals: who proposes what, who records which stage, what is in force on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.bank import By
from ledger.governance import drafts, proposals
from ledger.governance.drafts import Draft
from ledger.governance.stages import RETURNED
from ledger.governance.templates import Stage, read_template, template_text
from ledger.people import organisations
from ledger.people.organisations import Organisation
from ledger.rules import RulebookInvalid, book
from ledger.service import rulebooks
from tests.proposals import agreed, request
from tests.stories.script import Illegible, Line

if TYPE_CHECKING:
    from tests.stories.drivers import UseCases

STAGES = {stage.id: stage for name in ("three_reviews", "five_deliberations") for stage in
          read_template(template_text(name)).stages}  # fmt: skip


class Proposals:
    """Acts out what a story says of proposals, for the driver it belongs to."""

    def __init__(self, driver: UseCases) -> None:
        self.driver = driver
        self.people: dict[str, UUID] = {}
        self.drafts: dict[str, Draft] = {}
        self.places: dict[str, Organisation] = {}

    def person(self, name: str) -> UUID:
        if name not in self.people:
            self.people[name] = self.driver.bank.world.new_id()
        return self.people[name]

    def place(self, name: str) -> Organisation:
        district = self.driver.town.district
        if name == "district":
            return district
        if name not in self.places:
            self.places[name] = organisations.create(
                self.driver.bank, By(actor=self.person("founder")), parent=district, level="estate", name=f"示例{name}"
            )
        return self.places[name]

    def propose(self, name: str, said: dict[str, str], bundled: str) -> str:
        """A draft of the bundled book, made a proposal under this name."""
        bank, place = self.driver.bank, self.place(said.get("for", "district"))
        document = written(bundled, said)
        who = said.get("by", "proposer")
        if name not in self.drafts:
            self.drafts[name] = drafts.draft(
                bank,
                By(actor=self.person(who)),
                organisation=place,
                kind=said.get("changing", "rulebook"),
                template="three_reviews",
                title="示例修订",
                reasons="示例理由",
                document=document,
            )
        else:
            self.drafts[name] = drafts.change_draft(
                bank, By(actor=self.person(who)), self.drafts[name], document=document
            )
        by, asked = By(actor=self.person(who)), request(bank, f"propose {name}")
        try:
            outcome = proposals.propose(bank, by, asked, self.drafts[name])
        except RulebookInvalid as error:
            return f"invalid at {error.findings[0].field or 'document'}"
        return told(outcome.answer)

    def record(self, name: str, stage: Stage, said: dict[str, str], *, returned: bool) -> str:
        bank, who = self.driver.bank, said.get("by", stage.id)
        changed: dict[str, Any] = {}
        if returned:
            changed |= {"result": RETURNED, "deliberations": ()}
            changed["reasons"] = said.get("because", "")
        if "held" in said:
            changed["held_on"] = date.fromisoformat(said["held"])
        held = agreed(bank, stage, **changed)
        if "votes" in said:
            votes_for, present = map(int, said["votes"].split("/"))
            held = replace(
                held,
                deliberations=tuple(
                    replace(one, present=present, votes_for=votes_for, votes_abstained=0) for one in held.deliberations
                ),
            )
        if "without" in said:
            kept = tuple(one for one in held.deliberations if one.body != said["without"])
            held = replace(held, deliberations=kept)
        by = By(actor=self.person(who))
        outcome = proposals.record(bank, by, request(bank, f"{stage.id} {name}"), self.drafts[name].id, held)
        return told(outcome.answer)

    def withdraw(self, name: str, said: dict[str, str]) -> str:
        bank, who = self.driver.bank, said.get("by", "proposer")
        outcome = proposals.withdraw(
            bank,
            By(actor=self.person(who)),
            request(bank, f"withdraw {name}"),
            self.drafts[name].id,
            reasons=said.get("because", ""),
        )
        return told(outcome.answer)

    def in_force(self, on: date, place: str) -> str:
        held = rulebooks.in_force(self.driver.bank, on, organisation_path=self.place(place).path)
        return f"{held.code} {held.version}" if held else "none"


def stage_of(word: str) -> Stage:
    if word not in STAGES:
        raise Illegible(f"{word!r} is no stage; there are {', '.join(STAGES)}")
    return STAGES[word]


def written(bundled: str, said: dict[str, str]) -> str:
    """The bundled book in another version, from another day, with other points for an hour, or upon its parent."""
    document = book(bundled)
    version, start = said.get("version", "2"), said.get("from", "2026-04-01")
    if "upon" in said:
        code, number = said["upon"].split(":")
        lines = [f"code: {bundled}_{said['for']}", f"version: {version}", f"effective_from: {start}"]
        lines.append(f"inherits: {{code: {code}, version: {number}}}")
        return "\n".join([*lines, *([said["with"].replace("=", ": ")] if "with" in said else []), ""])
    first = next(line for line in document.splitlines() if line.startswith("effective_from:"))
    document = document.replace(first, f"effective_from: {start}").replace("version: 1\n", f"version: {version}\n", 1)
    if "points" in said:
        document = document.replace("    points: 10\n", f"    points: {said['points']}\n", 1)
    if "locking" in said:
        document += f"locked: [{said['locking']}]\n"
    if "with" in said:
        document += said["with"].replace("=", ": ") + "\n"
    return document


def told(answer: Any) -> str:
    """What came of a step: the code of a refusal, or the stage and the state."""
    return str(answer["code"]) if "code" in answer else f"{answer['stage']} {answer['result']}, {answer['state']}"


def said_in(line: Line, *names: str) -> tuple[list[str], dict[str, str]]:
    """Words of their own, and those that follow one of these names."""
    free: list[str] = []
    named: dict[str, str] = {}
    waiting = list(line.words)
    while waiting:
        word = waiting.pop(0)
        if word in names:
            named[word] = waiting.pop(0)
        else:
            free.append(word)
    return free, named
