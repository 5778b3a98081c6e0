"""Sentences about documents: what stands between an invoice or a credit note and the books.

`%(record)s` is which of the two it is, with its number. What is booked in Rackbeat cannot be changed there: where the
document itself is wrong, it is reversed and made anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence

_NOT_TRANSFERRED: Final = _("%(record)s is not transferred.")
_NOT_BOOKED: Final = _("%(record)s is not booked.")
_A_DRAFT: Final = _("%(record)s stands as a draft in e-conomic and is not booked.")
_TURNED: Final = _("It comes to %(amount)s there and adds to what invoice %(credited)s did instead of taking it back.")
SOLVE_IT_THERE: Final = _("Solve it on %(root)s; this one then follows by itself.")
_ANEW: Final = _("Reverse it in Rackbeat and make it anew; the new one then follows by itself.")

SENTENCES: Final[Mapping[str, Sentence]] = {
    "sales_off": Sentence(
        _NOT_TRANSFERRED,
        _("The customer integration is switched off."),
        _("Switch it on under Kundefakturaer in the settings if it is to go to e-conomic, and press “Try again”."),
    ),
    "invoice_not_booked": Sentence(
        _("%(record)s is still a draft in Rackbeat."),
        _("Only what is booked is transferred."),
        _("Book it in Rackbeat; it then follows by itself."),
    ),
    "asked_by_another_number": Sentence(
        _NOT_TRANSFERRED,
        _("Rackbeat knows it as number %(number)s, and that is transferred under its own number."),
        _("You need not do anything. Search for %(number)s."),
    ),
    "invoice_unknown": Sentence(
        _("%(record)s was not found in Rackbeat."),
        _("It has been deleted, or the notice of it was wrong."),
        _("Look it up in Rackbeat. If it is there, press “Try again”."),
    ),
    "invoice_contradicts": Sentence(
        _NOT_TRANSFERRED, _("Its amounts contradict each other in Rackbeat: %(reason)s."), _ANEW
    ),
    "invoice_without_lines": Sentence(_NOT_TRANSFERRED, _("It has no line with a product."), _ANEW),
    "invoice_without_customer": Sentence(_NOT_TRANSFERRED, _("It has no customer."), _ANEW),
    "line_without_item": Sentence(
        _NOT_TRANSFERRED,
        _("Line %(line)s, “%(text)s”, has an amount (%(amount)s) but no product, and e-conomic takes none without."),
        _(
            "Reverse it in Rackbeat and make it anew with a product on the line; one without stock will do, and the "
            "new one follows by itself. Or write it by hand in e-conomic."
        ),
    ),
    "credit_direction_unknown": Sentence(
        _NOT_TRANSFERRED,
        _("Neither its total nor the invoice that it credits (%(credited)s) says whether it takes back or adds."),
        _(
            "Write it by hand in e-conomic, or make it anew in Rackbeat from the invoice itself, with “Credit” there; "
            "the new one then follows by itself."
        ),
    ),
    "credit_direction_wrong": Sentence(
        _("%(record)s stands the wrong way round in e-conomic."),
        _TURNED,
        _("Turn the signs of its lines in e-conomic, and book it there. Lagerbro sees it by itself."),
    ),
    "credit_booked_turned": Sentence(
        _("%(record)s is booked in e-conomic as number %(number)s, the wrong way round."),
        _TURNED,
        _(
            "What is booked cannot be changed: reverse it there and make it anew the right way round. Press “It is "
            "right” when it is settled."
        ),
    ),
    "rate_missing": Sentence(
        _NOT_TRANSFERRED,
        _("It is in %(currency)s but has no exchange rate in Rackbeat."),
        _("Give the currency a rate in Rackbeat, reverse it there and make it anew; the new one follows by itself."),
    ),
    "currency_missing": Sentence(
        _NOT_TRANSFERRED,
        _("It is in %(currency)s, and e-conomic does not have that currency."),
        _("Create the currency in e-conomic, and press “Try again”."),
    ),
    "net_unattainable": Sentence(
        _NOT_TRANSFERRED,
        _(
            "Without VAT it comes to %(ours)s in Rackbeat, and e-conomic would compute %(theirs)s. So no draft has "
            "been made."
        ),
        _(
            "Compare quantities, prices and discounts of its lines. Reverse it in Rackbeat and make it anew;"
            " the new one then follows by itself."
        ),
    ),
    "rate_unlikely": Sentence(
        _NOT_TRANSFERRED,
        _(
            "Its exchange rate in Rackbeat is %(rate)s %(base)s for one %(currency)s, where about %(expected)s was to "
            "be expected. e-conomic would book it at that rate."
        ),
        _(
            "Correct the currency's rate in Rackbeat (for one unit, not for 100). Then reverse it there and make it "
            "anew; the new one follows by itself."
        ),
    ),
    "due_date_unusable": Sentence(
        _NOT_TRANSFERRED,
        _("Its payment terms need a due date, and %(due)s is none that can be used: it is dated %(date)s itself."),
        _(
            "Reverse it in Rackbeat and make it anew with a due date on or after its own date; the new one follows by "
            "itself."
        ),
    ),
    "due_date_differs": Sentence(
        _("%(record)s is due on %(computed)s in e-conomic, and on %(due)s in Rackbeat."),
        _("e-conomic computes the date from the payment terms, unless their type is “Due date”."),
        _(
            "Tell the customer which day holds, or change the terms in e-conomic. Make both systems' terms the same, "
            "or choose terms of the type “Due date” for customers whose due dates you set by hand."
        ),
    ),
    "net_differs": Sentence(
        _A_DRAFT,
        _("Without VAT it comes to %(ours)s in Rackbeat, but e-conomic computes %(theirs)s."),
        _("Compare the lines. Correct the draft in e-conomic and book it there; Lagerbro sees that by itself."),
    ),
    "vat_differs": Sentence(
        _A_DRAFT,
        _(
            "The VAT is %(ours)s in Rackbeat but %(theirs)s in e-conomic. That is more than rounding line by line can "
            "make (lines with VAT: %(lines)s), so “VAT rounding, at most” does not matter here."
        ),
        _(
            "Check the sales account's VAT code and the product group's VAT rate. Book the draft in e-conomic if it is "
            "right; Lagerbro sees that by itself."
        ),
    ),
    "vat_rounding_too_large": Sentence(
        _A_DRAFT,
        _(
            "The VAT is %(ours)s in Rackbeat but %(theirs)s in e-conomic. The difference, %(difference)s in your own "
            "currency, can come from rounding line by line, but “VAT rounding, at most” is %(limit)s."
        ),
        _("Raise “VAT rounding, at most” under Kundefakturaer and press “Try again”, or book the draft in e-conomic."),
    ),
    "vat_rounding": Sentence(
        _("%(record)s is booked with a VAT rounding of %(difference)s."),
        _("The two systems round VAT at different places."),
        _("You need not do anything."),
    ),
    "number_taken": Sentence(
        _A_DRAFT,
        _("Number %(number)s is already used in e-conomic."),
        _(
            "Book the draft in e-conomic, or choose e-conomic's next number under “Number taken”; then press “Try "
            "again”. Let Rackbeat's numbers begin above e-conomic's from now on."
        ),
    ),
    "number_differs": Sentence(
        _("%(record)s is booked in e-conomic as number %(got)s."),
        _("Rackbeat's number was taken, and you have chosen to go on with e-conomic's next."),
        _("You need not do anything; both numbers can be searched for."),
    ),
    "oss_rate_unlikely": Sentence(
        _("%(record)s is transferred, but look at its VAT rate."),
        _("It has %(rate)s %% VAT, and on %(date)s the ordinary rate in %(country)s was %(expected)s %%."),
        _("You need not do anything if the goods have that rate there. Else correct it in Rackbeat and in e-conomic."),
    ),
    "sales_account_missing": Sentence(
        _NOT_TRANSFERRED,
        _("Product group %(group)s has no sales account in e-conomic for this VAT zone (%(zone)s)."),
        _("Choose a sales account for the zone on the product group in e-conomic, and press “Try again”."),
    ),
    "sales_account_barred": Sentence(
        _NOT_BOOKED,
        _("Sales account %(account)s is barred in e-conomic."),
        _("Lift the bar on the account, or choose another on the product group, and press “Try again”."),
    ),
    "year_closed": Sentence(
        _NOT_BOOKED,
        _("Its date, %(date)s, is in an accounting year that is closed in e-conomic."),
        _("Open the year again and press “Try again”, or reverse it and make it anew with a date in an open year."),
    ),
    "year_missing": Sentence(
        _NOT_BOOKED,
        _("e-conomic has no accounting year that contains %(date)s."),
        _("Create the accounting year in e-conomic, and press “Try again”."),
    ),
    "period_closed": Sentence(
        _NOT_BOOKED,
        _("Its date, %(date)s, is in a period that is closed in e-conomic."),
        _("Open the period and press “Try again”, or reverse it and make it anew with a date in an open one."),
    ),
    "period_barred": Sentence(
        _NOT_BOOKED,
        _("Its date, %(date)s, is in a period that is barred in e-conomic."),
        _("Lift the bar on the period in e-conomic, and press “Try again”."),
    ),
    "changed_after_transfer": Sentence(
        _("%(record)s was changed in Rackbeat after it had been transferred."),
        _(
            "It was transferred as booked at %(before)s and is now %(now)s. With VAT it comes to %(ours)s in Rackbeat "
            "now and to %(theirs)s in e-conomic, where it is number %(number)s."
        ),
        _("Compare both and correct by hand what differs; Lagerbro posts nothing again. Then press “It is right”."),
    ),
    "customer_barred": Sentence(
        _NOT_BOOKED,
        _("Customer %(customer)s is barred in e-conomic."),
        _("Lift the bar on the customer in e-conomic, and press “Try again”."),
    ),
    "product_barred": Sentence(
        _NOT_BOOKED,
        _("Product %(product)s is barred in e-conomic."),
        _("Lift the bar on the product in e-conomic, and press “Try again”."),
    ),
    "customer_not_transferred": Sentence(
        _("%(record)s waits for its customer."),
        _("The customer could not be made in e-conomic. %(cause)s"),
        SOLVE_IT_THERE,
    ),
    "product_not_transferred": Sentence(
        _("%(record)s waits for a product."),
        _("The product could not be made in e-conomic. %(cause)s"),
        SOLVE_IT_THERE,
    ),
    "waits_for": Sentence(
        _("%(record)s waits for what it refers to."),
        _("First come: %(records)s."),
        _("You need not do anything."),
    ),
}
