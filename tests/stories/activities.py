"""The verbs of stories about activities: how they are planned, changed, published and called off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.rendering import instant
from ledger.bank import Bank, By
from ledger.core.refusals.precedence import remembered
from ledger.core.refusals.refusal import Refused
from ledger.service import activities, activity_sessions
from ledger.service.activities import Activity
from ledger.service.activity_sessions import Timetable
from tests.banks import SHANGHAI, STAFF
from tests.stories.replies import refusal_of
from tests.stories.script import Line
from tests.towns import Town

BY = By(actor=STAFF)
NUMBERS = {
    "places": "capacity",
    "from-age": "minimum_age",
    "cancel": "cancel_before_minutes",
    "doors": "check_in_before_minutes",
    "grace": "grace_minutes",
}
WORDS = {
    "type": "activity_type",
    "overlap": "overlap",
    "no-check-out": "no_check_out",
    "insured": "insurance_reference",
}


class Activities:
    """Through the use cases."""

    bank: Bank
    town: Town

    def do_plan(self, line: Line) -> str:
        """plan NAME [on DATE] [tagged WORD] [places N] [from-age N] [cancel MIN] [doors MIN] [grace MIN] [type WORD]
        [overlap WORD] [no-check-out WORD] [insured WORD] [dangerous] [other] [empty]: a draft of an activity.
        """
        name, *words = line.words
        fields = _fields(words)
        return refusal_of(lambda: self.plan(name, fields)) or "planned"

    def plan(self, name: str, fields: Mapping[str, Any]) -> None:
        made = activities.create(self.bank, BY, organisation=self.town.district, **self._whole(name, fields))
        self.town.replace_activity(name, made)

    def _whole(self, name: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """With what the law wants, where the story says nothing of it."""
        return {
            "title": f"示例{name}",
            "activity_type": name.split("-")[0],
            "held_on": self.bank.today(),
            "place": "示例小区",
            "content": "示例内容",
            "person_in_charge": "示例负责人",
        } | dict(fields)

    def do_session(self, line: Line) -> str:
        """session NAME [DATE] HH:MM-HH:MM [places N] [at PLACE]: when it takes place; an end before the beginning is
        on the next day.
        """
        name, *words = line.words
        made = timetable(words, self.bank.today())
        return refusal_of(lambda: self.add_session(name, made)) or "added"

    def add_session(self, name: str, made: Timetable) -> None:
        activity_sessions.add(self.bank, BY, self.activity_of(name), made)

    def do_move_session(self, line: Line) -> str:
        """move_session NAME [DATE] HH:MM-HH:MM: its only session takes place then."""
        name, *words = line.words
        made = timetable(words, self.bank.today())
        fields = {"starts_at": made.starts_at, "ends_at": made.ends_at}
        return refusal_of(lambda: self.move_session(name, fields)) or "moved"

    def move_session(self, name: str, fields: Mapping[str, Any]) -> None:
        [session] = activity_sessions.of(self.bank, [self.activity_of(name).id])[self.activity_of(name).id]
        activity_sessions.change_session(self.bank, BY, session, fields)

    def do_replan(self, line: Line) -> str:
        """replan NAME [as plan]: those fields are others now."""
        name, *words = line.words
        fields = _fields(words)
        return refusal_of(lambda: self.replan(name, fields)) or "changed"

    def replan(self, name: str, fields: Mapping[str, Any]) -> None:
        activities.change_activity(self.bank, BY, self.activity_of(name), fields)

    def do_file(self, line: Line) -> str:
        """file NAME: it is on file."""
        return refusal_of(lambda: self.file(line.words[0])) or "filed"

    def file(self, name: str) -> None:
        activities.file(self.bank, BY, self.activity_of(name))

    def do_publish(self, line: Line) -> str:
        """publish NAME: everybody may see it and sign up."""
        return refusal_of(lambda: self.publish(line.words[0])) or "published"

    def publish(self, name: str) -> None:
        activities.publish(self.bank, BY, self.activity_of(name))

    def do_call_off(self, line: Line) -> str:
        """call_off NAME: it does not take place."""
        return refusal_of(lambda: self.call_off(line.words[0], "示例雨天")) or "called off"

    def call_off(self, name: str, reason: str) -> None:
        activities.cancel(self.bank, BY, self.activity_of(name), reason)

    def do_activity_is(self, line: Line) -> str:
        """activity_is NAME: how far it has come, and the day it is held on."""
        found = self.activity_of(line.words[0])
        return f"{found.state} {found.held_on}"

    def do_listed(self, line: Line) -> str:
        """listed [q WORD] [type WORD] [tag WORD] [from DATE] [to DATE] [state WORD]: the names, the newest first."""
        words = list(line.words)
        query = {words[at]: words[at + 1] for at in range(0, len(words), 2)}
        return ", ".join(title.removeprefix("示例") for title in self.listed(query)) or "none"

    def listed(self, query: Mapping[str, str]) -> list[str]:
        asked = activities.Asked(
            q=query.get("q"),
            activity_type=query.get("type"),
            tag=query.get("tag"),
            since=date.fromisoformat(query["from"]) if "from" in query else None,
            until=date.fromisoformat(query["to"]) if "to" in query else None,
            state=query.get("state"),
        )
        within = [self.town.district.path]
        return [
            each.title for each in activities.page(self.bank, within=within, after=None, limit=99, asked=asked).items
        ]

    def activity_of(self, name: str) -> Activity:
        """As it stands now."""
        found = activities.find(self.bank, self.town.activity(name).id)
        assert found is not None
        return found


class ActivitiesOverHttp(Activities):
    """Through the JSON API."""

    client: FlaskClient

    def headers(self) -> dict[str, str]:
        raise NotImplementedError

    def plan(self, name: str, fields: Mapping[str, Any]) -> None:
        told = self._settled("post", "/activities", _sent(self._whole(name, fields)) | self._home())
        made = activities.find(self.bank, UUID(told["id"]))
        assert made is not None
        self.town.replace_activity(name, made)

    def _home(self) -> dict[str, str]:
        return {"organisation_id": str(self.town.district.id)}

    def add_session(self, name: str, made: Timetable) -> None:
        body: dict[str, Any] = {"starts_at": instant(made.starts_at), "ends_at": instant(made.ends_at)}
        body |= {"capacity": made.capacity, "place": made.place}
        self._settled("post", f"/activities/{self.activity_of(name).id}/sessions", body)

    def move_session(self, name: str, fields: Mapping[str, Any]) -> None:
        [session] = self._settled("get", f"/activities/{self.activity_of(name).id}", None)["sessions"]
        self._patched(f"/activity-sessions/{session['id']}", {key: instant(value) for key, value in fields.items()})

    def replan(self, name: str, fields: Mapping[str, Any]) -> None:
        self._patched(f"/activities/{self.activity_of(name).id}", _sent(fields))

    def file(self, name: str) -> None:
        self._settled("post", f"/activities/{self.activity_of(name).id}/file", {})

    def publish(self, name: str) -> None:
        self._settled("post", f"/activities/{self.activity_of(name).id}/publish", {})

    def call_off(self, name: str, reason: str) -> None:
        self._settled("post", f"/activities/{self.activity_of(name).id}/cancel", {"reason": reason})

    def listed(self, query: Mapping[str, str]) -> list[str]:
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        return [each["title"] for each in self._settled("get", f"/activities?{asked}", None)["items"]]

    def _patched(self, path: str, body: Mapping[str, Any]) -> None:
        etag = self.client.get(f"/api/v1{path}", headers=self.headers()).headers["ETag"]
        self._settled("patch", path, body, {"If-Match": etag})

    def _settled(self, method: str, path: str, body: Any, more: Mapping[str, str] | None = None) -> Any:
        """The answer; a refusal is raised as the use case would."""
        ask = getattr(self.client, method)
        answer: TestResponse = ask(f"/api/v1{path}", json=body, headers=self.headers() | dict(more or {}))
        return settled(answer)


def settled(answer: TestResponse) -> Any:
    """What was answered; the bank's no is raised again, as a use case says it."""
    told = answer.get_json()
    if answer.status_code < 400:
        return told
    assert "facts" in told, answer.text
    raise Refused(remembered(told["code"], told["facts"]))


def timetable(words: list[str], today: date) -> Timetable:
    """[DATE] HH:MM-HH:MM [places N] [at PLACE]"""
    day = date.fromisoformat(words.pop(0)) if words[0][:2] == "20" and "-" in words[0][4:5] else today
    begins, _, ends = words.pop(0).partition("-")
    named = {words[at]: words[at + 1] for at in range(0, len(words), 2)}
    starts_at = datetime.combine(day, time.fromisoformat(begins), SHANGHAI)
    ends_at = datetime.combine(day, time.fromisoformat(ends), SHANGHAI)
    if ends_at < starts_at:
        ends_at += timedelta(days=1)
    return Timetable(
        starts_at=int(starts_at.timestamp()) * 1_000_000,
        ends_at=int(ends_at.timestamp()) * 1_000_000,
        place=named.get("at"),
        capacity=int(named["places"]) if "places" in named else None,
    )


def _fields(words: list[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    tags: list[str] = []
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if word in NUMBERS:
            fields[NUMBERS[word]] = int(waiting.pop(0))
        elif word in WORDS:
            fields[WORDS[word]] = waiting.pop(0)
        elif word == "on":
            fields["held_on"] = date.fromisoformat(waiting.pop(0))
        elif word == "tagged":
            tags.append(waiting.pop(0))
        elif word == "dangerous":
            fields["is_dangerous"] = True
        elif word == "other":
            fields["is_volunteer_service"] = False
        elif word == "empty":
            fields["content"] = ""
    return fields | ({"tags": tags} if tags else {})


def _sent(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
