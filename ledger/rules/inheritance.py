"""A community's rulebook upon its district's (E20): the district gives the default, the community overrides what is not
locked. The result is one whole document, so that what was in force can be read without its parents.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import yaml

from ledger.rules.document import Node, outline
from ledger.rules.findings import Finding, RulebookInvalid
from ledger.rules.loader import FORM, load

OWN = ("code", "version", "effective_from", "inherits", "removes")
"""What a child always states itself."""
LISTS = ("rules", "themes", "coefficients", "counters", "ladders", "targets")
"""Lists whose entries have ids: a child's entry takes the place of the parent's; new rules are asked first."""


def inherit(parent: str, child: str) -> str:
    """The whole document that `child` makes of `parent` (both YAML): fields of the child take the place of the
    parent's, entries of lists with ids are replaced one by one, `removes: [rules.litter]` leaves entries out.

    Raises RulebookInvalid, with the child's lines, when it changes what the parent locks or names another parent.
    """
    findings: list[Finding] = []
    above, below = outline(parent, findings), outline(child, findings)
    if findings or above.kind != "mapping" or below.kind != "mapping":
        raise RulebookInvalid(findings or [_finding(below, "", "请写成“字段: 值”的形式", "must be fields and values")])
    load(parent, points_scale=2)
    _check_own(above, below, findings)
    locked = {item.text for item in above.members["locked"].items} if "locked" in above.members else set()
    merged = _merged(above, below, locked, findings)
    if findings:
        raise RulebookInvalid(findings)
    return yaml.safe_dump(_plain(merged), allow_unicode=True, sort_keys=False, width=1_000)


def _check_own(above: Node, below: Node, findings: list[Finding]) -> None:
    findings += [
        _finding(below, name, "缺少这个字段, 请补上", "missing: add it")
        for name in ("code", "version", "effective_from", "inherits")
        if name not in below.members
    ]
    named = below.members.get("inherits")
    if named is not None and any(
        name not in named.members or named.members[name].text != above.members[name].text
        for name in ("code", "version")
    ):
        code, version = above.members["code"].text, above.members["version"].text
        zh, en = f"上级规则是 {code} 第 {version} 版", f"the parent is {code}, version {version}"
        findings.append(_finding(named, "inherits", zh, en))
    for name, node in below.members.items():
        if name not in FORM.fields and name not in OWN:
            findings.append(_finding(node, name, "没有这个字段", "there is no such field"))
        if (name in (*LISTS, "locked", "removes") and node.kind != "list") or (
            name in ("inherits", "redemption") and node.kind != "mapping"
        ):
            findings.append(_finding(node, name, "写法不对: 应为列表或字段", "must be a list, or fields and values"))


def _merged(above: Node, below: Node, locked: set[str], findings: list[Finding]) -> Node:
    removed = {item.text for item in below.members["removes"].items} if "removes" in below.members else set()
    members = dict(above.members)
    for name, node in below.members.items():
        if name in locked:
            findings.append(_locked(node, name))
        elif name == "locked" and "locked" in above.members:
            members[name] = Node(
                node.line, "list", items=(*above.members[name].items, *_new(above.members[name], node))
            )
        elif name in LISTS and name in above.members:
            members[name] = _entries(name, above.members[name], node, locked, findings)
        elif name == "redemption" and name in above.members:
            findings += [
                _locked(inner, f"{name}.{of}") for of, inner in node.members.items() if f"{name}.{of}" in locked
            ]
            members[name] = Node(node.line, "mapping", members={**above.members[name].members, **node.members})
        elif name != "removes":
            members[name] = node
    _remove(members, removed, locked, below, findings)
    return Node(below.line, "mapping", members=members)


def _new(above: Node, below: Node) -> list[Node]:
    known = {item.text for item in above.items}
    return [item for item in below.items if item.text not in known]


def _entries(name: str, above: Node, below: Node, locked: set[str], findings: list[Finding]) -> Node:
    theirs = {_id(item): item for item in below.items}
    findings += [_locked(item, f"{name}.{_id(item)}") for item in below.items if f"{name}.{_id(item)}" in locked]
    known = {_id(item) for item in above.items}
    first = [item for item in below.items if _id(item) not in known]
    kept = [theirs.get(_id(item), item) for item in above.items]
    # A community's own rules are asked before the district's, except before those the district has locked.
    guarded = max((i + 1 for i, item in enumerate(kept) if f"{name}.{_id(item)}" in locked), default=0)
    return Node(below.line, "list", items=(*kept[:guarded], *first, *kept[guarded:]))


def _remove(
    members: dict[str, Node], removed: set[str], locked: set[str], below: Node, findings: list[Finding]
) -> None:
    for path in sorted(removed):
        name, _, entry = path.partition(".")
        node = members.get(name)
        if path in locked or name in locked:
            findings.append(_locked(below.members["removes"], path))
        elif name in LISTS and node is not None and entry in map(_id, node.items):
            rest = tuple(item for item in node.items if _id(item) != entry)
            members[name] = Node(node.line, "list", items=rest)
            if not rest:
                del members[name]
        else:
            findings.append(
                _finding(below.members["removes"], "removes", f"上级没有 {path}", f"the parent has no {path}")
            )


def _id(node: Node) -> str:
    return node.members["id"].text if "id" in node.members else ""


def _locked(node: Node, path: str) -> Finding:
    return _finding(node, path, "上级已锁定, 不能改动, 请删去", "locked by the parent: remove it")


def _finding(node: Node, field: str, zh: str, en: str) -> Finding:
    return Finding(line=max(node.line, 1), field=field, zh=zh, en=en)


def _plain(node: Node) -> Any:
    if node.kind == "mapping":
        return {name: _plain(inner) for name, inner in node.members.items()}
    if node.kind == "list":
        return [_plain(item) for item in node.items]
    return yaml.safe_load(node.text) if node.kind in ("int", "bool", "date", "null", "float") else node.text


def parent_named(document: str, findings: list[Finding]) -> tuple[str, str] | None:
    """Code and version of the rulebook that a text builds on, as written; None if it stands alone."""
    named = outline(document, findings).members.get("inherits")
    if named is None or named.kind != "mapping":
        return None
    code, version = (named.members[name].text if name in named.members else "" for name in ("code", "version"))
    return code, version


def effective_day_of(document: str) -> date | None:
    """The day from which a text means to be in force, if it says a day that there is."""
    node = outline(document, []).members.get("effective_from")
    try:
        return None if node is None else date.fromisoformat(node.text)
    except ValueError:
        return None
