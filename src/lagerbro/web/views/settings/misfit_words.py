"""Why an answer of the settings page does not fit, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lagerbro.agreements.fitness import Misfit
from lagerbro.wire.texts import isolated

Words = str | Promise

MISFITS: Final[Mapping[str, Words]] = {
    "not_postable": _("A heading or a sum; nothing can be posted to it."),
    "barred": _("Barred in e-conomic."),
    "blocked": _("Blocked for direct entries in e-conomic."),
    "not_balance_sheet": _("Not an account of the balance sheet."),
    "not_profit_and_loss": _("An account of the balance sheet; cost of goods usually belongs to the profit and loss."),
    "carries_vat": _("Has VAT code %(vat)s; the stock value must be posted without VAT."),
    "vat_code_barred": _("Its VAT code %(vat)s is barred in e-conomic."),
    "balance_sheet_purchase": _(
        "An account of the balance sheet: together with the stock value, stock would count twice."
    ),
    "without_effect": _("Has no effect now: “Book invoices in e-conomic when booked in Rackbeat” is off."),
    "sales_vat": _("VAT code %(vat)s is for sales, not for purchases."),
    "vat_contradicts_domestic": _("VAT code %(vat)s (%(name)s) is not for domestic purchases."),
    "vat_contradicts_eu": _("VAT code %(vat)s (%(name)s) is not for purchases in the EU."),
    "vat_contradicts_abroad": _("VAT code %(vat)s (%(name)s) is not for purchases outside the EU."),
    "no_vat_in_eu": _("No VAT code: the VAT on purchases in the EU is not computed."),
    "vat_in_exempt_zone": _("Has VAT code %(vat)s; this column needs an account without one."),
    "journal_not_for_suppliers": _("Takes other entries than supplier invoices."),
    "journal_not_for_finance": _("Cannot hold finance vouchers."),
    "journal_locks_vat": _("VAT codes are locked in this journal."),
    "journal_standing": _("A standing journal: entries stay in it after they are booked."),
    "journal_needs_approval": _("Entries must be approved in e-conomic before they are booked."),
    "layout_deleted": _("Deleted in e-conomic."),
    "item_barred": _("Barred in Rackbeat."),
    "item_stocked": _("An item with stock. An item without stock is meant here."),
    "unknown_account": _("There is no account %(number)s in e-conomic."),
    "unknown_journal": _("There is no journal %(number)s in e-conomic."),
    "unknown_layout": _("There is no layout %(number)s in e-conomic."),
    "unknown_item": _("There is no item %(number)s in Rackbeat."),
    "not_a_number": _("“%(text)s” is not a number that we know. Type the number, or choose from the list."),
    "not_one_number": _("“%(text)s” is not one number. Type the number alone, or choose from the list."),
    "not_an_option": _("“%(text)s” is not one of the choices."),
    "not_an_amount": _("“%(text)s” is not an amount. Write it like 0.05."),
    "minimum_out_of_range": _("Write an amount from 0.00 to 10,000.00, with two decimals at most."),
    "amount_out_of_range": _("Write an amount from 0.00 to 5.00, with two decimals at most."),
    "same_account": _("The contra account must be another account than the stock account."),
    "split_contra_alone": _("This row has a contra account and no stock account. Choose one, or empty both."),
    "split_contra_is_stock": _("Account %(number)s holds stock already; a contra account must be another one."),
    "split_contra_differs": _(
        "Stock account %(number)s has contra account %(contra)s already. A stock account has one contra account."
    ),
    "startup_used": _("The start-up sync has been run; it can be run only once."),
}


def misfit_text(misfit: Misfit) -> str:
    """The sentence of a misfit with its details in it."""
    values = defaultdict(lambda: "–", {name: isolated(str(text)) for name, text in misfit.details.items()})
    return str(MISFITS[misfit.code]) % values
