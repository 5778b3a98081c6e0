"""What e-conomic tells about by webhook, and which words of a template it fills in (economic-api 11.1, 11.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Event:
    """`fields` are the merge fields with what they stand for."""

    description: str
    fields: Mapping[str, str]


_PAIR: Final = {
    "OLDNUMBER": "The number before the change; empty or 0 when the record is new.",
    "NEWNUMBER": "The number after the change; empty or 0 when the record is deleted.",
}
INVOICE_BOOKED: Final = "INVOICE_BOOKED"
JOURNAL_BOOKED: Final = "JOURNAL_BOOKED"
EVENTS: Final[Mapping[str, Event]] = {
    INVOICE_BOOKED: Event("An invoice was booked.", {"INVOICENO": "The number of the booked invoice."}),
    JOURNAL_BOOKED: Event(
        "Entries of a journal were booked.",
        {
            "DAYBOOKNO": "The number of the journal.",
            "FROMSERIALNO": "The first of the new entries' numbers.",
            "TOSERIALNO": "The last of them.",
        },
    ),
    "CUSTOMER_UPDATED": Event("A customer was created, changed or deleted.", _PAIR),
    "PRODUCT_UPDATED": Event("A product was created, changed or deleted.", _PAIR),
    "SUPPLIER_UPDATED": Event("A supplier was created, changed or deleted.", _PAIR),
    "PROJECT_UPDATED": Event("A project was created, changed or deleted.", _PAIR),
}
"""The names of the first four are public; the whole list is not, and is to be read at run time."""
EVENT_OF_KIND: Final = {
    "customers": "CUSTOMER_UPDATED",
    "products": "PRODUCT_UPDATED",
    "suppliers": "SUPPLIER_UPDATED",
    "projects": "PROJECT_UPDATED",
}
"""By kind of record: what its changes are told as."""
_FIELD: Final = re.compile(r"\[([A-Za-z]+)\]")


def expanded(template: str, values: Mapping[str, str]) -> str:
    """The template with its merge fields filled in; words in brackets that are none stay as they are."""
    return _FIELD.sub(lambda field: values.get(field[1].upper(), field[0]), template)


def pair(old: str | int | None, new: str | int | None) -> dict[str, str]:
    """The two numbers: the one that is not there is 0 beside a number and empty beside a text."""
    none = "0" if str(old if new is None else new).isdigit() else ""
    return {"OLDNUMBER": none if old is None else str(old), "NEWNUMBER": none if new is None else str(new)}
