"""The SQL of sign-ins and their refresh tokens."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, case, delete, exists, insert, or_, select, update

from ledger.store.schema.access import refresh_token, sign_in

SWEPT_MAX = 2_000
"""Rows of each table that one sweep removes at the most."""

_LASTS = and_(sign_in.c.ended_at.is_(None), or_(sign_in.c.ends_at.is_(None), sign_in.c.ends_at > bindparam("now")))
_HOLDER = (sign_in.c.id, sign_in.c.staff_id, sign_in.c.device_id, sign_in.c.ends_at)

_SPEND = (
    update(refresh_token)
    .where(
        refresh_token.c.digest == bindparam("spent"),
        refresh_token.c.used_at.is_(None),
        refresh_token.c.expires_at > bindparam("now"),
        exists().where(sign_in.c.id == refresh_token.c.sign_in_id, _LASTS),
    )
    .values(
        used_at=bindparam("now"),
        expires_at=case(
            (refresh_token.c.expires_at < bindparam("kept_until"), refresh_token.c.expires_at),
            else_=bindparam("kept_until"),
        ),
    )
)

_OF_TOKEN = (
    select(*_HOLDER)
    .join(refresh_token, refresh_token.c.sign_in_id == sign_in.c.id)
    .where(refresh_token.c.digest == bindparam("shown"))
)

_successor = refresh_token.alias()
_HONOURED = _OF_TOKEN.join(_successor, _successor.c.sign_in_id == sign_in.c.id).where(
    _LASTS,
    refresh_token.c.used_at > bindparam("used_after"),
    _successor.c.digest == bindparam("successor"),
    _successor.c.used_at.is_(None),
)


class SignIn(NamedTuple):
    """Whose a sign-in is, and when it ends however often it is renewed; None where it need not."""

    id: UUID
    staff_id: UUID | None
    device_id: UUID | None
    ends_at: int | None


def add(connection: Connection, made: SignIn, now: int) -> None:
    connection.execute(insert(sign_in).values(**made._asdict(), started_at=now, renewable_until=now))


def add_token(connection: Connection, sign_in_id: UUID, digest: str, expires_at: int) -> None:
    connection.execute(insert(refresh_token).values(digest=digest, sign_in_id=sign_in_id, expires_at=expires_at))
    connection.execute(update(sign_in).where(sign_in.c.id == sign_in_id).values(renewable_until=expires_at))


def spend(connection: Connection, digest: str, now: int, kept_until: int) -> SignIn | None:
    """Use a token up, to be remembered until then; None if it is unknown, expired, was used before, or its sign-in has
    ended. Of two at once, one wins.
    """
    spent = connection.execute(_SPEND, {"spent": digest, "now": now, "kept_until": kept_until})
    return of_token(connection, digest) if spent.rowcount else None


def honoured(connection: Connection, digest: str, successor: str, now: int, used_after: int) -> SignIn | None:
    """The sign-in of a token that was used a moment ago, while nobody has used its successor."""
    asked = {"shown": digest, "successor": successor, "now": now, "used_after": used_after}
    row = connection.execute(_HONOURED, asked).first()
    return SignIn(*row) if row is not None else None


def of_token(connection: Connection, digest: str) -> SignIn | None:
    """The sign-in that a token belongs to, in whatever state."""
    row = connection.execute(_OF_TOKEN, {"shown": digest}).first()
    return SignIn(*row) if row is not None else None


def find(connection: Connection, id: UUID) -> SignIn | None:
    """The sign-in, in whatever state."""
    row = connection.execute(select(*_HOLDER).where(sign_in.c.id == id)).first()
    return SignIn(*row) if row is not None else None


def end(connection: Connection, id: UUID, now: int) -> None:
    """Nothing of this sign-in holds any more."""
    connection.execute(update(sign_in).where(sign_in.c.id == id, sign_in.c.ended_at.is_(None)).values(ended_at=now))


def end_all(connection: Connection, staff_id: UUID, now: int) -> None:
    """Nothing of any sign-in of this person holds any more."""
    connection.execute(
        update(sign_in).where(sign_in.c.staff_id == staff_id, sign_in.c.ended_at.is_(None)).values(ended_at=now)
    )


def sweep(connection: Connection, now: int) -> int:
    """Remove tokens that expired and sign-ins that nothing can renew; how many. What others hold is left for later."""
    old_tokens = (
        select(refresh_token.c.digest)
        .where(refresh_token.c.expires_at <= now)
        .order_by(refresh_token.c.expires_at)
        .limit(SWEPT_MAX)
        .with_for_update(skip_locked=True)
    )
    removed = connection.execute(delete(refresh_token).where(refresh_token.c.digest.in_(old_tokens))).rowcount
    old = (
        select(sign_in.c.id)
        .where(sign_in.c.renewable_until <= now, ~exists().where(refresh_token.c.sign_in_id == sign_in.c.id))
        .order_by(sign_in.c.renewable_until)
        .limit(SWEPT_MAX)
        .with_for_update(skip_locked=True)
    )
    return removed + connection.execute(delete(sign_in).where(sign_in.c.id.in_(old))).rowcount
