"""Uploads: one file and a few fields, as a browser sends them (multipart/form-data, RFC 7578)."""

from __future__ import annotations

from io import BytesIO
from typing import Any, NamedTuple

from flask import Request, request

from api.problems import Fault, Problem

FILE = "file"
UPLOAD_BYTES_MAX = 20_000_000
_AROUND_BYTES = 100_000
"""Boundaries, headers and fields beside the file."""
_PARTS_MAX = 20


class InMemory(Request):
    """A request whose files never touch a disk: they hold what the database keeps sealed."""

    def _get_file_stream(self, *_: object, **__: object) -> BytesIO:
        return BytesIO()


class Upload(NamedTuple):
    """What was sent: the fields by name, and the bytes of the file. What the file is called does not count."""

    fields: dict[str, Any]
    content: bytes


def received() -> Upload:
    """The upload of this request. Refuses 415, 413, and 422 where there is not exactly one file, or a field twice."""
    request.max_content_length = UPLOAD_BYTES_MAX + _AROUND_BYTES
    request.max_form_parts = _PARTS_MAX
    if request.mimetype != "multipart/form-data":
        raise Problem("unsupported_media_type")
    files = [(name, file) for name, each in request.files.lists() for file in each]
    faults = [Fault(f"/{name}", "unknown_member") for name, _ in files if name != FILE]
    faults += [Fault(f"/{name}", "repeated_item") for name, given in request.form.lists() if len(given) > 1]
    sent = [file for name, file in files if name == FILE]
    if len(sent) != 1:
        faults.append(Fault(f"/{FILE}", "repeated_item" if sent else "missing"))
    if faults:
        raise Problem("invalid_request", faults=faults)
    return Upload(request.form.to_dict(), sent[0].stream.read())
