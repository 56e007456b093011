"""The verbs of stories about rosters of service: lists of who helped, brought in, looked over and settled."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient

from ledger.bank import Bank, By
from ledger.core.refusals.refusal import Refused
from ledger.people import imports, volunteers
from ledger.people.imports import Run
from ledger.service import roster_imports, roster_posting
from tests.banks import STAFF
from tests.stories.script import Line, minutes_of
from tests.towns import Town

NOBODY = "?"


class ServiceRosters:
    """Through the use cases."""

    bank: Bank
    town: Town

    def brought(self) -> dict[str, Run]:
        """Rosters by the names the story gives them."""
        known: dict[str, Run] = self.__dict__.setdefault("_brought", {})
        return known

    def do_namesake(self, line: Line) -> None:
        """namesake WHO as NAME: somebody else who is called as they are; the story calls them by that name."""
        name = self.town.volunteer(line.words[0]).name
        made = volunteers.register(self.bank, By(actor=STAFF), organisation=self.town.district, name=name)
        self.town.replace_volunteer(line.label or "", made)

    def do_bring(self, line: Line) -> str:
        """bring WHO=TIME... [on DATE] as NAME: a roster of today's cleaning, or of that day's, one a row from row 2."""
        words = list(line.words)
        day = self.bank.today()
        if "on" in words:
            day = date.fromisoformat(words[words.index("on") + 1])
            words = words[: words.index("on")]
        held = self.town.activity(f"cleaning-{day}", held_on=day)
        rows = []
        for word in words:
            who, _, time = word.partition("=")
            name = "示例无名" if who == NOBODY else self.town.volunteer(who).name
            rows.append(f"{name},{held.title},{day:%Y/%m/%d},{minutes_of(time)}\n")
        run = self.bring(f"姓名,活动名称,日期,分钟\n{''.join(rows)}".encode("gb18030"))
        self.brought()[line.label or ""] = run
        if run.state == imports.COMMITTED:
            return "known"
        return f"{run.rows} rows, {len(run.report.faults)} faults, {len(run.report.questions)} questions"

    def do_bookroster(self, line: Line) -> str:
        """bookroster NAME [partial] [ROW=WHO|ROW=skip]...: post what that roster says; how many records it became."""
        name, *rest = line.words
        choices: dict[int, list[str]] = {}
        for word in rest:
            row, said, who = word.partition("=")
            if said:
                choice = who if who == roster_posting.SKIP else self.town.volunteer(who).volunteer_no
                choices.setdefault(int(row), []).append(choice)
        return self.book_roster(self.brought()[name], "partial" if "partial" in rest else "all", choices)

    # -- how it is done ------------------------------------------------------------------------------------------------

    def bring(self, content: bytes) -> Run:
        district = self.town.district
        return roster_imports.check(self.bank, By(actor=STAFF), district, content, within=[district.path])

    def book_roster(self, run: Run, mode: Any, choices: Mapping[int, Sequence[str]]) -> str:
        try:
            done = roster_posting.commit(self.bank, By(actor=STAFF), run, mode=mode, choices=choices)
        except Refused as no:
            return no.refusal.code
        return f"{done.made} made"


class ServiceRostersOverHttp(ServiceRosters):
    """Through the JSON API."""

    client: FlaskClient

    def headers(self) -> dict[str, str]:
        raise NotImplementedError

    def bring(self, content: bytes) -> Run:
        body = {"organisation_id": str(self.town.district.id), "file": (io.BytesIO(content), "示例名册.csv")}
        answer = self.client.post("/api/v1/imports/service-records", data=body, headers=self.headers())
        assert answer.status_code in (200, 201), answer.text
        found = imports.find(self.bank, UUID(answer.get_json()["id"]))
        assert found is not None
        return found

    def book_roster(self, run: Run, mode: Any, choices: Mapping[int, Sequence[str]]) -> str:
        chosen = [{"row": row, "choice": choice} for row, given in choices.items() for choice in given]
        headers = self.headers() | {"Idempotency-Key": uuid4().hex}
        body = {"mode": mode, "choices": chosen}
        answer = self.client.post(f"/api/v1/imports/{run.id}/commit", json=body, headers=headers)
        told = answer.get_json()
        return f"{told['made']} made" if answer.status_code == 200 else str(told["code"])
