"""Resealing: after a new sealing key was put in place, what older keys had sealed is sealed with it, chunk by chunk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ledger.bank import Bank
from ledger.people import agents, guardians, imports, otp, posts, profiles, sealing
from ledger.service import askers, objections
from ledger.store import sealed as store

CHUNK = 50
"""Rows of one transaction: some hold whole files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A column with something sealed in it, and the place that it is bound to in each row."""

    table: str
    column: str
    place: Callable[[Mapping[str, Any]], str]


SEALED = (
    Sealed(
        table="volunteer_field",
        column="sealed",
        place=lambda row: profiles.place_of(row["volunteer_id"], row["field"]),
    ),
    Sealed(table="guardian", column="sealed", place=lambda row: guardians.place_of(row["id"])),
    Sealed(table="agency", column="agent_sealed", place=lambda row: agents.place_of(row["id"])),
    Sealed(table="term", column="contact", place=lambda row: posts.place_of(row["id"])),
    Sealed(table="staff", column="otp_sealed", place=lambda row: otp.place_of(row["id"])),
    Sealed(table="staff", column="otp_offered", place=lambda row: otp.place_of(row["id"])),
    Sealed(table="import_run", column="sealed", place=lambda row: imports.place_of(row["id"])),
    Sealed(table="import_run", column="file", place=lambda row: imports.file_place_of(row["id"])),
    Sealed(table="objection_contact", column="sealed", place=lambda row: objections.place_of(row["objection_id"])),
    Sealed(table="wish", column="asker", place=lambda row: askers.place_of("wish", row["id"])),
    Sealed(table="request", column="asker", place=lambda row: askers.place_of("request", row["id"])),
)
"""Every sealed column of the bank."""


def reseal(bank: Bank, progress: Callable[[int], None] | None = None) -> int:
    """How many values were sealed anew. Stopped in the middle, the next run goes on. Refuses SealBroken, KeysUnfit."""
    seals = sealing.of(bank)
    done = 0
    for each in SEALED:
        after = None
        while True:
            with bank.store.changing() as connection:
                rows = store.stale(connection, each.table, each.column, newest=seals.newest, after=after, limit=CHUNK)
                for row in rows:
                    place = each.place(row)
                    anew = seals.seal(seals.open(row[each.column], place=place), place=place)
                    done += store.reseal(connection, each.table, each.column, row, anew)
            if not rows:
                break
            after = rows[-1]
            if progress:
                progress(done)
    return done
