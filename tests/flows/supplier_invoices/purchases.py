"""What the tests of supplier invoices begin with: the demo company's directory, a decided grid, invoices to plan."""

from __future__ import annotations

from decimal import Decimal as D
from functools import cache
from typing import Any

from lagerbro.agreements.directory import Account, Directory, Journal, RackbeatGroup, VatCode, VatKind
from lagerbro.books.choices import NO_ITEM_GROUP, Choices
from lagerbro.flows.supplier_invoices.plan import Purchase, PurchaseContext, plan_purchase
from lagerbro.rackbeat.supplier_invoice_types import PurchasedItem, SupplierInvoice, SupplierInvoiceLine
from lagerbro.rackbeat.supplier_types import InvoicingSupplier
from lagerbro.rackbeat.types import Reference
from lagerbro_sandbox.company import Company
from tests.sandboxes import nordlys

BIKES, GEAR = "1", "5"
"""*Cykler* and *Tilbehør*."""
GRID: dict[str, Any] = {
    "1.domestic": 1310,
    "1.eu": 1320,
    "1.abroad": 1330,
    "5.domestic": 1311,
    "5.eu": 1321,
    "5.abroad": 1331,
    f"{NO_ITEM_GROUP}.domestic": 1340,
    f"{NO_ITEM_GROUP}.eu": 1320,
    f"{NO_ITEM_GROUP}.abroad": 1330,
}
JOURNAL = 4


def choices(**changes: Any) -> Choices:
    decided: dict[str, Any] = {
        "suppliers_enabled": True,
        "supplier_group_account": 6800,
        "supplier_journal": JOURNAL,
        "fallback_account": 1390,
        "purchase_accounts": dict(GRID),
    }
    return Choices(**{**decided, **changes})


@cache
def directory() -> Directory:
    """As it would be read of the demo company."""
    facts: Company = nordlys()
    return Directory(
        accounts={
            row.number: Account(row.number, row.name, row.kind, row.vat_code or "", False, row.blocked)
            for row in facts.accounts
        },
        vat_codes={
            row.code: VatCode(
                row.code, row.name, str(row.percentage), VatKind(row.kind), False, row.account, row.contra_account or 0
            )
            for row in facts.vat_codes
        },
        journals={JOURNAL: Journal(JOURNAL, "Leverandørfakturaer")},
        rackbeat_groups={1: RackbeatGroup(1, "Cykler"), 5: RackbeatGroup(5, "Tilbehør")},
    )


def line(total: object, group: str | None = BIKES, vat: object = 25, **more: Any) -> SupplierInvoiceLine:
    """A line of an item in the group; without a group one without an item."""
    item = None if group is None else PurchasedItem("X", "X", Reference(int(group)))
    rate = None if vat is None else D(str(vat))
    return SupplierInvoiceLine(line_total=D(str(total)), vat_percentage=rate, item=item, **more)


def invoice(*lines: SupplierInvoiceLine, zone: str = "domestic", **more: Any) -> SupplierInvoice:
    """An invoice whose totals are those of its lines, as the local Rackbeat computes them, unless told otherwise."""
    net = sum((row.line_total for row in lines), D("0.00"))
    rates = {row.vat_percentage or D(0) for row in lines}
    bases = {rate: sum(row.line_total for row in lines if (row.vat_percentage or D(0)) == rate) for rate in rates}
    vat = sum((round_half_up(base * rate / 100) for rate, base in bases.items()), D("0.00"))
    fields: dict[str, Any] = {
        "number": 1001,
        "invoice_date": "2026-11-24",
        "invoice_number": "F-77",
        "supplier_id": 50001,
        "supplier": InvoicingSupplier(50001, name="Dansk Cykelimport A/S", vat_zone=zone),
        "is_booked": True,
        "vat_zone": zone,
        "total_subtotal": net,
        "total_vat": vat,
        "total_total": net + vat,
        "lines": list(lines),
    }
    return SupplierInvoice(**{**fields, **more})


def round_half_up(amount: D | int) -> D:
    cents = abs(D(amount)) * 100 + D("0.5")
    return (D(int(cents)) / 100).copy_sign(amount)


def planned(document: SupplierInvoice, factor: int = 1, known: Directory | None = None, **changes: Any) -> Purchase:
    return plan_purchase(document, factor, PurchaseContext(choices(**changes), known or directory(), "DKK", {}))
