"""The verbs of stories about micro-wishes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from ledger.service import companionships, fulfilling, wish_claims, wishes
from ledger.service.askers import Asker
from ledger.service.wish_claims import WishClaim
from ledger.service.wishes import Asked, NewWish, Published, Wish
from tests.stories.needing import NEIGHBOUR, Needing, NeedingOverHttp, credits_of
from tests.stories.replies import Reply
from tests.stories.script import Line, minutes_of


class Wishing(Needing):
    """Through the use cases."""

    def wish_called(self, name: str) -> Wish:
        found = wishes.find(self.bank, self.needed()[name])
        assert found is not None
        return found

    def do_wish(self, line: Line) -> str:
        """wish WHO KIND WORDS [minor] [by WHO]: `neighbour:WHO` is somebody who is no volunteer."""
        who, kind, words, *rest = line.words
        is_minor, taker = "minor" in rest, _after(rest, "by", "recorder")
        named = who.removeprefix(NEIGHBOUR)
        asker = {"name": f"示例{named}", "flat": "示例路一号"} if named != who else None
        body: dict[str, Any] = {
            "organisation_id": str(self.town.district.id),
            "kind": kind,
            "channel": "wall",
            "words": words,
            "is_minor": is_minor,
        }
        body |= {"asker": asker} if asker else {"volunteer_no": self.town.volunteer(who).volunteer_no}
        new = NewWish(
            organisation=self.town.district,
            kind=kind,  # type: ignore[arg-type]
            channel="wall",
            words=words,
            volunteer=None if asker else self.town.volunteer(who),
            asker=Asker(**asker) if asker else None,
            is_minor=is_minor,
        )
        code, id = self.needing(taker, "/wishes", body, lambda: wishes.collect(self.bank, self.town.who(taker), new))
        if id is not None and line.label:
            self.needed()[line.label] = id
        return code or "collected"

    def do_hang(self, line: Line) -> str:
        """hang NAME by WHO worth N [cost YUAN] [for N] [saying TEXT] [named] [agreed]: onto the wall; `agreed` is that
        a guardian did.
        """
        name, _, who, *rest = line.words
        shown = Published(
            text=_after(rest, "saying", "想要一件小礼物"),
            points=int(_after(rest, "worth", "0")),
            cost_fen=int(_after(rest, "cost", "50")) * 100,
            person_in_charge="示例负责人",
            claimers_at_most=int(_after(rest, "for", "1")),
            shows_name="named" in rest,
            guardian_agreed="agreed" in rest,
        )
        body = {field: getattr(shown, field) for field in Published.__slots__}
        return self.stepped(
            *(name, who, "publish", body),
            lambda: wishes.publish(self.bank, self.town.who(who), self.wish_called(name), shown),
        )

    def do_turn_down(self, line: Line) -> str:
        """turn_down NAME REASON by WHO"""
        name, reason, _, who = line.words
        return self.stepped(
            *(name, who, "refuse", {"reason": reason}),
            lambda: wishes.refuse(self.bank, self.town.who(who), self.wish_called(name), reason),
        )

    def do_take_back(self, line: Line) -> str:
        """take_back NAME REASON: the wisher does not wish it any more."""
        name, reason = line.words
        return self.stepped(
            *(name, "recorder", "withdraw", {"reason": reason}),
            lambda: wishes.withdraw(self.bank, self.town.who("recorder"), self.wish_called(name), reason),
        )

    def do_claim(self, line: Line) -> str:
        """claim WHO NAME: a volunteer means to fulfil it."""
        who, name = line.words
        volunteer, found = self.town.volunteer(who), self.wish_called(name)
        code, _ = self.needing(
            "recorder",
            f"/wishes/{found.id}/claims",
            {"volunteer_no": volunteer.volunteer_no},
            lambda: wish_claims.claim(self.bank, self.town.who("recorder"), found, volunteer),
        )
        return code or f"until {self.claim_of(who, name).until_on}"

    def do_give_back(self, line: Line) -> str:
        """give_back WHO NAME: they cannot after all."""
        who, name = line.words
        held = self.claim_of(who, name)
        code, _ = self.needing(
            "recorder",
            f"/wish-claims/{held.id}/give-back",
            {},
            lambda: wish_claims.give_back(self.bank, self.town.who("recorder"), held),
        )
        return code or "given back"

    def do_fulfil(self, line: Line) -> str:
        """fulfil NAME [by WHO] [WHO TIME]...: those who hold it have fulfilled it, serving so long."""
        name, *rest = line.words
        teller = _after(rest, "by", "recorder")
        times = [word for at, word in enumerate(rest) if "by" not in (word, rest[at - 1])]
        served = dict(zip(times[::2], (minutes_of(time) for time in times[1::2]), strict=True))
        body = {
            "proof": "示例证明人在场",
            "done_on": self.bank.today().isoformat(),
            "served": self.served_body(served),
        }
        return self.stepped(
            *(name, teller, "fulfil", body),
            lambda: fulfilling.fulfil(
                self.bank,
                self.town.who(teller),
                self.wish_called(name),
                proof="示例证明人在场",
                done_on=self.bank.today(),
                minutes={self.claim_of(who, name).id: minutes for who, minutes in served.items()},
            ),
        )

    def do_not_so(self, line: Line) -> str:
        """not_so NAME: the wisher says that it was not fulfilled."""
        [name] = line.words
        return self.stepped(
            *(name, "recorder", "send-back", {}),
            lambda: fulfilling.send_back(self.bank, self.town.who("recorder"), self.wish_called(name)),
        )

    def do_confirmed(self, line: Line) -> str:
        """confirmed NAME by WHO: the wisher confirmed it to them; what each who fulfilled it gets."""
        name, _, who = line.words
        return self.post(line, lambda key: self.confirm_wish(name, who, key), credits_of)  # type: ignore[attr-defined,no-any-return]

    def do_pair(self, line: Line) -> str:
        """pair WHO NAME: beyond the wish."""
        who, name = line.words
        volunteer, found = self.town.volunteer(who), self.wish_called(name)
        code, id = self.needing(
            "recorder",
            f"/wishes/{found.id}/companionships",
            {"volunteer_no": volunteer.volunteer_no},
            lambda: companionships.pair(self.bank, self.town.who("recorder"), found, volunteer),
        )
        if id is not None:
            self.needed()[f"pair {who} {name}"] = id
        return code or "paired"

    def do_part(self, line: Line) -> str:
        """part WHO NAME: the companionship ends."""
        who, name = line.words
        tie = companionships.find(self.bank, self.needed()[f"pair {who} {name}"])
        assert tie is not None
        code, _ = self.needing(
            "recorder",
            f"/companionships/{tie.id}/end",
            {},
            lambda: companionships.end(self.bank, self.town.who("recorder"), tie),
        )
        return code or "parted"

    def do_wall(self, line: Line) -> str:
        """wall [fulfilled]: what everybody sees there, and how many places are free."""
        state = "confirmed" if line.words else "published"
        names = {id: name for name, id in self.needed().items()}
        told = [
            f"{names[id]} {name or 'a resident'}: {text}" + (f" ({left} free)" if state == "published" else "")
            for id, name, text, left in self.on_wall(state)
        ]
        return "; ".join(told) or "empty"

    # -- how it is done ------------------------------------------------------------------------------------------------

    def claim_of(self, who: str, name: str) -> WishClaim:
        """The one that they hold, or else the latest of theirs."""
        own = self.town.volunteer(who).volunteer_no
        theirs = [each for each in wish_claims.of(self.bank, self.wish_called(name)) if each.volunteer_no == own]
        return max(reversed(theirs), key=lambda each: each.ended_as is None)

    def stepped(self, name: str, who: str, step: str, body: Mapping[str, Any], use_case: Callable[[], Any]) -> str:
        """A step with a wish: the code of the refusal, or its state afterwards."""
        code, _ = self.needing(who, f"/wishes/{self.needed()[name]}/{step}", body, use_case)
        return code or self.wish_called(name).state

    def confirm_wish(self, name: str, who: str, key: str) -> Reply:
        request = self.town.request(f"confirm {name} {who}", key)
        return self.earning(
            *(who, key, f"/wishes/{self.needed()[name]}/confirm", {"how": "in_person"}),
            lambda: fulfilling.confirm(self.bank, self.town.who(who), request, self.wish_called(name), "in_person"),
        )

    def on_wall(self, state: str) -> list[tuple[UUID, str | None, str | None, int]]:
        found = wishes.wall(self.bank, asked=Asked(state=state), after=None, limit=50)
        return [
            (each.wish.id, each.wish.shown_name, each.wish.shown_text, each.wish.claimers_at_most - each.claimed)
            for each in found.items
        ]


class WishingOverHttp(NeedingOverHttp, Wishing):
    """Through the JSON API."""

    def on_wall(self, state: str) -> list[tuple[UUID, str | None, str | None, int]]:
        answer = self.client.get(f"/api/v1/wishes/wall?state={state}")
        assert answer.status_code == 200, answer.text
        items = answer.get_json()["items"]
        return [(UUID(each["id"]), each["name"], each["text"], each["places_left"]) for each in items]


def _after(words: list[str], name: str, otherwise: str) -> str:
    return words[words.index(name) + 1] if name in words else otherwise
