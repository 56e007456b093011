"""The SQL of cards, PINs and screen codes."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from ledger.store.schema.cards import card, screen_code, volunteer_pin
from ledger.store.schema.devices import volunteer_session
from ledger.store.schema.people import volunteer

_KNOWN = select(volunteer.c.id, volunteer.c.volunteer_no, volunteer_pin.c.hash).outerjoin(
    volunteer_pin, volunteer_pin.c.volunteer_id == volunteer.c.id
)
_BY_NUMBER = _KNOWN.where(volunteer.c.volunteer_no == bindparam("number"))
_BY_CARD = _KNOWN.join(card, card.c.volunteer_id == volunteer.c.id).where(
    card.c.card_no == bindparam("number"), card.c.ended_at.is_(None)
)
_CARDS = select(card).where(card.c.volunteer_id == bindparam("volunteer_id")).order_by(card.c.id)

_SPEND = (
    delete(screen_code)
    .where(screen_code.c.digest == bindparam("shown"), screen_code.c.expires_at > bindparam("now"))
    .returning(screen_code.c.session_id)
)


class Known(NamedTuple):
    """Whose number or card it is, and the hash of their PIN; None where none is set."""

    volunteer_id: UUID
    volunteer_no: str
    pin_hash: str | None


def by_number(connection: Connection, volunteer_no: str) -> Known | None:
    row = connection.execute(_BY_NUMBER, {"number": volunteer_no}).first()
    return Known(*row) if row is not None else None


def by_card(connection: Connection, card_no: str) -> Known | None:
    """The holder of a card that has not ended."""
    row = connection.execute(_BY_CARD, {"number": card_no}).first()
    return Known(*row) if row is not None else None


def set_pin(connection: Connection, volunteer_id: UUID, hashed: str, now: int) -> None:
    """From now on this is the PIN, whether there was one or not."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    row = {"hash": hashed, "set_at": now}
    statement: Any = insert(volunteer_pin).values(volunteer_id=volunteer_id, **row)
    connection.execute(statement.on_conflict_do_update(index_elements=["volunteer_id"], set_=row))


def of_volunteer(connection: Connection, volunteer_id: UUID) -> list[dict[str, Any]]:
    """All cards of this volunteer, the oldest first."""
    return [dict(row) for row in connection.execute(_CARDS, {"volunteer_id": volunteer_id}).mappings()]


def spend_screen_code(connection: Connection, digest: str, now: int) -> UUID | None:
    """Use a code up: in which session it was shown; None if unknown, expired or used. Of two at once, one wins."""
    found: UUID | None = connection.scalar(_SPEND, {"shown": digest, "now": now})
    return found


def sweep_screen_codes(connection: Connection, now: int) -> None:
    """Forget the codes that nobody can use any more."""
    connection.execute(delete(screen_code).where(screen_code.c.expires_at <= now))


def forget(connection: Connection, volunteer_id: UUID) -> None:
    """Nothing is left that this volunteer could identify themselves with."""
    sessions = select(volunteer_session.c.id).where(volunteer_session.c.volunteer_id == volunteer_id)
    conditions: list[ColumnElement[bool]] = [
        screen_code.c.session_id.in_(sessions),
        volunteer_pin.c.volunteer_id == volunteer_id,
        card.c.volunteer_id == volunteer_id,
    ]
    for table, condition in zip((screen_code, volunteer_pin, card), conditions, strict=True):
        connection.execute(delete(table).where(condition))
