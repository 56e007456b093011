"""What was written down of the calendar: the latest word about each day and each year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from ledger.store.schema.calendar import announced_year, working_day


def overrides(connection: Connection) -> dict[date, Mapping[str, Any]]:
    """By day, what was taken back with it: `works` is None there."""
    rows = connection.execute(select(working_day).order_by(working_day.c.version)).mappings()
    return {row["day"]: dict(row) for row in rows}


def announced(connection: Connection) -> dict[int, Mapping[str, Any]]:
    """By year."""
    rows = connection.execute(select(announced_year).order_by(announced_year.c.version)).mappings()
    return {row["year"]: dict(row) for row in rows}
