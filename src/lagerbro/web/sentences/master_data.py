"""Sentences about customers, products and settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence

_NOT_TRANSFERRED = _("%(record)s is not transferred.")
_NO_LONGER = _("%(record)s is no longer transferred.")
_NOTHING = _("You need not do anything.")
_FOLLOWS = _("Correct it in Rackbeat; it then follows by itself.")

SENTENCES: Final[Mapping[str, Sentence]] = {
    "edited_meanwhile": Sentence(
        _("%(record)s was changed in e-conomic in the very moment in which Lagerbro wrote it."),
        _("Before → as it stands now: %(changes)s."),
        _("You need not do anything. If the change was right, make it in Rackbeat, which decides these fields."),
    ),
    "not_taken": Sentence(
        _("%(record)s is in e-conomic, but e-conomic did not take all of it."),
        _("As it was sent → as it stands: %(changes)s."),
        _("Look at it in e-conomic and press “Try again”. If it is to be as it stands: press “It is right”."),
    ),
    "record_made_again": Sentence(
        _("%(record)s was not in e-conomic any more and has been created there again."),
        _("It had been deleted, renumbered or merged there, and Rackbeat still has it."),
        _("You need not do anything. If it is not to come back, delete it in Rackbeat first."),
    ),
    "renumbered": Sentence(
        _NO_LONGER,
        _("It is number %(number)s in Rackbeat now: it was renumbered there, or merged with that one."),
        _("You need not do anything. What is booked in e-conomic under the old number stays there."),
    ),
    "deleted_in_rackbeat": Sentence(
        _NO_LONGER,
        _("It has been deleted in Rackbeat."),
        _("You need not do anything. It stays in e-conomic with what is booked on it; bar it there if you like."),
    ),
    "renumbered_in_rackbeat": Sentence(
        _NOT_TRANSFERRED,
        _("Rackbeat does not have number %(old)s any more: it has become %(number)s, and e-conomic has it as %(old)s."),
        _(
            "Change the number in e-conomic to %(number)s, and press “Try again”. Or press “Create it as a new one”: "
            "%(old)s then stays in e-conomic with what is booked on it."
        ),
    ),
    "renumbered_in_economic": Sentence(
        _NOT_TRANSFERRED,
        _("e-conomic does not have number %(number)s any more, and has the same name as number %(other)s."),
        _(
            "If it was renumbered, give it number %(number)s again in e-conomic, and press “Try again”. "
            "If %(other)s is another one, press “Create it as a new one”."
        ),
    ),
    "customer_unknown": Sentence(
        _NOT_TRANSFERRED,
        _("It was not found in Rackbeat."),
        _("Look it up in Rackbeat. If it is there, press “Try again”."),
    ),
    "customer_without_name": Sentence(_NOT_TRANSFERRED, _("It has no name in Rackbeat."), _FOLLOWS),
    "customer_without_group": Sentence(_NOT_TRANSFERRED, _("It has no customer group in Rackbeat."), _FOLLOWS),
    "customer_number_unusable": Sentence(
        _NOT_TRANSFERRED,
        _("e-conomic takes numbers from 1 to 999,999,999, and this is %(number)s."),
        _("Give the customer another number in Rackbeat; it then follows by itself."),
    ),
    "customer_group_missing": Sentence(
        _NOT_TRANSFERRED,
        _("Customer group %(group)s does not exist in e-conomic."),
        _(
            "Choose the group whose control account it is to have, and press “Create the group”. "
            "Or create it in e-conomic, and press “Try again”."
        ),
    ),
    "ean_unusable": Sentence(
        _NOT_TRANSFERRED,
        _("“%(ean)s” is no EAN number. An EAN number has 13 digits, and the last one is a check digit."),
        _(
            "Correct it on the customer in Rackbeat and press “Try again”. "
            "If it stands on a booked document, reverse that and make it anew with the right number."
        ),
    ),
    "group_not_followed": Sentence(
        _NOT_TRANSFERRED,
        _("It is not in both systems, and a group is never created by itself."),
        _NOTHING,
    ),
    "group_vat_differs": Sentence(
        _("%(record)s charges %(our_rate)s %% VAT in Rackbeat and %(their_rate)s %% in e-conomic."),
        _("In e-conomic the VAT comes from the sales account, which is %(account)s. Lagerbro never changes that."),
        _(
            "Choose a sales account with the right VAT code on the product group in e-conomic, or correct the rate in "
            "Rackbeat, and press “Try again”. If both are to stand: press “It is right”."
        ),
    ),
    "group_source_missing": Sentence(
        _NOT_TRANSFERRED,
        _("Group %(group)s was to have the accounts of group %(of_group)s, which e-conomic does not have."),
        _("Create group %(group)s in e-conomic with its accounts, and press “Try again”."),
    ),
    "product_unknown": Sentence(
        _NOT_TRANSFERRED,
        _("It was not found in Rackbeat."),
        _("Look it up in Rackbeat. If it is there, press “Try again”."),
    ),
    "product_without_group": Sentence(_NOT_TRANSFERRED, _("It has no product group in Rackbeat."), _FOLLOWS),
    "product_number_unusable": Sentence(
        _NOT_TRANSFERRED,
        _("e-conomic takes numbers of at most 25 characters, and this is %(number)s."),
        _("Give the product a shorter number in Rackbeat; it then follows by itself."),
    ),
    "product_group_missing": Sentence(
        _NOT_TRANSFERRED,
        _("Product group %(group)s does not exist in e-conomic."),
        _(
            "Choose the group whose sales accounts it is to have, and press “Create the group”. "
            "Or create it in e-conomic, and press “Try again”."
        ),
    ),
    "terms_as_before": Sentence(
        _("%(record)s are the same in e-conomic as before."), _("Kind and days give the same due date."), _NOTHING
    ),
    "terms_are_others": Sentence(
        _("%(record)s have become number %(terms)s in e-conomic."),
        _("Kind or days were changed in Rackbeat, and those of payment terms never change in e-conomic."),
        _(
            "You need not do anything. What is booked from now on has the new ones, "
            "and a customer when it is changed next."
        ),
    ),
    "payment_terms_missing": Sentence(
        _NOT_TRANSFERRED,
        _("Payment terms %(terms)s do not exist in e-conomic."),
        _("Create them in e-conomic, or choose others on the customer in Rackbeat, and press “Try again”."),
    ),
    "payment_terms_not_chosen": Sentence(
        _NOT_TRANSFERRED,
        _("The customer has no payment terms in Rackbeat."),
        _("Choose payment terms on the customer in Rackbeat, and press “Try again”."),
    ),
    "layout_not_chosen": Sentence(
        _NOT_TRANSFERRED,
        _("No layout in e-conomic has been chosen for it."),
        _("Choose a default layout under Layouts in the settings, and press “Try again”."),
    ),
    "layout_missing": Sentence(
        _NOT_TRANSFERRED,
        _("Layout %(layout)s does not exist in e-conomic any more."),
        _("Choose another under Layouts in the settings, and press “Try again”."),
    ),
    "oss_zone_missing": Sentence(
        _NOT_TRANSFERRED,
        _("e-conomic has no VAT zone for customers in %(country)s, and One Stop VAT is on."),
        _("Have a VAT zone made in e-conomic with the country in its name, and press “Try again”."),
    ),
    "oss_zone_ambiguous": Sentence(
        _NOT_TRANSFERRED,
        _("More than one VAT zone in e-conomic names %(country)s: %(zone_names)s."),
        _("Let only one of them have the country in its name in e-conomic, and press “Try again”."),
    ),
    "oss_account_missing": Sentence(
        _NOT_TRANSFERRED,
        _("Product group %(group)s has no sales account in e-conomic for VAT zone %(zone)s, the country's own."),
        _("Choose a sales account for the zone on the product group in e-conomic, and press “Try again”."),
    ),
    "zone_unknown": Sentence(
        _NOT_TRANSFERRED,
        _("Rackbeat names the VAT zone “%(zone)s”, which e-conomic does not have."),
        _("Choose a VAT zone on the customer in Rackbeat, and press “Try again”."),
    ),
}
