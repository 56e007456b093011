"""Pages and a program with which anybody verifies the log and a receipt, in the browser or offline."""

from __future__ import annotations

from pathlib import Path

from api.docs import HTML, PAGE_POLICY
from api.rendering import Answer
from api.routes import Call, Routes
from api.scopes import PUBLIC
from ledger.log.verifying import one_file

CLIENT = Path(__file__).parent / "clients" / "verify"
KINDS = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8", "html": HTML}

routes = Routes("docs", prefix="")


@routes.get("/verify", scope=PUBLIC, answer=str, media_type="text/html")
def verifier(_: Call) -> Answer:
    """The page that verifies in the browser."""
    return _file("index.html")


@routes.get("/verify/<page:name>", scope=PUBLIC, answer=str, media_type="text/plain")
def verifier_part(_: Call, name: str) -> Answer:
    """A script or the style sheet of that page."""
    return _file(name)


@routes.get("/verify.py", scope=PUBLIC, answer=str, media_type="text/x-python")
def verifier_file(_: Call) -> Answer:
    """The verifier as one file that needs nothing but Python."""
    headers = {"Cache-Control": "no-cache", "Content-Disposition": 'inline; filename="verify.py"'}
    return Answer(one_file().encode(), headers=headers, media_type="text/x-python; charset=utf-8")


def _file(name: str) -> Answer:
    headers = {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-cache"}
    return Answer((CLIENT / name).read_bytes(), headers=headers, media_type=KINDS[name.rsplit(".", 1)[1]])
