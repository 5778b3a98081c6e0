"""What is told of a supplier invoice that is posted. Pure.

It is decided before the voucher is made and kept with it, so that whatever happens in between it is told again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Final

from lagerbro.agreements.directory import Directory
from lagerbro.economic.voucher_types import MadeVoucher
from lagerbro.flows.supplier_invoices.accounts import fallback_details
from lagerbro.flows.supplier_invoices.mapping import OWN_NUMBER_MAX, own_number
from lagerbro.flows.supplier_invoices.plan import Purchase
from lagerbro.rackbeat.supplier_invoice_types import SupplierInvoice
from lagerbro.sync.outcome import Drafted, LinkFacts, Outcome, Transferred
from lagerbro.sync.reasons import Reason, combined_reason

FALLBACK_USED: Final = "fallback_used"
FALLBACK_MOVED: Final = "fallback_moved"
FALLBACK_STAYS: Final = "fallback_stays"
VOUCHER_EDITED: Final = "voucher_edited"
BOOKED_OTHERWISE: Final = "booked_otherwise"
BOOKED_FOR_ANOTHER: Final = "booked_for_another_supplier"
FALLBACK_BOOKED: Final = "fallback_booked"
VOUCHER_MOVED: Final = "voucher_moved"
VOUCHER_PARTLY_BOOKED: Final = "voucher_partly_booked"
VOUCHER_SPLIT: Final = "voucher_split"
VOUCHER_UNMARKED: Final = "voucher_unmarked"
NEEDS_PERSON: Final = frozenset(
    {
        FALLBACK_USED,
        FALLBACK_STAYS,
        VOUCHER_EDITED,
        VOUCHER_PARTLY_BOOKED,
        VOUCHER_UNMARKED,
        BOOKED_OTHERWISE,
        BOOKED_FOR_ANOTHER,
    }
)
"""What somebody has to look at although the invoice is transferred (domain-rules A11, H19)."""
VOUCHER_REASONS: Final = frozenset(
    {
        FALLBACK_USED,
        FALLBACK_STAYS,
        FALLBACK_MOVED,
        "posted_on_another_day",
        "supplier_number_in_another_year",
        "supplier_number_missing",
        "supplier_number_cut",
        "due_date_left_out",
    }
)
"""What was found when the voucher was made and is true of it ever after."""


def reasons_of_posting(
    invoice: SupplierInvoice,
    purchase: Purchase,
    directory: Directory,
    day: str,
    same_number_elsewhere: dict[str, str] | None,
) -> list[Reason]:
    """What needs somebody first. `same_number_elsewhere`: the same number in another year, where there is one."""
    return [*_fallbacks(purchase, directory), *_document_reasons(invoice, day, same_number_elsewhere)]


def outcome_with(
    reasons: list[Reason], *, is_draft: bool, link: LinkFacts | None = None, follows: tuple[tuple[str, str], ...] = ()
) -> Outcome:
    """How the transfer ends: a draft that a person books, or booked; what needs somebody is told first."""
    in_order = sorted(reasons, key=lambda one: one.code not in NEEDS_PERSON)
    combined, needs_person = combined_reason(in_order), any(one.code in NEEDS_PERSON for one in reasons)
    if is_draft:
        return Drafted(link, combined.code, combined.details, needs_person=needs_person, follows=follows)
    return Transferred(link, combined.code, combined.details, needs_person=needs_person, follows=follows)


def reasons_of_numbers(year: str, numbers: Collection[int]) -> list[Reason]:
    """Several vouchers instead of one: e-conomic may split the entries, and so may a person."""
    first, *others = sorted(set(numbers)) or [0]
    named = ", ".join(f"{year}-{number}" for number in (first, *others))
    return [Reason(VOUCHER_SPLIT, {"vouchers": named})] if others else []


def reasons_of_booked(made: list[Reason], booked: MadeVoucher, supplier: int, invoiced: Decimal) -> list[Reason]:
    """Those of a voucher that a person has booked, and so has looked at: only another amount and another supplier need
    somebody still.

    `made`: those that it was made with; `supplier` and `invoiced`: whose it is and what it comes to in Rackbeat.
    """
    remaining = [one for one in made if one.code not in NEEDS_PERSON]
    number = f"{booked.year}-{booked.number}"
    if booked.supplier not in (None, supplier):
        details = {"number": number, "wanted": str(supplier), "supplier": str(booked.supplier)}
        remaining = [Reason(BOOKED_FOR_ANOTHER, details), *remaining]
    if booked.amount is not None and -booked.amount != invoiced:
        details = {"number": number, "ours": str(invoiced), "theirs": str(-booked.amount)}
        return [Reason(BOOKED_OTHERWISE, details), *remaining]
    return [*(Reason(FALLBACK_BOOKED, one.details) for one in made if one.code == FALLBACK_USED), *remaining]


def _fallbacks(purchase: Purchase, directory: Directory) -> Iterator[Reason]:
    for fallback, line_account in purchase.fallbacks:
        facts = {"group": fallback.group, "fallback": str(line_account.account), "vat": line_account.vat_code}
        yield Reason(FALLBACK_USED, {**fallback_details(fallback, directory), **facts})


def _document_reasons(
    invoice: SupplierInvoice, day: str, same_number_elsewhere: dict[str, str] | None
) -> Iterator[Reason]:
    if invoice.invoice_date != day:
        yield Reason("posted_on_another_day", {"date": invoice.invoice_date, "day": day})
    if same_number_elsewhere is not None:
        yield Reason("supplier_number_in_another_year", {"own_number": own_number(invoice), **same_number_elsewhere})
    written = " ".join((invoice.invoice_number or "").split())
    if not written:
        yield Reason("supplier_number_missing")
    elif len(written) > OWN_NUMBER_MAX:
        yield Reason("supplier_number_cut", {"own_number": own_number(invoice)})
    due = invoice.due_date or ""
    if due and due < day:
        yield Reason("due_date_left_out", {"due": due, "date": day})
