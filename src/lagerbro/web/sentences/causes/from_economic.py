"""What orders and invoices of e-conomic stand still for, and goods that should have left with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.causes.cause import Cause

FROM_ECONOMIC_CAUSES: Final[Mapping[str, Cause]] = {
    "document_without_lines": Cause(_("%(records)s have no lines in e-conomic.")),
    "document_line_without_item": Cause(
        _("%(records)s have lines without an item, and no item is chosen for those."), field="empty_line_item"
    ),
    "empty_line_item_gone": Cause(
        _("%(records)s wait for item %(item)s, which empty lines are to get and Rackbeat does not have."),
        ("item",),
        "empty_line_item",
    ),
    "empty_line_item_unusable": Cause(
        _("%(records)s wait for item %(item)s, which empty lines are to get and which is barred in Rackbeat."),
        ("item",),
        "empty_line_item",
    ),
    "empty_line_moves_stock": Cause(
        _("%(records)s have amounts without an item, and item %(item)s is kept in stock."), ("item",), "empty_line_item"
    ),
    "rackbeat_refused": Cause(_("%(records)s are refused by Rackbeat: “%(said)s”"), ("said",)),
    "order_amounts_differ": Cause(_("%(records)s come to something else in Rackbeat than in e-conomic.")),
    "order_changed": Cause(_("%(records)s have been changed in e-conomic since they were taken into Rackbeat.")),
    "order_changed_while_taken": Cause(_("%(records)s were changed in e-conomic while they were being taken.")),
    "order_deleted": Cause(_("%(records)s have been deleted in e-conomic and stand in Rackbeat.")),
    "order_taken_back": Cause(_("%(records)s are drafts again in e-conomic and stand as orders in Rackbeat.")),
    "order_gone_in_rackbeat": Cause(_("%(records)s stand in e-conomic and are cancelled or deleted in Rackbeat.")),
    "economic_invoice_unknown": Cause(_("%(records)s were not found in e-conomic.")),
    "economic_invoice_copy": Cause(_("%(records)s bear Lagerbro's reference of another invoice.")),
    "economic_credit_by_hand": Cause(_("%(records)s are credit notes, and nothing says whether goods came back.")),
    "order_on_its_way": Cause(
        _("%(records)s wait for order %(order)s, which is on its way into Rackbeat."), ("order",)
    ),
    "invoice_perhaps_of_order": Cause(_("%(records)s may be of orders that Rackbeat has already.")),
    "economic_invoice_amounts_differ": Cause(_("%(records)s come to something else in Rackbeat than in e-conomic.")),
    "shipping_refused": Cause(
        _("%(records)s are not marked as shipped: Rackbeat does not let it. “%(said)s”"), ("said",)
    ),
    "shipping_not_told": Cause(_("%(records)s are not marked as shipped: Rackbeat does not say what has left.")),
}
