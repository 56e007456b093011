"""Households and groups and their members, and who may collect for whom."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index

from ledger.store.schema.metadata import column, table
from ledger.store.types import Day, Id, Instant, Words

collective = table(
    "collective",
    column("id", Id, primary_key=True),
    column("owner_kind", Words, CheckConstraint("owner_kind IN ('household', 'group')", name="owner_kind")),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("name", Words),
    column("created_at", Instant),
)
Index("ix_collective_organisation", collective.c.organisation_id, collective.c.id)

membership = table(
    "membership",
    column("id", Id, primary_key=True),
    column("collective_id", Id, ForeignKey("collective.id")),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("role", Words, CheckConstraint("role IN ('head', 'member')", name="role")),
    column("from_on", Day),
    column("until_on", Day, null=True),
    # The volunteer again, while this is a household they have not left: nobody is at home in two.
    column("at_home_of", Id, unique=True, null=True),
    # The collective again, while this is its head: nobody heads it beside them.
    column("headed_id", Id, unique=True, null=True),
    column("recorded_at", Instant),
    CheckConstraint("until_on IS NULL OR until_on >= from_on", name="days"),
)
Index("ix_membership_collective", membership.c.collective_id, membership.c.from_on, membership.c.id)
Index("ix_membership_volunteer", membership.c.volunteer_id, membership.c.from_on, membership.c.id)
