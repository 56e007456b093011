"""A YAML text as the JSON value that a schema judges: days stay words."""

from __future__ import annotations

from typing import Any

import yaml


class _Words(yaml.SafeLoader):
    """Reads dates as the words they are written with."""


_Words.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def instance(document: str) -> Any:
    """The document as JSON would hold it."""
    return yaml.load(document, Loader=_Words)  # noqa: S506 - a SafeLoader
