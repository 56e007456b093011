"""The role under which a bank serves on PostgreSQL: it may add to the ledger, and cannot change, empty or redefine it.

The second of two guards: triggers refuse whoever comes, grants keep the application from touching the triggers.
"""

from __future__ import annotations

import re

from psycopg import sql
from sqlalchemy import Connection, text

from ledger.store.engines import Store
from ledger.store.guards import ACCOUNT_FIXED
from ledger.store.migrating import VERSION_TABLE
from ledger.store.schema import books, metadata
from ledger.store.schema.metadata import APPEND_ONLY

UPDATED = {
    "account": tuple(column.name for column in books.account.columns if column.name not in ACCOUNT_FIXED),
    "head": tuple(column.name for column in books.head.columns if not column.primary_key),
    "private": ("salt", "opening"),
    "notice_text": ("salt", "shown"),
}
"""Tables of the ledger of which some columns change; the triggers say how."""

DELETED = frozenset(
    {
        *("card", "guardian", "pairing", "refresh_token", "screen_code", "sign_in", "staff_role", "throttle"),
        *("volunteer_field", "volunteer_pin", "attendance_code_use", "certificate_text", "objection_contact"),
        "dossier_entry",
    }
)
"""Tables whose rows really go: what expired, tries of long ago, roles taken away (who had which stands in the audit),
and what was kept of a person who is erased, or identified them.
"""

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_RESERVED = re.compile(r"pg_|public$|none$|current_|session_user$|user$")


class RoleRefused(ValueError):
    """This role cannot be the restricted one; the message says why and what to do."""


def grant(store: Store, role: str, password: str | None = None) -> None:
    """Let `role` serve the bank in this database and do nothing else to it; made if it is not there.

    To be called as the owner of the tables, and again after each migration. A password that is given replaces the old
    one. What PUBLIC may do to these tables and create beside them is taken too. Refuses RoleRefused; then nothing
    has changed.
    """
    if store.dialect != "postgresql":
        raise RoleRefused("SQLite knows no roles: keep others from the file by its permissions")
    if not _NAME.fullmatch(role) or _RESERVED.match(role):
        raise RoleRefused(
            f"{role!r} will not do: lower case letters, digits and _ only, and no name of PostgreSQL's own"
        )
    with store.changing() as connection:
        driver = connection.connection.driver_connection
        superuser = connection.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = :role"), {"role": role})
        if superuser:
            raise RoleRefused(f"{role} is a superuser, whom no grant restricts: choose another role")
        made = [] if superuser is not None else ["CREATE ROLE {role} LOGIN"]
        names = {
            "role": sql.Identifier(role),
            "schema": sql.Identifier(str(connection.scalar(text("SELECT current_schema()")))),
            "database": sql.Identifier(str(connection.scalar(text("SELECT current_database()")))),
        }
        for statement in (*made, *_statements()):
            connection.exec_driver_sql(sql.SQL(statement).format(**names).as_string(driver))
        if password is not None:
            secret = sql.SQL("ALTER ROLE {} PASSWORD {}").format(names["role"], sql.Literal(password))
            connection.exec_driver_sql(secret.as_string(driver).replace("%", "%%"))
        may = excesses(connection, role)
        if may:
            raise RoleRefused(f"{role} may still {'; '.join(may)}: take these from it, or choose another role")


def _statements() -> list[str]:
    """Everything is taken first, so that what an earlier version granted does not linger."""
    made = [
        "REVOKE CREATE ON SCHEMA {schema} FROM {role}, PUBLIC",
        "REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM {role}, PUBLIC",
        "GRANT CONNECT ON DATABASE {database} TO {role}",
        "GRANT USAGE ON SCHEMA {schema} TO {role}",
        f'REVOKE ALL ON "{VERSION_TABLE}" FROM {{role}}, PUBLIC',
        f'GRANT SELECT ON "{VERSION_TABLE}" TO {{role}}',
    ]
    append_only = {table.name for table in APPEND_ONLY}
    for name in metadata.tables:
        rights = "SELECT, INSERT"
        if name in UPDATED:
            rights += f", UPDATE ({', '.join(UPDATED[name])})"
        elif name not in append_only:
            rights += ", UPDATE"
        if name in DELETED:
            rights += ", DELETE"
        made += (f'REVOKE ALL ON "{name}" FROM {{role}}, PUBLIC', f'GRANT {rights} ON "{name}" TO {{role}}')
    return made


def lacks(connection: Connection) -> list[str]:
    """Tables of the bank to which the role of this connection may not add: new ones, until they are granted."""
    rows = connection.execute(
        text(
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
            "AND relkind IN ('r', 'p') AND relname = ANY (:names) AND NOT has_table_privilege(oid, 'INSERT')"
        ),
        {"names": list(metadata.tables)},
    )
    return sorted(rows.scalars())


def excesses(connection: Connection, role: str) -> list[str]:
    """What this role may do that the application must not, whether by grant, membership, PUBLIC or ownership."""
    kept = [table.name for table in APPEND_ONLY] + list(UPDATED)
    found = connection.execute(
        text(
            """
            SELECT 'do whatever a superuser, or one who makes roles, may do'
            FROM pg_roles WHERE rolname = :role AND (rolsuper OR rolcreaterole)
            UNION ALL
            SELECT lower(privilege) || ' ' || relname FROM pg_class,
                unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) AS privilege
            WHERE relnamespace = current_schema()::regnamespace AND relname = ANY (:kept)
                AND has_table_privilege(:role, oid, privilege)
            UNION ALL
            SELECT 'update ' || relname || '.' || attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
            WHERE relnamespace = current_schema()::regnamespace AND relname = ANY (:kept) AND attnum > 0
                AND NOT attisdropped AND has_column_privilege(:role, pg_class.oid, attnum, 'UPDATE')
                AND NOT has_table_privilege(:role, pg_class.oid, 'UPDATE')
                AND NOT relname || '.' || attname = ANY (:updated)
            UNION ALL
            SELECT 'act as the owner of ' || string_agg(DISTINCT relname, ', ') FROM pg_class
            WHERE relnamespace = current_schema()::regnamespace AND relname = ANY (:kept)
                AND pg_has_role(:role, relowner, 'MEMBER') HAVING count(*) > 0
            UNION ALL
            SELECT 'create objects in schema ' || current_schema()
            WHERE has_schema_privilege(:role, current_schema(), 'CREATE')
            UNION ALL
            SELECT 'create objects in the database'
            WHERE has_database_privilege(:role, current_database(), 'CREATE')
                OR has_database_privilege(:role, current_database(), 'TEMPORARY')
            """
        ),
        {
            "role": role,
            "kept": kept,
            "updated": [f"{table}.{column}" for table, columns in UPDATED.items() for column in columns],
        },
    )
    return list(found.scalars())
