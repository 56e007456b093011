"""What is said of a wish, and what is told of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from api.askers import AskerForm
from api.fields import Day, Form, Id, Name, Reason, VolunteerNo
from api.need_credits import CreditAnswer
from api.pagination import PageQuery

State = Literal["collected", "published", "fulfilled", "confirmed", "refused", "withdrawn"]
Kind = Literal["thing", "service", "company"]
Channel = Literal["wall", "kiosk", "visit", "online"]
RefusedFor = Literal["too_expensive", "commercial", "unlawful", "infeasible", "cash", "repeated", "not_a_wish"]
WithdrawnFor = Literal["no_longer_needed", "granted_elsewhere", "moved_away", "by_mistake"]
Amount = Annotated[int, Field(ge=0, le=2**53 - 1)]
People = Annotated[int, Field(ge=1, le=20)]
Minutes = Annotated[int, Field(ge=1, le=1_440)]
HELPERS_MAX = 20


class NewWishForm(Form):
    """What somebody wishes, in their own words, and how it came in: a volunteer, or a neighbour by name. `is_minor`
    where the wisher is under eighteen.
    """

    organisation_id: Id
    kind: Kind
    channel: Channel
    words: Reason
    volunteer_no: VolunteerNo | None = None
    asker: AskerForm | None = None
    is_minor: bool = False


class OwnWish(Form):
    """What I wish, in my own words."""

    kind: Kind
    words: Reason


class Publishing(Form):
    """How it hangs on the wall: words about the wish alone, what it may cost (hundredths of a yuan), what fulfilling it
    carries (points in the smallest unit), who answers for it, and how many may fulfil it together. `shows_name` where
    the wisher wants their masked name there; of a minor never, and only once a guardian agreed.
    """

    text: Reason
    points: Amount
    cost_fen: Amount
    person_in_charge: Name
    claimers_at_most: People = 1
    shows_name: bool = False
    guardian_agreed: bool = False


class Refusing(Form):
    """Why it is no micro-wish."""

    reason: RefusedFor


class Withdrawing(Form):
    """Why it is taken back."""

    reason: WithdrawnFor


class Claiming(Form):
    """Who takes it up."""

    volunteer_no: VolunteerNo


class Served(Form):
    """Who served how long, where fulfilling it was service."""

    volunteer_no: VolunteerNo
    minutes: Minutes


class Fulfilling(Form):
    """What proves it, in words: what was given or done, and who was there."""

    proof: Reason
    done_on: Day
    served: Annotated[list[Served], Field(max_length=HELPERS_MAX)] = Field(default=[])


class Confirming(Form):
    """How the wisher confirmed it."""

    how: Literal["wisher", "guardian", "in_person", "phone"]


class WishQuery(PageQuery):
    """Which wishes."""

    state: State | None = None
    kind: Kind | None = None
    channel: Channel | None = None
    organisation_id: Id | None = None


class WallQuery(PageQuery):
    """Which side of the wall: what can be claimed, or what was fulfilled; of one organisation and all below it."""

    state: Literal["published", "confirmed"] = "published"
    organisation_id: Id | None = None


class WishAnswer(TypedDict):
    """A wish, for those who look after it. The asker's name is masked; how to reach them is disclosed for a purpose."""

    id: str
    organisation_id: str
    organisation: str
    channel: Channel
    kind: Kind
    state: State
    words: str
    asker: str | None
    volunteer_no: str | None
    is_minor: bool
    text: str | None
    shown_name: str | None
    points: int | None
    cost_fen: int | None
    claimers_at_most: int
    person_in_charge: str | None
    reason: str | None
    proof: str | None
    done_on: str | None
    confirmed_how: str | None
    collected_at: str
    verified_at: str | None
    fulfilled_at: str | None
    ended_at: str | None
    collected_by: str
    verified_by: str | None
    fulfilled_by: str | None


class ClaimedAnswer(TypedDict):
    """Who took a wish up, the name masked."""

    id: str
    volunteer_no: str
    name: str
    state: Literal["open", "expired", "fulfilled", "given_back", "over"]
    until_on: str
    minutes: int | None


class WishDetailAnswer(WishAnswer):
    """A wish with everybody who took it up, the first one first."""

    claims: list[ClaimedAnswer]


class OnWallAnswer(TypedDict):
    """A wish as everybody sees it: nothing of the wisher but a masked name, where they want it. `helpers` are those who
    fulfilled it and agree to be named, masked.
    """

    id: str
    organisation: str
    kind: Kind
    state: State
    text: str | None
    name: str | None
    points: int | None
    claimers_at_most: int
    places_left: int
    done_on: str | None
    helpers: list[str]


class ConfirmedAnswer(TypedDict):
    """A confirmed wish, and what each who fulfilled it is credited with."""

    wish: WishAnswer
    credits: list[CreditAnswer]
