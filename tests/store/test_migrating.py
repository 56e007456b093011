"""A migrated database is the declared one; a migration keeps the guards, or changes nothing."""

# ruff: noqa: S608 - names of our own tables

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Column, Connection, Integer, text

from ledger.bank import Bank
from ledger.settings import Settings
from ledger.store import guards, migrating
from ledger.store.engines import Store
from ledger.store.migrating import MigrationRefused, NotMigrated, migrate, newest, revision
from ledger.store.schema import metadata
from tests.house.project import PROJECT
from tests.postgres import Postgres

Shape = dict[tuple[Any, ...], Any]

Write = Callable[..., Path]


def following(count: int) -> list[str]:
    """The numbers after the newest."""
    return [f"{int(newest()) + 1 + at:04d}" for at in range(count)]


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = Store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def lived_in(lived_in_url: str) -> Iterator[Store]:
    opened = Store(lived_in_url)
    yield opened
    opened.close()


@pytest.fixture
def declared(store: Store, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    """A second database of the same kind, made from the declared schema and never migrated."""
    server: Postgres | None = None
    if store.dialect == "sqlite":
        opened = Store(f"sqlite:///{tmp_path / 'declared.sqlite'}")
    else:
        server = request.getfixturevalue("postgres_server")
        assert server
        opened = Store(server.create_database())
    with opened.changing() as connection:
        metadata.create_all(connection)
        for statement in (*guards.functions(opened.dialect).values(), *guards.guards(opened.dialect).values()):
            connection.exec_driver_sql(statement)
    yield opened
    opened.close()
    if server:
        server.drop_database(opened.url.render_as_string(hide_password=False))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a revision after the newest into a copy of the migrations; gives the folder."""
    scripts = tmp_path / "migrations"
    shutil.copytree(migrating.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))

    def revision_with(body: str) -> Path:
        before = max(path.name[:4] for path in (scripts / "versions").glob("0*.py"))
        number = f"{int(before) + 1:04d}"
        (scripts / "versions" / f"{number}_a_test.py").write_text(
            f"import sqlalchemy as sa\nfrom alembic import op\n\nrevision = {number!r}\ndown_revision = {before!r}\n\n"
            f"def upgrade():\n{indent(dedent(body), '    ')}\n"
        )
        return scripts

    return revision_with


# -- the same as declared ----------------------------------------------------------------------------------------------


def test_a_migrated_database_is_the_declared_one_to_the_letter(store: Store, declared: Store) -> None:
    migrate(store)
    assert shape(store) == shape(declared)
    assert len(shape(store)) > 90


def test_alembic_finds_nothing_to_migrate(store: Store) -> None:
    migrate(store)
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize(
    "slip",
    [
        "DROP INDEX ix_transfer_debit",
        "CREATE INDEX ix_new ON prize (title)",
        "ALTER TABLE prize ADD COLUMN colour TEXT",
        "CREATE TABLE forgotten (id INTEGER)",
    ],
)
def test_the_comparison_sees_a_slip(store: Store, declared: Store, slip: str) -> None:
    migrate(store)
    with store.changing() as connection:
        connection.exec_driver_sql(slip)
    assert shape(store) != shape(declared)


def test_the_comparison_sees_a_guard_in_other_words(store: Store, declared: Store) -> None:
    migrate(store)
    with store.changing() as connection:
        weaken(connection)
        assert guards.missing(connection) == [
            "transfer_no_change" if store.dialect != "sqlite" else "transfer_no_update"
        ]
    assert shape(store) != shape(declared)


def weaken(connection: Connection) -> None:
    """Put a trigger that refuses nothing under the name of one that does."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TRIGGER transfer_no_update")
        connection.exec_driver_sql(
            "CREATE TRIGGER transfer_no_update BEFORE UPDATE ON transfer WHEN 0 BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    else:
        connection.exec_driver_sql("ALTER TABLE transfer DISABLE TRIGGER transfer_no_change")


def test_a_function_that_refuses_nothing_is_no_guard(postgres_server: Postgres) -> None:
    url = postgres_server.create_database()
    store = Store(url)
    migrate(store)
    with store.changing() as connection:
        assert guards.missing(connection) == []
        connection.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RETURN coalesce(NEW, OLD); END $$"
        )
        assert "transfer_no_change" in guards.missing(connection)
    store.close()
    postgres_server.drop_database(url)


# -- revisions ---------------------------------------------------------------------------------------------------------


def test_an_empty_database_gets_every_revision_once(store: Store) -> None:
    assert revision(store) is None
    assert migrate(store)[-1] == newest()
    assert revision(store) == newest()
    assert migrate(store) == []


def test_migrating_takes_a_url_too(database_url: str) -> None:
    assert migrate(database_url)
    assert migrate(database_url) == []


def test_two_who_migrate_at_once_do_it_once(database_url: str) -> None:
    script = """if True:
        import sys, time
        from ledger.store.migrating import migrate
        time.sleep(max(0, float(sys.argv[2]) - time.time()))
        print(*migrate(sys.argv[1]))
    """
    command = [sys.executable, "-c", script, database_url, str(time.time() + 2)]
    both = [subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = sorted(one.communicate(timeout=60)[0].strip() for one in both)
    assert [one.returncode for one in both] == [0] * 4
    assert said == ["", "", "", newest()]


def test_a_ledger_does_not_go_back(store: Store) -> None:
    migrate(store)
    before = contents(store)
    with store.migrating() as connection:
        config = migrating._config(migrating.SCRIPTS)
        config.attributes["connection"] = connection
        with pytest.raises(NotImplementedError, match="a ledger does not go back"):
            command.downgrade(config, "base")
    assert contents(store) == before


def test_a_bank_does_not_open_on_an_older_form(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    scripts = write("op.execute('CREATE TABLE later (id INTEGER)')")
    monkeypatch.setattr(migrating, "SCRIPTS", scripts)
    with pytest.raises(NotMigrated, match="run `pioneer migrate`"):
        Bank.open(settings)
    assert len(migrate(settings.url, scripts=scripts)) == 1
    Bank.open(settings).close()


def test_a_bank_does_not_open_on_a_newer_form(settings: Settings, write: Write) -> None:
    scripts = write("op.execute('CREATE TABLE later (id INTEGER)')")
    migrate(settings.url, scripts=scripts)
    with pytest.raises(NotMigrated, match="install the newer program"):
        Bank.open(settings)
    with pytest.raises(NotMigrated, match="install the newer program"):
        migrate(settings.url)


def test_a_bank_that_nobody_migrated_does_not_open(settings: Settings) -> None:
    store = Store(settings.url)
    with store.changing() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    store.close()
    with pytest.raises(NotMigrated, match="not made by migrations"):
        Bank.open(settings)


# -- what a migration may not lose -------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["transaction", "account", "transfer", "organisation", "head"])
def test_guards_and_rows_survive_a_table_made_anew(lived_in: Store, write: Write, table: str) -> None:
    before, rows = shape(lived_in), contents(lived_in)
    scripts = write(
        f"""
        recreate = "always" if op.get_context().dialect.name == "sqlite" else "auto"
        with op.batch_alter_table("{table}", recreate=recreate) as batch:
            batch.add_column(sa.Column("remark", sa.Text()))
        """
    )
    assert migrate(lived_in, scripts=scripts) == following(1)
    after = shape(lived_in)
    assert {key for key in before if "trigger" in key} == {key for key in after if "trigger" in key}
    assert all(after[key] == before[key] for key in before if "trigger" in key)
    with lived_in.changing() as connection:
        assert guards.missing(connection) == []
        connection.exec_driver_sql(f'ALTER TABLE "{table}" DROP COLUMN remark')
        if lived_in.dialect == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    assert contents(lived_in) == {**rows, "alembic_version": [tuple(following(1))]}


def test_without_our_care_a_table_made_anew_loses_its_guards(lived_in_sqlite: Path) -> None:
    store = Store(f"sqlite:///{lived_in_sqlite}")
    with store.changing() as connection:
        with Operations(MigrationContext.configure(connection)).batch_alter_table(
            "redemption_item", recreate="always"
        ) as batch:
            batch.add_column(Column("remark", Integer()))
        assert "redemption_item_no_delete" in guards.missing(connection)
    store.close()


def test_a_trigger_dropped_by_its_name_stays_away(lived_in_sqlite: Path, write: Write) -> None:
    write("op.execute('CREATE TRIGGER extra BEFORE DELETE ON desk BEGIN SELECT 1; END')")
    write("op.execute('DROP TRIGGER extra')")
    scripts = write(
        "with op.batch_alter_table('desk', recreate='always') as batch:"
        " batch.add_column(sa.Column('remark', sa.Text()))"
    )
    store = Store(f"sqlite:///{lived_in_sqlite}")
    assert migrate(store, scripts=scripts) == following(3)
    assert ("trigger", "extra") not in shape(store)
    store.close()


def test_a_failed_migration_leaves_everything_as_it_was(lived_in: Store, write: Write) -> None:
    before = shape(lived_in), contents(lived_in)
    write("op.create_table('first', sa.Column('id', sa.Integer()))")
    scripts = write(
        """
        op.create_table("second", sa.Column("id", sa.Integer()))
        op.execute("INSERT INTO second VALUES (1)")
        op.execute("UPDATE prize SET title = 'changed'")
        recreate = "always" if op.get_context().dialect.name == "sqlite" else "auto"
        with op.batch_alter_table("transaction", recreate=recreate) as batch:
            batch.add_column(sa.Column("remark", sa.Text()))
        raise OSError("no space left on device")
        """
    )
    with pytest.raises(OSError, match="no space left"):
        migrate(lived_in, scripts=scripts)
    assert (shape(lived_in), contents(lived_in)) == before
    with lived_in.changing() as connection:
        if lived_in.dialect == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("op.execute('DROP TRIGGER {transfer_guard}')", "without its guards: transfer_no_"),
        ("op.execute('DROP TRIGGER IF EXISTS {transfer_guard}')", "without its guards: transfer_no_"),
    ],
)
def test_a_migration_that_takes_a_guard_away_is_refused(lived_in: Store, write: Write, body: str, reason: str) -> None:
    before = shape(lived_in), contents(lived_in)
    sqlite = lived_in.dialect == "sqlite"
    guard = "transfer_no_update" if sqlite else "transfer_no_change ON transfer"
    with pytest.raises(MigrationRefused, match=reason):
        migrate(lived_in, scripts=write(body.format(transfer_guard=guard)))
    assert (shape(lived_in), contents(lived_in)) == before


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            "op.execute(\"INSERT INTO redemption_item VALUES ('nobody', 1, 'nothing', 1, 1, '')\")",
            "redemption_item → redemption",
        ),
        (
            "with op.batch_alter_table('desk', recreate='always', table_kwargs={'sqlite_strict': False}): pass",
            "desk lost STRICT",
        ),
    ],
)
def test_a_migration_that_breaks_what_sqlite_would_not_notice_is_refused(
    lived_in_sqlite: Path, write: Write, body: str, reason: str
) -> None:
    store = Store(f"sqlite:///{lived_in_sqlite}")
    before = shape(store), contents(store)
    with pytest.raises(MigrationRefused, match=reason):
        migrate(store, scripts=write(body))
    assert (shape(store), contents(store)) == before
    store.close()


# -- the shape of a database -------------------------------------------------------------------------------------------


def shape(store: Store) -> Shape:
    """Everything that is declared in a database, in its own words; its version table apart."""
    return _sqlite_shape(store) if store.dialect == "sqlite" else _postgresql_shape(store)


def _sqlite_shape(store: Store) -> Shape:
    # Not through the standard library's SQLite: closing a file there drops the locks that our own library holds on it.
    with store.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT type, name, sql FROM sqlite_master WHERE tbl_name <> 'alembic_version'"
        )
        return {(kind, name): sql for kind, name, sql in rows}


def _postgresql_shape(store: Store) -> Shape:
    where = "relnamespace = current_schema()::regnamespace AND relname <> 'alembic_version'"
    questions = {
        "column": (
            "SELECT relname, attname, format_type(atttypid, atttypmod), attnotnull, attnum, attidentity, collname, "
            "pg_get_expr(adbin, adrelid) FROM pg_attribute JOIN pg_class c ON c.oid = attrelid "
            "LEFT JOIN pg_collation l ON l.oid = attcollation "
            "LEFT JOIN pg_attrdef ON adrelid = c.oid AND adnum = attnum "
            f"WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped AND {where}"
        ),
        "constraint": (
            "SELECT relname, conname, pg_get_constraintdef(t.oid), convalidated FROM pg_constraint t "
            f"JOIN pg_class c ON c.oid = conrelid WHERE {where}"
        ),
        "index": (
            "SELECT relname, indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
            f"JOIN pg_class c ON c.oid = indrelid WHERE {where}"
        ),
        "trigger": (
            "SELECT relname, tgname, pg_get_triggerdef(t.oid), tgenabled FROM pg_trigger t "
            f"JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal AND {where}"
        ),
        "function": (
            "SELECT '', proname, pg_get_functiondef(oid) FROM pg_proc "
            "WHERE pronamespace = current_schema()::regnamespace"
        ),
        "table": f"SELECT '', relname, relkind FROM pg_class WHERE relkind IN ('r', 'p', 'v') AND {where}",
    }
    found: Shape = {}
    with store.reading() as connection:
        for kind, question in questions.items():
            for row in connection.execute(text(question)):
                found[(kind, *row[:2])] = tuple(row[2:])
    return found


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with store.reading() as connection:
        names = [name for kind, *_, name in shape(store) if kind == "table"] + ["alembic_version"]
        return {
            name: sorted(map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"')), key=repr) for name in names
        }
