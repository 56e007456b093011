"""Reading what clients send: strict JSON, strict members, and everything that is wrong told at once."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from pydantic import TypeAdapter, ValidationError

from api.problems import FAULTS_MAX, Fault, Problem

BODY_BYTES_MAX = 1_000_000
DEPTH_MAX = 20

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")

_CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_member",
    "model_type": "not_an_object",
    "model_attributes_type": "not_an_object",
    "dict_type": "not_an_object",
    "list_type": "not_a_list",
    "int_type": "not_a_whole_number",
    "int_from_float": "not_a_whole_number",
    "int_parsing_size": "out_of_range",
    "string_type": "not_a_text",
    "string_unicode": "not_allowed_characters",
    "string_pattern_mismatch": "not_allowed_characters",
    "string_too_short": "too_short",
    "string_too_long": "too_long",
    "too_short": "too_short",
    "too_long": "too_long",
    "bool_type": "not_a_yes_or_no",
    "literal_error": "not_one_of",
    "union_tag_invalid": "not_one_of",
    "union_tag_not_found": "missing",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
    "not_an_id": "not_an_id",
    "wrong_check_digit": "wrong_check_digit",
    "not_a_date": "not_a_date",
    "not_an_instant": "not_an_instant",
    "not_a_time_of_day": "not_a_time_of_day",
    "number_or_card": "number_or_card",
    "one_shown": "one_shown",
    "not_a_whole_number": "not_a_whole_number",
}
"""pydantic's types of error in our words."""


class Reader:
    """Turns bodies or queries into one kind of form."""

    def __init__(self, form: Any) -> None:
        self.form = form
        self._adapter: TypeAdapter[Any] = TypeAdapter(form)
        schema = self._adapter.core_schema
        self._tag: str | None = None
        if schema["type"] == "tagged-union":
            self._tag = str(schema["discriminator"])

    def body(self, value: Any) -> Any:
        """The form of a parsed body, or 422 with a JSON pointer for each bad member."""
        try:
            return self._adapter.validate_python(value)
        except ValidationError as error:
            faults = [Fault(self._pointer(each), _CODES.get(each["type"], "invalid")) for each in _errors(error)]
            raise Problem("invalid_request", faults=faults) from None

    def query(self) -> Any:
        """The form of the query, or 422 with each bad parameter."""
        given = request.args
        faults = [Fault(name, "repeated_parameter", "parameter") for name in given if len(given.getlist(name)) > 1]
        try:
            form = self._adapter.validate_python(given.to_dict())
        except ValidationError as error:
            for each in _errors(error):
                code = _CODES.get(each["type"], "invalid")
                told = "unknown_parameter" if code == "unknown_member" else code
                faults.append(Fault(str(each["loc"][0]), told, "parameter"))
            form = None
        if faults:
            raise Problem("invalid_request", faults=faults)
        return form

    def _pointer(self, error: Mapping[str, Any]) -> str:
        """RFC 6901. Of a form that is one of several, pydantic's path begins with which one it took."""
        loc = error["loc"]
        if self._tag is not None:
            loc = loc[1:] if loc else (self._tag.strip("'"),)
        return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in loc)


def refuse_parameters() -> None:
    """422 where the query has any parameter at all."""
    if request.query_string:
        faults = [Fault(name, "unknown_parameter", "parameter") for name in request.args]
        if faults:
            raise Problem("invalid_request", faults=faults)


def parsed_body() -> Any:
    """The JSON value of this request. Refuses 413, 415, and 400 for what is not JSON as RFC 8259 and RFC 7493
    have it.
    """
    if request.mimetype != "application/json" or request.mimetype_params.get("charset", "utf-8").lower() != "utf-8":
        raise Problem("unsupported_media_type")
    return parse(request.get_data(cache=False))


def parse(body: bytes) -> Any:
    """One JSON value: UTF-8, no member twice, no lone surrogates, nested at most `DEPTH_MAX` deep."""
    try:
        text = body.decode("utf-8")
        try:
            value = json.loads(text, object_pairs_hook=_once)
        except json.JSONDecodeError:
            raise
        except ValueError as error:
            if isinstance(error, _Twice):
                raise
            # An integer of thousands of digits, which Python does not convert: out of every range, as infinity is.
            value = json.loads(text, object_pairs_hook=_once, parse_int=float)
        if _SURROGATE.search(body):
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (_Twice, UnicodeError, json.JSONDecodeError) as error:
        raise Problem("malformed_json", detail=_where(error)) from None
    except RecursionError:
        raise _too_deep() from None
    if body.count(b"{") + body.count(b"[") > DEPTH_MAX and _depth(value) > DEPTH_MAX:
        raise _too_deep()
    return value


class _Twice(ValueError):
    """A member is there twice; which one counts would depend on the reader."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Twice
    return members


def _depth(value: Any) -> int:
    """How deeply lists and objects are nested, counted no further than needed."""
    depth, level = 0, [value]
    while depth <= DEPTH_MAX and (nested := [each for each in level if isinstance(each, dict | list)]):
        depth += 1
        level = [inner for each in nested for inner in (each.values() if isinstance(each, dict) else each)]
    return depth


def _errors(error: ValidationError) -> Sequence[Mapping[str, Any]]:
    return error.errors(include_url=False, include_context=False, include_input=False)[:FAULTS_MAX]


def _where(error: Exception) -> tuple[str, str] | None:
    if isinstance(error, json.JSONDecodeError):
        return f"第 {error.lineno} 行第 {error.colno} 列", f"line {error.lineno}, column {error.colno}"
    if isinstance(error, _Twice):
        return "对象中有重复的成员", "an object has the same member twice"
    return "正文不是正确的 UTF-8", "the body is not proper UTF-8"


def _too_deep() -> Problem:
    return Problem("malformed_json", detail=(f"嵌套超过 {DEPTH_MAX} 层", f"nested more than {DEPTH_MAX} deep"))
