"""The verbs of stories about households and groups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ledger.bank import Bank, By
from ledger.core.accounts import NEVER, Owner, OwnerKind, Purpose
from ledger.core.adjustment import Adjust
from ledger.people import giving, households
from ledger.people.households import HEAD, MEMBER, Collective
from ledger.people.volunteers import Volunteer
from ledger.service import rulebooks
from tests.banks import SECOND, STAFF
from tests.stories.replies import Reply, refusal_of, reply, reply_of
from tests.stories.script import Line
from tests.towns import Town

CAUSE = "cause"
PATHS = {OwnerKind.HOUSEHOLD: "households", OwnerKind.GROUP: "groups"}


class Stay(NamedTuple):
    """A member as a story looks at one."""

    volunteer_no: str
    role: str
    from_on: date
    until_on: date | None

    def holds(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


class Neighbours:
    """Through the use cases."""

    bank: Bank
    town: Town

    def post(self, line: Line, ask: Callable[[str], Reply], say: Callable[[Reply], str]) -> str:
        raise NotImplementedError

    def collectives(self) -> dict[str, Collective]:
        """Households and groups by the names the story gives them."""
        known: dict[str, Collective] = self.__dict__.setdefault("_collectives", {})
        return known

    def owner_of(self, who: str) -> Owner:
        known = self.collectives()
        return known[who].owner if who in known else self.town.volunteer(who).owner

    def do_household(self, line: Line) -> None:
        """household NAME [MEMBER...]: the first of them is its head."""
        self._founded(line, OwnerKind.HOUSEHOLD)

    def do_group(self, line: Line) -> None:
        """group NAME [MEMBER...]: the first of them is its head."""
        self._founded(line, OwnerKind.GROUP)

    def _founded(self, line: Line, kind: OwnerKind) -> None:
        name, *members = line.words
        self.collectives()[name] = self.found(kind, name)
        for at, who in enumerate(members):
            self.join(who, self.collectives()[name], MEMBER if at else HEAD, None)

    def do_join(self, line: Line) -> str:
        """join WHO NAME [head] [DATE]: WHO is a member of that household or group from that day on."""
        who, name, *rest = line.words
        days = [date.fromisoformat(word) for word in rest if word != HEAD]
        role = HEAD if HEAD in rest else MEMBER
        return self.join(who, self.collectives()[name], role, days[0] if days else None) or "joined"

    def do_leave(self, line: Line) -> str:
        """leave WHO NAME [DATE]: that day is the last."""
        who, name, *rest = line.words
        until = date.fromisoformat(rest[0]) if rest else None
        return self.leave(who, self.collectives()[name], until) or "left"

    def do_head(self, line: Line) -> str:
        """head WHO NAME [DATE]: a member becomes the head."""
        who, name, *rest = line.words
        on = date.fromisoformat(rest[0]) if rest else None
        return self.appoint(who, self.collectives()[name], on) or "appointed"

    def do_members(self, line: Line) -> str:
        """members NAME [DATE]: who is in it on that day, the head with a star."""
        name, *rest = line.words
        on = date.fromisoformat(rest[0]) if rest else self.bank.today()
        names = {each.volunteer_no: who for who, each in self.town.people.items()}
        today = [each for each in self.members(self.collectives()[name]) if each.holds(on)]
        return ", ".join(sorted(names[each.volunteer_no] + "*" * (each.role == HEAD) for each in today)) or "nobody"

    def do_pool(self, line: Line) -> str:
        """pool WHO NAME N: a member's points go into the household or group."""
        who, name, points = line.words
        return self.post(
            line,
            lambda key: self.pool(who, self.collectives()[name], int(points), key),
            lambda outcome: f"pooled {outcome.answer['points']}",
        )

    def do_grant(self, line: Line) -> str:
        """grant NAME N [DATE]: points that can only be given away, by hand; valid until that day."""
        name, points, *rest = line.words
        command = Adjust(
            id=self.bank.world.new_id(),
            actor=STAFF,
            second=SECOND,
            owner=self.owner_of(name),
            organisation=self.town.owner,
            purpose=Purpose.DONATE_ONLY,
            amount=int(points),
            expires_on=date.fromisoformat(rest[0]) if rest else NEVER,
            reason="示例团体服务",
        )
        return self.post(line, lambda _: reply(self.bank.submit(command)), lambda _: "granted")

    def do_donate(self, line: Line) -> str:
        """donate GIVER N RECEIVER [MEMBER]: the receiver may be `cause`; MEMBER decides for a household or group."""
        giver, points, receiver, *rest = line.words
        member = rest[0] if rest else None
        return self.post(
            line,
            lambda key: self.donate(giver, int(points), receiver, member, key),
            lambda outcome: f"donated {outcome.answer['points']}",
        )

    # -- how it is done ------------------------------------------------------------------------------------------------

    def found(self, kind: OwnerKind, name: str) -> Collective:
        return households.create(
            self.bank, By(actor=STAFF), kind=kind, organisation=self.town.district, name=f"示例{name}"
        )

    def join(self, who: str, collective: Collective, role: str, on: date | None) -> str | None:
        day = on or self.bank.today()
        book = rulebooks.in_force(self.bank, day)
        policy = book.account(collective.owner_kind.value) if book else None
        most, volunteer = policy.members_at_most if policy else None, self.town.volunteer(who)
        return refusal_of(
            lambda: households.join(
                self.bank, By(actor=STAFF), collective, volunteer, from_on=day, role=role, members_at_most=most
            )
        )

    def leave(self, who: str, collective: Collective, until: date | None) -> str | None:
        last = until or self.bank.today()
        volunteer = self.town.volunteer(who)
        return refusal_of(lambda: households.leave(self.bank, By(actor=STAFF), collective, volunteer, until_on=last))

    def appoint(self, who: str, collective: Collective, on: date | None) -> str | None:
        day = on or self.bank.today()
        volunteer = self.town.volunteer(who)
        return refusal_of(lambda: households.appoint(self.bank, By(actor=STAFF), collective, volunteer, from_on=day))

    def pool(self, who: str, collective: Collective, points: int, key: str) -> Reply:
        return reply_of(
            lambda: giving.pool(
                self.bank,
                By(actor=STAFF),
                self.town.request(f"pool {who} {points}", key),
                member=self.town.volunteer(who),
                into=collective,
                points=points,
                rulebook=rulebooks.in_force(self.bank, self.bank.today()),
            )
        )

    def donate(self, giver: str, points: int, receiver: str, member: str | None, key: str) -> Reply:
        return reply_of(
            lambda: giving.donate(
                self.bank,
                By(actor=STAFF),
                self.town.request(f"donate {giver} {points} {receiver} {member}", key),
                giver=self.party(giver),
                receiver=self.town.district if receiver == CAUSE else self.party(receiver),
                points=points,
                decided_by=self.town.volunteer(member) if member else None,
                rulebook=rulebooks.in_force(self.bank, self.bank.today()),
            )
        )

    def party(self, who: str) -> Volunteer | Collective:
        return self.collectives().get(who) or self.town.volunteer(who)

    def members(self, collective: Collective) -> list[Stay]:
        return [
            Stay(one.volunteer_no, one.role, one.from_on, one.until_on)
            for one in households.members(self.bank, collective)
        ]


class NeighboursOverHttp(Neighbours):
    """Through the JSON API."""

    client: FlaskClient

    def headers(self) -> dict[str, str]:
        raise NotImplementedError

    def path_of(self, who: str) -> str:
        known = self.collectives()
        if who in known:
            return _path(known[who])
        return f"/volunteers/{self.town.volunteer(who).volunteer_no}"

    def sent(self, path: str, body: dict[str, Any]) -> TestResponse:
        answer = self.client.post(f"/api/v1{path}", json=body, headers=self.headers())
        assert answer.status_code in (201, 409), answer.text
        return answer

    def refusal(self, path: str, body: dict[str, Any]) -> str | None:
        """The code of the problem, None where it was done."""
        answer = self.sent(path, body)
        return None if answer.status_code == 201 else str(answer.get_json()["code"])

    def found(self, kind: OwnerKind, name: str) -> Collective:
        body = {"organisation_id": str(self.town.district.id), "name": f"示例{name}"}
        made = households.find(self.bank, kind, UUID(self.sent(f"/{PATHS[kind]}", body).get_json()["id"]))
        assert made is not None
        return made

    def join(self, who: str, collective: Collective, role: str, on: date | None) -> str | None:
        body = {"volunteer_no": self.town.volunteer(who).volunteer_no, "role": role}
        return self.refusal(f"{_path(collective)}/members", body | _day("from_on", on))

    def leave(self, who: str, collective: Collective, until: date | None) -> str | None:
        number = self.town.volunteer(who).volunteer_no
        return self.refusal(f"{_path(collective)}/members/{number}/leave", _day("until_on", until))

    def appoint(self, who: str, collective: Collective, on: date | None) -> str | None:
        body = {"volunteer_no": self.town.volunteer(who).volunteer_no}
        return self.refusal(f"{_path(collective)}/head", body | _day("from_on", on))

    def posted(self, path: str, body: dict[str, Any], key: str) -> Reply:
        raise NotImplementedError

    def pool(self, who: str, collective: Collective, points: int, key: str) -> Reply:
        body = {"volunteer_no": self.town.volunteer(who).volunteer_no, "points": points}
        return self.posted(f"{_path(collective)}/pool", body, key)

    def donate(self, giver: str, points: int, receiver: str, member: str | None, key: str) -> Reply:
        to = {"organisation_id": str(self.town.district.id)} if receiver == CAUSE else self.named(receiver)
        body: dict[str, Any] = {"giver": self.named(giver), "receiver": to, "points": points}
        if member is not None:
            body["decided_by"] = self.town.volunteer(member).volunteer_no
        return self.posted("/donations", body, key)

    def named(self, who: str) -> dict[str, str]:
        known = self.collectives().get(who)
        if known is None:
            return {"volunteer_no": self.town.volunteer(who).volunteer_no}
        return {f"{known.owner_kind}_id": str(known.id)}

    def members(self, collective: Collective) -> list[Stay]:
        answer = self.client.get(f"/api/v1{_path(collective)}/members", headers=self.headers())
        assert answer.status_code == 200, answer.text
        return [
            Stay(each["volunteer_no"], each["role"], date.fromisoformat(each["from_on"]), _read(each["until_on"]))
            for each in answer.get_json()["members"]
        ]


def _path(collective: Collective) -> str:
    return f"/{PATHS[collective.owner_kind]}/{collective.id}"


def _day(name: str, on: date | None) -> dict[str, str]:
    return {} if on is None else {name: on.isoformat()}


def _read(day: str | None) -> date | None:
    return None if day is None else date.fromisoformat(day)
