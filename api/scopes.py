"""Scopes: what each role may do. Rights flow down the tree: a role in an organisation holds for all below it."""

from __future__ import annotations

from enum import StrEnum

from ledger.people.staff import Actor


class Scope(StrEnum):
    """One kind of deed. Every route names one, or says that it is PUBLIC."""

    ORGANISATIONS_READ = "organisations:read"
    ORGANISATIONS_WRITE = "organisations:write"
    STAFF_READ = "staff:read"
    STAFF_WRITE = "staff:write"
    SELF = "self"
    """To change what one signs in with: every person's of the staff, whatever else they still have to do first."""
    DEVICES_READ = "devices:read"
    DEVICES_WRITE = "devices:write"
    VOLUNTEERS_READ = "volunteers:read"
    VOLUNTEERS_WRITE = "volunteers:write"
    VOLUNTEERS_DISCLOSE = "volunteers:disclose"
    VOLUNTEERS_COPY = "volunteers:copy"
    VOLUNTEERS_CLOSE = "volunteers:close"
    VOLUNTEERS_ERASE = "volunteers:erase"
    CONSENTS_WRITE = "consents:write"
    VIEWINGS_READ = "viewings:read"
    PRIVACY_WRITE = "privacy:write"
    VOLUNTEERS_ASSIST = "volunteers:assist"
    CARDS_WRITE = "cards:write"
    PINS_WRITE = "pins:write"
    BALANCES_READ = "balances:read"
    ACTIVITIES_READ = "activities:read"
    ACTIVITIES_WRITE = "activities:write"
    ATTENDANCE_WRITE = "attendance:write"
    """To check people in and out by what they show; with a person's own hand, by a list too."""
    ANNOUNCEMENTS_READ = "announcements:read"
    """To see the activities that are published for everybody."""
    WORKING_DAYS_READ = "working-days:read"
    WORKING_DAYS_WRITE = "working-days:write"
    SERVICE_RECORDS_READ = "service-records:read"
    SERVICE_RECORDS_WRITE = "service-records:write"
    SERVICE_RECORDS_REVIEW = "service-records:review"
    SERVICE_RECORDS_CORRECT = "service-records:correct"
    SERVICE_RECORDS_REVERSE = "service-records:reverse"
    CERTIFICATES_READ = "certificates:read"
    CERTIFICATES_ISSUE = "certificates:issue"
    CERTIFICATES_REVOKE = "certificates:revoke"
    NOTICES_WRITE = "notices:write"
    OBJECTIONS_RESOLVE = "objections:resolve"
    DISPUTES_ANSWER = "disputes:answer"
    WISHES_READ = "wishes:read"
    WISHES_WRITE = "wishes:write"
    WISHES_VERIFY = "wishes:verify"
    """To hang a wish on the wall or turn it down: never one's own catch."""
    REQUESTS_READ = "requests:read"
    REQUESTS_WRITE = "requests:write"
    REQUESTS_REPORT = "requests:report"
    """To see how many there are and how long they take; none of them by itself."""
    DEEDS_WRITE = "deeds:write"
    DEEDS_REVERSE = "deeds:reverse"
    FLAGS_READ = "flags:read"
    FLAGS_WRITE = "flags:write"
    LAPSES_READ = "lapses:read"
    STARS_READ = "stars:read"
    STARS_WRITE = "stars:write"
    RULEBOOKS_READ = "rulebooks:read"
    PROPOSALS_WRITE = "proposals:write"
    PROPOSALS_RECORD = "proposals:record"
    PRIZES_READ = "prizes:read"
    PRIZES_WRITE = "prizes:write"
    STOCK_READ = "stock:read"
    STOCK_WRITE = "stock:write"
    REDEMPTIONS_WRITE = "redemptions:write"
    REDEMPTIONS_REVERSE = "redemptions:reverse"
    POINTS_GIVE = "points:give"
    PARTY_READ = "party:read"
    PARTY_WRITE = "party:write"
    LEDGER_READ = "ledger:read"
    AUDIT_READ = "audit:read"
    REPORTS_READ = "reports:read"
    """To see how much there is of everything, and of nobody in particular."""
    SESSIONS_OPEN = "sessions:open"
    """To let a volunteer identify themselves: what a paired device is for, and no person's."""
    OWN = "own"
    """To do what only the volunteer themselves may."""


class Public(StrEnum):
    """The mark of a route that anybody may call, without a token."""

    PUBLIC = "public"


PUBLIC = Public.PUBLIC

_LOOKING = frozenset(
    {
        *(Scope.SELF, Scope.ORGANISATIONS_READ, Scope.ACTIVITIES_READ, Scope.RULEBOOKS_READ, Scope.PRIZES_READ),
        Scope.WORKING_DAYS_READ,
    }
)
_PEOPLE = frozenset(
    {
        *(Scope.VOLUNTEERS_READ, Scope.BALANCES_READ, Scope.FLAGS_READ, Scope.LAPSES_READ),
        Scope.CERTIFICATES_READ,
    }
)

_NEEDS = frozenset({Scope.WISHES_READ, Scope.WISHES_WRITE, Scope.REQUESTS_READ, Scope.REQUESTS_WRITE})
_PARTY = frozenset({Scope.PARTY_READ, Scope.PARTY_WRITE})
_STARS = frozenset({Scope.STARS_READ, Scope.STARS_WRITE})
_IN_PERSON = frozenset({Scope.VOLUNTEERS_DISCLOSE, Scope.VOLUNTEERS_COPY, Scope.CONSENTS_WRITE})
"""What is done with the person standing there."""

SCOPES_OF: dict[str, frozenset[Scope]] = {
    "organiser": frozenset(
        {
            *_LOOKING,
            *_PEOPLE,
            *_IN_PERSON,
            Scope.VOLUNTEERS_WRITE,
            Scope.VOLUNTEERS_ASSIST,
            Scope.CARDS_WRITE,
            Scope.ACTIVITIES_WRITE,
            Scope.SERVICE_RECORDS_READ,
            Scope.SERVICE_RECORDS_WRITE,
            Scope.SERVICE_RECORDS_CORRECT,
            Scope.ATTENDANCE_WRITE,
            Scope.SERVICE_RECORDS_WRITE,
            Scope.CERTIFICATES_ISSUE,
            Scope.NOTICES_WRITE,
            Scope.PROPOSALS_WRITE,
            Scope.PROPOSALS_RECORD,
            Scope.DEEDS_WRITE,
            *_PARTY,
            *_NEEDS,
            Scope.REQUESTS_REPORT,
            Scope.STARS_READ,
            Scope.REPORTS_READ,
        }
    ),
    "reviewer": frozenset(
        {
            *_LOOKING,
            *_PEOPLE,
            Scope.SERVICE_RECORDS_READ,
            Scope.SERVICE_RECORDS_REVIEW,
            Scope.SERVICE_RECORDS_CORRECT,
            Scope.NOTICES_WRITE,
            Scope.OBJECTIONS_RESOLVE,
            Scope.DISPUTES_ANSWER,
            Scope.SERVICE_RECORDS_REVERSE,
            Scope.CERTIFICATES_REVOKE,
            Scope.PROPOSALS_RECORD,
            Scope.DEEDS_REVERSE,
            Scope.FLAGS_WRITE,
            Scope.VOLUNTEERS_CLOSE,
            *(Scope.WISHES_READ, Scope.WISHES_VERIFY, Scope.REQUESTS_READ, Scope.REQUESTS_REPORT),
            *_STARS,
            Scope.REPORTS_READ,
        }
    ),
    "desk": frozenset(
        {
            *_LOOKING,
            *_PEOPLE,
            *_IN_PERSON,
            Scope.VOLUNTEERS_ASSIST,
            Scope.CARDS_WRITE,
            Scope.PINS_WRITE,
            Scope.CERTIFICATES_ISSUE,
            Scope.STOCK_READ,
            Scope.STOCK_WRITE,
            Scope.REDEMPTIONS_WRITE,
            Scope.REDEMPTIONS_REVERSE,
            Scope.POINTS_GIVE,
            *_NEEDS,
        }
    ),
    "admin": frozenset(
        {
            *_LOOKING,
            *_PEOPLE,
            *_IN_PERSON,
            Scope.VOLUNTEERS_ERASE,
            Scope.PRIVACY_WRITE,
            Scope.WORKING_DAYS_WRITE,
            Scope.ORGANISATIONS_WRITE,
            Scope.PROPOSALS_WRITE,
            Scope.PROPOSALS_RECORD,
            Scope.STAFF_READ,
            Scope.STAFF_WRITE,
            Scope.DEVICES_READ,
            Scope.DEVICES_WRITE,
            Scope.VOLUNTEERS_WRITE,
            Scope.ACTIVITIES_WRITE,
            Scope.NOTICES_WRITE,
            Scope.PRIZES_WRITE,
            Scope.STOCK_READ,
            *_PARTY,
            *(Scope.WISHES_READ, Scope.REQUESTS_READ, Scope.REQUESTS_REPORT),
            *_STARS,
            Scope.REPORTS_READ,
        }
    ),
    "auditor": frozenset(
        {
            *_LOOKING,
            *_PEOPLE,
            Scope.STAFF_READ,
            Scope.SERVICE_RECORDS_READ,
            Scope.LEDGER_READ,
            Scope.STOCK_READ,
            Scope.AUDIT_READ,
            Scope.VIEWINGS_READ,
            Scope.DEVICES_READ,
            Scope.STARS_READ,
            Scope.REPORTS_READ,
            Scope.REQUESTS_REPORT,
        }
    ),
}
"""Whoever sets the bank up does not post in it, and whoever reads its books changes nothing. A person may hold several
roles.
"""

STAFF_SCOPES = frozenset[Scope]().union(*SCOPES_OF.values())
"""All that somebody of the staff may do."""

DEVICE_SCOPES = frozenset({Scope.SESSIONS_OPEN, Scope.PRIZES_READ, Scope.ANNOUNCEMENTS_READ, Scope.ATTENDANCE_WRITE})
"""All that a paired kiosk or desk may do by itself: let a volunteer in, show what hangs on the wall anyway, and take
the cards of those who come to an activity.
"""


def scopes_of(actor: Actor) -> list[str]:
    """All the scopes of this person's roles, wherever they hold."""
    return sorted({scope.value for grant in actor.grants for scope in SCOPES_OF[grant.role]})


def reach(actor: Actor, scope: Scope) -> tuple[str, ...]:
    """The organisation paths at and below which this person may do this; none if nowhere."""
    return tuple({grant.organisation_path for grant in actor.grants if scope in SCOPES_OF[grant.role]})
