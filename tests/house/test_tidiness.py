"""The house is tidy: a short top level, and nothing that only one machine understands."""

import re
from pathlib import Path

from tests.house.project import PROJECT, tracked_files

TOP_LEVEL = {
    *("ledger", "api", "migrations", "tests", "wsgi.py", "pyproject.toml"),
    *("README.md", "README.zh-CN.md", "LICENSE", "CHANGELOG.md", "Makefile", "requirements.lock"),
    *("docs", "deploy", "bench", ".ci", ".gitignore"),
}

# Written in pieces, so that this file does not find itself.
REGISTRIES = ("pypi" + r"\.org", "python" + r"hosted\.org", "npm" + r"js\.(org|com)", "golang" + r"\.org")
MACHINE_PATHS = (r"(?<![\w.-])/" + "(work|root)/", r"/opt/" + "(pypi|wheels)", r"\." + "pyenv/")


def test_the_top_level_holds_only_what_readers_and_tools_need() -> None:
    assert {path.parts[0] for path in tracked_files()} - TOP_LEVEL == set()


def test_no_file_names_a_package_registry() -> None:
    assert mentions(REGISTRIES) == []


def test_no_file_names_a_path_of_the_machine_it_was_written_on() -> None:
    assert mentions(MACHINE_PATHS) == []


def mentions(patterns: tuple[str, ...]) -> list[str]:
    """Every `file:line` that matches one of the patterns."""
    pattern = re.compile("|".join(patterns))
    return [f"{path}:{number}" for path in tracked_files() for number in matching_lines(PROJECT / path, pattern)]


def matching_lines(path: Path, pattern: re.Pattern[str]) -> list[int]:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return [number for number, line in enumerate(lines, start=1) if pattern.search(line)]
