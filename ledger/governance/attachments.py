"""Files of a proposal: minutes signed on paper, a photograph of the notice. Known for ever by their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By
from ledger.governance.drafts import Draft
from ledger.governance.stages import Attached
from ledger.store import proposals as store
from ledger.store.rows import Taken

SIZE_MAX = 700_000
"""Bytes of one file: with its letters of base64 it fits into one request."""
FILES_MAX = 50
BEGINNINGS = {"application/pdf": b"%PDF-", "image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
"""What a file of a type begins with; other types are not kept."""


class AttachmentRefused(ValueError):
    """Too large, too many, or not what it says it is; `zh` and `en` say which."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file as it was added. `content` is None where it was erased."""

    proposal_id: UUID
    attached: Attached
    is_published: bool
    content: bytes | None = field(default=None, repr=False)


def attach(
    bank: Bank, by: By, draft: Draft, *, name: str, media_type: str, content: bytes, is_published: bool
) -> Attachment:
    """Add a file to a proposal or its draft; the same bytes are kept once. Refuses AttachmentRefused."""
    beginning = BEGINNINGS.get(media_type)
    if beginning is None or not content.startswith(beginning):
        raise AttachmentRefused(
            "只收 PDF、PNG、JPEG 文件, 内容须与类型相符", "only PDF, PNG and JPEG, and what it says it is"
        )
    if len(content) > SIZE_MAX:
        raise AttachmentRefused(f"文件过大, 最多 {SIZE_MAX} 字节", f"too large: at most {SIZE_MAX} bytes")
    digest = hashlib.sha256(content).digest()
    with bank.store.reading() as connection:
        count, _ = store.attached(connection, draft.id)
        known = store.attachment(connection, draft.id, digest)
    if known is not None:
        return _from(known)
    if count >= FILES_MAX:
        raise AttachmentRefused(f"附件最多 {FILES_MAX} 个", f"at most {FILES_MAX} files")
    row = {
        "id": bank.world.new_id(),
        "proposal_id": draft.id,
        "name": name,
        "media_type": media_type,
        "size": len(content),
        "digest": digest,
        "is_published": int(is_published),
        "content": content,
        "added_by": by.actor,
    }
    try:
        with bank.changing(by) as change:
            change.add("proposal_attachment", row | {"added_at": change.now}, unique="digest")
            change.audit("attach", "proposal", draft.id, after={"digest": digest.hex(), "size": len(content)})
    except Taken:  # somebody added the same bytes at the same moment
        pass
    return _from(row)


def attachments(bank: Bank, proposal: UUID) -> list[Attachment]:
    """All files of a proposal, without their bytes."""
    with bank.store.reading() as connection:
        return [_from(row | {"content": None}) for row in store.attachments(connection, proposal)]


def attachment(bank: Bank, proposal: UUID, digest: bytes) -> Attachment | None:
    """One file with its bytes."""
    with bank.store.reading() as connection:
        row = store.attachment(connection, proposal, digest)
    return _from(row) if row else None


def chosen(bank: Bank, proposal: UUID, digests: Sequence[str]) -> list[Attached] | None:
    """The files with these digests, as a step names them; None where one is not there."""
    known = {one.attached.digest: one.attached for one in attachments(bank, proposal)}
    return [known[digest] for digest in digests] if set(digests) <= set(known) else None


def _from(row: dict[str, Any]) -> Attachment:
    attached = Attached(
        name=row["name"], digest=bytes(row["digest"]).hex(), size=row["size"], media_type=row["media_type"]
    )
    content = None if row["content"] is None else bytes(row["content"])
    return Attachment(
        proposal_id=row["proposal_id"], attached=attached, is_published=bool(row["is_published"]), content=content
    )
