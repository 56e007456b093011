"""The bank serves under a role that can add to the ledger and do nothing else to it: tried as that role."""

# ruff: noqa: S608 - names of our own tables

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Table

from ledger.bank import Bank, Charter, Request
from ledger.core.accounts import Owner, OwnerKind
from ledger.core.adjustment import Adjust
from ledger.settings import Settings
from ledger.store import granting
from ledger.store.engines import NotGranted, Store
from ledger.store.granting import DELETED, UPDATED, RoleRefused, grant
from ledger.store.schema import books, metadata
from ledger.store.schema.metadata import APPEND_ONLY
from tests.postgres import Postgres
from tests.store.lived import use

pytestmark = pytest.mark.postgresql

LEDGER = [*APPEND_ONLY, books.account, books.private, books.head]
CATALOGUE = [table for table in metadata.sorted_tables if table not in LEDGER and table.name not in UPDATED]
REFUSED = psycopg.errors.InsufficientPrivilege


def each(tables: list[Table]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("table", tables, ids=lambda table: str(table.name))


@pytest.fixture
def owner(lived_in_postgresql: str) -> Iterator[Store]:
    store = Store(lived_in_postgresql)
    yield store
    store.close()


@pytest.fixture
def role(owner: Store, postgres_server: Postgres, request: pytest.FixtureRequest) -> Iterator[str]:
    """A name that no role has, and none keeps."""
    name = f"clerk_{owner.url.database}"[:60]
    yield name
    with owner.changing() as connection:
        if connection.exec_driver_sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{name}'").first():
            connection.exec_driver_sql(f"DROP OWNED BY {name}")
            connection.exec_driver_sql(f"DROP ROLE {name}")


@pytest.fixture
def clerk(owner: Store, role: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the granted role."""
    grant(owner, role)
    with psycopg.connect(url_of(owner, role, "postgresql"), autocommit=True) as connection:
        yield connection


def url_of(owner: Store, role: str, driver: str = "postgresql+psycopg") -> str:
    return owner.url.set(drivername=driver, username=role).render_as_string(hide_password=False)


# -- what the bank needs -----------------------------------------------------------------------------------------------


def test_the_bank_does_everything_it_does_under_the_granted_role(
    owner: Store, role: str, clerk: psycopg.Connection[Any]
) -> None:
    with Bank.open(Settings(database_url=url_of(owner, role))) as bank:
        assert posted(bank)


def test_a_new_bank_is_used_under_the_granted_role(postgres_server: Postgres, role: str, owner: Store) -> None:
    fresh = Store(postgres_server.create_database())
    Bank.found(
        Settings(database_url=fresh.url.render_as_string(hide_password=False)), Charter(name="b", origin="b.example")
    )
    grant(fresh, role)
    with Bank.open(Settings(database_url=url_of(fresh, role))) as bank:
        use(bank)
    fresh.close()
    postgres_server.drop_database(fresh.url.render_as_string(hide_password=False))


@each(CATALOGUE)
def test_catalogue_rows_may_change(clerk: psycopg.Connection[Any], table: Table) -> None:
    column = next(iter(table.columns)).name
    clerk.execute(f'UPDATE "{table.name}" SET {column} = {column} WHERE false')
    clerk.execute(f'INSERT INTO "{table.name}" SELECT * FROM "{table.name}" WHERE false')


def test_of_the_words_of_a_notice_only_words_and_salt_change_and_none_goes(clerk: psycopg.Connection[Any]) -> None:
    clerk.execute("UPDATE notice_text SET salt = NULL, shown = NULL WHERE false")
    clerk.execute("INSERT INTO notice_text SELECT * FROM notice_text WHERE false")
    for attack in ("UPDATE notice_text SET line_id = line_id", "DELETE FROM notice_text", "TRUNCATE notice_text"):
        with pytest.raises(REFUSED):
            clerk.execute(attack)


@each(CATALOGUE)
def test_catalogue_rows_stay_unless_they_are_meant_to_go(clerk: psycopg.Connection[Any], table: Table) -> None:
    if table.name in DELETED:
        clerk.execute(f'DELETE FROM "{table.name}"')
    else:
        with pytest.raises(REFUSED):
            clerk.execute(f'DELETE FROM "{table.name}"')


# -- what nobody needs -------------------------------------------------------------------------------------------------


@each(LEDGER)
def test_the_role_cannot_touch_what_is_written(clerk: psycopg.Connection[Any], table: Table) -> None:
    for statement in attacks(table):
        with pytest.raises(REFUSED):
            clerk.execute(statement)


def attacks(table: Table) -> Iterator[str]:
    name = f'"{table.name}"'
    for column in [one.name for one in table.columns if one.name not in UPDATED.get(table.name, ())]:
        yield f"UPDATE {name} SET {column} = {column}"
    yield f"DELETE FROM {name}"
    yield f"TRUNCATE {name} CASCADE"
    yield f"DROP TABLE {name} CASCADE"
    yield f"ALTER TABLE {name} ADD COLUMN more text"
    yield f"ALTER TABLE {name} RENAME TO other"
    yield f"ALTER TABLE {name} DISABLE TRIGGER ALL"
    yield f"ALTER TABLE {name} DISABLE TRIGGER USER"
    yield f"ALTER TABLE {name} OWNER TO CURRENT_USER"
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    yield f"DROP TRIGGER {table.name}_no_truncate ON {name}"
    yield f"CREATE RULE quiet AS ON INSERT TO {name} DO INSTEAD NOTHING"
    yield f"CREATE TRIGGER mine BEFORE INSERT ON {name} FOR EACH ROW EXECUTE FUNCTION refuse_change()"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id integer)",
        "CREATE TEMPORARY TABLE account (id integer)",
        "CREATE VIEW mine AS SELECT 1",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "ALTER FUNCTION refuse_change() RENAME TO other",
        "DROP FUNCTION refuse_change() CASCADE",
        "CREATE EXTENSION dblink",
        "CREATE ROLE another",
        "CREATE DATABASE another",
        "SET session_replication_role = replica",
        "ALTER SYSTEM SET fsync = off",
        "UPDATE alembic_version SET version_num = '9999'",
        "COPY (SELECT 1) TO '/tmp/pioneer-copied'",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SET ROLE postgres",
    ],
)
def test_the_role_cannot_redefine_anything(clerk: psycopg.Connection[Any], statement: str) -> None:
    with pytest.raises(REFUSED):
        clerk.execute(statement)


def test_the_role_gains_nothing_by_granting_it_to_itself(
    clerk: psycopg.Connection[Any], owner: Store, role: str
) -> None:
    for table in LEDGER:
        clerk.execute(f'GRANT ALL ON "{table.name}" TO CURRENT_USER')  # PostgreSQL only warns
    with owner.reading() as connection:
        assert granting.excesses(connection, role) == []


def test_the_same_statements_succeed_for_the_owner(owner: Store) -> None:
    """The control: it is the role that is refused, not the statement."""
    for table in LEDGER:
        refused = 0
        with owner.changing() as connection:
            driver: Any = connection.connection.driver_connection
            for statement in attacks(table):
                driver.execute("SAVEPOINT before")
                try:
                    driver.execute(statement)
                except psycopg.errors.RestrictViolation:
                    refused += 1
                driver.execute("ROLLBACK TO SAVEPOINT before")
        assert refused, "the triggers hold the owner too"


# -- granting itself ---------------------------------------------------------------------------------------------------


def test_granting_again_changes_nothing_and_takes_what_lingers(owner: Store, role: str) -> None:
    grant(owner, role)
    with owner.changing() as connection:
        connection.exec_driver_sql(f"GRANT UPDATE, DELETE, TRUNCATE ON transfer TO {role}, PUBLIC")
        connection.exec_driver_sql("GRANT CREATE ON SCHEMA public TO PUBLIC")
        assert granting.excesses(connection, role)
    grant(owner, role)
    with owner.reading() as connection:
        assert granting.excesses(connection, role) == []


@pytest.mark.parametrize(
    ("mighty", "said"),
    [
        ("ALTER ROLE {} SUPERUSER", "superuser"),
        ("GRANT pg_write_all_data TO {}", "may still"),
        ("GRANT postgres TO {}", "may still"),
        ("ALTER TABLE transfer OWNER TO {}", "may still"),
        ("ALTER ROLE {} CREATEROLE", "may still"),
    ],
)
def test_a_role_that_no_grant_restricts_is_refused(owner: Store, role: str, mighty: str, said: str) -> None:
    with owner.changing() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {role}")
        connection.exec_driver_sql(mighty.format(role))
    before = rights(owner, role)
    with pytest.raises(RoleRefused, match=said):
        grant(owner, role)
    assert rights(owner, role) == before
    with owner.changing() as connection:
        connection.exec_driver_sql("ALTER TABLE transfer OWNER TO postgres")


def rights(owner: Store, role: str) -> list[Any]:
    with owner.reading() as connection:
        return [
            *connection.exec_driver_sql("SELECT relname, relacl::text, relowner FROM pg_class ORDER BY relname"),
            *connection.exec_driver_sql(f"SELECT rolsuper, rolcanlogin FROM pg_roles WHERE rolname = '{role}'"),
        ]


def test_whoever_owns_the_tables_can_grant_without_being_a_superuser(
    postgres_server: Postgres, owner: Store, role: str
) -> None:
    landlord = f"landlord_{owner.url.database}"[:60]
    with owner.changing() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {landlord} LOGIN CREATEROLE")
    database = postgres_server.create_database()
    there = Store(database)
    with there.changing() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {there.url.database} OWNER TO {landlord}")
    there.close()
    landlords = Store(there.url.set(username=landlord).render_as_string(hide_password=False))
    Bank.found(Settings(database_url=url_of(landlords, landlord)), Charter(name="b", origin="b.example"))
    grant(landlords, role, "secret")
    grant(landlords, role)
    with Bank.open(Settings(database_url=url_of(landlords, role))) as bank:
        assert posted(bank)
    landlords.close()
    postgres_server.drop_database(database)
    with owner.changing() as connection:
        connection.exec_driver_sql(f"DROP ROLE {role}")
        connection.exec_driver_sql(f"DROP ROLE {landlord}")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Clerk",
        "clerk; DROP TABLE transfer",
        'clerk"',
        "pg_monitor",
        "public",
        "1clerk",
        "a" * 64,
        "书记",
        "clerk\n",
    ],
)
def test_what_is_no_role_name_is_refused(owner: Store, name: str) -> None:
    with pytest.raises(RoleRefused, match="lower case letters"):
        grant(owner, name)


def test_a_password_may_hold_any_character(owner: Store, role: str) -> None:
    grant(owner, role, 'it\'s 100% $$ \\ "密码" :name')
    with owner.reading() as connection:
        kept = connection.exec_driver_sql(f"SELECT rolpassword FROM pg_authid WHERE rolname = '{role}'").scalar()
    assert str(kept).startswith("SCRAM-SHA-256$")


def test_a_role_that_was_not_granted_is_told_how_to_be(owner: Store, role: str, postgres_server: Postgres) -> None:
    postgres_server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    with pytest.raises(NotGranted, match=f"run `pioneer grant {role}`"):
        Bank.open(Settings(database_url=url_of(owner, role)))


def test_a_table_made_after_the_grant_is_found_lacking(owner: Store, role: str) -> None:
    grant(owner, role)
    with owner.changing() as connection:
        connection.exec_driver_sql(f"REVOKE ALL ON desk FROM {role}")
    clerk = Store(url_of(owner, role))
    with clerk.reading() as connection:
        assert granting.lacks(connection) == ["desk"]
    clerk.close()


def test_sqlite_knows_no_roles(lived_in_sqlite: Any) -> None:
    store = Store(f"sqlite:///{lived_in_sqlite}")
    with pytest.raises(RoleRefused, match="permissions"):
        grant(store, "clerk")
    store.close()


def posted(bank: Bank) -> bool:
    new = bank.world.new_id
    adjusted = Adjust(
        id=new(),
        actor=new(),
        second=new(),
        owner=Owner(OwnerKind.VOLUNTEER, new()),
        organisation=Owner(OwnerKind.ORGANISATION, new()),
        amount=5,
        reason="示例",
    )
    return bank.submit(adjusted, Request("granting", str(adjusted.id), b"1")).posted
