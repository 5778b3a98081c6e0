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
PER_LINE: Final = Decimal("0.005")
"""What rounding one line to øre can add or take."""
VAT_PER_LINE: Final = Decimal("0.01")
HEAD: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class CodedLine:
    """A line with where it goes: its amount without VAT and the VAT that is charged on it, both unrounded and with the
    document's sign."""

    account: int
    vat_code: str
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


def charged_vat(nets: Sequence[Decimal], percentages: Sequence[Decimal | None], total_vat: Decimal) -> list[Decimal]:
    """The VAT on each line. Lines that name no rate share what the others leave of the document's VAT."""
    known = [None if rate is None else percentage_of(net, rate) for net, rate in zip(nets, percentages, strict=True)]
    silent = total_of(net for net, vat in zip(nets, known, strict=True) if vat is None)
    left = total_of((total_vat, *(-vat for vat in known if vat is not None)))
    rate = quotient_of(left, silent) if silent else Decimal(0)
    return [rounded(product_of(net, rate), 10) if vat is None else vat for net, vat in zip(nets, known, strict=True)]


def parts_of(lines: Sequence[CodedLine], totals: Amounts) -> list[Part]:
    """The parts, in the order in which their accounts are met; raises `PlanRefusal` where the lines are not the total.

    A part of 0.00 is none (H42).
    """
    _check_sums(lines, totals)
    found: dict[tuple[int, str], list[CodedLine]] = {}
    for line in lines:
        found.setdefault((line.account, line.vat_code), []).append(line)
    sums = [total_of(amount for line in same for amount in (line.net, line.vat)) for same in found.values()]
    amounts = _equal_to(totals.gross, sums)
    return [
        Part(account, code, amount, total_of(line.vat for line in same), len(same))
        for ((account, code), same), amount in zip(found.items(), amounts, strict=True)
        if amount
    ]


def check_vat(parts: Iterable[Part], zone: Zone, codes: Mapping[str, VatCode]) -> None:
    """Raise `PlanRefusal` where VAT would be deducted that nobody has charged, or was charged and is not deductible.

    Less than what is charged, by a code of partial deduction or by none, is the account's decision.
    """
    for part in parts:
        code = codes.get(part.vat_code)
        facts = {"account": str(part.account), "vat": part.vat_code, "charged": str(rounded(part.vat))}
        tolerance = product_of(VAT_PER_LINE, Decimal(part.lines))
        if zone in (Zone.EU, Zone.ABROAD) and abs(part.vat) > tolerance:
            raise PlanRefusal("foreign_vat_charged", CONFIG, **facts, zone=zone.value)
        if code is None:
            continue
        if code.kind is VatKind.REVERSE_CHARGE and abs(part.vat) > tolerance:
            raise PlanRefusal("reverse_charge_and_vat", CONFIG, **facts)
        deducted = vat_within(part.amount, code)
        more = total_of((deducted, -part.vat))
        if (more if part.amount > 0 else -more) > tolerance:
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
    slack = total_of((product_of(PER_LINE, count), HEAD)) if lines else Decimal(0)
    for ours, theirs in ((net, totals.net), (total_of((net, vat)), totals.gross)):
        if abs(total_of((ours, -theirs))) > slack:
            raise PlanRefusal("lines_differ_from_total", REFUSED, ours=plain(rounded(ours)), theirs=str(theirs))


def _equal_to(total: Decimal, sums: Sequence[Decimal]) -> list[Decimal]:
    """Each sum in øre, and what is left over on the largest; never so that it turns the largest round."""
    amounts = [rounded(one) for one in sums]
    if not amounts:
        return amounts
    largest = max(range(len(sums)), key=lambda index: abs(sums[index]))
    amounts[largest] = total_of((amounts[largest], total, -total_of(amounts)))
    if product_of(amounts[largest], sums[largest]) < 0 and total_of(sums):
        return spread(total, [rounded(one, 10) for one in sums])
    return amounts
