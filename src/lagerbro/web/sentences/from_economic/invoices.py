"""Sentences about invoices that are born in e-conomic, and about goods that leave with one (domain-rules A19)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence

_NOT_TAKEN: Final = _("%(record)s is not taken into Rackbeat.")
_NOT_SHIPPED: Final = _("%(record)s is not marked in Rackbeat.")

SENTENCES: Final[Mapping[str, Sentence]] = {
    "economic_invoice_unknown": Sentence(
        _("%(record)s was not found in e-conomic."),
        _("The notice of it was wrong: what is booked there is never deleted."),
        _("Look it up in e-conomic. If it is there, press “Try again”."),
    ),
    "own_invoice": Sentence(
        _NOT_TAKEN, _("It came from Rackbeat, as invoice %(invoice)s."), _("You need not do anything.")
    ),
    "economic_invoice_copy": Sentence(
        _NOT_TAKEN,
        _("It bears Lagerbro's reference of invoice %(invoice)s, which is booked as number %(number)s."),
        _(
            "If it is a copy that was sold anew, make it by hand in Rackbeat, so that the goods leave the stock. If it "
            "was booked twice, credit it in e-conomic. Then press “It is right”."
        ),
    ),
    "economic_credit_by_hand": Sentence(
        _("%(record)s is a credit note and is not taken into Rackbeat."),
        _("Nothing in e-conomic says whether the goods have come back."),
        _("If they have, credit the invoice in Rackbeat by hand and take them back there. Then press “It is right”."),
    ),
    "invoice_of_order": Sentence(
        _NOT_TAKEN,
        _("It was made of order %(order)s, which is order %(number)s in Rackbeat; the goods are sent with that."),
        _("You need not do anything."),
    ),
    "order_on_its_way": Sentence(
        _NOT_TAKEN,
        _("Order %(order)s of e-conomic is on its way into Rackbeat, and this may be the invoice of it."),
        _("It goes on by itself when the order has come through."),
    ),
    "invoice_perhaps_of_order": Sentence(
        _NOT_TAKEN,
        _(
            "The customer has orders in Rackbeat that were made into invoices in e-conomic (%(orders)s), and this one "
            "comes to something else: taken too, the same goods might leave twice."
        ),
        _(
            "If it is the invoice of one of them, press “It is right”. If it is another sale, cancel in Rackbeat the "
            "order that is not to be sent, and press “Try again”; or make the invoice by hand in Rackbeat."
        ),
    ),
    "economic_invoice_amounts_differ": Sentence(
        _("%(record)s comes to something else in Rackbeat."),
        _("Draft %(number)s there comes to %(ours)s without VAT, and in e-conomic it is %(theirs)s."),
        _("Correct draft %(number)s in Rackbeat and press “Try again”; it is then booked."),
    ),
    "born_in_economic": Sentence(
        _("%(record)s is not transferred."),
        _("It came from e-conomic, where it has number %(number)s."),
        _("You need not do anything."),
    ),
    "shipping_off": Sentence(
        _NOT_SHIPPED,
        _("“Mark invoices as shipped when booked in e-conomic” is switched off."),
        _("Ship it in Rackbeat when the goods leave, or switch it on in the settings and press “Try again”."),
    ),
    "shipping_has_order": Sentence(
        _NOT_SHIPPED,
        _("It belongs to an order in Rackbeat (%(orders)s), and the goods are sent with that."),
        _("You need not do anything."),
    ),
    "already_shipped": Sentence(
        _("%(record)s stands in Rackbeat already."),
        _("Its goods leave once."),
        _("You need not do anything."),
    ),
    "shipping_refused": Sentence(
        _NOT_SHIPPED,
        _("Rackbeat does not let it. %(said)s"),
        _("Correct in Rackbeat what the answer names and press “Try again”, or ship it there by hand."),
    ),
    "shipping_not_told": Sentence(
        _NOT_SHIPPED,
        _("Rackbeat does not say whether its goods have left, and they must not leave twice."),
        _("Look at it in Rackbeat and ship it there if it is not. Then press “It is right”."),
    ),
    "shipping_of_credit": Sentence(
        _NOT_SHIPPED, _("It is a credit note: no goods leave with it."), _("You need not do anything.")
    ),
}
