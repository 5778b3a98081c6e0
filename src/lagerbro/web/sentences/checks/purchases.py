"""Sentences about the grid of purchase accounts and what is around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence, Words

_FALLS = _("Such lines go to the default account and are marked “needs review”.")
_ANOTHER = _("Choose another account in the grid.")
_CODE = _("Choose an account whose VAT code fits the column, or correct the code in e-conomic.")

SENTENCES: Final[Mapping[str, Sentence]] = {
    "purchase_accounts_undecided": Sentence(
        _("Accounts in the grid that nobody has decided on: %(count)s (%(groups)s)."),
        _("The suggestions are guesses. Only you can say where purchases are posted, and with which VAT."),
        _("Decide on each of them, or choose “not used”."),
    ),
    "purchase_account_missing": Sentence(
        _("%(group)s, %(zone)s: account %(number)s does not exist in e-conomic."), _FALLS, _ANOTHER
    ),
    "purchase_account_barred": Sentence(
        _("%(group)s, %(zone)s: account %(number)s %(name)s is barred in e-conomic."),
        _FALLS,
        _("Remove the bar in e-conomic, or choose another account."),
    ),
    "purchase_account_blocked": Sentence(
        _("%(group)s, %(zone)s: account %(number)s %(name)s is blocked for direct entries in e-conomic."),
        _FALLS,
        _("Remove the block in e-conomic, or choose another account."),
    ),
    "purchase_account_wrong_type": Sentence(
        _("%(group)s, %(zone)s: nothing can be posted to account %(number)s %(name)s."), _FALLS, _ANOTHER
    ),
    "purchase_account_on_balance_sheet": Sentence(
        _("%(group)s, %(zone)s: account %(number)s %(name)s is in the balance sheet."),
        _("Purchases are usually posted to a cost account; the stock value is corrected afterwards."),
        _("Choose a cost account, or leave it so if your auditor wants it."),
    ),
    "purchase_account_is_stock_account": Sentence(
        _("%(group)s, %(zone)s: account %(number)s %(name)s is the stock account too."),
        _("What is posted there is taken away again by the next stock value."),
        _("Choose a cost account."),
    ),
    "purchase_vat_contradicts": Sentence(
        _("%(group)s, %(zone)s: account %(number)s %(name)s has the VAT code %(vat_code)s, which does not fit."),
        _("VAT would be deducted that nobody has charged, or VAT that is owed would be left out."),
        _CODE,
    ),
    "purchase_vat_doubtful": Sentence(
        _("%(group)s, %(zone)s: account %(number)s %(name)s has the VAT code %(vat_code)s. Is that right?"),
        _("The code looks as if it were meant for another zone, and the VAT return follows the code."),
        _CODE,
    ),
    "purchase_vat_missing_in_eu": Sentence(
        _("%(group)s, %(zone)s: account %(number)s %(name)s has no VAT code."),
        _("Without one no acquisition VAT is computed on goods from other EU countries."),
        _CODE,
    ),
    "purchase_vat_code_barred": Sentence(
        _("%(group)s, %(zone)s: the VAT code %(vat_code)s is barred in e-conomic."),
        _("Nothing can be posted with it."),
        _CODE,
    ),
    "purchase_vat_code_missing": Sentence(
        _("%(group)s, %(zone)s: the VAT code %(vat_code)s does not exist in e-conomic."),
        _("Nothing can be posted with it."),
        _CODE,
    ),
    "fallback_vat_contradicts": Sentence(
        _("The default account %(number)s %(name)s has the VAT code %(vat_code)s, which does not fit %(zones)s."),
        _("Lagerbro sends the right VAT code along and marks the line “needs review”."),
        _("An account without VAT code is better suited."),
    ),
    "supplier_zones_missing": Sentence(
        _("e-conomic has no VAT zone for suppliers with number %(zones)s."),
        _("Suppliers in it cannot be created."),
        _("Ask e-conomic's support to open the zone for suppliers."),
    ),
    "supplier_terms_missing": Sentence(
        _("Payment terms %(number)s %(name)s are in Rackbeat, but not in e-conomic."),
        _("Suppliers with them are held, and so are their invoices."),
        _("Create the terms in e-conomic, or choose others on the suppliers."),
    ),
    "supplier_currency_missing": Sentence(
        _("Currency %(currency)s is on %(count)s of your suppliers in Rackbeat, but not in e-conomic."),
        _("Those suppliers and their invoices are held."),
        _("Create the currency in e-conomic."),
    ),
    "attachments_missing": Sentence(
        _("Your e-conomic agreement does not have the module for scanned vouchers."),
        _("Supplier invoices arrive without the PDF."),
        _("Add the module in e-conomic if you want the PDF on the voucher."),
    ),
}

PASSED: Final[Mapping[str, Words]] = {
    "supplier_zones_missing": _("The VAT zones for suppliers are there"),
    "supplier_terms_missing": _("All payment terms are in e-conomic too"),
    "supplier_currency_missing": _("The currencies of all suppliers are in e-conomic too"),
    "attachments_missing": _("PDFs can be attached to vouchers"),
}
