"""docs/logs.md lists every event that the program logs, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import lagerbro
from lagerbro.connections.economic_webhooks import NOT_SUBSCRIBED
from lagerbro.web.sign_in.logged import _DONE

SOURCE = Path(lagerbro.__file__).parent
TABLE = (Path(__file__).parents[2] / "docs" / "logs.md").read_text("utf-8")
METHODS = {"debug", "info", "warning", "error", "exception", "critical"}


def logged() -> Iterator[str]:
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS):
                continue
            if isinstance(node.func.value, ast.Name) and node.func.value.id in ("log", "logger"):
                (event, *_) = node.args
                if isinstance(event, ast.Constant):
                    yield str(event.value)
                else:
                    assert ast.unparse(event) in ("event", "NOT_SUBSCRIBED"), f"{path}: an event without a name"


def test_every_event_is_in_the_list() -> None:
    listed = {name for row in re.findall(r"^\| (`.*?) \|", TABLE, re.M) for name in re.findall(r"`(\w+)`", row)}
    assert listed == {*logged(), *_DONE, NOT_SUBSCRIBED}
