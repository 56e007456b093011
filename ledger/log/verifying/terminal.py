"""Verify a points bank's public log without trusting the bank. 不必信任银行, 自己核对公开账本。

One file, standard library only: read it, then run it. You bring the bank's public key (a "vkey", from the notice board,
a neighbour, a witness); a key that the server hands you proves nothing.

    python3 verify.py log URL-OR-DIR --key VKEY-OR-FILE           the whole log, bytes and meaning
    python3 verify.py receipt FILE --key VKEY-OR-FILE             a receipt, or a statement: all receipts of an account
    python3 verify.py consistency OLD NEW --key VKEY-OR-FILE      is the head you kept the beginning of today's log?

Instead of --key, --policy FILE (c2sp.org/tlog-policy) names logs, witnesses and how many of them must have cosigned.
Exit code: 0 valid, 1 invalid, 2 cannot tell, 3 the bank rolled back or split its log, and here is the proof.

What is checked: RFC 6962 tree (leaf = SHA-256(00 || entry), node = SHA-256(01 || left || right)), C2SP signed-note,
tlog-checkpoint, tlog-tiles, tlog-cosignature, tlog-proof. What nobody can see in public: that no single person's
balance is below zero, and that one person has one account. The bank's auditor proves those with `pioneer check`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from ledger.log.verifying.heads import Trust, Verdict
from ledger.log.verifying.questions import verify_consistency, verify_log, verify_receipt
from ledger.log.verifying.sources import Source


def answer(asked: argparse.Namespace) -> str:
    trust = Trust(asked.key or [], asked.policy)
    if asked.question == "log":
        return verify_log(Source(asked.log), trust, asked.totals, asked.months)
    if asked.question == "receipt":
        return verify_receipt(Path(asked.file).read_bytes(), trust)
    return verify_consistency(Source(asked.old).head(), Source(asked.new), trust)


def main(given: list[str] | None = None) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    questions = parser.add_subparsers(dest="question", required=True)
    for question, places in (("log", ["log"]), ("receipt", ["file"]), ("consistency", ["old", "new"])):
        asked = questions.add_parser(question)
        for place in places:
            asked.add_argument(place)
        asked.add_argument("--key", action="append", help="a verifier key, or a file with some; may be repeated")
        asked.add_argument("--policy", help="a c2sp.org/tlog-policy file: logs, witnesses, quorum")
        asked.add_argument("--totals", help="path beside the checkpoint of the totals that the bank states")
        asked.add_argument("--months", help="the same for what moved in each month")
    return ended(lambda: answer(parser.parse_args(given)))


def ended(question: Callable[[], str]) -> int:
    """Say how a question ends; the exit code."""
    try:
        said, code = question(), 0
    except Verdict as verdict:
        word = {1: "INVALID 无效", 2: "cannot tell 无法判断", 3: "PROOF OF FRAUD 作伪证据"}[verdict.code]
        said, code = f"{word}: {verdict}", verdict.code
    except OSError as error:
        said, code = f"cannot tell 无法判断: {error}", 2
    sys.stdout.write(said + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
