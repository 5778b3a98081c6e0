"""The hourly reading of accounts, VAT codes and journals: an account whose code was changed in e-conomic must not be
posted to with the code that it had (domain-rules A12: the code follows the account)."""

from __future__ import annotations

from dataclasses import dataclass

from lagerbro.agreements import directories
from lagerbro.flows.sections import Section
from lagerbro.flows.supplier_invoices.invoice_run import PURCHASE_REGISTERS
from lagerbro.sync.schedules.routine import RoutineContext, RoutineResult
from lagerbro.sync.schedules.timing import Timing


@dataclass(frozen=True, slots=True)
class AccountsReading:
    """Three calls an hour, while its section is switched on. Asks for nothing."""

    name: str
    section: Section
    timing: Timing

    def run(self, context: RoutineContext) -> RoutineResult:
        """Read what purchases are coded by, and keep it beside the rest of the directory."""
        if self.section.is_on(context.choices):
            clients = context.clients
            directories.read_and_store_registers(
                context.agreement, clients.rackbeat, clients.economic, context.now, PURCHASE_REGISTERS
            )
        return RoutineResult(remembered=context.remembered)
