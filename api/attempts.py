"""Refused attempts: whoever is told no by rights leaves a line in the audit. Nothing that they typed is in it."""

from __future__ import annotations

from uuid import UUID

from flask import g, request

from api.problems import Problem
from api.tokens import TokenInvalid
from ledger.bank import Bank, By, Note

KINDS = {"Person": "staff", "Claim": "service_record"}
"""What the audit calls those things whose class is called otherwise."""


def caller(by: By) -> None:
    """Remember whose token this request carries: it was signed by us and is in time."""
    g.by = by


def hidden(thing: object) -> None:
    """Remember what was asked for and not told: it is there, and beyond this person's reach."""
    g.hidden = thing


def refused(bank: Bank, error: Exception) -> None:
    """A line about this failure, where it is a refusal by rights: 403; 404 for what is there; 401 with a token that
    is good, of somebody who is no longer, or does not prove to be them.
    """
    by: By | None = g.get("by")
    thing = g.get("hidden")
    if by is None:
        return
    if isinstance(error, TokenInvalid):
        bank.noted(by, _about(by, "token_invalid"))
    elif isinstance(error, Problem) and error.code in ("insufficient_scope", "credentials_wrong", "otp_wrong"):
        bank.noted(by, _about(by, error.code))
    elif isinstance(error, Problem) and error.code == "not_found" and thing is not None:
        bank.noted(by, _of(thing))


def _about(by: By, code: str) -> Note:
    """What somebody may not do at all: the line belongs to where they belong."""
    return Note(action=_operation(), kind=by.kind, subject=by.actor, outcome="refused", change={"code": code})


def _of(thing: object) -> Note:
    """What somebody may not know of: the line belongs to whom the thing belongs to."""
    name = type(thing).__name__
    kind = KINDS.get(name) or "".join(f"_{each.lower()}" if each.isupper() else each for each in name).lstrip("_")
    id: UUID = getattr(thing, "id")  # noqa: B009 - whatever is reached has one
    organisation: UUID | None = id if kind == "organisation" else getattr(thing, "organisation_id", None)
    return Note(
        action=_operation(),
        kind=kind,
        subject=id,
        outcome="refused",
        organisation=organisation,
        change={"code": "not_found"},
    )


def _operation() -> str:
    """What the contract calls the operation."""
    return request.endpoint or request.method
