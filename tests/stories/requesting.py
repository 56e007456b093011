"""The verbs of stories about requests, the tasks they become, and standing offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from ledger.service import offers, request_reports, request_steps, requests, task_results, tasks
from ledger.service.askers import Asker
from ledger.service.request_reports import Line as Count
from ledger.service.requests import NewRequest, ResidentRequest
from ledger.service.tasks import NewTask, Task
from tests.stories.needing import NEIGHBOUR, Needing, NeedingOverHttp, credits_of
from tests.stories.replies import Reply
from tests.stories.script import Line, hours_of, minutes_of

WHERE = "示例楼道"


class Requesting(Needing):
    """Through the use cases."""

    def request_called(self, name: str) -> ResidentRequest:
        found = requests.find(self.bank, self.needed()[name])
        assert found is not None
        return found

    def task_called(self, name: str) -> Task:
        found = tasks.find(self.bank, self.needed()[name])
        assert found is not None
        return found

    def do_need(self, line: Line) -> str:
        """need WHO KIND WORDS [PRIORITY] [by CHANNEL] as NAME: until when it is to be accepted and closed."""
        who, kind, words, *rest = line.words
        channel = rest[rest.index("by") + 1] if "by" in rest else "phone"
        priority = next((word for word in rest if word in ("danger", "utilities", "complex")), "normal")
        named = who.removeprefix(NEIGHBOUR)
        asker = {"name": f"示例{named}", "phone": "13800138000"} if named != who else None
        body: dict[str, Any] = {
            "organisation_id": str(self.town.district.id),
            "kind": kind,
            "channel": channel,
            "words": words,
            "place": WHERE,
            "priority": priority,
        }
        body |= {"asker": asker} if asker else {"volunteer_no": self.town.volunteer(who).volunteer_no}
        new = NewRequest(
            organisation=self.town.district,
            kind=kind,
            channel=channel,
            words=words,
            place=WHERE,
            priority=priority,
            volunteer=None if asker else self.town.volunteer(who),
            asker=Asker(**asker) if asker else None,
        )
        code, id = self.needing(
            "recorder", "/requests", body, lambda: requests.receive(self.bank, self.town.who("recorder"), new)
        )
        if id is None or line.label is None:
            return code or "received"
        self.needed()[line.label] = id
        return self.clocks(line.label)

    def do_clocks(self, line: Line) -> str:
        """clocks NAME: until when it is to be accepted and closed."""
        return self.clocks(line.words[0])

    def do_accept(self, line: Line) -> str:
        """accept NAME [PRIORITY]: somebody answers for it from now on."""
        name, *rest = line.words
        priority = rest[0] if rest else None
        body = {"priority": priority} if priority else {}
        return self.went(
            *(name, "recorder", "accept", body),
            lambda: request_steps.accept(
                self.bank, self.town.who("recorder"), self.request_called(name), priority=priority
            ),
        )

    def do_decline(self, line: Line) -> str:
        """decline NAME WORDS: it is not for us, and why."""
        return self.said_of_request(line, "decline", request_steps.decline)

    def do_follow_up(self, line: Line) -> str:
        """follow_up NAME WORDS: what was found or promised."""
        return self.said_of_request(line, "follow-ups", request_steps.follow_up)

    def do_answered(self, line: Line) -> str:
        """answered NAME WORDS: what those above say."""
        return self.said_of_request(line, "answer-escalation", request_steps.answer_escalation)

    def do_closed(self, line: Line) -> str:
        """closed NAME WORDS [by WHO]: it is done, and how."""
        return self.said_of_request(line, "close", request_steps.close)

    def said_of_request(self, line: Line, path: str, use_case: Callable[..., Any]) -> str:
        name, words, *rest = line.words
        who = rest[1] if rest else "recorder"
        return self.went(
            *(name, who, path, {"words": words}),
            lambda: use_case(self.bank, self.town.who(who), self.request_called(name), words),
        )

    def do_not_needed(self, line: Line) -> str:
        """not_needed NAME: who asked takes it back."""
        [name] = line.words
        return self.went(
            *(name, "recorder", "withdraw", {}),
            lambda: request_steps.withdraw(self.bank, self.town.who("recorder"), self.request_called(name)),
        )

    def do_whistle(self, line: Line) -> str:
        """whistle NAME TARGET: it goes up to the joint_meeting or the subdistrict."""
        name, to = line.words
        return self.went(
            *(name, "recorder", "escalate", {"to": to, "words": "示例请示"}),
            lambda: request_steps.escalate(
                self.bank,
                self.town.who("recorder"),
                self.request_called(name),
                to,  # type: ignore[arg-type]
                "示例请示",
            ),
        )

    def do_judged(self, line: Line) -> str:
        """judged NAME SCORE [unhappy] by WHO: who asked told WHO how it was."""
        name, score, *rest = line.words
        who, is_satisfied = rest[-1], "unhappy" not in rest
        return self.went(
            *(name, who, "feedback", {"is_satisfied": is_satisfied, "score": int(score)}),
            lambda: request_steps.judge(
                self.bank,
                self.town.who(who),
                self.request_called(name),
                is_satisfied=is_satisfied,
                score=int(score),
            ),
        )

    def do_dispatch(self, line: Line) -> str:
        """dispatch NAME KIND [for N] [open] [to POST] [saying TEXT] as TASK"""
        name, kind, *rest = line.words
        at_most = int(rest[rest.index("for") + 1]) if "for" in rest else 1
        title = rest[rest.index("saying") + 1] if "saying" in rest else "示例任务"
        post = self.known("posts")[rest[rest.index("to") + 1]] if "to" in rest else None  # type: ignore[attr-defined]
        new = NewTask(
            organisation=self.town.district,
            kind=kind,
            title=title,
            content="",
            place=WHERE,
            person_in_charge="示例负责人",
            helpers_at_most=at_most,
            is_open="open" in rest,
            post=post,
        )
        body = {
            "organisation_id": str(self.town.district.id),
            "kind": kind,
            "title": title,
            "place": WHERE,
            "person_in_charge": "示例负责人",
            "helpers_at_most": at_most,
            "is_open": new.is_open,
        }
        body |= {"post_id": str(post.id)} if post else {}
        found = self.request_called(name)
        path = f"/requests/{found.id}/tasks"
        code, id = self.needing(
            "recorder", path, body, lambda: tasks.dispatch(self.bank, self.town.who("recorder"), found, new)
        )
        if id is not None and line.label:
            self.needed()[line.label] = id
        return code or f"dispatched, {self.task_called(line.label or '').helpers} helping"

    def do_take(self, line: Line) -> str:
        """take WHO TASK: a volunteer does it."""
        return self.helping_with(line, "helpers", tasks.take)

    def do_leave_task(self, line: Line) -> str:
        """leave_task WHO TASK: they cannot after all."""
        return self.helping_with(line, "give-back", tasks.give_back)

    def helping_with(self, line: Line, path: str, use_case: Callable[..., Any]) -> str:
        who, name = line.words
        volunteer, found = self.town.volunteer(who), self.task_called(name)
        code, _ = self.needing(
            *("recorder", f"/tasks/{found.id}/{path}", {"volunteer_no": volunteer.volunteer_no}),
            lambda: use_case(self.bank, self.town.who("recorder"), found, volunteer),
        )
        return code or f"{self.task_called(name).helpers} helping"

    def do_drop_task(self, line: Line) -> str:
        """drop_task TASK: nobody needs to do it."""
        [name] = line.words
        found = self.task_called(name)
        code, _ = self.needing(
            *("recorder", f"/tasks/{found.id}/cancel", {"reason": "示例"}),
            lambda: tasks.cancel(self.bank, self.town.who("recorder"), found, "示例"),
        )
        return code or self.task_called(name).state

    def do_finished(self, line: Line) -> str:
        """finished TASK [WHO TIME]...: by these volunteers; the record of each."""
        name, *times = line.words
        served = dict(zip(times[::2], (minutes_of(time) for time in times[1::2]), strict=True))
        return self.post(line, lambda key: self.finish_task(name, served, key), credits_of)  # type: ignore[attr-defined,no-any-return]

    def do_offer(self, line: Line) -> None:
        """offer KIND TITLE: a standing offer of the district."""
        kind, title = line.words
        more = {"content": "", "place": WHERE, "hours": "示例时间"}
        offers.create(
            self.bank, self.town.who("recorder"), organisation=self.town.district, kind=kind, title=title, **more
        )

    def do_meets(self, line: Line) -> str:
        """meets NAME: which offers meet a request."""
        return ", ".join(self.matching(line.words[0])) or "nothing"

    def do_report(self, line: Line) -> str:
        """report [DIMENSION]: received, closed, overdue and the average time, of this year."""
        by = line.words[0] if line.words else "all"
        told = [
            f"{each.of}: {each.received} in, {each.closed} closed, {each.close_overdue} overdue"
            + (f", {hours_of(each.close_minutes)} on average" if each.close_minutes is not None else "")
            for each in self.request_counts(by)
        ]
        return "; ".join(told) or "nothing"

    # -- how it is done ------------------------------------------------------------------------------------------------

    def clocks(self, name: str) -> str:
        found = self.request_called(name)
        return f"accept by {self.at_local(found.accept_due_at)}, close by {self.at_local(found.close_due_at)}"

    def at_local(self, micros: int) -> str:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
        return moment.astimezone(self.bank.zone).strftime("%m-%d %H:%M")

    def went(self, name: str, who: str, step: str, body: Mapping[str, Any], use_case: Callable[[], Any]) -> str:
        """A step of a request: the code of the refusal, or its state afterwards."""
        code, _ = self.needing(who, f"/requests/{self.needed()[name]}/{step}", body, use_case)
        return code or self.request_called(name).state

    def finish_task(self, name: str, served: Mapping[str, int], key: str) -> Reply:
        asked = self.town.request(f"finish {name} {served}", key)
        body = {"outcome": "示例", "done_on": self.bank.today().isoformat(), "served": self.served_body(served)}
        people = {self.town.volunteer(who): minutes for who, minutes in served.items()}
        return self.earning(
            *("recorder", key, f"/tasks/{self.needed()[name]}/finish", body),
            lambda: task_results.finish(
                *(self.bank, self.town.who("recorder"), asked, self.task_called(name)),
                outcome="示例",
                done_on=self.bank.today(),
                served=people,
            ),
        )

    def matching(self, name: str) -> list[str]:
        return [each.title for each in offers.matching(self.bank, self.request_called(name))]

    def request_counts(self, by: str) -> list[Count]:
        today = self.bank.today()
        within = [self.town.district.path]
        return request_reports.report(self.bank, within=within, since=today.replace(month=1, day=1), until=today, by=by)  # type: ignore[arg-type]


class RequestingOverHttp(NeedingOverHttp, Requesting):
    """Through the JSON API."""

    def matching(self, name: str) -> list[str]:
        told = self.got(f"/requests/{self.needed()[name]}/offers")  # type: ignore[attr-defined]
        return [each["title"] for each in told["offers"]]

    def request_counts(self, by: str) -> list[Count]:
        today = self.bank.today()
        told = self.got(f"/requests/report?from={today.year}-01-01&to={today}&by={by}")  # type: ignore[attr-defined]
        return [Count(**each) for each in told["items"]]
