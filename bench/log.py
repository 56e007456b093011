"""What the transparency log costs, and what asking it costs: tree and signing beside posting, a proof, a whole log
verified by the one file that strangers get.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bench.ground import Line, database, district, milliseconds, quick, report, scratch, told
from ledger.bank import Bank
from ledger.core.merkle import Frontier, leaf_hash
from ledger.core.opening import OpenAccounts
from ledger.log import export as exporting
from ledger.log import keys, publication, receipts, signer
from ledger.log.receipts import Receipt
from ledger.log.verifying.heads import Trust
from ledger.log.verifying.questions import verify_log
from ledger.log.verifying.sources import Source

BATCH = 100
ROUNDS = 60


def main() -> None:
    size = 30_000 if quick() else 1_000_000
    lines = []
    with database("sqlite") as url, district(url, people=2_400, weeks=50) as place, scratch() as directory:
        bank, dice = place.bank, random.Random(1)
        bank.settings = replace(bank.settings, data_dir=directory)
        keys.ensure(directory, bank.log_origin)
        posting = []
        for _ in range(ROUNDS):
            awards = place.awards(dice, BATCH)
            posting.append(seconds(lambda awards=awards: place.post(awards)))  # type: ignore[misc]
        lines.append(_cost(bank, statistics.median(posting)))
        while (entries := signer.standing(bank).entries) < size:
            told(f"{entries:,} of {size:,} entries")
            place.post(place.awards(dice, min(50_000, size - entries)))
        signer.sign(bank, wait=True)
        lines.append(_proof(bank, dice, size))
        lines.append(_verified(bank, directory, size))
    report("The transparency log (SQLite)", lines)


def seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def _cost(bank: Bank, batch: float) -> Line:
    """Leaves, nodes and root of a batch, and the share of a second that a head takes, which is signed once a second."""
    entries = publication.entries(bank.store, 0, BATCH)

    def grown() -> bytes:
        frontier = Frontier()
        for entry in entries:
            frontier.append(leaf_hash(entry))
        return frontier.root()

    tree = statistics.median(seconds(grown) for _ in range(ROUNDS))
    signing = []
    for _ in range(5):
        time.sleep(1.1)
        signing.append(seconds(lambda: signer.sign(bank, wait=True)))
        bank.submit(OpenAccounts(id=bank.world.new_id(), actor=bank.world.new_id(), accounts=()))
    share = tree / batch + statistics.median(signing)
    ours = f"{tree * 1e3:.2f} ms + {statistics.median(signing) * 1e3:.1f} ms/s"
    return Line(f"tree and signing, batches of {BATCH}", ours, f"{batch * 1e3:.1f} ms", share, ("<=", 0.1))


def _proof(bank: Bank, dice: random.Random, size: int) -> Line:
    def one() -> object:
        seq = dice.randint(1, size)
        return receipts.proof(bank, Receipt(seq, b"", None, None))

    taken = statistics.median(milliseconds(one, 200))
    return Line(f"a proof of {size:,} entries", f"{taken:.2f} ms", "5 ms", taken / 5, ("<=", 1.0))


def _verified(bank: Bank, directory: Path, size: int) -> Line:
    folder = directory / "out"
    writing = seconds(lambda: exporting.export(bank, folder, []))
    trust = Trust([str(key) for key in keys.public(directory, bank.log_origin)], None)
    began = time.process_time()
    waited = seconds(lambda: verify_log(Source(str(folder)), trust, None))
    taken = time.process_time() - began  # one thread: what the machine does besides is not its cost
    told(f"exported in {writing:.1f} s, verified in {waited:.1f} s")
    allowed = 15 * size / 1_000_000
    return Line(f"{size:,} entries verified", f"{taken:.1f} s", f"{allowed:.1f} s", taken / allowed, ("<=", 1.0))


if __name__ == "__main__":
    main()
