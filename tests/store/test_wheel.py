"""An installed wheel can migrate: it carries the migrations, and finds them without the checkout."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.store.migrating import newest
from tests.house.project import PROJECT

SCRIPT = """
import sys
from pathlib import Path

import ledger
from ledger.store.engines import Store
from ledger.store.migrating import SCRIPTS, migrate, revision

installed, url = Path(sys.argv[1]), sys.argv[2]
assert Path(ledger.__file__).is_relative_to(installed), ledger.__file__
assert SCRIPTS.is_relative_to(installed), SCRIPTS
print(*migrate(url))
print(revision(Store(url)))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory into which a freshly built wheel was installed, without what it depends on."""
    pytest.importorskip("hatchling")
    built, installed = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("installed")
    run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(built)], PROJECT)
    (wheel,) = built.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps"]
    run([*pip, "--target", str(installed), str(wheel)], built)
    return installed


@pytest.mark.slow
def test_an_installed_wheel_migrates_a_database_far_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    database = tmp_path / "bank.sqlite"
    said = run(
        [sys.executable, "-c", SCRIPT, str(installed), f"sqlite:///{database}"], tmp_path, PYTHONPATH=str(installed)
    )
    applied, revision = said.splitlines()
    assert applied.split()[-1] == revision == newest()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bank.sqlite"]


@pytest.mark.slow
def test_the_wheel_carries_every_migration_and_no_rubbish(installed: Path) -> None:
    def scripts(root: Path) -> set[str]:
        files = (root / "migrations").rglob("*")
        return {str(path.relative_to(root)) for path in files if path.is_file() and "__pycache__" not in path.parts}

    assert scripts(installed) == scripts(PROJECT)


def run(command: list[str], directory: Path, **environment: str) -> str:
    """What a program said; it must succeed."""
    done = subprocess.run(
        command, cwd=directory, env=clean() | environment, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def clean() -> dict[str, str]:
    """The environment without what would lead Python back to the checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIONEER_", "COV"))}
