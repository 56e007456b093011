"""`pioneer log verify`, `consistency`, `compare`, `watch` and `pioneer receipt verify`: questions to any bank's log.

They need no bank here, and believe nothing that a server says of its own keys.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ledger.log import watching
from ledger.log.verifying.heads import Trust
from ledger.log.verifying.questions import verify_consistency, verify_log, verify_receipt
from ledger.log.verifying.sources import Source
from ledger.log.verifying.terminal import ended

CODES = "Exit code: 0 valid, 1 invalid, 2 cannot tell, 3 a rollback or split is proven."

key = click.option("--key", "keys", multiple=True, help="A verifier key, or a file with some. May be repeated.")
policy = click.option("--policy", help="A c2sp.org/tlog-policy file: logs, witnesses, and how many must cosign.")
evidence = click.option(
    "--evidence",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("evidence"),
    show_default=True,
    help="Where to keep signed heads that contradict each other.",
)


def asked(question: Callable[[Trust], str], keys: tuple[str, ...], policy: str | None) -> None:
    """Ask, say the answer, and leave with its exit code."""
    sys.exit(ended(lambda: question(Trust(list(keys), policy))))


@click.command(epilog=CODES)
@click.argument("place")
@key
@policy
@evidence
@click.option("--remember", type=click.Path(dir_okay=False, path_type=Path), help="A file for the newest head seen.")
@click.option("--totals", help="Path beside the checkpoint of totals stated by the bank, to be compared.")
@click.option("--months", help="The same for what moved in each month.")
def verify(
    place: str,
    keys: tuple[str, ...],
    policy: str | None,
    evidence: Path,
    remember: Path | None,
    totals: str | None,
    months: str | None,
) -> None:
    """Verify the whole log at PLACE (a URL or a directory): every byte under the signed head, and what it says."""

    def question(trust: Trust) -> str:
        if remember is not None:
            watching.against_remembered(place, trust, remember, evidence)
        return verify_log(Source(place), trust, totals, months)

    asked(question, keys, policy)


@click.command(epilog=CODES)
@click.argument("old", type=click.Path(exists=True))
@click.argument("new")
@key
@policy
def consistency(old: str, new: str, keys: tuple[str, ...], policy: str | None) -> None:
    """Is OLD (a head you kept) the beginning of the log NEW (a URL or a directory)?"""
    asked(lambda trust: verify_consistency(Source(old).head(), Source(new), trust), keys, policy)


@click.command(epilog=CODES)
@click.argument("a")
@click.argument("b")
@key
@policy
@evidence
def compare(a: str, b: str, keys: tuple[str, ...], policy: str | None, evidence: Path) -> None:
    """Were two people shown the same log? A and B are URLs, directories, or heads in files."""
    asked(lambda trust: watching.compare(a, b, trust, evidence), keys, policy)


@click.command(epilog=CODES)
@click.argument("place")
@key
@policy
@evidence
@click.option(
    "--remember", type=click.Path(dir_okay=False, path_type=Path), required=True, help="What was seen so far."
)
@click.option("--every", type=click.FloatRange(0), default=60, show_default=True, help="Seconds between two looks.")
@click.option("--rounds", type=click.IntRange(0), default=0, help="How often to look.  [default: for ever]")
def watch(place: str, keys: tuple[str, ...], policy: str | None, **how: Any) -> None:
    """Follow the log at PLACE, reading only what is new; end with exit code 3 when its history changes."""
    asked(lambda trust: watching.watch(place, trust, **how), keys, policy)


@click.group()
def receipt() -> None:
    """Receipts (凭证): proof that an entry is in the signed log."""


@receipt.command(name="verify", epilog=CODES)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@key
@policy
def verify_file(file: Path, keys: tuple[str, ...], policy: str | None) -> None:
    """Verify a receipt, or a statement bundle: nothing but FILE and the key is needed, no network."""
    asked(lambda trust: verify_receipt(file.read_bytes(), trust), keys, policy)
