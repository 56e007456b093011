"""A verifier of this and any other bank's log, which trusts nothing of ours: standard library only, in a few small
files that `one_file` joins into the one that strangers get.
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

PARTS = ("terminal", "curve", "heads", "trees", "sources", "meaning", "questions")
"""The terminal's docstring says how to use it, so it comes first; its code comes last."""
WIDTH = 118
_IMPORT = re.compile(r"^(?:import|from) .*\n", re.MULTILINE)


def one_file() -> str:
    """The source of the whole verifier, to read and to run with nothing else installed."""
    sources = {part: (Path(__file__).parent / f"{part}.py").read_text(encoding="utf-8") for part in PARTS}
    imports, bodies, manual = set(), {}, ""
    for part, source in sources.items():
        said, _, code = source.partition("from __future__ import annotations\n")
        manual = manual or said.strip()
        imports |= {line for line in _IMPORT.findall(code) if "ledger" not in line}
        why = textwrap.indent(textwrap.fill(" ".join(said.strip().strip('"').split()), WIDTH), "# ")
        bodies[part] = ("" if part == "terminal" else f"{why}\n\n") + _IMPORT.sub("", code).strip()
    order = [*PARTS[1:], "terminal"]
    plain, named = (sorted(line for line in imports if line.startswith(word)) for word in ("import", "from"))
    head = f"#!/usr/bin/env python3\n{manual}\n\nfrom __future__ import annotations\n\n{''.join(plain + named)}"
    return head + "\n\n" + "\n\n\n".join(bodies[part] for part in order) + "\n"
