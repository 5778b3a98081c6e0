"""Who visits an agreement's page: by which door, with which role, under which name.

There are three doors. A signed-in person comes by `/a/<public_id>/`. Rackbeat's frame, where no cookie arrives, and an
accountant's reading link come by `/i/<page_token>/`. Pages do not care which: they ask the visit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lagerbro.agreements import page_tokens
from lagerbro.agreements.capabilities import open_capability
from lagerbro.agreements.models import Agreement, Capability, CapabilityKind
from lagerbro.agreements.page_tokens import PageToken
from lagerbro.agreements.scope import every_agreement
from lagerbro.people.models import Membership, Person, Role
from lagerbro.wire.texts import isolated


class Door(StrEnum):
    SIGNED_IN = "signed_in"
    RACKBEAT = "rackbeat"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Visit:
    """One visitor of one agreement. `by` is the name that the history keeps."""

    agreement: Agreement
    role: Role
    by: str
    door: Door
    parts: Mapping[str, str]
    """What every address of this agreement begins with, for this visitor."""
    person: Person | None = None
    capability: Capability | None = None
    language: str = ""
    second_factor_missing: bool = False
    """An administrator of a company that asks for one: a reader until they have it."""

    def may(self, role: Role) -> bool:
        return self.role >= role

    @property
    def may_decide(self) -> bool:
        """Whether activation, account changes and automatic booking are open to this visitor.

        Inside Rackbeat's frame nobody is known, so these ask for sign-in unless the company has said otherwise.
        """
        asks = self.agreement.sign_in_required or self.agreement.second_factor_required
        known = self.person is not None or not asks
        return self.role >= Role.ADMINISTRATOR and known

    def address(self, page: str, **parts: object) -> str:
        """The address of one of the agreement's pages, for this visitor."""
        return reverse(page, kwargs={**self.parts, **parts})

    def address_signed_in(self, page: str, **parts: object) -> str:
        """The same page for somebody who is signed in: opened in the top window, where cookies arrive."""
        return reverse(page, kwargs={"public_id": self.agreement.public_id, **parts})


def by_person(person: Person, public_id: str) -> Visit | None:
    """The visit of a signed-in person; None when the agreement is not theirs, or is not there."""
    with every_agreement("a person's own agreement is looked up by its address"):
        membership = (
            Membership.in_scope.select_related("agreement")
            .filter(person=person, agreement__public_id=public_id)
            .first()
        )
    if membership is None:
        return None
    parts = {"public_id": public_id}
    role, agreement = Role(membership.role), membership.agreement
    missing = role is Role.ADMINISTRATOR and agreement.second_factor_required and not is_mfa_enabled(person)
    return Visit(
        agreement,
        Role.READER if missing else role,
        str(person),
        Door.SIGNED_IN,
        parts,
        person,
        second_factor_missing=missing,
    )


def by_page_token(text: str) -> Visit | None:
    """The visit of whoever holds the page token; None for one that is forged, too old or withdrawn."""
    token = page_tokens.read_page_token(text)
    capability = open_capability(token.capability_id) if token else None
    if token is None or capability is None:
        return None
    parts = {"page_token": text if page_tokens.is_recent(text) else token.text()}
    if capability.kind == CapabilityKind.READER:
        by = _("%(label)s (reading link)") % {"label": isolated(capability.label)}
        return Visit(
            capability.agreement, Role.READER, by, Door.LINK, parts, capability=capability, language=token.language
        )
    return Visit(
        capability.agreement,
        Role.ADMINISTRATOR,
        unknown_user(),
        Door.RACKBEAT,
        parts,
        capability=capability,
        language=token.language,
    )


def unknown_user() -> str:
    """The name that the history keeps for somebody in Rackbeat's frame: the same whatever language they read."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("through Rackbeat (unknown user)")


def who(by: str) -> str:
    """A name from the history as the reader calls it, apart from the sentence around it."""
    return _("through Rackbeat (unknown user)") if by == unknown_user() else isolated(by)


def page_token_for(capability: Capability, language: str = "") -> str:
    return PageToken(capability.pk, language).text()
