"""The verbs of stories about what volunteers say is wrong with their own entries, and the answers."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from flask.testing import FlaskClient

from ledger.bank import Bank, By
from ledger.service import disputes
from tests.banks import STAFF
from tests.stories.replies import Reply, reply
from tests.stories.script import Line
from tests.towns import Town

BASE = "/api/v1"


class Disputing:
    """Through the use cases."""

    bank: Bank
    town: Town
    ids: dict[str, tuple[str, str]]
    seqs: dict[str, int | None]

    def do_wrong(self, line: Line) -> str:
        """wrong WHO ENTRY CODE | wrong WHO missing DATE: an entry of theirs is wrong (a record
        by its name, any posting as number:NAME), or something is not there.
        """
        who, entry, *rest = line.words
        if entry == "missing":
            said: dict[str, Any] = {"reason_code": entry, "day": date.fromisoformat(rest[0])}
        elif entry.startswith("number:"):
            said = {"reason_code": rest[0], "transaction_seq": self.seqs[entry.removeprefix("number:")]}
        else:
            said = {"reason_code": rest[0], "record_id": UUID(self.ids[entry][1])}
        return self.post(line, lambda key: self.dispute(who, said, key), lambda made: str(made.answer["state"]))  # type: ignore[attr-defined,no-any-return]

    def dispute(self, who: str, said: dict[str, Any], key: str) -> Reply:
        volunteer = self.town.volunteer(who)
        if "day" in said:
            subject = disputes.missing(self.bank, volunteer.id, activity=None, day=said["day"])
        else:
            record_id, seq = said.get("record_id"), said.get("transaction_seq")
            found = disputes.subject(self.bank, volunteer.id, record_id=record_id, seq=seq)
            if found is None:
                return Reply("not_found", None, {}, False)
            subject = found
        request = self.town.request(f"dispute {who} {said}", key)
        by = By(actor=volunteer.id)
        done = disputes.dispute(self.bank, by, request, subject, reason_code=said["reason_code"], words="示例")
        return reply(done)

    def do_answer(self, line: Line) -> str:
        """answer NAME OUTCOME by WHO [silently]: somebody answers a dispute."""
        name, outcome, _, who, *rest = line.words
        reason, id = "" if "silently" in rest else "已核实", UUID(self.ids[name][1])
        return self.post(  # type: ignore[attr-defined,no-any-return]
            line, lambda key: self.answer_dispute(id, outcome, who, reason, key), lambda made: str(made.answer["state"])
        )

    def answer_dispute(self, id: UUID, outcome: str, who: str, reason: str, key: str) -> Reply:
        found = disputes.find(self.bank, id)
        assert found is not None
        by = By(actor=STAFF if who == "recorder" else uuid5(self.town.district.id, who))
        request = self.town.request(f"answer {id} {outcome} {who} {reason}", key)
        return reply(disputes.answer(self.bank, by, request, found, outcome=outcome, reason=reason))

    def do_disputes(self, line: Line) -> str:
        """disputes WHO: what they said is wrong, the newest first, and by when it is answered, or what was answered."""
        return ", ".join(self.disputes(line.words[0])) or "none"

    def disputes(self, who: str) -> list[str]:
        found = disputes.page_of(self.bank, self.town.volunteer(who).id, after=None, limit=50)
        return [_told(one.reason_code, one.state, one.answered or one.due_on) for one in found.items]


def _told(code: str, state: str, more: object) -> str:
    return f"{code} by {more}" if state == "open" else f"{code} {state} {more}"


class DisputingOverHttp(Disputing):
    """Through the JSON API; the volunteer is let in by staff who help them."""

    client: FlaskClient

    def dispute(self, who: str, said: dict[str, Any], key: str) -> Reply:
        body = {name: value if isinstance(value, int) else str(value) for name, value in said.items()}
        headers = self._helped(who) | {"Idempotency-Key": key}
        told = self.client.post(f"{BASE}/me/disputes", json=body | {"words": "示例"}, headers=headers)
        replayed = told.headers.get("Idempotent-Replayed") == "true"
        if told.status_code != 201:
            return Reply(told.get_json()["code"], None, {}, replayed)
        return Reply(None, told.get_json()["transaction_seq"], told.get_json(), replayed)

    def answer_dispute(self, id: UUID, outcome: str, who: str, reason: str, key: str) -> Reply:
        body = {"outcome": outcome, "reason": reason}
        done: Reply = self.posted(f"/disputes/{id}/answer", body, key, who)  # type: ignore[attr-defined]
        return done

    def disputes(self, who: str) -> list[str]:
        told = self.client.get(f"{BASE}/me/disputes", headers=self._helped(who))
        assert told.status_code == 200, told.text
        return [
            _told(one["reason_code"], one["state"], one["answer"] or one["due_on"]) for one in told.get_json()["items"]
        ]

    def _helped(self, who: str) -> dict[str, str]:
        body = {"volunteer_no": self.town.volunteer(who).volunteer_no, "purpose": "needs_help"}
        told = self.client.post(f"{BASE}/auth/volunteer/assist", json=body, headers=self.headers())  # type: ignore[attr-defined]
        assert told.status_code == 200, told.text
        return {"Authorization": f"Bearer {told.get_json()['access_token']}"}
