"""Who may connect a company again that is connected already, or was."""

from __future__ import annotations

from django.http import HttpRequest

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Membership, Person, Role


def is_administrator(request: HttpRequest, agreement: Agreement) -> bool:
    """Whether whoever asks is signed in and decides for the agreement, at this moment."""
    if not isinstance(request.user, Person):
        return False
    with agreement_scope(agreement.pk):
        return Membership.objects.filter(person=request.user, role__gte=Role.ADMINISTRATOR).exists()


def may_connect_by_keys(request: HttpRequest, account_id: int) -> bool:
    """Two keys are no proof of who types them: an agreement that exists asks for one of its administrators."""
    agreement = Agreement.objects.filter(rackbeat_account_id=account_id).first()
    return agreement is None or is_administrator(request, agreement)
