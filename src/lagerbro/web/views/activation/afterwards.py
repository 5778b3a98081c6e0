"""What happens from now on and when, told as it is: what this release does not do yet is not promised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lagerbro.books.choices import Choices, Frequency
from lagerbro.flows import abilities
from lagerbro.flows.abilities import STOCK_VALUE, SUPPLIER_INVOICES
from lagerbro.flows.stock_value.schedule import next_stock_run
from lagerbro.web.formats import minute
from lagerbro.web.sentences.abilities import PURCHASES as PURCHASES_NOT_YET
from lagerbro.web.sentences.abilities import STOCK_VALUE as STOCK_VALUE_NOT_YET

Words = str | Promise

_FREQUENCIES = {
    Frequency.DAILY: gettext_lazy("every day at 23:59"),
    Frequency.WEEKLY: gettext_lazy("every Sunday at 23:59"),
    Frequency.MONTHLY: gettext_lazy("on the last day of the month at 23:59"),
}


@dataclass(frozen=True, slots=True)
class AfterwardsLine:
    """One part: what happens to it, and whether it happens already."""

    title: str
    text: str
    runs: bool = True


def afterwards_lines(choices: Choices, now: datetime, *, known: frozenset[str] | None = None) -> list[AfterwardsLine]:
    """A line for each section, on or off. `known`: the flows and routines of this release."""
    present = known if known is not None else abilities.NAMES
    return list(_each_line(choices, now, present))


def _each_line(choices: Choices, now: datetime, present: frozenset[str]) -> Iterator[AfterwardsLine]:
    if choices.sales_enabled:
        yield AfterwardsLine(_("Customer invoices"), _sales(choices))
        yield AfterwardsLine(
            _("Customers and products"), _("They follow within seconds when you make or change them in Rackbeat.")
        )
    if choices.suppliers_enabled:
        runs = SUPPLIER_INVOICES in present
        text = _("When you book one in Rackbeat, it lies in journal %(journal)s a few seconds later, for you to book.")
        yield AfterwardsLine(
            _("Supplier invoices"),
            text % {"journal": choices.supplier_journal} if runs else str(PURCHASES_NOT_YET),
            runs=runs,
        )
        if runs:
            follow = _("They follow within seconds when you make or change them in Rackbeat.")
            yield AfterwardsLine(_("Suppliers and their groups"), follow)
    if choices.stock_value_enabled and choices.stock_frequency:
        yield _stock(choices, choices.stock_frequency, now, runs=STOCK_VALUE in present)


def _sales(choices: Choices) -> str:
    if not choices.book_on_booking:
        return _("When you book one in Rackbeat, it is a draft in e-conomic a few seconds later.")
    booked = _("When you book one in Rackbeat, it is booked in e-conomic under the same number a few seconds later.")
    return f"{booked} {_('EAN invoices arrive as drafts.')}" if choices.never_book_ean else booked


def _stock(choices: Choices, frequency: Frequency, now: datetime, *, runs: bool) -> AfterwardsLine:
    title = _("Daily stock value update")
    if not runs:
        return AfterwardsLine(title, str(STOCK_VALUE_NOT_YET), runs=False)
    text = _("Transferred %(often)s to journal %(journal)s, next time %(next)s.")
    return AfterwardsLine(
        title,
        text
        % {
            "often": _FREQUENCIES[frequency],
            "journal": choices.stock_journal,
            "next": minute(next_stock_run(frequency, now)),
        },
    )
