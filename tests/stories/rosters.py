"""The verbs of stories about rosters: lists of people that are uploaded, looked over and committed."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient

from ledger.bank import Bank, By
from ledger.core.refusals.refusal import Refused
from ledger.people import imports, volunteer_imports, volunteers
from ledger.people.imports import Run
from tests.banks import STAFF
from tests.stories.script import Line
from tests.towns import Town

BLANK = "-"


class Rosters:
    """Through the use cases."""

    bank: Bank
    town: Town

    def runs(self) -> dict[str, Run]:
        """Uploads by the names the story gives them."""
        known: dict[str, Run] = self.__dict__.setdefault("_runs", {})
        return known

    def do_upload(self, line: Line) -> str:
        """upload NAME...: a roster of these people, one a row from row 2 on; `-` is a row without a name."""
        people = "".join(f"{at},{'' if name == BLANK else f'示例{name}'}\n" for at, name in enumerate(line.words))
        run = self.upload(f"序号,姓名\n{people}".encode("gb18030"))
        self.runs()[line.label or ""] = run
        if run.state == imports.COMMITTED:
            return "known"
        faults, questions = len(run.report.faults), len(run.report.questions)
        return f"{run.rows} rows, {faults} faults, {questions} questions"

    def do_commit(self, line: Line) -> str:
        """commit NAME [ROW=new|skip]... [leaving-out]: register everybody of that upload; how many they are."""
        name, *rest = line.words
        answers = {int(row): answer for row, _, answer in (word.partition("=") for word in rest if "=" in word)}
        return self.commit(self.runs()[name], answers, "leaving-out" in rest)

    def do_registered(self, line: Line) -> str:
        """registered NAME: how many volunteers are called so."""
        district = [self.town.district.path]
        page = volunteers.page(self.bank, within=district, q=f"示例{line.words[0]}", after=None, limit=99)
        return str(len(page.items))

    # -- how it is done ------------------------------------------------------------------------------------------------

    def upload(self, content: bytes) -> Run:
        return volunteer_imports.check(self.bank, By(actor=STAFF), self.town.district, content)

    def commit(self, run: Run, answers: dict[int, str], leaving_out: bool) -> str:
        try:
            done = volunteer_imports.commit(
                self.bank, By(actor=STAFF), self.again(run), answers=answers, leave_out_faulty=leaving_out
            )
        except Refused as no:
            return no.refusal.code
        return f"{done.made} registered"

    def again(self, run: Run) -> Run:
        """The run as it stands now."""
        found = imports.find(self.bank, run.id)
        assert found is not None
        return found


class RostersOverHttp(Rosters):
    """Through the JSON API."""

    client: FlaskClient

    def headers(self) -> dict[str, str]:
        raise NotImplementedError

    def upload(self, content: bytes) -> Run:
        body: dict[str, Any] = {
            "organisation_id": str(self.town.district.id),
            "file": (io.BytesIO(content), "示例名册.csv"),
        }
        answer = self.client.post("/api/v1/imports/volunteers", data=body, headers=self.headers())
        assert answer.status_code in (200, 201), answer.text
        told = answer.get_json()
        found = imports.find(self.bank, UUID(told["id"]))
        assert found is not None
        assert (len(told["faults"]), len(told["questions"])) == (len(found.report.faults), len(found.report.questions))
        return found

    def commit(self, run: Run, answers: dict[int, str], leaving_out: bool) -> str:
        body = {
            "answers": [{"row": row, "answer": answer} for row, answer in answers.items()],
            "leave_out_faulty": leaving_out,
        }
        answer = self.client.post(f"/api/v1/imports/{run.id}/commit", json=body, headers=self.headers())
        told = answer.get_json()
        return f"{told['made']} registered" if answer.status_code == 200 else str(told["code"])
