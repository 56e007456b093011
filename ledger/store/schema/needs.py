"""What people need and who answers it: micro-wishes, requests, the tasks they become, and standing offers.

Ordinary rows, because none of them moves a point; what is earned by them is posted, and `need_credit` says for what.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from ledger.store.schema.metadata import column, table
from ledger.store.types import Amount, Bytes, Day, Id, Instant, Small, Words

need_settings = table(
    "need_settings",
    column("version", Small, primary_key=True, autoincrement=False),
    # JSON: the clocks of each priority, the working hours, and the limits of wishes.
    column("document", Words),
    column("recorded_at", Instant),
    column("recorded_by", Id),
    append_only=True,
)

wish = table(
    "wish",
    column("id", Id, primary_key=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    # The wisher: a volunteer, or somebody whose name and telephone are sealed, with a keyed hash to know them again.
    # Sealed with it is what of their words would give them away.
    column("volunteer_id", Id, ForeignKey("volunteer.id"), null=True),
    column("asker", Bytes, null=True),
    column("asker_hash", Bytes, null=True),
    column("is_minor", Small, CheckConstraint("is_minor IN (0, 1)", name="is_minor")),
    column("channel", Words, CheckConstraint("channel IN ('wall', 'kiosk', 'visit', 'online')", name="channel")),
    column("kind", Words, CheckConstraint("kind IN ('thing', 'service', 'company')", name="kind")),
    # In the wisher's own words, for those who look after it only; what everybody reads is `shown_text`.
    column("words", Words),
    column("shown_text", Words, null=True),
    # The wisher's name, masked; null: a resident. Never that of a minor.
    column("shown_name", Words, null=True),
    column("cost_fen", Amount, null=True),
    column("points", Amount, null=True),
    column("claimers_at_most", Small, CheckConstraint("claimers_at_most > 0", name="claimers")),
    column("person_in_charge", Words, null=True),
    column(
        "state",
        Words,
        CheckConstraint(
            "state IN ('collected', 'published', 'fulfilled', 'confirmed', 'refused', 'withdrawn')", name="state"
        ),
    ),
    # Of a closed set, where it was refused or withdrawn.
    column("reason", Words, null=True),
    column("proof", Words, null=True),
    column("done_on", Day, null=True),
    column("confirmed_how", Words, null=True),
    column("activity_id", Id, ForeignKey("activity.id"), null=True),
    column("collected_at", Instant),
    column("collected_by", Id),
    column("verified_at", Instant, null=True),
    column("verified_by", Id, null=True),
    column("fulfilled_at", Instant, null=True),
    column("fulfilled_by", Id, null=True),
    column("ended_at", Instant, null=True),
    column("ended_by", Id, null=True),
    CheckConstraint("is_minor = 0 OR shown_name IS NULL", name="minors"),
    CheckConstraint("state <> 'published' OR points IS NOT NULL", name="value"),
)
Index("ix_wish_organisation", wish.c.organisation_id, wish.c.id)
Index("ix_wish_state", wish.c.state, wish.c.id)
Index("ix_wish_volunteer", wish.c.volunteer_id, wish.c.id)
Index("ix_wish_asker_hash", wish.c.asker_hash)

wish_claim = table(
    "wish_claim",
    column("id", Id, primary_key=True),
    column("wish_id", Id, ForeignKey("wish.id")),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("until_on", Day),
    column("minutes", Small, null=True),
    column("claimed_at", Instant),
    column("claimed_by", Id),
    column("ended_at", Instant, null=True),
    column(
        "ended_as",
        Words,
        CheckConstraint("ended_as IN ('fulfilled', 'given_back', 'expired', 'over')", name="ended_as"),
        null=True,
    ),
    # The wish and the volunteer, while the claim is open: nobody claims a wish twice at once.
    column("open_as", Words, unique=True, null=True),
    CheckConstraint("(ended_at IS NULL) = (ended_as IS NULL)", name="ended"),
)
Index("ix_wish_claim_wish", wish_claim.c.wish_id, wish_claim.c.id)
Index("ix_wish_claim_volunteer", wish_claim.c.volunteer_id, wish_claim.c.id)

companionship = table(
    "companionship",
    column("id", Id, primary_key=True),
    column("wish_id", Id, ForeignKey("wish.id")),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("from_on", Day),
    column("until_on", Day, null=True),
    column("recorded_at", Instant),
    column("recorded_by", Id),
    # The wish and the volunteer, while it lasts.
    column("open_as", Words, unique=True, null=True),
)
Index("ix_companionship_organisation", companionship.c.organisation_id, companionship.c.id)
Index("ix_companionship_volunteer", companionship.c.volunteer_id, companionship.c.id)
Index("ix_companionship_wish", companionship.c.wish_id)

offer = table(
    "offer",
    column("id", Id, primary_key=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("kind", Words),
    column("title", Words),
    column("content", Words),
    column("place", Words),
    column("hours", Words),
    column("created_at", Instant),
    column("ended_at", Instant, null=True),
)
Index("ix_offer_organisation", offer.c.organisation_id, offer.c.id)

request = table(
    "request",
    column("id", Id, primary_key=True),
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("volunteer_id", Id, ForeignKey("volunteer.id"), null=True),
    # Name, telephone and flat of who asked, sealed; emptied once nobody needs them any more.
    column("asker", Bytes, null=True),
    column(
        "channel",
        Words,
        CheckConstraint("channel IN ('kiosk', 'phone', 'visit', 'qr', 'mobile_desk', 'online')", name="channel"),
    ),
    column("kind", Words),
    column("priority", Words),
    column("words", Words),
    column("place", Words),
    column(
        "state",
        Words,
        CheckConstraint(
            "state IN ('received', 'accepted', 'dispatched', 'closed', 'settled', 'declined', 'withdrawn')",
            name="state",
        ),
    ),
    column("answer", Words, null=True),
    column("score", Small, CheckConstraint("score BETWEEN 1 AND 5", name="score"), null=True),
    column("reopened", Small),
    column("escalated_to", Words, null=True),
    # From when clock 2 runs: it was received, or reopened.
    column("begun_at", Instant),
    column("accept_due_at", Instant),
    column("close_due_at", Instant),
    column("received_at", Instant),
    column("received_by", Id),
    column("accepted_at", Instant, null=True),
    column("accepted_by", Id, null=True),
    column("closed_at", Instant, null=True),
    column("closed_by", Id, null=True),
    # Minutes that clock 2 counted until it was closed, all rounds together.
    column("taken_minutes", Amount),
)
Index("ix_request_organisation", request.c.organisation_id, request.c.id)
Index("ix_request_received", request.c.received_at, request.c.organisation_id)
Index("ix_request_closed", request.c.state, request.c.closed_at)
Index("ix_request_volunteer", request.c.volunteer_id, request.c.id)

request_step = table(
    "request_step",
    column("id", Id, primary_key=True),
    column("request_id", Id, ForeignKey("request.id")),
    column("step", Words),
    column("words", Words),
    column("recorded_at", Instant),
    column("recorded_by", Id),
)
Index("ix_request_step_request", request_step.c.request_id, request_step.c.id)

task = table(
    "task",
    column("id", Id, primary_key=True),
    # Whose task it is: the team or unit, the organisation of the post, or the estate where it is open to claim.
    column("organisation_id", Id, ForeignKey("organisation.id")),
    column("request_id", Id, ForeignKey("request.id"), null=True),
    column("post_id", Id, ForeignKey("post.id"), null=True),
    column("offer_id", Id, ForeignKey("offer.id"), null=True),
    # The resolution of a joint meeting, or another proposal, that it carries out.
    column("proposal_id", Id, null=True),
    column("kind", Words),
    column("title", Words),
    column("content", Words),
    column("place", Words),
    column("person_in_charge", Words),
    column("helpers_at_most", Small, CheckConstraint("helpers_at_most > 0", name="helpers")),
    # Whether volunteers may take it up by themselves.
    column("is_open", Small, CheckConstraint("is_open IN (0, 1)", name="is_open")),
    column("due_at", Instant, null=True),
    column("state", Words, CheckConstraint("state IN ('dispatched', 'done', 'cancelled')", name="state")),
    column("outcome", Words),
    column("done_on", Day, null=True),
    column("activity_id", Id, ForeignKey("activity.id"), null=True),
    column("created_at", Instant),
    column("created_by", Id),
    column("ended_at", Instant, null=True),
    column("ended_by", Id, null=True),
)
Index("ix_task_organisation", task.c.organisation_id, task.c.id)
Index("ix_task_proposal", task.c.proposal_id, task.c.id)
Index("ix_task_request", task.c.request_id, task.c.id)

task_helper = table(
    "task_helper",
    column("id", Id, primary_key=True),
    column("task_id", Id, ForeignKey("task.id")),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    column("minutes", Small, null=True),
    column("taken_at", Instant),
    column("taken_by", Id),
    column("given_back_at", Instant, null=True),
    # The task and the volunteer, until they give it back.
    column("open_as", Words, unique=True, null=True),
)
Index("ix_task_helper_task", task_helper.c.task_id, task_helper.c.id)
Index("ix_task_helper_volunteer", task_helper.c.volunteer_id, task_helper.c.id)

need_credit = table(
    "need_credit",
    # Of the record or the deed, or of the claim that waits to become one.
    column("id", Id, primary_key=True),
    column("seq", Amount, ForeignKey("transaction.seq")),
    # A wish or a task.
    column("need_id", Id),
    column("volunteer_id", Id, ForeignKey("volunteer.id")),
    UniqueConstraint("need_id", "volunteer_id"),
    append_only=True,
)
