"""What was remembered and is not there any more: e-conomic refuses what names it, and it is looked for anew."""

from __future__ import annotations

from typing import Final

from lagerbro.flows.economic_refusals import DOES_NOT_EXIST
from lagerbro.flows.known_references.contacts import CONTACT
from lagerbro.flows.known_references.delivery_locations import DELIVERY_LOCATION
from lagerbro.flows.known_references.departments import DEPARTMENT, OF_PRODUCT
from lagerbro.flows.known_references.payment_terms import PAYMENT_TERMS
from lagerbro.flows.known_references.people import EMPLOYEE
from lagerbro.flows.known_references.units import UNIT
from lagerbro.sync.work import Work
from lagerbro.wire.errors import RemoteError

TERMS_MISSING: Final = "E07080"
KINDS: Final = {
    "attention": (CONTACT,),
    "customerContact": (CONTACT,),
    "defaultDeliveryLocation": (DELIVERY_LOCATION,),
    "departmentalDistribution": (DEPARTMENT, OF_PRODUCT),
    "paymentTerms": (PAYMENT_TERMS,),
    "salesPerson": (EMPLOYEE,),
    "unit": (UNIT,),
    "vendorReference": (EMPLOYEE,),
}
"""By the field of a record in e-conomic."""


class StaleReferenceError(Exception):
    """Something that was remembered is not there any more; it is forgotten, and another try finds or makes it."""


def raise_if_stale(work: Work, error: RemoteError) -> None:
    """Raise `StaleReferenceError` where the refusal names anything that was remembered. What was looked for in this
    very run is no such thing: looking once more would not help."""
    parts = {(part, one.value) for one in error.errors for part in _places(one.path, one.code) if part in KINDS}
    named = {(kind, value) for part, value in parts for kind in KINDS[part]}
    forgotten = [work.links.forget_number(kind, number) for kind, number in named]
    if any(forgotten):
        raise StaleReferenceError from error


def _places(path: str, code: str) -> list[str]:
    return path.split(".") if code in (DOES_NOT_EXIST, TERMS_MISSING) else []
