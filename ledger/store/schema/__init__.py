"""The declared schema: what a migrated database must equal. One file for each room's tables, one for the guards."""

from ledger.store.schema import books, people, privacy, prizes, service
from ledger.store.schema.metadata import metadata

__all__ = ["books", "metadata", "people", "privacy", "prizes", "service"]
