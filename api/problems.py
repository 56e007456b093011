"""Problems: every answer of 400 and above, as RFC 9457 has it. The only room that knows HTTP statuses of errors
(`api/sorts.py` lists them).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple, NoReturn, NotRequired

from flask import Response, g, request
from typing_extensions import TypedDict
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from api.sorts import FIELD_FAULTS, OF_THE_DEVICE_GRANT, SORTS
from ledger.core.refusals.refusal import Refusal
from ledger.rules import Finding

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 2
REALM = 'Bearer realm="pioneer-bank"'
FAULTS_MAX = 100
"""How many faults one answer lists; nobody mends more at once."""

_BY_STATUS = {
    400: "malformed_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "unsupported_media_type",
}


class Fault(NamedTuple):
    """One bad member of the body (`at` a JSON pointer) or parameter of the query (`at` its name)."""

    at: str
    code: str
    kind: str = "pointer"
    """"pointer" or "parameter"."""


class FaultAnswer(TypedDict):
    """One thing that is wrong: in the body at `pointer`, or in the query as `parameter`."""

    pointer: NotRequired[str]
    parameter: NotRequired[str]
    code: str
    detail: str


class FindingAnswer(TypedDict):
    """What is wrong with a text: the line, the field, and the mend in Chinese and English."""

    line: int
    field: str
    zh: str
    en: str


class ProblemAnswer(TypedDict):
    """A problem after RFC 9457. `code` is stable; `facts` are what the bank's rules looked at."""

    type: str
    title: str
    status: int
    code: str
    instance: str
    error: NotRequired[str]
    """The code again, where a client of RFC 8628 looks for it."""
    detail: NotRequired[str]
    facts: NotRequired[dict[str, str | int]]
    errors: NotRequired[list[FaultAnswer]]
    findings: NotRequired[list[FindingAnswer]]


class Problem(Exception):
    """Ends a request with this sort of problem."""

    def __init__(
        self,
        code: str,
        *,
        detail: tuple[str, str] | None = None,
        faults: Sequence[Fault] = (),
        refusal: Refusal | None = None,
        findings: Sequence[Finding] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """`detail` is (Chinese, English)."""
        super().__init__(code)
        self.code, self.detail, self.faults, self.refusal = code, detail, faults, refusal
        self.findings, self.headers = findings, dict(headers or {})


def refused(refusal: Refusal, *, replayed: bool = False, about: str | None = None) -> NoReturn:
    """The bank said no; `about` what, where the sentence does not say it."""
    said = (f"{about}:{refusal.sentence('zh')}", f"{about}: {refusal.sentence('en')}") if about else None
    headers = {"Idempotent-Replayed": "true"} if replayed else {}
    raise Problem(refusal.code, detail=said, refusal=refusal, headers=headers)


def unknown(pointer: str | None = None) -> NoReturn:
    """It is not there, or not for this person to know. `pointer` names the member that asked for it."""
    raise Problem("not_found", faults=[Fault(pointer, "unknown")] if pointer else ())


def language() -> str:
    """ "en" where the client prefers it, else "zh"."""
    return "en" if request.accept_languages.best_match(["zh-CN", "zh", "en"], "zh") == "en" else "zh"


def response(problem: Problem) -> Response:
    """The problem as the client gets it, in its language."""
    tongue = language()
    status = SORTS[problem.code].status
    made = Response(
        json.dumps(content(problem, tongue), ensure_ascii=False).encode("utf-8", "backslashreplace"),
        status=status,
        content_type=MEDIA_TYPE,
    )
    made.headers["Content-Language"] = "en" if tongue == "en" else "zh-CN"
    made.headers["Vary"] = "Accept-Language"
    if status == 401 or problem.code == "insufficient_scope":
        made.headers["WWW-Authenticate"] = challenge(problem.code)
    if status in (429, 503):
        made.headers["Retry-After"] = str(RETRY_SECONDS)
    for name, value in problem.headers.items():
        made.headers[name] = value
    return made


def content(problem: Problem, tongue: str) -> ProblemAnswer:
    """The members of RFC 9457, and `code`, `errors` and `facts` of ours."""
    sort = SORTS[problem.code]
    told: ProblemAnswer = {
        "type": f"/problems/{problem.code}",
        "title": sort.zh if tongue == "zh" else sort.en,
        "status": sort.status,
        "code": problem.code,
        "instance": f"urn:uuid:{g.request_id}",
    }
    if problem.code in OF_THE_DEVICE_GRANT:
        told["error"] = problem.code
    if problem.detail is not None:
        told["detail"] = problem.detail[0] if tongue == "zh" else problem.detail[1]
    elif problem.refusal is not None:
        told["detail"] = problem.refusal.sentence(tongue)
    if problem.refusal is not None:
        told["facts"] = problem.refusal.facts()
    if problem.faults:
        told["errors"] = [_told(fault, tongue) for fault in problem.faults[:FAULTS_MAX]]
    if problem.findings:
        told["findings"] = findings_told(problem.findings)
    return told


def findings_told(findings: Sequence[Finding]) -> list[FindingAnswer]:
    """What is wrong with a text, line by line."""
    return [{"line": one.line, "field": one.field, "zh": one.zh, "en": one.en} for one in findings[:FAULTS_MAX]]


def _told(fault: Fault, tongue: str) -> FaultAnswer:
    detail = FIELD_FAULTS[fault.code][tongue == "en"]
    at = fault.at[:200]
    if fault.kind == "parameter":
        return {"parameter": at, "code": fault.code, "detail": detail}
    return {"pointer": at, "code": fault.code, "detail": detail}


def challenge(code: str) -> str:
    """The WWW-Authenticate of RFC 6750, section 3."""
    if code == "token_invalid":
        return f'{REALM}, error="invalid_token"'
    return f'{REALM}, error="insufficient_scope"' if code == "insufficient_scope" else REALM


def from_http(error: HTTPException) -> Response:
    """What Flask refuses by itself, told as a problem; with the methods allowed."""
    if error.code == 503:
        problem = Problem("unavailable")
    else:
        problem = Problem(_BY_STATUS.get(error.code or 400, "malformed_request"))
    made = response(problem)
    if isinstance(error, MethodNotAllowed):
        made.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return made
