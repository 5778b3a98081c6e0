"""Money in the sandboxes is exact: whole numbers come out of JSON as int, and int / int would be a float."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SANDBOX = Path(__file__).parent.parent.parent / "src" / "lagerbro_sandbox"
ROOMS = ("economic", "kernel", "nordlys", "rackbeat")
"""`worlds` draws what it invents by chance, in floats, and rounds it before anything is told of it."""
MEASURES = {
    "economic/journals/pdf_pages.py": "millimetres on paper",
    "kernel/webhook_delivery.py": "seconds",
    "kernel/faults/dirt.py": "the doubles that other servers write",
    "kernel/faults/plan.py": "chances",
    "kernel/shell.py": "seconds",
    "rackbeat/wire/limits.py": "seconds",
}


def inexact(source: str) -> Iterator[int]:
    """Lines that divide by something that is not visibly a Decimal, or that name or write a float."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.AugAssign | ast.BinOp) and isinstance(node.op, ast.Div):
            divisor = node.value if isinstance(node, ast.AugAssign) else node.right
            named = divisor.func if isinstance(divisor, ast.Call) else divisor
            if not (isinstance(named, ast.Name) and named.id in ("Decimal", "MICRO")):
                yield node.lineno
        elif (isinstance(node, ast.Name) and node.id == "float") or (
            isinstance(node, ast.Constant) and isinstance(node.value, float)
        ):
            yield node.lineno


def test_divisions_are_by_decimals_and_nothing_is_a_float() -> None:
    found = [
        f"{path.relative_to(SANDBOX)}:{line}"
        for room in ROOMS
        for path in sorted((SANDBOX / room).rglob("*.py"))
        if path.relative_to(SANDBOX).as_posix() not in MEASURES
        for line in inexact(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("source", ["a / b", "a / 100", "a /= 2", "float(a)", "0.5 * a", "round(a / (b * c))"])
def test_what_is_inexact_is_found(source: str) -> None:
    assert list(inexact(source)) == [1]
    assert list(inexact("a / Decimal(100)\nb //= 2")) == []
