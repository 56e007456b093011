"""Examples of needs: wishes, requests, tasks, standing offers."""

from __future__ import annotations

from tests.api.example import (
    ON_THE_WALL,
    REASON,
    REQUEST,
    TASK,
    WISH,
    WORDS,
    Example,
    of,
    somebody,
    somebody_new,
)

NEEDS: dict[str, Example] = {
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
    "wish_claims.held": Example(),
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
    "request_figures.show": Example(),
    "offers.end": Example(path={"offer_id": "new_offer_id"}, body={}),
    "offers.matching": Example(path={"request_id": "new_request_id"}),
    "need_settings.show": Example(),
    "need_settings.change": Example(body={"claim_days": 10}, whole=True),
}
