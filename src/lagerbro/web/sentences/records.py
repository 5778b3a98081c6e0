"""What a record is called: in a sentence of its own, in the middle of another, and several of them together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lagerbro.flows.refusals import PlanRefusal
from lagerbro.flows.stock_value.known import BACKFILL
from lagerbro.flows.stock_value_backfill.request import part_of
from lagerbro.web import formats
from lagerbro.wire.texts import isolated

Words = str | Promise

NAMED: Final[Mapping[str, Words]] = {
    "customer_invoice": _("Invoice %(key)s"),
    "credit_note": _("Credit note %(key)s"),
    "order": _("Order %(key)s of e-conomic"),
    "economic_invoice": _("Invoice %(key)s of e-conomic"),
    "invoice_shipping": _("The shipping of invoice %(key)s"),
    "supplier_invoice": _("Supplier invoice %(key)s"),
    "supplier_credit": _("Supplier's credit note %(key)s"),
    "supplier_invoice_document": _("The document of supplier invoice %(key)s"),
    "customer": _("Customer %(key)s"),
    "supplier": _("Supplier %(key)s"),
    "payment_terms": _("Payment terms %(key)s"),
    "customer_group": _("Customer group %(key)s"),
    "product_group": _("Product group %(key)s"),
    "supplier_group": _("Supplier group %(key)s"),
    "product": _("Product %(key)s"),
    "stock_value": _("Stock value of %(key)s"),
    "stock_backfill": _("Back-fill of the stock value of %(key)s"),
    "startup": _("The start-up sync"),
}
ANY_NAMED: Final = _("Record %(key)s")
WITHIN: Final[Mapping[str, Words]] = {
    "customer_invoice": _("invoice %(key)s"),
    "credit_note": _("credit note %(key)s"),
    "order": _("order %(key)s of e-conomic"),
    "economic_invoice": _("invoice %(key)s of e-conomic"),
    "invoice_shipping": _("the shipping of invoice %(key)s"),
    "supplier_invoice": _("supplier invoice %(key)s"),
    "supplier_credit": _("supplier's credit note %(key)s"),
    "supplier_invoice_document": _("the document of supplier invoice %(key)s"),
    "customer": _("customer %(key)s"),
    "supplier": _("supplier %(key)s"),
    "payment_terms": _("payment terms %(key)s"),
    "customer_group": _("customer group %(key)s"),
    "product_group": _("product group %(key)s"),
    "supplier_group": _("supplier group %(key)s"),
    "product": _("product %(key)s"),
    "stock_value": _("the stock value of %(key)s"),
    "stock_backfill": _("the back-fill of the stock value of %(key)s"),
    "startup": _("the start-up sync"),
}
_BY_DAY: Final = frozenset({"stock_value"})
ANY_WITHIN: Final = _("record %(key)s")


def named(kind: str, key: str, document_type: str = "") -> str:
    """`Faktura 1247`, as a sentence begins with it. A document that has a type of its own is called by that."""
    return str(NAMED.get(document_type or kind, ANY_NAMED)) % {"key": isolated(shown_key(kind, key))}


def within(kind: str, key: str) -> str:
    """`faktura 1247`, in the middle of a sentence."""
    return str(WITHIN.get(kind, ANY_WITHIN)) % {"key": isolated(shown_key(kind, key))}


def shown_key(kind: str, key: str) -> str:
    """A number as it is; what is known by its days, as the reader writes a day."""
    if kind == BACKFILL:
        return _shown_part(key)
    try:
        return formats.day(date.fromisoformat(key)) if kind in _BY_DAY else key
    except ValueError:
        return key


def _shown_part(key: str) -> str:
    """The days of a part of a back-fill."""
    try:
        days = part_of(key).days
    except PlanRefusal:
        return key
    return "–".join(dict.fromkeys(formats.day(day) for day in (days[0], days[-1])))
