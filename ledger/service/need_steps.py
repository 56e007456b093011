"""The steps of needs: a wish, a request or a task goes from state to state, and each step is possible in some."""

from __future__ import annotations

from ledger.core.refusals.needs import StepNotPossible
from ledger.core.refusals.refusal import Refused


def refuse_other(state: str, step: str, *possible: str) -> None:
    """StepNotPossible in any other state than these."""
    if state not in possible:
        raise Refused(StepNotPossible(state=state, step=step))
