"""`pioneer log`: the signed log from the bank's side: its heads, its keys, its export, and what to do when a backup was
too old.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ledger.bank import Bank, By
from ledger.cli import verify as verifying
from ledger.cli.console import as_json, refuse, refusing, result, settings, shown, steps
from ledger.log import export as exporting
from ledger.log import keys, restoring, rotation, signer, witness
from ledger.log.publication import BytesBroken
from ledger.log.verifying.heads import Verdict


@click.group()
def log() -> None:
    """The signed log (公开): heads, keys, exports; and how anybody verifies them."""


for question in (verifying.verify, verifying.consistency, verifying.compare, verifying.watch):
    log.add_command(question)


@log.command()
@as_json
@refusing
def sign(as_json: bool) -> None:
    """Sign the newest head now. `pioneer serve` does it by itself, every second in which something was posted."""
    with Bank.open(settings()) as bank:
        try:
            made = signer.sign(bank, wait=True)
        except signer.MayNotSign as error:
            refuse(f"not signed ({error.code}): {error}", as_json)
        standing = signer.standing(bank)
    signed = made is not None
    values = {"signed": signed, "origin": standing.origin, "size": standing.published}
    said = "Signed" if signed else "Nothing new since the head over"
    result(values, as_json, lambda: shown.print(f"{said} {standing.published:,} entries of {standing.origin}."))


@log.command()
@as_json
@refusing
def status(as_json: bool) -> None:
    """How far the log is signed, and why not further. Exit code 1 where it may not be signed."""
    with Bank.open(settings()) as bank:
        standing = signer.standing(bank)
    against = standing.refused
    values = {
        "ok": against is None,
        "origin": standing.origin,
        "entries": standing.entries,
        "published": standing.published,
        "refused": None if against is None else against.code,
        "said": "" if against is None else against.said,
    }

    def words() -> None:
        shown.print(f"{standing.origin}: {standing.entries:,} entries, signed up to {standing.published:,}.")
        if against is not None:
            shown.print(f"[red]Not signing[/] ({against.code}): {against.said}")

    result(values, as_json, words)
    if against is not None:
        sys.exit(1)


@log.command()
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@as_json
@refusing
def export(directory: Path, as_json: bool) -> None:
    """Write the signed log into DIRECTORY as the files that are served; run again it adds what is new."""
    with Bank.open(settings()) as bank, steps(quiet=as_json) as progress:
        held = [str(key) for key in keys.public(bank.settings.data_dir, bank.log_origin)]
        try:
            made = exporting.export(bank, directory, held, lambda done, total: progress("files", done, total))
        except (exporting.NotThisLog, BytesBroken) as error:
            refuse(str(error), as_json)
    values = {"directory": str(directory), "size": made.size, "files": made.files}
    result(values, as_json, lambda: shown.print(f"{directory}: {made.size:,} entries, {made.files:,} new files."))


@log.command()
@click.option("--trust-database", is_flag=True, required=True, help="This database is surely the newest there was.")
@as_json
@refusing
def resume(trust_database: bool, as_json: bool) -> None:
    """Make the newest published head the anchor again, where the anchor file is gone."""
    with Bank.open(settings()) as bank:
        try:
            head = restoring.resume(bank)
        except restoring.NothingToMend as error:
            refuse(str(error), as_json)
    words = f"Anchored at {head.size:,} entries of {head.origin}; signing goes on."
    result({"origin": head.origin, "size": head.size, "trusted": trust_database}, as_json, lambda: shown.print(words))


@log.command(name="new-epoch")
@click.option("--public", help="A mirror or export of the lost log (URL or directory): keeps the lost entries.")
@as_json
@refusing
def new_epoch(public: str | None, as_json: bool) -> None:
    """Begin anew in the open, when signed history is lost for good: under a new name, saying what was lost."""
    with Bank.open(settings()) as bank:
        try:
            made = restoring.begin_epoch(bank, By(actor=bank.world.new_id()), public)
        except (restoring.NothingToMend, Verdict) as error:
            refuse(str(error), as_json)
    values = {"origin": made.origin, "key": str(made.key), "kept": made.kept, "lost": made.lost}
    where = f"\nThe lost entries are in {made.lost_file}; enter again what they stand for." if made.lost_file else ""
    words = (
        f"{made.origin}: goes on after {made.kept:,} entries; {made.lost:,} signed entries are lost, and the log says "
        f"so.{where}\nRestart the server, and tell verifiers the new key:\n{made.key}"
    )
    result(values, as_json, lambda: shown.print(words, markup=False))


@log.command()
@as_json
@refusing
def cosign(as_json: bool) -> None:
    """Ask the witnesses of the policy to stand for the newest head now. The server asks by itself."""
    with Bank.open(settings()) as bank:
        try:
            told = witness.gather(bank)
        except Verdict as error:
            refuse(str(error), as_json)
    lines = [f"{one.witness}: {one.said}" for one in told] or ["the policy names no witness with an address"]
    result({"witnesses": [one._asdict() for one in told]}, as_json, lambda: shown.print("\n".join(lines)))


@log.group(name="keys")
def log_keys() -> None:
    """The keys that sign the log: files in the data directory, 0600, never in the database."""


@log_keys.command(name="list")
@as_json
@refusing
def list_keys(as_json: bool) -> None:
    """The public keys that sign now. Give them to verifiers by another way than this server."""
    with Bank.open(settings()) as bank:
        held = keys.load(bank.settings.data_dir, bank.log_origin)
    values = {"keys": [str(key.public) for key in held]}

    result(values, as_json, lambda: shown.print("\n".join(values["keys"]), markup=False))


@log_keys.command()
@as_json
@refusing
def create(as_json: bool) -> None:
    """Make the first key. `pioneer init` did it already."""
    with Bank.open(settings()) as bank:
        made = rotation.create(bank.settings.data_dir, bank.log_origin)
    result({"key": str(made)}, as_json, lambda: shown.print(str(made)))


@log_keys.command()
@as_json
@refusing
def rotate(as_json: bool) -> None:
    """Make another key, announce it in the log, and sign with both from then on."""
    with Bank.open(settings()) as bank:
        made = rotation.rotate(bank, By(actor=bank.world.new_id()))
    words = f"{made}\nHeads carry both signatures now. Tell verifiers, then: pioneer log keys retire OLD-ID"
    result({"key": str(made)}, as_json, lambda: shown.print(words))


@log_keys.command()
@click.argument("key_id")
@as_json
@refusing
def retire(key_id: str, as_json: bool) -> None:
    """Announce that the key KEY_ID goes, and destroy its private half."""
    with Bank.open(settings()) as bank:
        gone = rotation.retire(bank, By(actor=bank.world.new_id()), key_id)
    result({"key": str(gone)}, as_json, lambda: shown.print(f"Retired {gone.id.hex()}; it signs no more."))
