"""Whoever has been let as far as the door, but is not signed in yet: after an installation, or by an invitation.

Kept in the session, first-party, and used up when the person arrives signed in. An installation makes one person
administrator, within an hour, and asks them by a button: somebody else may sign in at the same browser next.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from lagerbro.agreements.models import Agreement, Installation
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.admission import accept, admit, invitation_for
from lagerbro.people.models import Person, Role

_INVITATION: Final = "invitation"
_INSTALLATION: Final = "installation"
LASTS: Final = timedelta(hours=1)


def store_invitation(request: HttpRequest, text: str) -> None:
    request.session[_INVITATION] = text


def store_installation(request: HttpRequest, row: Installation) -> None:
    row.joined_at = timezone.now()
    row.save(update_fields=["joined_at"])
    request.session[_INSTALLATION] = row.pk


def has_pending_admission(request: HttpRequest) -> bool:
    return installed_agreement(request) is not None or _INVITATION in request.session


def installed_agreement(request: HttpRequest) -> Agreement | None:
    """What was installed at this browser within the hour, and has no administrator by that yet."""
    installation = _without_administrator(request, timezone.now()).first()
    return installation.agreement if installation else None


def become_administrator(request: HttpRequest, person: Person) -> Agreement | None:
    """The person's word for it; None when it is too late, or somebody else was first."""
    now = timezone.now()
    installation = _without_administrator(request, now).first()
    if installation is None or installation.agreement is None:
        return None
    with transaction.atomic(), agreement_scope(installation.agreement.pk):
        if not _without_administrator(request, now).update(administrator=person.pk):
            return None
        admit(installation.agreement, person, Role.ADMINISTRATOR, by=str(person), at=now)
    decline(request)
    return installation.agreement


def decline(request: HttpRequest) -> None:
    request.session.pop(_INSTALLATION, None)


def admit_pending(request: HttpRequest, person: Person) -> Agreement | None:
    """Let an invited person in; answers the agreement, None when there was nothing."""
    invited = request.session.pop(_INVITATION, None)
    return _admit_invited(person, str(invited)) if invited else None


def _without_administrator(request: HttpRequest, now: datetime) -> QuerySet[Installation]:
    rows = Installation.objects.defer("request_token", "bearer", "grant").select_related("agreement")
    key = request.session.get(_INSTALLATION, 0)
    return rows.filter(~Q(agreement=None), pk=key, administrator=None, reconnects=None, joined_at__gt=now - LASTS)


def _admit_invited(person: Person, text: str) -> Agreement | None:
    invitation = invitation_for(text, timezone.now())
    if invitation is None:
        return None
    with agreement_scope(invitation.agreement_id):
        return invitation.agreement if accept(invitation, person, timezone.now()) else None
