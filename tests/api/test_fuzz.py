"""Whatever is sent, by whoever may send it: no 500, and nothing that the contract does not say.

PIONEER_LONG=1 sends a hundred times as much. That each role gets no further than its scopes is tried in test_scopes.py.
"""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import CHECKS
from schemathesis.core.result import Ok

from api.scopes import SCOPES_OF
from ledger.log import signer
from tests.api.conftest import ROLES, Founded, People, Scene
from tests.banks import LONG

EXAMPLES = 500 if LONG else 5

NOT_CHECKED = {"positive_data_acceptance"}
"""A cursor of the right form may still be none of ours: no schema can say which are."""
OF_ANOTHER_CONTRACT = "/witness/add-checkpoint"
"""It answers witnesses in the words of C2SP tlog-witness, plain text: tests/log asks it."""


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_nothing_that_is_sent_breaks_the_contract(app: Flask, founded: Founded, scene: Scene, people: People) -> None:
    contract = schemathesis.openapi.from_wsgi("/openapi.json", app)
    checks = [check for check in CHECKS.get_all() if check.__name__ not in NOT_CHECKED]
    operations = [result.ok() for result in contract.get_all_operations() if isinstance(result, Ok)]
    assert len(operations) > 30
    operations = [operation for operation in operations if operation.path != OF_ANOTHER_CONTRACT]
    known = {
        "volunteer_no": scene.volunteer_no,
        "activity_id": scene.activity_id,
        "prize_id": scene.prize_id,
        "desk_id": scene.desk_id,
        "organisation_id": str(founded.here.id),
        "parent_id": str(founded.here.id),
        "record_id": people.organiser.post("/api/v1/service-records", scene.record()).json["id"],
        "deed_id": people.organiser.post("/api/v1/deeds", scene.deed()).json["id"],
        "seq": 1,
        "account_id": 1,
    }
    for operation in operations:
        signer.sign(founded.bank)  # what is under no signed head yet cannot be proved, and the server says so: 503
        scope = operation.definition.raw["x-scope"]
        entitled = [role for role in ROLES if scope in SCOPES_OF[role]] or list(ROLES)
        headers = [{"Authorization": f"Bearer {getattr(people, role).token}"} for role in entitled]
        for mode in schemathesis.GenerationMode:
            send(operation, mode, headers, checks, known)


def send(operation: Any, mode: Any, headers: list[dict[str, str]], checks: list[Any], known: dict[str, Any]) -> None:
    """Some requests of the kind that the contract allows, half of them of what there is; or of the kind it does not."""
    allowed = mode is schemathesis.GenerationMode.POSITIVE

    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        derandomize=not LONG,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), header=st.sampled_from(headers), real=st.booleans())
    def sent(case: Any, header: dict[str, str], real: bool) -> None:
        if allowed and real:
            make_real(case.path_parameters, known)
            make_real(case.body, known)
        case.call_and_validate(headers=header, checks=checks)

    with contextlib.suppress(Unsatisfiable):  # of a route that takes nothing, nothing is wrong
        sent()


def make_real(given: Any, known: dict[str, Any]) -> None:
    """Put what there is where something is named, at any depth."""
    if isinstance(given, dict):
        given.update({name: known[name] for name in given if name in known})
    for inner in given.values() if isinstance(given, dict) else given if isinstance(given, list) else ():
        make_real(inner, known)
