"""The files of this project, as the repository knows them."""

import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


def tracked_files() -> list[Path]:
    """The files that git tracks, relative to the project; the test is skipped outside a checkout."""
    git = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    try:
        listed = subprocess.run(git, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [Path(name) for name in listed.split("\0") if name and (PROJECT / name).is_file()]
