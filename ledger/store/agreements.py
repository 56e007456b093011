"""Whether somebody agrees to something at this moment, as part of a larger statement."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ScalarSelect, select

from ledger.store.schema.privacy import consent


def agrees(volunteer_id: Any, purpose: str) -> ScalarSelect[Any]:
    """1 where the last word of this volunteer on this purpose was a yes, 0 where it was a no, null without one."""
    return (
        select(consent.c.given)
        .where(consent.c.volunteer_id == volunteer_id, consent.c.purpose == purpose)
        .order_by(consent.c.line.desc())
        .limit(1)
        .scalar_subquery()
    )
