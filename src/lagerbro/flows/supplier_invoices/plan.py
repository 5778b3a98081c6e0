"""What is to be done with a supplier invoice, decided from what is known. Pure.

Refuses with a named reason before anything is written; what passes here is a voucher that comes to Rackbeat's total to
the øre and posts no VAT that the supplier has not charged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lagerbro.agreements.directory import Directory
from lagerbro.books.choices import NO_ITEM_GROUP, Choices
from lagerbro.books.totals import Amounts
from lagerbro.books.zones import UnknownZoneError, Zone, zone_named
from lagerbro.flows.document_heads import amounts_of, check_rate
from lagerbro.flows.refusals import CONFIG, REFUSED, PlanRefusal
from lagerbro.flows.supplier_invoices.accounts import Fallback, LineAccount, line_account
from lagerbro.flows.supplier_invoices.parts import CodedLine, Coding, Part, charged_vat, check_vat, parts_of
from lagerbro.money import product_of, rounded
from lagerbro.rackbeat.supplier_invoice_types import SupplierInvoice, SupplierInvoiceLine

UNKNOWN_GROUP = "?"
"""The group of an item that Rackbeat tells no group of: a row that nobody can have decided."""
FOREIGN = (Zone.EU, Zone.ABROAD)


@dataclass(frozen=True, slots=True)
class PurchaseContext:
    """What a purchase is planned against. `groups`: the product group of each item whose line does not tell it."""

    choices: Choices
    directory: Directory
    base_currency: str
    groups: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Purchase:
    """A supplier invoice as it will be posted. Amounts have the document's sign: a credit note's are negative."""

    supplier: int
    zone: Zone
    totals: Amounts
    parts: tuple[Part, ...]
    cells: Mapping[str, LineAccount]
    """Where the lines of each row of the grid go."""

    @property
    def fallbacks(self) -> list[tuple[Fallback, LineAccount]]:
        """What goes to the fallback account, each cell once."""
        return [
            (line_account.fallback, line_account)
            for line_account in self.cells.values()
            if line_account.fallback is not None
        ]


def plan_purchase(invoice: SupplierInvoice, factor: int, context: PurchaseContext) -> Purchase:
    """The invoice as it will be posted; raises `PlanRefusal`."""
    day_of(invoice)
    supplier, zone, totals = supplier_of(invoice), zone_of(invoice), amounts_of(invoice, factor)
    if not invoice.lines:
        raise PlanRefusal("supplier_invoice_without_lines", REFUSED)
    if invoice.currency != context.base_currency:
        check_rate(invoice, context.base_currency)
    rows = rows_of_lines(invoice, context.groups)
    cells = {row: line_account(row, zone, context.choices, context.directory) for row in dict.fromkeys(rows)}
    codings = [Coding(cells[row].account, cells[row].vat_code) for row in rows]
    parts = parts_of(coded_lines(invoice, factor, codings), totals)
    check_vat(parts, zone, context.directory.vat_codes)
    return Purchase(supplier, zone, totals, tuple(parts), cells)


def rows_of_lines(invoice: SupplierInvoice, groups: Mapping[str, int | None]) -> list[str]:
    """The row of the grid that each line with an amount belongs to."""
    return list(_rows_of_lines(_with_amount(invoice), groups))


def coded_lines(invoice: SupplierInvoice, factor: int, codings: Sequence[Coding]) -> list[CodedLine]:
    """The lines with an amount, each with where it goes and the VAT that is charged on it."""
    lines = _with_amount(invoice)
    nets = [product_of(line.amount, Decimal(factor)) for line in lines]
    vats = charged_vat(nets, [line.vat_percentage for line in lines], product_of(invoice.total_vat, Decimal(factor)))
    return [CodedLine(coding, net, vat) for coding, net, vat in zip(codings, nets, vats, strict=True)]


def supplier_of(invoice: SupplierInvoice) -> int:
    """The supplier's number, the same in both systems."""
    if invoice.supplier_number is None:
        raise PlanRefusal("invoice_without_supplier", REFUSED)
    return invoice.supplier_number


def day_of(invoice: SupplierInvoice) -> date:
    """The supplier's own date on the invoice (domain-rules F27)."""
    return date.fromisoformat(invoice.invoice_date)


def zone_of(invoice: SupplierInvoice) -> Zone:
    """The invoice's own zone, else its supplier's; raises `PlanRefusal` where the two are taxed in different places."""
    supplier_zone = invoice.supplier.vat_zone if invoice.supplier else None
    try:
        zone = zone_named(invoice.vat_zone or supplier_zone)
        other = zone_named(supplier_zone or invoice.vat_zone)
    except UnknownZoneError as error:
        raise PlanRefusal("zone_unknown", CONFIG, zone=str(error)) from error
    if zone != other and (zone in FOREIGN or other in FOREIGN):
        raise PlanRefusal("supplier_zone_differs", CONFIG, zone=zone.value, supplier_zone=other.value)
    return zone


def items_without_group(invoice: SupplierInvoice) -> list[str]:
    """Items that have an amount and whose product group their line does not tell."""
    items = (line.item_number for line in invoice.lines if line.item_group is None and rounded(line.amount))
    return sorted({number for number in items if number is not None})


def _with_amount(invoice: SupplierInvoice) -> list[SupplierInvoiceLine]:
    return [line for line in invoice.lines if line.amount]


def _rows_of_lines(lines: list[SupplierInvoiceLine], groups: Mapping[str, int | None]) -> Iterator[str]:
    """The row of the grid that each line belongs to."""
    for line in lines:
        if line.item_number is None:
            yield NO_ITEM_GROUP
            continue
        group = line.item_group if line.item_group is not None else groups.get(line.item_number)
        yield UNKNOWN_GROUP if group is None else str(group)
