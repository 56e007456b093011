"""A glimpse: the facts that a command would be decided on, read without holding the head. Nothing is promised by it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, tuple_

from ledger.core.accounts import OwnerKind
from ledger.core.books import Books
from ledger.core.posting import Needs
from ledger.rules import Tallies
from ledger.store.batches import account_from
from ledger.store.engines import Store
from ledger.store.pages import ACCOUNT
from ledger.store.schema import books
from ledger.store.schema.privacy import closing
from ledger.store.statements import TABLES
from ledger.store.streams import View


def glimpse(store: Store, needs: Needs, *, now: int, today: date) -> Books:
    """Books as they stand in one unchanging view, for a command that reverses nothing."""
    holdings, history = list(needs.holdings), list(needs.history)
    with store.snapshot() as connection:
        head = connection.execute(select(books.head.c.seq, books.head.c.account_last)).one()
        past = View(connection).tallies([(key, head.seq + 1) for key in history]) if history else []
        known = Books(
            seq=head.seq,
            account_last=head.account_last,
            now=now,
            today=today,
            past=Tallies(dict(zip(history, past, strict=True))),
        )
        pairs = {(owner.id, unit) for owner, unit in holdings}
        account = books.account.c
        for row in connection.execute(select(*ACCOUNT).where(tuple_(account.owner_id, account.unit_id).in_(pairs))):
            known.know_account(account_from(*row))
        undone = select(books.transaction.c.seq).where(books.transaction.c.reverses == closing.c.seq).exists()
        persons = {owner.id for owner, _ in holdings if owner.kind is OwnerKind.VOLUNTEER}
        for id, seq in connection.execute(
            select(closing.c.volunteer_id, closing.c.seq).where(closing.c.volunteer_id.in_(persons), ~undone)
        ):
            known.know_closed(id, seq)
        for name, column, value in needs.rows:
            table = TABLES[name]
            order = [table.c.seq] if "seq" in table.c else []
            found = connection.execute(select(table).where(table.c[column] == value).order_by(*order)).mappings()
            known.know_rows(name, column, value, [dict(row) for row in found])
    return known
