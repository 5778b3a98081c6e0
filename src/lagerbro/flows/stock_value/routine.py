"""What asks for a transfer of the stock value when its day has come, and for those that were missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lagerbro.flows.sections import STOCK_VALUE
from lagerbro.flows.stock_value.flow import StockValueFlow
from lagerbro.flows.stock_value.schedule import days_to_make_good
from lagerbro.flows.stock_value.sides import OPENING
from lagerbro.sync.flow import record_of
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.sync.schedules.routine import RoutineContext, RoutineResult
from lagerbro.sync.schedules.timing import COPENHAGEN, Timing


@dataclass(frozen=True, slots=True)
class StockValueRoutine:
    """Looks every night at 23:59, costs no call, and remembers up to which day it has asked."""

    name: str
    flow: StockValueFlow
    timing: Timing

    def run(self, context: RoutineContext) -> RoutineResult:
        """Nothing is asked for from before the section was switched on, nor while the first difference is unsettled."""
        today, frequency = context.stands_for.astimezone(COPENHAGEN).date(), context.choices.stock_frequency
        if frequency is None or not STOCK_VALUE.is_on(context.choices):
            return RoutineResult()
        begun = STOCK_VALUE.begins_at(context.agreement).astimezone(COPENHAGEN).date()
        asked = context.remembered.get("asked")
        after = date.fromisoformat(asked) if asked else date.fromordinal(begun.toordinal() - 1)
        days = days_to_make_good(frequency, after, today)
        remembered = {"asked": str(max(after, today))}
        if not days or self._waits_for_opening():
            return RoutineResult(remembered=remembered)
        return RoutineResult(tuple(record_of(self.flow, str(day)) for day in days), remembered=remembered)

    def _waits_for_opening(self) -> bool:
        rows = Transfer.in_scope.filter(kind=self.flow.kind, code=OPENING, state=TransferState.NEEDS_YOU)
        return rows.exists()
