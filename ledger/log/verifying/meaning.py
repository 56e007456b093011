"""What the entries say, checked from public bytes: they balance, reversals undo what they name, stock and personal
totals never fall below zero, awards cite rules in force.
"""

from __future__ import annotations

import array
import json
from typing import Any

from ledger.log.verifying.heads import invalid

CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
BELOW_ZERO_NEVER = ("person/wallet", "person/donate_only", "person/clocked", "person/honorary")


class Meaning:
    """What the entries add up to, and whether they may say what they say."""

    def __init__(self) -> None:
        self.balances: dict[tuple[str, str], int] = {}
        self.kinds: dict[str, int] = {}
        self.books: dict[tuple[str, int], str] = {}
        self.keys: list[str] = []
        self._months: dict[str, dict[tuple[str, str], int]] = {}
        self._nets = array.array("q")
        self._undone: set[int] = set()

    def read(self, raw: bytes) -> None:
        seq = len(self._nets) + 1
        try:
            text = raw.decode()
            entry = json.loads(text)
            if CANONICAL(entry) != text:
                raise ValueError("its bytes are not canonical JSON")
            self._read(entry, seq)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise invalid(f"entry {seq}: {error}") from error

    def _read(self, entry: dict[str, Any], seq: int) -> None:
        if entry["seq"] != seq or entry["v"] != 1:
            raise ValueError("its number or version is wrong")
        kind, on = entry["kind"], entry["on"]
        net: dict[tuple[str, str], int] = {}
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        for move in entry["moves"]:
            amount, unit, debit, credit = move["amount"], move["unit"], move["debit"], move["credit"]
            if type(amount) is not int or amount <= 0:
                raise ValueError(f"it moves {amount!r}")
            for account, change in ((debit, -amount), (credit, amount)):
                held = self.balances[account, unit] = self.balances.get((account, unit), 0) + change
                if held < 0 and (account in BELOW_ZERO_NEVER or account.endswith(("/stock", "/held"))):
                    raise ValueError(f"{account} would hold {held} of {unit}")
                if held > 0 and account == "person/debt":
                    raise ValueError("more debt is paid than there was")
                if unit in ("points", "minutes"):
                    month, what = self._months.setdefault(on[:7], {}), (account.rpartition("/")[2], unit)
                    month[what] = month.get(what, 0) + change
                # What lapsed before comes back through the lot it lapsed from: both are the persons' here.
                whose = "person" if account.startswith("person/") or account.endswith("/lapsed") else account
                net[whose, unit] = net.get((whose, unit), 0) + change
        self._nets.append(hash(frozenset(net.items())))
        if kind == "process.reversal":
            self._reversal(entry["reverses"], seq, net)
        elif "reverses" in entry:
            raise ValueError("only a reversal may reverse")
        cited = entry.get("rulebook")
        if kind == "result.award":
            self._cites(cited, on)
        elif kind in ("decision.founding", "decision.rulebook") and cited is not None:
            self.books[cited["code"], cited["version"]] = entry["detail"]["effective_from"]
        elif kind == "process.key_change":
            self.keys.append(f"{entry['detail']['change']} {entry['detail']['key']} (entry {seq})")

    def _reversal(self, undone: int, seq: int, net: dict[tuple[str, str], int]) -> None:
        if not 0 < undone < seq or undone in self._undone:
            raise ValueError(f"it reverses {undone}, which is not there or was reversed before")
        if self._nets[undone - 1] != hash(frozenset((key, -value) for key, value in net.items())):
            raise ValueError(f"it does not undo exactly what entry {undone} did")
        self._undone.add(undone)

    def _cites(self, rulebook: dict[str, Any] | None, on: str) -> None:
        """Where the log publishes its rulebooks, an award names one that was decided before it and held on its day."""
        if not self.books:
            return
        if rulebook is None:
            raise ValueError("it cites no rulebook")
        since = self.books.get((rulebook["code"], rulebook["version"]))
        if since is None or since > on:
            raise ValueError(f"rulebook {rulebook['code']} {rulebook['version']} was not in force on {on}")

    def totals(self) -> dict[str, dict[str, int]]:
        """By what accounts are for, over all persons, desks and organisations."""
        made: dict[tuple[str, str], int] = {}
        for (account, unit), held in self.balances.items():
            what = account.rpartition("/")[2], unit
            made[what] = made.get(what, 0) + held
        return _by_purpose(made)

    def months(self) -> dict[str, dict[str, dict[str, int]]]:
        """By how much what accounts are for has changed in each month, in points and minutes."""
        return {month: _by_purpose(changes) for month, changes in self._months.items()}

    def sums(self, what: str) -> Any:
        """The totals, or the months."""
        return self.totals() if what == "totals" else self.months()


def _by_purpose(held: dict[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    """The same by purpose and unit; zeros left out."""
    made: dict[str, dict[str, int]] = {}
    for (purpose, unit), amount in sorted(held.items()):
        if amount:
            made.setdefault(purpose, {})[unit] = amount
    return made
