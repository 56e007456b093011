"""A program with which anybody verifies the log and a receipt offline. The page that does so in the browser is a client
(`api/clients/verify`).
"""

from __future__ import annotations

import io

import segno
from flask import request

from api.rendering import Answer
from api.routes import Call, Routes
from api.scopes import PUBLIC
from ledger.log.verifying import one_file

SVG = "image/svg+xml"

routes = Routes("docs", prefix="")


@routes.get("/verify.py", scope=PUBLIC, answer=str, media_type="text/x-python")
def verifier_file(_: Call) -> Answer:
    """The verifier as one file that needs nothing but Python."""
    headers = {"Cache-Control": "no-cache", "Content-Disposition": 'inline; filename="verify.py"'}
    return Answer(one_file().encode(), headers=headers, media_type="text/x-python; charset=utf-8")


@routes.get("/verify.svg", scope=PUBLIC, answer=str, media_type=SVG)
def verifier_code(_: Call) -> Answer:
    """The way to the page that verifies, as a QR code for large screens and notice boards."""
    drawn = io.BytesIO()
    code = segno.make_qr(f"{request.url_root}verify", error="m")
    code.save(drawn, kind="svg", xmldecl=False, omitsize=True, svgclass=None, lineclass=None)
    return Answer(drawn.getvalue(), headers={"Cache-Control": "max-age=3600"}, media_type=SVG)
