"""The verbs of stories about posts, party members' ties, and agents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient

from ledger.bank import Bank, By
from ledger.core.refusals.refusal import Refused
from ledger.people import agents, organisations, party, posts
from ledger.people.organisations import Organisation
from ledger.people.posts import Post
from tests.banks import STAFF
from tests.stories.script import Line
from tests.towns import Town


class Standing:
    """Through the use cases."""

    bank: Bank
    town: Town

    def known(self, kind: str) -> dict[str, Any]:
        """Places, posts, ties and authorisations by the names the story gives them."""
        known: dict[str, Any] = self.__dict__.setdefault(f"_known_{kind}", {})
        return known

    def done(self, _path: str, _body: dict[str, Any], use_case: Callable[[], Any]) -> tuple[str | None, UUID | None]:
        """Do it: the code of the refusal or None, and the id of what was made."""
        try:
            return None, getattr(use_case(), "id", None)
        except Refused as no:
            return no.refusal.code, None

    def do_place(self, line: Line) -> None:
        """place NAME LEVEL [in PLACE]: there is such an organisation in the district, or below that one."""
        name, level, *rest = line.words
        parent = self.place(rest[1]) if rest else self.town.district
        self.known("places")[name] = organisations.create(
            self.bank, By(actor=STAFF), parent=parent, level=level, name=f"示例{name}"
        )

    def place(self, name: str) -> Organisation:
        found: Organisation = self.known("places")[name]
        return found

    # -- posts ---------------------------------------------------------------------------------------------------------

    def do_post(self, line: Line) -> None:
        """post NAME KIND [xN]: a post that N may hold."""
        name, kind, *rest = line.words
        self.known("posts")[name] = posts.create(
            self.bank,
            By(actor=STAFF),
            organisation=self.town.district,
            kind=kind,
            title=None,
            holders_at_most=int(rest[0][1:]) if rest else 1,
        )

    def do_appoint(self, line: Line) -> str:
        """appoint WHO POST [from DATE] [until DATE] [for WHO] [at CONTACT]"""
        who, name, *rest = line.words
        said = dict(zip(rest[::2], rest[1::2], strict=True))
        post: Post = self.known("posts")[name]
        begins, ends = (date.fromisoformat(said[word]) if word in said else None for word in ("from", "until"))
        body: dict[str, Any] = {"volunteer_no": self.town.volunteer(who).volunteer_no}
        body |= {"from_on": begins.isoformat()} if begins else {}
        body |= {"until_on": ends.isoformat()} if ends else {}
        body |= {"contact": said["at"]} if "at" in said else {}
        body |= {"succeeds": self.town.volunteer(said["for"]).volunteer_no} if "for" in said else {}
        code, _ = self.done(
            f"/posts/{post.id}/holders",
            body,
            lambda: posts.appoint(
                self.bank,
                By(actor=STAFF),
                post,
                self.town.volunteer(who),
                from_on=begins or self.bank.today(),
                until_on=ends,
                contact=said.get("at"),
                succeeds=self.town.volunteer(said["for"]) if "for" in said else None,
            ),
        )
        return code or "appointed"

    def do_resigns(self, line: Line) -> str:
        """resigns WHO POST DATE: that day is the last in the post."""
        who, name, day = line.words
        post: Post = self.known("posts")[name]
        volunteer, last = self.town.volunteer(who), date.fromisoformat(day)
        code, _ = self.done(
            f"/posts/{post.id}/holders/{volunteer.volunteer_no}/end",
            {"until_on": day},
            lambda: posts.end(self.bank, By(actor=STAFF), post, volunteer, until_on=last),
        )
        return code or "resigned"

    def do_holds(self, line: Line) -> str:
        """holds WHO [DATE]: the kinds of post WHO holds on that day."""
        who, *rest = line.words
        on = date.fromisoformat(rest[0]) if rest else self.bank.today()
        return ", ".join(sorted(posts.held_post(self.bank, self.town.volunteer(who).id, on))) or "none"

    def do_published(self, line: Line) -> str:  # noqa: ARG002
        """published: what anybody may see of the district's posts today."""
        return "; ".join(f"{title} {name or 'vacant'}{' ' + at if at else ''}" for title, name, at in self.published())

    def published(self) -> list[tuple[str, str | None, str | None]]:
        return [(one.title, one.name, one.contact) for one in posts.published(self.bank, self.town.district)]

    # -- party ---------------------------------------------------------------------------------------------------------

    def do_reports(self, line: Line) -> str:
        """reports WHO home|unit PLACE [DATE]"""
        return self._ties(line, "/party-reports", "side", "reported")

    def do_commits(self, line: Line) -> str:
        """commits WHO team|stairwell|area PLACE [DATE]"""
        return self._ties(line, "/commitments", "kind", "committed")

    def _ties(self, line: Line, path: str, member: str, word: str) -> str:
        who, kind, name, *rest = line.words
        on = date.fromisoformat(rest[0]) if rest else self.bank.today()
        volunteer, place = self.town.volunteer(who), self.place(name)
        body = {
            "volunteer_no": volunteer.volunteer_no,
            member: kind,
            "organisation_id": str(place.id),
            "from_on": on.isoformat(),
        }
        code, id = self.done(
            path,
            body,
            lambda: party.tie(self.bank, By(actor=STAFF), volunteer, kind=kind, organisation=place, from_on=on),
        )
        if id is not None:
            self.known("ties")[f"{who} {kind}"] = (path, id)
        return code or word

    def do_confirms(self, line: Line) -> str:
        """confirms WHO KIND: the organisation says that it is so."""
        path, id = self.known("ties")[" ".join(line.words)]
        code, _ = self.done(f"{path}/{id}/confirm", {}, lambda: party.confirm(self.bank, By(actor=STAFF), self.tie(id)))
        return code or "confirmed"

    def do_ends(self, line: Line) -> str:
        """ends WHO KIND DATE: that day is the last."""
        *words, day = line.words
        path, id = self.known("ties")[" ".join(words)]
        last = date.fromisoformat(day)
        code, _ = self.done(
            f"{path}/{id}/end",
            {"until_on": day},
            lambda: party.end(self.bank, By(actor=STAFF), self.tie(id), until_on=last),
        )
        return code or "ended"

    def tie(self, id: UUID) -> party.Tie:
        found = party.find(self.bank, id)
        assert found is not None
        return found

    def do_coverage(self, line: Line) -> str:
        """coverage PLACE: members, confirmed at home, at their unit, at both, with all three commitments."""
        told = self.coverage(self.place(line.words[0]))
        return (
            f"{told['members']} members, {told['home']} home, {told['unit']} unit, {told['both']} both, "
            f"{told['all_three']} all three"
        )

    def coverage(self, place: Organisation) -> dict[str, int]:
        return party.coverage(self.bank, place)._asdict()

    # -- agents --------------------------------------------------------------------------------------------------------

    def do_authorises(self, line: Line) -> str:
        """authorises WHO AGENT [redeem] [from DATE] [until DATE]"""
        who, agent, *rest = line.words
        scope = "redeem" if "redeem" in rest else "collect"
        until = rest[rest.index("until") + 1] if "until" in rest else None
        begins = date.fromisoformat(rest[rest.index("from") + 1]) if "from" in rest else self.bank.today()
        volunteer, other = self.town.volunteer(who), self.town.volunteer(agent)
        body = {"agent_no": other.volunteer_no, "scope": scope, "captured": "paper", "from_on": begins.isoformat()}
        code, id = self.done(
            f"/volunteers/{volunteer.volunteer_no}/agents",
            body | ({"until_on": until} if until else {}),
            lambda: agents.authorise(
                self.bank,
                By(actor=STAFF),
                volunteer,
                agent=other,
                scope=scope,
                captured="paper",
                from_on=begins,
                until_on=date.fromisoformat(until) if until else None,
            ),
        )
        self.known("agencies")[f"{who} {agent}"] = (volunteer, id)
        return code or "authorised"

    def do_revokes(self, line: Line) -> str:
        """revokes WHO AGENT: WHO takes it back."""
        volunteer, id = self.known("agencies")[" ".join(line.words)]

        def revoke() -> object:
            found = agents.find(self.bank, id)
            assert found is not None
            return agents.revoke(self.bank, By(actor=STAFF), found)

        code, _ = self.done(f"/volunteers/{volunteer.volunteer_no}/agents/{id}/revoke", {}, revoke)
        return code or "revoked"

    def do_may(self, line: Line) -> str:
        """may AGENT collect|redeem WHO"""
        agent, scope, who = line.words
        found = agents.may_collect(
            self.bank, self.town.volunteer(agent).id, self.town.volunteer(who).id, self.bank.today(), scope=scope
        )
        return "yes" if found else "no"


class StandingOverHttp(Standing):
    """Through the JSON API."""

    client: FlaskClient

    def headers(self) -> dict[str, str]:
        raise NotImplementedError

    def done(self, path: str, body: dict[str, Any], _use_case: Callable[[], Any]) -> tuple[str | None, UUID | None]:
        answer = self.client.post(f"/api/v1{path}", json=body, headers=self.headers())
        told = answer.get_json()
        assert answer.status_code in (201, 409), answer.text
        if answer.status_code == 409:
            return str(told["code"]), None
        return None, UUID(told["id"]) if "id" in told else None

    def published(self) -> list[tuple[str, str | None, str | None]]:
        answer = self.client.get(f"/api/v1/organisations/{self.town.district.id}/posts")  # by nobody
        assert answer.status_code == 200, answer.text
        return [(one["title"], one["name"], one["contact"]) for one in answer.get_json()["posts"]]

    def coverage(self, place: Organisation) -> dict[str, int]:
        answer = self.client.get(f"/api/v1/organisations/{place.id}/party-summary", headers=self.headers())
        assert answer.status_code == 200, answer.text
        told: dict[str, int] = answer.get_json()
        return told
