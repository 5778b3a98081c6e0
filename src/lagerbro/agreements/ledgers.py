"""One Rackbeat account at a time transfers to a ledger.

Two would use the same numbers for different customers, products and invoices, and each would set the stock account to
its own value (domain-rules F29). Nothing of another company is told, only that there is one.
"""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet

from lagerbro.agreements.models import Agreement, AgreementState

IN_USE: Final = (AgreementState.STARTING, AgreementState.ACTIVE, AgreementState.PAUSED)
"""What transfers, or will when somebody resumes it."""


class LedgerTakenError(RuntimeError):
    """Another Rackbeat account has begun to transfer to the same ledger."""


def is_in_use(number: int | None, *, beside: Agreement | None) -> bool:
    """Whether an agreement other than `beside` transfers to e-conomic agreement `number`."""
    if number is None:
        return False
    others = _agreements_of(number).filter(state__in=IN_USE)
    return (others.exclude(pk=beside.pk) if beside else others).exists()


def reserve_ledger(agreement: Agreement) -> None:
    """Make sure that nobody else begins with the ledger before this transaction ends; raises `LedgerTakenError`.

    Comes before every other write of the transaction, so that two who begin at once wait for each other in one order.
    """
    number = agreement.economic_agreement_number
    if number is None:
        return
    list(_agreements_of(number).select_for_update().order_by("pk").values_list("pk"))
    if is_in_use(number, beside=agreement):
        raise LedgerTakenError(f"e-conomic agreement {number}")


def _agreements_of(number: int) -> QuerySet[Agreement]:
    return Agreement.objects.filter(economic_agreement_number=number)
