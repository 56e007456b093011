"""The rulebooks that come with the bank: one example to begin with, and some from the field."""

from importlib.resources import files

BOOKS = (
    *("example", "dongting", "generic", "green_account", "guangdong", "guangzhou", "hailin", "huangshi", "huangyan"),
    *("kunshan", "longquanyi", "nanjing", "ninghong", "qishan", "tangshan"),
)


def book(name: str) -> str:
    """The YAML text of a bundled rulebook, ready for `load`. Raises KeyError for a name that is not in BOOKS."""
    if name not in BOOKS:
        raise KeyError(f"no bundled rulebook {name!r}; there are {', '.join(BOOKS)}")
    return (files("ledger.rules") / "books" / f"{name}.yaml").read_text(encoding="utf-8")
