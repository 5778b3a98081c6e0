"""Who may connect a company again that is connected already, or was."""

from __future__ import annotations

from django.http import HttpRequest

from lagerbro.agreements.models import Agreement, Installation
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Membership, Person, Role


def is_administrator(request: HttpRequest, agreement: Agreement) -> bool:
    """Whether whoever asks is signed in and decides for the agreement, at this moment."""
    if not isinstance(request.user, Person):
        return False
    with agreement_scope(agreement.pk):
        return Membership.in_scope.filter(person=request.user, role__gte=Role.ADMINISTRATOR).exists()


def may_connect_by_keys(request: HttpRequest, account_id: int) -> bool:
    """Two keys are no proof of who types them: an agreement that exists asks for one of its administrators."""
    agreement = Agreement.objects.filter(rackbeat_account_id=account_id).first()
    return agreement is None or is_administrator(request, agreement)


def may_go_on(request: HttpRequest, row: Installation) -> bool:
    """Asked at every step: connecting again is for the administrator who began it, as long as they are one."""
    if row.agreement_id is None and row.reconnects is not None:
        return request.user.pk == row.begun_by and is_administrator(request, row.reconnects)
    if row.agreement_id is None and row.joined_at is None and row.account and not row.request_token:
        return may_connect_by_keys(request, row.account["id"])
    return True
