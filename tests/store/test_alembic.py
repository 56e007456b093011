"""Alembic's own command works on this project from pyproject.toml alone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.store.migrating import migrate, newest
from tests.house.project import PROJECT

pytestmark = pytest.mark.slow


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what Alembic looks at, to write revisions into."""
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    shutil.copytree(PROJECT / "migrations", tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def alembic(project: Path, url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PIONEER_DATABASE_URL": url, "PYTHONPATH": str(PROJECT)}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "alembic", *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_alembic_upgrades_and_finds_nothing_left_to_do(project: Path, database_url: str) -> None:
    all_done = [alembic(project, database_url, *words) for words in (("upgrade", "head"), ("check",), ("current",))]
    assert [done.returncode for done in all_done] == [0, 0, 0], all_done
    assert f"{newest()} (head)" in all_done[-1].stdout
    assert migrate(database_url) == []


def test_a_new_revision_gets_the_next_number(project: Path, database_url: str) -> None:
    migrate(database_url)
    number = f"{int(newest()) + 1:04d}"
    done = alembic(project, database_url, "revision", "--autogenerate", "-m", "Pets may volunteer")
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = (project / "migrations/versions").glob(f"{number}_*.py")
    assert made.name == f"{number}_pets_may_volunteer.py"
    assert f'"""Pets may volunteer.\n\nRevision ID: {number}\nRevises: {newest()}\n"""' in made.read_text()
    done = alembic(project, database_url, "upgrade", "head")
    assert done.returncode == 0, done.stdout + done.stderr


def test_alembic_does_not_go_back_and_does_not_guess(project: Path, database_url: str) -> None:
    migrate(database_url)
    assert "a ledger does not go back" in alembic(project, database_url, "downgrade", "base").stderr
    assert "run them without --sql" in alembic(project, database_url, "upgrade", "head", "--sql").stderr
