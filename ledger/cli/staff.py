"""Staff, for the operator who has only a terminal: it stands above everybody, so that no bank locks itself out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from uuid import UUID

import click
from rich.markup import escape

from ledger.bank import Bank, By, Taken
from ledger.cli.console import as_json, refuse, refusing, result, said, settings, shown, table
from ledger.core.refusals.refusal import Refused
from ledger.people import organisations, otp, superiors
from ledger.people import staff as persons
from ledger.people.organisations import Organisation
from ledger.people.passwords import StaffRefused
from ledger.people.staff import ROLES, Person

PAGE = 1_000
ROLE = click.Choice(ROLES)
at = click.option("--at", "place", default="/", show_default=True, help="Id of the organisation; / is the root.")


@click.group()
def staff() -> None:
    """The people who act for the bank (工作人员): hire them, change their roles, let them in again.

    A role holds in one organisation and in all below it. Passwords are asked for, or read from standard input; they
    are never words of a command, which others on this machine could read.
    """


@staff.command("list")
@as_json
@refusing
def everybody(as_json: bool) -> None:
    """List everybody, with their roles and where these hold."""
    with Bank.open(settings()) as bank:
        root = organisations.root(bank)
        found: list[Person] = []
        after = None
        while True:
            page = persons.page(bank, within=(root.path,), after=after, limit=PAGE)
            found += page.items
            if page.after is None:
                break
            after = page.after
        names = _names(bank, found)
    values = {"count": len(found), "staff": [_values(each) for each in found]}
    result(values, as_json, lambda: _tell(found, names))


@staff.command()
@click.argument("username")
@click.argument("role", type=ROLE)
@at
@click.option("--name", help="What they are called.  [default: the username]")
@click.option("--temporary", is_flag=True, help="They must choose their own password when they first sign in.")
@as_json
@refusing
def hire(username: str, role: str, place: str, name: str | None, temporary: bool, as_json: bool) -> None:
    """Hire USERNAME as ROLE. Asks for a password; more roles with `pioneer staff role add`."""
    with Bank.open(settings()) as bank:
        organisation = _organisation(bank, place, as_json)
        if persons.find_named(bank, username):
            refuse(f"the username {username} is taken", as_json)
        password = _asked()
        try:
            hired = persons.hire(
                bank,
                _operator(bank),
                username=username,
                password=password,
                name=name or username,
                roles=[(role, organisation)],
                is_temporary=temporary,
            )
        except Taken:
            refuse(f"the username {username} is taken", as_json)
        except StaffRefused as error:
            refuse(str(error), as_json)
    result(_values(hired), as_json, lambda: shown.print(f"Hired {username} as {role} of {escape(organisation.name)}."))


@staff.command("reset-password")
@click.argument("username")
@as_json
@refusing
def reset_password(username: str, as_json: bool) -> None:
    """Make a temporary password for USERNAME, show it once, and sign them out everywhere."""
    with Bank.open(settings()) as bank:
        person = _named(bank, username, as_json)
        fresh = superiors.reset_password(bank, _operator(bank), None, person)
    result(
        {"username": username, "temporary_password": fresh},
        as_json,
        lambda: shown.print(
            f"{username} signs in with {fresh} within three days, and chooses their own password then."
        ),
    )


@staff.command()
@click.argument("username")
@as_json
@refusing
def disable(username: str, as_json: bool) -> None:
    """From this moment USERNAME can do nothing. What they did stays."""
    _changed(
        username, as_json, lambda bank, person: superiors.change(bank, _operator(bank), None, person, enabled=False)
    )


@staff.command()
@click.argument("username")
@as_json
@refusing
def enable(username: str, as_json: bool) -> None:
    """Let USERNAME in again."""
    _changed(
        username, as_json, lambda bank, person: superiors.change(bank, _operator(bank), None, person, enabled=True)
    )


@staff.command("reset-totp")
@click.argument("username")
@as_json
@refusing
def reset_totp(username: str, as_json: bool) -> None:
    """For somebody who lost their authenticator app: USERNAME signs in without a code and enrols anew."""
    _changed(username, as_json, lambda bank, person: superiors.reset_otp(bank, _operator(bank), None, person))


@staff.command("admin-totp")
@click.argument("policy", type=click.Choice(["required", "optional"]))
@as_json
@refusing
def admin_totp(policy: str, as_json: bool) -> None:
    """Decide whether administrators must sign in with one-time codes (动态验证码) of an authenticator app."""
    with Bank.open(settings()) as bank:
        otp.require(bank, _operator(bank), policy == "required")
    result({"policy": policy}, as_json, lambda: shown.print(f"One-time codes are {policy} for administrators."))


@staff.group()
def role() -> None:
    """Give and take roles; it takes effect with their next request."""


@role.command()
@click.argument("username")
@click.argument("role", type=ROLE)
@at
@as_json
@refusing
def add(username: str, role: str, place: str, as_json: bool) -> None:
    """Give USERNAME the role ROLE."""

    def added(bank: Bank, person: Person) -> Person:
        organisation = _organisation(bank, place, as_json)
        kept = _held(bank, person)
        if (role, organisation.id) not in {(each, of.id) for each, of in kept}:
            kept.append((role, organisation))
        return superiors.change(bank, _operator(bank), None, person, roles=kept)

    _changed(username, as_json, added)


@role.command()
@click.argument("username")
@click.argument("role", type=ROLE)
@at
@as_json
@refusing
def remove(username: str, role: str, place: str, as_json: bool) -> None:
    """Take the role ROLE from USERNAME."""

    def taken(bank: Bank, person: Person) -> Person:
        organisation = _organisation(bank, place, as_json)
        held = _held(bank, person)
        kept = [(each, of) for each, of in held if (each, of.id) != (role, organisation.id)]
        if len(kept) == len(held):
            refuse(f"{username} does not hold the role {role} of {organisation.name}", as_json)
        return superiors.change(bank, _operator(bank), None, person, roles=kept)

    _changed(username, as_json, taken)


def _changed(username: str, json_wanted: bool, act: Callable[[Bank, Person], Person]) -> None:
    """Do it, and tell how the person stands now."""
    with Bank.open(settings()) as bank:
        try:
            person = act(bank, _named(bank, username, json_wanted))
        except Refused as refused:
            refuse(refused.refusal.sentence("en"), json_wanted)
        names = _names(bank, [person])
    result(_values(person), json_wanted, lambda: _tell([person], names))


def _asked() -> str:
    """A password from whoever sits there, typed twice, or from standard input."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().removesuffix("\n")


def _operator(bank: Bank) -> By:
    return By(actor=bank.world.new_id())


def _named(bank: Bank, username: str, json_wanted: bool) -> Person:
    person = persons.find_named(bank, username)
    if person is None:
        refuse(f"nobody of the staff is named {username}: pioneer staff list", json_wanted)
    return person


def _organisation(bank: Bank, place: str, json_wanted: bool) -> Organisation:
    if place == "/":
        return organisations.root(bank)
    try:
        found = organisations.find(bank, UUID(place))
    except ValueError:
        found = None
    if found is None:
        refuse(f"there is no organisation {place}: give its id, or / for the root", json_wanted)
    return found


def _held(bank: Bank, person: Person) -> list[tuple[str, Organisation]]:
    found = [(grant.role, organisations.find(bank, grant.organisation_id)) for grant in person.grants]
    return [(role, organisation) for role, organisation in found if organisation is not None]


def _names(bank: Bank, found: list[Person]) -> dict[UUID, str]:
    """What the organisations are called in which these hold roles."""
    ids = {grant.organisation_id for person in found for grant in person.grants}
    known = [organisations.find(bank, id) for id in ids]
    return {each.id: each.name for each in known if each is not None}


def _values(person: Person) -> dict[str, object]:
    return {
        "username": person.username,
        "name": person.name,
        "enabled": person.enabled,
        "totp": person.has_otp,
        "password_is_temporary": person.has_temporary_password,
        "roles": [{"role": grant.role, "organisation_id": str(grant.organisation_id)} for grant in person.grants],
    }


def _tell(found: list[Person], names: dict[UUID, str]) -> None:
    rows = table(f"{len(found):,} of the staff", "username", "name", "roles", "state")
    for person in found:
        roles = ", ".join(f"{grant.role} of {names.get(grant.organisation_id, '?')}" for grant in person.grants)
        marks = [
            word
            for word, holds in (
                ("disabled", not person.enabled),
                ("temporary password", person.has_temporary_password),
                ("one-time codes", person.has_otp),
            )
            if holds
        ]
        rows.add_row(person.username, escape(person.name), escape(roles) or "(none)", ", ".join(marks))
    shown.print(rows)
    if not found:
        said.print("Nobody yet: pioneer staff hire")
