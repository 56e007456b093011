"""The same stories over HTTP: postings and questions go through the JSON API with a real token, as a client's would.

What has no endpoint, because no client may do it (adjusting by hand, the nightly lapse run, undoing a delivery), and
what only sets the scene, stays with the use cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from flask import Flask
from werkzeug.test import TestResponse

from ledger.bank import Bank, By
from ledger.people import otp, staff, volunteers
from ledger.people.registration import Newcomer
from ledger.reading.balances import Balance
from tests.banks import STAFF, Clock
from tests.stories.appraising import AppraisingOverHttp
from tests.stories.certifying import CertifyingOverHttp
from tests.stories.disputing import DisputingOverHttp
from tests.stories.drivers import UseCases, flag_told
from tests.stories.handing_in import HandingInOverHttp
from tests.stories.identities import IdentitiesOverHttp
from tests.stories.meeting import MeetingOverHttp
from tests.stories.neighbours import NeighboursOverHttp
from tests.stories.noticing import NoticingOverHttp
from tests.stories.redeeming import RedeemingOverHttp
from tests.stories.replies import Reply
from tests.stories.requesting import RequestingOverHttp
from tests.stories.reserving import ReservingOverHttp
from tests.stories.reviewing import ReviewingOverHttp
from tests.stories.rosters import RostersOverHttp
from tests.stories.script import Line
from tests.stories.service_rosters import ServiceRostersOverHttp
from tests.stories.shelves import ShelvesOverHttp
from tests.stories.slipping import SlippingOverHttp
from tests.stories.standing import StandingOverHttp
from tests.stories.stars import StarsOverHttp
from tests.stories.tree import TreeOverHttp
from tests.stories.wishing import WishingOverHttp

BASE = "/api/v1"
PASSWORD = "correct horse battery"
TELLER = "teller"
"""Who records; a story calls them the recorder."""
ROLES = ("organiser", "reviewer", "desk", "admin", "auditor")
REVERSED_AT = {"award": "service-records", "deed": "deeds"}
MALFORMED = {
    "points": "amount_out_of_range",
    "minutes": "amount_out_of_range",
    "quantity": "amount_out_of_range",
    "counted": "amount_out_of_range",
    "reason": "reason_missing",
}
"""What the form of a request refuses already (422): the last part of the pointer, and the word of the story."""


class OverHttp(
    DisputingOverHttp,
    HandingInOverHttp,
    IdentitiesOverHttp,
    NeighboursOverHttp,
    NoticingOverHttp,
    RedeemingOverHttp,
    ReservingOverHttp,
    ReviewingOverHttp,
    RostersOverHttp,
    ServiceRostersOverHttp,
    ShelvesOverHttp,
    SlippingOverHttp,
    StandingOverHttp,
    StarsOverHttp,
    TreeOverHttp,
    WishingOverHttp,
    RequestingOverHttp,
    MeetingOverHttp,
    CertifyingOverHttp,
    AppraisingOverHttp,
    UseCases,
):
    """Through the JSON API."""

    def __init__(self, bank: Bank, clock: Clock, app: Flask) -> None:
        super().__init__(bank, clock)
        self.client = app.test_client()
        self.tokens: dict[str, str] = {}
        otp.require(bank, By(actor=STAFF), False)
        self.hire(TELLER)

    def hire(self, who: str) -> None:
        """A person of the staff in every role."""
        roles = [(role, self.town.district) for role in ROLES]
        staff.hire(self.bank, None, username=who, password=PASSWORD, name="示例职员", roles=roles)
        self.sign_in(who)

    def sign_in(self, who: str) -> None:
        body = {"grant_type": "password", "username": who, "password": PASSWORD}
        answer = self.client.post(f"{BASE}/auth/token", json=body)
        assert answer.status_code == 200, answer.text
        self.tokens[who] = answer.get_json()["access_token"]

    def do_clock(self, line: Line) -> None:
        super().do_clock(line)
        for who in self.tokens:
            self.sign_in(who)  # a token does not live that long

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
        body = {
            "volunteer_no": self.town.volunteer(who).volunteer_no,
            "activity_id": str(self.town.activity(activity).id),
            "minutes": minutes,
            "served_on": on.isoformat(),
            "capture_method": method,
        }
        more = {"evaluation": evaluation, "group_id": str(group) if group else None}
        more["from_time"] = None if begins is None else f"{begins // 60:02}:{begins % 60:02}"
        return self.posted("/service-records", body | {name: said for name, said in more.items() if said}, key)

    def deed(self, who: str, deed_type: str, on: date, more: Mapping[str, Any], key: str) -> Reply:
        body: dict[str, Any] = {
            "volunteer_no": self.town.volunteer(who).volunteer_no,
            "organisation_id": str(self.town.district.id),
            "deed_type": deed_type,
            "done_on": on.isoformat(),
        }
        names = {"one": "key"}
        body |= {names.get(name, name): value for name, value in more.items()}
        if "activity" in body:
            body["activity_id"] = str(body.pop("activity").id)
        if "tags" in body:
            body["tags"] = sorted(body["tags"])
        if "measures" in body:
            body["measures"] = dict(body["measures"])
        return self.posted("/deeds", body, key)

    def flags(self, who: str) -> list[str]:
        return [flag_told(flag["flag"], flag["last_day"]) for flag in self.flagged(who)]

    def flagged(self, who: str) -> list[dict[str, Any]]:
        answer = self.client.get(f"{BASE}/flags", headers=self.headers())
        assert answer.status_code == 200, answer.text
        own = self.town.volunteer(who).volunteer_no
        return [flag for flag in reversed(answer.get_json()["items"]) if flag["volunteer_no"] == own]

    def lift(self, who: str, reason: str) -> str:
        path = f"{BASE}/flags/{self.flagged(who)[0]['id']}/lift"
        answer = self.client.post(path, json={"reason": reason}, headers=self.headers())
        assert answer.status_code == 200, answer.text
        assert self.client.post(path, json={"reason": reason}, headers=self.headers()).status_code == 409
        return f"lifted {answer.get_json()['flag']}"

    def review(self, name: str, who: str, decision: str, reason: str, key: str) -> Reply:
        body = {"decision": decision} | ({"reason": reason} if reason else {})
        return self.posted(f"/{self.place_of(name)}/review", body, key, who)

    def warned(self, days: int | None) -> list[tuple[str, int, int]]:
        query = "" if days is None else f"?days={days}"
        answer = self.client.get(f"{BASE}/lapses/upcoming{query}", headers=self.headers())
        assert answer.status_code == 200, answer.text
        return [(lot["volunteer_no"], lot["points"], lot["days_left"]) for lot in answer.get_json()["items"]]

    def receive(self, prize: str, quantity: int, best_before: date | None, key: str) -> Reply:
        body: dict[str, Any] = {
            "desk_id": str(self.town.desk.id),
            "prize_id": str(self.town.prize(prize).id),
            "quantity": quantity,
            "source": "示例物业捐赠",
        }
        if best_before is not None:
            body["best_before"] = best_before.isoformat()
        return self.posted("/stock-receipts", body, key)

    def reverse(self, name: str, reason: str, key: str) -> Reply:
        verb, id = self.ids.get(name, ("", ""))
        if verb == "redeem":
            return self.refund(UUID(id), reason, key)
        if verb not in REVERSED_AT:
            return super().reverse(name, reason, key)
        return self.posted(f"/{REVERSED_AT[verb]}/{id}/reverse", {"reason": reason}, key)

    def register(self, who: str, newcomer: Newcomer, *, is_distinct: bool) -> str:
        body: dict[str, Any] = {
            "name": newcomer.name,
            "organisation_id": str(self.town.district.id),
            "consents": [one._asdict() for one in newcomer.consents],
            "is_distinct": is_distinct,
            **newcomer.particulars,
        }
        if newcomer.guardian:
            body["guardian"] = asdict(newcomer.guardian)
        answer = self.client.post(f"{BASE}/volunteers", json=body, headers=self.headers())
        if answer.status_code != 201:
            return str(answer.get_json()["code"])
        found = volunteers.find(self.bank, answer.get_json()["volunteer_no"])
        assert found is not None
        self.town.replace_volunteer(who, found)
        return "registered"

    def close(self, who: str, reason: str, heir: str | None, key: str) -> Reply:
        body = {"reason": reason} | ({"heir_no": self.town.volunteer(heir).volunteer_no} if heir else {})
        return self.posted(f"/volunteers/{self.town.volunteer(who).volunteer_no}/closing", body, key)

    def merge(self, merged: str, survivor: str, key: str) -> Reply:
        body = {"survivor_no": self.town.volunteer(survivor).volunteer_no}
        return self.posted(f"/volunteers/{self.town.volunteer(merged).volunteer_no}/merge", body, key)

    def erase(self, who: str) -> str:
        path = f"{BASE}/volunteers/{self.town.volunteer(who).volunteer_no}"
        shown = self.client.get(path, headers=self.headers())
        tag = {"If-Match": shown.headers.get("ETag", "")}
        answer = self.client.delete(path, headers=self.headers() | tag)
        return "erased" if answer.status_code == 200 else str(answer.get_json()["code"])

    def another(self, who: str, amount: int, key: str) -> Reply:
        return self.award(who, amount, "cleaning", self.bank.today(), "clocked", None, key)

    def held(self, who: str) -> Balance:
        answer = self.client.get(f"{BASE}{self.path_of(who)}/balance", headers=self.headers())
        assert answer.status_code == 200, answer.text
        told = answer.get_json()
        points, minutes = told["points"], told["minutes"]
        return Balance(
            points=points["balance"],
            available=points["available"],
            held=points["held"],
            debt=points["debt"],
            donate_only=points["donate_only"],
            honour=points["honour"],
            lapsing=tuple((date.fromisoformat(lot["on"]), lot["points"]) for lot in points["lapsing"]),
            minutes_clocked=minutes["clocked"],
            minutes_honorary=minutes["honorary"],
            star_level=told["star_level"],
            as_of_seq=told["as_of_seq"],
        )

    def posted(self, path: str, body: dict[str, Any], key: str, who: str = "recorder") -> Reply:
        answer = self.client.post(f"{BASE}{path}", json=body, headers=self.headers(who) | {"Idempotency-Key": key})
        told = answer.get_json()
        replayed = answer.headers.get("Idempotent-Replayed") == "true"
        if answer.status_code in (200, 201):
            return Reply(None, told.get("transaction_seq"), told, replayed)
        assert answer.status_code in (409, 422), answer.text
        assert answer.content_type == "application/problem+json"
        return Reply(code_of(answer), None, {}, replayed)

    def got(self, path: str) -> dict[str, Any]:
        answer = self.client.get(f"{BASE}{path}", headers=self.headers())
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.get_json()
        return told

    def headers(self, who: str = "recorder") -> dict[str, str]:
        name = TELLER if who == "recorder" else who
        if name not in self.tokens:
            self.hire(name)
        return {"Authorization": f"Bearer {self.tokens[name]}"}


def code_of(answer: TestResponse) -> str:
    """The code of a problem; of a malformed request what the story calls it."""
    told = answer.get_json()
    fields = {error["pointer"].rsplit("/", 1)[-1] for error in told.get("errors", ())}
    codes = {MALFORMED.get(field, field) for field in fields}
    return codes.pop() if answer.status_code == 422 and len(codes) == 1 else str(told["code"])
