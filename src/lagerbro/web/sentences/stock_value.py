"""Sentences about the daily stock value: what was posted, and what stands between Rackbeat's value and the account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence

_NOT_TRANSFERRED: Final = _("%(record)s is not transferred.")
_NEXT_RUN: Final = _("You need not do anything; the next run takes the difference along.")
_OTHER_ACCOUNT: Final = _(
    "Mend it in e-conomic, or choose another account under “Daily stock value update” in the settings, and press "
    "“Try again”."
)
_OTHER_ROW: Final = _(
    "Choose other accounts for the row under “Daily stock value update” in the settings, and press “Try again”."
)
_OTHER_JOURNAL: Final = _(
    "Choose another journal under “Daily stock value update” in the settings, and press “Try again”."
)

SENTENCES: Final[Mapping[str, Sentence]] = {
    "stock_value_off": Sentence(
        _NOT_TRANSFERRED,
        _("The stock value sync is switched off."),
        _("Switch it on under “Daily stock value update” in the settings, and press “Try again”."),
    ),
    "stock_day_unusable": Sentence(
        _NOT_TRANSFERRED,
        _("It is not a day whose stock value is known."),
        _("You need not do anything; the next run comes by itself."),
    ),
    "stock_settings_missing": Sentence(
        _NOT_TRANSFERRED,
        _("Journal, stock account and contra account have not all been chosen."),
        _("Choose them under “Daily stock value update” in the settings, and press “Try again”."),
    ),
    "stock_contra_is_stock": Sentence(
        _NOT_TRANSFERRED,
        _("Account %(account)s holds stock, and is a contra account in the split of the stock value too."),
        _OTHER_ROW,
    ),
    "stock_contra_differs": Sentence(
        _NOT_TRANSFERRED,
        _("Stock account %(account)s has two contra accounts in the split of the stock value."),
        _OTHER_ROW,
    ),
    "stock_split_too_wide": Sentence(
        _NOT_TRANSFERRED,
        _("%(count)s locations have stock accounts of their own, and at most %(most)s can be valued in one run."),
        _(
            "Take accounts away from some locations, or split by product group, under “Daily stock value update” in "
            "the settings; then press “Try again”."
        ),
    ),
    "stock_opening_difference": Sentence(
        _("%(record)s is not transferred yet: it is the first time, and the difference is %(difference)s."),
        _("Rackbeat's stock value is %(stock)s, and %(balance)s is booked on account %(account)s."),
        _(
            "Book the opening balance on account %(account)s by hand in e-conomic, or switch on “Transfer the first "
            "difference” in the settings; then press “Try again”. Ask your accountant if you are in doubt."
        ),
    ),
    "stock_unchanged": Sentence(
        _("%(record)s needed no voucher: there was nothing to post."),
        _("Rackbeat's stock value is %(stock)s; %(balance)s is booked, and %(drafts)s stands in drafts of ours."),
        _("You need not do anything."),
    ),
    "stock_adjusted": Sentence(
        _("%(record)s was transferred with %(amount)s."),
        _(
            "Rackbeat's stock value is %(stock)s; %(balance)s was booked, and %(drafts)s stood in earlier drafts of "
            "ours."
        ),
        _("You need not do anything here. Book the voucher in e-conomic before you close the period."),
    ),
    "stock_drafts_touched": Sentence(
        _("%(record)s was transferred with %(amount)s, beside drafts of ours that somebody has changed."),
        _(
            "They count as they stand (%(drafts)s) and were left alone. Rackbeat's value is %(stock)s, and %(balance)s "
            "is booked."
        ),
        _("You need not do anything here. Look at the drafts in the journal, and book those that are right."),
    ),
    "stock_not_booked": Sentence(
        _("%(record)s stands as a draft with %(amount)s, and e-conomic would not book it."),
        _("The journal or its entries cannot be booked as they are. %(said)s"),
        _(
            "Book the voucher by hand in e-conomic, and press “Try again”. Journals that ask for approval cannot be "
            "booked automatically."
        ),
    ),
    "stock_day_overtaken": Sentence(
        _NOT_TRANSFERRED, _("A later day of the same period has been transferred, and holds it."), _NEXT_RUN
    ),
    "stock_value_too_large": Sentence(
        _NOT_TRANSFERRED,
        _("The difference of %(amount)s is larger than any account takes."),
        _("Look for a wrong cost price in Rackbeat's stock value report, and press “Try again”."),
    ),
    "stock_backfilled": Sentence(
        _("%(record)s was transferred: the days were moved by %(amount)s in all."),
        _("Vouchers that were made: %(count)s. What later days of ours were measured without is taken back on them."),
        _("You need not do anything here. Book the vouchers in e-conomic before you close the periods."),
    ),
    "stock_backfill_unchanged": Sentence(
        _("%(record)s needed no voucher: there was nothing to post."),
        _("What is booked and what stands in drafts of ours comes to Rackbeat's stock value on each of the days."),
        _("You need not do anything."),
    ),
    "stock_backfill_closed": Sentence(
        _NOT_TRANSFERRED,
        _("Vouchers would have to be dated in periods that are closed or barred in e-conomic: %(periods)s."),
        _("Open the periods in e-conomic and press “Try again”, or choose days in open periods."),
    ),
    "stock_backfill_not_past": Sentence(
        _NOT_TRANSFERRED,
        _("It goes from %(first)s to %(last)s, and a back-fill is of past days, the first one before the last."),
        _("Ask for days that are past. The stock value of today comes by itself tonight."),
    ),
    "stock_backfill_too_long": Sentence(
        _NOT_TRANSFERRED,
        _("At most %(count)s days are taken at a time."),
        _("Ask for fewer days at a time, or for one voucher for all of them. You need not do anything about this one."),
    ),
    "stock_currency_differs": Sentence(
        _NOT_TRANSFERRED,
        _("Rackbeat values the stock in %(theirs)s, and the books are kept in %(ours)s."),
        _(
            "The two must have the same base currency. Ask Rackbeat to change it and press “Try again”, or switch the "
            "stock value off."
        ),
    ),
    "stock_draft_unclear": Sentence(
        _NOT_TRANSFERRED,
        _("Somebody has given our voucher %(voucher)s in journal %(journal)s a VAT code or another currency."),
        _("Book or delete that voucher in e-conomic, and press “Try again”."),
    ),
    "stock_journal_missing": Sentence(
        _NOT_TRANSFERRED, _("Journal %(journal)s does not exist in e-conomic."), _OTHER_JOURNAL
    ),
    "stock_journal_restricted": Sentence(
        _NOT_TRANSFERRED, _("Journal %(journal)s cannot hold finance vouchers."), _OTHER_JOURNAL
    ),
    "stock_numbers_used_up": Sentence(
        _NOT_TRANSFERRED,
        _("Journal %(journal)s has no voucher numbers left."),
        _("Give the journal more numbers in e-conomic, and press “Try again”."),
    ),
    "stock_year_missing": Sentence(
        _NOT_TRANSFERRED,
        _("e-conomic has no accounting year for %(date)s."),
        _("Create the accounting year in e-conomic, and press “Try again”."),
    ),
    "stock_year_closed": Sentence(
        _NOT_TRANSFERRED,
        _("The accounting year of %(date)s is closed in e-conomic."),
        _("Open the year and press “Try again”, or leave it: the next open day takes the difference along."),
    ),
    "stock_period_closed": Sentence(
        _NOT_TRANSFERRED,
        _("The period of %(date)s is closed or barred in e-conomic."),
        _("Open the period and press “Try again”, or leave it: the next open day takes the difference along."),
    ),
    "stock_account_missing": Sentence(
        _NOT_TRANSFERRED, _("Account %(account)s does not exist in e-conomic."), _OTHER_ACCOUNT
    ),
    "stock_account_barred": Sentence(
        _NOT_TRANSFERRED, _("Account %(account)s is barred in e-conomic."), _OTHER_ACCOUNT
    ),
    "stock_account_blocked": Sentence(
        _NOT_TRANSFERRED, _("Account %(account)s is blocked for direct entries in e-conomic."), _OTHER_ACCOUNT
    ),
    "stock_account_unusable": Sentence(
        _NOT_TRANSFERRED, _("Account %(account)s is a heading or a sum."), _OTHER_ACCOUNT
    ),
    "stock_account_has_vat": Sentence(
        _("%(record)s was taken back from e-conomic."),
        _("Account %(account)s put a VAT code on it, and the stock value is posted without VAT."),
        _OTHER_ACCOUNT,
    ),
}
