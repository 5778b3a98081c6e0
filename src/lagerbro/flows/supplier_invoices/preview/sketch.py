"""A supplier invoice as it would be posted, accounts that cannot be used included and marked: what its page shows while
the invoice is held. Pure.

Where the plan goes through, its parts are the plan's; where an account or a VAT code is in the way, the line stays on
the account that was decided for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lagerbro.agreements.directory import Directory
from lagerbro.books.choices import Choices
from lagerbro.books.zones import Zone
from lagerbro.flows.document_heads import amounts_of, base_rate, check_rate
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.flows.supplier_invoices.accounts import line_account, usual_vat_code
from lagerbro.flows.supplier_invoices.parts import Coding, Part, check_vat, parts_of
from lagerbro.flows.supplier_invoices.plan import PurchaseContext, coded_lines, rows_of_lines, zone_of
from lagerbro.flows.supplier_invoices.preview.planned_posting import NO_ACCOUNT, Mark, PlannedPart, PlannedPosting
from lagerbro.rackbeat.supplier_invoice_types import SupplierInvoice


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where the lines of a row would go, and what is to be said of it."""

    coding: Coding
    mark: Mark | None = None


def sketch_of(
    invoice: SupplierInvoice, factor: int, context: PurchaseContext, control_account: int
) -> PlannedPosting | None:
    """The posting with its marks; None where the invoice itself does not tell what it would be."""
    base_currency, directory = context.base_currency, context.directory
    try:
        zone = zone_of(invoice)
        if invoice.currency != base_currency:
            check_rate(invoice, base_currency)
        rows = rows_of_lines(invoice, context.groups)
        cells = {row: _cell(row, zone, context.choices, directory) for row in dict.fromkeys(rows)}
        lines = coded_lines(invoice, factor, [cells[row].coding for row in rows])
        parts = parts_of(lines, amounts_of(invoice, factor))
    except PlanRefusal:
        return None
    marks = [*(cell.mark for cell in cells.values() if cell.mark is not None), *_vat_marks(parts, zone, directory)]
    return PlannedPosting(
        currency=invoice.currency,
        rate=base_rate(invoice, base_currency),
        control_account=control_account,
        parts=[PlannedPart(part.account, part.vat_code, part.amount) for part in parts],
        marks=_each_once(marks),
    )


def _cell(row: str, zone: Zone, choices: Choices, directory: Directory) -> _Cell:
    try:
        found = line_account(row, zone, choices, directory)
    except PlanRefusal as refusal:
        return _unusable_cell(row, zone, choices, directory, refusal)
    coding = Coding(found.account, found.vat_code)
    if found.fallback is None:
        return _Cell(coding)
    instead_of = found.fallback.account or NO_ACCOUNT
    return _Cell(coding, Mark(coding.account, coding.vat_code, found.fallback.reason, instead_of))


def _unusable_cell(row: str, zone: Zone, choices: Choices, directory: Directory, refusal: PlanRefusal) -> _Cell:
    """The account that was decided, with its code; where it is not known, with the code that its column usually has."""
    decided = choices.purchase_account(row, zone)
    number = decided if isinstance(decided, int) else NO_ACCOUNT
    account = directory.accounts.get(number)
    code = account.vat_code if account is not None else usual_vat_code(zone, choices, directory) or ""
    return _Cell(Coding(number, code), Mark(number, code, refusal.details.get("because", refusal.code)))


def _vat_marks(parts: Iterable[Part], zone: Zone, directory: Directory) -> Iterator[Mark]:
    """Parts whose VAT is not what the invoice charges."""
    for part in parts:
        try:
            check_vat((part,), zone, directory.vat_codes)
        except PlanRefusal as refusal:
            yield Mark(part.account, part.vat_code, refusal.code)


def _each_once(marks: Iterable[Mark]) -> list[Mark]:
    found: list[Mark] = []
    for mark in marks:
        if mark not in found:
            found.append(mark)
    return found
