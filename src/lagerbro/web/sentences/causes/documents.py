"""What customer invoices stand still for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.causes.cause import DATE, NOT_IN_RACKBEAT, Cause

_EU: Final = _("%(records)s wait for customer %(customer)s: the VAT zone is EU, and country or VAT number is not.")
_ABROAD: Final = _("%(records)s wait for customer %(customer)s: the VAT zone is Udland, and the goods go elsewhere.")

DOCUMENT_CAUSES: Final[Mapping[str, Cause]] = {
    "asked_by_another_number": Cause(_("%(records)s are transferred under the numbers that Rackbeat knows them by.")),
    "booked_edited": Cause(_("%(records)s were changed in e-conomic before somebody booked them there.")),
    "booked_for_another": Cause(_("%(records)s are booked in e-conomic for another customer than in Rackbeat.")),
    "booked_for_another_supplier": Cause(
        _("%(records)s are booked in e-conomic for another supplier than in Rackbeat.")
    ),
    "booked_otherwise": Cause(_("%(records)s are booked in e-conomic with another amount than in Rackbeat.")),
    "changed_after_transfer": Cause(_("%(records)s were changed in Rackbeat after they had been transferred.")),
    "changed_during_transfer": Cause(_("%(records)s were changed in Rackbeat while they were being transferred.")),
    "credit_booked_turned": Cause(_("%(records)s are booked the wrong way round in e-conomic.")),
    "credit_direction_unknown": Cause(_("%(records)s do not say which way they point.")),
    "credit_direction_wrong": Cause(_("%(records)s stand the wrong way round in e-conomic.")),
    "currency_missing": Cause(
        _("%(records)s wait for currency %(currency)s, which e-conomic does not have."), ("currency",)
    ),
    "deleted_after_transfer": Cause(_("%(records)s were deleted in Rackbeat after they had been transferred.")),
    "deleted_draft_stands": Cause(_("%(records)s were deleted in Rackbeat and stand as drafts in e-conomic.")),
    "draft_changed": Cause(_("%(records)s have been changed in e-conomic since Lagerbro made them.")),
    "draft_edited": Cause(_("%(records)s stand as drafts that somebody has changed in e-conomic.")),
    "draft_gone": Cause(_("%(records)s had a draft that has been deleted in e-conomic.")),
    "draft_unmarked": Cause(_("%(records)s have a draft in e-conomic without Lagerbro's reference.")),
    "due_date_unusable": Cause(_("%(records)s have a due date that their payment terms cannot use.")),
    "ean_unusable": Cause(_("%(records)s have an EAN number that cannot be right.")),
    "earlier_draft_stands": Cause(_("%(records)s have an earlier draft in e-conomic.")),
    "foreign_draft_booked": Cause(_("%(records)s: another draft was booked in e-conomic in place of ours.")),
    "invoice_contradicts": Cause(_("%(records)s have amounts in Rackbeat that contradict each other.")),
    "invoice_deleted": Cause(_("%(records)s were deleted in Rackbeat.")),
    "invoice_not_booked": Cause(_("%(records)s are still drafts in Rackbeat.")),
    "invoice_unknown": Cause(NOT_IN_RACKBEAT),
    "invoice_without_customer": Cause(_("%(records)s have no customer.")),
    "invoice_without_lines": Cause(_("%(records)s have no lines.")),
    "layout_missing": Cause(
        _("%(records)s wait for layout %(layout)s, which e-conomic does not have any more."), ("layout",), "layouts"
    ),
    "layout_not_chosen": Cause(_("%(records)s wait for a layout to be chosen."), field="default_layout"),
    "line_without_item": Cause(_("%(records)s have a line with an amount but no product.")),
    "net_differs": Cause(_("%(records)s come to another amount in e-conomic than in Rackbeat.")),
    "net_unattainable": Cause(_("%(records)s would come to another amount in e-conomic than in Rackbeat.")),
    "number_taken": Cause(_("%(records)s have a number that is already used in e-conomic."), field="number_taken"),
    "outdated_draft_stands": Cause(_("%(records)s were changed in Rackbeat after their draft had been made.")),
    "payment_terms_not_chosen": Cause(_("%(records)s have a customer without payment terms in Rackbeat.")),
    "period_barred": Cause(
        _("%(records)s are dated %(date)s, in a period that is barred in e-conomic."), (DATE,), date_length=7
    ),
    "period_closed": Cause(
        _("%(records)s are dated %(date)s, in a period that is closed in e-conomic."), (DATE,), date_length=7
    ),
    "oss_account_missing": Cause(
        _("%(records)s wait for a sales account on product group %(group)s in VAT zone %(zone)s."), ("group", "zone")
    ),
    "oss_zone_ambiguous": Cause(
        _("%(records)s wait: more than one VAT zone in e-conomic names %(country)s."), ("country",), "oss_enabled"
    ),
    "oss_zone_missing": Cause(
        _("%(records)s wait for a VAT zone for %(country)s in e-conomic."), ("country",), "oss_enabled"
    ),
    "rate_missing": Cause(_("%(records)s wait for an exchange rate for %(currency)s in Rackbeat."), ("currency",)),
    "rate_unlikely": Cause(
        _("%(records)s have an exchange rate for %(currency)s that cannot be right: %(rate)s."), ("currency", "rate")
    ),
    "sales_account_barred": Cause(
        _("%(records)s wait for sales account %(account)s, which is barred in e-conomic."), ("account",)
    ),
    "sales_account_missing": Cause(
        _("%(records)s wait for a sales account on product group %(group)s in VAT zone %(zone)s."), ("group", "zone")
    ),
    "sales_off": Cause(_("%(records)s wait for the customer integration to be switched on."), field="sales_enabled"),
    "unbooked_after_transfer": Cause(_("%(records)s were unbooked in Rackbeat after they had been transferred.")),
    "unbooked_draft_stands": Cause(_("%(records)s were unbooked in Rackbeat and stand as drafts in e-conomic.")),
    "vat_differs": Cause(_("%(records)s have another VAT in e-conomic than in Rackbeat.")),
    "vat_rounding_too_large": Cause(
        _("%(records)s have a VAT rounding above %(limit)s, which is what you allow."), ("limit",), "vat_rounding_limit"
    ),
    "year_closed": Cause(
        _("%(records)s are dated %(date)s, in an accounting year that is closed in e-conomic."), (DATE,), date_length=4
    ),
    "year_missing": Cause(
        _("%(records)s are dated %(date)s, and e-conomic has no accounting year for that."), (DATE,), date_length=4
    ),
    "zone_abroad_in_denmark": Cause(_ABROAD, ("customer",)),
    "zone_abroad_in_eu": Cause(_ABROAD, ("customer",)),
    "zone_domestic_outside": Cause(
        _("%(records)s wait for customer %(customer)s: the VAT zone is Indland, but the goods leave Denmark."),
        ("customer",),
    ),
    "zone_eu_danish_number": Cause(_EU, ("customer",)),
    "zone_eu_in_denmark": Cause(_EU, ("customer",)),
    "zone_eu_outside": Cause(_EU, ("customer",)),
    "zone_eu_without_number": Cause(
        _("%(records)s wait for customer %(customer)s: the VAT zone is EU, but there is no VAT number."), ("customer",)
    ),
    "zone_oss_country_unknown": Cause(
        _("%(records)s wait for customer %(customer)s: no country says which VAT is owed."), ("customer",)
    ),
    "zone_oss_without_vat": Cause(
        _("%(records)s wait for customer %(customer)s: a sale to a private person without VAT."), ("customer",)
    ),
}
