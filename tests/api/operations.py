"""One line for every operation of the contract: how to ask for it, so that the matrix can ask it of everybody about
everything. An operation without a line fails the build.

    "prizes.show": Example(commons={"prize_id"}),
    "prizes.add": Example(body=of(title="杯", cost_points=1)),
    "service_records.reverse": Example(path={"record_id": "new_record_id"}, body={"reason": "示例更正"}),

A request is about a place (tests/api/ground.py): `at.prize_id` is a prize there, `at.new_record_id` a record made for
this one request. A parameter of the path is filled with what `at` has under its name, or under the name that `path`
gives it. `body` is a value, or makes one from `at`. Whatever the request names is tried from every other place too, one
thing at a time.
What is not to be 404 there is said:

- `commons`: what organisations above offer, and those below may use;
- `offered`: the same, where it is to be changed: 403 to those below;
- `open`: what may be anybody's (a guest's number);
- `near`: what a volunteer may name because it belongs to their organisation, whoever else may;
- `alike`: about whom the answer is one of `ok` wherever they belong, so that it tells nothing (not a member);
- `above`: what only somebody with rights above it may do: 403 to whose role holds in the place itself;
- `whole`: for an auditor of the whole bank only;
- `each`: each item of the body has an outcome of its own, told with 200;
- `anywhere`: where what is named is a secret in itself (a code on a screen, a number with its PIN), so that it does not
  matter whose it is;
- `upload`: the file that is sent with the members of the body;
- `leaves`: the volunteer is signed out by it;
- `ok`: statuses, besides those of success, that mean that rights were not in the way (a state hard to bring about).
"""

from __future__ import annotations

from ledger.rules import book
from tests.api.example import (
    APPRAISAL,
    PERIOD,
    RESOLUTION,
    STEP,
    Example,
    of,
)
from tests.api.examples_needs import NEEDS
from tests.api.examples_people import PEOPLE
from tests.api.examples_prizes import PRIZES
from tests.api.examples_service import SERVICE

__all__ = ["EXAMPLES", "Example"]

EXAMPLES: dict[str, Example] = {
    **PEOPLE,
    **SERVICE,
    **PRIZES,
    **NEEDS,
    # open to all
    "auth.token": Example(body={"grant_type": "refresh_token", "refresh_token": "x"}, ok=(401,)),
    "auth.revoke": Example(body={"token": "x"}),
    "auth.jwks": Example(),
    "bank.show": Example(),
    "health.alive": Example(),
    "health.ready": Example(),
    "health.measures": Example(),
    # rules
    "rulebooks.page": Example(),
    "rulebooks.in_force": Example(),
    "rulebooks.schema": Example(),
    "rulebooks.show": Example(path={"rulebook_id": "some_id"}, ok=(404,)),
    "rulebooks.differences": Example(path={"rulebook_id": "some_id"}, ok=(404,)),
    "rulebooks.validate": Example(body=of(document=book("example"))),
    "rulebooks.draft": Example(body=of(title="示例细则", reasons="示例", document=book("example"))),
    "rulebooks.list_drafts": Example(),
    "rulebooks.show_draft": Example(path={"rulebook_id": "draft_id"}),
    "rulebooks.change_draft": Example(path={"rulebook_id": "draft_id"}, body={"title": "示例细则"}),
    # how rules come into force
    "proposals.page": Example(),
    "proposals.list_templates": Example(),
    "proposals.show": Example(path={"proposal_id": "some_id"}, ok=(404,)),
    "proposals.download": Example(path={"proposal_id": "some_id", "digest": "some_digest"}, ok=(404,)),
    "proposals.draft": Example(body=of(kind="resolution", **RESOLUTION), ok=(422,)),
    "proposals.take_rulebook_step": Example(path={"rulebook_id": "draft_id"}, body=STEP, ok=(403, 409, 422)),
    "proposals.take_step": Example(path={"proposal_id": "draft_id"}, body=STEP, ok=(403, 409, 422)),
    "proposals.attach": Example(
        path={"proposal_id": "draft_id"},
        body={"name": "示例.pdf", "media_type": "application/pdf", "content": "JVBERi0xLjQK"},
        ok=(409, 422),
    ),
    "simulations.simulate": Example(path={"rulebook_id": "draft_id"}, body=PERIOD, ok=(422,)),
    "simulations.simulate_to_file": Example(path={"rulebook_id": "draft_id"}, body=PERIOD, ok=(422,)),
    # reports and appraisals
    "report_papers.show": Example(query=lambda at: f"organisation_id={at.organisation_id}"),
    "report_papers.annual": Example(query=lambda _: "year=2026"),
    "report_entries.page": Example(query=lambda at: f"figure=minutes&organisation_id={at.organisation_id}"),
    "appraisals.put_out": Example(body=of(**APPRAISAL)),
    "appraisals.page": Example(),
    "appraisals.own": Example(),
    "appraisals.speak": Example(
        path={"appraisal_id": "new_appraisal_id"}, body={"scores": [5]}, anywhere=True, ok=(404,)
    ),
    "appraisals.results": Example(),
    "appraisals.result": Example(path={"appraisal_id": "new_appraisal_id"}, ok=(404,)),
    "appraisals.key_in": Example(
        path={"appraisal_id": "new_appraisal_id"}, body=lambda at: {"volunteer_no": at.volunteer_no, "scores": [5]}
    ),
    "appraisals.paper": Example(path={"appraisal_id": "some_id"}, ok=(404, 429)),
    "reports.show": Example(query=lambda at: f"organisation_id={at.organisation_id}"),
    # the books
    "ledger.transactions": Example(whole=True),
    "ledger.proof": Example(path={"seq": "some_seq"}, whole=True, ok=(503,)),
    "ledger.transaction": Example(path={"seq": "some_seq"}, whole=True),
    "ledger.account": Example(path={"account_id": "some_seq"}, whole=True),
    "ledger.trial_balance": Example(whole=True),
    "audit.page": Example(),
    "audit.export": Example(),
    # the log, open to all
    "log.checkpoint": Example(ok=(404,)),
    "log.vkey": Example(),
    "log.totals": Example(),
    "log.by_month": Example(),
    "showcase.page": Example(),
    "log.tile": Example(path={"level": "tile_level", "tile": "tile_name"}, ok=(404,)),
    "log.entries": Example(path={"tile": "tile_name"}, ok=(404,)),
    **{
        f"receipts.{part}": Example(path={"token": "some_token"}, ok=(404, 429))
        for part in ("show", "file", "bare", "qr")
    },
    "receipts.statement": Example(),
    "witness.add_checkpoint": Example(ok=(400, 404, 415, 422)),
    "witness.vkey": Example(ok=(404,)),
}
