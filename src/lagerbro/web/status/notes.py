"""What a note on a document in Rackbeat says: the sentences of its page, in Danish, as the accounts' users read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from lagerbro.sync.models import Transfer
from lagerbro.sync.runtime import NoteContent
from lagerbro.web.sentences.records import named
from lagerbro.web.sentences.words import Message, Sentence, message_of
from lagerbro.web.status.messages import further_messages, message_for

LANGUAGE: Final = "da"
TEXT_MAX: Final = 1800
"""Characters before the address of the transfer's page, which is never cut."""
MADE: Final[Mapping[str, Sentence]] = {
    "draft": Sentence(
        _("%(record)s is in e-conomic as draft %(number)s."),
        _("It gets its number there when somebody books it."),
    ),
    "booked_invoice": Sentence(_("%(record)s is booked in e-conomic as number %(number)s.")),
    "voucher_draft": Sentence(
        _("%(record)s is in e-conomic as voucher %(number)s."),
        _("It is booked there by hand."),
    ),
    "voucher_booked": Sentence(_("%(record)s is booked in e-conomic as voucher %(number)s.")),
}
"""By the kind of what was made, or was found to be there."""
NOTHING_TO_DO: Final = _("You need not do anything.")
PAGE: Final = _("See it here: %(address)s")


@dataclass(frozen=True, slots=True)
class _TransferToBe:
    """A transfer with the outcome that is being told, which is not stored yet."""

    kind: str
    document_type: str
    key: str
    code: str
    details: Mapping[str, str]
    failures: int = 0


def note_of(outcome: NoteContent) -> str:
    """What was made, what happened, why and what to do, and where to read more; empty where nothing is to be said."""
    with override(LANGUAGE):
        text = " ".join(
            part for message in _messages(outcome) for part in (message.what, message.why, message.do) if part
        )
        if not text:
            return ""
        return f"Lagerbro: {text[:TEXT_MAX]} {PAGE % {'address': _address(outcome)}}"


def _messages(outcome: NoteContent) -> Iterator[Message]:
    transfer = outcome.transfer
    if outcome.made is not None and outcome.made.economic_kind in MADE:
        yield _of_made(transfer, outcome.made.economic_kind, outcome.made.economic_key, is_all=not outcome.code)
    record = _TransferToBe(transfer.kind, transfer.document_type, transfer.key, outcome.code, outcome.details)
    first = message_for(record, is_overdue=False)
    if first is not None:
        yield first
        yield from further_messages(record)


def _of_made(transfer: Transfer, kind: str, number: str, *, is_all: bool) -> Message:
    sentence = MADE[kind]
    record = named(transfer.kind, transfer.key, transfer.document_type)
    message = message_of(sentence, "", transfer.key, {"record": record, "number": number})
    return Message(message.what, message.why, str(NOTHING_TO_DO) if is_all and kind != "draft" else "")


def _address(outcome: NoteContent) -> str:
    page = reverse("transfer", kwargs={"public_id": outcome.agreement.public_id, "transfer_id": outcome.transfer.pk})
    return f"{settings.LAGERBRO_PUBLIC_URL}{page}"
