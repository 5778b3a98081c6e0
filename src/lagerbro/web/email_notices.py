"""Letters that are not an answer to anything: they tell the administrators of an agreement what has become of it.

They are in the house's language: what a command or another person's page is written in says nothing of who reads them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from smtplib import SMTPException
from typing import TYPE_CHECKING, Final

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Membership, Role
from lagerbro.wire.texts import isolated, one_line

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

log = structlog.get_logger()

_FOLDER: Final = "people/letters"


def notify_administrators(agreement: Agreement, subject: _StrPromise, letter: str, words: Mapping[str, str]) -> int:
    """Answers how many were sent; one that cannot be sent keeps nobody else's."""
    known = {"company": agreement.company_name, "address": settings.LAGERBRO_PUBLIC_URL, **words}
    known = {name: isolated(one_line(text)) for name, text in known.items()}
    with agreement_scope(agreement.pk):
        people = Membership.in_scope.filter(role=Role.ADMINISTRATOR).values_list("person__email", flat=True)
        addresses = list(people)
    with override(settings.LANGUAGE_CODE):
        title, text = str(subject) % known, render_to_string(f"{_FOLDER}/{letter}.txt", known)
    return sum(_sent(title, text, address) for address in addresses)


def notify_of_lost_connection(agreement_ids: Sequence[int]) -> int:
    """The key to their stored keys is lost. Answers how many letters were sent."""
    subject = _("%(company)s must be connected with Lagerbro again")
    return sum(
        notify_administrators(agreement, subject, "connect_again", {})
        for agreement in Agreement.objects.filter(pk__in=list(agreement_ids))
    )


def notify_of_new_connection(agreement: Agreement, by: str) -> int:
    """Somebody has connected it again. Answers how many letters were sent."""
    subject = _("%(company)s has been connected with Lagerbro again")
    return notify_administrators(agreement, subject, "connected_again", {"by": by})


def _sent(subject: str, text: str, address: str) -> bool:
    try:
        return send_mail(subject, text, None, [address]) == 1
    except (SMTPException, OSError) as error:
        log.warning("letter_not_sent", error=type(error).__name__)
        return False
