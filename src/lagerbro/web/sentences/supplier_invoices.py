"""Sentences about supplier invoices and their vouchers: accounts, VAT, the journal, and what a person did there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence

_NOT_TRANSFERRED: Final = _("%(record)s is not transferred.")
_ANEW: Final = _("Reverse it in Rackbeat and make it anew; the new one then follows by itself.")
_OPEN_OR_CHOOSE: Final = _(
    "Open it in e-conomic and press “Try again”. Or choose the first open day at “Closed period” in the settings; its "
    "own date then stands in the voucher's text."
)
_ON_FALLBACK: Final = _("%(record)s stands on the default account %(fallback)s and needs review.")
_CELL: Final = _("The account for “%(product_group)s”, %(zone)s, cannot be used: %(because)s (account: %(account)s).")

SENTENCES: Final[Mapping[str, Sentence]] = {
    "fallback_used": Sentence(
        _ON_FALLBACK,
        _CELL,
        _(
            "Mend the account in e-conomic or choose another in the settings, and press “Try again”: the draft is then "
            "moved, if nobody has changed or booked it. Its VAT code, %(vat)s, is the right one already."
        ),
    ),
    "fallback_stays": Sentence(
        _ON_FALLBACK,
        _("It stood in for several product groups, which now have accounts of their own: %(accounts)s."),
        _("Split the entry on those accounts in e-conomic, and book it there; Lagerbro sees that by itself."),
    ),
    "fallback_moved": Sentence(
        _("%(record)s has been moved from the default account %(fallback)s to account %(account)s."),
        _("The account for “%(product_group)s”, %(zone)s, can be used again."),
        _("You need not do anything; book the voucher in e-conomic as usual."),
    ),
    "fallback_booked": Sentence(
        _("%(record)s has been booked on the default account %(fallback)s."),
        _CELL,
        _("You need not do anything, unless it belongs elsewhere: then correct it in e-conomic."),
    ),
    "fallback_missing": Sentence(
        _NOT_TRANSFERRED,
        _CELL,
        _("Mend the account, or choose one under “Default account if none found”, and press “Try again”."),
    ),
    "fallback_unusable": Sentence(
        _NOT_TRANSFERRED,
        _(
            "The account for “%(product_group)s”, %(zone)s, cannot be used: %(because)s (account: %(account)s). The "
            "default account %(fallback)s cannot either: %(fallback_because)s."
        ),
        _("Mend one of the accounts in e-conomic, or choose others in the settings, and press “Try again”."),
    ),
    "fallback_vat_locked": Sentence(
        _NOT_TRANSFERRED,
        _(
            "The account for “%(product_group)s”, %(zone)s, cannot be used: %(because)s (account: %(account)s). On the "
            "default account %(fallback)s its VAT code would have to be changed, and journal %(journal)s locks them."
        ),
        _("Mend the account in e-conomic or choose another, and press “Try again”."),
    ),
    "fallback_carries_vat": Sentence(
        _NOT_TRANSFERRED,
        _(
            "The account for “%(product_group)s”, %(zone)s, cannot be used: %(because)s (account: %(account)s). It "
            "must be posted without VAT, and the default account %(fallback)s has VAT code %(vat)s."
        ),
        _("Choose an account without VAT code for it in the settings, and press “Try again”."),
    ),
    "purchase_account_undecided": Sentence(
        _NOT_TRANSFERRED,
        _(
            "The account for “%(product_group)s”, %(zone)s, cannot be used: %(because)s (account: %(account)s). The "
            "other accounts of the column have different VAT codes, so none is guessed."
        ),
        _("Choose the account under “Accounts by product group” in the settings, and press “Try again”."),
    ),
    "purchase_group_not_used": Sentence(
        _NOT_TRANSFERRED,
        _("You have decided that “%(product_group)s” is not used in zone %(zone)s, and a line of it is."),
        _("Choose an account under “Accounts by product group” in the settings, and press “Try again”."),
    ),
    "purchase_vat_code_unusable": Sentence(
        _NOT_TRANSFERRED,
        _("VAT code %(vat)s of account %(account)s cannot be used: %(because)s."),
        _("Mend the code or give the account another in e-conomic, and press “Try again”."),
    ),
    "purchase_account_refused": Sentence(
        _NOT_TRANSFERRED,
        _("e-conomic does not take one of its accounts or VAT codes."),
        _("Mend the account in e-conomic or choose another in the settings, and press “Try again”."),
    ),
    "vat_not_charged": Sentence(
        _NOT_TRANSFERRED,
        _(
            "Account %(account)s with VAT code %(vat)s would deduct %(deducted)s in VAT, but the supplier has charged "
            "%(charged)s on those lines."
        ),
        _(
            "Choose an account with the right VAT code for the product group and the zone, and press “Try again”. If "
            "some lines have VAT and others none, write it by hand in e-conomic."
        ),
    ),
    "foreign_vat_charged": Sentence(
        _NOT_TRANSFERRED,
        _("The supplier has charged %(charged)s in VAT, and VAT from abroad (%(zone)s) cannot be deducted as Danish."),
        _(
            "You need not do anything here. Ask the supplier for one without VAT, or write it by hand in e-conomic "
            "with the VAT as a cost."
        ),
    ),
    "reverse_charge_and_vat": Sentence(
        _NOT_TRANSFERRED,
        _(
            "The supplier has charged %(charged)s in VAT, and VAT code %(vat)s of account %(account)s computes it once "
            "more as a reverse charge."
        ),
        _("Choose an account with the right VAT code for the product group and the zone, and press “Try again”."),
    ),
    "lines_differ_from_total": Sentence(
        _NOT_TRANSFERRED, _("Its lines come to %(ours)s, but its total in Rackbeat is %(theirs)s."), _ANEW
    ),
    "supplier_invoice_without_lines": Sentence(_NOT_TRANSFERRED, _("It has no lines."), _ANEW),
    "invoice_without_supplier": Sentence(_NOT_TRANSFERRED, _("It has no supplier."), _ANEW),
    "supplier_zone_differs": Sentence(
        _NOT_TRANSFERRED,
        _("Its VAT zone is %(zone)s, and its supplier's is %(supplier_zone)s: VAT is settled differently in the two."),
        _("Correct the VAT zone of the supplier in Rackbeat and press “Try again”, or reverse it and make it anew."),
    ),
    "supplier_invoice_duplicate": Sentence(
        _("%(record)s is not transferred: e-conomic has it already."),
        _("Voucher %(voucher)s of %(date)s has the same supplier and the same number, %(amount)s (%(in_journal)s)."),
        _(
            "If it is the same one, there is nothing to transfer. If it is another, correct the number there, or "
            "delete the voucher, and press “Try again”."
        ),
    ),
    "supplier_invoice_twin": Sentence(
        _("%(record)s is not transferred: it is twice in Rackbeat."),
        _("Number %(twin)s there has the same supplier and the same number, and is being transferred."),
        _("Delete or credit one of the two in Rackbeat. If they are two, correct the number, and press “Try again”."),
    ),
    "supplier_number_in_another_year": Sentence(
        _("%(record)s has a number that the supplier has used before."),
        _("Voucher %(voucher)s of %(date)s has the same number, %(own_number)s, in another accounting year."),
        _("You need not do anything, unless it is the same one: then delete the draft in e-conomic."),
    ),
    "supplier_number_missing": Sentence(
        _("%(record)s is transferred without the supplier's own number."),
        _("It has none in Rackbeat, so nobody can look whether it is in e-conomic already."),
        _("You need not do anything; you can write the number on the voucher in e-conomic."),
    ),
    "supplier_number_cut": Sentence(
        _("%(record)s is transferred with only the beginning of the supplier's own number."),
        _("e-conomic takes 30 characters: “%(own_number)s”."),
        _("You need not do anything."),
    ),
    "due_date_left_out": Sentence(
        _("%(record)s is transferred without its due date."),
        _("Its due date, %(due)s, is before its date, %(date)s, and e-conomic takes none that is."),
        _("You need not do anything; you can write the due date on the voucher in e-conomic."),
    ),
    "posted_on_another_day": Sentence(
        _("%(record)s is dated %(day)s in e-conomic."),
        _(
            "Its own date, %(date)s, is in a year or a period that is closed or barred, and stands in the voucher's "
            "text. You have chosen the first open day instead."
        ),
        _("You need not do anything."),
    ),
    "purchase_year_missing": Sentence(
        _NOT_TRANSFERRED,
        _("Its date, %(date)s, is in no accounting year of e-conomic's. No voucher has been made."),
        _(
            "Look whether the date is right. If it is, create the accounting year in e-conomic and press “Try again”; "
            "if not, reverse it in Rackbeat and make it anew with the right date."
        ),
    ),
    "purchase_year_closed": Sentence(
        _NOT_TRANSFERRED,
        _("Its date, %(date)s, is in an accounting year that is closed in e-conomic. No voucher has been made."),
        _OPEN_OR_CHOOSE,
    ),
    "purchase_period_closed": Sentence(
        _NOT_TRANSFERRED,
        _("Its date, %(date)s, is in a period that is closed in e-conomic. No voucher has been made."),
        _OPEN_OR_CHOOSE,
    ),
    "purchase_period_barred": Sentence(
        _NOT_TRANSFERRED,
        _("Its date, %(date)s, is in a period that is barred in e-conomic. No voucher has been made."),
        _OPEN_OR_CHOOSE,
    ),
    "purchase_no_open_day": Sentence(
        _NOT_TRANSFERRED,
        _(
            "Its date, %(date)s, is in a year or a period that is closed or barred in e-conomic, and none that comes "
            "later is open. No voucher has been made."
        ),
        _("Open a period or create the next accounting year in e-conomic, and press “Try again”."),
    ),
    "nothing_to_post": Sentence(
        _("%(record)s has nothing to post."), _("Its lines come to nothing."), _("You need not do anything.")
    ),
    "supplier_journal_not_chosen": Sentence(
        _NOT_TRANSFERRED,
        _("No journal has been chosen for it."),
        _("Choose one under “Supplier invoices” in the settings, and press “Try again”."),
    ),
    "supplier_journal_missing": Sentence(
        _NOT_TRANSFERRED,
        _("Journal %(journal)s does not exist in e-conomic."),
        _("Choose another under “Supplier invoices” in the settings, and press “Try again”."),
    ),
    "supplier_journal_wrong_type": Sentence(
        _NOT_TRANSFERRED,
        _("Journal %(journal)s is restricted to entries of another type."),
        _("Lift the restriction in e-conomic, or choose another journal in the settings, and press “Try again”."),
    ),
    "voucher_numbers_used_up": Sentence(
        _NOT_TRANSFERRED,
        _("Journal %(journal)s has no voucher numbers left."),
        _("Give the journal a longer series of numbers in e-conomic, and press “Try again”."),
    ),
    "supplier_barred": Sentence(
        _NOT_TRANSFERRED,
        _("Supplier %(supplier)s is barred in e-conomic."),
        _("Lift the bar on the supplier in e-conomic, and press “Try again”."),
    ),
    "voucher_edited": Sentence(
        _("Somebody has changed the voucher of %(record)s in e-conomic."),
        _("Voucher %(voucher)s is not what Lagerbro made any more: %(changes)s."),
        _("If it is meant so, press “It is right”, and book it in e-conomic. Lagerbro does not change it."),
    ),
    "voucher_moved": Sentence(
        _("The voucher of %(record)s has been moved to journal %(journal)s in e-conomic."),
        _("It is voucher %(voucher)s there. Lagerbro had made it in another journal."),
        _("You need not do anything; book the voucher in e-conomic as usual."),
    ),
    "voucher_split": Sentence(
        _("%(record)s stands on several vouchers in e-conomic."),
        _("Its entries have the numbers %(vouchers)s; together they come to the whole amount."),
        _("Book them all; Lagerbro sees that by itself. The supplier's PDF is attached to the first."),
    ),
    "voucher_partly_booked": Sentence(
        _("Only a part of %(record)s is booked in e-conomic."),
        _("Of the %(of)s entries of voucher %(voucher)s, %(left)s still stand in the journal."),
        _("Book the rest in e-conomic; Lagerbro sees that by itself."),
    ),
    "voucher_unmarked": Sentence(
        _("Lagerbro cannot follow the voucher of %(record)s any more."),
        _(
            "Somebody has changed the text of voucher %(voucher)s in journal %(journal)s, and “%(mark)s” is missing in "
            "it."
        ),
        _(
            "Write it into the text again and press “Try again”. Or book the voucher as it is, and press “Try again” "
            "then."
        ),
    ),
    "voucher_changed": Sentence(
        _("%(record)s stands in e-conomic, but changed."),
        _("Voucher %(voucher)s bears its mark, and is not what Lagerbro made: %(changes)s."),
        _(
            "If the voucher is right, book it in e-conomic and press “Try again”. If not, delete it there and press "
            "“Make it again”."
        ),
    ),
    "voucher_gone": Sentence(
        _("The voucher of %(record)s has been deleted in e-conomic."),
        _("Voucher %(voucher)s is neither in the journal nor booked. Lagerbro makes no new one by itself."),
        _("If it was deleted by mistake, press “Make it again”. Otherwise leave it as it is."),
    ),
    "supplier_invoice_not_transferred": Sentence(
        _("%(record)s waits for its voucher."),
        _("The voucher could not be made in e-conomic. %(cause)s"),
        _("Solve it there; this one then follows by itself."),
    ),
}
