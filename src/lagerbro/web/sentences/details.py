"""Details of a code as they stand in a sentence: amounts and dates as the reader writes them, words for codes.

A detail is known by its name; one without a rule here is shown as it is: a number of a record, a name, a text that
somebody wrote. What a system answered is never a part of our sentence but quoted beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lagerbro.books.zones import Zone
from lagerbro.web import formats
from lagerbro.web.sentences.changes import in_words
from lagerbro.web.sentences.records import within
from lagerbro.web.sentences.wire_fields import in_words as field_in_words
from lagerbro.wire.texts import isolated

Words = str | Promise

QUOTED_MAX: Final = 240
ANSWERED: Final = _("The answer was: “%(said)s”")
NOT_BOOKED: Final = _("not booked")
NOWHERE: Final = pgettext_lazy("zone", "not given")

ZONES: Final[Mapping[Zone, Words]] = {
    Zone.DOMESTIC: _("Domestic"),
    Zone.EU: pgettext_lazy("VAT zone", "EU"),
    Zone.ABROAD: _("Abroad"),
    Zone.DOMESTIC_EXEMPT: _("VAT-exempt"),
}
NO_ACCOUNT: Final = pgettext_lazy("account", "none")
WITHOUT_ITEM: Final = _("Lines without item / freight")
IN_LEDGER: Final = _("booked")
IN_JOURNAL: Final = _("in journal %(journal)s")
REASONS: Final[Mapping[str, Words]] = {
    "undecided": _("no account has been decided"),
    "missing": _("it does not exist in e-conomic"),
    "barred": _("it is barred in e-conomic"),
    "blocked": _("it is blocked for direct entries in e-conomic"),
    "not_postable": _("it is a heading or a sum"),
    "vat_missing": _("e-conomic does not have it"),
    "vat_barred": _("it is barred in e-conomic"),
    "vat_of_sales": _("it is for sales"),
    "purchase_group_not_used": _("it is decided that the product group is not used here"),
    "vat_not_charged": _("its VAT code deducts VAT that the invoice does not charge"),
    "foreign_vat_charged": _("the invoice charges VAT, which cannot be deducted as Danish VAT"),
    "reverse_charge_and_vat": _("its VAT code is one of reverse charge, and the invoice charges VAT"),
}
"""Why an account or a VAT code cannot be used (`flows.supplier_invoices.accounts`)."""
_FIGURE: Final = re.compile(r"[-−]?\d+(?:\.\d+)?")


def display_values(details: Mapping[str, str]) -> dict[str, str]:
    """The same by name, each as it is read."""
    return {name: _WORDED[name](value) if name in _WORDED else value for name, value in details.items()}


def amount(text: str) -> str:
    """`3021.00` as the reader writes it; what is no amount stays as it is."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return formats.amount(value) if value.is_finite() else text


def number(text: str) -> str:
    """`12.50` with as many decimals as it needs: a percentage, a rate."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return formats.number(value) if value.is_finite() else text


def day(text: str) -> str:
    """`2026-10-14` as the reader writes it."""
    try:
        return formats.day(date.fromisoformat(text))
    except ValueError:
        return text


def booked(text: str) -> str:
    """When Rackbeat says that something was booked, to the second: twice within a minute are told apart. `-` says that
    it is not."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return str(NOT_BOOKED) if text == "-" else text
    return formats.moment(at if at.tzinfo else at.replace(tzinfo=formats.COPENHAGEN))


def zone(text: str) -> str:
    """Rackbeat's word for a VAT zone, or what stands where one should."""
    try:
        return str(ZONES[Zone(text)])
    except ValueError:
        return text or str(NOWHERE)


def quoted(text: str) -> str:
    """What the other system answered, in its own words and marked as such; nothing where it said nothing."""
    said = shortened(text)
    return f"{ANSWERED % {'said': said}}." if said else ""


def shortened(text: str) -> str:
    """What was answered, on one line and no longer than is read."""
    said = " ".join(text.split()).rstrip(".")
    return isolated(said if len(said) <= QUOTED_MAX else f"{said[: QUOTED_MAX - 1].rstrip()}…")


def records(text: str) -> str:
    """`customer 10001, product NL-100` (`sync.run`) in words."""
    return ", ".join(within(*one.split(" ", 1)) if " " in one else one for one in text.split(", "))


def misfit_reason(text: str) -> str:
    """Why an account or a VAT code cannot be used."""
    return str(REASONS.get(text, text))


def place(text: str) -> str:
    """Where a voucher stands: in the journal of that number, or in the ledger where none is named."""
    return str(IN_JOURNAL) % {"journal": text} if text else str(IN_LEDGER)


def spans(text: str) -> str:
    """`2026-10-01–2026-10-31, …` as the reader writes days."""
    return ", ".join("–".join(day(one) for one in span.split("–")) for span in text.split(", "))


def formula(text: str) -> str:
    """Every figure of `100.00 + 25.00 ≠ 126.00` as the reader writes it."""
    return _FIGURE.sub(lambda figure: amount(figure[0].replace("−", "-")), text)


_WORDED: Final[Mapping[str, Callable[[str], str]]] = {
    "account": lambda text: text or str(NO_ACCOUNT),
    "amount": amount,
    "because": misfit_reason,
    "balance": amount,
    "before": booked,
    "computed": day,
    "changes": in_words,
    "charged": amount,
    "date": day,
    "day": day,
    "deducted": amount,
    "difference": amount,
    "drafts": amount,
    "due": day,
    "expected": number,
    "field": field_in_words,
    "fallback_because": misfit_reason,
    "first": day,
    "in_journal": place,
    "last": day,
    "limit": amount,
    "minimum": amount,
    "now": booked,
    "our_rate": number,
    "ours": amount,
    "periods": spans,
    "product_group": lambda text: text or str(WITHOUT_ITEM),
    "rate": number,
    "reason": formula,
    "records": records,
    "said": quoted,
    "supplier_zone": zone,
    "stock": amount,
    "their_rate": number,
    "theirs": amount,
    "zone": zone,
}
