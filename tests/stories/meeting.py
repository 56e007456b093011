"""The verbs of stories about joint meetings, and the tasks that come of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ledger.governance import proposals
from ledger.governance.drafts import Draft
from ledger.governance.proposals import Proposal
from ledger.governance.templates import read_template, template_text
from ledger.service import tasks
from ledger.service.tasks import Asked, NewTask
from tests.proposals import PEOPLE, drafted, step
from tests.stories.needing import Needing, NeedingOverHttp
from tests.stories.script import Line

ALL = 200


class Meeting(Needing):
    """Through the use cases."""

    def matters(self) -> dict[str, Draft]:
        """Matters by the names the story gives them."""
        known: dict[str, Draft] = self.__dict__.setdefault("_matters", {})
        return known

    def matter(self, name: str) -> Proposal:
        found = proposals.find(self.bank, self.matters()[name].id)
        assert found is not None
        return found

    def do_matter(self, line: Line) -> str:
        """matter NAME WORDS: it is brought before the joint meeting."""
        name, words = line.words
        self.matters()[name] = made = drafted(
            self.bank, self.town.district, words, kind="resolution", template="joint_meeting"
        )
        step(self.bank, made, read_template(template_text("joint_meeting")).stages[0], PEOPLE[0])
        return self.matter(name).chain.state

    def do_meet(self, line: Line) -> str:
        """meet NAME: the joint meeting settles it, and what it says is published."""
        [name] = line.words
        for stage, person in zip(read_template(template_text("joint_meeting")).stages[1:], PEOPLE[1:], strict=False):
            step(self.bank, self.matters()[name], stage, person)
        return self.matter(name).chain.state

    def do_carry_out(self, line: Line) -> str:
        """carry_out NAME KIND [of REQUEST] as TASK: a task that comes of it, and of a request, where one led to it."""
        name, kind, *rest = line.words
        new = NewTask(
            organisation=self.town.district,
            kind=kind,
            title="示例议定事项",
            content="",
            place="",
            person_in_charge="示例负责人",
            proposal=self.matter(name),
        )
        body: dict[str, Any] = {
            "organisation_id": str(self.town.district.id),
            "kind": kind,
            "title": new.title,
            "person_in_charge": new.person_in_charge,
            "proposal_id": str(self.matters()[name].id),
        }
        asked = self.request_called(rest[1]) if rest else None  # type: ignore[attr-defined]
        path = f"/requests/{asked.id}/tasks" if asked else "/tasks"
        code, id = self.needing(
            "recorder", path, body, lambda: tasks.dispatch(self.bank, self.town.who("recorder"), asked, new)
        )
        if id is not None and line.label:
            self.needed()[line.label] = id
        return code or "dispatched"

    def do_came_of(self, line: Line) -> str:
        """came_of NAME: the tasks that came of a matter, and how they stand."""
        names = {id: name for name, id in self.needed().items()}
        found = self.came_of(self.matters()[line.words[0]].id)
        return ", ".join(sorted(f"{names[id]} {state}" for id, state in found)) or "nothing"

    def came_of(self, proposal: UUID) -> list[tuple[UUID, str]]:
        asked = Asked(proposal_id=proposal)
        found = tasks.page(self.bank, within=[self.town.district.path], asked=asked, after=None, limit=ALL)
        assert {each.proposal_id for each in found.items} <= {proposal}
        return [(each.id, each.state) for each in found.items]


class MeetingOverHttp(NeedingOverHttp, Meeting):
    """Through the JSON API."""

    def came_of(self, proposal: UUID) -> list[tuple[UUID, str]]:
        told = self.got(f"/tasks?proposal_id={proposal}")["items"]  # type: ignore[attr-defined]
        assert {each["proposal_id"] for each in told} <= {str(proposal)}
        return [(UUID(each["id"]), each["state"]) for each in told]
