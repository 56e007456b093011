"""Slips: a redemption on the narrow paper of a desk's printer, as a page that any browser prints."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import Literal
from uuid import UUID

import segno
from flask import request
from typing_extensions import TypedDict

from api.fields import Form
from api.problems import unknown
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.prizes import catalogue, redemptions, slips
from ledger.prizes.slips import Slip
from ledger.rules.wording import points_text

routes = Routes("slips")

HTML = "text/html; charset=utf-8"
PRINTED_MM = {58: 48, 80: 72}
"""How much of the paper a head of 203 dots an inch reaches: 384 and 576 dots."""
QR_MM = 28
_QUIET_MODULES = 4
_FIXED_MM, _LINE_MM = 110, 5
"""How long the paper is at most: what every slip has, and what each line of text adds."""
_TITLE_CHARACTERS = {58: 8, 80: 14}
"""How many Chinese characters of a prize's name stand on one line."""


class NewSlip(Form):
    """How wide the paper is, in millimetres."""

    width: Literal[58, 80]


class SlipLineAnswer(TypedDict):
    """So many of one prize, at the price they went for."""

    title: str
    quantity: int
    cost_points: int


class SlipAnswer(TypedDict):
    """What stands on the slip; points in the smallest unit. `copy` 0 is the first print. `volunteer_tail`: the last
    digits of the number. `clerk`: the last of an id. `link` is null where the receipt was erased.
    """

    bank: str
    desk: str
    redeemed_on: str
    number: str
    transaction_seq: int
    volunteer_tail: str
    clerk: str
    lines: list[SlipLineAnswer]
    points: int
    balance_after: int
    is_shared: bool
    is_refunded: bool
    copy: int
    link: str | None


@routes.post(
    "/redemptions/<id:redemption_id>/slips",
    scope=Scope.REDEMPTIONS_WRITE,
    body=NewSlip,
    answer=SlipAnswer,
    also="text/html",
)
def print_one(call: Call, redemption_id: UUID, form: NewSlip) -> Answer:
    """Print the slip of a redemption; every print after the first says that it is a copy.

    Values for a screen that lays it out itself, or a page to print where `Accept` asks for text/html.
    """
    found = redemptions.find(call.bank, redemption_id)
    if found is None:
        unknown()
    reached(call, catalogue.find_desk(call.bank, found.desk_id))
    slip = slips.print_slip(call.bank, call.by, found, width_mm=form.width)
    if request.accept_mimetypes.best_match(["application/json", "text/html"], "application/json") != "text/html":
        return Answer(_told(slip), 201)
    style = _STYLE.format(
        width=form.width, printed=PRINTED_MM[form.width], height=_length_mm(slip, form.width), qr=QR_MM
    )
    page = _page(slip, style, call.bank.charter.points_scale)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'self'"
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    return Answer(page.encode(), 201, headers, media_type=HTML)


def _length_mm(slip: Slip, width: int) -> int:
    """Long enough for every name to be wrapped, so that a slip is one page."""
    lines = sum(-(-len(one.title) // _TITLE_CHARACTERS[width]) for one in slip.lines)
    return _FIXED_MM + _LINE_MM * lines


def _told(slip: Slip) -> SlipAnswer:
    return {
        "bank": slip.bank,
        "desk": slip.desk,
        "redeemed_on": slip.redeemed_on.isoformat(),
        "number": slip.number,
        "transaction_seq": slip.seq,
        "volunteer_tail": slip.volunteer_tail,
        "clerk": slip.clerk,
        "lines": [{"title": one.title, "quantity": one.quantity, "cost_points": one.cost_points} for one in slip.lines],
        "points": slip.points,
        "balance_after": slip.balance_after,
        "is_shared": slip.is_shared,
        "is_refunded": slip.is_refunded,
        "copy": slip.copy,
        "link": slip.token and _link(slip.token),
    }


def _link(token: str) -> str:
    return f"{request.url_root}verify#{token}"


def _page(slip: Slip, style: str, scale: int) -> str:
    def points(amount: int) -> str:
        return points_text(amount, scale)

    lines = "".join(
        f"<tr><td>{escape(one.title)}<td>{one.quantity} × {points(one.cost_points)}"
        f"<td>{points(one.quantity * one.cost_points)}"
        for one in slip.lines
    )
    facts = "".join(f"<tr><th>{escape(said)}<td>{escape(value)}" for said, value in _facts(slip, points(slip.points)))
    left = "共用余额 Shared balance" if slip.is_shared else "兑换后余额 Balance after"
    marks = [f"副本 COPY {slip.copy}"] if slip.copy else []
    marks += ["已退兑 REFUNDED"] if slip.is_refunded else []
    return _PAGE.format(
        style=style,
        title=escape(slip.bank),
        marks="".join(f"<p class=mark>{mark}</p>" for mark in marks),
        lines=lines,
        facts=facts,
        left=left,
        balance=points(slip.balance_after),
        code=_code(slip.token),
    )


def _facts(slip: Slip, points: str) -> list[tuple[str, str]]:
    return [
        ("合计 Points", points),
        ("凭条号 No.", slip.number),
        ("账本 Seq", str(slip.seq)),
        ("日期 Date", slip.redeemed_on.isoformat()),
        ("兑换点 Desk", slip.desk),
        ("志愿者 Volunteer", f"…{slip.volunteer_tail}"),
        ("经办 Clerk", slip.clerk),
    ]


def _code(token: str | None) -> str:
    if token is None:
        return ""
    code = segno.make_qr(_link(token), error="m").svg_inline(border=_QUIET_MODULES, omitsize=True)
    return f"{code}<p>扫码查验 Scan to verify</p>"


_STYLE = (
    "@page{{size:{width}mm {height}mm;margin:0}}"
    "body{{width:{printed}mm;margin:0 auto;padding:2mm 0 6mm;color:#000;background:#fff;"
    "font:10pt/1.3 'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif}}"
    "h1,p{{font-size:11pt;text-align:center;margin:1mm 0}}"
    ".mark{{font-size:14pt;font-weight:bold;border:.5mm solid #000}}"
    "table{{width:100%;border-collapse:collapse;border-top:.3mm dashed #000}}"
    "th{{font-weight:normal;text-align:left}}td{{vertical-align:top;overflow-wrap:anywhere}}"
    "td:last-child{{text-align:right}}.items td+td{{white-space:nowrap}}.left{{font-weight:bold}}"
    "svg{{display:block;width:{qr}mm;height:{qr}mm;margin:1mm auto;shape-rendering:crispEdges}}"
)
_PAGE = (
    '<!doctype html><html lang="zh"><meta charset="utf-8"><title>{title}</title><style>{style}</style>'
    "<h1>{title}</h1><p>兑换凭条 Redemption slip</p>{marks}"
    "<table class=items>{lines}</table><table>{facts}</table>"
    "<table class=left><tr><th>{left}<td>{balance}</table>{code}</html>"
)
