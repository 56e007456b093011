"""Founding a bank, keeping its database in shape, and serving it."""

from __future__ import annotations

import os
import sys
import tempfile

import click

from ledger import rules
from ledger.bank import Bank, By, Charter, grant_role, migrate_database
from ledger.cli.console import as_json, refuse, refusing, result, said, settings, shown
from ledger.log import keys as log_keys
from ledger.people import keys, organisations, passwords, sealing, staff
from ledger.service import rulebooks
from ledger.settings import Settings


@click.command()
@click.option("--name", default="先锋银行", show_default=True, help="What the bank is called.")
@click.option(
    "--origin",
    default="pioneer.example",
    show_default=True,
    help="Its name in signatures: like a host name, no spaces.",
)
@click.option(
    "--points-scale",
    type=click.IntRange(0, 2),
    default=0,
    show_default=True,
    help="Decimals of a point. For good: it cannot be changed later.",
)
@click.option("--district", default="示例区", show_default=True, help="Name of the organisation at the root.")
@click.option(
    "--rulebook",
    type=click.Path(exists=True, dir_okay=False),
    help="A rulebook (YAML) to begin with; without it, the bundled example.",
)
@click.option("--admin", default="admin", show_default=True, help="Username of the first administrator.")
@click.password_option("--admin-password", help="Password of the first administrator (asked for if left out).")
@as_json
@refusing
def init(
    name: str,
    origin: str,
    points_scale: int,
    district: str,
    rulebook: str | None,
    admin: str,
    admin_password: str,
    as_json: bool,
) -> None:
    """Found a bank in an empty database: its charter, the root of its organisations, a rulebook, one administrator."""
    how = settings()
    document = click.open_file(rulebook, encoding="utf-8").read() if rulebook else rules.book("example")
    book = rules.load(document, points_scale=points_scale)
    passwords.refuse_unusable(admin, admin_password)
    how.prepare()
    Bank.found(how, Charter(name=name, origin=origin, points_scale=points_scale))
    keys.ensure(how.data_dir)
    log_keys.ensure(how.data_dir, origin)
    sealing.ensure(how.data_dir)
    with Bank.open(how) as bank:
        hand = bank.world.new_id()
        root = organisations.create(bank, By(actor=hand, kind="operator"), parent=None, level="district", name=district)
        staff.hire(bank, None, username=admin, password=admin_password, name=admin, roles=[("admin", root)])
        rulebooks.found(bank, By(actor=hand, kind="operator"), document, organisation=root)
    values = {"name": name, "database": _shown_url(how), "rulebook": f"{book.code} {book.version}", "admin": admin}
    result(values, as_json, lambda: _founded(values))


def _founded(values: dict[str, str]) -> None:
    shown.print(f"Founded [bold]{values['name']}[/] in {values['database']}, rulebook {values['rulebook']}.")
    shown.print(f"Next: pioneer serve, then log in as {values['admin']} and enrol for one-time codes (动态验证码).")
    shown.print("No authenticator app at hand? pioneer staff admin-totp optional")


@click.command()
@as_json
@refusing
def migrate(as_json: bool) -> None:
    """Bring the database to the form this version needs. Nothing happens if it has it already."""
    how = settings()
    how.prepare()
    applied = migrate_database(how)
    sealing.ensure(how.data_dir)
    result(
        {"applied": applied},
        as_json,
        lambda: shown.print(
            f"Applied: {', '.join(applied)}." if applied else "Nothing to do: the database is up to date."
        ),
    )


@click.command()
@click.argument("role")
@click.option("--password", envvar="PIONEER_ROLE_PASSWORD", help="Password for the role, if it is to have one.")
@as_json
@refusing
def grant(role: str, password: str | None, as_json: bool) -> None:
    """Create the PostgreSQL role ROLE that the server should run as: it can add to the ledger, never change or
    remove.
    """
    how = settings()
    if not how.url.startswith("postgresql"):
        refuse("roles are PostgreSQL's: PIONEER_DATABASE_URL names another database", as_json)
    grant_role(how, role, password)
    result({"role": role}, as_json, lambda: shown.print(f"Role {role} may add to the ledger and change nothing in it."))


@click.command()
@click.option("--host", help="Address to listen on.  [default: PIONEER_HOST or 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on.  [default: PIONEER_PORT or 8000]")
@click.option("--workers", type=click.IntRange(1, 64), help="Server processes.  [default: PIONEER_WORKERS or 1]")
@refusing
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the bank over HTTP until stopped with Ctrl-C."""
    how = settings()
    Bank.open(how).close()  # what is wrong is said here, in words, and not by a worker's traceback
    run_server(how, host or how.host, port or how.port, workers or how.workers)


def run_server(how: Settings, host: str, port: int, workers: int) -> None:
    """Become the server. Does not return."""
    said.print(f"Serving on http://{host}:{port}/ (documentation at /docs); stop with Ctrl-C.")
    if host not in ("127.0.0.1", "localhost", "::1"):
        said.print("[yellow]Listening beyond this machine: put a TLS proxy in front of it.[/]")
    arguments = [
        *("--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers)),
        *(
            "--blocking-threads",
            str(how.threads),
            "--backpressure",
            str(how.threads * 4),
            "--no-ws",
            "--log-level",
            "warning",
        ),
        "wsgi:app",
    ]
    if workers > 1 and "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="pioneer-metrics-")
    os.execv(sys.executable, [sys.executable, "-m", "granian", *arguments])  # noqa: S606 - our own words, no shell


def _shown_url(how: Settings) -> str:
    """Where the bank lives, without a password."""
    head, at, tail = how.url.rpartition("@")
    return f"{head.split('//')[0]}//…@{tail}" if at else how.url
