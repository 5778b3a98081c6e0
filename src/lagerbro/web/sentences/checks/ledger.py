"""Sentences about the books as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from lagerbro.web.sentences.words import Sentence, Words

SENTENCES: Final[Mapping[str, Sentence]] = {
    "ledger_changed": Sentence(
        _("The key opens e-conomic agreement %(found)s, and you were connected with %(connected)s."),
        _("Documents of one company would end in the books of another."),
        _("Connect again, and choose whether to begin with the other ledger."),
    ),
    "account_changed": Sentence(
        _("The key opens Rackbeat account %(found)s, and you were connected with %(connected)s."),
        _("Documents of one company would end in the books of another."),
        _("Install Lagerbro again from the right Rackbeat account."),
    ),
    "ledger_shared": Sentence(
        _("Another Rackbeat account transfers to e-conomic agreement %(number)s already."),
        _(
            "In the same books two accounts use the same numbers for different customers, products and invoices, "
            "and each would set the stock account to its own value every day."
        ),
        _("End the connection of the other account first, or connect this one with an e-conomic agreement of its own."),
    ),
    "base_currency_differs": Sentence(
        _("Rackbeat counts in %(rackbeat)s, and e-conomic in %(economic)s."),
        _("The stock value and every amount in the base currency would be read in the wrong one."),
        _("Use an e-conomic agreement with the same base currency as Rackbeat."),
    ),
    "companies_differ": Sentence(
        _("The CVR number is %(rackbeat)s in Rackbeat and %(economic)s in e-conomic."),
        _("Perhaps two companies that do not belong together were connected."),
        _("Check that it is the right pair; correct the number in the system where it is wrong."),
    ),
    "accounting_year_missing": Sentence(
        _("e-conomic has no accounting year that %(date)s belongs to."),
        _("Nothing that is dated today can be booked."),
        _("Create the accounting year in e-conomic."),
    ),
    "accounting_year_closed": Sentence(
        _("The accounting year %(year)s is closed in e-conomic."),
        _("Nothing that is dated today can be booked."),
        _("Open the year in e-conomic."),
    ),
    "period_closed": Sentence(
        _("The period from %(first)s to %(last)s is closed in e-conomic."),
        _("Nothing that is dated today can be booked."),
        _("Open the period in e-conomic."),
    ),
    "period_barred": Sentence(
        _("The period from %(first)s to %(last)s is barred in e-conomic."),
        _("Nothing that is dated today can be booked."),
        _("Remove the bar from the period in e-conomic."),
    ),
    "next_year_missing": Sentence(
        _("The next accounting year has not been created in e-conomic."),
        _("This one ends on %(last)s, and documents dated later cannot be booked."),
        _("Create the next accounting year in e-conomic in good time."),
    ),
    "next_year_closed": Sentence(
        _("The next accounting year, %(year)s, is closed in e-conomic."),
        _("Documents dated in it cannot be booked."),
        _("Open the year in e-conomic."),
    ),
}

PASSED: Final[Mapping[str, Words]] = {
    "ledger_shared": _("No other Rackbeat account transfers to the same e-conomic agreement"),
    "ledger_changed": _("It is the e-conomic agreement that you connected"),
    "account_changed": _("It is the Rackbeat account that you connected"),
    "base_currency_differs": _("Both systems count in the same currency"),
    "companies_differ": _("Both systems have the same CVR number"),
    "accounting_year_missing": _("The accounting year is there"),
    "accounting_year_closed": _("The accounting year is open"),
    "period_closed": _("The period is open"),
    "period_barred": _("The period is not barred"),
    "next_year_missing": _("The next accounting year is there"),
    "next_year_closed": _("The next accounting year is open"),
}
