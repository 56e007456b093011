"""Seals: the picture of a unit's seal, printed on the certificates it issues where the unit wants it to be."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from ledger.bank import Bank, By
from ledger.people.organisations import Organisation
from ledger.store import rows
from ledger.store.rows import Taken

SIZE_MAX = 300_000
"""Bytes of one picture."""
_BEGINS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class SealRefused(ValueError):
    """Too large, or no picture that can be printed; `zh` and `en` say which."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


class Seal(NamedTuple):
    media_type: str
    content: bytes

    def svg(self) -> str:
        """As papers take it: a square that holds the whole picture."""
        data = base64.b64encode(self.content).decode()
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="100" height="100"><image width="100"'
            f' height="100" preserveAspectRatio="xMidYMid meet" href="data:{self.media_type};base64,{data}"/></svg>'
        )


def put(bank: Bank, by: By, organisation: Organisation, content: bytes) -> None:
    """Print this on the unit's certificates from now on. Refuses SealRefused."""
    media_type = next((kind for begins, kind in _BEGINS.items() if content.startswith(begins)), None)
    if media_type is None:
        raise SealRefused("只收 PNG、JPEG 图片", "only PNG and JPEG pictures")
    if len(content) > SIZE_MAX:
        raise SealRefused(f"图片过大, 最多 {SIZE_MAX} 字节", f"too large: at most {SIZE_MAX} bytes")
    _set(bank, by, organisation, {"media_type": media_type, "content": content})


def remove(bank: Bank, by: By, organisation: Organisation) -> None:
    """Leave room for a stamp again."""
    _set(bank, by, organisation, {"media_type": "image/png", "content": None})


def find(bank: Bank, organisation_id: UUID) -> Seal | None:
    return find_all(bank, [organisation_id]).get(organisation_id)


def find_all(bank: Bank, organisations: Sequence[UUID]) -> dict[UUID, Seal]:
    """The seals of those of these units that have one."""
    with bank.store.reading() as connection:
        found = rows.find_all(connection, "seal", organisations)
    return {id: Seal(row["media_type"], bytes(row["content"])) for id, row in found.items() if row["content"]}


def _set(bank: Bank, by: By, organisation: Organisation, said: dict[str, object]) -> None:
    content = said["content"]
    try:
        with bank.changing(by) as change:
            row = said | {"changed_at": change.now, "changed_by": by.actor}
            if not rows.change(change.connection, "seal", organisation.id, row):
                change.add("seal", {"id": organisation.id} | row, unique="id")
            size = len(content) if isinstance(content, bytes) else 0
            change.audit("seal", "organisation", organisation.id, after={"size": size})
    except Taken:  # somebody gave the unit its first seal at the same moment
        _set(bank, by, organisation, said)
