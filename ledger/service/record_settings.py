"""The settings of records: how many working days one has to hand them in, and from when on a reviewer's attention is
drawn to something. Each change is a new row that stays readable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from ledger.bank import Bank, By
from ledger.store import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSettings:
    """Whole numbers above zero, all of them."""

    duty_working_days: int = 10
    """Within which a record is made after the activity (民政部令67 art. 11)."""
    long_day_minutes: int = 480
    """More than this on one day is long."""
    same_second_people: int = 3
    """So many checked in within one second by one hand are many."""
    same_device_people: int = 10
    """So many checked in at one device in one session are many; a kiosk at the door does that."""
    same_reviewer_times: int = 10
    """So many approvals by one reviewer for one volunteer within the period are again and again."""
    same_pair_times: int = 50
    """The same for what one recorder recorded."""
    backfill_times: int = 20
    """So many back-filled or declared records by one recorder within the period are a burst."""
    weeks_alike: int = 6
    """So many weeks in a row with the same minutes on the same weekday, back-filled or declared, are a pattern."""
    period_days: int = 30
    """What counts as the period."""


MOST = 100_000


def settings(bank: Bank) -> RecordSettings:
    """Those that hold now."""
    with bank.store.reading() as connection:
        found = rows.page(connection, "record_settings", order=("version",), after=None, limit=1, newest_first=True)
    return _from(found.items[0]) if found.items else RecordSettings()


def change_settings(bank: Bank, by: By, changed: Mapping[str, int]) -> RecordSettings:
    """From now on, for the whole bank. Of two who change them at once the second changes what the first one left."""
    with bank.changing(by) as change:
        change.hold_postings()
        last = rows.page(
            change.connection, "record_settings", order=("version",), after=None, limit=1, newest_first=True
        ).items
        before = _from(last[0]) if last else RecordSettings()
        made = RecordSettings(**{**asdict(before), **changed})
        version = last[0]["version"] + 1 if last else 1
        row = {"version": version, **asdict(made), "recorded_at": change.now, "recorded_by": by.actor}
        change.add("record_settings", row, unique="version")
        was, now = asdict(before), asdict(made)
        different = [name for name in now if now[name] != was[name]]
        change.audit(
            "change",
            "record_settings",
            version,
            before={name: was[name] for name in different},
            after={name: now[name] for name in different},
        )
    return made


def _from(row: Mapping[str, int]) -> RecordSettings:
    return RecordSettings(**{field.name: row[field.name] for field in fields(RecordSettings)})
