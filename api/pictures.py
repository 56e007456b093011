"""Pictures of prizes: put up by those who keep the catalogue, seen by everybody, as on the wall."""

from __future__ import annotations

from uuid import UUID

from flask import request

from api.commons import theirs
from api.fields import Form
from api.prizes import PrizeAnswer, told
from api.problems import Problem, unknown
from api.rendering import Answer, tagged
from api.routes import Call, Routes
from api.scopes import PUBLIC, Scope
from ledger.prizes import catalogue, pictures
from ledger.prizes.pictures import PictureRefused

routes = Routes("pictures")

FRESH_SECONDS = 3_600
"""How long a screen goes on showing one that was taken down."""


class NewPicture(Form):
    """A PNG, JPEG or WebP of at most 300,000 bytes, as `file`."""


@routes.post(
    "/prizes/<id:prize_id>/picture",
    scope=Scope.PRIZES_WRITE,
    body=NewPicture,
    answer=PrizeAnswer,
    status=200,
    uploads=True,
)
def upload(call: Call, prize_id: UUID, form: NewPicture, content: bytes) -> Answer:  # noqa: ARG001 - it has no fields
    """Show a prize with this picture from now on; what it is is told by its bytes."""
    prize = theirs(call, catalogue.find_prize(call.bank, prize_id))
    try:
        return tagged(told(pictures.show_prize(call.bank, call.by, prize, content)))
    except PictureRefused as refused:
        raise Problem("attachment_refused", detail=(refused.zh, refused.en)) from None


@routes.delete("/prizes/<id:prize_id>/picture", scope=Scope.PRIZES_WRITE, answer=PrizeAnswer)
def remove(call: Call, prize_id: UUID) -> Answer:
    """Show a prize without a picture; the picture is served no more, unless another prize shows it."""
    prize = theirs(call, catalogue.find_prize(call.bank, prize_id))
    return tagged(told(catalogue.change_prize(call.bank, call.by, prize, picture=None)))


@routes.get("/pictures/<digest:digest>", scope=PUBLIC, answer=str, media_type="image/webp")
def show(call: Call, digest: str) -> Answer:
    """Have a picture that some prize shows, as PNG, JPEG or WebP."""
    found = pictures.find(call.bank, digest)
    if found is None:
        unknown()
    headers = {
        "ETag": f'"{digest}"',
        "Cache-Control": f"public, max-age={FRESH_SECONDS}",
        "Content-Disposition": "inline",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if request.if_none_match.contains(digest):
        return Answer(b"", 304, headers, media_type=found.media_type)
    return Answer(found.content, headers=headers, media_type=found.media_type)
