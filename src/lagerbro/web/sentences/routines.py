"""Sentences about what recurs: a look for what nobody has told of, which does not get through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.flows.polls.listing import UNREADABLE
from lagerbro.web.sentences.systems import SENTENCES as OF_SYSTEMS
from lagerbro.web.sentences.words import UNNAMED, Sentence, Words
from lagerbro.wire.errors import FailureKind

LOOKS: Final[Mapping[str, Words]] = {
    "customer_invoices_poll": _("booked invoices in Rackbeat"),
    "customer_invoices_sweep": _("booked invoices in Rackbeat of earlier days"),
    "drafts_poll": _("drafts that were booked or deleted in e-conomic"),
    "orders_poll": _("orders in e-conomic"),
    "economic_invoices_poll": _("invoices that were booked in e-conomic itself"),
    "customers_poll": _("changed customers in Rackbeat"),
    "products_poll": _("changed products in Rackbeat"),
    "stock_value": _("the day's stock value"),
    "payment_terms_poll": _("changed payment terms in Rackbeat"),
    "customer_groups_poll": _("changed customer groups in Rackbeat"),
    "product_groups_poll": _("changed product groups in Rackbeat"),
    "supplier_groups_poll": _("changed supplier groups in Rackbeat"),
    "suppliers_poll": _("changed suppliers in Rackbeat"),
    "suppliers_sweep": _("suppliers in Rackbeat of earlier days"),
    "supplier_invoices_poll": _("booked supplier invoices in Rackbeat"),
    "supplier_invoices_sweep": _("booked supplier invoices in Rackbeat of earlier days"),
    "documents_module_look": _("whether e-conomic takes documents by now"),
    "vouchers_poll": _("vouchers that were booked, changed or deleted in e-conomic"),
    "accounts_reading": _("changed accounts and VAT codes in e-conomic"),
}
"""What each routine looks for, by its name; a test walks the registry of routines."""
ANY_LOOK: Final = _("what may have been missed")

_CANNOT: Final = _("Since %(since)s Lagerbro cannot look for %(looks)s.")
_BY_ITSELF: Final = _(
    "Look whether you can use Rackbeat and e-conomic yourself. Lagerbro goes on trying, and passes nothing over."
)
_DO: Final[Mapping[str, Words]] = {
    FailureKind.CONFIG: _("Give the right or buy the module. Lagerbro goes on trying, and passes nothing over."),
    FailureKind.GONE: _("Connect again under “Connections and access”. Nothing is passed over."),
    FailureKind.REFUSED: _("Send this to support. What Rackbeat tells of itself is transferred meanwhile."),
    FailureKind.BUG: _("Send this to support. What Rackbeat tells of itself is transferred meanwhile."),
}
_ODD: Final = Sentence(
    _("Among %(looks)s there are records that cannot be used: %(count)s."),
    _("They have no number that can be looked up, but: %(numbers)s. All others are transferred."),
    _("Look them up in Rackbeat and give them a number there."),
)


def sentence_of(code: str, failure_kind: str) -> Sentence:
    """What is said of looks that failed with this code; the reason is told as it is of a transfer."""
    if code == UNREADABLE:
        return _ODD
    return Sentence(_CANNOT, OF_SYSTEMS.get(code, UNNAMED).why, _DO.get(failure_kind, _BY_ITSELF))
