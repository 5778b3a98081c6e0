"""What a note on a document in Rackbeat says: the sentence of its page, in Danish, as the accounts' users read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from lagerbro.sync.models import Transfer
from lagerbro.web.sentences import SENTENCES
from lagerbro.web.sentences.records import named
from lagerbro.web.sentences.words import Sentence, message_of

LANGUAGE: Final = "da"
POSTED: Final = Sentence(
    _("%(record)s is in e-conomic as voucher %(voucher)s."),
    _("It is booked there by hand."),
    _("You need not do anything."),
)


def note_of(transfer: Transfer, code: str, details: Mapping[str, str], voucher: str) -> str:
    """The whole sentence, with who tells it; the voucher where one was made just now."""
    sentence = SENTENCES.get(code) if code else POSTED if voucher else None
    if sentence is None:
        return ""
    with override(LANGUAGE):
        record = named(transfer.kind, transfer.key, transfer.document_type)
        told = message_of(sentence, code, transfer.key, {"voucher": voucher, **details, "record": record})
        parts = ["Lagerbro:", told.what, told.why, told.do]
    return " ".join(part for part in parts if part)
