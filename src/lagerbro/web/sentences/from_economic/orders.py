"""Sentences about orders of e-conomic that are taken into Rackbeat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence

_NOT_TAKEN: Final = _("%(record)s is not taken into Rackbeat.")
_STANDS_THERE: Final = _("It is order %(number)s in Rackbeat, which is left as it is.")

SENTENCES: Final[Mapping[str, Sentence]] = {
    "document_without_lines": Sentence(
        _NOT_TAKEN,
        _("It has no line in e-conomic that says anything."),
        _("Write its lines in e-conomic; it then follows by itself. Or press “Try again”."),
    ),
    "document_line_without_item": Sentence(
        _NOT_TAKEN,
        _("Line %(line)s, “%(text)s”, has no item in e-conomic, and in Rackbeat every line has one."),
        _(
            "Fill in “Item no. for empty e-conomic lines” in the settings and press “Try again”, or give the line an "
            "item in e-conomic."
        ),
    ),
    "empty_line_item_gone": Sentence(
        _NOT_TAKEN,
        _("It has lines without an item, and item %(item)s, which they are to get, does not exist in Rackbeat."),
        _("Make item %(item)s in Rackbeat, or choose another one in the settings; then press “Try again”."),
    ),
    "empty_line_item_unusable": Sentence(
        _NOT_TAKEN,
        _("It has lines without an item, and item %(item)s, which they are to get, is barred in Rackbeat."),
        _("Unbar item %(item)s in Rackbeat, or choose another one in the settings; then press “Try again”."),
    ),
    "empty_line_moves_stock": Sentence(
        _NOT_TAKEN,
        _(
            "Line %(line)s has an amount and no item, and item %(item)s, which it is to get, is kept in stock: goods "
            "that were never sold would leave the stock."
        ),
        _("Choose an item without stock in the settings, and press “Try again”."),
    ),
    "rackbeat_refused": Sentence(
        _("Rackbeat does not take %(record)s."),
        _("It says that something in it is not as it should be. %(said)s"),
        _("Correct in Rackbeat or e-conomic what the answer names, and press “Try again”."),
    ),
    "order_withdrawn": Sentence(
        _NOT_TAKEN,
        _("It is no longer among the sent orders of e-conomic, and nothing had been made of it."),
        _("You need not do anything."),
    ),
    "order_amounts_differ": Sentence(
        _("%(record)s comes to something else in Rackbeat."),
        _("Order %(number)s there comes to %(ours)s without VAT, and in e-conomic it is %(theirs)s."),
        _(
            "Correct order %(number)s in Rackbeat and press “Try again”; a draft is then booked. Or press “It is "
            "right” if it may stand so."
        ),
    ),
    "order_changed": Sentence(
        _("%(record)s has been changed in e-conomic since it was taken into Rackbeat."),
        _(
            "It is order %(number)s in Rackbeat and stands there as it was: %(ours)s without VAT, now %(theirs)s in "
            "e-conomic. As taken → as it stands: %(changes)s."
        ),
        _("Change order %(number)s in Rackbeat if the change concerns the goods. Press “It is right” when you have."),
    ),
    "order_changed_while_taken": Sentence(
        _("%(record)s was changed in e-conomic while it was being taken into Rackbeat."),
        _("Draft %(number)s in Rackbeat is what it said before. As taken → as it stands: %(changes)s."),
        _("Compare the two, correct draft %(number)s in Rackbeat and book it there. Then press “It is right”."),
    ),
    "order_deleted": Sentence(
        _("%(record)s has been deleted in e-conomic."),
        _STANDS_THERE,
        _(
            "Cancel order %(number)s in Rackbeat if the goods are not to be sent, and press “Try again”. If they are, "
            "press “It is right”."
        ),
    ),
    "order_taken_back": Sentence(
        _("%(record)s has been made a draft again in e-conomic."),
        _STANDS_THERE,
        _(
            "Cancel order %(number)s in Rackbeat if the goods are not to be sent, and press “Try again”. If they are, "
            "press “It is right”. When it is sent again in e-conomic, it is looked at anew."
        ),
    ),
    "order_gone_in_rackbeat": Sentence(
        _("%(record)s stands in e-conomic, and order %(number)s in Rackbeat is cancelled or deleted."),
        _("It is not made again by itself: somebody took it out of Rackbeat."),
        _("Delete it in e-conomic too, or make it by hand in Rackbeat. Then press “It is right”."),
    ),
    "order_invoiced_there": Sentence(
        _("%(record)s has been made into an invoice in e-conomic."),
        _("The goods are sent with order %(number)s in Rackbeat, as before."),
        _("You need not do anything."),
    ),
}
