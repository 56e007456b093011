"""The verbs of stories about appraisals. Over HTTP voices are ballots that staff key in: a kiosk needs a session."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from ledger.governance import appraisals
from ledger.governance.appraisals import Form
from ledger.people import volunteers
from ledger.people.volunteers import Volunteer
from tests.stories.needing import Needing, NeedingOverHttp
from tests.stories.script import Line

QUESTIONS = ["示例保洁", "示例态度"]


class Appraising(Needing):
    """Through the use cases."""

    def form_called(self, name: str) -> Form:
        found = appraisals.find(self.bank, self.needed()[name])
        assert found is not None
        return found

    def do_appraise(self, line: Line) -> str:
        """appraise KIND [of SUBJECT] [household] [named] until DATE as NAME: a form of two questions."""
        kind, *rest = line.words
        until = date.fromisoformat(rest[rest.index("until") + 1])
        said: dict[str, Any] = {
            "kind": kind,
            "title": "示例评议",
            "questions": QUESTIONS,
            "voice": "household" if "household" in rest else "person",
            "is_anonymous": "named" not in rest,
            "subject_id": self.subject(kind, rest[rest.index("of") + 1]) if "of" in rest else None,
        }
        body = said | {
            "organisation_id": str(self.town.district.id),
            "from_on": self.bank.today().isoformat(),
            "until_on": until.isoformat(),
            "subject_id": said["subject_id"] and str(said["subject_id"]),
        }
        days: dict[str, Any] = {"from_on": self.bank.today(), "until_on": until}
        by = self.town.who("recorder")
        code, id = self.needing(
            *("recorder", "/appraisals", body),
            lambda: appraisals.put_out(self.bank, by, self.town.district, **said, **days),
        )
        if id is not None and line.label:
            self.needed()[line.label] = id
        return code or "put out"

    def do_ballot(self, line: Line) -> str:
        """ballot WHO NAME SCORE...: their voice, keyed in."""
        who, name, *scores = line.words
        given = [int(score) for score in scores]
        body = {"volunteer_no": self.town.volunteer(who).volunteer_no, "scores": given}
        form, by = self.form_called(name), self.town.who("recorder")

        def key_in() -> Form:
            appraisals.key_in(self.bank, by, form, self.whoever(who), given)
            return form

        code, _ = self.needing("recorder", f"/appraisals/{form.id}/voices", body, key_in)
        return code or "counted"

    def do_outcome(self, line: Line) -> str:
        """outcome NAME: what came of it, as everybody reads it."""
        found = self.outcome(self.needed()[line.words[0]])
        if found is None:
            return "not yet"
        told = "untold" if found[1] is None else f"{found[1]}%, {found[2]} stars"
        return f"{found[0]} voices, {told}"

    # -- how it is done ------------------------------------------------------------------------------------------------

    def subject(self, kind: str, name: str) -> UUID:
        return self.town.activity(name).id if kind == "activity" else self.needed()[name]

    def whoever(self, who: str) -> Volunteer:
        found = volunteers.find(self.bank, self.town.volunteer(who).volunteer_no)
        assert found is not None
        return found

    def outcome(self, id: UUID) -> tuple[int, int | None, int | None] | None:
        """Voices, percents and stars."""
        found = appraisals.results(self.bank, after=None, limit=9).items
        return next(((one.voices, one.percent, one.stars) for one in found if one.form.id == id), None)


class AppraisingOverHttp(NeedingOverHttp, Appraising):
    """Through the JSON API."""

    def outcome(self, id: UUID) -> tuple[int, int | None, int | None] | None:
        told = self.client.get("/api/v1/appraisals/results").get_json()["items"]
        return next(((one["voices"], one["percent"], one["stars"]) for one in told if one["id"] == str(id)), None)
