"""What whoever met a need is credited with: a record or a deed, each with its own outcome."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, Protocol, cast

from typing_extensions import TypedDict

from api import idempotency, problems
from api.problems import Problem, ProblemAnswer
from api.routes import Call
from ledger.bank import Outcome
from ledger.service import records


class CreditAnswer(TypedDict):
    """What became of one person's part: the record or deed, posted or waiting (`state`), or the problem."""

    volunteer_no: str
    outcome: Literal["posted", "refused"]
    id: NotRequired[str]
    state: NotRequired[str]
    minutes: NotRequired[int]
    points: NotRequired[int]
    explanation: NotRequired[list[dict[str, Any]]]
    transaction_seq: NotRequired[int]
    problem: NotRequired[ProblemAnswer]


class Credited(Protocol):
    """One person and their outcome."""

    @property
    def volunteer_no(self) -> str: ...

    @property
    def outcome(self) -> Outcome: ...


def credit_told(credited: Credited) -> CreditAnswer:
    outcome = credited.outcome
    if outcome.refusal is not None:
        problem = problems.content(Problem(outcome.refusal.code, refusal=outcome.refusal), problems.language())
        return {"volunteer_no": credited.volunteer_no, "outcome": "refused", "problem": problem}
    names = ("id", "state", "minutes", "points", "explanation", "transaction_seq")
    told = {name: outcome.answer[name] for name in names if name in outcome.answer}
    made: Any = {"volunteer_no": credited.volunteer_no, "outcome": "posted", **told}
    return cast("CreditAnswer", made)


def refuse_reused(call: Call, most: int) -> None:
    """422 where this key already belongs to another request about up to so many people."""
    if records.is_reused(call.bank, [idempotency.item(call.request, at) for at in range(most)]):
        raise Problem("idempotency_key_reused")
