"""Credit notes that are transferred side by side read the invoices that they credit side by side."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import pytest

from lagerbro.flows.customer_invoices.flow import _InvoiceRun
from lagerbro.flows.supplier_invoices.invoice_run import InvoiceRun

PATIENCE_S = 20


def of_suppliers(work: Any, document: Any) -> int:
    return InvoiceRun(work, document).factor


def of_customers(work: Any, document: Any) -> int:
    return _InvoiceRun(work, document).factor


@pytest.mark.parametrize("factor", [of_suppliers, of_customers])
def test_no_read_waits_for_anothers(factor: Callable[[Any, Any], int]) -> None:
    """On Python 3.11 `functools.cached_property` holds one lock for all instances: whoever read first kept every other
    credit note of every agreement waiting for Rackbeat."""
    together = Barrier(2, timeout=PATIENCE_S)
    lines: list[Any] = []
    credited = SimpleNamespace(lines=lines, total_total=100, is_creditnote=False)
    note = SimpleNamespace(
        lines=lines, total_total=100, is_creditnote=True, credited_number=1, number=2, booked_at="2026-11-24"
    )

    def read(_number: int) -> Any:
        together.wait()
        return credited

    rackbeat = SimpleNamespace(supplier_invoice=read, customer_invoice=read)
    clock = SimpleNamespace(now=lambda: None)
    clients = SimpleNamespace(rackbeat=rackbeat, economic=None)
    works: list[Any] = [SimpleNamespace(clients=clients, runtime=SimpleNamespace(clock=clock)) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda work: factor(work, note), works)) == [-1, -1]
