"""Where points go: shares by account, pooling, and ceilings with what becomes of the overflow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ledger.rules.deeds import Deed
from ledger.rules.history import Past, balance_key
from ledger.rules.lines import Cut, Line
from ledger.rules.parts import Text

if TYPE_CHECKING:
    from ledger.rules.rulebook import Ceiling, Rulebook


OVERFLOWS = {
    "drop": Text(zh="超出部分不计", en="the rest does not count"),
    "honour": Text(zh="超出部分计入荣誉积分", en="the rest is kept as honour"),
    "donate_only": Text(zh="超出部分只能捐赠", en="the rest may only be donated"),
}


class Credit(NamedTuple):
    """Points for one account and one use, in the smallest unit; negative for a penalty."""

    to: str
    use: str
    points: int
    rule: str | None = None
    """Whose lapse policy applies."""


class Share(NamedTuple):
    """What one account gets, in the smallest unit. A negative share is taken, from what the account holds."""

    to: str
    use: str
    last_day: date | None
    """None: it does not lapse."""
    points: int


def shares(book: Rulebook, deed: Deed, given: Sequence[Credit]) -> tuple[Share, ...]:
    """The credits of one assessment, netted: by account, use and last day; what penalties take comes out of the rest
    first, and then stands last.

    Only spendable points lapse: what may only be given away or looked at stays.
    """
    lots: dict[tuple[str, str, date | None], int] = {}
    for to, use, points, rule_id in given:
        if points > 0:
            key = to, use, book.lapse_day(deed.served_on, rule_id) if use == "spendable" else None
            lots[key] = lots.get(key, 0) + points
    taken = -sum(credit.points for credit in given if credit.points < 0)
    for key, points in lots.items():
        if key[:2] == ("person", "spendable"):
            lots[key] = points - min(points, taken)
            taken -= points - lots[key]
    netted = [Share(*key, points) for key, points in lots.items() if points]
    return (*netted, Share("person", "spendable", None, -taken)) if taken else tuple(netted)


def credited(book: Rulebook, deed: Deed, lines: list[Line], past: Past) -> tuple[Credit, ...]:
    """The credits of these lines. A ceiling that binds adds a line of its own."""
    if not (book.selection.pools or book.selection.shares or book.ceilings):
        return tuple([Credit("person", "spendable", line.points, line.rule_id) for line in lines if line.points])
    given = [credit for line in lines if line.points for credit in _of_line(book, line, deed)]
    for ceiling in book.ceilings:
        given = _under(book, ceiling, deed, given, lines, past)
    return tuple(given)


def _of_line(book: Rulebook, line: Line, deed: Deed) -> list[Credit]:
    rule = line.rule
    if rule is None or not rule.credits:
        to = _pooled(book.selection.pools, "person", deed) if book.selection.pools and line.points > 0 else "person"
        return [Credit(to, "spendable", line.points, line.rule_id)]
    shares, share, upto_now = [], Fraction(0), 0
    for credit in rule.credits:
        share += credit.share
        upto = int(line.points * share)
        to = deed.account if credit.to == "doer" else credit.to
        if credit.use == "spendable":
            to = _pooled(book.selection.pools, to, deed)
        if upto > upto_now:
            shares.append(Credit(to, credit.use, upto - upto_now, rule.id))
        upto_now = upto
    return shares


def _pooled(pools: Sequence[str], to: str, deed: Deed) -> str:
    """The account that a person's points flow into: theirs, unless one they belong to pools them."""
    if to == "person":
        for account in pools:
            if {"household": deed.household, "group": deed.group, "unit": deed.organisation}[account] is not None:
                return account
    return to


def _under(
    book: Rulebook, ceiling: Ceiling, deed: Deed, given: list[Credit], lines: list[Line], past: Past
) -> list[Credit]:
    """The credits held under a ceiling; what is over goes where the ceiling says, the latest credit first."""
    gained = sum(credit.points for credit in given if credit[:2] == (ceiling.account, "spendable"))
    held = past.of(balance_key(deed, ceiling.account)).points
    over = min(gained, held + gained - ceiling.points)
    if over <= 0:
        return given
    dropped = ceiling.overflow == "drop"
    cut = Cut("ceiling", ceiling.account, "lifetime", ceiling.account, "points", ceiling.points, held, over)
    lines.append(
        Line("ceiling", -over if dropped else 0, book.points_scale, deed, cuts=(cut,), why=OVERFLOWS[ceiling.overflow])
    )
    kept: list[Credit] = []
    for credit in reversed(given):
        away = min(over, credit.points) if credit[:2] == (ceiling.account, "spendable") else 0
        over -= max(0, away)
        if away <= 0:
            kept.append(credit)
            continue
        if not dropped:
            kept.append(Credit(credit.to, ceiling.overflow, away, credit.rule))
        if credit.points > away:
            kept.append(credit._replace(points=credit.points - away))
    return kept[::-1]
