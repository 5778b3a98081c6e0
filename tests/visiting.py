"""Ways in to an agreement's pages for a test: signed in with a role, inside Rackbeat's frame, by a reading link."""

from __future__ import annotations

import time

from django.test import Client

from lagerbro.agreements.capabilities import issue
from lagerbro.agreements.models import Agreement, Capability, CapabilityKind
from lagerbro.agreements.page_tokens import form_token
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Membership, Person, Role
from lagerbro.web.visiting import page_token_for
from tests.sandboxes import START

OURS = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
"""What a browser sends along with a form of our own page."""


def person(agreement: Agreement | None, role: Role = Role.ADMINISTRATOR, email: str = "mette@nordlys.dk") -> Person:
    """Somebody with a sign-in, and a role in the agreement if one is given."""
    found, _ = Person.objects.get_or_create(email=email, defaults={"name": email.split("@", maxsplit=1)[0].title()})
    if agreement is not None:
        with agreement_scope(agreement.pk):
            Membership.in_scope.update_or_create(
                agreement=agreement, person=found, defaults={"role": role, "created_at": START}
            )
    return found


def given_password(client: Client, somebody: Person) -> None:
    """Signed in just now, as after the page that asks for it."""
    client.force_login(somebody, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(somebody.pk)
    session.save()


def sign_in(client: Client, agreement: Agreement, role: Role = Role.ADMINISTRATOR) -> str:
    """Sign the client in; answers what the agreement's addresses begin with."""
    given_password(client, person(agreement, role))
    return f"/a/{agreement.public_id}/"


def capability(agreement: Agreement, kind: CapabilityKind = CapabilityKind.RACKBEAT) -> tuple[Capability, str]:
    """An address that opens the agreement, and its unguessable part."""
    with agreement_scope(agreement.pk):
        text = issue(agreement, START, kind=kind, label="Revisor", made_by="Mette")
        return Capability.in_scope.select_related("agreement").latest("pk"), text


def framed(agreement: Agreement, kind: CapabilityKind = CapabilityKind.RACKBEAT) -> tuple[str, dict[str, str]]:
    """What the addresses inside the frame begin with, and what a form there must carry."""
    held, _ = capability(agreement, kind)
    return f"/i/{page_token_for(held)}/", {"csrfmiddlewaretoken": form_token(held)}
