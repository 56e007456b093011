"""Examples of whoever is known to the bank: organisations, staff, devices, volunteers, households, posts, the party."""

from __future__ import annotations

from tests.api.example import (
    PASSWORD,
    REASON,
    Example,
    collective,
    of,
    pooling,
    somebody,
)

PEOPLE: dict[str, Example] = {
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
    "memberships.of_volunteer": Example(),
    "agents.revoke": Example(path={"agency_id": "new_agency_id"}, body={}),
    "listings.put_on": Example(body={"tag": "barred", "from_on": "2026-03-02", "reason": "示例"}, ok=(409,)),
    "listings.of_volunteer": Example(),
    "listings.end": Example(path={"listing_id": "new_listing_id"}, body={"until_on": "2999-01-01"}),
    "beneficiaries.show": Example(),
    "identifications.identify": Example(body=lambda at: {"card": at.new_card_no}),
    "party_returns.show": Example(query=lambda _: "year=2026"),
}
