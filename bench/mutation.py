"""How many mutants of ledger/rules the tests kill: python -m bench.mutation [--sample N] [--minutes M] [--seed S].

Mutates a copy in a temporary directory with mutmut, runs the tests of the rules against a random sample, and prints the
share that was killed with the names of those that survived. The fuzzer is left out: it is slow and looks elsewhere.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MUTMUT = [sys.executable, "-m", "mutmut"]
SETUP = "[mutmut]\npaths_to_mutate=ledger/rules\ntests_dir=tests/rules\nalso_copy=\n    ledger\n    tests\n"
PYTEST = '[tool.pytest.ini_options]\naddopts = "-p no:randomly -p no:xdist -p no:cacheprovider"\n'
CONFTEST = (
    "from hypothesis import settings\n"
    'settings.register_profile("mutants", max_examples=25, derandomize=True, database=None)\n'
    'settings.load_profile("mutants")\n'
)
"""Properties in brief: a mutant is tried hundreds of times, and what it breaks is seldom rare."""
KILLED = {1, 3, -24, 36, -9}
"""Exit codes of a test run that noticed: a failure, an error, or a run that never ended."""
AT_ONCE = 25


def main() -> None:
    """Print the figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=400, help="how many mutants to try")
    parser.add_argument("--minutes", type=float, default=15, help="stop beginning new ones after so many minutes")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    ends = time.monotonic() + asked.minutes * 60
    with tempfile.TemporaryDirectory(prefix="pioneer-mutation-") as made:
        place = Path(made)
        prepare(place)
        run(place, "none*")
        names = sorted(outcomes(place))
        chosen = random.Random(asked.seed).sample(names, min(asked.sample, len(names)))
        tried = 0
        while tried < len(chosen) and time.monotonic() < ends:
            run(place, *chosen[tried : tried + AT_ONCE])
            tried += AT_ONCE
        told(outcomes(place), chosen, len(names))


def prepare(place: Path) -> None:
    """A copy of what is mutated and of what looks at it."""
    shutil.copytree(ROOT / "ledger", place / "ledger")
    (place / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "__init__.py", place / "tests")
    shutil.copytree(ROOT / "tests" / "rules", place / "tests" / "rules", ignore=shutil.ignore_patterns("test_fuzz.py"))
    (place / "tests" / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (place / "setup.cfg").write_text(SETUP, encoding="utf-8")
    (place / "pyproject.toml").write_text(PYTEST, encoding="utf-8")


def run(place: Path, *names: str) -> None:
    """Try these mutants, one after the other."""
    subprocess.run(
        [*MUTMUT, "run", "--max-children", "1", *names], cwd=place, check=False, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def outcomes(place: Path) -> dict[str, int | None]:
    """Every mutant and the exit code of the tests that ran against it; None where none ran yet."""
    found: dict[str, int | None] = {}
    for meta in (place / "mutants").rglob("*.meta"):
        found |= json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def told(found: dict[str, int | None], chosen: list[str], there_are: int) -> None:
    """The figure, and who survived."""
    tried = {name: found[name] for name in chosen if found.get(name) is not None}
    killed = [name for name, code in tried.items() if code in KILLED]
    survived = [name for name, code in tried.items() if code not in KILLED]
    share = 100 * len(killed) / len(tried) if tried else 0.0
    print(f"{there_are:,} mutants of ledger/rules, {len(tried)} tried at random: {len(killed)} killed, {share:.1f} %")
    for name in sorted(survived):
        print(f"  survived ({tried[name]}): {name}")


if __name__ == "__main__":
    main()
