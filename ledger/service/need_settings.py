"""The settings of wishes and requests: how soon what must be answered, when the office works, and what a wish may be.

One district's are 2 hours for danger, 24 hours for utilities, 7 days for what is normal and 15 for what is complex;
they are the defaults here. Each change is a new row that stays readable.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from ledger.bank import Bank, By
from ledger.core.clocks import Allowance, Clock, Hours
from ledger.core.refusals.postings import ChangedMeanwhile
from ledger.core.refusals.refusal import Refused
from ledger.service import working_days
from ledger.store import rows

Priority = Literal["danger", "utilities", "normal", "complex"]
PRIORITIES: tuple[Priority, ...] = ("danger", "utilities", "normal", "complex")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """How soon a request of one priority is to be accepted, and to be closed, both from when it was received."""

    accept: Allowance
    close: Allowance


def _defaults() -> Mapping[str, Clocks]:
    return MappingProxyType(
        {
            "danger": Clocks(
                accept=Allowance(amount=15, counted="minutes"), close=Allowance(amount=120, counted="minutes")
            ),
            "utilities": Clocks(
                accept=Allowance(amount=60, counted="minutes"), close=Allowance(amount=1_440, counted="minutes")
            ),
            "normal": Clocks(
                accept=Allowance(amount=240, counted="working_minutes"),
                close=Allowance(amount=7, counted="working_days"),
            ),
            "complex": Clocks(
                accept=Allowance(amount=1, counted="working_days"), close=Allowance(amount=15, counted="working_days")
            ),
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedSettings:
    """Those of the whole bank."""

    day_begins_minute: int = 9 * 60
    """When working hours begin, in minutes after midnight, and below when they end."""
    day_ends_minute: int = 18 * 60
    clocks: Mapping[str, Clocks] = field(default_factory=_defaults)
    """By priority."""
    wish_cost_fen_max: int = 200_00
    """What a micro-wish may cost, in hundredths of a yuan."""
    wish_points_max: int = 50
    """What its fulfilment may carry, in the smallest unit of points."""
    wishes_a_year: int = 2
    """How many one person may make within 365 days."""
    claim_days: int = 14
    """After so many days a claim runs out, and the wish is free again."""

    contact_days: int = 30
    """So long after a request was closed it is still known how to reach who asked and never said how it was."""

    def clock(self, bank: Bank) -> Clock:
        """The bank's working days with these hours."""
        return Clock(working_days.working_days(bank), Hours(self.day_begins_minute, self.day_ends_minute))


def settings(bank: Bank) -> NeedSettings:
    """Those that hold now."""
    with bank.store.reading() as connection:
        found = rows.page(connection, "need_settings", order=("version",), after=None, limit=1, newest_first=True)
    return _from(found.items[0]) if found.items else NeedSettings()


def change_settings(bank: Bank, by: By, changed: Mapping[str, Any]) -> NeedSettings:
    """From now on, for what comes in from now on. Of two who change them at once the second changes what the first one
    left. `changed` has plain values; of `clocks` those of some priorities. Refuses ChangedMeanwhile where the day would
    end before it begins.
    """
    with bank.changing(by) as change:
        change.hold_postings()
        last = rows.page(
            change.connection, "need_settings", order=("version",), after=None, limit=1, newest_first=True
        ).items
        was = plain(_from(last[0]) if last else NeedSettings())
        clocks = was["clocks"] | dict(changed.get("clocks", {}))
        document = was | dict(changed) | {"clocks": clocks}
        if document["day_begins_minute"] >= document["day_ends_minute"]:  # no clock would ever come to its end
            raise Refused(ChangedMeanwhile())
        version = last[0]["version"] + 1 if last else 1
        row = {
            "version": version,
            "document": json.dumps(document, sort_keys=True),
            "recorded_at": change.now,
            "recorded_by": by.actor,
        }
        change.add("need_settings", row, unique="version")
        different = [name for name in sorted(document) if document[name] != was[name]]
        change.audit(
            "change",
            "need_settings",
            version,
            before={name: was[name] for name in different},
            after={name: document[name] for name in different},
        )
    return _from(row)


def plain(found: NeedSettings) -> dict[str, Any]:
    """The same as plain values."""
    told = {name: getattr(found, name) for name in NeedSettings.__slots__ if name != "clocks"}
    return told | {"clocks": {priority: asdict(clocks) for priority, clocks in found.clocks.items()}}


def _from(row: Mapping[str, Any]) -> NeedSettings:
    document = json.loads(row["document"])
    clocks = {
        priority: Clocks(accept=Allowance(**its["accept"]), close=Allowance(**its["close"]))
        for priority, its in document.pop("clocks").items()
    }
    return NeedSettings(**document, clocks=clocks)
