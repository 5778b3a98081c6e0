"""Sentences about documents: what stands between an invoice and the books."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence

SENTENCES: Final[Mapping[str, Sentence]] = {
    "sales_off": Sentence(
        _("%(key)s is not transferred."),
        _("The customer integration is switched off."),
        _("Switch it on under Kundefakturaer in the settings if invoices are to go to e-conomic."),
    ),
    "invoice_not_booked": Sentence(
        _("Invoice %(key)s is still a draft in Rackbeat."),
        _("Only booked invoices are transferred."),
        _("Book it in Rackbeat; it then follows by itself."),
    ),
    "invoice_unknown": Sentence(
        _("Invoice %(key)s was not found in Rackbeat."),
        _("It has been deleted, or the notice of it was wrong."),
        _("Look it up in Rackbeat. If it is there, press “Try again”."),
    ),
    "invoice_contradicts": Sentence(
        _("Invoice %(key)s is not transferred."),
        _("Its amounts contradict each other in Rackbeat: %(reason)s."),
        _("Open the invoice in Rackbeat, correct or credit it, and book it again."),
    ),
    "invoice_without_lines": Sentence(
        _("Invoice %(key)s is not transferred."),
        _("It has no line with a product."),
        _("Credit it in Rackbeat, or make it anew with lines."),
    ),
    "invoice_without_customer": Sentence(
        _("Invoice %(key)s is not transferred."),
        _("It has no customer."),
        _("Make it anew in Rackbeat with a customer."),
    ),
    "line_without_item": Sentence(
        _("Invoice %(key)s is not transferred."),
        _("Line %(line)s, “%(text)s”, has an amount (%(amount)s) but no product, and e-conomic takes none without."),
        _(
            "Credit the invoice in Rackbeat and make it anew with a product on the line; one without stock will do. "
            "Or write the invoice by hand in e-conomic."
        ),
    ),
    "credit_direction_unknown": Sentence(
        _("Credit note %(key)s is not transferred."),
        _("Neither its total nor the invoice that it credits (%(credited)s) says whether it takes back or adds."),
        _("Write it by hand in e-conomic, or make it anew in Rackbeat from the invoice itself, with “Credit” there."),
    ),
    "credit_direction_wrong": Sentence(
        _("Credit note %(key)s stands the wrong way round in e-conomic."),
        _("It comes to %(amount)s there and adds to what invoice %(credited)s did instead of taking it back."),
        _("Turn the signs of its lines in e-conomic if it is a draft. If it is booked, have it corrected there."),
    ),
    "rate_missing": Sentence(
        _("Invoice %(key)s is not transferred."),
        _("It is in %(currency)s but has no exchange rate in Rackbeat."),
        _("Give the currency a rate in Rackbeat and make the invoice anew."),
    ),
    "net_differs": Sentence(
        _("Invoice %(key)s is held back."),
        _("Without VAT it comes to %(ours)s in Rackbeat, but e-conomic computes %(theirs)s."),
        _("Compare the lines. Delete the draft in e-conomic when the invoice has been corrected in Rackbeat."),
    ),
    "vat_differs": Sentence(
        _("Invoice %(key)s stands as a draft in e-conomic and is not booked."),
        _(
            "The VAT is %(ours)s in Rackbeat but %(theirs)s in e-conomic. That is more than rounding line by line can "
            "make (lines with VAT: %(lines)s), so “VAT rounding, at most” does not matter here."
        ),
        _("Check the sales account's VAT code and the product group's VAT rate. Book the draft if it is right."),
    ),
    "vat_rounding_too_large": Sentence(
        _("Invoice %(key)s stands as a draft in e-conomic and is not booked."),
        _(
            "The VAT is %(ours)s in Rackbeat but %(theirs)s in e-conomic. The difference can come from rounding line "
            "by line, but “VAT rounding, at most” is %(limit)s."
        ),
        _("Raise “VAT rounding, at most” under Kundefakturaer and press “Try again”, or book the draft in e-conomic."),
    ),
    "vat_rounding": Sentence(
        _("Invoice %(key)s is booked with a VAT rounding of %(difference)s."),
        _("The two systems round VAT at different places."),
        _("You need not do anything."),
    ),
    "number_taken": Sentence(
        _("Invoice %(key)s stands as a draft in e-conomic and is not booked."),
        _("Number %(number)s is already used in e-conomic."),
        _("Let the number series in Rackbeat begin above e-conomic's, or choose to book with e-conomic's next number."),
    ),
    "number_differs": Sentence(
        _("Invoice %(wanted)s is booked in e-conomic as number %(got)s."),
        _("Rackbeat's number was taken, and you have chosen to go on with e-conomic's next."),
        _("You need not do anything; both numbers can be searched for."),
    ),
    "sales_account_missing": Sentence(
        _("Invoice %(key)s is not transferred."),
        _("Product group %(group)s has no sales account in e-conomic for this VAT zone (%(zone)s)."),
        _("Choose a sales account for the zone on the product group in e-conomic, and press “Try again”."),
    ),
    "year_closed": Sentence(
        _("Invoice %(key)s is not booked."),
        _("Its date, %(date)s, is in an accounting year that is closed in e-conomic."),
        _("Open the year again, or credit the invoice and make it anew with a date in an open year."),
    ),
    "year_missing": Sentence(
        _("Invoice %(key)s is not booked."),
        _("e-conomic has no accounting year that contains %(date)s."),
        _("Create the accounting year in e-conomic, and press “Try again”."),
    ),
    "period_closed": Sentence(
        _("Invoice %(key)s is not booked."),
        _("Its date, %(date)s, is in a period that is closed in e-conomic."),
        _("Open the period, or credit the invoice and make it anew with a date in an open one."),
    ),
    "draft_gone": Sentence(
        _("Invoice %(key)s is not booked."),
        _("Draft %(draft)s that Lagerbro made has been deleted in e-conomic."),
        _("Decide whether it is to be made again; Lagerbro never does that by itself."),
    ),
    "draft_changed": Sentence(
        _("Invoice %(key)s is not booked."),
        _("Invoice or draft %(draft)s in e-conomic is no longer what Lagerbro made: somebody has changed it."),
        _("Compare it with Rackbeat, and book or delete it in e-conomic."),
    ),
    "changed_after_transfer": Sentence(
        _("Invoice %(key)s was changed in Rackbeat after it had been transferred."),
        _("It was transferred as booked at %(before)s and is now %(now)s."),
        _("Compare both. Lagerbro never posts it again by itself."),
    ),
    "changed_during_transfer": Sentence(
        _("Invoice %(key)s was changed in Rackbeat while it was being transferred."),
        _("It was begun as booked at %(before)s and is now %(now)s."),
        _("Compare the draft in e-conomic with Rackbeat, and delete the draft if it is wrong."),
    ),
    "customer_barred": Sentence(
        _("Invoice %(key)s is not booked."),
        _("Customer %(customer)s is barred in e-conomic."),
        _("Lift the bar on the customer in e-conomic, and press “Try again”."),
    ),
    "product_barred": Sentence(
        _("Invoice %(key)s is not booked."),
        _("Product %(product)s is barred in e-conomic."),
        _("Lift the bar on the product in e-conomic, and press “Try again”."),
    ),
    "customer_not_transferred": Sentence(
        _("%(key)s waits for its customer."),
        _("The customer could not be made in e-conomic (%(cause)s)."),
        _("Solve it on the customer; the invoice then follows by itself."),
    ),
    "product_not_transferred": Sentence(
        _("%(key)s waits for a product."),
        _("The product could not be made in e-conomic (%(cause)s)."),
        _("Solve it on the product; the invoice then follows by itself."),
    ),
    "waits_for": Sentence(
        _("%(key)s waits for what it refers to."),
        _("First come: %(records)s."),
        _("You need not do anything."),
    ),
}
