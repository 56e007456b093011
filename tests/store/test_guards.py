"""What the ledger has written stays as it is, whoever asks: tried on every table, in every way we know.

Each attack is tried again with the guard that stands in its way removed, and must then succeed: an attack that fails
for another reason proves nothing.
"""

# ruff: noqa: S608 - to put statements together is what an attacker does

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import psycopg
import pytest
from sqlalchemy import Integer, Table, UniqueConstraint, make_url

from ledger.store.engines import Store, sqlite_module
from ledger.store.schema import books
from ledger.store.schema.metadata import APPEND_ONLY

LEDGER = [*APPEND_ONLY, books.account, books.private, books.head]
ROWID_NAMES = ("rowid", "_rowid_", "oid")
LIBRARIES = {"standard": sqlite3, "own": sqlite_module()}
BIG = "987654"
SOMEBODY = "'00000000-0000-7000-8000-000000000000'"
BYTES = {"sqlite": "x'00'", "postgresql": "'\\x00'"}

CHANGES: dict[str, dict[str, str]] = {
    "bank": {"name": "'other'", "created_at": "0"},
    "unit": {"scale": "2", "id": BIG},
    "transaction": {"detail": "'other'", "seq": BIG, "id": SOMEBODY, "reverses": "NULL", "leaf_hash": "BYTES"},
    "transfer": {"amount": BIG, "seq": BIG, "leg": BIG, "debit_account_id": BIG, "credit_balance": BIG},
    "command": {"answer": "'other'", "client": "'other'", "key": "'other'"},
    "tree_node": {"hash": "BYTES", "level": BIG},
    "tree_root": {"hash": "BYTES", "size": BIG},
    "checkpoint": {"note": "'other'", "origin": "'other'", "size": BIG},
    "cosignature": {"line": "'other'", "witness": "'other'", "size": BIG},
    "epoch": {"lost_root": "BYTES", "origin": "'other'", "number": BIG},
    "audit": {"change": "'other'", "id": SOMEBODY},
    "need_settings": {"document": "'other'", "version": BIG},
    "need_credit": {"seq": BIG, "id": SOMEBODY, "need_id": SOMEBODY},
    "stock_receipt": {"source": "'other'", "seq": BIG, "id": SOMEBODY},
    "redemption": {"points": BIG, "seq": BIG, "id": SOMEBODY, "reservation_id": SOMEBODY},
    "redemption_item": {"quantity": BIG, "redemption_id": SOMEBODY, "line": BIG},
    "rulebook": {"document": "'other'", "version": BIG, "id": SOMEBODY},
    "proposal_revision": {"document": "'other'", "seq": BIG, "id": SOMEBODY, "revision": BIG},
    "proposal_step": {"record": "'other'", "seq": BIG, "id": SOMEBODY, "number": BIG},
    "price_list": {"document": "'other'", "seq": BIG, "id": SOMEBODY},
    "mark": {"points": BIG, "seq": BIG, "line": BIG},
    "deed": {"inputs": "'other'", "seq": BIG, "id": SOMEBODY},
    "flag": {"reached": BIG, "id": SOMEBODY},
    "flag_lift": {"reason": "'other'", "flag_id": SOMEBODY},
    "service_claim": {"minutes": BIG, "seq": BIG, "id": SOMEBODY},
    "claimed_deed": {"count": BIG, "seq": BIG, "id": SOMEBODY},
    "claim_step": {"code": "'other'", "seq": BIG, "id": SOMEBODY, "claim_id": SOMEBODY},
    "service_review": {"decision": "'reject'", "seq": BIG, "id": SOMEBODY, "claim_id": SOMEBODY},
    "certificate": {"minutes": BIG, "seq": BIG, "id": SOMEBODY, "certificate_no": "'other'"},
    "certificate_line": {"record_seq": BIG, "certificate_id": SOMEBODY, "line": BIG},
    "certificate_end": {"reason": "'fraud'", "seq": BIG, "certificate_id": SOMEBODY},
    "star_change": {"inputs": "'other'", "seq": BIG, "id": SOMEBODY},
    "star_decision": {"inputs": "'other'", "seq": BIG, "id": SOMEBODY, "change_id": SOMEBODY},
    "service_record": {"inputs": "'other'", "seq": BIG, "id": SOMEBODY},
    "notice_asked": {"days": BIG, "seq": BIG, "claim_id": SOMEBODY},
    "notice": {"title": "'other'", "seq": BIG, "id": SOMEBODY},
    "notice_line": {"digest": "BYTES", "id": SOMEBODY, "line": BIG, "once": "'other'"},
    "objection": {"is_late": "1", "seq": BIG, "id": SOMEBODY, "receipt_no": "'other'"},
    "objection_resolution": {"outcome": "'dismissed'", "seq": BIG, "objection_id": SOMEBODY},
    "dispute": {"about": "'other'", "seq": BIG, "id": SOMEBODY},
    "dispute_answer": {"outcome": "'stands'", "seq": BIG, "dispute_id": SOMEBODY},
    "consent": {"text_version": "'other'", "id": SOMEBODY, "line": BIG},
    "viewing": {"what": "'other'", "id": SOMEBODY},
    "closing": {"points": BIG, "seq": BIG, "id": SOMEBODY},
    "stock_transfer": {"recorded_by": SOMEBODY, "seq": BIG, "id": SOMEBODY},
    "stock_transfer_item": {"quantity": BIG, "transfer_id": SOMEBODY, "line": BIG},
    "stock_report": {"reported_by": SOMEBODY, "seq": BIG, "id": SOMEBODY},
    "stock_report_line": {"reason": "'lost'", "report_id": SOMEBODY, "line": BIG, "best_before": "'2000-01-01'"},
    "stock_settlement": {"settled_by": SOMEBODY, "seq": BIG, "id": SOMEBODY, "report_id": SOMEBODY},
    "reservation": {"points": BIG, "seq": BIG, "id": SOMEBODY},
    "reservation_item": {"quantity": BIG, "reservation_id": SOMEBODY, "line": BIG},
    "reservation_release": {"released_by": SOMEBODY, "seq": BIG, "id": SOMEBODY, "reservation_id": SOMEBODY},
    "prize_picture": {"added_by": SOMEBODY, "digest": "'other'"},
    "redemption_slip": {"width_mm": BIG, "redemption_id": SOMEBODY, "copy": BIG},
    "prize_price": {"cost_points": BIG, "id": SOMEBODY},
    "purchase": {"quantity": BIG, "id": SOMEBODY},
    "purchase_end": {"ended_by": SOMEBODY, "id": SOMEBODY, "purchase_id": SOMEBODY},
    "prize_budget": {"budget_fen": BIG, "id": SOMEBODY, "version": BIG},
    "slip_book": {"printed_by": SOMEBODY, "id": SOMEBODY, "first_serial": BIG},
    "slip_entry": {"keyed_by": SOMEBODY, "seq": BIG, "id": SOMEBODY, "slip_no": "'other'"},
    "slip_entry_item": {"quantity": BIG, "entry_id": SOMEBODY, "line": BIG},
    "slip_settlement": {"settled_by": SOMEBODY, "seq": BIG, "id": SOMEBODY, "entry_id": SOMEBODY},
    "refund": {"refunded_by": SOMEBODY, "seq": BIG, "id": SOMEBODY, "redemption_id": SOMEBODY},
    "desk_session": {"opened_by": SOMEBODY, "seq": BIG, "id": SOMEBODY, "follows": SOMEBODY},
    "record_settings": {"period_days": BIG, "version": BIG},
    "working_day": {"source": "'other'", "day": "'2000-01-01'", "version": BIG},
    "announced_year": {"source": "'other'", "year": BIG, "version": BIG},
    "privacy_rules": {"kept_fields": "'other'", "version": BIG},
    "account": {
        "floor": "-99",
        "id": BIG,
        "owner_kind": "'other'",
        "owner_id": SOMEBODY,
        "purpose": "'other'",
        "unit_id": BIG,
        "expires_on": "'2000-01-01'",
        "opened_seq": BIG,
    },
    "private": {"opening": "'other'", "salt": "BYTES", "seq": BIG},
    "head": {"seq": "0", "account_last": "0", "recorded_at": "0"},
}
"""What each table of the ledger must refuse to have set although no CHECK is against it; the first is in no key."""

HALVES = {"account": ["floor = NULL", "balance = 1, floor = -99"], "private": ["salt = NULL", "opening = NULL"]}
"""More of these: an erasure is whole or not at all, and a floor does not go away."""

tables = pytest.mark.parametrize("table", LEDGER, ids=lambda table: str(table.name))
append_only = pytest.mark.parametrize("table", APPEND_ONLY, ids=lambda table: str(table.name))
both_libraries = pytest.mark.parametrize("library", LIBRARIES.values(), ids=LIBRARIES)


class Attack(NamedTuple):
    statement: str
    guards: tuple[str, ...]
    """All of these stand in its way; with them gone, and SQLite's recursive triggers off, it succeeds."""


def changes(table: Table, dialect: str) -> list[str]:
    """What to SET, in the words of this engine."""
    set_one = [f"{column} = {value}" for column, value in CHANGES[table.name].items()]
    return [change.replace("BYTES", BYTES[dialect]) for change in set_one] + HALVES.get(table.name, [])


def keys(table: Table) -> list[tuple[str, ...]]:
    """Every key by which a row could be pushed out, the primary one first."""
    unique = [constraint for constraint in table.constraints if isinstance(constraint, UniqueConstraint)]
    return [tuple(key.columns.keys()) for key in (table.primary_key, *unique)]


def rows_of(connection: Any, table: Table) -> list[Any]:
    """All rows; first one that has nothing empty among its keys, so that there is something to collide with."""
    nullable = [column.name for column in table.columns if column.nullable]
    in_keys = {column for key in keys(table) for column in key}
    empty = [f'"{name}" IS NULL' for name in sorted(nullable, key=lambda name: name not in in_keys)]
    order = ", ".join([*empty, *(f'"{name}"' for name in keys(table)[0])])
    return [tuple(row) for row in connection.execute(f'SELECT * FROM "{table.name}" ORDER BY {order}').fetchall()]


def first_of(connection: Any, table: Table) -> dict[str, Any]:
    return dict(zip(table.columns.keys(), rows_of(connection, table)[0], strict=True))


def quoted(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def keyed(row: dict[str, Any], key: Sequence[str]) -> str:
    return " AND ".join(f'"{column}" = {quoted(row[column])}' for column in key)


# -- SQLite ------------------------------------------------------------------------------------------------------------


@tables
@both_libraries
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_no_statement_changes_or_removes_a_row_on_sqlite(
    lived_in_sqlite: Path, table: Table, library: ModuleType, recursive: str
) -> None:
    with sqlite(lived_in_sqlite, library, recursive) as connection:
        before = rows_of(connection, table)
        assert before
        for attack in sqlite_attacks(connection, table):
            with pytest.raises(library.IntegrityError, match=r"is append-only|can only be erased|only goes forward"):
                connection.execute(attack.statement)
            assert rows_of(connection, table) == before, attack.statement


@tables
@both_libraries
def test_each_of_these_statements_succeeds_without_its_guard_on_sqlite(
    lived_in_sqlite: Path, table: Table, library: ModuleType
) -> None:
    with sqlite(lived_in_sqlite, library, "OFF") as connection:
        before = rows_of(connection, table)
        for attack in sqlite_attacks(connection, table):
            connection.execute("BEGIN")
            for guard in attack.guards:
                connection.execute(f"DROP TRIGGER {guard}")
            connection.execute(attack.statement)
            assert rows_of(connection, table) != before, attack.statement
            connection.execute("ROLLBACK")


@append_only
def test_the_store_itself_is_refused_too(lived_in_sqlite: Path, table: Table) -> None:
    store = Store(f"sqlite:///{lived_in_sqlite}")
    with store.changing() as connection:
        driver: Any = connection.connection.driver_connection
        for attack in sqlite_attacks(driver, table):
            with pytest.raises(sqlite_module().IntegrityError, match="is append-only"):
                driver.execute(attack.statement)
    store.close()


def test_a_reader_cannot_write_at_all(lived_in_sqlite: Path) -> None:
    store = Store(f"sqlite:///{lived_in_sqlite}")
    with store.reading() as connection:
        driver: Any = connection.connection.driver_connection
        with pytest.raises(sqlite_module().OperationalError, match="readonly"):
            driver.execute("UPDATE prize SET title = 'x'")
    store.close()


@both_libraries
def test_tables_without_a_rowid_have_none_to_aim_at(lived_in_sqlite: Path, library: ModuleType) -> None:
    with sqlite(lived_in_sqlite, library, "OFF") as connection:
        for table in LEDGER:
            if not table.dialect_options["sqlite"]["with_rowid"]:
                with pytest.raises(library.OperationalError, match="no such column"):
                    connection.execute(f'SELECT rowid FROM "{table.name}"')


@both_libraries
def test_columns_have_types_on_sqlite(lived_in_sqlite: Path, library: ModuleType) -> None:
    refused = pytest.raises(library.IntegrityError, match="cannot store TEXT value in INTEGER column")
    with sqlite(lived_in_sqlite, library, "ON") as connection, refused:
        connection.execute("UPDATE account SET balance = 'much' WHERE id = 1")


def sqlite_attacks(connection: Any, table: Table) -> Iterator[Attack]:
    """Every way we know to change, replace or remove a row of this table."""
    name, first = f'"{table.name}"', first_of(connection, table)
    update = f"{table.name}_no_{'return' if table.name == 'head' else 'update'}"
    delete, replace = f"{table.name}_no_delete", f"{table.name}_no_replace"
    this = keyed(first, keys(table)[0])
    for change in changes(table, "sqlite"):
        for verb in ("UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE", "UPDATE OR FAIL", "UPDATE OR ROLLBACK"):
            yield Attack(f"{verb} {name} SET {change} WHERE {this}", (update,))
        yield Attack(f"UPDATE {name} SET {change} FROM (SELECT 1) AS other WHERE {this}", (update,))
    yield Attack(f"DELETE FROM {name}", (delete,))
    yield Attack(f"DELETE FROM {name} WHERE {this}", (delete,))
    for key in keys(table):
        row = colliding(table, first, key)
        target = ", ".join(f'"{column}"' for column in key)
        for attempt in (row, *in_other_types(table, row, key)):
            put = f"INTO {name} ({', '.join(map(quoted_name, attempt))})"
            values = ", ".join(attempt.values())
            yield Attack(f"INSERT OR REPLACE {put} VALUES ({values})", (replace,))
            yield Attack(f"REPLACE {put} SELECT {values}", (replace,))
            if not any(set(other) < set(key) for other in keys(table)):  # SQLite takes the smaller one for both
                put += f" VALUES ({values}) ON CONFLICT ({target}) DO UPDATE SET {changes(table, 'sqlite')[0]}"
                yield Attack(f"INSERT {put}", (replace, update))
    if table.dialect_options["sqlite"]["with_rowid"]:
        yield from rowid_attacks(connection, table, first)


def rowid_attacks(connection: Any, table: Table, first: dict[str, Any]) -> Iterator[Attack]:
    """Aim at a row by the names that SQLite gives every integer key besides its own."""
    name, (own,) = f'"{table.name}"', keys(table)[0]
    update = f"{table.name}_no_{'return' if table.name == 'head' else 'update'}"
    rest = {column: value for column, value in colliding(table, first, (own,)).items() if column != own}
    others = rows_of(connection, table)[1:]
    for alias in ROWID_NAMES:
        aimed = {alias: quoted(first[own]), **rest}
        names, values = ", ".join(map(quoted_name, aimed)), ", ".join(aimed.values())
        replace = (f"{table.name}_no_replace",)
        yield Attack(f"INSERT OR REPLACE INTO {name} ({names}) VALUES ({values})", replace)
        yield Attack(f"INSERT OR REPLACE INTO {name} ({own}, {names}) VALUES ({BIG}, {values})", replace)
        if table.name not in ("head", "bank"):  # CHECK (id = 1) holds these besides
            yield Attack(f"UPDATE {name} SET {alias} = {BIG} WHERE {own} = {first[own]}", (update,))
        if others:
            other = dict(zip(table.columns.keys(), others[0], strict=True))[own]
            yield Attack(f"UPDATE OR REPLACE {name} SET {alias} = {first[own]} WHERE {own} = {other}", (update,))


def colliding(table: Table, row: dict[str, Any], key: Sequence[str]) -> dict[str, str]:
    """A row, as SQL, that has this key of `row`, none of its other keys, and something else in it."""
    column, value = next(iter(CHANGES[table.name].items()))
    made = {name: quoted(known) for name, known in row.items()} | {column: value.replace("BYTES", BYTES["sqlite"])}
    for other in keys(table):
        loose = [name for name in other if name not in key]
        if loose:
            made[loose[-1]] = BIG if isinstance(table.c[loose[-1]].type, Integer) else SOMEBODY
    return made


def in_other_types(table: Table, row: dict[str, str], key: Sequence[str]) -> Iterator[dict[str, str]]:
    """The same row with the numbers of its key written as text and as reals, which STRICT takes as whole numbers."""
    numbers = [column for column in key if isinstance(table.c[column].type, Integer)]
    if numbers:
        yield row | {column: f"'{row[column]}'" for column in numbers}
        yield row | {column: f"{row[column]}.0" for column in numbers}


def quoted_name(name: str) -> str:
    return f'"{name}"' if name not in ROWID_NAMES else name


@contextmanager
def sqlite(file: Path, library: ModuleType, recursive: str) -> Iterator[Any]:
    """A stranger's connection, with nothing set that the bank sets on its own."""
    with closing(library.connect(file, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA recursive_triggers = {recursive}")
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (0,)
        yield connection


# -- PostgreSQL --------------------------------------------------------------------------------------------------------


@tables
@pytest.mark.postgresql
@pytest.mark.parametrize("replication_role", ["origin", "replica"])
def test_no_statement_changes_or_removes_a_row_on_postgresql(
    lived_in_postgresql: str, table: Table, replication_role: str
) -> None:
    with superuser(lived_in_postgresql, replication_role) as connection:
        before = rows_of(connection, table)
        assert before
        for attack in postgresql_attacks(connection, table):
            with pytest.raises(psycopg.errors.RestrictViolation, match=r"append-only|only be erased|only goes forward"):
                connection.execute(attack.statement)
            assert rows_of(connection, table) == before, attack.statement


@tables
@pytest.mark.postgresql
def test_each_of_these_statements_succeeds_without_its_guard_on_postgresql(
    lived_in_postgresql: str, table: Table
) -> None:
    with superuser(lived_in_postgresql, "replica") as connection:
        before = rows_of(connection, table)
        for attack in postgresql_attacks(connection, table):
            connection.execute("BEGIN")
            for guard in attack.guards:
                connection.execute(f'ALTER TABLE "{guard.split("_no_")[0]}" DISABLE TRIGGER {guard}')
            connection.execute(attack.statement)
            assert rows_of(connection, table) != before, attack.statement
            connection.execute("ROLLBACK")


@pytest.mark.postgresql
def test_only_enable_always_holds_against_a_replication_role(lived_in_postgresql: str) -> None:
    with superuser(lived_in_postgresql, "replica") as connection:
        connection.execute("ALTER TABLE transfer ENABLE TRIGGER transfer_no_change")
        assert connection.execute("DELETE FROM transfer").rowcount > 0


def postgresql_attacks(connection: Any, table: Table) -> Iterator[Attack]:
    """Every way we know to change, replace or remove a row of this table."""
    name, first = f'"{table.name}"', first_of(connection, table)
    special = {"account": "account_no_update", "private": "private_no_update", "head": "head_no_return"}
    update = (special.get(table.name, f"{table.name}_no_change"),)
    delete = (f"{table.name}_no_{'delete' if table.name in special else 'change'}",)
    truncate = tuple(f"{each.name}_no_truncate" for each in LEDGER)
    this = keyed(first, keys(table)[0])
    merge = f"MERGE INTO {name} USING (SELECT 1) AS other ON {this} WHEN MATCHED THEN"
    for change in changes(table, "postgresql"):
        yield Attack(f"UPDATE {name} SET {change} WHERE {this}", update)
        yield Attack(f"UPDATE ONLY {name} SET {change} WHERE {this}", update)
        yield Attack(f"{merge} UPDATE SET {change}", update)
        for key in keys(table):
            target = ", ".join(f'"{column}"' for column in key)
            same = f"INSERT INTO {name} SELECT * FROM {name} WHERE {this}"
            if all(first[column] is not None for column in key):
                # Of several keys only the first that is met counts, so each is asked for with the rest as it is.
                yield Attack(f"{same} ON CONFLICT ({target}) DO UPDATE SET {change}", update)
    yield Attack(f"DELETE FROM {name}", delete)
    yield Attack(f"DELETE FROM {name} USING (SELECT 1) AS other WHERE {this}", delete)
    yield Attack(f"{merge} DELETE", delete)
    yield Attack(f"WITH gone AS (DELETE FROM {name} RETURNING 1) SELECT count(*) FROM gone", delete)
    yield Attack(f"TRUNCATE {name} CASCADE", truncate)


@contextmanager
def superuser(url: str, replication_role: str) -> Iterator[psycopg.Connection[Any]]:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        assert connection.execute("SELECT current_setting('is_superuser')").fetchone() == ("on",)
        connection.execute(f"SET session_replication_role = {replication_role}")
        yield connection


# -- what may change, and how ------------------------------------------------------------------------------------------


def test_balance_and_entries_may_move(lived_in_url: str) -> None:
    store = Store(lived_in_url)
    with store.changing() as connection:
        moved = connection.exec_driver_sql(
            "UPDATE account SET balance = balance + 1, entries = entries + 1 WHERE id = 1"
        )
        assert moved.rowcount == 1
    store.close()


def test_a_private_part_may_be_erased_once_and_for_all(lived_in_url: str) -> None:
    store = Store(lived_in_url)
    with store.changing() as connection:
        connection.exec_driver_sql("UPDATE private SET salt = NULL, opening = NULL WHERE seq = 1")
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT salt, opening FROM private WHERE seq = 1").one() == (None, None)
    with pytest.raises(Exception, match="can only be erased"), store.changing() as connection:
        connection.exec_driver_sql("UPDATE private SET opening = 'somebody else' WHERE seq = 1")
    store.close()


def test_the_head_may_go_forward(lived_in_url: str) -> None:
    store = Store(lived_in_url)
    with store.changing() as connection:
        connection.exec_driver_sql(
            "UPDATE head SET seq = seq + 1, account_last = account_last + 1, recorded_at = recorded_at + 1"
        )
    store.close()


def test_an_account_cannot_pass_its_floor(lived_in_url: str) -> None:
    store = Store(lived_in_url)
    with pytest.raises(Exception, match="ck_account_floor"), store.changing() as connection:
        connection.exec_driver_sql("UPDATE account SET balance = -1 WHERE floor = 0")
    with pytest.raises(Exception, match="ck_account_debt"), store.changing() as connection:
        connection.exec_driver_sql("UPDATE account SET balance = 1 WHERE purpose = 'debt'")
    store.close()


def test_a_transfer_cannot_cross_units(lived_in_url: str) -> None:
    store = Store(lived_in_url)
    copied = (
        "INSERT INTO transfer SELECT seq, leg + 50, debit_account_id, credit_account_id, unit_id + {}, amount, "
        "debit_balance, credit_balance FROM transfer WHERE seq = 2 AND leg = 1"
    )
    with pytest.raises(Exception, match=r"(?i)foreign key"), store.changing() as connection:
        connection.exec_driver_sql(copied.format(1))
    with store.changing() as connection:
        assert connection.exec_driver_sql(copied.format(0)).rowcount == 1
    store.close()
