"""A supplier invoice cut into what goes on each account with each VAT code, equal to its total to the øre. Pure.

domain-rules C8, H42: the announced line totals are the truth, with the VAT that Rackbeat charges on them; one part for
each account and code, its side by its sum; what rounding leaves over goes on the largest (C8e).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lagerbro.agreements.directory import VatCode, VatKind
from lagerbro.books.totals import Amounts
from lagerbro.books.zones import Zone
from lagerbro.flows.document_heads import plain
from lagerbro.flows.refusals import CONFIG, REFUSED, PlanRefusal
from lagerbro.money import percentage_of, product_of, quotient_of, rounded, spread, total_of

_ALL: Final = Decimal(100)
LINE_TOLERANCE: Final = Decimal("0.005")
"""What rounding one line to øre can add or take."""
LINE_VAT_TOLERANCE: Final = Decimal("0.01")
HEAD_TOLERANCE: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True, order=True)
class Coding:
    """Where an amount is posted: an account and a VAT code, empty where there is none."""

    account: int
    vat_code: str


@dataclass(frozen=True, slots=True)
class CodedLine:
    """A line with where it goes: its amount without VAT and the VAT that is charged on it, both unrounded and with the
    document's sign."""

    coding: Coding
    net: Decimal
    vat: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """What goes on an account with a VAT code: `amount` with VAT, debit positive, in the invoice's currency.

    `vat` is what the invoice charges on its lines, unrounded; `lines` says how many they are.
    """

    account: int
    vat_code: str
    amount: Decimal
    vat: Decimal
    lines: int

    @property
    def coding(self) -> Coding:
        return Coding(self.account, self.vat_code)


def charged_vat(nets: Sequence[Decimal], percentages: Sequence[Decimal | None], total_vat: Decimal) -> list[Decimal]:
    """The VAT on each line. Lines that name no rate share what the others leave of the document's VAT."""
    vats = [None if rate is None else percentage_of(net, rate) for net, rate in zip(nets, percentages, strict=True)]
    net_without_rate = total_of(net for net, vat in zip(nets, vats, strict=True) if vat is None)
    vat_left = total_of((total_vat, *(-vat for vat in vats if vat is not None)))
    rate = quotient_of(vat_left, net_without_rate) if net_without_rate else Decimal(0)
    return [rounded(product_of(net, rate), 10) if vat is None else vat for net, vat in zip(nets, vats, strict=True)]


def parts_of(lines: Sequence[CodedLine], totals: Amounts) -> list[Part]:
    """The parts, in the order in which their accounts are met; raises `PlanRefusal` where the lines are not the total.

    A part of 0.00 is none (H42).
    """
    _check_sums(lines, totals)
    lines_by_coding: dict[Coding, list[CodedLine]] = {}
    for line in lines:
        lines_by_coding.setdefault(line.coding, []).append(line)
    sums = [total_of(amount for line in coded for amount in (line.net, line.vat)) for coded in lines_by_coding.values()]
    amounts = _rounded_to_total(totals.gross, sums)
    return [
        Part(coding.account, coding.vat_code, amount, total_of(line.vat for line in coded), len(coded))
        for (coding, coded), amount in zip(lines_by_coding.items(), amounts, strict=True)
        if amount
    ]


def check_vat(parts: Iterable[Part], zone: Zone, codes: Mapping[str, VatCode]) -> None:
    """Raise `PlanRefusal` where VAT would be deducted that nobody has charged, or was charged and is not deductible.

    Less than what is charged, by a code of partial deduction or by none, is the account's decision.
    """
    for part in parts:
        code = codes.get(part.vat_code)
        facts = {"account": str(part.account), "vat": part.vat_code, "charged": str(rounded(part.vat))}
        tolerance = product_of(LINE_VAT_TOLERANCE, Decimal(part.lines))
        if zone in (Zone.EU, Zone.ABROAD) and abs(part.vat) > tolerance:
            raise PlanRefusal("foreign_vat_charged", CONFIG, **facts, zone=zone.value)
        if code is None:
            continue
        if code.kind is VatKind.REVERSE_CHARGE and abs(part.vat) > tolerance:
            raise PlanRefusal("reverse_charge_and_vat", CONFIG, **facts)
        deducted = vat_within(part.amount, code)
        excess = total_of((deducted, -part.vat))
        if (excess if part.amount > 0 else -excess) > tolerance:
            raise PlanRefusal("vat_not_charged", CONFIG, **facts, deducted=str(deducted))


def vat_within(amount: Decimal, code: VatCode) -> Decimal:
    """The VAT that e-conomic takes out of an amount; none for reverse charge, which comes on top (economic-api 9.5)."""
    rate = Decimal(code.rate)
    if code.kind is VatKind.REVERSE_CHARGE or not rate:
        return Decimal("0.00")
    return rounded(quotient_of(product_of(amount, rate), total_of((_ALL, rate))))


def _check_sums(lines: Sequence[CodedLine], totals: Amounts) -> None:
    count = Decimal(len(lines))
    net, vat = total_of(line.net for line in lines), total_of(line.vat for line in lines)
    slack = total_of((product_of(LINE_TOLERANCE, count), HEAD_TOLERANCE)) if lines else Decimal(0)
    for computed, announced in ((net, totals.net), (total_of((net, vat)), totals.gross)):
        if abs(total_of((computed, -announced))) > slack:
            raise PlanRefusal("lines_differ_from_total", REFUSED, ours=plain(rounded(computed)), theirs=str(announced))


def _rounded_to_total(total: Decimal, sums: Sequence[Decimal]) -> list[Decimal]:
    """Each sum in øre, and what is left over on the largest; never so that it turns the largest round."""
    amounts = [rounded(one) for one in sums]
    if not amounts:
        return amounts
    largest = max(range(len(sums)), key=lambda index: abs(sums[index]))
    amounts[largest] = total_of((amounts[largest], total, -total_of(amounts)))
    if product_of(amounts[largest], sums[largest]) < 0 and total_of(sums):
        return spread(total, [rounded(one, 10) for one in sums])
    return amounts
