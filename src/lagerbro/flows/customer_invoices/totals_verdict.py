"""What the amounts on both sides mean for an invoice: whether it may be booked, and what is to be told. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from lagerbro.books.totals import Amounts, Comparison, compare_totals
from lagerbro.economic.invoice_types import Invoice
from lagerbro.flows.refusals import CONFIG, PlanRefusal
from lagerbro.money import ONE, ZERO, product_of, rounded
from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.rackbeat.signs import points_alike

DIRECTION_WRONG: Final = "credit_direction_wrong"
INFORMATIVE_CODES: Final = frozenset(
    {"number_differs", "booked_by_hand", "due_date_differs", "oss_rate_unlikely"}
    | {"zone_domestic_buyer_outside", "zone_eu_number_unlikely"}
)
"""What is told of a document when it is made and needs nobody."""


@dataclass(frozen=True, slots=True)
class TotalsVerdict:
    """`is_blocking`: the invoice stays a draft until a person has looked at it. `code` empty: nothing is to be told."""

    is_blocking: bool = False
    code: str = ""
    details: dict[str, str] = field(default_factory=dict)


def refuse_if_blocking(verdicts: Iterable[TotalsVerdict]) -> None:
    """Raise the `PlanRefusal` of the first that blocks."""
    for verdict in verdicts:
        if verdict.is_blocking:
            raise PlanRefusal(verdict.code, CONFIG, **verdict.details)


def judge_totals(
    rackbeat: Amounts, economic: Amounts, *, taxed_lines: int, limit: Decimal, rate: Decimal = ONE
) -> TotalsVerdict:
    """domain-rules H10, H33: net to the øre; a small difference in VAT is booked and told, a larger one is held."""
    comparison = compare_totals(rackbeat, economic, taxed_lines=taxed_lines, limit=limit, rate=rate)
    match comparison:
        case Comparison.EQUAL:
            return TotalsVerdict()
        case Comparison.VAT_ROUNDING:
            difference = economic.vat - rackbeat.vat or economic.gross - rackbeat.gross
            return TotalsVerdict(code=comparison.value, details={"difference": str(difference)})
        case Comparison.VAT_ROUNDING_TOO_LARGE:
            difference = rounded(product_of(abs(economic.vat - rackbeat.vat), rate))
            return _held(comparison, rackbeat.vat, economic.vat, difference=str(difference), limit=str(limit))
        case Comparison.VAT_DIFFERS:
            return _held(comparison, rackbeat.vat, economic.vat, lines=str(taxed_lines))
        case Comparison.NET_DIFFERS:
            return _held(comparison, rackbeat.net, economic.net)


def judge_due_date(invoice: CustomerInvoice, answer: Invoice) -> TotalsVerdict:
    """What Rackbeat says it is due on is lost where e-conomic's terms compute another day (economic-api 7.1, 16.6)."""
    rackbeat, economic = invoice.due_date or "", answer.dueDate
    if not (rackbeat and economic) or rackbeat == economic:
        return TotalsVerdict()
    return TotalsVerdict(code="due_date_differs", details={"due": rackbeat, "computed": economic})


def judge_direction(
    verdict: TotalsVerdict, note: CustomerInvoice, credited: CustomerInvoice, answer: Invoice
) -> TotalsVerdict:
    """domain-rules H32: a credit note that moves the accounts as the credited invoice did is held, whatever else."""
    amounts = [line.totalNetAmount or ZERO for line in answer.lines]
    if not points_alike(amounts, answer.grossAmount, note, credited):
        return verdict
    details = {"credited": str(credited.number), "amount": str(answer.grossAmount)}
    return TotalsVerdict(is_blocking=True, code=DIRECTION_WRONG, details=details)


def _held(comparison: Comparison, rackbeat: Decimal, economic: Decimal, **more: str) -> TotalsVerdict:
    details = {"ours": str(rackbeat), "theirs": str(economic), **more}
    return TotalsVerdict(is_blocking=True, code=comparison.value, details=details)
