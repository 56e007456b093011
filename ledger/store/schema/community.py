"""What people are to each other: households and groups, agents, posts, and the ties of party members."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index

from ledger.store.schema.metadata import column, table
from ledger.store.types import Bytes, Day, Id, Instant, Small, Words

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

agency = table(
    "agency",
    column("id", Id, primary_key=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("agent_id", Id, ForeignKey("volunteer.id"), null=True),
    # Of an agent who is no volunteer; sealed, since the name is all there is to know them by.
    column("agent_sealed", Bytes, null=True),
    column(
        "scope",
        Words,
        CheckConstraint("scope IN ('collect', 'redeem')", name="scope"),
    ),
    column("captured", Words, CheckConstraint("captured IN ('paper', 'in_person', 'kiosk')", name="captured")),
    column("from_on", Day),
    column("until_on", Day, null=True),
    column("recorded_at", Instant),
    column("recorded_by", Id),
    column("revoked_at", Instant, null=True),
    column("revoked_by", Id, null=True),
    CheckConstraint("(agent_id IS NULL) <> (agent_sealed IS NULL)", name="agent"),
    CheckConstraint("until_on IS NULL OR until_on >= from_on", name="days"),
)
Index("ix_agency_volunteer", agency.c.volunteer_id, agency.c.id)

post = table(
    "post",
    column("id", Id, primary_key=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("kind", Words),
    column("title", Words),
    column("holders_at_most", Small, CheckConstraint("holders_at_most > 0", name="holders")),
    column("created_at", Instant),
)
Index("ix_post_organisation", post.c.organisation_id, post.c.id)

term = table(
    "term",
    column("id", Id, primary_key=True),
    column("post_id", Id, ForeignKey("post.id")),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("from_on", Day),
    column("until_on", Day, null=True),
    # How to reach the holder, sealed; shown only while they agree that it is published.
    column("contact", Bytes, null=True),
    column("recorded_at", Instant),
    CheckConstraint("until_on IS NULL OR until_on >= from_on", name="days"),
)
Index("ix_term_post", term.c.post_id, term.c.from_on, term.c.id)
Index("ix_term_volunteer", term.c.volunteer_id, term.c.from_on, term.c.id)

party_tie = table(
    "party_tie",
    column("id", Id, primary_key=True),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("kind", Words, CheckConstraint("kind IN ('home', 'unit', 'team', 'stairwell', 'area')", name="kind")),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("area", Words, null=True),
    column("status", Words, CheckConstraint("status IN ('reported', 'confirmed', 'ended')", name="status")),
    column("from_on", Day),
    column("until_on", Day, null=True),
    column("recorded_at", Instant),
    column("recorded_by", Id),
    column("confirmed_at", Instant, null=True),
    column("confirmed_by", Id, null=True),
    # The volunteer and the kind, while it has not ended: nobody reports to two units at once.
    column("open_as", Words, unique=True, null=True),
    CheckConstraint("until_on IS NULL OR until_on >= from_on", name="days"),
    CheckConstraint("(status = 'ended') = (open_as IS NULL)", name="open"),
)
Index("ix_party_tie_volunteer", party_tie.c.volunteer_id, party_tie.c.id)
Index("ix_party_tie_organisation", party_tie.c.organisation_id, party_tie.c.kind, party_tie.c.id)
