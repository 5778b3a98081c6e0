"""Booked invoices: which are paid (economic-api 7.3)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.storage import marks
from lagerbro_sandbox.economic.wire.filtering import Clause

KIND: Final = "booked"
KEY: Final = "bookedInvoiceNumber"
VIEWS: Final = ("paid", "unpaid", "overdue", "not-due")


def keys_in(session: Session, view: str) -> list[str]:
    """The keys of the invoices in a view. Unpaid: something remains, also of a credit note."""
    connection, agreement = session.store.connection, session.agreement
    unpaid = marks.all_keys(connection, agreement, KIND, "unpaidBy")
    if view == "unpaid":
        return unpaid
    if view == "paid":
        left_out = set(unpaid)
        return [key for key in marks.all_keys(connection, agreement, KIND, KEY) if key not in left_out]
    operator = "lt" if view == "overdue" else "gte"
    wide = marks.narrowed(connection, agreement, KIND, [Clause("dueDate", operator, (str(session.today()),))])
    rows = session.store.several(agreement, KIND, [key for key in unpaid if wide is None or key in wide])
    today = str(session.today())
    return [str(row[KEY]) for row in rows if (row["dueDate"] < today) is (view == "overdue")]
