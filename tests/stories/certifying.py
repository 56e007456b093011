"""The verbs of stories about certificates, what is printed on them beside the service, and yearly letters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from ledger.people import volunteers
from ledger.people.volunteers import Volunteer
from ledger.reading import letters
from ledger.service import certificates, dossiers
from tests.stories.needing import Needing, NeedingOverHttp
from tests.stories.replies import Reply, reply
from tests.stories.script import Line, hours_of
from tests.towns import Town

TRAINED = {"kind": "training", "given_by": "示例红十字会"}


class Certifying(Needing):
    """Through the use cases."""

    town: Town

    def papers(self) -> dict[str, str]:
        """Numbers of certificates by the names the story gives them."""
        known: dict[str, str] = self.__dict__.setdefault("_papers", {})
        return known

    def do_certify(self, line: Line) -> str:
        """certify WHO [from DATE] [until DATE] as NAME: what they did in these days."""
        who, *rest = line.words
        days = dict(zip(rest[::2], rest[1::2], strict=True))
        told: str = self.post(  # type: ignore[attr-defined]
            line, lambda key: self.certified(line.label, who, days.get("from"), days.get("until"), key), _issued
        )
        return told

    def do_certify_all(self, line: Line) -> str:
        """certify_all WHO...: what became of each."""
        said = self.certified_all(line.words, self.town.key())
        return ", ".join(f"{who} {what}" for who, what in zip(line.words, said, strict=True))

    def do_paper(self, line: Line) -> str:
        """paper NAME: what whoever is shown it learns."""
        return self.verdict(self.papers()[line.words[0]])

    def do_annul(self, line: Line) -> str:
        """annul NAME REASON: it is revoked."""
        name, reason = line.words
        told: str = self.post(line, lambda key: self.annulled(name, reason, key), lambda _: "revoked")  # type: ignore[attr-defined]
        return told

    def do_train(self, line: Line) -> str:
        """train WHO TITLE as NAME: a training is kept."""
        who, title = line.words
        body: dict[str, Any] = {**TRAINED, "title": title, "on_day": self.bank.today().isoformat()}
        code, id = self.needing(
            "recorder",
            f"/volunteers/{self.town.volunteer(who).volunteer_no}/dossier",
            body,
            lambda: dossiers.keep(
                self.bank,
                self.town.who("recorder"),
                self.town.volunteer(who),
                **body | {"on_day": self.bank.today()},
            ),
        )
        if id is not None and line.label:
            self.needed()[line.label] = id
        return code or "kept"

    def do_untrain(self, line: Line) -> str:
        """untrain NAME: it was not so."""
        id = self.needed()[line.words[0]]
        found = dossiers.find(self.bank, id)
        assert found is not None
        code, _ = self.needing(
            "recorder",
            f"/dossier-entries/{id}/withdraw",
            {},
            lambda: dossiers.withdraw(self.bank, self.town.who("recorder"), found),
        )
        return code or "withdrawn"

    def do_dossier(self, line: Line) -> str:
        """dossier WHO: what stands of them."""
        return ", ".join(self.kept_of(line.words[0])) or "nothing"

    def do_letter(self, line: Line) -> str:
        """letter WHO YEAR: what the year came to."""
        who, year = line.words
        [made] = letters.letters(self.bank, [self.as_known(who)], int(year))
        minutes = sum(made.minutes.values())
        return f"{made.records} services, {hours_of(minutes)}, from {made.opening} to {made.closing}"

    # -- how it is done ------------------------------------------------------------------------------------------------

    def as_known(self, who: str) -> Volunteer:
        found = volunteers.find(self.bank, self.town.volunteer(who).volunteer_no)
        assert found is not None
        return found

    def certified(self, name: str | None, who: str, since: str | None, until: str | None, key: str) -> Reply:
        request = self.town.request(f"certify {who} {since} {until}", key)
        days = {"since": since and date.fromisoformat(since), "until": until and date.fromisoformat(until)}
        made = reply(certificates.issue(self.bank, self.town.who("recorder"), request, self.as_known(who), **days))  # type: ignore[arg-type]
        return self.filed(name, made)

    def filed(self, name: str | None, made: Reply) -> Reply:
        if name and made.code is None:
            self.papers()[name] = str(made.answer["certificate_no"])
        return made

    def certified_all(self, people: Sequence[str], key: str) -> list[str]:
        wanted = [
            (self.town.request(f"certify {who}", f"{key}-{at}"), self.as_known(who)) for at, who in enumerate(people)
        ]
        made = certificates.issue_all(self.bank, self.town.who("recorder"), wanted)
        return [one.refusal.code if one.refusal else _issued(reply(one)) for one in made]

    def verdict(self, number: str) -> str:
        found = certificates.by_number(self.bank, number)
        assert found is not None
        return f"{found.state} {hours_of(found.minutes)} in {found.records}"

    def annulled(self, name: str, reason: str, key: str) -> Reply:
        found = certificates.by_number(self.bank, self.papers()[name])
        assert found is not None
        request = self.town.request(f"revoke {name} {reason}", key)
        return reply(certificates.revoke(self.bank, self.town.who("recorder"), request, found, reason))  # type: ignore[arg-type]

    def kept_of(self, who: str) -> list[str]:
        return [one.title for one in dossiers.of_volunteer(self.bank, self.as_known(who))]


class CertifyingOverHttp(NeedingOverHttp, Certifying):
    """Through the JSON API; that a letter can be printed, too."""

    def do_letter(self, line: Line) -> str:
        who, year = line.words
        path = f"/api/v1/volunteers/{self.town.volunteer(who).volunteer_no}/yearly-letter?year={year}"
        answer = self.client.get(path, headers=self.headers("recorder"))  # type: ignore[attr-defined]
        assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-"), answer.text
        return super().do_letter(line)

    def certified(self, name: str | None, who: str, since: str | None, until: str | None, key: str) -> Reply:
        days = {name: day for name, day in (("from_on", since), ("until_on", until)) if day}
        made: Reply = self.posted(f"/volunteers/{self.town.volunteer(who).volunteer_no}/certificates", days, key)  # type: ignore[attr-defined]
        return self.filed(name, made)

    def certified_all(self, people: Sequence[str], key: str) -> list[str]:
        body = {"volunteer_nos": [self.town.volunteer(who).volunteer_no for who in people]}
        made: Reply = self.posted("/certificates/batch", body, key)  # type: ignore[attr-defined]
        return [
            one["problem"]["code"]
            if one["outcome"] == "refused"
            else _issued(Reply(None, None, one["certificate"], False))
            for one in made.answer["items"]
        ]

    def verdict(self, number: str) -> str:
        answer = self.client.get(f"/api/v1/certificates/{number}")
        assert answer.status_code == 200, answer.text
        told = answer.get_json()
        assert (told["masked_name"] is None) == (told["state"] == "erased")
        return f"{told['state']} {hours_of(told['minutes'])} in {told['records']}"

    def annulled(self, name: str, reason: str, key: str) -> Reply:
        found = certificates.by_number(self.bank, self.papers()[name])
        assert found is not None
        made: Reply = self.posted(f"/certificates/{UUID(str(found.id))}/revoke", {"reason": reason}, key)  # type: ignore[attr-defined]
        return made

    def kept_of(self, who: str) -> list[str]:
        told = self.got(f"/volunteers/{self.town.volunteer(who).volunteer_no}/dossier")  # type: ignore[attr-defined]
        return [one["title"] for one in told["items"]]


def _issued(made: Reply) -> str:
    return f"{made.answer['state']} {hours_of(int(made.answer['minutes']))} in {made.answer['records']}"
