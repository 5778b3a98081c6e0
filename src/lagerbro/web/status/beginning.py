"""*Kom i gang*: how far a company is from its first document, for Overblik until that is there. Inside its scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lagerbro.agreements.choices import choices_of
from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.questions import unanswered_keys
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.web.status.broken import broken

DOCUMENTS: Final = ("customer_invoice", "supplier_invoice")
_DONE: Final = (TransferState.TRANSFERRED, TransferState.DRAFTED)


@dataclass(frozen=True, slots=True)
class Step:
    """`page`: where it is done; empty where it is done in Rackbeat."""

    words: str | Promise
    is_done: bool
    page: str = ""


@dataclass(frozen=True, slots=True)
class Beginning:
    steps: tuple[Step, ...]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if not step.is_done), None)


def beginning(agreement: Agreement) -> Beginning | None:
    """None once a document is there, or while the connection is broken, which is told instead."""
    if agreement.state == AgreementState.GONE or broken(agreement) is not None:
        return None
    if Transfer.in_scope.filter(kind__in=DOCUMENTS, state__in=_DONE).exists():
        return None
    choices = choices_of(agreement)
    is_something_on = choices.sales_enabled or choices.suppliers_enabled or choices.stock_value_enabled
    is_active = agreement.state in (AgreementState.ACTIVE, AgreementState.PAUSED)
    return Beginning(
        (
            Step(_("Rackbeat is connected"), is_done=True),
            Step(_("e-conomic is connected"), is_done=True),
            Step(_("Answer the settings"), is_something_on and not list(unanswered_keys(choices, ())), "settings"),
            Step(_("Activate integration"), is_active, "activate"),
            Step(_("Book the first invoice in Rackbeat"), is_done=False),
        )
    )
