"""A program with which anybody verifies the log and a receipt offline. The page that does so in the browser is a client
(`api/clients/verify`).
"""

from __future__ import annotations

from api.rendering import Answer
from api.routes import Call, Routes
from api.scopes import PUBLIC
from ledger.log.verifying import one_file

routes = Routes("docs", prefix="")


@routes.get("/verify.py", scope=PUBLIC, answer=str, media_type="text/x-python")
def verifier_file(_: Call) -> Answer:
    """The verifier as one file that needs nothing but Python."""
    headers = {"Cache-Control": "no-cache", "Content-Disposition": 'inline; filename="verify.py"'}
    return Answer(one_file().encode(), headers=headers, media_type="text/x-python; charset=utf-8")
