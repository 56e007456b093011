"""The kinds of field that forms are made of: every one bounded, strict, and described in the OpenAPI document as it is
checked.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

INTEGER_MAX = 2**53 - 1
"""JSON numbers are doubles to most readers; beyond this an integer would not survive them."""

# Control characters, line and paragraph separators, direction marks and overrides, byte order marks: none belongs in a
# name, and with some of them a screen shows something else than is written (CVE-2021-42574).
_REFUSED = r"\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
_BLANK = r"\u0020\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000"
_BLANKS = " \u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200C)))
LINE = f"^[^{_REFUSED}]*[^{_REFUSED}{_BLANK}][^{_REFUSED}]*$"
"""One line with something to see in it."""
_REFUSED_IN_TEXT = _REFUSED.replace(r"\u0000-\u001f", r"\u0000-\u0009\u000b-\u001f")
TEXT = f"^[^{_REFUSED_IN_TEXT}]*$"
"""Lines of text, perhaps none."""
UUID7 = "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
INSTANT = DAY.removesuffix("$") + r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?Z$"
"""RFC 3339 in UTC, as every instant of this API."""
SECRET = f"^[^{_REFUSED}]*$"

_UUID7 = re.compile(UUID7.removesuffix("$"))
_DAY = re.compile(DAY.removesuffix("$"))
_INSTANT = re.compile(INSTANT.removesuffix("$"))
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TIME_OF_DAY = re.compile("([01][0-9]|2[0-3]):([0-5][0-9])")
_WHOLE = re.compile("0|[1-9][0-9]{0,15}")


class Form(BaseModel):
    """What a client sends: exactly these members, exactly of these types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class Nothing(Form):
    """There is nothing to say: send {}."""


def _trimmed(text: str) -> str:
    return text.strip(_BLANKS)


def _id(given: Any) -> UUID:
    if isinstance(given, str) and _UUID7.fullmatch(given):
        return UUID(given)
    raise PydanticCustomError("not_an_id", "not a UUIDv7")


def _day(given: Any) -> date:
    if isinstance(given, str) and _DAY.fullmatch(given):
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass
    raise PydanticCustomError("not_a_date", "not a date")


def _instant(given: Any) -> int:
    if isinstance(given, str) and _INSTANT.fullmatch(given):
        try:
            return (datetime.fromisoformat(given) - _EPOCH) // timedelta(microseconds=1)
        except ValueError:
            pass
    raise PydanticCustomError("not_an_instant", "not an instant")


def _time_of_day(given: Any) -> int:
    """In minutes after midnight."""
    found = _TIME_OF_DAY.fullmatch(given) if isinstance(given, str) else None
    if found is None:
        raise PydanticCustomError("not_a_time_of_day", "not a time of day")
    return int(found[1]) * 60 + int(found[2])


def whole(given: Any) -> int:
    """A whole number in a query, in ASCII digits."""
    if isinstance(given, str) and _WHOLE.fullmatch(given):
        return int(given)
    raise PydanticCustomError("not_a_whole_number", "not a whole number")


Name = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=LINE), AfterValidator(_trimmed)]
"""What something or somebody is called: one line, blanks at the ends taken off, otherwise as written."""
Search = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=LINE)]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=LINE), AfterValidator(_trimmed)]
Text = Annotated[str, StringConstraints(max_length=2_000, pattern=TEXT)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=50, pattern="^[a-z0-9_-]+$")]
"""A code of ours, such as a type of activity."""
Secret = Annotated[str, StringConstraints(min_length=1, max_length=256, pattern=SECRET)]
VolunteerNo = Annotated[str, StringConstraints(min_length=1, max_length=20, pattern="^[0-9]+$")]
Id = Annotated[
    UUID, BeforeValidator(_id), WithJsonSchema({"type": "string", "format": "uuid", "pattern": UUID7, "maxLength": 36})
]
Day = Annotated[
    date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date", "pattern": DAY, "maxLength": 10})
]
Instant = Annotated[
    int,
    BeforeValidator(_instant),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": INSTANT, "maxLength": 27}),
]
"""RFC 3339 in UTC; in microseconds since 1970."""
TimeOfDay = Annotated[
    int,
    BeforeValidator(_time_of_day),
    WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "minLength": 5, "maxLength": 5}),
]
"""A time of day in the bank's zone, HH:MM; read as minutes after midnight."""
Count = Annotated[int, Field(ge=1, le=INTEGER_MAX)]
"""At least one; whether it is too many is for the bank to say."""

WholeParameter = Annotated[int, Field(ge=0, le=INTEGER_MAX), BeforeValidator(whole)]
"""A whole number in a query, in ASCII digits."""
Year = Annotated[int, Field(ge=2000, le=2099), BeforeValidator(whole)]
"""A calendar year in a query."""
Limit = Annotated[int, Field(ge=1, le=200), BeforeValidator(whole)]
CursorParameter = Annotated[str, StringConstraints(min_length=1, max_length=1_000, pattern="^[A-Za-z0-9_-]+$")]
