"""The writer against SQL that an expert would write by hand for the same awards, on one connection.

The raw side keeps the same business rows under the same keys, checks, indexes and foreign keys, just as durably. It is
told its account ids and what each deed earned, and does without what makes a bank of it: idempotency, hashes and the
tree, private parts, balances after each leg, triggers, the rulebook, and an order shared between processes.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from psycopg.types.numeric import Int8BinaryDumper
from sqlalchemy import text

from bench.ground import ENGINES, District, Line, Turn, database, district, in_turns, quick, rate, ratio, report, told
from ledger.bank import Submission
from ledger.core.accounts import MINUTES, POINTS
from ledger.service.awards import Award

HERE = Path(__file__).parent
BATCH = 1_000
SQLITE_TYPES = {"bigint": "integer", "uuid": "text", "date": "text"}


class RawAward(NamedTuple):
    """What the raw side is given, in the order of its function's parameters."""

    id: UUID
    effective_on: date
    recorded_at: int
    actor: UUID
    detail: str
    rulebook_code: str
    rulebook_version: int
    volunteer: UUID
    organisation: UUID
    activity: UUID
    minutes: int
    method: str
    evaluation: str | None
    rule: str
    counted: int
    points: int
    inputs: str
    issued_minutes: int
    hours: int
    issued_points: int
    wallet: int


class RawSide:
    """One connection with the hand-written statements, its accounts by (owner, unit)."""

    accounts: dict[tuple[UUID, int], int]

    def rows(self, submissions: Sequence[Submission]) -> list[RawAward]:
        """The same awards as the raw side is told them: an hour earns one point."""
        return [self._row(submission.command) for submission in submissions]

    def _row(self, award: Any) -> RawAward:
        assert isinstance(award, Award)
        assert award.rulebook
        person, issuer, day = award.volunteer.id, award.organisation.id, award.deed.served_on
        history = f'"capture_method":"clocked","history":[],"minutes":60,"served_on":"{day}"'
        return RawAward(
            award.id, day, 1_800_000_000_000_000, award.actor, '{"rule":"cleaning"}', award.rulebook.code, 1,
            person, issuer, award.activity, 60, "clocked", None, "cleaning", 60, 1,
            f'{{"activity_type":"cleaning",{history}}}',
            self.accounts[issuer, MINUTES], self.accounts[person, MINUTES],
            self.accounts[issuer, POINTS], self.accounts[person, POINTS],
        )  # fmt: skip

    def post(self, rows: Sequence[RawAward]) -> None:
        """One durable transaction of all these."""
        raise NotImplementedError


class RawPostgresql(RawSide):
    """Set-based: four prepared statements over arrays, all in one round trip. And one function call for one award."""

    def __init__(self, place: District) -> None:
        self.connection: psycopg.Connection[Any] = psycopg.connect(
            place.bank.store.url.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
        )
        self.connection.adapters.register_dumper(int, Int8BinaryDumper)
        self.connection.execute("SET plan_cache_mode = force_generic_plan")
        self.connection.execute((HERE / "raw_sql.sql").read_bytes())
        self.connection.execute((HERE / "raw_function.sql").read_bytes())
        self.connection.execute("VACUUM ANALYZE raw_account")
        found = self.connection.execute("SELECT owner_id, unit_id, id FROM raw_account").fetchall()
        self.accounts = {(owner, unit): id for owner, unit, id in found}
        self.seq = 0

    def post(self, rows: Sequence[RawAward]) -> None:
        seqs = range(self.seq + 1, self.seq + 1 + len(rows))
        self.seq += len(rows)
        column: dict[str, Any] = dict(zip(RawAward._fields, map(list, zip(*rows, strict=True)), strict=True))
        moved: Counter[int] = Counter()
        for row in rows:
            moved[row.issued_minutes] -= row.minutes
            moved[row.hours] += row.minutes
            moved[row.issued_points] -= row.points
            moved[row.wallet] += row.points
        run = partial(self.connection.execute, prepare=True)
        with self.connection.pipeline():
            run("BEGIN")
            run(
                "UPDATE raw_account SET balance = balance + moved.amount "
                "FROM unnest(%b::bigint[], %b::bigint[]) AS moved (id, amount) WHERE raw_account.id = moved.id",
                [list(moved), list(moved.values())],
            )
            run(
                "INSERT INTO raw_transaction SELECT seq, id, 'award', on_day, at, actor, detail, code, version FROM "
                "unnest(%b::bigint[], %b::uuid[], %b::date[], %b::bigint[], %b::uuid[], %b::text[], %b::text[], "
                "%b::bigint[]) AS given (seq, id, on_day, at, actor, detail, code, version)",
                [list(seqs), *(column[name] for name in RawAward._fields[:7])],
            )
            run(
                "INSERT INTO raw_transfer "
                "SELECT seq, leg.leg, leg.debit, leg.credit, leg.unit, leg.amount FROM "
                "unnest(%b::bigint[], %b::bigint[], %b::bigint[], %b::bigint[], %b::bigint[], %b::bigint[], "
                "%b::bigint[]) AS given (seq, minutes, issued_minutes, hours, points, issued_points, wallet) "
                "CROSS JOIN LATERAL (VALUES (1, issued_minutes, hours, 2, minutes), "
                "(2, issued_points, wallet, 1, points)) AS leg (leg, debit, credit, unit, amount)",
                [list(seqs)]
                + [
                    column[name] for name in ("minutes", "issued_minutes", "hours", "points", "issued_points", "wallet")
                ],
            )
            run(
                "INSERT INTO raw_service_record SELECT id, seq, volunteer, organisation, activity, on_day, minutes, "
                "method, evaluation, actor, rule, counted, points, inputs FROM "
                "unnest(%b::bigint[], %b::uuid[], %b::date[], %b::uuid[], %b::uuid[], %b::uuid[], %b::uuid[], "
                "%b::bigint[], %b::text[], %b::text[], %b::text[], %b::bigint[], %b::bigint[], %b::text[]) "
                "AS given (seq, id, on_day, actor, volunteer, organisation, activity, minutes, method, evaluation, "
                "rule, counted, points, inputs)",
                [list(seqs)]
                + [
                    column[name]
                    for name in (
                        "id", "effective_on", "actor", "volunteer", "organisation", "activity", "minutes", "method",
                        "evaluation", "rule", "counted", "points", "inputs",
                    )
                ],
            )  # fmt: skip
            run("COMMIT")

    def call(self, row: RawAward) -> None:
        """One award: one round trip, one durable transaction."""
        self.connection.execute(
            "SELECT raw_award(%b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b)",
            row,
            prepare=True,
        )


class RawSqlite(RawSide):
    """One immediate transaction a batch, one prepared statement a table, run for each row: SQLite has no arrays."""

    def __init__(self, place: District) -> None:
        with place.bank.store.changing() as connection:
            script = (HERE / "raw_sql.sql").read_text(encoding="utf-8")
            for name, kind in SQLITE_TYPES.items():
                script = re.sub(rf"\b{name}\b", kind, script)
            script = script.replace("\n);", "\n) STRICT;")
            for statement in script.split(";\n"):
                if statement.strip():
                    connection.exec_driver_sql(statement)
            found = connection.execute(text("SELECT owner_id, unit_id, id FROM raw_account"))
            self.accounts = {(UUID(row[0]), row[1]): row[2] for row in found}
        pooled = place.bank.store._writing.raw_connection()
        self.connection: Any = pooled.driver_connection
        pooled.detach()
        self.seq = 0

    def post(self, rows: Sequence[RawAward]) -> None:
        known = [(str(row.id), row.effective_on.isoformat(), str(row.actor)) for row in rows]
        numbered = list(enumerate(rows, self.seq + 1))
        self.seq += len(rows)
        many = self.connection.executemany
        self.connection.execute("BEGIN IMMEDIATE")
        many(
            "INSERT INTO raw_transaction VALUES (?, ?, 'award', ?, ?, ?, ?, ?, ?, NULL)",
            [
                (seq, id, day, row.recorded_at, actor, row.detail, row.rulebook_code, row.rulebook_version)
                for (seq, row), (id, day, actor) in zip(numbered, known, strict=True)
            ],
        )
        many(
            "INSERT INTO raw_transfer VALUES (?, ?, ?, ?, ?, ?)",
            [
                leg
                for seq, row in numbered
                for leg in (
                    (seq, 1, row.issued_minutes, row.hours, MINUTES, row.minutes),
                    (seq, 2, row.issued_points, row.wallet, POINTS, row.points),
                )
            ],
        )
        many(
            "INSERT INTO raw_service_record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    id, seq, str(row.volunteer), str(row.organisation), str(row.activity), day, row.minutes,
                    row.method, row.evaluation, actor, row.rule, row.counted, row.points, row.inputs,
                )
                for (seq, row), (id, day, actor) in zip(numbered, known, strict=True)
            ],
        )  # fmt: skip
        moved: Counter[int] = Counter()
        for row in rows:
            moved[row.issued_minutes] -= row.minutes
            moved[row.hours] += row.minutes
            moved[row.issued_points] -= row.points
            moved[row.wallet] += row.points
        many("UPDATE raw_account SET balance = balance + ? WHERE id = ?", [(by, id) for id, by in moved.items()])
        self.connection.execute("COMMIT")


def measure(engine: str, *, sketch: bool) -> list[Line]:
    dice = random.Random(1)
    rounds, batches, singles = (4, 3, 150) if sketch else (12, 6, 400)
    with database(engine) as url, district(url, people=2_400, weeks=600) as place:
        raw = RawPostgresql(place) if engine == "postgresql" else RawSqlite(place)

        def writer(size: int, count: int) -> Turn:
            drawn = [place.awards(dice, size * count) for _ in range(rounds + 1)]
            post = place.post if size == BATCH else place.post_singly

            def turn() -> int:
                post(drawn.pop())
                return size * count

            return turn

        def by_hand(size: int, count: int) -> Turn:
            drawn = [raw.rows(place.awards(dice, size * count)) for _ in range(rounds + 1)]

            def turn() -> int:
                rows = drawn.pop()
                for at in range(0, len(rows), size):
                    if size == 1 and isinstance(raw, RawPostgresql):
                        raw.call(rows[at])
                    else:
                        raw.post(rows[at : at + size])
                return size * count

            return turn

        lines = []
        for size, count, bound in ((BATCH, batches, 0.7), (1, singles, 0.35)):
            told(f"{engine}: batches of {size:,}")
            contenders = {"writer": writer(size, count), "raw": by_hand(size, count)}
            for turn in contenders.values():
                turn()
            rates = in_turns(contenders, rounds)
            how = "set-based" if size > 1 else "one function call each" if engine == "postgresql" else "one at a time"
            lines.append(
                Line(
                    f"awards in batches of {size:,}, raw: {how}",
                    rate(rates["writer"]),
                    rate(rates["raw"]),
                    ratio(rates, "writer", "raw"),
                    (">=", bound) if engine == "postgresql" else None,
                )
            )
    return lines


if __name__ == "__main__":
    sketch = quick()
    for engine in ENGINES:
        report(f"{engine}: the writer against raw SQL, awards a second, durable", measure(engine, sketch=sketch))
