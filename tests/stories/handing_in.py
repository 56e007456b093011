"""The verbs of stories about the end of a session: attendance becomes records, who did not come is noted."""

from __future__ import annotations

from typing import Any

from ledger.bank import By, Outcome
from ledger.core.refusals.refusal import Refused
from ledger.service import activity_sessions, hand_in, no_shows
from tests.banks import STAFF
from tests.stories.attending import Attending, AttendingOverHttp
from tests.stories.replies import refusal_of
from tests.stories.script import Line

BY = By(actor=STAFF)

Told = list[tuple[str, str, int]]
"""Whose, what became of it, and the points."""


class HandingIn(Attending):
    """Through the use cases."""

    def do_hand_in(self, line: Line) -> str:
        """hand_in ACTIVITY [session N]: the session is closed; what became of everybody's attendance."""
        name, *words = line.words
        return self._handed(lambda: self.close_session(name, int(words[1]) if words else 1))

    def do_wind_up(self, line: Line) -> str:
        """wind_up ACTIVITY: the activity is closed with all its sessions."""
        return self._handed(lambda: self.close_activity(line.words[0]))

    def _handed(self, close: Any) -> str:
        try:
            told: Told = close()
        except Refused as no:
            return no.refusal.code
        said = (f"{who} {what}" + (f" +{points}" if what == "posted" else "") for who, what, points in sorted(told))
        return ", ".join(said) or "nobody"

    def close_session(self, name: str, at: int) -> Told:
        closed = hand_in.close(self.bank, BY, self.session_of(name, at))
        return [_outcome(each) for each in hand_in.hand_in(self.bank, BY, closed)]

    def close_activity(self, name: str) -> Told:
        activity = self.activity_of(name)
        sessions = activity_sessions.of(self.bank, [activity.id])[activity.id]
        hand_in.refuse_not_begun(self.bank, sessions)
        closed = [hand_in.close(self.bank, BY, each) for each in sessions]
        hand_in.close_activity(self.bank, BY, activity)
        return [_outcome(one) for each in closed for one in hand_in.hand_in(self.bank, BY, each)]

    def do_no_show(self, line: Line) -> str:
        """no_show WHO ACTIVITY excused|unexcused|malicious: they did not come."""
        who, name, kind = line.words
        told: list[str] = []
        no = refusal_of(lambda: told.append(self.no_show(who, name, kind)))
        return no or told[0]

    def no_show(self, who: str, name: str, kind: Any) -> str:
        _, outcome = no_shows.record(self.bank, BY, self.sign_up_of(who, name, 1), kind)
        return _deed_told(outcome)

    def do_forgive(self, line: Line) -> str:
        """forgive WHO ACTIVITY: their no-show is taken back."""
        who, name = line.words
        return refusal_of(lambda: self.forgive(who, name)) or "taken back"

    def forgive(self, who: str, name: str) -> None:
        _, outcome = no_shows.lift(self.bank, BY, self.sign_up_of(who, name, 1), "示例理由")
        assert outcome is None or outcome.posted


class HandingInOverHttp(AttendingOverHttp, HandingIn):
    """Through the JSON API."""

    def close_session(self, name: str, at: int) -> Told:
        path = f"/activity-sessions/{self.session_of(name, at).id}/close"
        return _answered(self._keyed(path, {})["handed_in"])

    def close_activity(self, name: str) -> Told:
        return _answered(self._keyed(f"/activities/{self.activity_of(name).id}/close", {})["handed_in"])

    def no_show(self, who: str, name: str, kind: Any) -> str:
        told = self._keyed(f"/sign-ups/{self.sign_up_of(who, name, 1).id}/no-show", {"kind": kind})
        assert told["no_show"] == kind
        return {"posted": "counted", None: "noted"}.get(told.get("deed_state"), "waits")

    def forgive(self, who: str, name: str) -> None:
        self._keyed(f"/sign-ups/{self.sign_up_of(who, name, 1).id}/no-show/lift", {"reason": "示例理由"})

    def _keyed(self, path: str, body: Any) -> Any:
        return self._settled("post", path, body, {"Idempotency-Key": self.town.key()})


def _outcome(each: hand_in.HandedIn) -> tuple[str, str, int]:
    name, outcome = each.attendance.name[2:], each.outcome
    if outcome is None:
        return name, "nothing", 0
    if outcome.refusal is not None:
        return name, outcome.refusal.code, 0
    return name, str(outcome.answer["state"]), int(outcome.answer["points"])


def _answered(told: Any) -> Told:
    return [
        (
            one["name"][2:],
            one["problem"]["code"] if one["problem"] else one["outcome"],
            (one["record"] or one["deed"] or {"points": 0})["points"],
        )
        for one in told
    ]


def _deed_told(outcome: Outcome | None) -> str:
    if outcome is None:
        return "noted"
    if outcome.refusal:
        return outcome.refusal.code
    return "counted" if outcome.answer["state"] == "posted" else "waits"
