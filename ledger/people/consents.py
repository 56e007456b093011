"""Consents: a ledger of its own. What somebody agreed to, under which text, how and by whom it was taken down; and what
they took back, which counts at once. Rows are added and never changed; what holds now is a view of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from ledger.bank import Bank, By, Changes
from ledger.people.volunteers import Volunteer
from ledger.store import rows

SENSITIVE_DATA, PUBLISH_NAME, PUBLISH_CONTACT, PHOTO, SMS = (
    "sensitive_data", "publish_name", "publish_contact", "photo", "sms",
)  # fmt: skip
CAPTURED = ("paper", "in_person", "kiosk", "import")


class Text(NamedTuple):
    """What somebody is asked, word for word."""

    version: str
    zh: str
    en: str


TEXTS: dict[str, tuple[Text, ...]] = {
    SENSITIVE_DATA: (
        Text(
            "1",
            "我同意本行为办理志愿服务记录而加密保存我所填写的身份证号、政治面貌等敏感个人信息,并可随时撤回。",
            "I agree that the bank keeps the sensitive particulars I give, encrypted, for my service record; "
            "I may take this back at any time.",
        ),
    ),
    PUBLISH_NAME: (
        Text(
            "1",
            "我同意在公示和光荣榜中以部分隐去的姓名公布我的服务时长和积分。",
            "I agree that notices and honour rolls show my hours and points under my masked name.",
        ),
    ),
    PUBLISH_CONTACT: (
        Text(
            "1",
            "我同意因担任岗位而公布我的姓名和联系电话,任期届满即停止公布。",
            "I agree that my name and telephone are published while I hold a post.",
        ),
    ),
    PHOTO: (
        Text("1", "我同意在活动报道中使用我的照片。", "I agree that photos of me are used to report on activities."),
    ),
    SMS: (Text("1", "我同意接收积分到期、活动和领取提醒短信。", "I agree to be reminded by text message."),),
}
"""What one can agree to: a small closed set. A text that changes gets a new version; who agreed to the old one is asked
again.
"""


def text_of(purpose: str, version: str) -> str:
    """What was read to somebody when they agreed, in Chinese."""
    return next((text.zh for text in TEXTS[purpose] if text.version == version), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One line of the ledger."""

    id: UUID
    volunteer_id: UUID
    line: int
    """1, 2, 3 and so on of this person."""
    purpose: str
    text_version: str
    given: bool
    """False: taken back."""
    captured: str
    guardian_id: UUID | None
    """Who spoke for a minor."""
    recorded_at: int
    recorded_by: UUID
    device_id: UUID | None


def record(
    bank: Bank,
    by: By,
    volunteer: Volunteer,
    *,
    purpose: str,
    given: bool,
    captured: str,
    guardian_id: UUID | None = None,
) -> Consent:
    """Note that somebody agrees, or takes it back; it counts from now on."""
    with bank.changing(by) as change:
        made = add(change, volunteer.id, purpose=purpose, given=given, captured=captured, guardian_id=guardian_id)
        change.audit("consent", "volunteer", volunteer.id, after={"purpose": purpose, "given": given})
    return made


def add(
    change: Changes, volunteer_id: UUID, *, purpose: str, given: bool, captured: str, guardian_id: UUID | None = None
) -> Consent:
    """The same, as part of a larger change."""
    last = rows.page(
        change.connection, "consent", order=("line",), after=None, limit=1, newest_first=True, volunteer_id=volunteer_id
    ).items
    made = Consent(
        id=change.new_id(),
        volunteer_id=volunteer_id,
        line=last[0]["line"] + 1 if last else 1,
        purpose=purpose,
        text_version=TEXTS[purpose][-1].version,
        given=given,
        captured=captured,
        guardian_id=guardian_id,
        recorded_at=change.now,
        recorded_by=change.by.actor,
        device_id=change.by.device,
    )
    row = {name: getattr(made, name) for name in Consent.__slots__} | {"given": int(given)}
    change.add("consent", row, unique="line")
    return made


def ledger(bank: Bank, volunteer: Volunteer) -> list[Consent]:
    """Every line, the oldest first."""
    with bank.store.reading() as connection:
        found = rows.page(
            connection, "consent", order=("line",), after=None, limit=LINES_MAX, volunteer_id=volunteer.id
        )
    return [Consent(**row | {"given": bool(row["given"])}) for row in found.items]


LINES_MAX = 1_000
"""Lines of one person that are read; nobody changes their mind that often."""


def in_force(lines: Sequence[Consent]) -> dict[str, Consent]:
    """What holds now, by purpose: the last word, if it was a yes."""
    last = {line.purpose: line for line in sorted(lines, key=lambda line: line.line)}
    return {purpose: line for purpose, line in last.items() if line.given}


def may(bank: Bank, volunteer: Volunteer, purpose: str) -> bool:
    """Whether the volunteer agrees at this moment: what notices and contacts ask before they show anything."""
    return purpose in in_force(ledger(bank, volunteer))
