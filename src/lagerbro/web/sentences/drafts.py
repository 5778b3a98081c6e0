"""Sentences about documents after somebody has been at them, in either system: each state has its own (domain-rules
H18, H29)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence

_SIDES: Final = _("With VAT it comes to %(ours)s in Rackbeat now and to %(theirs)s in e-conomic.")
_WHICH: Final = _(
    "Find out which is right. What is booked cannot be changed: reverse it where it is wrong and make it anew. "
    "Press “It is right” when it is settled."
)

SENTENCES: Final[Mapping[str, Sentence]] = {
    "draft_gone": Sentence(
        _("%(record)s is not booked in e-conomic."),
        _("Draft %(draft)s that Lagerbro made is not there any more, and nothing booked of ours was found."),
        _(
            "Look in e-conomic whether somebody has booked it. Press “Make it again” if nobody has and it is to be "
            "there. Lagerbro never does that by itself."
        ),
    ),
    "draft_unmarked": Sentence(
        _("%(record)s is not booked in e-conomic: the reference is not on its draft any more."),
        _(
            "Draft %(draft)s is for the same customer and comes to the same amount, but “%(mark)s”, by which Lagerbro "
            "knows it, has been taken out of its reference."
        ),
        _(
            "Write “%(mark)s” at the end of the draft's other reference in e-conomic and press “Try again”. If it is "
            "to be made anew, delete the draft there and press “Try again”."
        ),
    ),
    "draft_changed": Sentence(
        _("%(record)s is not booked in e-conomic: its draft has been changed there."),
        _("Draft %(draft)s is no longer what Lagerbro made. As sent → as it stands: %(changes)s."),
        _(
            "Put it back and press “Try again”, or book it yourself in e-conomic. If it is to be made anew, delete it "
            "there and press “Make it again”."
        ),
    ),
    "draft_edited": Sentence(
        _("%(record)s stands as a draft in e-conomic that somebody has changed."),
        _("As Lagerbro sent draft %(draft)s → as it stands: %(changes)s."),
        _(
            "Book it in e-conomic or press “It is right” if the change is meant; else put it back and press “Try "
            "again”."
        ),
    ),
    "booked_otherwise": Sentence(
        _("%(record)s is booked in e-conomic as number %(number)s with another amount."),
        _(
            "With VAT it comes to %(ours)s in Rackbeat and to %(theirs)s in e-conomic: it was changed before it was "
            "booked."
        ),
        _WHICH,
    ),
    "booked_edited": Sentence(
        _("%(record)s was changed in e-conomic before somebody booked it there as number %(number)s."),
        _("It comes to the same amount. As Lagerbro made it → as it is booked: %(changes)s."),
        _WHICH,
    ),
    "booked_for_another": Sentence(
        _("%(record)s is booked in e-conomic as number %(number)s for another customer."),
        _(
            "In Rackbeat it is for customer %(wanted)s, in e-conomic for customer %(customer)s: somebody changed the "
            "draft before it was booked."
        ),
        _WHICH,
    ),
    "booked_for_another_supplier": Sentence(
        _("%(record)s is booked in e-conomic as voucher %(number)s for another supplier."),
        _(
            "In Rackbeat it is from supplier %(wanted)s, in e-conomic from supplier %(supplier)s: somebody changed the "
            "voucher before it was booked."
        ),
        _WHICH,
    ),
    "earlier_draft_stands": Sentence(
        _("%(record)s is not transferred anew: an earlier draft of it stands in e-conomic."),
        _("Draft %(draft)s is not what Lagerbro would make now. As it would be → as it stands: %(changes)s."),
        _(
            "If the draft is right, book it in e-conomic; Lagerbro sees that when you press “Try again”. Else delete "
            "it there and press “Make it again”."
        ),
    ),
    "outdated_draft_stands": Sentence(
        _("%(record)s was changed in Rackbeat, and its draft in e-conomic is the one from before."),
        _(
            "Draft %(number)s was made of it as booked at %(before)s; it is now %(now)s. With VAT it comes to %(ours)s "
            "in Rackbeat now and to %(theirs)s in the draft."
        ),
        _("Do not book the draft. Delete it in e-conomic and press “Make it again”."),
    ),
    "unbooked_draft_stands": Sentence(
        _("%(record)s is not booked in Rackbeat any more, and stands as draft %(number)s in e-conomic."),
        _SIDES,
        _("Do not book the draft; delete it in e-conomic. Once it is booked again in Rackbeat, it follows by itself."),
    ),
    "unbooked_after_transfer": Sentence(
        _("%(record)s is not booked in Rackbeat any more, and is booked in e-conomic as number %(number)s."),
        _SIDES,
        _(
            "Book it again in Rackbeat, or reverse number %(number)s in e-conomic; Lagerbro posts nothing again. Press "
            "“It is right” when it is settled."
        ),
    ),
    "deleted_draft_stands": Sentence(
        _("%(record)s is not in Rackbeat any more, and stands as draft %(number)s in e-conomic."),
        _("It was deleted in Rackbeat after it had been transferred. The draft comes to %(theirs)s with VAT."),
        _("Do not book the draft; delete it in e-conomic. Lagerbro sees that by itself."),
    ),
    "deleted_after_transfer": Sentence(
        _("%(record)s is not in Rackbeat any more, and is booked in e-conomic as number %(number)s."),
        _("It was deleted in Rackbeat after it had been transferred. In e-conomic it comes to %(theirs)s with VAT."),
        _("Reverse number %(number)s in e-conomic if it was never to be. Press “It is right” when it is settled."),
    ),
    "invoice_deleted": Sentence(
        _("%(record)s is not in Rackbeat any more."),
        _("It was deleted there, and nothing of it stands in e-conomic."),
        _("You need not do anything."),
    ),
    "booked_by_hand": Sentence(
        _("%(record)s is booked in e-conomic as number %(got)s."),
        _("Somebody booked the draft in e-conomic, which then gives its own number."),
        _("You need not do anything; both numbers can be searched for."),
    ),
    "foreign_draft_booked": Sentence(
        _("%(record)s is not in e-conomic, and another draft was booked in its place as number %(booked)s."),
        _(
            "In the moment before the booking somebody deleted our draft %(draft)s, and e-conomic gave its number to "
            "a draft of theirs for customer %(customer)s."
        ),
        _(
            "Look at number %(booked)s in e-conomic and reverse it there if it was not to be booked. Then press “Make "
            "it again” for this one."
        ),
    ),
    "changed_during_transfer": Sentence(
        _("%(record)s was changed in Rackbeat while it was being transferred."),
        _("It was begun as booked at %(before)s and is now %(now)s."),
        _("Delete its draft in e-conomic if one stands there, and press “Make it again”."),
    ),
}
