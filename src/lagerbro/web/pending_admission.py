"""Whoever has been let as far as the door, but is not signed in yet: after an installation, or by an invitation.

Kept in the session, first-party, and used up when the person arrives signed in.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.admission import accept, admit, invitation_for
from lagerbro.people.models import Person, Role

_INVITATION: Final = "invitation"
_INSTALLED: Final = "installed"


def store_invitation(request: HttpRequest, text: str) -> None:
    request.session[_INVITATION] = text


def store_installation(request: HttpRequest, agreement: Agreement) -> None:
    request.session[_INSTALLED] = agreement.pk


def has_pending_admission(request: HttpRequest) -> bool:
    return _INSTALLED in request.session or _INVITATION in request.session


def admit_pending(request: HttpRequest, person: Person) -> Agreement | None:
    """Let the person in to what they were waiting for; answers the agreement, None when there was nothing."""
    installed = request.session.pop(_INSTALLED, None)
    invited = request.session.pop(_INVITATION, None)
    if installed is not None:
        return _admit_installer(person, installed)
    return _admit_invited(person, str(invited)) if invited else None


def _admit_installer(person: Person, agreement_id: int) -> Agreement | None:
    agreement = Agreement.objects.filter(pk=agreement_id).first()
    if agreement is None:
        return None
    with agreement_scope(agreement.pk):
        admit(agreement, person, Role.ADMINISTRATOR, by=str(person), at=timezone.now())
    return agreement


def _admit_invited(person: Person, text: str) -> Agreement | None:
    invitation = invitation_for(text, timezone.now())
    if invitation is None:
        return None
    with agreement_scope(invitation.agreement_id):
        return invitation.agreement if accept(invitation, person, timezone.now()) else None
