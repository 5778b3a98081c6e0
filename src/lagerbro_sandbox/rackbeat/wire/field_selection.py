"""`fields=a,b,sub(x,y)`: only these fields come out; `*` is all of them (rackbeat-api 1.5)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.wire.errors import ApiError

Tree = dict[str, "Tree | None"]
DEPTH_MAX = 8
FIELDS_LENGTH_MAX = 4000
_FIELD = re.compile(r"(?P<name>[^,()]*)(?P<end>[,()]|$)")


def pruned(record: Record, fields: str) -> Record:
    """The record with these fields only; raises 400 for a text that cannot be read."""
    if not fields:
        return record
    result = _selected(record, _tree(fields))
    assert isinstance(result, dict)
    return result


@lru_cache(maxsize=256)
def _tree(fields: str) -> Tree:
    if len(fields) > FIELDS_LENGTH_MAX:
        raise ApiError(400, "The fields are too long.")
    tree, rest = _grammar(fields.replace(" ", ""), 0)
    if rest != len(fields.replace(" ", "")):
        raise ApiError(400, "The fields could not be read.")
    return tree


def _grammar(text: str, at: int, depth: int = 0) -> tuple[Tree, int]:
    """The names from `at` to the closing parenthesis, and where it goes on."""
    tree: Tree = {}
    if depth > DEPTH_MAX:
        raise ApiError(400, "The fields are nested too deeply.")
    while (match := _FIELD.match(text, at)) is not None:
        at = match.end()
        if match["end"] == "(":
            tree[match["name"]], at = _grammar(text, at, depth + 1)
            if at == -1:
                return tree, -1
            continue
        if match["name"]:
            tree[match["name"]] = None
        if match["end"] != ",":
            closed = match["end"] == ")"
            return tree, at if closed is bool(depth) else -1
    return tree, at


def _selected(value: Any, tree: Tree | None) -> Any:  # noqa: ANN401 - JSON
    if not tree or "*" in tree:
        return value
    if isinstance(value, list):
        return [_selected(item, tree) for item in value]
    if isinstance(value, dict):
        return {name: _selected(value[name], below) for name, below in tree.items() if name in value}
    return value
