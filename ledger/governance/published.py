"""What of a proposal everybody may read: all but people's names, of which a mask is shown."""

from __future__ import annotations

from ledger.governance.proposals import Proposal


def masked(name: str) -> str:
    """王小明 as 王**: enough for those who were there to know each other, for nobody else."""
    return name[:1] + "*" * max(1, len(name) - 1)


def persons_of(persons: tuple[str, ...], body: str) -> list[str]:
    """The masked names of those present for a body; each is kept as `body name`."""
    return [masked(one.removeprefix(f"{body} ")) for one in persons if one.startswith(f"{body} ")]


def recorders(proposal: Proposal) -> list[int]:
    """Who recorded each step, as a number: the same number is the same person, and nobody is named."""
    known: list[object] = []
    numbers = []
    for taken in proposal.taken:
        if taken.step.recorded_by not in known:
            known.append(taken.step.recorded_by)
        numbers.append(known.index(taken.step.recorded_by) + 1)
    return numbers
