"""`pioneer demo`: an invented district's year, to look at."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

import click

from ledger.bank import is_bank_here
from ledger.cli.console import as_json, refuse, refusing, result, settings, shown, steps, table
from ledger.cli.set_up import run_server
from ledger.demo import PASSWORD, STAFF, Built, build
from ledger.demo.world import ZONE
from ledger.log import keys as log_keys
from ledger.people import keys, sealing
from ledger.people.codes import grouped
from ledger.settings import Settings


@click.command()
@click.option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    help="The same seed builds the same bank, to the last byte of its tree.",
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day the year ends on.  [default: today]")
@click.option("--serve", "and_serve", is_flag=True, help="Serve it when it is built.")
@click.option("--host", help="Address to serve on.  [default: PIONEER_HOST or 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to serve on.  [default: PIONEER_PORT or 8000]")
@as_json
@refusing
def demo(seed: int, today: datetime | None, and_serve: bool, host: str | None, port: int | None, as_json: bool) -> None:
    """Build one invented district's year: 27 estates, 2,400 volunteers, 91 activities, 5,900 prizes.

    Without PIONEER_DATABASE_URL it goes to var/demo/bank.db, where an older demo makes way for it. Any other bank is
    left alone.
    """
    how = _place(settings(), as_json)
    day = today.date() if today else datetime.now(UTC).astimezone(ZONE).date()
    started = time.monotonic()
    keys.ensure(how.data_dir)
    sealing.ensure(how.data_dir)
    with steps(quiet=as_json) as progress:
        built = build(how, seed=seed, today=day, progress=progress)
    log_keys.ensure(how.data_dir, Built.ORIGIN)
    values = _values(built) | {"seed": seed, "seconds": round(time.monotonic() - started, 1)}
    address = f"http://{host or how.host}:{port or how.port}"
    result(values, as_json, lambda: _tell(values, how, address, and_serve))
    if and_serve:
        os.environ["PIONEER_DATA_DIR"], os.environ["PIONEER_DATABASE_URL"] = str(how.data_dir), how.url
        run_server(how, host or how.host, port or how.port, how.workers)


def _place(how: Settings, json_wanted: bool) -> Settings:
    """Where the demo goes: never over a bank that is not a demo."""
    if not how.database_url:
        how = replace(how, data_dir=how.data_dir / "demo")
    how.prepare()
    found = is_bank_here(how)
    if found is None:
        return how
    if found.origin != Built.ORIGIN:
        refuse(f"a bank named {found.name} stands here already; give PIONEER_DATA_DIR another directory", json_wanted)
    if how.database_url:
        refuse("this database already holds a demo; give PIONEER_DATABASE_URL an empty one", json_wanted)
    for file in (*how.data_dir.glob("bank.db*"), *how.log_directory.glob("*.anchor")):
        file.unlink()
    return how


def _values(built: Built) -> dict[str, Any]:
    told = {name: value for name, value in asdict(built).items() if isinstance(value, int | str)}
    return told | {"identities": [asdict(one) for one in built.identities]}


def _tell(values: dict[str, Any], how: Settings, address: str, served: bool) -> None:
    rows = table("示例区先锋银行: one invented year", "what", "count")
    for what, name in (
        ("organisations (estates 小区: {estates})", "organisations"),
        ("volunteers 志愿者 ({shared_names} share a name with another)", "volunteers"),
        ("activities 活动", "activities"),
        ("service records 服务记录", "records"),
        ("prizes handed out 奖品 (in {redemptions:,} redemptions 兑换)", "prizes_redeemed"),
        ("refused 拒绝 (not enough points, or none left)", "refused"),
        ("records reversed 冲正 ({debts} left a debt 欠分), prizes brought back {refunded}", "reversed"),
        ("lots of points lapsed 失效", "lapsed_lots"),
        ("transactions in the ledger 记账", "transactions"),
    ):
        rows.add_row(what.format_map(values), f"{values[name]:,}")
    shown.print(rows)
    shown.print(f"\nBuilt in {values['seconds']} s (seed {values['seed']}).\n")
    logins = table("Who to log in as (everybody's password: " + PASSWORD + ")", "username", "role", "who")
    for username, name, role in STAFF:
        logins.add_row(username, role, name)
    shown.print(logins)
    shown.print("Nobody needs a one-time code here; a bank of your own asks its administrators for them.")
    known = table("Volunteers who can sign in at a paired kiosk or desk", "number", "card", "PIN", "who")
    for one in values["identities"]:
        known.add_row(one["volunteer_no"], grouped(one["card_no"], 4), one["pin"], one["name"])
    shown.print(known)
    shown.print("\n[bold]Where to look[/]")
    where = f"PIONEER_DATA_DIR={how.data_dir} {sys.argv[0]}"
    if not served:
        shown.print(f"  serve it        {where} serve")
    shown.print(f"  everybody       {address}/ leads to kiosk, desk, organiser, administration and board")
    shown.print(f"  the API         {address}/docs")
    shown.print(
        f"  a volunteer     {values['busiest_no']} (redeemed most), {values['in_debt_no']} (in debt after a reversal)"
    )
    shown.print(f"  pair a kiosk    open {address}/kiosk, then {where} devices approve CODE")
    shown.print(f"  prove it        {where} check")
    shown.print(f"  take it away    {where} export --format beancount journal\n")
