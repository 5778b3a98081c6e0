"""What must stand in the books in the end: the local e-conomic's ledger is the judge."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from lagerbro.flows.customer_invoices.mark import has_mark
from tests.crash.running import Running


def judge(running: Running, booked: Sequence[int]) -> None:
    """Every invoice once under its own number, no draft left, every voucher in balance, and nothing besides."""
    numbers = [row["bookedInvoiceNumber"] for row in running.read("/invoices/booked")]
    assert sorted(numbers) == sorted(booked)
    assert running.read("/invoices/drafts") == []
    vouchers: Counter[int] = Counter()
    for entry in running.read(f"/accounting-years/{time.localtime().tm_year}/entries"):
        vouchers[entry["voucherNumber"]] += Decimal(entry["amountInBaseCurrency"])  # type: ignore[assignment]
    assert dict(vouchers) == dict.fromkeys(booked, 0)


def judge_drafts(running: Running, booked: Sequence[int]) -> None:
    """Every invoice as one draft that carries its mark, and nothing besides."""
    references = [row.get("references", {}).get("other", "") for row in running.read("/invoices/drafts")]
    assert len(references) == len(booked)
    assert [sum(has_mark(reference, number) for reference in references) for number in booked] == [1] * len(booked)
    assert running.read("/invoices/booked") == []
