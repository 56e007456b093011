"""Commands: every transaction was posted by exactly one, and its client was told what the books say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ledger.reading.findings import Findings
from ledger.store.reads import CommandRead, TransactionRead
from ledger.store.streams import View


class Commands:
    def __init__(self, found: Findings) -> None:
        self._found = found

    def prove(self, transaction: TransactionRead, rows: list[CommandRead], told: Mapping[str, Any]) -> None:
        """`told` is what the answer must say, as far as the rows can tell."""
        seq = transaction.seq
        if len(rows) != 1:
            self._found.note("command_twice" if rows else "command_missing", seq=seq)
        for row in rows:
            if row.outcome != "posted":
                self._found.note("command_wrong", seq=seq, what="outcome")
            if row.recorded_at != transaction.recorded_at:
                self._found.note("command_wrong", seq=seq, what="recorded_at")
            self._answer(row, {"transaction_seq": seq, **told})

    def _answer(self, row: CommandRead, told: Mapping[str, Any]) -> None:
        try:
            answer = json.loads(row.answer)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            self._found.note("answer_wrong", seq=row.seq, what="form")
            return
        if "items" in answer and isinstance(answer["items"], list):
            # The title of a prize may have changed since; what it is does not.
            answer["items"] = [_without_title(item) for item in answer["items"]]
        for name, value in told.items():
            if answer.get(name) != value:
                self._found.note("answer_wrong", seq=row.seq, what=name)

    def close(self, view: View) -> None:
        for client, key in view.keys_twice():
            self._found.note("key_twice", client=client, key=key)
        for client, key in view.commands_astray():
            self._found.note("command_astray", client=client, key=key)


def _without_title(item: Any) -> Any:
    return {name: value for name, value in item.items() if name != "title"} if isinstance(item, dict) else item
