"""The declared schema: what a migrated database must equal. One file for each room's tables, one for the guards."""

from ledger.store.schema import (
    access,
    audit,
    books,
    calendar,
    cards,
    community,
    devices,
    governance,
    imports,
    log,
    people,
    privacy,
    prizes,
    reservations,
    reviews,
    service,
    shelves,
)
from ledger.store.schema.metadata import metadata

__all__ = [
    "access",
    "audit",
    "books",
    "calendar",
    "cards",
    "community",
    "devices",
    "governance",
    "imports",
    "log",
    "metadata",
    "people",
    "privacy",
    "prizes",
    "reservations",
    "reviews",
    "service",
    "shelves",
]
