"""What e-conomic will book of a voucher of supplier invoices: debit and credit, VAT, reverse charge (C8). Pure.

economic-api 8.2, 9.5: an amount contains its VAT, which is taken out of it; a reverse charge comes on top, on both of
the code's accounts. Base amounts are rounded posting by posting, and the account carries what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lagerbro.agreements.directory import VatCode, VatKind
from lagerbro.flows.supplier_invoices.parts import Coding, Part, vat_within
from lagerbro.money import percentage_of, product_of, rounded, total_of


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount on an account, debit positive: in the invoice's currency and in the base currency."""

    account: int
    amount: Decimal
    base: Decimal
    vat_code: str = ""


def postings(parts: Iterable[Part], control_account: int, codes: Mapping[str, VatCode], rate: Decimal) -> list[Posting]:
    """Every posting, in the order in which e-conomic makes them. `control_account`: the
    supplier's; `rate`: what one unit of the currency is worth in the base currency."""
    return [
        posting
        for part in parts
        for posting in _postings_of_part(part, control_account, codes.get(part.vat_code), rate)
    ]


def by_account(all_postings: Iterable[Posting]) -> list[Posting]:
    """One row for each account and code, noughts left out: the voucher as an accountant reads it."""
    sums: dict[Coding, list[Posting]] = {}
    for posting in all_postings:
        sums.setdefault(Coding(posting.account, posting.vat_code), []).append(posting)
    rows = [
        Posting(
            coding.account, total_of(one.amount for one in same), total_of(one.base for one in same), coding.vat_code
        )
        for coding, same in sums.items()
    ]
    return [row for row in rows if row.amount or row.base]


def _postings_of_part(part: Part, control_account: int, code: VatCode | None, rate: Decimal) -> Iterator[Posting]:
    base = _base(part.amount, rate)
    yield Posting(control_account, -part.amount, -base)
    if code is None:
        yield Posting(part.account, part.amount, base, part.vat_code)
        return
    if code.kind is VatKind.REVERSE_CHARGE and code.contra_account:
        vat = rounded(percentage_of(part.amount, Decimal(code.rate)))
        yield Posting(part.account, part.amount, base, code.code)
        yield from _unless_nought(Posting(code.contra_account, -vat, -_base(vat, rate)))
    else:
        vat = vat_within(part.amount, code)
        left = total_of((base, -_base(vat, rate)))
        yield Posting(part.account, total_of((part.amount, -vat)), left, code.code)
    yield from _unless_nought(Posting(code.account, vat, _base(vat, rate)))


def _unless_nought(posting: Posting) -> Iterator[Posting]:
    if posting.amount:
        yield posting


def _base(amount: Decimal, rate: Decimal) -> Decimal:
    return rounded(product_of(amount, rate))
