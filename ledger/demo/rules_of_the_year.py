"""How the invented district's rules change in its year: one rulebook through all stages, one still on its way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

from ledger import rules
from ledger.bank import Bank, By, Request
from ledger.demo import district
from ledger.demo.world import Story
from ledger.governance import drafts, proposals
from ledger.governance.drafts import Draft
from ledger.governance.proposals import Held
from ledger.governance.stages import PASSED, RETURNED, Deliberation
from ledger.governance.templates import Stage, read_template, template_text
from ledger.people import staff
from ledger.people.organisations import Organisation

SEATS = (
    ("secretary", "范示己", "reviewer"),
    ("owners", "范示辛", "reviewer"),
    ("meeting", "范示壬", "reviewer"),
    ("publisher", "范示癸", "admin"),
)
"""Who records a stage each, beside the organiser who proposes: username, invented name, role."""
PRESENT = (7, 9, 11)
FIRST, IN_FORCE, PENDING = 100, 140, 340
"""Days of the year on which the second rulebook is proposed and comes into force, and the third is proposed."""
PRIVILEGED = """
redemption:
  pickup_within_days: 14
  privileges:
    - {id: front_row, title: {zh: 文艺演出前排(示例), en: A front row at the show (example)}, balance_points: 12}
"""
STAGES = read_template(template_text("three_reviews")).stages


class RulesOfTheYear:
    """Lives its days beside the rest of the year."""

    def __init__(self, bank: Bank, story: Story, root: Organisation, organiser: UUID, start: date) -> None:
        self.bank, self.story, self.root, self.start = bank, story, root, start
        self.people = [organiser]
        for username, name, role in SEATS:
            hired = staff.hire(
                bank, None, username=username, password=district.PASSWORD, name=name, roles=[(role, root)]
            )
            self.people.append(hired.id)
        self.drafts: dict[int, Draft] = {}
        self.keys = 0
        self.plan: dict[int, Callable[[], None]] = {
            FIRST: lambda: self._propose(2, IN_FORCE),
            FIRST + 4: lambda: self._record(2, 1),
            FIRST + 9: lambda: self._return(2, 2, "夜巡封顶宜再商量(示例)"),
            FIRST + 14: lambda: self._propose(2, IN_FORCE),
            FIRST + 17: lambda: self._record(2, 1),
            FIRST + 21: lambda: self._record(2, 2),
            FIRST + 26: lambda: self._record(2, 3),
            FIRST + 28: lambda: self._record(2, 4),
            PENDING: lambda: self._propose(3, PENDING + 60),
            PENDING + 6: lambda: self._record(3, 1),
        }

    def live(self, day: date, offset: int) -> None:
        if offset in self.plan:
            self.story.turn_to(day, time(10))
            self.plan[offset]()

    def _propose(self, version: int, first_day: int) -> None:
        by = By(actor=self.people[0])
        if version not in self.drafts:
            self.drafts[version] = drafts.draft(
                self.bank,
                by,
                organisation=self.root,
                kind="rulebook",
                template="three_reviews",
                title=f"积分规则第 {version} 版(示例)",
                reasons="夜巡队员提议延长计时(示例)",
                document=self._document(version, first_day),
            )
        held = Held(stage=STAGES[0].id, result=PASSED, held_on=self.bank.today())
        self._done(proposals.propose(self.bank, by, self._request(), self.drafts[version], held=held).posted)

    def _record(self, version: int, at: int) -> None:
        stage = STAGES[at]
        held = Held(
            stage=stage.id,
            result=PASSED,
            held_on=self.bank.today(),
            minutes="会议记录见附件(示例)",
            deliberations=_voted(stage),
            persons=tuple(f"{body.id} {name}" for body in stage.bodies for name in ("范示子", "范示丑", "范示寅")),
        )
        self._step(version, at, held)

    def _return(self, version: int, at: int, reasons: str) -> None:
        stage = STAGES[at]
        against = tuple(
            replace(one, votes_for=2, votes_against=one.present - 2, votes_abstained=0) for one in _voted(stage)
        )
        held = Held(stage=stage.id, result=RETURNED, held_on=self.bank.today(), reasons=reasons, deliberations=against)
        self._step(version, at, held)

    def _step(self, version: int, at: int, held: Held) -> None:
        by = By(actor=self.people[at])
        self._done(proposals.record(self.bank, by, self._request(), self.drafts[version].id, held).posted)

    def _document(self, version: int, first_day: int) -> str:
        """The example with a longer night patrol and a privilege: nothing that a year's story hangs on."""
        day = self.start + timedelta(days=first_day)
        document = rules.book("example").replace("version: 1\n", f"version: {version}\n", 1)
        longer = 180 + 60 * (version - 1)
        patrolled = document.replace("2020-01-01", day.isoformat(), 1).replace("minutes: 180", f"minutes: {longer}")
        return patrolled + PRIVILEGED

    def _request(self) -> Request:
        self.keys += 1
        key = f"demo-rules-{self.keys:06d}"
        return Request("demo-rules", key, hashlib.sha256(key.encode()).digest())

    def _done(self, posted: bool) -> None:
        if not posted:
            raise LookupError("a step of the demo's proposal was refused")


def _voted(stage: Stage) -> tuple[Deliberation, ...]:
    return tuple(
        Deliberation(
            body=body.id, present=present, votes_for=present - 1, votes_abstained=1, opinion="同意, 报下一环节(示例)"
        )
        for body, present in zip(stage.bodies, PRESENT, strict=False)
    )
