"""Wishes, requests, tasks and offers in each place of the matrix."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer


class Needs:
    """Part of a place: each is a new one, since most of what is done with them is done once."""

    bank: Bank
    by: By
    organisation: Organisation

    @cached_property
    def volunteer(self) -> Volunteer:
        raise NotImplementedError

    def _added(self, table: str, **row: Any) -> UUID:
        with self.bank.changing(self.by) as change:
            id = change.new_id()
            change.add(table, {"id": id, **row})
        return id

    def _wish(self, state: str, **more: Any) -> UUID:
        now = self.bank.world.clock()
        row = {
            "organisation_id": self.organisation.id,
            "is_minor": 0,
            "channel": "wall",
            "kind": "thing",
            "words": "示例",
            "claimers_at_most": 9,
            "state": state,
            "collected_at": now,
            "collected_by": self.by.actor,
        }
        if state != "collected":
            row |= {"shown_text": "示例", "points": 1, "cost_fen": 1, "verified_at": now, "verified_by": self.by.actor}
        if state == "fulfilled":
            row |= {"proof": "示例", "done_on": self.bank.today(), "fulfilled_by": self.by.actor}
        return self._added("wish", **row | more)

    def _wish_claim(self, wish_id: UUID, volunteer: Volunteer, **more: Any) -> UUID:
        row = {
            "wish_id": wish_id,
            "volunteer_id": volunteer.id,
            "until_on": self.bank.today() + timedelta(days=9),
            "claimed_at": self.bank.world.clock(),
            "claimed_by": self.by.actor,
        }
        return self._added("wish_claim", **row | more)

    @property
    def new_collected_wish_id(self) -> str:
        """The volunteer's own."""
        return str(self._wish("collected", volunteer_id=self.volunteer.id))

    @property
    def new_published_wish_id(self) -> str:
        """Somebody's, on the wall."""
        return str(self._wish("published"))

    @property
    def new_claimed_wish_id(self) -> str:
        """Which the volunteer took up."""
        id = self._wish("published")
        self._wish_claim(id, self.volunteer, open_as=f"{id}/{self.volunteer.id}")
        return str(id)

    @property
    def new_wish_claim_id(self) -> str:
        """The volunteer's."""
        id = self._wish("published")
        return str(self._wish_claim(id, self.volunteer, open_as=f"{id}/{self.volunteer.id}"))

    @property
    def new_fulfilled_wish_id(self) -> str:
        """The volunteer's own, which somebody fulfilled."""
        id = self._wish("fulfilled", volunteer_id=self.volunteer.id)
        self._wish_claim(id, self.volunteer, ended_at=0, ended_as="fulfilled")
        return str(id)

    def _request(self, state: str, **more: Any) -> UUID:
        now = self.bank.world.clock()
        row = {
            "organisation_id": self.organisation.id,
            "volunteer_id": self.volunteer.id,
            "channel": "phone",
            "kind": "lighting",
            "priority": "normal",
            "words": "示例",
            "place": "",
            "state": state,
            "reopened": 0,
            "begun_at": now,
            "accept_due_at": now,
            "close_due_at": now,
            "received_at": now,
            "received_by": self.by.actor,
            "taken_minutes": 0,
        }
        return self._added("request", **row | more)

    @property
    def new_request_id(self) -> str:
        return str(self._request("received"))

    @property
    def new_accepted_request_id(self) -> str:
        return str(self._request("accepted"))

    @property
    def new_escalated_request_id(self) -> str:
        return str(self._request("accepted", escalated_to="subdistrict"))

    @property
    def new_closed_request_id(self) -> str:
        return str(self._request("closed", closed_at=self.bank.world.clock(), closed_by=self.by.actor))

    @property
    def new_offer_id(self) -> str:
        row = {"kind": "lighting", "title": "示例", "content": "", "place": "示例", "hours": "示例", "created_at": 0}
        return str(self._added("offer", organisation_id=self.organisation.id, **row))

    @property
    def new_task_id(self) -> str:
        """Of a request, and open to whoever takes it up."""
        row = {
            "organisation_id": self.organisation.id,
            "request_id": self._request("dispatched", volunteer_id=None),
            "kind": "repair",
            "title": "示例",
            "content": "",
            "place": "",
            "person_in_charge": "示例乙",
            "helpers_at_most": 9,
            "is_open": 1,
            "state": "dispatched",
            "outcome": "",
            "created_at": 0,
            "created_by": self.by.actor,
        }
        return str(self._added("task", **row))

    @property
    def new_taken_task_id(self) -> str:
        """Which the volunteer took up."""
        id = UUID(self.new_task_id)
        row = {"task_id": id, "volunteer_id": self.volunteer.id, "taken_at": 0, "taken_by": self.by.actor}
        self._added("task_helper", open_as=f"{id}/{self.volunteer.id}", **row)
        return str(id)

    @property
    def new_companionship_id(self) -> str:
        id = self._wish("confirmed")
        row = {
            "wish_id": id,
            "organisation_id": self.organisation.id,
            "volunteer_id": self.volunteer.id,
            "from_on": self.bank.today(),
            "recorded_at": self.bank.world.clock(),
            "recorded_by": self.by.actor,
            "open_as": str(id),
        }
        return str(self._added("companionship", **row))
