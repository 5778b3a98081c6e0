"""The posting as the transfer's page shows it: of a voucher that was made, or of one that is held and was planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

import msgspec

from lagerbro.flows.supplier_invoices.parts import Part
from lagerbro.flows.supplier_invoices.reasons import FALLBACK_USED
from lagerbro.flows.supplier_invoices.steps import SentVoucher
from lagerbro.money import ONE, quotient_of
from lagerbro.sync.reasons import Reason
from lagerbro.wire.numbers import decode, encode

PLANNED: Final = "planned"
"""The detail of a held transfer that has what was planned."""
NO_ACCOUNT: Final = -1
"""Stands for the account where none is decided."""
_HUNDRED: Final = Decimal(100)


class PlannedPart(msgspec.Struct):
    """An amount with VAT, debit positive, in the invoice's currency."""

    account: int
    vat_code: str
    amount: Decimal


class Mark(msgspec.Struct, frozen=True):
    """What is to be said of an account with a VAT code: it cannot be used, or it is the default account and stands
    `instead_of` another. `because`: why, one of `accounts`' reasons or the code of a refusal."""

    account: int
    vat_code: str
    because: str
    instead_of: int | None = None


class PlannedPosting(msgspec.Struct):
    """`rate`: what one unit of the currency is worth in the base currency. `control_account`: the supplier's,
    0 where it is not known."""

    currency: str
    rate: Decimal
    control_account: int = msgspec.field(name="creditor")
    parts: list[PlannedPart]
    marks: list[Mark] = []

    def as_parts(self) -> list[Part]:
        return [Part(one.account, one.vat_code, one.amount, Decimal(0), 0) for one in self.parts]


def sent_posting(sent: SentVoucher) -> PlannedPosting | None:
    """What was posted; None for a voucher without entries."""
    entries = sent.voucher.entries.supplierInvoices
    if not entries:
        return None
    first = entries[0]
    parts = [
        PlannedPart(
            entry.contraAccount.accountNumber if entry.contraAccount else 0,
            entry.contraVatAccount.vatCode if entry.contraVatAccount else "",
            -entry.amount,
        )
        for entry in entries
    ]
    rate = ONE if first.exchangeRate is None else quotient_of(first.exchangeRate, _HUNDRED)
    currency = first.currency.code if first.currency else ""
    return PlannedPosting(currency, rate, sent.control_account, parts, list(_fallback_marks(sent.reasons())))


def posting_text(posting: PlannedPosting) -> str:
    return encode(posting).decode()


def posting_of_text(text: str) -> PlannedPosting:
    return decode(text.encode(), PlannedPosting)


def _fallback_marks(reasons: Iterable[Reason]) -> Iterator[Mark]:
    for one in reasons:
        if one.code == FALLBACK_USED:
            decided, details = one.details["account"], one.details
            instead_of = int(decided) if decided else NO_ACCOUNT
            yield Mark(int(details["fallback"]), details["vat"], details["because"], instead_of)
