"""Keys: what signs access tokens and seals personal fields, in files beside the database and never in it."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from ledger.cli.console import as_json, refuse, refusing, result, settings, shown, table
from ledger.people import keys as token_keys
from ledger.people import sealing
from ledger.people.keys import KeyRefused, TokenKey


@click.group()
def keys() -> None:
    """The keys that sign access tokens (token), and those that seal personal fields (sealing).

    Running servers take a new key up by themselves. Copy sealing keys to a safe place: what they sealed is lost
    without them, and no backup of the database holds them.
    """


@keys.command("list")
@as_json
@refusing
def everything(as_json: bool) -> None:
    """List the token keys, the oldest first."""
    found = token_keys.listed(settings().data_dir)
    result({"keys": [_values(key) for key in found]}, as_json, lambda: _tell(found))


@keys.command()
@as_json
@refusing
def create(as_json: bool) -> None:
    """Make the first keys where there are none: what `pioneer init` does, for another machine of the same bank."""
    how = settings()
    how.prepare()
    token_keys.ensure(how.data_dir)
    sealing.ensure(how.data_dir)
    found = token_keys.listed(how.data_dir)
    result({"keys": [_values(key) for key in found]}, as_json, lambda: _tell(found))


@keys.command()
@click.argument("kind", type=click.Choice(["token", "sealing"]), default="token")
@as_json
@refusing
def rotate(kind: str, as_json: bool) -> None:
    """Make a new key that signs or seals from now on. The others go on verifying and opening."""
    data_dir = settings().data_dir
    if kind == "sealing":
        file = sealing.rotate(data_dir)
        result({"file": str(file)}, as_json, lambda: shown.print(f"From now on {file} seals; keep the others."))
        return
    made = token_keys.rotate(data_dir)
    words = f"{made.file.name} signs now. In ten minutes the one before can go: pioneer keys retire FILE"
    result(_values(made), as_json, lambda: shown.print(words))


@keys.command()
@click.argument("file")
@click.option("--at-once", is_flag=True, help="Do not wait until its tokens have expired: for a key that others saw.")
@as_json
@refusing
def retire(file: str, at_once: bool, as_json: bool) -> None:
    """Destroy the token key in FILE (0001.pem), which verifies no more."""
    data_dir = settings().data_dir
    kid = next((key.kid for key in token_keys.listed(data_dir) if key.file.name == file), file)
    try:
        retired = token_keys.retire(data_dir, kid, at_once=at_once)
    except KeyRefused as error:
        refuse(str(error), as_json)
    result({"kid": retired.kid}, as_json, lambda: shown.print(f"{retired.file.name} is destroyed."))


def _values(key: TokenKey) -> dict[str, object]:
    return {
        "kid": key.kid,
        "file": str(key.file),
        "made_at": _instant(key.made_at),
        "signs": key.signs,
        "needed_until": None if key.needed_until is None else _instant(key.needed_until),
    }


def _instant(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _tell(found: list[TokenKey]) -> None:
    rows = table("Token keys", "kid", "file", "made", "what it does")
    for key in found:
        does = "signs" if key.needed_until is None else f"verifies; needed until {_instant(key.needed_until)}"
        rows.add_row(key.kid, key.file.name, _instant(key.made_at), does)
    shown.print(rows)
