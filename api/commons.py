"""The common catalogue: what an organisation offers, all below it may know and use; to change it stays with those who
have rights over its owner (docs/decisions/0008).
"""

from __future__ import annotations

from typing import TypeVar

from api import attempts
from api.problems import Problem, unknown
from api.routes import Call, Placed

P = TypeVar("P", bound=Placed)


def is_known(call: Call, path: str) -> bool:
    """Whether what is offered by the organisation with this path may be known: it is within reach, or above."""
    return call.reaches(path) or any(place.startswith(path) for place in call.within)


def known(call: Call, thing: P | None, pointer: str | None = None) -> P:
    """The thing, if it is there and offered at, below or above where this person has rights; else 404."""
    if thing is None or not is_known(call, thing.organisation_path):
        attempts.hidden(thing)
        unknown(pointer)
    return thing


def offered(call: Call, thing: P | None, pointer: str | None = None) -> P:
    """The thing, if it is offered where this caller belongs, above or below; a volunteer belongs to their own
    organisation. Else 404.
    """
    places = call.caller.sees
    if thing is None or not any(
        thing.organisation_path.startswith(place) or place.startswith(thing.organisation_path) for place in places
    ):
        attempts.hidden(thing)
        unknown(pointer)
    return thing


def theirs(call: Call, thing: P | None) -> P:
    """The thing, if it is this person's to change: 404 where they may not know it, 403 where they may only use it."""
    found = known(call, thing)
    if not call.reaches(found.organisation_path):
        raise Problem("insufficient_scope", detail=ABOVE)
    return found


ABOVE = ("须由上级组织的管理员办理", "an administrator of the organisation above does this")
