"""What is done about a request: accepted, turned away, followed up, escalated, closed, and judged by who asked."""

from __future__ import annotations

from typing import Any, Literal

from ledger.bank import Bank, By
from ledger.core.refusals.needs import StepNotPossible, TasksOpen
from ledger.core.refusals.postings import SamePerson
from ledger.core.refusals.refusal import Refused
from ledger.service import need_settings, requests
from ledger.service.need_steps import refuse_other
from ledger.service.requests import OPEN, ResidentRequest
from ledger.store import requests as store

Target = Literal["joint_meeting", "subdistrict"]
"""Where a request goes that those nearby cannot settle: the joint meeting, or the subdistrict (街道吹哨)."""


def accept(
    bank: Bank, by: By, request: ResidentRequest, *, kind: str | None = None, priority: str | None = None
) -> ResidentRequest:
    """Somebody answers for it from now on: the first clock stops. What it is and how urgent may be mended with it; the
    clocks are then those of the new priority, and still from when it was received. Refuses StepNotPossible.
    """
    limits = need_settings.settings(bank)
    with bank.changing(by) as change:
        now = requests.hold(change, request.id)
        _refuse_other(now, "accept", "received")
        columns: dict[str, Any] = {"state": "accepted", "accepted_at": change.now, "accepted_by": by.actor}
        if kind is not None:
            columns["kind"] = kind
        if priority is not None and priority != now.priority:
            columns |= {"priority": priority} | requests.due(bank, limits, priority, now.received_at)
        return requests.moved(change, now, "accept", columns)


def decline(bank: Bank, by: By, request: ResidentRequest, reason: str) -> ResidentRequest:
    """It is not for this organisation, and who asked is told why. Refuses StepNotPossible once it was dispatched."""
    with bank.changing(by) as change:
        now = requests.hold(change, request.id)
        _refuse_other(now, "decline", "received", "accepted")
        columns = {"state": "declined", "answer": reason, "asker": None}
        return requests.moved(change, now, "decline", columns, reason)


def withdraw(bank: Bank, by: By, request: ResidentRequest) -> ResidentRequest:
    """Who asked does not need it any more; tasks that nobody finished fall, and nobody above is asked. Refuses
    StepNotPossible.
    """
    with bank.changing(by) as change:
        now = requests.hold(change, request.id)
        _refuse_other(now, "withdraw", *OPEN)
        store.cancel_tasks(change.connection, now.id, now=change.now, actor=by.actor)
        columns = {"state": "withdrawn", "asker": None, "escalated_to": None}
        return requests.moved(change, now, "withdraw", columns)


def follow_up(bank: Bank, by: By, request: ResidentRequest, words: str) -> ResidentRequest:
    """What was found or promised meanwhile. Refuses StepNotPossible once it is over."""
    with bank.changing(by) as change:
        now = requests.hold(change, request.id)
        _refuse_other(now, "follow_up", *OPEN, "closed")
        return requests.moved(change, now, "follow_up", {}, words)


def escalate(bank: Bank, by: By, request: ResidentRequest, to: Target, words: str) -> ResidentRequest:
    """It goes up, since those nearby cannot settle it. Its clock goes on. Refuses StepNotPossible, of what is up there
    already too.
    """
    with bank.changing(by) as change:
        now = requests.hold(change, request.id)
        _refuse_other(now, "escalate", "accepted", "dispatched")
        return requests.moved(change, now, "escalate", {"escalated_to": to}, words)


def answer_escalation(bank: Bank, by: By, request: ResidentRequest, words: str) -> ResidentRequest:
    """What they say up there: it goes on below. Refuses StepNotPossible."""
    with bank.changing(by) as change:
        now = requests.hold(change, request.id)
        if now.escalated_to is None:
            raise Refused(StepNotPossible(state=now.state, step="answer_escalation"))
        return requests.moved(change, now, "answer_escalation", {"escalated_to": None}, words)


def close(bank: Bank, by: By, request: ResidentRequest, answer: str) -> ResidentRequest:
    """It is done, and who asked is told how: the second clock stops. Refuses StepNotPossible, TasksOpen."""
    limits = need_settings.settings(bank)
    clock = limits.clock(bank)
    with bank.changing(by) as change:
        now = requests.hold(change, request.id)
        _refuse_other(now, "close", "accepted", "dispatched")
        working = store.tasks_open(change.connection, now.id)
        if working:
            raise Refused(TasksOpen(count=working))
        begun, ends = requests.moment(bank, now.begun_at), requests.moment(bank, change.now)
        taken = clock.taken(begun, ends, limits.clocks[now.priority].close.counted)
        columns = {
            "state": "closed",
            "answer": answer,
            "closed_at": change.now,
            "closed_by": by.actor,
            "taken_minutes": now.taken_minutes + taken,
        }
        return requests.moved(change, now, "close", columns, answer)


def judge(
    bank: Bank, by: By, request: ResidentRequest, *, is_satisfied: bool, score: int, words: str = ""
) -> ResidentRequest:
    """Who asked says how it was, by themselves or to somebody else than who closed it. Satisfied, it is settled and
    nobody needs to reach them any more; else it is open again, and its second clock runs anew.

    Refuses StepNotPossible, SamePerson.
    """
    limits = need_settings.settings(bank)
    with bank.changing(by) as change:
        now = requests.hold(change, request.id)
        _refuse_other(now, "feedback", "closed")
        if by.actor == now.closed_by:
            raise Refused(SamePerson())
        columns: dict[str, Any] = {"score": score}
        if is_satisfied:
            columns |= {"state": "settled", "asker": None}
        else:
            later = requests.due(bank, limits, now.priority, change.now)
            columns |= {"state": "accepted", "reopened": now.reopened + 1, "closed_at": None, "begun_at": change.now}
            columns["close_due_at"] = later["close_due_at"]
        return requests.moved(change, now, "settle" if is_satisfied else "reopen", columns, words)


def _refuse_other(request: ResidentRequest, step: str, *possible: str) -> None:
    """StepNotPossible in any other state; and while it is up with others, whatever does not wait for their answer."""
    refuse_other(request.state, step, *possible)
    if request.escalated_to is not None and step in ("close", "escalate", "decline"):
        raise Refused(StepNotPossible(state=request.escalated_to, step=step))
