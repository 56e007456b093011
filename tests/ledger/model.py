"""What a bank is, in plain dicts: the reference that the real one is compared with. From the rules, not its code.

An account is (owner, purpose, unit, last day). Everything happens at once and in order; nothing is stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

NEVER = date.max
NOT_BELOW_ZERO = ("wallet", "clocked", "honorary", "stock")
PRICES = {"mug": 2, "rice": 3}
RULES_BEGAN = date(2025, 12, 20)

Key = tuple[str, str, str, date]
Leg = tuple[Key, Key, int]


class No(Exception):
    """Refused, with its code."""


@dataclass
class Model:
    """One bank with a town and a desk."""

    today: date
    balance: dict[Key, int] = field(default_factory=dict)
    legs: list[list[Leg]] = field(default_factory=lambda: [[]])
    """Of each transaction, the first being seq 1: the founding of the rules, which moves nothing."""
    kinds: list[str] = field(default_factory=lambda: ["found"])
    undone: dict[int, int] = field(default_factory=dict)
    deeds: list[tuple[int, str, str, int]] = field(default_factory=list)
    """(seq, who, activity, minutes that counted) where the capped rule spoke."""
    lapsed: dict[Key, int] = field(default_factory=dict)
    answers: dict[str, tuple[Any, str, int | None]] = field(default_factory=dict)

    def ask(self, key: str, wish: tuple[Any, ...]) -> tuple[str, int | None]:
        """What a wish under a key comes to: ("posted", seq) or (code, None)."""
        if key in self.answers:
            first, said, seq = self.answers[key]
            return (said, seq) if first == wish else ("idempotency_key_reused", None)
        verb, *words = wish
        try:
            legs = getattr(self, verb)(*words)
            said, seq = "posted", self._post(verb, legs, words)
        except No as no:
            said, seq = str(no), None
        self.answers[key] = (wish, said, seq)
        return said, seq

    # -- each verb: its legs, or No ------------------------------------------------------------------------------------

    def open(self, *keys: Key) -> list[Leg]:
        for key in keys:
            self.balance.setdefault(key, 0)
        return []

    def award(self, who: str, activity: str, minutes: int, honorary: bool, on: date) -> list[Leg]:
        self._demand(0 < minutes <= 1440, "amount_out_of_range")
        self._demand(on <= self.today, "future_day")
        self._demand(on >= RULES_BEGAN, "no_rulebook_in_force")
        hours = (who, "honorary" if honorary else "clocked", "minutes", NEVER)
        legs = [(("town", "issuance", "minutes", NEVER), hours, minutes)]
        points = 0 if honorary else self._counted(who, activity, minutes) // 60
        return legs + self._credit("issuance", who, date(on.year, 12, 31), points)

    def redeem(self, who: str, items: tuple[tuple[str, int], ...], offered: bool) -> list[Leg]:
        self._demand(all(0 < count <= 1_000_000 for _, count in items), "amount_out_of_range")
        self._demand(offered, "prize_not_offered")
        cost = sum(PRICES[prize] * count for prize, count in items)
        legs = self._take(
            self._usable(who, "wallet", "points"), ("desk", "redeemed", "points", NEVER), cost, "insufficient_points"
        )
        for prize in dict(items):
            count = sum(n for p, n in items if p == prize)
            gone = ("desk", "handed_out", prize, NEVER)
            legs += self._take(self._usable("desk", "stock", prize), gone, count, "insufficient_stock")
        return legs

    def receive(self, prize: str, count: int, best_before: date) -> list[Leg]:
        self._demand(0 < count <= 1_000_000, "amount_out_of_range")
        return [(("desk", "received", prize, NEVER), ("desk", "stock", prize, best_before), count)]

    def adjust(self, who: str, purpose: str, amount: int, until: date, reason: str, alone: bool) -> list[Leg]:
        self._demand(bool(reason), "reason_missing")
        self._demand(not alone, "same_person")
        self._demand(amount != 0, "amount_out_of_range")
        if purpose == "wallet" and amount > 0:
            return self._credit("adjustment", who, until, amount)
        unit = "points" if purpose == "wallet" else "minutes"
        world = ("town", "adjustment", unit, NEVER)
        if amount > 0:
            return [(world, (who, purpose, unit, NEVER), amount)]
        return self._take(self._usable(who, purpose, unit), world, -amount, f"insufficient_{unit}")

    def lapse(self, who: str, until: date) -> list[Leg]:
        self._demand(until < self.today, "lapse_not_due")
        left = self._held((who, "wallet", "points", until))
        self._demand(left > 0, "nothing_to_lapse")
        return [((who, "wallet", "points", until), ("town", "lapsed", "points", NEVER), left)]

    def reverse(self, seq: int, reason: str, _: str) -> list[Leg]:
        self._demand(bool(reason), "reason_missing")
        self._demand(seq <= len(self.legs), "unknown_transaction")
        self._demand(self.kinds[seq - 1] in ("award", "redeem", "receive", "adjust"), "not_reversible")
        self._demand(seq not in self.undone, "already_reversed")
        before, legs = dict(self.balance), []
        try:  # leg by leg on the balances themselves, put back afterwards
            for giver, taker, amount in self.legs[seq - 1]:
                undoing = self._undo(giver, taker, amount)
                self._move(undoing)
                legs += undoing
        finally:
            self.balance = before
        return legs

    def _undo(self, giver: Key, taker: Key, amount: int) -> list[Leg]:
        """What was given by `giver` to `taker` goes back."""
        who, purpose, unit, _ = taker
        if giver[1] == "wallet":
            owed = min(amount, -self._held((giver[0], "debt", "points", NEVER)))
            back: list[Leg] = [(taker, (giver[0], "debt", "points", NEVER), owed), (taker, giver, amount - owed)]
            return [leg for leg in back if leg[2]]
        if purpose not in ("wallet", "debt"):
            self._demand(
                purpose not in NOT_BELOW_ZERO or self._held(taker) >= amount,
                "insufficient_stock" if purpose == "stock" else "insufficient_minutes",
            )
            return [(taker, giver, amount)]
        legs: list[Leg] = []
        if purpose == "wallet":
            own = min(self._held(taker), amount)
            found = min(self.lapsed.get(taker, 0), amount - own)
            sink = ("town", "lapsed", "points", NEVER)
            legs = [(taker, giver, own), (sink, taker, found), (taker, giver, found)]
            amount -= own + found
        for lot in self._usable(who, "wallet", unit):
            if lot != taker:
                part = min(self._held(lot), amount)
                legs.append((lot, giver, part))
                amount -= part
        legs.append(((who, "debt", unit, NEVER), giver, amount))
        return [leg for leg in legs if leg[2]]

    # -- what they share -----------------------------------------------------------------------------------------------

    @staticmethod
    def _demand(held: bool, code: str) -> None:
        if not held:
            raise No(code)

    def _held(self, key: Key) -> int:
        return self.balance.get(key, 0)

    def _usable(self, owner: str, purpose: str, unit: str) -> list[Key]:
        own = [key for key, held in self.balance.items() if key[:3] == (owner, purpose, unit) and held > 0]
        return sorted((key for key in own if key[3] >= self.today), key=lambda key: key[3])

    def _take(self, lots: list[Key], taker: Key, amount: int, code: str) -> list[Leg]:
        self._demand(sum(map(self._held, lots)) >= amount, code)
        legs: list[Leg] = []
        for lot in lots:
            part = min(self._held(lot), amount)
            legs += [(lot, taker, part)] if part else []
            amount -= part
        return legs

    def _credit(self, source: str, who: str, until: date, points: int) -> list[Leg]:
        giver, debt = ("town", source, "points", NEVER), (who, "debt", "points", NEVER)
        owed = min(points, -self._held(debt))
        legs = [(giver, debt, owed), (giver, (who, "wallet", "points", until), points - owed)]
        return [leg for leg in legs if leg[2]]

    def _counted(self, who: str, activity: str, minutes: int) -> int:
        before = sum(deed[3] for deed in self.deeds if deed[1:3] == (who, activity) and deed[0] not in self.undone)
        return min(minutes // 60 * 60, max(0, 120 - before))

    def _post(self, verb: str, legs: list[Leg], words: list[Any]) -> int:
        seq = len(self.legs) + 1
        if verb == "award" and not words[3]:
            self.deeds.append((seq, words[0], words[1], self._counted(words[0], words[1], words[2])))
        if verb == "reverse":
            self.undone[words[0]] = seq
        self._move(legs)
        for giver, taker, amount in legs:
            if taker[1] == "lapsed":
                self.lapsed[giver] = self.lapsed.get(giver, 0) + amount
            if giver[1] == "lapsed":
                self.lapsed[taker] -= amount
        self.legs.append(legs)
        self.kinds.append(verb)
        return seq

    def _move(self, legs: list[Leg]) -> None:
        for giver, taker, amount in legs:
            self.balance[giver] = self._held(giver) - amount
            self.balance[taker] = self._held(taker) + amount
            assert giver[1] not in NOT_BELOW_ZERO or self.balance[giver] >= 0
            assert taker[1] != "debt" or self.balance[taker] <= 0

    # -- what it is asked ----------------------------------------------------------------------------------------------

    def entries(self, owner: str, unit: str) -> list[tuple[int, int, int]]:
        """(seq, signed amount, balance over all the owner's accounts of the unit), oldest first."""
        entries: list[tuple[int, int, int]] = []
        total = 0
        for seq, legs in enumerate(self.legs, 1):
            for giver, taker, amount in legs:
                for key, signed in ((giver, -amount), (taker, amount)):
                    if (key[0], key[2]) == (owner, unit):
                        total += signed
                        entries.append((seq, signed, total))
        return entries

    def balance_at(self, key: Key, seq: int) -> int:
        moved = [leg for legs in self.legs[:seq] for leg in legs]
        return sum(amount * ((taker == key) - (giver == key)) for giver, taker, amount in moved)
