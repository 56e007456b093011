"""Throttling at the door: where a request comes from, and what whoever tries too often is told."""

from __future__ import annotations

from uuid import UUID

from flask import request

from api.problems import Problem
from ledger.bank import Bank
from ledger.people import throttles
from ledger.people.throttles import Act, Source, Throttled


def source(bank: Bank, device: UUID | None = None) -> Source:
    """Where this request comes from: the paired device, else the address, by the word of none but our own proxies."""
    forwarded = request.headers.getlist("X-Forwarded-For")
    return Source(address=bank.settings.proxies.client(request.remote_addr or "", forwarded), device=device)


def admit(bank: Bank, act: Act, *, account: UUID | None = None, device: UUID | None = None) -> None:
    """Leave to search or look up once more; `account` is who asks, None for the public. Refuses 429."""
    throttles.admit(bank, act, source(bank, device), str(account) if account else "")


def problem(throttled: Throttled) -> Problem:
    """What whoever tried too often is told: how long to wait."""
    seconds = throttled.seconds
    return Problem(
        "too_many_requests",
        detail=(f"请在 {seconds} 秒后再试。", f"Try again in {seconds} s."),
        headers={"Retry-After": str(seconds)},
    )
