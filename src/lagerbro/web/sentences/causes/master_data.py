"""What customers, suppliers, their groups and products stand still for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.causes.cause import NOT_IN_RACKBEAT, Cause

_UNUSABLE_NUMBER: Final = _("%(records)s have a number that e-conomic does not take.")
_NO_NAME: Final = _("%(records)s have no name in Rackbeat.")
_NO_TERMS: Final = _("%(records)s wait for payment terms %(terms)s, which e-conomic does not have.")
_NO_ZONE: Final = _("%(records)s wait for a VAT zone: e-conomic does not have “%(zone)s”.")

MASTER_DATA_CAUSES: Final[Mapping[str, Cause]] = {
    "customer_barred": Cause(
        _("%(records)s wait for customer %(customer)s, who is barred in e-conomic."), ("customer",)
    ),
    "customer_group_missing": Cause(
        _("%(records)s wait for customer group %(group)s, which e-conomic does not have."), ("group",)
    ),
    "customer_not_transferred": Cause(
        _("%(records)s wait for customer %(key)s, who could not be made in e-conomic."), ("key",)
    ),
    "customer_number_unusable": Cause(_UNUSABLE_NUMBER),
    "customer_unknown": Cause(NOT_IN_RACKBEAT),
    "customer_without_group": Cause(_("%(records)s have no customer group in Rackbeat.")),
    "customer_without_name": Cause(_NO_NAME),
    "group_not_followed": Cause(_("%(records)s are not in both systems.")),
    "group_vat_differs": Cause(_("%(records)s charge another VAT rate in Rackbeat than in e-conomic.")),
    "group_source_missing": Cause(
        _("%(records)s wait for group %(group)s, and group %(of_group)s is not there to copy."), ("group", "of_group")
    ),
    "payment_terms_missing": Cause(_NO_TERMS, ("terms",)),
    "product_barred": Cause(_("%(records)s wait for product %(product)s, which is barred in e-conomic."), ("product",)),
    "product_group_missing": Cause(
        _("%(records)s wait for product group %(group)s, which e-conomic does not have."), ("group",)
    ),
    "product_not_transferred": Cause(
        _("%(records)s wait for product %(key)s, which could not be made in e-conomic."), ("key",)
    ),
    "product_number_unusable": Cause(_UNUSABLE_NUMBER),
    "product_unknown": Cause(NOT_IN_RACKBEAT),
    "product_without_group": Cause(_("%(records)s have no product group in Rackbeat.")),
    "deleted_in_rackbeat": Cause(_("%(records)s have been deleted in Rackbeat.")),
    "terms_as_before": Cause(_("%(records)s are the same in e-conomic as before.")),
    "terms_are_others": Cause(_("%(records)s have become others in e-conomic.")),
    "record_made_again": Cause(_("%(records)s had been deleted in e-conomic and were created there again.")),
    "renumbered": Cause(_("%(records)s have another number in Rackbeat by now.")),
    "renumbered_in_economic": Cause(_("%(records)s have another number in e-conomic by now: %(other)s."), ("other",)),
    "renumbered_in_rackbeat": Cause(
        _("%(records)s were number %(old)s in Rackbeat, and still are in e-conomic."), ("old",)
    ),
    "supplier_barred": Cause(
        _("%(records)s wait for supplier %(supplier)s, who is barred in e-conomic."), ("supplier",)
    ),
    "supplier_group_account_barred": Cause(
        _("%(records)s wait for account %(account)s, which is barred in e-conomic."),
        ("account",),
        "supplier_group_account",
    ),
    "supplier_group_account_missing": Cause(
        _("%(records)s wait for account %(account)s, which e-conomic does not have."),
        ("account",),
        "supplier_group_account",
    ),
    "supplier_group_account_not_chosen": Cause(
        _("%(records)s wait for an account for supplier groups to be chosen."), field="supplier_group_account"
    ),
    "supplier_group_account_unfit": Cause(
        _("%(records)s wait for another account: %(account)s is not in the balance sheet."),
        ("account",),
        "supplier_group_account",
    ),
    "supplier_group_not_transferred": Cause(
        _("%(records)s wait for supplier group %(key)s, which could not be made in e-conomic."), ("key",)
    ),
    "supplier_group_number_unusable": Cause(_UNUSABLE_NUMBER),
    "supplier_group_unknown": Cause(NOT_IN_RACKBEAT),
    "supplier_group_without_name": Cause(_NO_NAME),
    "supplier_not_transferred": Cause(
        _("%(records)s wait for supplier %(key)s, which could not be made in e-conomic."), ("key",)
    ),
    "supplier_number_taken": Cause(_("%(records)s have the number of another company in e-conomic.")),
    "supplier_number_unusable": Cause(_UNUSABLE_NUMBER),
    "supplier_terms_missing": Cause(_NO_TERMS, ("terms",)),
    "supplier_unknown": Cause(NOT_IN_RACKBEAT),
    "supplier_without_group": Cause(_("%(records)s have no supplier group in Rackbeat.")),
    "supplier_without_name": Cause(_NO_NAME),
    "supplier_without_terms": Cause(_("%(records)s have no payment terms in Rackbeat.")),
    "supplier_zone_unknown": Cause(_NO_ZONE, ("zone",)),
    "zone_unknown": Cause(_NO_ZONE, ("zone",)),
}
