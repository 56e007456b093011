"""Verbs of stories about who stands at a kiosk: cards, PINs, screens."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from ledger.bank import Bank, By
from ledger.people import cards, devices, masking, pairing, pins, screens, sessions, staff
from ledger.people.cards import Card
from ledger.people.devices import Device
from ledger.people.sessions import Session
from ledger.people.throttles import Source, Throttled
from ledger.reading.balances import balance_of
from tests.banks import STAFF
from tests.stories.script import Line
from tests.towns import Town

BASE = "/api/v1"
STAFF_S = "staff"
"""The token of the person of the staff whom the driver has hired."""
NOBODY_S_NUMBER = "1234567897"


class Identities:
    """Through the use cases."""

    bank: Bank
    town: Town

    def __init__(self) -> None:
        self.devices: dict[str, Any] = {}
        self.cards: dict[str, Card] = {}
        self.codes: dict[str, str] = {}
        self.here: Any = None
        """The session of whoever came in last."""

    def do_kiosk(self, line: Line) -> str:
        """kiosk NAME: somebody sets one up and an administrator pairs it."""
        self.devices[line.words[0]] = self.paired(line.words[0])
        return "paired"

    def do_card(self, line: Line) -> str:
        """card WHO NAME: a card is issued, called so."""
        who, name = line.words
        self.cards[name] = self.issued(who)
        return "issued"

    def do_lose(self, line: Line) -> str:
        """lose CARD: it is reported lost."""
        return self.ended(self.cards[line.words[0]])

    def do_pin(self, line: Line) -> str:
        """pin WHO PIN: set at the desk."""
        who, pin = line.words
        return self.pin_set(who, pin) or "set"

    def do_enter(self, line: Line) -> str:
        """enter KIOSK WHO|CARD PIN: who comes in by number or card."""
        kiosk, whose, pin = line.words
        if whose in self.cards:
            return self.entered(kiosk, "card", self.cards[whose].card_no, pin)
        number = NOBODY_S_NUMBER if whose == "nobody" else self.town.volunteer(whose).volunteer_no
        return self.entered(kiosk, "volunteer_no", number, pin)

    def do_look(self, line: Line) -> str:
        """look KIOSK CARD: what the card tells without its PIN."""
        return self.glanced(line.words[0], self.cards[line.words[1]].card_no)

    def do_reads(self, line: Line) -> str:
        """reads WHO: what whoever came in last reads of this person's balance."""
        return self.read(line.words[0])

    def do_revoke(self, line: Line) -> str:
        """revoke KIOSK: an administrator revokes it."""
        self.revoked(line.words[0])
        return "revoked"

    def do_helped(self, line: Line) -> str:
        """helped WHO: staff open a session for them."""
        return self.assisted(line.words[0])

    def do_screen(self, line: Line) -> str:
        """screen NAME: the screen of whoever came in last shows a code, called so."""
        code = self.shown()
        if code.isdigit():
            self.codes[line.words[0]] = code
            return "shown"
        return code

    def do_scan(self, line: Line) -> str:
        """scan KIOSK CODE: who comes in by it."""
        return self.scanned(line.words[0], self.codes[line.words[1]])

    # -- how ----------------------------------------------------------------------------------------------------------

    def paired(self, name: str) -> Any:
        asked = pairing.ask(self.bank, kind="kiosk", name=f"示例{name}", address="192.0.2.1")
        code = asked.pairing.user_code
        organisation = self.town.district
        pairing.approve(
            self.bank, By(actor=STAFF), code, kind="kiosk", name=None, organisation=organisation, desk_id=None
        )
        return pairing.poll(self.bank, asked.device_code)

    def issued(self, who: str) -> Card:
        return cards.issue(self.bank, By(actor=STAFF), self.town.volunteer(who))

    def ended(self, card: Card) -> str:
        return cards.end(self.bank, By(actor=STAFF), card, "lost").ended_for or "good"

    def pin_set(self, who: str, pin: str) -> str | None:
        done = pins.set_pin(self.bank, By(actor=STAFF), self.town.volunteer(who), pin)
        return None if done else "easily_guessed"

    def entered(self, kiosk: str, how: str, number: str, pin: str) -> str:
        device: Device = self.devices[kiosk]
        if devices.standing(self.bank, device.id) is None:
            return "token_invalid"
        try:
            volunteer = pins.identified(self.bank, Source(address="192.0.2.1", device=device.id), number, pin)
        except Throttled:
            return "too_many_requests"
        if volunteer is None:
            return "identification_failed"
        self.here = sessions.identify(self.bank, device, volunteer, "card" if how == "card" else "number")
        return self.came_in(self.here.volunteer_no)

    def glanced(self, kiosk: str, card_no: str) -> str:  # noqa: ARG002 - every kiosk is told the same
        volunteer = cards.holder(self.bank, card_no)
        if volunteer is None:
            return "not_found"
        name = masking.masked(volunteer.name)
        return f"{name}, {balance_of(self.bank, volunteer.owner).points} points"

    def read(self, who: str) -> str:
        open_now = sessions.find_open(self.bank, self.here.id)
        if open_now is None:
            return "out"
        volunteer = self.town.volunteer(who)
        if open_now.volunteer_id != volunteer.id:
            return "not_found"
        return f"{balance_of(self.bank, volunteer.owner).points} points"

    def revoked(self, kiosk: str) -> None:
        devices.revoke(self.bank, By(actor=STAFF), self.devices[kiosk])

    def assisted(self, who: str) -> str:
        helper = staff.hire(
            self.bank,
            None,
            username=f"helper-{len(self.codes)}",
            password="correct horse battery",
            name="示例职员",
            roles=[("desk", self.town.district)],
        )
        by = By(actor=helper.id)
        self.here = sessions.assist(self.bank, by, self.town.volunteer(who), "needs_help")
        return self.came_in(self.here.volunteer_no)

    def shown(self) -> str:
        session: Session = self.here
        return screens.show(self.bank, session).code if screens.may_show(session) else "pin_needed"

    def scanned(self, kiosk: str, code: str) -> str:
        session = screens.spend(self.bank, code)
        if session is None:
            return "identification_failed"
        volunteer = self.town.known(session.volunteer_no)
        self.here = sessions.identify(self.bank, self.devices[kiosk], volunteer, "screen")
        return self.came_in(session.volunteer_no)

    def came_in(self, volunteer_no: str) -> str:
        return f"{self.town.known(volunteer_no).name.removeprefix('示例')} comes in"


class IdentitiesOverHttp(Identities):
    """Through the JSON API, with the tokens that each would have."""

    client: FlaskClient
    tokens: dict[str, str]

    def spoken(self, method: str, path: str, token: str, body: Any = None, **headers: str) -> Any:
        if token == STAFF_S:
            token = next(iter(self.tokens.values()))
        options: dict[str, Any] = {"headers": headers | ({"Authorization": f"Bearer {token}"} if token else {})}
        if body is not None:
            options["json"] = body
        return self.client.open(f"{BASE}{path}", method=method, **options)

    def paired(self, name: str) -> str:
        asked = self.spoken(
            "POST", "/auth/device_authorization", "", {"kind": "kiosk", "name": f"示例{name}"}
        ).get_json()
        body = {"user_code": asked["user_code"], "kind": "kiosk", "organisation_id": str(self.town.district.id)}
        assert self.spoken("POST", "/auth/devices/approve", STAFF_S, body).status_code == 201
        grant = "urn:ietf:params:oauth:grant-type:device_code"
        tokens = self.spoken("POST", "/auth/token", "", {"grant_type": grant, "device_code": asked["device_code"]})
        return str(tokens.get_json()["access_token"])

    def issued(self, who: str) -> Card:
        path = f"/volunteers/{self.town.volunteer(who).volunteer_no}/cards"
        told = self.spoken("POST", path, STAFF_S, {}).get_json()
        [found] = [card for card in cards.of(self.bank, self.town.volunteer(who)) if str(card.id) == told["id"]]
        return found

    def ended(self, card: Card) -> str:
        [who] = [one for one in self.town.people.values() if one.id == card.volunteer_id]
        path = f"/volunteers/{who.volunteer_no}/cards/{card.id}/end"
        return str(self.spoken("POST", path, STAFF_S, {"reason": "lost"}).get_json()["ended_for"])

    def pin_set(self, who: str, pin: str) -> str | None:
        path = f"/volunteers/{self.town.volunteer(who).volunteer_no}/pin"
        told = self.spoken("POST", path, STAFF_S, {"pin": pin})
        return None if told.status_code == 200 else str(told.get_json()["errors"][0]["code"])

    def entered(self, kiosk: str, how: str, number: str, pin: str) -> str:
        return self._let_in(self.spoken("POST", "/auth/volunteer", self.devices[kiosk], {how: number, "pin": pin}))

    def glanced(self, kiosk: str, card_no: str) -> str:
        told = self.spoken("POST", "/auth/volunteer/glance", self.devices[kiosk], {"card": card_no}).get_json()
        return str(told["code"]) if "code" in told else f"{told['name']}, {told['points']} points"

    def read(self, who: str) -> str:
        path = f"/volunteers/{self.town.volunteer(who).volunteer_no}/balance"
        told = self.spoken("GET", path, self.here)
        if told.status_code == 401:
            return "out"
        return f"{told.get_json()['points']['balance']} points" if told.status_code == 200 else "not_found"

    def revoked(self, kiosk: str) -> None:
        id = self.spoken("GET", "/auth/device", self.devices[kiosk]).get_json()["device"]["id"]
        tag = self.spoken("GET", f"/auth/devices/{id}", STAFF_S).headers["ETag"]
        told = self.spoken("DELETE", f"/auth/devices/{id}", STAFF_S, **{"If-Match": tag})
        assert told.status_code == 200, told.text

    def assisted(self, who: str) -> str:
        body = {"volunteer_no": self.town.volunteer(who).volunteer_no, "purpose": "needs_help"}
        return self._let_in(self.spoken("POST", "/auth/volunteer/assist", STAFF_S, body))

    def shown(self) -> str:
        told = self.spoken("POST", "/auth/volunteer/screen-code", self.here, {}).get_json()
        return str(told["code"])

    def scanned(self, kiosk: str, code: str) -> str:
        return self._let_in(self.spoken("POST", "/auth/volunteer/screen", self.devices[kiosk], {"code": code}))

    def _let_in(self, told: Any) -> str:
        if told.status_code != 200:
            return str(told.get_json()["code"])
        self.here = told.get_json()["access_token"]
        return self.came_in(told.get_json()["volunteer_no"])
