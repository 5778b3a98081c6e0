"""Sentences about the documents of supplier invoices, which are attached to their vouchers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence

SENTENCES: Final[Mapping[str, Sentence]] = {
    "document_missing": Sentence(
        _("%(record)s is not attached."), _("No PDF is attached to it in Rackbeat."), _("You need not do anything.")
    ),
    "document_present": Sentence(
        _("%(record)s is not attached."),
        _("Somebody has attached another document to voucher %(voucher)s; it is left alone."),
        _("You need not do anything."),
    ),
    "attachments_module_missing": Sentence(
        _("The suppliers' PDFs are not attached in e-conomic."),
        _(
            "e-conomic does not let Lagerbro attach documents: the module “%(module)s” or a right is missing. The "
            "vouchers themselves are transferred."
        ),
        _(
            "Add the module in e-conomic and press “Try again”; the PDFs that are missing are then attached as well. "
            "If you do without them, open this one and press “It is right”."
        ),
    ),
    "document_too_large": Sentence(
        _("%(record)s is not attached."),
        _("It has %(megabytes)s MB, and e-conomic takes at most 9."),
        _("Attach a smaller file in Rackbeat and press “Try again”, or attach it by hand in e-conomic."),
    ),
    "document_unusable": Sentence(
        _("%(record)s is not attached."),
        _("The file “%(filename)s” is no PDF that can be read."),
        _("Attach another file in Rackbeat and press “Try again”, or attach it by hand in e-conomic."),
    ),
    "document_without_voucher": Sentence(
        _("%(record)s is not attached."),
        _("Voucher %(voucher)s does not exist in e-conomic any more."),
        _("See to the voucher first; then press “Try again” here."),
    ),
}
