"""How a supplier invoice is to be paid: two fields by payment type (economic-api 8.2, 8.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.kernel.records import Record

NONE: Final = -1


@dataclass(frozen=True, slots=True)
class PaymentType:
    """`creditor` is what the first field looks like; the second has so many characters, digits where it is numeric."""

    creditor: str
    shortest: int
    longest: int
    numeric: bool = False


TYPES: Final = {
    1: PaymentType(r"\d{8}", 15, 15, numeric=True),
    2: PaymentType(r"\d{8}", 5, 100),
    5: PaymentType(r"\d{7,8}", 16, 16, numeric=True),
    7: PaymentType(r"[\d ]{5,20}", 5, 100),
    10: PaymentType(r"[A-Z0-9 ]{8,50}", 5, 100),
    17: PaymentType(r"\d{8}", 16, 157),
}
"""+71, +73, +04, bank transfer, IBAN and +75; 14 is not accepted any more."""


def payment_complaints(row: Record) -> Iterator[Complaint]:
    """Only a supplier invoice is paid so; on other entries the fields are passed over."""
    number = row.get("supplierPaymentType")
    if row["entryType"] != "supplierInvoice" or number in (None, NONE):
        return
    bank, message = row.get("supplierPaymentBank") or "", row.get("supplierPaymentMessage") or ""
    kind = TYPES.get(number)
    code = "JournalEntryPaymentDetails"
    if kind is None or not bank or not message:
        yield Complaint(
            f"{code}RequiredFieldsWrong", "The payment type or its fields are wrong.", "supplierPaymentType"
        )
        return
    if re.fullmatch(kind.creditor, bank) is None:
        text = "The creditor does not look as the payment type asks."
        yield Complaint(f"{code}CreditorIdDoesNotMatchStringPattern", text, "supplierPaymentBank")
    if kind.numeric and not (message.isascii() and message.isdigit()):
        yield Complaint(f"{code}PaymentIdMustBeNumeric", "The payment id has digits only.", "supplierPaymentMessage")
    if not kind.shortest <= len(message) <= kind.longest:
        wrong = "WrongLength" if kind.shortest == kind.longest else "TooShort"
        wrong = "TooLong" if wrong == "TooShort" and len(message) > kind.longest else wrong
        text = f"The payment id has {kind.shortest} to {kind.longest} characters."
        yield Complaint(f"{code}PaymentId{wrong}", text, "supplierPaymentMessage")
