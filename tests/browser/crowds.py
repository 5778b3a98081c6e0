"""Pages with more on them than one page bears: people, calls, records that stand still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Membership, Person, Role
from lagerbro.sync.models import Attempt, Transfer, TransferState
from lagerbro.web.status.causes import LOOKED_AT_MAX

if TYPE_CHECKING:
    from tests.browser.pages import Scene

PEOPLE = 120
CALLS = 120
BODY = '{"customer": {"customerNumber": 10001}, "lines": [' + '{"product": {"productNumber": "NL-100"}},' * 60 + "]}"


def people(scene: Scene) -> None:
    agreement = scene.company.agreement
    with agreement_scope(agreement.pk):
        for n in range(PEOPLE):
            person, _ = Person.objects.get_or_create(email=f"person{n}@nordlys.dk", defaults={"name": f"Person {n}"})
            facts = {"role": Role.READER, "created_at": timezone.now()}
            Membership.in_scope.get_or_create(agreement=agreement, person=person, defaults=facts)


def transfer_with_calls(scene: Scene) -> str:
    agreement, now = scene.company.agreement, timezone.now()
    with agreement_scope(agreement.pk):
        facts = {"state": TransferState.TRANSFERRED, "created_at": now, "changed_at": now}
        made, is_new = Transfer.in_scope.get_or_create(
            agreement=agreement, kind="customer_invoice", key="9001", defaults=facts
        )
        if is_new:
            Attempt.in_scope.bulk_create(_call(made, n) for n in range(CALLS))
    return f"activity/{made.pk}/"


def one_call(scene: Scene) -> str:
    path = transfer_with_calls(scene)
    with agreement_scope(scene.company.agreement.pk):
        return f"{path}calls/{Attempt.in_scope.filter(transfer__key='9001').latest('pk').pk}/"


def standing_still(scene: Scene) -> None:
    """More records than are looked at for their causes."""
    agreement, now = scene.company.agreement, timezone.now()
    facts = {"state": TransferState.REFUSED, "code": "customer_barred", "created_at": now, "changed_at": now}
    with agreement_scope(agreement.pk):
        if not Transfer.in_scope.filter(key="many-0").exists():
            Transfer.in_scope.bulk_create(
                Transfer(
                    agreement=agreement,
                    kind="customer_invoice",
                    key=f"many-{n}",
                    details={"customer": f"{10_000 + n % 15} Nordjysk Cykelimport A/S"},
                    **facts,
                )
                for n in range(LOOKED_AT_MAX + 400)
            )


def _call(made: Transfer, n: int) -> Attempt:
    facts: dict[str, Any] = {
        "run": n,
        "started_at": timezone.now(),
        "duration_ms": 80 + n,
        "agreement_id": made.agreement_id,
    }
    refused = {"status": 400, "error_code": "economic_refused"} if n % 10 == 0 else {"status": 200}
    if n % 3:
        facts |= {"system": "Rackbeat", "method": "GET", "url": "https://app.rackbeat.com/api/customer-invoices/9001"}
    else:
        facts |= {"system": "e-conomic", "method": "POST", "url": "https://restapi.e-conomic.com/invoices/drafts"}
        facts |= {"sent": BODY}
    return Attempt(transfer=made, answered=BODY, **facts, **refused)
