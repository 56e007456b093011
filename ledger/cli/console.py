"""What every command shares: its settings, one line of JSON or words for people, progress on long work, and errors
that say the mend.
"""

from __future__ import annotations

import functools
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn, ParamSpec, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from ledger.bank import KNOWN_FAILURES, is_outage
from ledger.people.keyfiles import KeysUnfit
from ledger.settings import SettingInvalid, Settings, read_settings

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

said = Console(stderr=True, highlight=False, soft_wrap=True)
"""Progress and remarks go beside the result, not into it."""
shown = Console(highlight=False, soft_wrap=True)

as_json = click.option("--json", "as_json", is_flag=True, help="Print one line of JSON at the end instead of words.")

Step = Callable[[str, int, int], None]
"""(what, done, of how many)."""


def refusing(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Known failures become one plain sentence and exit code 1; bugs stay loud."""

    @functools.wraps(function)
    def guarded(*arguments: Parameters.args, **options: Parameters.kwargs) -> Result:
        try:
            return function(*arguments, **options)
        except (SettingInvalid, KeysUnfit, *KNOWN_FAILURES) as error:
            refuse(str(error), bool(options.get("as_json")))
        except Exception as error:
            if not is_outage(error):
                raise
            reason = str(getattr(error, "orig", error)).splitlines()[0]
            refuse(f"the database does not answer: {reason}", bool(options.get("as_json")))

    return guarded


def refuse(sentence: str, json_wanted: bool = False, /) -> NoReturn:
    """Say no and leave with exit code 1."""
    if json_wanted:
        click.echo(json.dumps({"ok": False, "error": sentence}, ensure_ascii=False))
    else:
        said.print(f"[bold red]pioneer:[/] {sentence}", markup=True)
    sys.exit(1)


def settings() -> Settings:
    return read_settings()


def result(values: Mapping[str, Any], json_wanted: bool, /, words: Callable[[], None]) -> None:
    """The outcome, once: a JSON line, or words."""
    if json_wanted:
        click.echo(json.dumps({"ok": True, **values}, ensure_ascii=False, default=str))
    else:
        words()


def table(title: str, *columns: str) -> Table:
    made = Table(title=title, title_justify="left", title_style="bold", show_edge=False, pad_edge=False)
    for column in columns:
        made.add_column(column, justify="right" if column in ("count", "figure") else "left", overflow="fold")
    return made


@contextmanager
def steps(quiet: bool) -> Iterator[Step]:
    """Shows how far long work is: a bar on a terminal, a line every few seconds elsewhere, nothing if `quiet`."""
    if quiet:
        yield lambda _what, _done, _total: None
    elif said.is_terminal:
        with _bars() as progress:
            tasks: dict[str, Any] = {}

            def step(what: str, done: int, total: int) -> None:
                task = tasks.setdefault(what, None) or progress.add_task(what, total=total)
                tasks[what] = task
                progress.update(task, completed=done, total=total)

            yield step
    else:
        yield _lines()


def _bars() -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=said
    )


def _lines() -> Step:
    last = {"at": time.monotonic()}

    def step(what: str, done: int, total: int) -> None:
        if done == total or time.monotonic() - last["at"] > 5:
            last["at"] = time.monotonic()
            said.print(f"{what}: {done:,} of {total:,}")

    return step
