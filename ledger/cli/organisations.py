"""The tree of organisations, for the operator: look at it, add to it, mend it."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn
from uuid import UUID

import click
from rich.markup import escape
from rich.tree import Tree

from ledger.bank import Bank, By
from ledger.cli.console import as_json, refuse, refusing, result, settings, shown
from ledger.core.levels import LEVELS
from ledger.core.refusals.refusal import Refused
from ledger.people import organisation_lists
from ledger.people import organisations as tree
from ledger.people.organisations import Organisation

PAGE = 1_000


@click.group()
def organisations() -> None:
    """The tree of organisations (组织): districts, communities, estates, teams.

    An organisation is named by its id, or by its names from below the root: 东街道/春风社区. The root is "/".
    """


@organisations.command("tree")
@click.argument("place", default="/")
@click.option("--depth", type=click.IntRange(1), default=8, show_default=True, help="How many levels to show.")
@as_json
@refusing
def show(place: str, depth: int, as_json: bool) -> None:
    """Show the organisations at and below PLACE."""
    with Bank.open(settings()) as bank:
        top = _found(bank, place, as_json)
        below = _all_below(bank, top)
    least = top.path.count("/")
    kept = [each for each in below if each.path.count("/") - least < depth]
    values = {"count": len(below), "organisations": [_values(each) for each in kept]}
    result(values, as_json, lambda: _draw(kept, len(below)))


@organisations.command()
@click.argument("parent")
@click.argument("level", type=click.Choice(list(LEVELS)))
@click.argument("name")
@as_json
@refusing
def add(parent: str, level: str, name: str, as_json: bool) -> None:
    """Add an organisation of LEVEL called NAME below PARENT."""
    with Bank.open(settings()) as bank:
        above = _found(bank, parent, as_json)
        try:
            made = tree.create(bank, _operator(bank), parent=above, level=level, name=name)
        except Refused as refused:
            _refused(refused, as_json)
    result(_values(made), as_json, lambda: shown.print(f"Added {level} {name}: {made.id}."))


@organisations.command()
@click.argument("place")
@click.argument("name")
@as_json
@refusing
def rename(place: str, name: str, as_json: bool) -> None:
    """Call the organisation at PLACE by another NAME."""
    with Bank.open(settings()) as bank:
        made = tree.rename(bank, _operator(bank), _found(bank, place, as_json), name)
    result(_values(made), as_json, lambda: shown.print(f"It is called {name} now."))


@organisations.command()
@click.argument("place")
@click.argument("parent")
@as_json
@refusing
def move(place: str, parent: str, as_json: bool) -> None:
    """Move PLACE, and all that lies below it, under PARENT. Everybody's rights follow at once."""
    with Bank.open(settings()) as bank:
        try:
            made = tree.move(bank, _operator(bank), _found(bank, place, as_json), _found(bank, parent, as_json))
        except Refused as refused:
            _refused(refused, as_json)
    result(_values(made), as_json, lambda: shown.print(f"{made.name} stands below {parent} now."))


@organisations.command()
@click.argument("place")
@as_json
@refusing
def close(place: str, as_json: bool) -> None:
    """Close PLACE: it takes up nothing new, and what it did stays. Says what stands in the way."""
    _turn(place, as_json, closing=True)


@organisations.command()
@click.argument("place")
@as_json
@refusing
def reopen(place: str, as_json: bool) -> None:
    """Open PLACE again after it was closed."""
    _turn(place, as_json, closing=False)


@organisations.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
@refusing
def take_up(file: Path, as_json: bool) -> None:
    """Take up the organisations listed in FILE, all or none; those that are there already are left alone.

    FILE is a CSV with the columns path (名称, joined by / from below the root, parents first) and level (级别).
    """
    try:
        wanted = organisation_lists.read(file.read_bytes())
        with Bank.open(settings()) as bank:
            done = organisation_lists.take_up(bank, _operator(bank), wanted)
    except organisation_lists.ListRefused as refused:
        refuse(f"nothing was taken up from {file}:\n{escape(str(refused))}", as_json)
    result(
        {"new": done.new, "known": done.known},
        as_json,
        lambda: shown.print(f"{done.new:,} organisations added, {done.known:,} were there already."),
    )


def _turn(place: str, as_json: bool, *, closing: bool) -> None:
    with Bank.open(settings()) as bank:
        try:
            made = (tree.close if closing else tree.reopen)(bank, _operator(bank), _found(bank, place, as_json))
        except Refused as refused:
            _refused(refused, as_json)
    result(_values(made), as_json, lambda: shown.print(f"{made.name} is {'closed' if made.closed_at else 'open'} now."))


def _refused(refused: Refused, json_wanted: bool) -> NoReturn:
    refuse(refused.refusal.sentence("en"), json_wanted)


def _operator(bank: Bank) -> By:
    return By(actor=bank.world.new_id(), kind="operator")


def _found(bank: Bank, place: str, json_wanted: bool) -> Organisation:
    """The organisation that the operator means."""
    at = tree.root(bank)
    try:
        named = tree.find(bank, UUID(place))
    except ValueError:
        named = at
        for name in filter(None, place.split("/")):
            page = tree.page(bank, within=[named.path], after=None, limit=PAGE, parent_id=named.id, q=name)
            exact = [each for each in page.items if each.name == name]
            if len(exact) != 1:
                problem = f"{len(exact)} of that name: give the id" if exact else "nothing of that name"
                refuse(f"{place}: below {named.name} there is {problem} ({name})", json_wanted)
            named = exact[0]
    if named is None:
        refuse(f"there is no organisation {place}", json_wanted)
    return named


def _all_below(bank: Bank, top: Organisation) -> list[Organisation]:
    found: list[Organisation] = []
    after = None
    while True:
        page = tree.page(bank, within=[top.path], after=after, limit=PAGE)
        found += page.items
        if page.after is None:
            return found
        after = page.after


def _draw(kept: list[Organisation], count: int) -> None:
    drawn: dict[UUID, Tree] = {}
    for each in kept:
        closed = ", closed 已关闭" if each.closed_at else ""
        label = f"{escape(each.name)} [dim]{LEVELS[each.level]} {each.level}{closed}  {each.id}[/]"
        above = drawn.get(each.parent_id) if each.parent_id else None
        drawn[each.id] = above.add(label) if above else Tree(label)
    shown.print(drawn[kept[0].id])
    more = f", {count - len(kept):,} of them deeper than shown" if count > len(kept) else ""
    shown.print(f"{count:,} organisations{more}.")


def _values(organisation: Organisation) -> dict[str, object]:
    return {
        "id": str(organisation.id),
        "parent_id": str(organisation.parent_id) if organisation.parent_id else None,
        "level": organisation.level,
        "name": organisation.name,
        "closed": organisation.closed_at is not None,
    }
