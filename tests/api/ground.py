"""The ground of the matrix: one bank with an organisation in each place, as seen by somebody whose role holds in `own`,
and something of every kind in each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from flask.testing import FlaskClient

from api import Keys, create_app
from api.callers import Kind
from api.scopes import DEVICE_SCOPES, SCOPES_OF, Scope
from ledger.bank import Bank, By
from ledger.governance import drafts
from ledger.governance.templates import TEMPLATES
from ledger.people import (
    keys,
    organisations,
    sessions,
    sign_ins,
    staff,
)
from ledger.people.organisations import Organisation
from ledger.people.sign_ins import Holder
from ledger.prizes.slip_numbers import SERIAL_MAX, number_of
from ledger.rules import book
from ledger.settings import Settings
from tests.api.conftest import PASSWORD, Client
from tests.api.ground_people import NOWHERE_ID, NOWHERE_NO
from tests.api.ground_prizes import Prizes
from tests.api.ground_service import Service

NOWHERE_SEQ = 999_999_999
NOWHERE_CARD = "0" * 16


OF_NO_PLACE = frozenset(
    {
        "today",
        "new_name",
        "some_seq",
        "new_user_code",
        "some_id",
        "some_digest",
        "some_number",
        "some_notice_id",
        "some_token",
        "tile_level",
        "tile_name",
        "a_card",
        "card_of_who_came",
    }
)
"""What a request may need that belongs to nobody."""


class Place(Service, Prizes):
    """Something of every kind in one organisation, made by the use cases when it is first named; what is called `new_…`
    is another one each time.
    """

    @cached_property
    def draft_id(self) -> str:
        """A rulebook that somebody means to propose."""
        made = drafts.draft(
            self.bank,
            self.by,
            organisation=self.organisation,
            kind="rulebook",
            template=TEMPLATES[0],
            title="示例细则",
            reasons="示例",
            document=book("example"),
        )
        return str(made.id)

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """What betrays this place wherever it is told."""
        named = (self.organisation_id, self.volunteer_no, self.activity_id, self.prize_id, self.desk_id)
        people = (
            self.device_id,
            self.card_id,
            self.staff_id,
            self.household_id,
            self.group_id,
            self.post_id,
            self.objection_id,
            self.dispute_id,
        )
        return (*named, *people, self.report_id, self.session_id, self.reservation_id)


class Nowhere:
    """Ids of every kind that nobody has."""

    marks: tuple[str, ...] = ()

    def __init__(self, place: Place) -> None:
        self._place = place

    def __getattr__(self, name: str) -> Any:
        if name in OF_NO_PLACE:
            return getattr(self._place, name)
        if name == "new_slip_no":
            return number_of(SERIAL_MAX)
        if name == "new_card_no":
            return NOWHERE_CARD
        if name.endswith("_no"):
            return NOWHERE_NO
        return NOWHERE_SEQ if name.endswith("_seq") else NOWHERE_ID


class About:
    """What one request is about: a place, but for one thing that is of another. Remembers what it was asked for; where
    nothing will come of it, what is new each time is made once.
    """

    kept: ClassVar[dict[tuple[int, str], Any]] = {}

    def __init__(self, place: Any, name: str = "", other: Any = None, *, in_vain: bool = False) -> None:
        self._place, self._name, self._other, self._in_vain = place, name, other, in_vain
        self._own: dict[tuple[int, str], Any] = {}
        self.named: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        place = self._other if name == self._name else self._place
        if name not in OF_NO_PLACE:
            self.named.add(name)
        known, key = (self.kept, (id(place), name)) if self._in_vain else (self._own, (0, name))
        if key not in known:
            known[key] = getattr(place, name)
        return known[key]


class Ground:
    """The bank, its places, and a client for each caller; their tokens are minted with the bank's own keys."""

    def __init__(self, bank: Bank, settings: Settings, district: Organisation, here: Organisation, there: Organisation):
        self.bank = bank
        self.keys = Keys(keys.load(settings.data_dir), issuer="bank.example", clock=bank.world.clock)
        self.app = create_app(bank, self.keys)
        self.app.testing = False
        by = By(actor=self._hired("admin", district, "hand").id)
        estate = organisations.create(bank, by, parent=here, level="estate", name="示例小区")
        self.places: dict[str, Any] = {
            "own": Place(bank, by, here),
            "neighbour": Place(bank, by, here),
            "child": Place(bank, by, estate),
            "sibling": Place(bank, by, there),
            "above": Place(bank, by, district),
        }
        for place in self.places.values():
            assert place.stocked
            assert place.new_claim_id
            assert place.new_deed_claim_id
            assert place.unrecorded_id
            assert place.new_paper_id
            assert place.new_refund_request_id
            assert place.is_starred
            assert place.new_pair_id
            assert place.new_flag_id
            assert place.purchase_id
            assert place.new_collected_wish_id
            assert place.new_task_id
            assert place.new_companionship_id
            assert place.new_appraisal_id
            assert place.marks
        self.places["unknown"] = Nowhere(self.places["own"])
        self.kiosk = self.places["own"].device
        self.callers: dict[str, Client] = {"nobody": Client(self.flask)}
        for role in SCOPES_OF:
            self.callers[role] = self._staff(role, here)
        self.callers["whole auditor"] = self._staff("auditor", district, "whole-auditor")
        signed_in = sign_ins.begin(self.bank, Holder(None, self.kiosk.id))
        self.callers["device"] = self._client(
            self.kiosk.id, sorted(DEVICE_SCOPES), client=Kind.DEVICE, session_id=signed_in.id
        )
        self.let_volunteer_in()

    def let_volunteer_in(self) -> None:
        """The volunteer of `own` signs in at the kiosk."""
        volunteer = self.places["own"].volunteer
        session = sessions.identify(self.bank, self.kiosk, volunteer, "number")
        self.callers["volunteer"] = self._client(
            volunteer.id, [Scope.OWN], client=Kind.VOLUNTEER, session_id=session.id
        )

    @property
    def flask(self) -> FlaskClient:
        return self.app.test_client()

    def _hired(self, role: str, place: Organisation, username: str) -> staff.Person:
        return staff.hire(self.bank, None, username=username, password=PASSWORD, name="示例丙", roles=[(role, place)])

    def _staff(self, role: str, place: Organisation, username: str | None = None) -> Client:
        person = self._hired(role, place, username or f"{role}-matrix")
        signed_in = sign_ins.begin(self.bank, Holder(person.id, None))
        return self._client(person.id, sorted(SCOPES_OF[role]), session_id=signed_in.id)

    def _client(self, subject: UUID, scope: Sequence[str], **more: Any) -> Client:
        return Client(self.flask, self.keys.mint(subject, scope, self.bank.world.new_id(), **more))
