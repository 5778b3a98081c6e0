"""Which accounting periods are no calendar months, as the nightly routine last read it (domain-rules H25)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from lagerbro.agreements.models import Agreement
from lagerbro.economic.client import Economic
from lagerbro.flows.stock_value.known import KIND
from lagerbro.flows.stock_value.periods import MONTHS, Periods, uneven_among
from lagerbro.sync.models import Schedule

UNEVEN: Final = "uneven_periods"


def read_uneven(economic: Economic) -> list[list[str]]:
    """Those of all accounting years, as they are remembered: first and last day. Costs a call."""
    periods = ((_day(row.dateFrom), _day(row.dateTo)) for row in economic.services.periods())
    return [[str(first), str(last)] for first, last in uneven_among(periods).uneven]


def periods_known(agreement: Agreement) -> Periods:
    """Inside the agreement's scope; costs no call."""
    mark = Schedule.in_scope.filter(agreement=agreement, routine=KIND).values_list("mark", flat=True).first()
    return periods_in(mark or {})


def periods_in(mark: Mapping[str, Any]) -> Periods:
    """What the routine remembers of them."""
    uneven = mark.get(UNEVEN) or ()
    return Periods(tuple((_day(first), _day(last)) for first, last in uneven)) if uneven else MONTHS


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])
