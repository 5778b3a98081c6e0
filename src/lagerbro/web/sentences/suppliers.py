"""Sentences about suppliers and their groups.

The chain is told from its root: the account that a group cannot have, the group that cannot be made without it, the
supplier that waits for the group. What is settled at the root goes on by itself all the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.documents import SOLVE_IT_THERE
from lagerbro.web.sentences.words import Sentence

_NOT_TRANSFERRED: Final = _("%(record)s is not transferred.")
_FOLLOWS: Final = _("Correct it in Rackbeat; it then follows by itself.")
_NOT_FOUND: Final = _("It was not found in Rackbeat.")
_LOOK_IT_UP: Final = _("Look it up in Rackbeat. If it is there, press “Try again”.")
_NOT_MADE: Final = _("%(record)s cannot be made in e-conomic.")
_NUMBERS: Final = _("e-conomic takes numbers from 1 to 999,999,999, and this is %(number)s.")
_OTHER_ACCOUNT: Final = _("Choose another under “Account for supplier groups” in the settings, and press “Try again”.")

SENTENCES: Final[Mapping[str, Sentence]] = {
    "purchases_off": Sentence(
        _NOT_TRANSFERRED,
        _("The supplier integration is switched off."),
        _("Switch it on under “Supplier invoices” in the settings if it is to go to e-conomic, and press “Try again”."),
    ),
    "supplier_group_unknown": Sentence(_NOT_TRANSFERRED, _NOT_FOUND, _LOOK_IT_UP),
    "supplier_group_without_name": Sentence(_NOT_TRANSFERRED, _("It has no name in Rackbeat."), _FOLLOWS),
    "supplier_group_number_unusable": Sentence(
        _NOT_TRANSFERRED, _NUMBERS, _("Give the group another number in Rackbeat; it then follows by itself.")
    ),
    "supplier_group_account_not_chosen": Sentence(
        _NOT_MADE,
        _("No account for supplier groups has been chosen."),
        _("Choose one under “Account for supplier groups” in the settings, and press “Try again”."),
    ),
    "supplier_group_account_missing": Sentence(
        _NOT_MADE, _("Account %(account)s for supplier groups does not exist in e-conomic."), _OTHER_ACCOUNT
    ),
    "supplier_group_account_unfit": Sentence(
        _NOT_MADE, _("Account %(account)s for supplier groups is not a balance sheet account."), _OTHER_ACCOUNT
    ),
    "supplier_group_account_barred": Sentence(
        _NOT_MADE,
        _("Account %(account)s for supplier groups is barred in e-conomic."),
        _(
            "Lift the bar on the account in e-conomic, or choose another under “Account for supplier groups” in the "
            "settings, and press “Try again”."
        ),
    ),
    "supplier_group_not_transferred": Sentence(
        _("%(record)s waits for its supplier group."),
        _("Supplier group %(key)s could not be made in e-conomic. %(cause)s"),
        SOLVE_IT_THERE,
    ),
    "supplier_not_transferred": Sentence(
        _("%(record)s waits for its supplier."),
        _("Supplier %(key)s could not be made in e-conomic. %(cause)s"),
        SOLVE_IT_THERE,
    ),
    "supplier_unknown": Sentence(_NOT_TRANSFERRED, _NOT_FOUND, _LOOK_IT_UP),
    "supplier_without_name": Sentence(_NOT_TRANSFERRED, _("It has no name in Rackbeat."), _FOLLOWS),
    "supplier_without_group": Sentence(_NOT_TRANSFERRED, _("It has no supplier group in Rackbeat."), _FOLLOWS),
    "supplier_without_terms": Sentence(_NOT_TRANSFERRED, _("It has no payment terms in Rackbeat."), _FOLLOWS),
    "supplier_number_unusable": Sentence(
        _NOT_TRANSFERRED, _NUMBERS, _("Give the supplier another number in Rackbeat; it then follows by itself.")
    ),
    "supplier_number_taken": Sentence(
        _NOT_TRANSFERRED,
        _(
            "Its number is another company's in e-conomic: %(name)s with CVR number %(cvr)s, where Rackbeat has "
            "%(our_cvr)s. Nothing has been written over."
        ),
        _(
            "Give the supplier another number in Rackbeat. If it is the same company, correct the CVR number in the "
            "system where it is wrong, and press “Try again”."
        ),
    ),
    "supplier_terms_missing": Sentence(
        _NOT_TRANSFERRED,
        _("Payment terms %(terms)s do not exist in e-conomic."),
        _("Create them in e-conomic, or choose others on the supplier in Rackbeat, and press “Try again”."),
    ),
    "supplier_zone_unknown": Sentence(
        _NOT_TRANSFERRED,
        _("Rackbeat names the VAT zone “%(zone)s”, which e-conomic does not have."),
        _("Choose a VAT zone on the supplier in Rackbeat; it then follows by itself."),
    ),
}
