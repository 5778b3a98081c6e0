"""Letting people in to an agreement and out again. Inside the agreement's scope."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from lagerbro.agreements.capabilities import digest, random_secret
from lagerbro.agreements.history import record_event
from lagerbro.agreements.models import Agreement, Installation
from lagerbro.agreements.scope import every_agreement
from lagerbro.people.models import Invitation, Membership, Person, Role

INVITATION_LIFETIME: Final = timedelta(days=7)


class LastAdministratorError(ValueError):
    """The agreement would be left without anybody who may decide."""


def admit(agreement: Agreement, person: Person, role: Role, *, by: str, at: datetime) -> Membership:
    """Give the person this role, or a higher one if they have it already."""
    membership, is_new = Membership.in_scope.get_or_create(
        agreement=agreement, person=person, defaults={"role": role, "created_at": at}
    )
    if not is_new and membership.role >= role:
        return membership
    membership.role = role
    membership.save(update_fields=["role"])
    record_event(agreement, "member_added", by=by, at=at, person=str(person), role=role.name)
    return membership


def change_role(membership: Membership, role: Role, *, by: str, at: datetime) -> None:
    """Raises `LastAdministratorError` when nobody would be left who may decide."""
    with transaction.atomic():
        if role != Role.ADMINISTRATOR:
            _require_another_administrator(membership)
        membership.role = role
        membership.save(update_fields=["role"])
        if role != Role.ADMINISTRATOR:
            _end_reconnects(membership)
        record_event(
            membership.agreement, "role_changed", by=by, at=at, person=str(membership.person), role=Role(role).name
        )


def remove(membership: Membership, *, by: str, at: datetime) -> None:
    """Take the person's access to this agreement; raises `LastAdministratorError`."""
    with transaction.atomic():
        _require_another_administrator(membership)
        _end_reconnects(membership)
        membership.delete()
        record_event(membership.agreement, "member_removed", by=by, at=at, person=str(membership.person))


def _require_another_administrator(membership: Membership) -> None:
    administrators = Membership.in_scope.select_for_update().filter(role=Role.ADMINISTRATOR)
    if membership.role == Role.ADMINISTRATOR and administrators.count() == 1:
        raise LastAdministratorError(str(membership.person))


def invite(
    agreement: Agreement, email: str, role: Role, *, by: str, at: datetime, lasts: timedelta = INVITATION_LIFETIME
) -> str:
    """Ask somebody to join; answers the text of the letter's address. An earlier invitation of theirs is withdrawn."""
    text = random_secret()
    Invitation.in_scope.filter(email__iexact=email, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    Invitation.in_scope.create(
        agreement=agreement,
        email=email,
        role=role,
        digest=digest(text),
        invited_by=by,
        created_at=at,
        expires_at=at + lasts,
    )
    record_event(agreement, "invited", by=by, at=at, person=email, role=role.name)
    return text


def invitation_for(text: str, now: datetime) -> Invitation | None:
    """The invitation, while it is open."""
    with every_agreement("an invitation is looked up before it is known whose it is"):
        return _open_invitations(now).select_related("agreement").filter(digest=digest(text)).first()


def accept(invitation: Invitation, person: Person, now: datetime) -> Membership | None:
    """Let the person in; an invitation works once, and only for the address that it was sent to."""
    if invitation.email.casefold() != person.email.casefold():
        return None
    with transaction.atomic():
        if not _open_invitations(now).filter(pk=invitation.pk).update(used_at=now):
            return None
        by = invitation.invited_by
        return admit(invitation.agreement, person, Role(invitation.role), by=by, at=now)


def open_invitations(now: datetime) -> list[Invitation]:
    return list(_open_invitations(now).order_by("created_at"))


def _open_invitations(now: datetime) -> QuerySet[Invitation]:
    return Invitation.in_scope.filter(used_at=None, withdrawn_at=None, expires_at__gt=now)


def _end_reconnects(membership: Membership) -> None:
    """What they have begun and not finished would else go on without them."""
    rows = Installation.objects.filter(reconnects=membership.agreement, begun_by=membership.person_id)
    rows.filter(agreement=None).delete()
