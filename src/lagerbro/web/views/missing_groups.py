"""The page of a record whose group e-conomic lacks: the groups whose accounts it may have, and making it so (H15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from lagerbro.agreements.directories import stored_directory
from lagerbro.agreements.directory import CustomerGroup, ProductGroup
from lagerbro.agreements.models import Agreement
from lagerbro.people.models import Role
from lagerbro.sync.decisions.copying_groups import MISSING, want_as_copy
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.web.views.agreement import agreement_page, transfer_or_404, visit_of


@dataclass(frozen=True, slots=True)
class MissingGroup:
    """`sources`: e-conomic's groups of the same sort, as they were when they were last read."""

    number: str
    sources: Sequence[CustomerGroup | ProductGroup]


def missing_group(agreement: Agreement, transfer: Transfer) -> MissingGroup | None:
    """What is offered on the page; None where no group is missing, or nothing is known that could be copied."""
    kind, stored = MISSING.get(transfer.code), stored_directory(agreement)
    if kind is None or stored is None or transfer.state != TransferState.NEEDS_YOU:
        return None
    groups = stored[0].customer_groups if kind == "customer_group" else stored[0].product_groups
    sources = [group for number, group in groups.items() if str(number) != transfer.details.get("group")]
    return MissingGroup(transfer.details.get("group", ""), sources) if sources else None


@require_POST
@agreement_page(role=Role.BOOKKEEPER)
def create(request: HttpRequest, agreement: Agreement, transfer_id: int) -> HttpResponse:
    """*Opret som gruppe n*. Nothing is chosen beforehand, and a group that is not offered is not taken."""
    transfer = transfer_or_404(transfer_id)
    offered = missing_group(agreement, transfer)
    chosen = {str(group.number): group.number for group in offered.sources} if offered else {}
    source = chosen.get(request.POST.get("source", ""))
    if source is not None:
        want_as_copy(agreement, transfer, source, by=visit_of(request).by, at=timezone.now())
    return redirect(visit_of(request).address("transfer", transfer_id=transfer_id))
