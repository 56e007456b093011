"""Column types that mean the same on PostgreSQL and in SQLite's STRICT tables."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Date, Dialect, Integer, LargeBinary, Text, Uuid
from sqlalchemy.dialects.postgresql import BYTEA
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator, TypeEngine

Amount = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit integer."""
Instant = Amount
"""Microseconds since 1970-01-01T00:00:00Z."""
Small = Integer()
Words = Text()
Ordered = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that sorts by its bytes on both engines, so that all that begins alike is one range of an index."""
Bytes = LargeBinary().with_variant(BYTEA(), "postgresql")


class Id(TypeDecorator[UUID]):
    """A UUID: native on PostgreSQL, its canonical text in SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Uuid() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        return value if value is None or dialect.name == "postgresql" else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        return UUID(value) if isinstance(value, str) else value


class Day(TypeDecorator[date]):
    """A business date: native on PostgreSQL, YYYY-MM-DD in SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Date() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: date | None, dialect: Dialect) -> Any:
        return value if value is None or dialect.name == "postgresql" else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return date.fromisoformat(value) if isinstance(value, str) else value


@compiles(LargeBinary, "sqlite")
def _blob(type_: Any, compiler: Any, **options: Any) -> str:
    return "BLOB"
