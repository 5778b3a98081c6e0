"""Several records that stand still for one cause, told in one sentence that names the cause.

`by` names the details that make two causes different: the account, the customer, the product. A date counts by its
year or month (`DATE`), for that is what is opened again.
"""

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
    "supplier_invoice": _("%(n)s supplier invoices"),
    "supplier_credit": _("%(n)s credit notes from suppliers"),
    "supplier_invoice_document": _("%(n)s documents of supplier invoices"),
    "customer": _("%(n)s customers"),
    "supplier": _("%(n)s suppliers"),
    "supplier_group": _("%(n)s supplier groups"),
    "product": _("%(n)s products"),
    "stock_value": _("%(n)s stock values"),
    "stock_backfill": _("%(n)s parts of a back-fill"),
}
ANY_RECORDS: Final = _("%(n)s records")
AT_LEAST: Final = _("At least %(records)s")
"""Begins a sentence, as the records do in every cause."""

_NUMBERS: Final = _("%(records)s have a number that e-conomic does not take.")
_REFUSED: Final = _("%(records)s are refused by the other system. %(said)s")
_EU: Final = _("%(records)s wait for customer %(customer)s: the VAT zone is EU, and country or VAT number is not.")
_ABROAD: Final = _("%(records)s wait for customer %(customer)s: the VAT zone is Udland, and the goods go elsewhere.")
_NOT_IN_RACKBEAT: Final = _("%(records)s were not found in Rackbeat.")
_NO_NAME: Final = _("%(records)s have no name in Rackbeat.")
_NO_TERMS: Final = _("%(records)s wait for payment terms %(terms)s, which e-conomic does not have.")
_NO_ZONE: Final = _("%(records)s wait for a VAT zone: e-conomic does not have “%(zone)s”.")

_UNREACHABLE: Final = _("%(records)s wait: the other system could not be reached.")
_LOST: Final = _("%(records)s wait: the answers to calls were lost on the way.")
_FAILED: Final = _("%(records)s wait: the other system failed while it was working on them.")

CAUSES: Final[Mapping[str, Cause]] = {
    "": Cause(_("%(records)s have waited for their turn for more than two hours.")),
    "access_denied": Cause(_("%(records)s wait for a right or a module in the other system. %(said)s"), ("said",)),
    "access_doubted": Cause(_("%(records)s wait: the other system refuses Lagerbro's key now and then.")),
    "answer_lost": Cause(_LOST),
    "asked_by_another_number": Cause(_("%(records)s are transferred under the numbers that Rackbeat knows them by.")),
    "bug": Cause(_("%(records)s have stopped because of a fault in Lagerbro.")),
    "changed_meanwhile": Cause(_("%(records)s were being changed by somebody else, again and again.")),
    "changed_after_transfer": Cause(_("%(records)s were changed in Rackbeat after they had been transferred.")),
    "changed_during_transfer": Cause(_("%(records)s were changed in Rackbeat while they were being transferred.")),
    "credit_direction_unknown": Cause(_("%(records)s do not say which way they point.")),
    "credit_direction_wrong": Cause(_("%(records)s stand the wrong way round in e-conomic.")),
    "customer_barred": Cause(
        _("%(records)s wait for customer %(customer)s, who is barred in e-conomic."), ("customer",)
    ),
    "customer_group_missing": Cause(
        _("%(records)s wait for customer group %(group)s, which e-conomic does not have."), ("group",)
    ),
    "customer_not_transferred": Cause(
        _("%(records)s wait for customer %(key)s, who could not be made in e-conomic."), ("key",)
    ),
    "customer_number_unusable": Cause(_NUMBERS),
    "customer_unknown": Cause(_NOT_IN_RACKBEAT),
    "customer_without_group": Cause(_("%(records)s have no customer group in Rackbeat.")),
    "customer_without_name": Cause(_NO_NAME),
    "database_busy": Cause(_("%(records)s wait: Lagerbro's own database was busy or could not be reached.")),
    "booked_otherwise": Cause(_("%(records)s are booked in e-conomic with another amount than in Rackbeat.")),
    "credit_booked_turned": Cause(_("%(records)s are booked the wrong way round in e-conomic.")),
    "booked_edited": Cause(_("%(records)s were changed in e-conomic before somebody booked them there.")),
    "booked_for_another": Cause(_("%(records)s are booked in e-conomic for another customer than in Rackbeat.")),
    "deleted_after_transfer": Cause(_("%(records)s were deleted in Rackbeat after they had been transferred.")),
    "deleted_draft_stands": Cause(_("%(records)s were deleted in Rackbeat and stand as drafts in e-conomic.")),
    "earlier_draft_stands": Cause(_("%(records)s have an earlier draft in e-conomic.")),
    "outdated_draft_stands": Cause(_("%(records)s were changed in Rackbeat after their draft had been made.")),
    "unbooked_after_transfer": Cause(_("%(records)s were unbooked in Rackbeat after they had been transferred.")),
    "unbooked_draft_stands": Cause(_("%(records)s were unbooked in Rackbeat and stand as drafts in e-conomic.")),
    "invoice_deleted": Cause(_("%(records)s were deleted in Rackbeat.")),
    "draft_edited": Cause(_("%(records)s stand as drafts that somebody has changed in e-conomic.")),
    "foreign_draft_booked": Cause(_("%(records)s: another draft was booked in e-conomic in place of ours.")),
    "draft_changed": Cause(_("%(records)s have been changed in e-conomic since Lagerbro made them.")),
    "draft_unmarked": Cause(_("%(records)s have a draft in e-conomic without Lagerbro's reference.")),
    "draft_gone": Cause(_("%(records)s had a draft that has been deleted in e-conomic.")),
    "due_date_unusable": Cause(_("%(records)s have a due date that their payment terms cannot use.")),
    "ean_unusable": Cause(_("%(records)s have an EAN number that cannot be right.")),
    "economic_refused": Cause(_("%(records)s are refused by e-conomic. %(said)s"), ("said",)),
    "foreign_address": Cause(_("%(records)s wait: the other system pointed to a strange address.")),
    "grant_revoked": Cause(_("%(records)s wait for Lagerbro to be given access again.")),
    "invoice_contradicts": Cause(_("%(records)s have amounts in Rackbeat that contradict each other.")),
    "invoice_not_booked": Cause(_("%(records)s are still drafts in Rackbeat.")),
    "invoice_unknown": Cause(_NOT_IN_RACKBEAT),
    "invoice_without_customer": Cause(_("%(records)s have no customer.")),
    "invoice_without_lines": Cause(_("%(records)s have no lines.")),
    "currency_missing": Cause(
        _("%(records)s wait for currency %(currency)s, which e-conomic does not have."), ("currency",)
    ),
    "layout_missing": Cause(
        _("%(records)s wait for layout %(layout)s, which e-conomic does not have any more."), ("layout",), "layouts"
    ),
    "layout_not_chosen": Cause(_("%(records)s wait for a layout to be chosen."), field="default_layout"),
    "line_without_item": Cause(_("%(records)s have a line with an amount but no product.")),
    "net_unattainable": Cause(_("%(records)s would come to another amount in e-conomic than in Rackbeat.")),
    "net_differs": Cause(_("%(records)s come to another amount in e-conomic than in Rackbeat.")),
    "not_found": Cause(_("%(records)s refer to something that was not found. %(said)s"), ("said",)),
    "not_taken": Cause(_("%(records)s are not in e-conomic as they were sent.")),
    "not_found_yet": Cause(_LOST),
    "outcome_unknown": Cause(_LOST),
    "number_taken": Cause(_("%(records)s have a number that is already used in e-conomic."), field="number_taken"),
    "payment_terms_missing": Cause(_NO_TERMS, ("terms",)),
    "payment_terms_not_chosen": Cause(_("%(records)s have a customer without payment terms in Rackbeat.")),
    "period_closed": Cause(
        _("%(records)s are dated %(date)s, in a period that is closed in e-conomic."), (DATE,), date_length=7
    ),
    "period_barred": Cause(
        _("%(records)s are dated %(date)s, in a period that is barred in e-conomic."), (DATE,), date_length=7
    ),
    "product_barred": Cause(_("%(records)s wait for product %(product)s, which is barred in e-conomic."), ("product",)),
    "product_group_missing": Cause(
        _("%(records)s wait for product group %(group)s, which e-conomic does not have."), ("group",)
    ),
    "product_not_transferred": Cause(
        _("%(records)s wait for product %(key)s, which could not be made in e-conomic."), ("key",)
    ),
    "product_number_unusable": Cause(_NUMBERS),
    "product_unknown": Cause(_NOT_IN_RACKBEAT),
    "product_without_group": Cause(_("%(records)s have no product group in Rackbeat.")),
    "purchases_off": Cause(
        _("%(records)s wait for the supplier integration to be switched on."), field="suppliers_enabled"
    ),
    "rate_limited": Cause(_("%(records)s wait: the other system asks for a pause, again and again.")),
    "rate_missing": Cause(_("%(records)s wait for an exchange rate for %(currency)s in Rackbeat."), ("currency",)),
    "rate_unlikely": Cause(
        _("%(records)s have an exchange rate for %(currency)s that cannot be right: %(rate)s."), ("currency", "rate")
    ),
    "remote_refused": Cause(_REFUSED, ("said",)),
    "request_refused": Cause(_REFUSED, ("said",)),
    "sales_account_barred": Cause(
        _("%(records)s wait for sales account %(account)s, which is barred in e-conomic."), ("account",)
    ),
    "sales_account_missing": Cause(
        _("%(records)s wait for a sales account on product group %(group)s in VAT zone %(zone)s."), ("group", "zone")
    ),
    "sales_off": Cause(_("%(records)s wait for the customer integration to be switched on."), field="sales_enabled"),
    "stock_account_barred": Cause(
        _("%(records)s wait for account %(account)s, which is barred in e-conomic."), ("account",), "stock_account"
    ),
    "stock_account_blocked": Cause(
        _("%(records)s wait for account %(account)s, which takes no direct entries."), ("account",), "stock_account"
    ),
    "stock_account_has_vat": Cause(
        _("%(records)s wait for account %(account)s, which has a VAT code."), ("account",), "stock_account"
    ),
    "stock_account_missing": Cause(
        _("%(records)s wait for account %(account)s, which e-conomic does not have."), ("account",), "stock_account"
    ),
    "stock_account_unusable": Cause(
        _("%(records)s wait for account %(account)s, which is a heading or a sum."), ("account",), "stock_account"
    ),
    "stock_backfill_closed": Cause(_("%(records)s wait for closed or barred periods: %(periods)s."), ("periods",)),
    "stock_backfill_not_past": Cause(_("%(records)s are of days that are not past.")),
    "stock_backfill_too_long": Cause(_("%(records)s are of more days than are taken at a time.")),
    "stock_currency_differs": Cause(_("%(records)s are valued in another currency than the books.")),
    "stock_day_unusable": Cause(_("%(records)s are of days that have none.")),
    "stock_draft_unclear": Cause(_("%(records)s wait for a voucher that somebody has given a VAT code or a currency.")),
    "stock_journal_missing": Cause(
        _("%(records)s wait for journal %(journal)s, which e-conomic does not have."), ("journal",), "stock_journal"
    ),
    "stock_journal_restricted": Cause(
        _("%(records)s wait for journal %(journal)s, which cannot hold finance vouchers."),
        ("journal",),
        "stock_journal",
    ),
    "stock_not_booked": Cause(_("%(records)s stand as drafts that e-conomic would not book.")),
    "stock_numbers_used_up": Cause(_("%(records)s wait for voucher numbers in journal %(journal)s."), ("journal",)),
    "stock_opening_difference": Cause(
        _("%(records)s wait for a decision about the first difference."), field="stock_post_opening"
    ),
    "stock_period_closed": Cause(
        _("%(records)s wait for the period of %(date)s, which is closed or barred."), (DATE,), date_length=7
    ),
    "stock_settings_missing": Cause(
        _("%(records)s wait for journal and accounts to be chosen."), field="stock_journal"
    ),
    "stock_value_too_large": Cause(_("%(records)s are larger than any account takes.")),
    "stock_year_closed": Cause(
        _("%(records)s wait for the accounting year of %(date)s, which is closed."), (DATE,), date_length=4
    ),
    "stock_year_missing": Cause(
        _("%(records)s wait for the accounting year of %(date)s, which is missing."), (DATE,), date_length=4
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
    "supplier_group_number_unusable": Cause(_NUMBERS),
    "supplier_group_unknown": Cause(_NOT_IN_RACKBEAT),
    "supplier_group_without_name": Cause(_NO_NAME),
    "supplier_not_transferred": Cause(
        _("%(records)s wait for supplier %(key)s, which could not be made in e-conomic."), ("key",)
    ),
    "supplier_number_taken": Cause(_("%(records)s have the number of another company in e-conomic.")),
    "supplier_number_unusable": Cause(_NUMBERS),
    "supplier_terms_missing": Cause(_NO_TERMS, ("terms",)),
    "supplier_unknown": Cause(_NOT_IN_RACKBEAT),
    "supplier_without_group": Cause(_("%(records)s have no supplier group in Rackbeat.")),
    "supplier_without_name": Cause(_NO_NAME),
    "supplier_without_terms": Cause(_("%(records)s have no payment terms in Rackbeat.")),
    "supplier_zone_unknown": Cause(_NO_ZONE, ("zone",)),
    "fallback_used": Cause(
        _("%(records)s stand on the default account %(fallback)s, as account %(account)s cannot be used."),
        ("fallback", "account"),
    ),
    "fallback_stays": Cause(_("%(records)s on the default account belong on several accounts now.")),
    "fallback_missing": Cause(
        _("%(records)s wait for account %(account)s, and no default account is chosen."),
        ("account",),
        "fallback_account",
    ),
    "fallback_unusable": Cause(
        _("%(records)s wait: account %(account)s cannot be used, and default account %(fallback)s cannot either."),
        ("account", "fallback"),
        "fallback_account",
    ),
    "fallback_vat_locked": Cause(
        _("%(records)s wait for account %(account)s; the journal locks the VAT codes."), ("account",)
    ),
    "fallback_carries_vat": Cause(
        _("%(records)s wait for an account without VAT code for “%(product_group)s”."),
        ("product_group",),
        "purchase_accounts",
    ),
    "foreign_vat_charged": Cause(_("%(records)s from abroad have VAT that cannot be deducted.")),
    "invoice_without_supplier": Cause(_("%(records)s have no supplier.")),
    "lines_differ_from_total": Cause(_("%(records)s have lines that do not add up to the total.")),
    "purchase_year_missing": Cause(
        _("%(records)s are dated %(date)s, and e-conomic has no accounting year for that."), (DATE,), date_length=4
    ),
    "purchase_year_closed": Cause(
        _("%(records)s are dated %(date)s, in an accounting year that is closed in e-conomic."),
        (DATE,),
        "closed_period",
        date_length=4,
    ),
    "purchase_period_closed": Cause(
        _("%(records)s are dated %(date)s, in a period that is closed in e-conomic."),
        (DATE,),
        "closed_period",
        date_length=7,
    ),
    "purchase_period_barred": Cause(
        _("%(records)s are dated %(date)s, in a period that is barred in e-conomic."),
        (DATE,),
        "closed_period",
        date_length=7,
    ),
    "purchase_no_open_day": Cause(_("%(records)s wait for an open period in e-conomic.")),
    "purchase_account_refused": Cause(
        _("%(records)s have an account that e-conomic does not take. %(said)s"), ("said",)
    ),
    "purchase_account_undecided": Cause(
        _("%(records)s wait for an account for “%(product_group)s”."), ("product_group",), "purchase_accounts"
    ),
    "purchase_group_not_used": Cause(
        _("%(records)s have lines of “%(product_group)s”, which is not used."), ("product_group",), "purchase_accounts"
    ),
    "purchase_vat_code_unusable": Cause(
        _("%(records)s wait for VAT code %(vat)s of account %(account)s."), ("vat", "account")
    ),
    "reverse_charge_and_vat": Cause(
        _("%(records)s have VAT on account %(account)s, which computes it once more."), ("account",)
    ),
    "supplier_barred": Cause(
        _("%(records)s wait for supplier %(supplier)s, who is barred in e-conomic."), ("supplier",)
    ),
    "supplier_invoice_not_transferred": Cause(_("%(records)s wait for their voucher.")),
    "supplier_invoice_duplicate": Cause(_("%(records)s are in e-conomic already.")),
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
    "voucher_gone": Cause(_("%(records)s had a voucher that has been deleted in e-conomic.")),
    "voucher_numbers_used_up": Cause(_("%(records)s wait for voucher numbers in journal %(journal)s."), ("journal",)),
    "attachments_module_missing": Cause(
        _("%(records)s are not attached: the module “%(module)s” or a right is missing in e-conomic."), ("module",)
    ),
    "document_too_large": Cause(_("%(records)s are too large for e-conomic.")),
    "document_unusable": Cause(_("%(records)s are no PDF that can be read.")),
    "document_without_voucher": Cause(_("%(records)s have a voucher that is not in e-conomic any more.")),
    "value_missing": Cause(_("%(records)s have nothing in the field “%(field)s” in %(system)s."), ("system", "field")),
    "value_unusable": Cause(
        _("%(records)s have something in the field “%(field)s” in %(system)s that cannot be used."), ("system", "field")
    ),
    "server_error": Cause(_FAILED),
    "unreachable": Cause(_UNREACHABLE),
    "unreadable_answer": Cause(_("%(records)s wait: the other system sent answers that cannot be read.")),
    "waits_for": Cause(_("%(records)s wait for records that have not been transferred.")),
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
    "zone_unknown": Cause(_NO_ZONE, ("zone",)),
}
ANY_CAUSE: Final = Cause(_("%(records)s stand still for the same reason."))
