"""A file is one noun and a function one thought: both have a size past which somebody must say why."""

from __future__ import annotations

import ast

from tests.house.project import PROJECT, tracked_files

FILE_LINES = 420
FUNCTION_LINES = 80
LONG_FILES = {
    "migrations/versions/0001_the_bank.py": 4_000,  # made from the schema
    "api/proposals.py": 520,  # most of it is what a proposal answers
    "tests/ledger/test_model.py": 460,  # one machine
    "tests/rules/test_assessment.py": 740,  # tables of worked examples
    "tests/store/test_guards.py": 460,  # one table of changes, attacked on two engines
    "tests/stories/drivers.py": 450,  # the verbs of every story
}
"""How long each may be, and why."""
LONG_FUNCTIONS = {
    "migrations/versions/0001_the_bank.py make_tables": 4_000,
    "tests/core/test_refusals.py test_the_order_of_precedence_is_the_published_one": 200,  # the order itself
}


def test_no_file_is_longer_than_one_noun() -> None:
    long = {
        str(path): lines
        for path in tracked_files()
        if path.suffix in (".py", ".js", ".css")
        and (lines := len((PROJECT / path).read_text(encoding="utf-8").splitlines()))
        > LONG_FILES.get(str(path), FILE_LINES)
    }
    assert long == {}, "two nouns, or an exception to be named here"


def test_no_function_is_longer_than_one_thought() -> None:
    long = {
        name: lines
        for path in tracked_files()
        if path.suffix == ".py"
        for name, lines in functions(str(path))
        if lines > LONG_FUNCTIONS.get(name, FUNCTION_LINES)
    }
    assert long == {}, "which half is a rule, and which is plumbing?"


def functions(path: str) -> list[tuple[str, int]]:
    """Each function of a file, and over how many lines it goes."""
    found = ast.walk(ast.parse((PROJECT / path).read_text(encoding="utf-8")))
    return [
        (f"{path} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in found
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
