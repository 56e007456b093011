"""The verb of stories in which prizes are redeemed, by whom and for whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By
from ledger.people import agents
from ledger.people.agents import Agency
from ledger.people.households import Collective
from ledger.prizes import privileges, redemptions
from ledger.prizes.redemptions import Beneficiary
from ledger.prizes.refund import Goods
from tests.banks import SECOND, STAFF
from tests.stories.proposals import said_in
from tests.stories.replies import Reply, reply
from tests.stories.script import Line
from tests.towns import Town


class Redeeming:
    """Through the use cases."""

    bank: Bank
    town: Town
    ids: dict[str, tuple[str, str]]

    def post(self, line: Line, ask: Callable[[str], Reply], say: Callable[[Reply], str]) -> str:
        raise NotImplementedError

    def collectives(self) -> dict[str, Collective]:
        raise NotImplementedError

    def known(self, kind: str) -> dict[str, Any]:
        raise NotImplementedError

    def do_redeem(self, line: Line) -> str:
        """redeem WHO PRIZE [xN] [PRIZE [xN]]... [for RELATION] [aged N] [from NAME] [by AGENT]: of the points of a
        household or group; or an agent stands there for WHO.
        """
        (who, *rest), said = said_in(line, "for", "aged", "from", "by")
        age = int(said["aged"]) if "aged" in said else None
        items = _items(rest)
        return self.post(
            line,
            lambda key: self.redeem(
                who,
                items,
                Beneficiary(said["for"], age) if "for" in said else None,
                key,
                payer=self.collectives()[said["from"]] if "from" in said else None,
                agency=self.agency(who, said["by"]) if "by" in said else None,
            ),
            _handed_over,
        )

    def do_ask(self, line: Line) -> str:
        """ask WHO PRIZE [xN] [PRIZE [xN]]...: what would come of it; every reason for a no."""
        who, *rest = line.words
        return ", ".join(self.ask(who, _items(rest))) or "possible"

    def ask(self, who: str, items: Sequence[tuple[str, int]]) -> list[str]:
        wanted = [(self.town.prize(prize), quantity) for prize, quantity in items]
        found = redemptions.check(
            self.bank, By(actor=STAFF), volunteer=self.town.volunteer(who), desk=self.town.desk, items=wanted
        )
        return [one.code for one in found.objections]

    def do_opens(self, line: Line) -> str:
        """opens WHO: the privileges that are open to them today."""
        return ", ".join(self.opens(line.words[0])) or "nothing"

    def opens(self, who: str) -> list[str]:
        found = privileges.privileges(self.bank, self.town.volunteer(who))
        return [one.privilege.id for one in found if one.is_open]

    def do_foretold(self, line: Line) -> str:
        """foretold WHO PRIZE [xN] [PRIZE [xN]]...: what people must know before it is confirmed."""
        who, *rest = line.words
        return ", ".join(self.foretold(who, _items(rest))) or "nothing"

    def foretold(self, who: str, items: Sequence[tuple[str, int]]) -> list[str]:
        wanted = [(self.town.prize(prize), quantity) for prize, quantity in items]
        found = redemptions.check(
            self.bank, By(actor=STAFF), volunteer=self.town.volunteer(who), desk=self.town.desk, items=wanted
        )
        return [one.text.zh for one in found.notices]

    def do_refund(self, line: Line) -> str:
        """refund NAME [damaged] [alone]: what was redeemed under that name comes back, to another clerk."""
        name, *rest = line.words
        goods: Goods = "damaged" if "damaged" in rest else "sellable"
        return self.post(
            line,
            lambda key: self.refund(UUID(self.ids[name][1]), "示例撤销", key, goods=goods, alone="alone" in rest),
            lambda told: f"undone, owes {told.answer['debt_points']} more",
        )

    def refund(self, id: UUID, reason: str, key: str, *, goods: Goods = "sellable", alone: bool = False) -> Reply:
        who = STAFF if alone else SECOND
        return reply(self.town.refund(id, reason=reason, key=key, goods=goods, who=who))

    def agency(self, who: str, agent: str) -> Agency:
        found = agents.find(self.bank, self.known("agencies")[f"{who} {agent}"][1])
        assert found is not None
        return found

    def redeem(
        self,
        who: str,
        items: Sequence[tuple[str, int]],
        beneficiary: Beneficiary | None,
        key: str,
        *,
        payer: Collective | None,
        agency: Agency | None,
    ) -> Reply:
        town = self.town
        foretold = redemptions.check(
            *(self.bank, By(actor=STAFF)),
            volunteer=town.volunteer(who),
            desk=town.desk,
            items=[(town.prize(prize), quantity) for prize, quantity in items],
            beneficiary=beneficiary,
            payer=payer,
            agency=agency,
        )
        done = reply(town.redeem(who, *items, beneficiary=beneficiary, key=key, payer=payer, agency=agency))
        agree(done, [one.code for one in foretold.objections])
        return done


class RedeemingOverHttp(Redeeming):
    """Through the JSON API."""

    def posted(self, path: str, body: dict[str, Any], key: str, who: str = "recorder") -> Reply:
        raise NotImplementedError

    def got(self, path: str) -> dict[str, Any]:
        raise NotImplementedError

    def opens(self, who: str) -> list[str]:
        told = self.got(f"/volunteers/{self.town.volunteer(who).volunteer_no}/privileges")["privileges"]
        return [str(one["id"]) for one in told if one["is_open"]]

    def foretold(self, who: str, items: Sequence[tuple[str, int]]) -> list[str]:
        return [str(notice["zh"]) for notice in self._check(who, items)["notices"]]

    def ask(self, who: str, items: Sequence[tuple[str, int]]) -> list[str]:
        reasons = self._check(who, items)["reasons"]
        for reason in reasons:
            assert reason["zh"] != reason["en"]
        return [str(reason["code"]) for reason in reasons]

    def _check(self, who: str, items: Sequence[tuple[str, int]]) -> dict[str, Any]:
        wanted = [{"prize_id": str(self.town.prize(prize).id), "quantity": quantity} for prize, quantity in items]
        body = {"volunteer_no": self.town.volunteer(who).volunteer_no, "desk_id": str(self.town.desk.id)}
        return dict(self.posted("/redemptions/check", body | {"items": wanted}, "").answer)

    def refund(self, id: UUID, reason: str, key: str, *, goods: Goods = "sellable", alone: bool = False) -> Reply:
        body = {"reason": reason} | ({"goods": goods} if goods != "sellable" else {})
        return self.posted(f"/redemptions/{id}/reverse", body, key, "recorder" if alone else "colleague")

    def redeem(
        self,
        who: str,
        items: Sequence[tuple[str, int]],
        beneficiary: Beneficiary | None,
        key: str,
        *,
        payer: Collective | None,
        agency: Agency | None,
    ) -> Reply:
        body: dict[str, Any] = {
            "volunteer_no": self.town.volunteer(who).volunteer_no,
            "desk_id": str(self.town.desk.id),
            "items": [{"prize_id": str(self.town.prize(prize).id), "quantity": quantity} for prize, quantity in items],
        }
        if beneficiary is not None:
            body["beneficiary"] = {"relation": beneficiary.relation, "age": beneficiary.age}
        if payer is not None:
            body[f"{payer.owner_kind}_id"] = str(payer.id)
        if agency is not None:
            body["collected_by"] = str(agency.id)
        foretold = self.posted("/redemptions/check", body, key)
        done = self.posted("/redemptions", body, key)
        if foretold.code is None:
            agree(done, [one["code"] for one in foretold.answer["reasons"]])
        return done


def _items(words: Sequence[str]) -> list[tuple[str, int]]:
    items: list[tuple[str, int]] = []
    for word in words:
        if word.startswith("x") and word[1:].lstrip("-").isdigit():
            items[-1] = (items[-1][0], int(word[1:]))
        else:
            items.append((word, 1))
    return items


def agree(done: Reply, foretold: Sequence[str]) -> None:
    """What was foretold is what came of it, and the first reason for a no is among those that were told."""
    if not done.replayed:
        codes = {*foretold, "not_redeemable"}
        assert (done.code is None) == (not foretold), (done, foretold)
        assert done.code is None or done.code in codes, (done, foretold)


def _handed_over(outcome: Reply) -> str:
    notices = [notice["zh"] for notice in outcome.answer.get("notices", ()) if notice["code"] != "reset"]
    flags = " ".join(notice.split("”")[0].split("“")[1] for notice in notices)
    reset = outcome.answer.get("reset_points")
    said = f"handed over for {outcome.answer['points']}" + (f", {reset} reset" if reset else "")
    return said + (f", look at: {flags}" if flags else "")
