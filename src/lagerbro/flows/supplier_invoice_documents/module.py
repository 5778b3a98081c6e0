"""An agreement that may attach no documents, because it lacks e-conomic's module *Indscanning* (domain-rules D15).

It is told once for the agreement, by the first document that was refused: while that one stands, no other is tried, and
when it comes through, every document that was left out meanwhile is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from lagerbro.agreements.models import Agreement
from lagerbro.sync.models import Link, Transfer, TransferState
from lagerbro.sync.outcome import Refusal, Skipped
from lagerbro.sync.schedules.routine import RoutineContext, RoutineResult
from lagerbro.sync.schedules.timing import Timing
from lagerbro.sync.storage.enqueueing import RankedRecord
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind

CODE: Final = "attachments_module_missing"
SCANNING: Final = 3
"""Indscanning (economic-api 1.6)."""
_NAME: Final = "Indscanning"


def missing(work: Work) -> Refusal:
    """What the first document says for all of them."""
    return Refusal(CODE, FailureKind.CONFIG, module=_NAME, ledger=_ledger(work.agreement))


def left_out(work: Work) -> Skipped | None:
    """Why this document is not tried: another one has said it already."""
    others = _refused(work.agreement).exclude(pk=work.transfer.pk)
    return Skipped(CODE, is_forgotten=True) if others.exists() else None


def left_without(work: Work, voucher_kind: str) -> tuple[tuple[str, str], ...]:
    """Every other document that may have been left out: of vouchers that none was attached to."""
    here = Link.in_scope.filter(epoch=work.agreement.ledger_epoch)
    own = here.filter(agreement=OuterRef("agreement"), kind=work.transfer.kind, rackbeat_key=OuterRef("rackbeat_key"))
    without = here.filter(~Exists(own), kind=voucher_kind).exclude(rackbeat_key=work.transfer.key)
    return tuple((work.transfer.kind, key) for key in without.order_by("pk").values_list("rackbeat_key", flat=True))


def _refused(agreement: Agreement) -> QuerySet[Transfer]:
    """Whoever put it aside or called it right has been told as well."""
    stands = Transfer.in_scope.exclude(state=TransferState.TRANSFERRED)
    return stands.filter(details__module=_NAME, details__ledger=_ledger(agreement))


def _ledger(agreement: Agreement) -> str:
    return str(agreement.ledger_epoch)


@dataclass(frozen=True, slots=True)
class ModuleLook:
    """Whether the module has come: then the document that was refused is asked for again, and the others follow.

    Costs a call a day, and only while a document has been refused.
    """

    name: str
    kind: str
    rank: int
    timing: Timing

    def run(self, context: RoutineContext) -> RoutineResult:
        waiting = _refused(context.agreement).filter(kind=self.kind).order_by("pk").first()
        if waiting is None:
            return RoutineResult()
        modules = context.clients.economic.registers.myself().modules or []
        has = any(module.moduleNumber == SCANNING for module in modules)
        is_new = has and not context.remembered.get("has")
        asked = (RankedRecord(self.kind, waiting.key, self.rank),) if is_new else ()
        return RoutineResult(asked, remembered={"has": has})
