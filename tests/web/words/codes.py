"""Every code that a record can end with, read off the source, with the names of the details that come along.

What cannot be read here raises `UnknownShapeError`: a new way of naming a code has to be taught, so that none goes
without words.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from lagerbro.books.totals import Comparison
from lagerbro.flows.registry import FLOWS
from lagerbro.wire.errors import RemoteError

SOURCE: Final = Path(__file__).parent.parent.parent.parent / "src" / "lagerbro"
ENDINGS: Final = {
    "Drafted": 1,
    "Ending": 1,
    "Failure": 1,
    "OutcomePending": 1,
    "PlanRefusal": 0,
    "Refusal": 0,
    "Skipped": 0,
    "Reason": 0,
    "TotalsVerdict": 1,
    "Transferred": 1,
    "_failed": 2,
    "_settle": 2,
}
"""What names a code, and at which place; whatever else has a field of that name is found by `_shaped`."""
DETAILS_AT: Final = {"Reason": 1, "Skipped": 1, "Drafted": 2, "Transferred": 2}
"""At which place their details are handed over whole."""
FOLDERS: Final = ("books", "economic", "flows", "rackbeat", "sync", "wire")
OF_A_REMOTE: Final = frozenset({"FieldError"})
"""Has a field `code` that is the remote's own."""
CODE: Final = re.compile(r"[a-z]+(?:_[a-z]+)+")
BESIDE: Final = frozenset(
    {
        "kind",
        "code",
        "is_blocking",
        "link",
        "until",
        "answered",
        "needs_person",
        "retry_after_s",
        "is_forgotten",
        "follows",
    }
)
"""Keywords that are no details."""
NEEDED_BY_NOTHING: Final = frozenset(
    {
        "customer_group",
        "payment_terms",
        "product_group",
        "stock_value",
        "stock_backfill",
        "customer_invoice",
        "supplier_invoice_document",
        "order",
        "economic_invoice",
        "invoice_shipping",
        "startup",
    }
)
"""Kinds that no other waits for."""
PASSED_ON: Final = frozenset({"code", "value"})
"""Attributes that carry a code which was named elsewhere."""


class UnknownShapeError(AssertionError):
    """A code is named in a way that this does not know."""


def codes() -> dict[str, frozenset[str] | None]:
    """Every code with the names of its details; None where they are passed on as they come."""
    found: dict[str, frozenset[str] | None] = {"outcome_unknown": frozenset()}
    for path in _files():
        for code, details in _of_file(path):
            before = found.get(code, frozenset())
            found[code] = None if details is None or before is None else before | details
    for comparison in Comparison:
        if comparison is not Comparison.EQUAL:
            found[comparison.value] = None
    return found | dict.fromkeys(error_codes())


def _files() -> list[Path]:
    return [path for folder in FOLDERS for path in sorted((SOURCE / folder).rglob("*.py"))]


@cache
def _shaped() -> dict[str, int]:
    """Every class that has a field `code`, with the place of that field."""
    found: dict[str, int] = {}
    for path in _files():
        for node in ast.walk(_parsed(path)):
            if isinstance(node, ast.ClassDef) and node.name not in OF_A_REMOTE:
                fields = [line.target.id for line in node.body if _is_field(line)]  # type: ignore[attr-defined]
                if "code" in fields:
                    found[node.name] = fields.index("code")
    return {**found, **ENDINGS}


def _is_field(line: ast.stmt) -> bool:
    return isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and "ClassVar" not in ast.unparse(line)


def error_codes() -> list[str]:
    """The codes of what can go wrong between us and a system."""
    return [error.code for error in _errors(RemoteError)]


def _errors(error: type[RemoteError]) -> Iterator[type[RemoteError]]:
    """Every error that is raised: the root never is."""
    for narrower in error.__subclasses__():
        yield narrower
        yield from _errors(narrower)


def _of_file(path: Path) -> Iterator[tuple[str, frozenset[str] | None]]:
    tree = _parsed(path)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _shaped():
            named, is_ending = _code_argument(node, _shaped()[node.func.id]), node.func.id in ENDINGS
            if named is None or not (is_ending or isinstance(named, ast.Constant)):
                continue  # of something else that has a code, as a country has, only what is written there is one
            for code in _codes(named, path):
                if code and (is_ending or CODE.fullmatch(code)):
                    yield code, _details(node) if is_ending else None


def _code_argument(call: ast.Call, place: int) -> ast.expr | None:
    by_name = next((word.value for word in call.keywords if word.arg == "code"), None)
    return by_name or (call.args[place] if len(call.args) > place else None)


def _codes(node: ast.expr, path: Path) -> Sequence[str]:
    """The codes that an expression can come to."""
    match node:
        case ast.Constant(value=str(code)):
            return [code]
        case ast.IfExp(body=one, orelse=other):
            return [*_codes(one, path), *_codes(other, path)]
        case ast.JoinedStr(values=[ast.FormattedValue(value=ast.Name(id="kind")), ast.Constant(value=str(rest))]):
            return [f"{kind}{rest}" for kind in FLOWS if kind not in NEEDED_BY_NOTHING]
        case ast.Attribute(attr=name) if name in PASSED_ON:
            return []
        case ast.Name(id=name):
            return _named(name, path)
    raise UnknownShapeError(f"{path}:{node.lineno}: {ast.unparse(node)}")


def _named(name: str, path: Path) -> Sequence[str]:
    """A constant of this file or of another, or a local name of this file."""
    for where in (path, *(sorted(SOURCE.rglob("*.py")) if name.isupper() else ())):
        values = [node.value for node in ast.walk(_parsed(where)) if _assigns(node, name)]  # type: ignore[attr-defined]
        found = [code for value in values if value is not None for code in _codes(value, where)]
        if found:
            return found
    # A parameter: the calls of its function have been read as they are.
    return []


def _assigns(node: ast.AST, name: str) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    is_assignment = isinstance(node, ast.Assign | ast.AnnAssign)
    return is_assignment and any(isinstance(target, ast.Name) and target.id == name for target in targets)


def _details(call: ast.Call) -> frozenset[str] | None:
    """The names of what comes along; None where some of it is passed on."""
    if any(word.arg is None for word in call.keywords):
        return None
    details = next((word.value for word in call.keywords if word.arg == "details"), None)
    details = details or next((given for given in call.args if isinstance(given, ast.Dict)), None)
    if (
        details is None
        and isinstance(call.func, ast.Name)
        and len(call.args) > DETAILS_AT.get(call.func.id, sys.maxsize)
    ):
        return None
    if details is None:
        return frozenset(word.arg for word in call.keywords if word.arg is not None) - BESIDE
    if isinstance(details, ast.Dict) and None not in details.keys:
        return frozenset(str(key.value) for key in details.keys if isinstance(key, ast.Constant))
    return None


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))
