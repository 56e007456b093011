"""Bringing a database to the form this program knows, and refusing to work on any other."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

import ledger
from ledger.store.engines import NotGranted, Store

SCRIPTS = Path(ledger.__file__).parent.parent / "migrations"
"""Beside the package, in a checkout as in an installed wheel."""

VERSION_TABLE = "alembic_version"
INSUFFICIENT_PRIVILEGE = "42501"


class NotMigrated(RuntimeError):
    """The database has another form than this program knows; the message names the mend."""


class MigrationRefused(RuntimeError):
    """A migration would have broken the ledger. Nothing of it was written."""


def migrate(store: Store | str, *, scripts: Path = SCRIPTS) -> list[str]:
    """Apply every revision that is missing and give their numbers, oldest first. All are applied, or none.

    Takes a store or the URL of one; on PostgreSQL its role must own the tables. Refuses MigrationRefused, and
    NotMigrated where the database is newer than this program.
    """
    if isinstance(store, str):
        opened = Store(store)
        try:
            return migrate(opened, scripts=scripts)
        finally:
            opened.close()
    config = _config(scripts)
    applied: list[str] = []
    with store.migrating() as connection:
        config.attributes.update(connection=connection, applied=applied)
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            if revision(store) in {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}:
                raise
            raise NotMigrated(_newer(revision(store))) from error
        except (IntegrityError, ProgrammingError):
            if revision(store) != ScriptDirectory.from_config(config).get_current_head():
                raise
            return []  # somebody else migrated this database at the same moment, and was first
    return applied


def revision(store: Store) -> str | None:
    """The revision of this database; None where nothing was ever migrated. Raises NotGranted."""
    with store.reading() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return None
        try:
            found: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", None) != INSUFFICIENT_PRIVILEGE:
                raise
            role = store.url.username
            raise NotGranted(f"role {role} may not read this bank: run `pioneer grant {role}` as its owner") from error
    return found


def newest() -> str:
    """The revision this program works with."""
    return _revisions(SCRIPTS)[-1]


def refuse_other_revision(store: Store) -> None:
    """NotMigrated unless the database has exactly the form this program knows. One without a bank is let through."""
    found = revision(store)
    if found == newest():
        return
    if found is None:
        with store.reading() as connection:
            if inspect(connection).has_table("bank"):
                raise NotMigrated("this bank was not made by migrations: found one with `pioneer init` instead")
        return
    if found in _revisions(SCRIPTS):
        raise NotMigrated(f"the database is at revision {found}, this program needs {newest()}: run `pioneer migrate`")
    raise NotMigrated(_newer(found))


def _newer(found: str | None) -> str:
    return f"the database is at revision {found}, which this program does not know: install the newer program again"


@cache
def _revisions(scripts: Path) -> list[str]:
    """Oldest first."""
    walked = ScriptDirectory.from_config(_config(scripts)).walk_revisions()
    return [script.revision for script in walked][::-1]


def _config(scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
