"""What is told of a supplier invoice that is posted. Pure.

It is decided before the voucher is made and kept with it, so that whatever happens in between it is told again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lagerbro.agreements.directory import Directory
from lagerbro.flows.supplier_invoices.accounts import facts_of
from lagerbro.flows.supplier_invoices.mapping import OWN_NUMBER_MAX, own_number
from lagerbro.flows.supplier_invoices.plan import Purchase
from lagerbro.rackbeat.supplier_invoice_types import SupplierInvoice
from lagerbro.sync.outcome import Drafted, LinkFacts, Outcome, Transferred
from lagerbro.sync.reasons import Reason, combined_reason

FALLBACK_USED: Final = "fallback_used"
FALLBACK_MOVED: Final = "fallback_moved"
FALLBACK_STAYS: Final = "fallback_stays"
VOUCHER_EDITED: Final = "voucher_edited"
NEEDS_PERSON: Final = frozenset({FALLBACK_USED, FALLBACK_STAYS, VOUCHER_EDITED, "booked_otherwise"})
"""What somebody has to look at although the invoice is transferred (domain-rules A11, H19)."""
ABOUT_THE_VOUCHER: Final = frozenset(
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


def told_of(
    invoice: SupplierInvoice, purchase: Purchase, known: Directory, day: str, elsewhere: dict[str, str] | None
) -> list[Reason]:
    """What needs somebody first. `elsewhere`: the same number in another year, where there is one."""
    return [*_fallbacks(purchase, known), *_others(invoice, day, elsewhere)]


def ending_of(
    told: list[Reason], *, is_draft: bool, link: LinkFacts | None = None, follows: tuple[tuple[str, str], ...] = ()
) -> Outcome:
    """How the transfer ends: a draft that a person books, or booked; what needs somebody is told first."""
    in_order = sorted(told, key=lambda one: one.code not in NEEDS_PERSON)
    first, holds = combined_reason(in_order), any(one.code in NEEDS_PERSON for one in told)
    if is_draft:
        return Drafted(link, first.code, first.details, needs_person=holds, follows=follows)
    return Transferred(link, first.code, first.details, needs_person=holds, follows=follows)


def _fallbacks(purchase: Purchase, known: Directory) -> Iterator[Reason]:
    for fallback, chosen in purchase.fallbacks:
        facts = {"group": fallback.group, "fallback": str(chosen.account), "vat": chosen.vat_code}
        yield Reason(FALLBACK_USED, {**facts_of(fallback, known), **facts})


def _others(invoice: SupplierInvoice, day: str, elsewhere: dict[str, str] | None) -> Iterator[Reason]:
    if invoice.invoice_date != day:
        yield Reason("posted_on_another_day", {"date": invoice.invoice_date, "day": day})
    if elsewhere is not None:
        yield Reason("supplier_number_in_another_year", {"own_number": own_number(invoice), **elsewhere})
    written = " ".join((invoice.invoice_number or "").split())
    if not written:
        yield Reason("supplier_number_missing")
    elif len(written) > OWN_NUMBER_MAX:
        yield Reason("supplier_number_cut", {"own_number": own_number(invoice)})
    due = invoice.due_date or ""
    if due and due < day:
        yield Reason("due_date_left_out", {"due": due, "date": day})
