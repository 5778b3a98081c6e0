"""Sentences about the accounts and journals that are chosen one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.checks import accounts, journals
from lagerbro.web.sentences.words import Sentence, Words

_CODES: Final = frozenset(check.code for check in (*accounts.CHECKS, *journals.CHECKS))
_ANOTHER = _("Choose another account.")
_UNBAR = _("Remove the bar in e-conomic, or choose another account.")
_SUPPLIERS: Final = _("Suppliers cannot be created in e-conomic without it.")
_FALLBACK: Final = _("It is used when an account in the grid cannot be; without it such lines are held.")
_STOCK: Final = _("The stock value is posted between “Stock account” and “Contra account”.")
_SPLIT: Final = _("The part of the stock value that is split onto it cannot be posted.")

_WHY: Final[Mapping[str, Words]] = {
    "supplier_group_account": _SUPPLIERS,
    "fallback_account": _FALLBACK,
    "stock_account": _STOCK,
    "stock_contra_account": _STOCK,
}
_TYPES: Final[Mapping[str, Words]] = {
    "supplier_group_account": _("It has to be a creditor account in the balance sheet."),
    "fallback_account": _("It has to be an account that can be posted to, not a heading or a sum."),
    "stock_account": _("It has to be an account in the balance sheet that can be posted to."),
    "stock_contra_account": _("It has to be an account that can be posted to, not a heading or a sum."),
}
_JOURNAL_WHY: Final[Mapping[str, Words]] = {
    "supplier_journal": _("Supplier invoices have nowhere to go."),
    "stock_journal": _("Without a journal no stock value is transferred at all."),
}
_JOURNAL_TYPES: Final[Mapping[str, Words]] = {
    "supplier_journal": _("In e-conomic it is kept for another kind of entry than supplier invoices."),
    "stock_journal": _("In e-conomic it is kept for another kind of entry than finance vouchers."),
}
_LOCKED: Final[Mapping[str, Words]] = {
    "supplier_journal": _("When the default account has to be used, the right VAT code cannot be sent along."),
    "stock_journal": _("The stock value has to be posted without VAT, and the journal would add it."),
}


def _accounts() -> Iterator[tuple[str, Sentence]]:
    """For every reason, also those that a field cannot have: a control account may be blocked, costs may carry VAT."""
    for field, why in _WHY.items():
        yield f"{field}_not_chosen", Sentence(_("“%(label)s” has not been chosen."), why, _("Choose an account."))
        yield (
            f"{field}_missing",
            Sentence(_("Account %(number)s (%(label)s) does not exist in e-conomic."), why, _ANOTHER),
        )
        yield (
            f"{field}_barred",
            Sentence(_("Account %(number)s %(name)s (%(label)s) is barred in e-conomic."), why, _UNBAR),
        )
        yield (
            f"{field}_blocked",
            Sentence(
                _("Account %(number)s %(name)s (%(label)s) is blocked for direct entries in e-conomic."),
                why,
                _("Remove the block in e-conomic, or choose another account."),
            ),
        )
        yield (
            f"{field}_wrong_type",
            Sentence(_("Account %(number)s %(name)s cannot be used as “%(label)s”."), _TYPES[field], _ANOTHER),
        )
        yield (
            f"{field}_with_vat_code",
            Sentence(
                _("Account %(number)s %(name)s (%(label)s) carries the VAT code %(vat_code)s."),
                _("VAT would be taken out of the stock value."),
                _("Remove the VAT code from the account in e-conomic, or choose another account."),
            ),
        )


def _journals() -> Iterator[tuple[str, Sentence]]:
    other = _("Choose another journal, or change the journal in e-conomic.")
    for field, why in _JOURNAL_WHY.items():
        yield (
            f"{field}_not_chosen",
            Sentence(_("No journal has been chosen under “%(section)s”."), why, _("Choose a journal.")),
        )
        yield (
            f"{field}_missing",
            Sentence(_("Journal %(number)s does not exist in e-conomic."), why, _("Choose another journal.")),
        )
        yield (
            f"{field}_wrong_type",
            Sentence(_("Journal %(number)s %(name)s does not take our entries."), _JOURNAL_TYPES[field], other),
        )
        yield (
            f"{field}_locks_vat_codes",
            Sentence(_("Journal %(number)s %(name)s locks its VAT codes."), _LOCKED[field], other),
        )
        yield (
            f"{field}_standing",
            Sentence(
                _("Journal %(number)s %(name)s keeps its entries after booking."),
                _("The same entries could be booked again."),
                other,
            ),
        )
        yield (
            f"{field}_needs_approval",
            Sentence(
                _("Entries in journal %(number)s %(name)s must be approved before they are booked."),
                _("They are booked by you in e-conomic; automatic booking is not possible."),
            ),
        )


SENTENCES: Final[Mapping[str, Sentence]] = {
    **{code: sentence for code, sentence in (*_accounts(), *_journals()) if code in _CODES},
    "journal_shared": Sentence(
        _("Journal %(number)s %(name)s has been chosen for both supplier invoices and the stock value."),
        _("It takes only one of the two kinds of entries."),
        _("Choose a journal of its own for each of them."),
    ),
    "stock_frequency_not_chosen": Sentence(
        _("You have not chosen how often the stock value is transferred."),
        _("So it is never transferred."),
        _("Choose daily, weekly or monthly."),
    ),
    "stock_accounts_equal": Sentence(
        _("“Stock account” and “Contra account” are both %(number)s."),
        _("Debit and credit would even each other out every time."),
        _("Choose another contra account."),
    ),
    "stock_split_missing": Sentence(_("Account %(number)s (%(label)s) does not exist in e-conomic."), _SPLIT, _ANOTHER),
    "stock_split_barred": Sentence(
        _("Account %(number)s %(name)s (%(label)s) is barred in e-conomic."), _SPLIT, _UNBAR
    ),
    "stock_split_blocked": Sentence(
        _("Account %(number)s %(name)s (%(label)s) is blocked for direct entries in e-conomic."),
        _SPLIT,
        _("Remove the block in e-conomic, or choose another account."),
    ),
    "stock_split_wrong_type": Sentence(
        _("Account %(number)s %(name)s cannot be used as “%(label)s”."),
        _("A stock account belongs to the balance sheet, and both accounts must take postings."),
        _ANOTHER,
    ),
    "stock_split_with_vat_code": Sentence(
        _("Account %(number)s %(name)s (%(label)s) carries the VAT code %(vat_code)s."),
        _("VAT would be taken out of the stock value."),
        _("Remove the VAT code from the account in e-conomic, or choose another account."),
    ),
    "stock_split_conflict": Sentence(
        _("Account %(number)s is used twice in the split of the stock value, in ways that do not go together."),
        _("A stock account has one contra account only, and a contra account holds no stock."),
        _("Choose other accounts for the row."),
    ),
    "default_layout_not_chosen": Sentence(
        _("No default layout has been chosen."),
        _("An invoice in e-conomic has to have a layout."),
        _("Choose a default layout."),
    ),
    "default_layout_missing": Sentence(
        _("Layout %(number)s, the default, does not exist in e-conomic any more."),
        _("An invoice in e-conomic has to have a layout."),
        _("Choose another default layout."),
    ),
    "mapped_layout_missing": Sentence(
        _("The layout that “%(layout)s” is matched with does not exist in e-conomic any more."),
        _("Invoices with it are held."),
        _("Match it with another layout."),
    ),
}
