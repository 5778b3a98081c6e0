"""What is told of an invoice that is booked, and not as Rackbeat has it. Pure.

There is no way back, so a person has to see to it and to say when it is settled.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lagerbro.books.totals import Amounts
from lagerbro.economic.invoice_types import Invoice
from lagerbro.flows.customer_invoices.plan import customer_of
from lagerbro.flows.customer_invoices.totals_verdict import TotalsVerdict
from lagerbro.flows.field_changes import FieldChange, listed_changes
from lagerbro.rackbeat.invoice_types import CustomerInvoice

FOR_ANOTHER: Final = "booked_for_another"
TURNED: Final = "credit_booked_turned"
EDITED: Final = "booked_edited"
KNOWN_ONLY_AT_BOOKING: Final = frozenset({FOR_ANOTHER, TURNED, EDITED})
"""What is found out when it is booked and never again: amounts alone do not tell it."""


def booked_otherwise(number: str, rackbeat: Amounts, economic: Amounts) -> TotalsVerdict:
    """It comes to something else."""
    details = {"number": number, "ours": str(rackbeat.gross), "theirs": str(economic.gross)}
    return TotalsVerdict(is_blocking=True, code="booked_otherwise", details=details)


def booked_for_another(number: str, invoice: CustomerInvoice, answer: Invoice) -> TotalsVerdict:
    """Somebody gave our draft another customer before it was booked."""
    details = {"number": number, "wanted": str(customer_of(invoice)), "customer": str(answer.customer.customerNumber)}
    return TotalsVerdict(is_blocking=True, code=FOR_ANOTHER, details=details)


def booked_turned(number: str, direction: TotalsVerdict) -> TotalsVerdict:
    """A credit note that moves the accounts as the credited invoice did; `direction` says which that is."""
    credited, amount = direction.details["credited"], direction.details["amount"]
    return TotalsVerdict(
        is_blocking=True, code=TURNED, details={"number": number, "credited": credited, "amount": amount}
    )


def booked_edited(number: str, field_changes: Sequence[FieldChange], seen: str) -> TotalsVerdict:
    """Somebody changed our draft so that it comes to the same, and booked it. `seen`: the changes that a person has
    called right while it was a draft; nothing is told of those."""
    changes = listed_changes(field_changes)
    if not field_changes or set(changes.split("\n")) <= set(seen.split("\n")):
        return TotalsVerdict()
    return TotalsVerdict(is_blocking=True, code=EDITED, details={"number": number, "changes": changes})
