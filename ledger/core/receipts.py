"""The word by which a receipt is found: unguessable, and gone when the private part of its transaction is erased."""

from __future__ import annotations

import base64
import binascii
import hmac

_SEQ_BYTES, _MAC_BYTES = 5, 15
_TOKEN_LENGTH = 32


def receipt_token(seq: int, salt: bytes) -> str:
    """32 letters and digits, of which 120 bits follow from the transaction's own salt and nobody guesses them."""
    mac = hmac.digest(salt, b"receipt", "sha256")[:_MAC_BYTES]
    return base64.b32encode(seq.to_bytes(_SEQ_BYTES, "big") + mac).decode().lower()


def seq_of(token: str) -> int | None:
    """The transaction a token speaks of, true or invented; None where it is no token at all."""
    if len(token) != _TOKEN_LENGTH:
        return None
    try:
        raw = base64.b32decode(token.upper().encode())
    except (binascii.Error, ValueError):
        return None
    return int.from_bytes(raw[:_SEQ_BYTES], "big")


def is_token(token: str, seq: int, salt: bytes) -> bool:
    """Whether it is the token of this transaction, compared without telling how far it agreed."""
    return hmac.compare_digest(token, receipt_token(seq, salt))
