"""`lagerbro administrator`: a company that a command has connected has nobody who may decide about it in the browser.

The address that is printed makes whoever signs in with that e-mail address administrator: once, within an hour.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.admission import invite
from lagerbro.people.models import Role

LASTS: Final = timedelta(hours=1)
NAMED_MAX: Final = 50
NOBODY: Final = "no company is connected yet."
BY: Final = "lagerbro administrator"


class UnknownCompanyError(ValueError):
    """Which company is meant, or whom the address is for, is not clear. The text says what there is."""


def address_for(email: str, public_id: str, now: datetime) -> tuple[Agreement, str]:
    """The company, and the address to open. An empty `public_id` means the only company there is."""
    check_email(email)
    agreement = _company(public_id)
    with agreement_scope(agreement.pk):
        text = invite(agreement, email, Role.ADMINISTRATOR, by=BY, at=now, lasts=LASTS)
    return agreement, f"{settings.LAGERBRO_PUBLIC_URL}{reverse('invitation', kwargs={'text': text})}"


def check_email(email: str) -> None:
    """Raises `UnknownCompanyError` for what is no e-mail address."""
    try:
        validate_email(email)
    except ValidationError:
        raise UnknownCompanyError(f"{email!r} is no e-mail address.") from None


def _company(public_id: str) -> Agreement:
    everything = Agreement.objects.order_by("company_name")
    companies = list(everything.filter(public_id=public_id) if public_id else everything[:2])
    if len(companies) == 1:
        return companies[0]
    known = "\n".join(f"  {each.public_id}  {each.company_name}" for each in everything[:NAMED_MAX])
    raise UnknownCompanyError(f"name the company with --agreement:\n{known}" if known else NOBODY)
