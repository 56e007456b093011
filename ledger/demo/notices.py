"""The last month on the board: each community shows what was posted, somebody doubts two lines, and one was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from uuid import UUID

from ledger.bank import Bank, By, Request
from ledger.people import consents
from ledger.people.organisations import Organisation
from ledger.people.staff import NOBODY
from ledger.people.volunteers import Volunteer
from ledger.service import notices, objections

SHOWN_DAYS = 30
AGREES = 0.9
"""Of all whose hours are shown, who agreed to be named."""
DOUBTS = (("没有看到这个人来", "dismissed", "签到表上有本人签名"), ("时长写多了", "upheld", "核对后确为误记, 已冲正"))


def hang_out(
    bank: Bank, organiser: By, reviewer: By, places: Sequence[Organisation], people: Sequence[Volunteer], dice: Random
) -> None:
    """Publish what was posted in the last month, answer two objections to the first notice, and correct what was
    wrong.
    """
    with bank.changing(organiser) as change:
        for one in people:
            if dice.random() < AGREES:
                consents.add(change, one.id, purpose=consents.PUBLISH_NAME, given=True, captured="paper")
        change.audit("consent", "organisation", places[0].id, after={"purpose": consents.PUBLISH_NAME})
    until = bank.today()
    made = [
        notices.publish_posted(bank, organiser, place, from_on=until - timedelta(days=SHOWN_DAYS), until_on=until)
        for place in places
    ]
    shown = next((outcome for outcome in made if outcome.posted and outcome.answer["lines"] >= len(DOUBTS)), None)
    notice = notices.find(bank, UUID(str(shown.answer["id"]))) if shown else None
    if notice is None:
        return
    for number, (reason, outcome, answer) in enumerate(DOUBTS, 1):
        line = notices.line_of(bank, notice, number)
        if line is None:
            return
        said = objections.object_to(
            bank, By(actor=NOBODY), _asked(f"object-{number}"), notice, line, reason=reason, contact=None
        )
        found = objections.with_receipt(bank, str(said.answer["receipt_no"]))
        if found is not None:
            objections.resolve(bank, reviewer, _asked(f"resolve-{number}"), found, outcome=outcome, reason=answer)
    place = next(one for one in places if one.id == notice.organisation_id)
    notices.publish_corrections(bank, organiser, place)


def _asked(what: str) -> Request:
    return Request("demo-notices", f"demo-notice-{what}", what.encode())
