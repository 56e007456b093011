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

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from ledger.rules import book
from tests.pictures import drawn

ACTIVITY = {"title": "清洁日", "activity_type": "cleaning", "place": "示例广场", "person_in_charge": "示例乙"}
SESSION = {"starts_at": "2026-03-07T01:00:00Z", "ends_at": "2026-03-07T03:00:00Z"}
RESOLUTION = {"template": "five_deliberations", "title": "示例决议", "reasons": "示例", "document": "title: 示例\n"}
STEP = {"stage": "proposed"}
PERIOD = {"since": "2026-01-01", "until": "2026-01-31"}
ENTRY = {"kind": "training", "on_day": "2026-01-05", "title": "示例培训", "given_by": "示例单位"}
APPRAISAL = {
    "kind": "property_company",
    "title": "示例评议",
    "questions": ["示例"],
    "from_on": "2026-01-01",
    "until_on": "2099-12-31",
}
PNG = drawn("png")
REASON = {"reason": "示例更正"}
PASSWORD = "示例密码示例密码示例"
WORDS = {"words": "示例"}
REQUEST = {"kind": "lighting", "words": "示例"}
TASK = {"kind": "repair", "title": "示例", "person_in_charge": "示例乙"}
WISH = {"kind": "thing", "channel": "wall", "words": "示例"}
ON_THE_WALL = {"text": "示例", "points": 1, "cost_fen": 100, "person_in_charge": "示例乙"}


@dataclass(frozen=True, kw_only=True)
class Example:
    """How to ask for one operation."""

    path: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    query: Callable[[Any], str] | None = None
    commons: AbstractSet[str] = frozenset()
    offered: AbstractSet[str] = frozenset()
    open: AbstractSet[str] = frozenset()
    alike: AbstractSet[str] = frozenset()
    near: AbstractSet[str] = frozenset()
    each: bool = False
    above: bool = False
    whole: bool = False
    upload: bytes | None = None
    anywhere: bool = False
    leaves: bool = False
    ok: tuple[int, ...] = ()


def of(**more: Any) -> Callable[[Any], Any]:
    """A body that names its organisation."""
    return lambda at: {"organisation_id": at.organisation_id} | more


def record(at: Any) -> Any:
    """Of somebody new: a guest whose number an organiser was told stands in their rosters from then on."""
    return {
        "volunteer_no": at.new_volunteer_no,
        "activity_id": at.activity_id,
        "minutes": 60,
        "served_on": at.today,
        "capture_method": "clocked",
    }


def redemption(at: Any) -> Any:
    items = [{"prize_id": at.prize_id, "quantity": 1}]
    return {"volunteer_no": at.volunteer_no, "desk_id": at.desk_id, "items": items}


def slip(at: Any) -> Any:
    return {
        "slip_no": at.new_slip_no,
        "volunteer_no": at.volunteer_no,
        "items": [{"prize_id": at.prize_id, "quantity": 1}],
        "given_on": at.today,
    }


def receipt(at: Any) -> Any:
    return {"desk_id": at.desk_id, "prize_id": at.prize_id, "quantity": 1, "source": "示例捐赠"}


def purchase(at: Any) -> Any:
    return {"organisation_id": at.organisation_id, "prize_id": at.prize_id, "quantity": 1, "supplier": "示例店"}


def transfer(at: Any) -> Any:
    items = [{"prize_id": at.prize_id, "quantity": 1}]
    return {"from_desk_id": at.stocked_desk_id, "to_desk_id": at.other_desk_id, "items": items}


def pooling(at: Any) -> Any:
    return {"volunteer_no": at.volunteer_no, "points": 1}


def good_deed(at: Any) -> Any:
    return somebody(at) | of(kind="good_deed", deed_type="tidy_courtyard", done_on=at.today)(at)


def somebody(at: Any) -> Any:
    return {"volunteer_no": at.volunteer_no}


def somebody_new(at: Any) -> Any:
    return {"volunteer_no": at.new_volunteer_no}


def collective(path: str, id: str) -> dict[str, Example]:
    """What is done with households and with groups alike."""
    one, members = {"id": id}, frozenset({"volunteer_no"})
    return {
        f"{path}.create": Example(body=of(name="示例家")),
        f"{path}.page": Example(),
        f"{path}.show": Example(path=one),
        f"{path}.members": Example(path=one),
        f"{path}.join": Example(path=one, body=somebody, ok=(409,)),
        f"{path}.leave": Example(path=one, body={}, ok=(409,), alike=members),
        f"{path}.appoint": Example(path=one, body=somebody, ok=(409,), alike=members),
        f"{path}.balance": Example(path=one),
        f"{path}.statement": Example(path=one),
    }


EXAMPLES: dict[str, Example] = {
    # open to all
    "auth.token": Example(body={"grant_type": "refresh_token", "refresh_token": "x"}, ok=(401,)),
    "auth.revoke": Example(body={"token": "x"}),
    "auth.jwks": Example(),
    "bank.show": Example(),
    "health.alive": Example(),
    "health.ready": Example(),
    "health.measures": Example(),
    # devices, cards, and volunteers at them
    "devices.itself": Example(),
    "devices.page": Example(),
    "devices.show": Example(),
    "devices.revoke": Example(path={"device_id": "new_device_id"}),
    "pairing.ask": Example(body={"kind": "kiosk", "name": "示例机"}),
    "pairing.show": Example(path={"user_code": "new_user_code"}),
    "pairing.approve": Example(
        body=lambda at: {"kind": "desk", "user_code": at.new_user_code, "desk_id": at.desk_id} | of()(at)
    ),
    "pairing.deny": Example(body=lambda at: {"user_code": at.new_user_code}),
    "sessions.identify": Example(
        body=lambda at: {"volunteer_no": at.volunteer_no, "pin": "583914"}, anywhere=True, ok=(401,)
    ),
    "sessions.glance": Example(body={"card": "1234567890123452"}, ok=(404,)),
    "sessions.scan": Example(body={"code": "1" * 40}, ok=(401,)),
    "sessions.screen_code": Example(body={}, ok=(409,)),
    "sessions.change_pin": Example(body={"old_pin": "583914", "pin": "583915"}, ok=(422, 429)),
    "sessions.assist": Example(body=lambda at: {"volunteer_no": at.volunteer_no, "purpose": "needs_help"}),
    "sessions.renew": Example(body={}),
    "sessions.sign_out": Example(body={}, leaves=True),
    "sessions.show": Example(),
    "cards.issue": Example(body={}),
    "cards.show": Example(),
    "cards.end": Example(body={"reason": "revoked"}),
    "cards.qr_svg": Example(),
    "cards.qr_png": Example(),
    "cards.face": Example(),
    "cards.set_pin": Example(body={"pin": "583914"}),
    # the tree
    "organisations.create": Example(
        body=lambda at: {"parent_id": at.organisation_id, "level": "team", "name": "示例队"}
    ),
    "organisations.page": Example(),
    "organisations.show": Example(),
    "organisations.rename": Example(body={"name": "示例社区"}),
    "organisations.move": Example(
        path={"organisation_id": "new_team_id"}, body=lambda at: {"parent_id": at.organisation_id}
    ),
    "organisations.close": Example(path={"organisation_id": "new_team_id"}, body={}),
    "organisations.reopen": Example(body={}, above=True),
    # people
    "me.show": Example(),
    "me.change_password": Example(body={"password": "not mine", "new_password": PASSWORD}, ok=(401, 429)),
    "me.offer_otp": Example(body={"password": "not mine"}, ok=(401, 429)),
    "me.confirm_otp": Example(body={"otp": "123456"}, ok=(422,)),
    "staff.page": Example(),
    "staff.show": Example(),
    "staff.change": Example(body={"name": "示例己"}),
    "staff.reset_password": Example(body={}),
    "staff.reset_otp": Example(body={}),
    "staff.hire": Example(
        body=lambda at: {
            "username": at.new_name,
            "password": PASSWORD,
            "name": "示例丁",
            "roles": [{"role": "desk", "organisation_id": at.organisation_id}],
        }
    ),
    "volunteers.register": Example(body=of(name="示例甲")),
    "volunteers.page": Example(),
    "volunteers.show": Example(),
    "volunteers.balance": Example(),
    "volunteers.statement": Example(),
    "volunteers.change": Example(body={"name": "示例甲"}),
    "volunteers.erase": Example(path={"volunteer_no": "new_volunteer_no"}, ok=(409,)),
    "disclosures.disclose": Example(body={"fields": ["phone"], "purpose": "contact"}),
    "disclosures.copy": Example(),
    "disclosures.copy_text": Example(),
    "consents.texts": Example(),
    "consents.lines": Example(),
    "consents.record": Example(body={"purpose": "photo", "given": True, "captured": "paper"}),
    "consents.guardians_of": Example(),
    "consents.record_guardian": Example(body={"name": "示例庚", "phone": "13800138000", "relation": "mother"}),
    "consents.end_guardian": Example(path={"guardian_id": "new_guardian_id"}, body={"ended": True}),
    "closings.close": Example(path={"volunteer_no": "new_volunteer_no"}, body={"reason": "left"}),
    "closings.merge": Example(
        path={"volunteer_no": "new_volunteer_no"}, body=lambda at: {"survivor_no": at.volunteer_no}, ok=(409,)
    ),
    "closings.reverse": Example(path={"volunteer_no": "closed_no"}, body=REASON, ok=(409,)),
    "possible_duplicates.page": Example(),
    "possible_duplicates.keep_apart": Example(path={"pair_id": "new_pair_id"}, body={}),
    "viewings.page": Example(),
    "passbooks.show": Example(),
    "certificates.issue": Example(body={}, ok=(409,)),
    "certificates.issue_all": Example(body=lambda at: {"volunteer_nos": [at.volunteer_no]}, each=True),
    "certificates.page": Example(),
    "certificates.show": Example(path={"certificate_id": "certificate_id"}),
    "certificates.print_them": Example(body=lambda at: {"ids": [at.certificate_id]}),
    "certificates.revoke": Example(path={"certificate_id": "new_certificate_id"}, body={"reason": "mistake"}),
    "certificates.verify": Example(path={"certificate_no": "volunteer_no"}, ok=(404, 429)),
    "privacy_rules.show": Example(),
    "privacy_rules.change": Example(body={}, whole=True),
    "guests.show": Example(open={"volunteer_no"}),
    # together
    **collective("households", "household_id"),
    **collective("groups", "group_id"),
    "giving.pool_into_household": Example(body=pooling, ok=(409,)),
    "giving.pool_into_group": Example(body=pooling, ok=(409,)),
    "giving.donate": Example(
        body=lambda at: {
            "giver": {"volunteer_no": at.volunteer_no},
            "receiver": {"organisation_id": at.organisation_id},
            "points": 1,
        },
        ok=(409,),
    ),
    "imports.template": Example(),
    "imports.check_volunteers": Example(body=of(), upload="姓名\n示例甲\n".encode()),
    "imports.show": Example(path={"import_id": "new_import_id"}),
    "imports.commit": Example(path={"import_id": "new_import_id"}, body={}, ok=(409,)),
    "imports.report": Example(path={"import_id": "new_import_id"}),
    "roster_imports.template": Example(query=lambda at: f"organisation_id={at.organisation_id}"),
    "roster_imports.check": Example(
        body=lambda at: of(activity_id=at.activity_id)(at), upload="姓名,小时\n示例甲,1\n".encode()
    ),
    "rosters.page": Example(query=lambda at: f"activity_id={at.activity_id}"),
    "roster_imports.rows": Example(path={"import_id": "new_roster_id"}),
    "roster_imports.past": Example(),
    "activity_types.show": Example(query=lambda at: f"organisation_id={at.organisation_id}"),
    # who reports where, who holds which post, who may act for whom
    "party.report": Example(body=lambda at: somebody(at) | of(side="home")(at), ok=(409,)),
    "party.commit": Example(body=lambda at: somebody(at) | of(kind="area", area="示例花园")(at), ok=(409,)),
    "party.reports": Example(),
    "party.commitments": Example(),
    "party.confirm_report": Example(path={"tie_id": "new_report_id"}, body={}),
    "party.confirm_commitment": Example(path={"tie_id": "new_commitment_id"}, body={}),
    "party.end_report": Example(path={"tie_id": "new_report_id"}, body={}),
    "party.end_commitment": Example(path={"tie_id": "new_commitment_id"}, body={}),
    "party.of_volunteer": Example(),
    "party.summary": Example(),
    "party.yearly_return": Example(query=lambda _: "year=2026"),
    "posts.create": Example(body=of(kind="building_head")),
    "posts.page": Example(),
    "posts.show": Example(path={"post_id": "post_id"}),
    "posts.appoint": Example(path={"post_id": "new_post_id"}, body=somebody),
    "posts.end": Example(path={"post_id": "held_post_id"}, body={}, ok=(409,), alike={"volunteer_no"}),
    "posts.published": Example(path={"organisation_id": "organisation_id"}, anywhere=True, ok=(404,)),
    "agents.authorise": Example(body={"agent_name": "示例代办人", "captured": "paper"}),
    "agents.of_volunteer": Example(),
    "agents.revoke": Example(path={"agency_id": "new_agency_id"}, body={}),
    # service
    "activities.create": Example(body=lambda at: of(held_on=at.today, **ACTIVITY)(at)),
    "activities.page": Example(),
    "activities.show": Example(),
    "working_days.show": Example(query=lambda _: "year=2026"),
    "working_days.override": Example(body={"year": 2027, "days": [], "source": "示例通知"}, whole=True),
    "activities.change": Example(body={"place": "示例广场"}),
    "activities.file": Example(path={"activity_id": "new_activity_id"}, body={}),
    "activities.publish": Example(path={"activity_id": "new_activity_id"}, body={}),
    "activities.cancel": Example(path={"activity_id": "new_activity_id"}, body=REASON),
    "sign_ups.sign_up": Example(path={"activity_id": "published_id"}, body=somebody_new, open={"new_volunteer_no"}),
    "sign_ups.page": Example(),
    "sign_ups.cancel": Example(path={"sign_up_id": "new_sign_up_id"}, body={}),
    "sign_ups.confirm": Example(path={"sign_up_id": "new_waiting_id"}, body=REASON),
    "sign_ups.of_volunteer": Example(),
    "sign_ups.sign_oneself_up": Example(
        body=lambda at: {"session_id": at.published_session_id}, anywhere=True, ok=(404, 409)
    ),
    "published_activities.list_published": Example(),
    "published_activities.show": Example(path={"activity_id": "published_id"}, anywhere=True, ok=(404,)),
    "attendance_codes.show": Example(path={"session_id": "running_session_id"}),
    "attendances.check_in": Example(
        path={"activity_id": "running_id"},
        body=lambda at: {"card": at.a_card},
    ),
    "attendances.check_out": Example(
        path={"activity_id": "running_id"}, body=lambda at: {"card": at.card_of_who_came}, ok=(409,)
    ),
    "attendances.write_down": Example(
        path={"activity_id": "running_id"},
        body=lambda at: {"items": [{"volunteer_no": at.new_volunteer_no}]},
        alike={"new_volunteer_no"},
        ok=(200,),
    ),
    "attendances.page": Example(path={"activity_id": "running_id"}),
    "attendances.of_volunteer": Example(),
    "attendances.void": Example(path={"attendance_id": "new_attendance_id"}, body=REASON),
    "check_ins.check_in": Example(body={"code": "1" * 93}, ok=(409,)),
    "check_ins.check_out": Example(body={"code": "1" * 93}, ok=(409,)),
    "participations.say": Example(
        body=lambda at: somebody_new(at) | {"on_day": "2026-03-02", "role": "leader"},
        open={"new_volunteer_no"},
    ),
    "participations.page": Example(),
    "hand_ins.close_session": Example(path={"session_id": "new_begun_session_id"}, body={}),
    "hand_ins.close_activity": Example(path={"activity_id": "new_begun_id"}, body={}),
    "no_shows.record": Example(path={"sign_up_id": "new_missed_id"}, body={"kind": "unexcused"}),
    "no_shows.lift": Example(path={"sign_up_id": "new_no_show_id"}, body=REASON),
    "activity_sessions.add": Example(body=SESSION),
    "activity_sessions.show": Example(path={"session_id": "activity_session_id"}),
    "activity_sessions.change": Example(path={"session_id": "activity_session_id"}, body={"place": "示例广场"}),
    "service_records.record": Example(body=record, open={"new_volunteer_no"}),
    "service_records.record_all": Example(
        body=lambda at: {"items": [record(at)]}, open={"new_volunteer_no"}, each=True
    ),
    "service_records.reverse": Example(path={"record_id": "new_record_id"}, body=REASON),
    "deeds.post": Example(body=good_deed),
    "deeds.post_all": Example(body=lambda at: {"items": [good_deed(at)]}, each=True),
    "deeds.reverse": Example(path={"deed_id": "new_deed_id"}, body=REASON),
    "deed_reviews.page": Example(),
    "deed_reviews.show": Example(path={"deed_id": "new_deed_claim_id"}),
    "deed_reviews.review": Example(path={"deed_id": "new_deed_claim_id"}, body={"decision": "approve"}),
    "deed_reviews.hold": Example(path={"deed_id": "new_deed_claim_id"}, body=REASON),
    "deed_reviews.release": Example(path={"deed_id": "held_deed_claim_id"}, body=REASON),
    "deed_reviews.withdraw": Example(path={"deed_id": "new_deed_claim_id"}, body=REASON),
    "flags.page": Example(),
    "listings.put_on": Example(body={"tag": "barred", "from_on": "2026-03-02", "reason": "示例"}, ok=(409,)),
    "listings.of_volunteer": Example(),
    "listings.end": Example(path={"listing_id": "new_listing_id"}, body={"until_on": "2999-01-01"}),
    "flags.lift": Example(path={"flag_id": "new_flag_id"}, body=REASON),
    "lapses.upcoming": Example(),
    "stars.due": Example(),
    "stars.page": Example(query=lambda _: "state=on_notice"),
    "stars.propose": Example(body=lambda at: {"volunteer_no": at.new_star_no}),
    "stars.notices": Example(),
    "stars.decide": Example(path={"change_id": "new_star_change_id"}, body={"decision": "approve"}, ok=(409,)),
    "stars.of_volunteer": Example(),
    "notices.publish": Example(body=of(shows="due"), ok=(409,)),
    "notices.preview": Example(body=of(shows="due")),
    "notices.page": Example(),
    "notices.show": Example(path={"notice_id": "some_id"}, ok=(404,)),
    "notices.lines": Example(path={"notice_id": "some_notice_id"}),
    "notices.paper": Example(path={"notice_id": "some_id"}, ok=(404,)),
    "objections.make": Example(path={"notice_id": "some_id"}, body={"line": 1, **REASON}, ok=(404, 429)),
    "objections.status": Example(path={"receipt_no": "some_number"}, ok=(404, 429)),
    "objections.page": Example(),
    "objections.show": Example(path={"objection_id": "new_objection_id"}),
    "objections.resolve": Example(path={"objection_id": "new_objection_id"}, body={"outcome": "dismissed", **REASON}),
    "disputes.make": Example(body=lambda at: {"record_id": at.disputable_id, "reason_code": "hours_wrong"}, ok=(404,)),
    "disputes.own": Example(),
    "disputes.page": Example(),
    "disputes.show": Example(path={"dispute_id": "new_dispute_id"}),
    "disputes.answer": Example(path={"dispute_id": "new_dispute_id"}, body={"outcome": "stands", **REASON}),
    "reviews.page": Example(),
    "own_records.page": Example(),
    "own_records.declare": Example(
        body=lambda at: {"activity_id": at.published_id, "minutes": 30, "served_on": at.today}, anywhere=True, ok=(404,)
    ),
    "own_records.withdraw": Example(path={"record_id": "declared_id"}, body=REASON),
    "duty.page": Example(),
    "duty.report": Example(),
    "duty.show_settings": Example(),
    "duty.change_settings": Example(body={"period_days": 31}, whole=True),
    "corrections.correct": Example(path={"record_id": "new_record_id"}, body=REASON | {"minutes": 30}),
    "reviews.show": Example(path={"record_id": "new_claim_id"}),
    "reviews.review_all": Example(
        body=lambda at: {"items": [{"record_id": at.new_claim_id, "decision": "approve"}]}, each=True
    ),
    "reviews.hold": Example(path={"record_id": "new_claim_id"}, body=REASON),
    "reviews.release": Example(path={"record_id": "held_claim_id"}, body=REASON),
    "reviews.withdraw": Example(path={"record_id": "new_claim_id"}, body=REASON),
    "reviews.review": Example(path={"record_id": "new_claim_id"}, body={"decision": "approve"}),
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
    # prizes
    "prizes.add": Example(body=of(title="示例杯", cost_points=1)),
    "prizes.page": Example(),
    "prizes.show": Example(commons={"prize_id"}),
    "prizes.change": Example(body={"on_shelf": True}, offered={"prize_id"}),
    "pictures.upload": Example(body={}, upload=PNG, offered={"prize_id"}),
    "pictures.show": Example(path={"digest": "some_digest"}, ok=(404,)),
    "pictures.remove": Example(offered={"prize_id"}),
    "slips.print_one": Example(path={"redemption_id": "new_redemption_id"}, body={"width": 58}),
    "privileges.show": Example(),
    "prizes.prices": Example(commons={"prize_id"}),
    "prizes.reference_value": Example(offered={"prize_id"}),
    "prizes.value": Example(body={"reference_fen": 990}, offered={"prize_id"}),
    "desks.open": Example(body=of(name="示例台")),
    "desks.page": Example(),
    "desks.show": Example(),
    "stock_receipts.receive": Example(body=receipt, commons={"prize_id"}),
    "redemptions.redeem": Example(body=redemption, commons={"prize_id"}, ok=(409,)),
    "redemptions.check": Example(body=redemption, commons={"prize_id"}),
    "redemptions.reverse": Example(path={"redemption_id": "new_redemption_id"}, body=REASON),
    "desks.show_stock": Example(),
    "reservations.reserve": Example(
        body=redemption, commons={"prize_id", "desk_id"}, near={"prize_id", "desk_id"}, ok=(409,)
    ),
    "reservations.page": Example(),
    "reservations.show": Example(),
    "reservations.collect": Example(
        path={"reservation_id": "new_reservation_id"}, body={"pickup_code": "123456789"}, ok=(422, 429)
    ),
    "reservations.cancel": Example(path={"reservation_id": "new_reservation_id"}, body={}),
    "purchases.order": Example(body=purchase, commons={"prize_id"}),
    "purchases.page": Example(),
    "purchases.show": Example(),
    "purchases.end": Example(body={}),
    "prize_budgets.set_apart": Example(body=of(year=2026, budget_fen=100)),
    "prize_budgets.show": Example(),
    "redemptions.page": Example(query=lambda at: f"desk_id={at.desk_id}&volunteer_no={at.volunteer_no}"),
    "redemptions.show": Example(path={"redemption_id": "new_redemption_id"}),
    "reservations.find": Example(body=lambda at: {"desk_id": at.desk_id, "pickup_code": "123456789"}, ok=(422, 429)),
    "beneficiaries.show": Example(),
    "identifications.identify": Example(body=lambda at: {"card": at.new_card_no}),
    "liability.report": Example(),
    "liability.paper": Example(),
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
    "appraisals.key_in": Example(
        path={"appraisal_id": "new_appraisal_id"}, body=lambda at: {"volunteer_no": at.volunteer_no, "scores": [5]}
    ),
    "appraisals.paper": Example(path={"appraisal_id": "some_id"}, ok=(404, 429)),
    "dossiers.keep": Example(body=ENTRY),
    "dossiers.of_volunteer": Example(),
    "dossiers.withdraw": Example(path={"entry_id": "new_entry_id"}, body={}),
    "seals.put": Example(body={}, upload=PNG),
    "seals.show": Example(path={"organisation_id": "sealed_organisation_id"}),
    "seals.remove": Example(),
    "party_returns.show": Example(query=lambda _: "year=2026"),
    "letters.show": Example(query=lambda _: "year=2026"),
    "letters.page": Example(query=lambda _: "year=2026"),
    "letters.print_them": Example(body=lambda at: {"year": 2026, "volunteer_nos": [at.volunteer_no]}),
    "reports.show": Example(query=lambda at: f"organisation_id={at.organisation_id}"),
    "slip_books.prepare": Example(body=lambda at: {"desk_id": at.desk_id, "slips": 3}),
    "slip_books.page": Example(),
    "slip_books.show": Example(),
    "slip_books.paper": Example(),
    "paper_redemptions.key_in": Example(body=slip, commons={"prize_id"}),
    "paper_redemptions.void": Example(body=lambda at: {"slip_no": at.new_slip_no}),
    "paper_redemptions.page": Example(),
    "paper_redemptions.show": Example(),
    "paper_redemptions.settle": Example(
        path={"paper_id": "new_paper_id"}, body={"outcome": "posted", "reason": "示例"}, ok=(409,)
    ),
    "stock_transfers.transfer": Example(body=transfer, commons={"prize_id"}),
    "stock_reports.take_stock": Example(
        body=lambda at: {
            "desk_id": at.desk_id,
            "counts": [{"prize_id": at.prize_id, "counted": 999_999, "reason": "found"}],
        },
        commons={"prize_id"},
        ok=(409,),
    ),
    "stock_reports.write_off": Example(
        body=lambda at: {
            "desk_id": at.desk_id,
            "items": [{"prize_id": at.prize_id, "quantity": 1, "reason": "damaged"}],
        },
        commons={"prize_id"},
        ok=(409,),
    ),
    "stock_reports.page": Example(),
    "stock_reports.show": Example(),
    "stock_reports.confirm": Example(path={"report_id": "new_report_of_stock_id"}, body={}),
    "stock_reports.reject": Example(path={"report_id": "new_report_of_stock_id"}, body=REASON),
    "desk_sessions.open": Example(body=lambda at: {"desk_id": at.new_desk_id}),
    "desk_sessions.close": Example(path={"session_id": "new_session_id"}, body={"counts": []}),
    "desk_sessions.page": Example(),
    "desk_sessions.show": Example(),
    "desk_sessions.sheet": Example(),
    "desk_sessions.paper": Example(),
    # wishes
    "wishes.collect": Example(body=lambda at: WISH | of(asker={"name": f"示例{at.new_name}"})(at)),
    "wishes.wish": Example(body={"kind": "thing", "words": "示例"}, ok=(409,)),
    "wishes.page": Example(),
    "wishes.wall": Example(),
    "wishes.show": Example(path={"wish_id": "new_collected_wish_id"}),
    "wishes.of_volunteer": Example(),
    "wishes.publish": Example(path={"wish_id": "new_collected_wish_id"}, body=ON_THE_WALL),
    "wishes.refuse": Example(path={"wish_id": "new_collected_wish_id"}, body={"reason": "commercial"}),
    "wishes.withdraw": Example(path={"wish_id": "new_collected_wish_id"}, body={"reason": "by_mistake"}),
    "wishes.fulfil": Example(
        path={"wish_id": "new_claimed_wish_id"}, body=lambda at: {"proof": "示例", "done_on": at.today}
    ),
    "wishes.send_back": Example(path={"wish_id": "new_fulfilled_wish_id"}, body={}),
    "wishes.confirm": Example(path={"wish_id": "new_fulfilled_wish_id"}, body={"how": "in_person"}),
    "wishes.disclose": Example(path={"wish_id": "new_collected_wish_id"}, body={"purpose": "contact"}),
    "wish_claims.claim": Example(
        path={"wish_id": "new_published_wish_id"}, body=somebody_new, open={"new_volunteer_no"}
    ),
    "wish_claims.claim_oneself": Example(
        body=lambda at: {"wish_id": at.new_published_wish_id}, anywhere=True, ok=(404,)
    ),
    "wish_claims.of_volunteer": Example(),
    "wish_claims.give_back": Example(path={"claim_id": "new_wish_claim_id"}, body={}),
    "wish_claims.fulfil": Example(
        path={"claim_id": "new_wish_claim_id"}, body=lambda at: {"proof": "示例", "done_on": at.today}
    ),
    "companionships.pair": Example(
        path={"wish_id": "new_published_wish_id"}, body=somebody_new, open={"new_volunteer_no"}
    ),
    "companionships.page": Example(),
    "companionships.end": Example(path={"companionship_id": "new_companionship_id"}, body={}),
    # requests, the tasks they become, and what is offered
    "requests.receive": Example(body=lambda at: REQUEST | {"channel": "phone"} | of()(at) | somebody(at)),
    "requests.ask": Example(body=REQUEST),
    "requests.page": Example(),
    "requests.show": Example(path={"request_id": "new_request_id"}),
    "requests.of_volunteer": Example(),
    "requests.accept": Example(path={"request_id": "new_request_id"}, body={"priority": "complex"}),
    "requests.decline": Example(path={"request_id": "new_request_id"}, body=WORDS),
    "requests.withdraw": Example(path={"request_id": "new_request_id"}, body={}),
    "requests.follow_up": Example(path={"request_id": "new_request_id"}, body=WORDS),
    "requests.escalate": Example(path={"request_id": "new_accepted_request_id"}, body=WORDS | {"to": "subdistrict"}),
    "requests.answer_escalation": Example(path={"request_id": "new_escalated_request_id"}, body=WORDS),
    "requests.close": Example(path={"request_id": "new_accepted_request_id"}, body=WORDS),
    "requests.judge": Example(path={"request_id": "new_closed_request_id"}, body={"is_satisfied": True, "score": 5}),
    "requests.disclose": Example(path={"request_id": "new_request_id"}, body={"purpose": "contact"}),
    "stairwells.scan": Example(
        path={"organisation_id": "some_id"}, body=REQUEST | {"place": "示例楼道"}, ok=(404, 429)
    ),
    "stairwells.sheet": Example(),
    "stairwells.show": Example(path={"request_id": "some_id"}, ok=(404, 429)),
    "request_reports.report": Example(
        query=lambda at: f"from=2026-01-01&to={at.today}&organisation_id={at.organisation_id}"
    ),
    "tasks.create": Example(body=lambda at: TASK | of()(at)),
    "tasks.dispatch": Example(
        path={"request_id": "new_accepted_request_id"},
        body=lambda at: TASK | of(post_id=at.post_id, offer_id=at.new_offer_id)(at),
    ),
    "tasks.page": Example(),
    "tasks.list_open": Example(),
    "tasks.show": Example(path={"task_id": "new_taken_task_id"}),
    "tasks.of_volunteer": Example(),
    "tasks.take": Example(path={"task_id": "new_task_id"}, body=somebody_new, open={"new_volunteer_no"}),
    "tasks.give_back": Example(path={"task_id": "new_taken_task_id"}, body=somebody, open={"volunteer_no"}, ok=(409,)),
    "tasks.take_oneself": Example(body=lambda at: {"task_id": at.new_task_id}, anywhere=True, ok=(404,)),
    "tasks.give_back_oneself": Example(body=lambda at: {"task_id": at.new_taken_task_id}),
    "tasks.contact_oneself": Example(body=lambda at: {"task_id": at.new_taken_task_id}),
    "tasks.contact": Example(path={"task_id": "new_task_id"}, body={"purpose": "contact"}),
    "tasks.finish": Example(
        path={"task_id": "new_task_id"},
        body=lambda at: {
            "outcome": "示例",
            "done_on": at.today,
            "served": [{"volunteer_no": at.new_volunteer_no, "minutes": 60}],
        },
        open={"new_volunteer_no"},
    ),
    "tasks.cancel": Example(path={"task_id": "new_task_id"}, body=REASON),
    "offers.create": Example(body=of(kind="lighting", title="示例", place="示例", hours="示例")),
    "offers.page": Example(),
    "offers.end": Example(path={"offer_id": "new_offer_id"}, body={}),
    "offers.matching": Example(path={"request_id": "new_request_id"}),
    "need_settings.show": Example(),
    "need_settings.change": Example(body={"claim_days": 10}, whole=True),
    # the books
    "ledger.transactions": Example(whole=True),
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
