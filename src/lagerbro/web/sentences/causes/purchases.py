"""What supplier invoices and their documents stand still for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.causes.cause import DATE, Cause

PURCHASE_CAUSES: Final[Mapping[str, Cause]] = {
    "attachments_module_missing": Cause(
        _("%(records)s are not attached: the module “%(module)s” or a right is missing in e-conomic."), ("module",)
    ),
    "document_too_large": Cause(_("%(records)s are too large for e-conomic.")),
    "document_unusable": Cause(_("%(records)s are no PDF that can be read.")),
    "document_without_voucher": Cause(_("%(records)s have a voucher that is not in e-conomic any more.")),
    "fallback_carries_vat": Cause(
        _("%(records)s wait for an account without VAT code for “%(product_group)s”."),
        ("product_group",),
        "purchase_accounts",
    ),
    "fallback_missing": Cause(
        _("%(records)s wait for account %(account)s, and no default account is chosen."),
        ("account",),
        "fallback_account",
    ),
    "fallback_stays": Cause(_("%(records)s on the default account belong on several accounts now.")),
    "fallback_unusable": Cause(
        _("%(records)s wait: account %(account)s cannot be used, and default account %(fallback)s cannot either."),
        ("account", "fallback"),
        "fallback_account",
    ),
    "fallback_used": Cause(
        _("%(records)s stand on the default account %(fallback)s, as account %(account)s cannot be used."),
        ("fallback", "account"),
    ),
    "fallback_vat_locked": Cause(
        _("%(records)s wait for account %(account)s; the journal locks the VAT codes."), ("account",)
    ),
    "foreign_vat_charged": Cause(_("%(records)s from abroad have VAT that cannot be deducted.")),
    "invoice_without_supplier": Cause(_("%(records)s have no supplier.")),
    "lines_differ_from_total": Cause(_("%(records)s have lines that do not add up to the total.")),
    "purchase_account_refused": Cause(
        _("%(records)s have an account that e-conomic does not take. %(said)s"), ("said",)
    ),
    "purchase_account_undecided": Cause(
        _("%(records)s wait for an account for “%(product_group)s”."), ("product_group",), "purchase_accounts"
    ),
    "purchase_group_not_used": Cause(
        _("%(records)s have lines of “%(product_group)s”, which is not used."), ("product_group",), "purchase_accounts"
    ),
    "purchase_no_open_day": Cause(_("%(records)s wait for an open period in e-conomic.")),
    "purchase_period_barred": Cause(
        _("%(records)s are dated %(date)s, in a period that is barred in e-conomic."),
        (DATE,),
        "closed_period",
        date_length=7,
    ),
    "purchase_period_closed": Cause(
        _("%(records)s are dated %(date)s, in a period that is closed in e-conomic."),
        (DATE,),
        "closed_period",
        date_length=7,
    ),
    "purchase_vat_code_unusable": Cause(
        _("%(records)s wait for VAT code %(vat)s of account %(account)s."), ("vat", "account")
    ),
    "purchase_year_closed": Cause(
        _("%(records)s are dated %(date)s, in an accounting year that is closed in e-conomic."),
        (DATE,),
        "closed_period",
        date_length=4,
    ),
    "purchase_year_missing": Cause(
        _("%(records)s are dated %(date)s, and e-conomic has no accounting year for that."), (DATE,), date_length=4
    ),
    "purchases_off": Cause(
        _("%(records)s wait for the supplier integration to be switched on."), field="suppliers_enabled"
    ),
    "reverse_charge_and_vat": Cause(
        _("%(records)s have VAT on account %(account)s, which computes it once more."), ("account",)
    ),
    "supplier_invoice_duplicate": Cause(_("%(records)s are in e-conomic already.")),
    "supplier_invoice_not_transferred": Cause(_("%(records)s wait for their voucher.")),
    "supplier_invoice_twin": Cause(_("%(records)s are twice in Rackbeat.")),
    "supplier_invoice_without_lines": Cause(_("%(records)s have no lines.")),
    "supplier_journal_missing": Cause(
        _("%(records)s wait for journal %(journal)s, which e-conomic does not have."), ("journal",), "supplier_journal"
    ),
    "supplier_journal_not_chosen": Cause(_("%(records)s wait for a journal to be chosen."), field="supplier_journal"),
    "supplier_journal_wrong_type": Cause(
        _("%(records)s wait for journal %(journal)s, which is restricted to other entries."),
        ("journal",),
        "supplier_journal",
    ),
    "supplier_zone_differs": Cause(_("%(records)s have another VAT zone than their supplier.")),
    "vat_not_charged": Cause(
        _("%(records)s have less VAT than account %(account)s would deduct."), ("account",), "purchase_accounts"
    ),
    "voucher_changed": Cause(_("%(records)s stand in e-conomic, but changed.")),
    "voucher_edited": Cause(_("%(records)s have a voucher that somebody has changed in e-conomic.")),
    "voucher_partly_booked": Cause(_("%(records)s are only partly booked in e-conomic.")),
    "voucher_unmarked": Cause(_("%(records)s have a voucher whose text was changed, so that it cannot be followed.")),
    "voucher_gone": Cause(_("%(records)s had a voucher that has been deleted in e-conomic.")),
    "voucher_numbers_used_up": Cause(_("%(records)s wait for voucher numbers in journal %(journal)s."), ("journal",)),
}
