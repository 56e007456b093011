"""Who is in each place of the matrix, and what is theirs: devices, cards, posts, households, agents."""

from __future__ import annotations

from functools import cached_property
from uuid import UUID, uuid4

from ledger.bank import Bank, By, Request
from ledger.core.accounts import OwnerKind
from ledger.people import (
    agents,
    cards,
    closings,
    devices,
    guardians,
    households,
    organisations,
    pairing,
    posts,
    staff,
    volunteer_imports,
    volunteers,
)
from ledger.people.organisations import Organisation
from ledger.store import rows
from tests.api.conftest import PASSWORD
from tests.api.ground_needs import Needs

SECOND = UUID("0190a000-0000-7000-8000-00000000ab1f")
NOWHERE_ID = "0190a000-0000-7000-8000-00000000dead"
NOWHERE_NO = "1234567897"


class People(Needs):
    """Whoever is in one organisation: part of a place."""

    def __init__(self, bank: Bank, by: By, organisation: Organisation) -> None:
        self.bank, self.by, self.organisation = bank, by, organisation
        self.organisation_id = str(organisation.id)
        self._days = 0

    @property
    def today(self) -> str:
        return self.bank.today().isoformat()

    @property
    def new_name(self) -> str:
        """A username that nobody has."""
        return f"x{uuid4().hex}"

    some_token = "a" * 32
    some_number = NOWHERE_NO
    tile_level = 0
    tile_name = "000"

    @property
    def some_seq(self) -> int:
        """A transaction or an account that is there."""
        return 1

    @property
    def some_id(self) -> str:
        """Of what is public: nothing of this id is there."""
        return NOWHERE_ID

    @property
    def some_digest(self) -> str:
        return "0" * 64

    @property
    def new_user_code(self) -> str:
        """What a device shows that asks to be paired."""
        return pairing.ask(self.bank, kind="kiosk", name="示例机", address="192.0.2.1").pairing.user_code

    @property
    def new_key(self) -> Request:
        return Request("matrix", uuid4().hex, uuid4().bytes)

    @property
    def new_team_id(self) -> str:
        team = organisations.create(self.bank, self.by, parent=self.organisation, level="team", name="示例队")
        return str(team.id)

    @cached_property
    def volunteer(self) -> volunteers.Volunteer:
        return volunteers.register(self.bank, self.by, organisation=self.organisation, name="示例甲")

    @property
    def new_volunteer_no(self) -> str:
        return volunteers.register(self.bank, self.by, organisation=self.organisation, name="示例辛").volunteer_no

    @property
    def volunteer_no(self) -> str:
        return self.volunteer.volunteer_no

    @cached_property
    def closed(self) -> volunteers.Volunteer:
        """Somebody whose account was closed."""
        left = volunteers.register(self.bank, self.by, organisation=self.organisation, name="示例壬")
        assert closings.close(self.bank, self.by, self.new_key, left, reason="left").posted
        return left

    @property
    def closed_no(self) -> str:
        return self.closed.volunteer_no

    @cached_property
    def closing_id(self) -> str:
        with self.bank.store.reading() as connection:
            return str(rows.find_all(connection, "closing", [self.closed.id], by="volunteer_id")[self.closed.id]["id"])

    @property
    def new_guardian_id(self) -> str:
        spoken_for = guardians.NewGuardian(name="示例庚", phone="13800138000", relation="mother")
        return str(guardians.record(self.bank, self.by, self.volunteer, spoken_for).id)

    @property
    def new_pair_id(self) -> str:
        """Two who may be one."""
        found = self.bank.world.new_id()
        newer = volunteers.register(self.bank, self.by, organisation=self.organisation, name="示例癸")
        pair = {
            "id": found,
            "volunteer_id": newer.id,
            "other_id": self.volunteer.id,
            "reasons": "same_name_and_phone_tail",
        }
        with self.bank.changing(self.by) as change:
            change.add("possible_duplicate", pair | {"found_at": change.now})
        return str(found)

    def _tie(self, kind: str) -> str:
        """What somebody tied themselves to here; nobody has confirmed it."""
        member = volunteers.register(self.bank, self.by, organisation=self.organisation, name="示例党员")
        with self.bank.changing(self.by) as change:
            id = change.new_id()
            row = {
                "id": id,
                "volunteer_id": member.id,
                "kind": kind,
                "organisation_id": self.organisation.id,
                "status": "reported",
                "from_on": self.bank.today(),
                "recorded_at": change.now,
                "recorded_by": self.by.actor,
                "open_as": str(id),
            }
            change.add("party_tie", row)
        return str(id)

    @property
    def new_report_id(self) -> str:
        return self._tie("home")

    @property
    def new_commitment_id(self) -> str:
        return self._tie("area")

    @property
    def new_post(self) -> posts.Post:
        return posts.create(self.bank, self.by, organisation=self.organisation, kind=self.new_name, title="示例岗")

    @property
    def new_post_id(self) -> str:
        return str(self.new_post.id)

    @cached_property
    def post_id(self) -> str:
        return self.new_post_id

    @property
    def held_post_id(self) -> str:
        """A post that the volunteer holds."""
        post = self.new_post
        posts.appoint(self.bank, self.by, post, self.volunteer, from_on=self.bank.today())
        return str(post.id)

    @property
    def new_agency_id(self) -> str:
        made = agents.authorise(
            self.bank,
            self.by,
            self.volunteer,
            agent="示例代办人",
            scope="collect",
            captured="paper",
            from_on=self.bank.today(),
        )
        return str(made.id)

    @property
    def new_listing_id(self) -> str:
        """Somebody on a list, without an end."""
        with self.bank.changing(self.by) as change:
            row = {
                "id": change.new_id(),
                "volunteer_id": self.volunteer.id,
                "tag": "barred",
                "from_on": self.bank.today(),
                "until_on": None,
                "reason": "示例",
                "recorded_at": change.now,
                "recorded_by": self.by.actor,
            }
            change.add("listing", row)
        return str(row["id"])

    @cached_property
    def device(self) -> devices.Device:
        """A kiosk of this organisation."""
        return self.new_device

    @property
    def new_device(self) -> devices.Device:
        code = self.new_user_code
        made = pairing.approve(
            self.bank, self.by, code, kind="kiosk", name=None, organisation=self.organisation, desk_id=None
        )
        assert made is not None
        return made

    @property
    def new_device_id(self) -> str:
        return str(self.new_device.id)

    @property
    def device_id(self) -> str:
        return str(self.device.id)

    @property
    def new_staff_id(self) -> str:
        """Somebody of the desk of this organisation."""
        hired = staff.hire(
            self.bank,
            self.by,
            username=self.new_name,
            password=PASSWORD,
            name="示例戊",
            roles=[("desk", self.organisation)],
        )
        return str(hired.id)

    @cached_property
    def staff_id(self) -> str:
        return self.new_staff_id

    @property
    def new_card(self) -> cards.Card:
        return cards.issue(self.bank, self.by, self.volunteer)

    @cached_property
    def card(self) -> cards.Card:
        return self.new_card

    @property
    def card_id(self) -> str:
        return str(self.card.id)

    @property
    def new_card_no(self) -> str:
        """A card of this volunteer, to be shown."""
        return self.new_card.card_no

    def _collective(self, kind: OwnerKind) -> households.Collective:
        made = households.create(self.bank, self.by, kind=kind, organisation=self.organisation, name="示例家")
        households.join(
            self.bank,
            self.by,
            made,
            self.volunteer,
            from_on=self.bank.today(),
            role=households.HEAD,
            members_at_most=None,
        )
        return made

    @cached_property
    def household_id(self) -> str:
        return str(self._collective(OwnerKind.HOUSEHOLD).id)

    @cached_property
    def group_id(self) -> str:
        return str(self._collective(OwnerKind.GROUP).id)

    @property
    def new_import_id(self) -> str:
        """A roster that was uploaded and not committed yet."""
        roster = f"姓名\n示例{uuid4().hex[:6]}\n".encode()
        return str(volunteer_imports.check(self.bank, self.by, self.organisation, roster).id)
