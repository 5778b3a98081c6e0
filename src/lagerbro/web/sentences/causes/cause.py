"""A cause for which records stand still, and the words that several causes share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

DATE: Final = "date"


@dataclass(frozen=True, slots=True)
class Cause:
    """`field`: the setting that mends it, if one does. `date_length`: 4 for a year, 7 for a month."""

    words: Words
    by: tuple[str, ...] = ()
    field: str = ""
    date_length: int = 0


RECORDS: Final[Mapping[str, Words]] = {
    "customer_invoice": _("%(n)s customer invoices"),
    "credit_note": _("%(n)s credit notes"),
    "order": _("%(n)s orders of e-conomic"),
    "economic_invoice": _("%(n)s invoices of e-conomic"),
    "invoice_shipping": _("%(n)s shipments of invoices"),
    "supplier_invoice": _("%(n)s supplier invoices"),
    "supplier_credit": _("%(n)s credit notes from suppliers"),
    "supplier_invoice_document": _("%(n)s documents of supplier invoices"),
    "customer": _("%(n)s customers"),
    "supplier": _("%(n)s suppliers"),
    "payment_terms": _("%(n)s payment terms"),
    "customer_group": _("%(n)s customer groups"),
    "product_group": _("%(n)s product groups"),
    "supplier_group": _("%(n)s supplier groups"),
    "product": _("%(n)s products"),
    "stock_value": _("%(n)s stock values"),
    "stock_backfill": _("%(n)s parts of a back-fill"),
    "startup": _("%(n)s start-up syncs"),
}
ANY_RECORDS: Final = _("%(n)s records")
AT_LEAST: Final = _("At least %(records)s")
"""Begins a sentence, as the records do in every cause."""
ANY_CAUSE: Final = Cause(_("%(records)s stand still for the same reason."))

NOT_IN_RACKBEAT: Final = _("%(records)s were not found in Rackbeat.")
