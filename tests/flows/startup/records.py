"""e-conomic's records as tests make them: whole ones, and any at all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from lagerbro.flows.startup.candidate import GroupVat, MappingContext
from lagerbro.flows.startup.kinds import SOURCES, Kind

VAT = GroupVat({"domestic": Decimal(25), "eu": Decimal(0), "abroad": Decimal(0), "domestic_exempt": Decimal(0)})
CONTEXT = MappingContext("DKK", {1: VAT})
REFERENCES: dict[str, Any] = {
    "productGroup": {"productGroupNumber": 1},
    "customerGroup": {"customerGroupNumber": 1},
    "supplierGroup": {"supplierGroupNumber": 1},
    "paymentTerms": {"paymentTermsNumber": 1},
    "vatZone": {"vatZoneNumber": 1},
    "unit": {"unitNumber": 1},
    "layout": {"layoutNumber": 1},
    "salesPerson": {"employeeNumber": 1},
    "paymentTermsType": "net",
    "daysOfCredit": 8,
}
KNOWN = {(kind, "1"): "1" for kind in Kind}
"""What Rackbeat has of what they refer to."""


def whole(kind: Kind, number: object = 1, name: Any = "Cykelhjørnet", **fields: Any) -> dict[str, Any]:
    """A record of the kind that can go over."""
    return {SOURCES[kind].key: str(number) if kind is Kind.PRODUCT else number, "name": name, **REFERENCES, **fields}


SCRAPS = st.none() | st.booleans() | st.integers(-5, 10**12) | st.text(max_size=20) | st.decimals(-5, 5, places=2)
FIELDS = sorted(
    {
        *REFERENCES,
        *(source.key for source in SOURCES.values()),
        *("name", "barred", "deleted", "currency", "address", "zip", "city", "country", "email", "ean", "phone"),
        *("corporateIdentificationNumber", "telephoneAndFaxNumber", "mobilePhone", "description", "barCode"),
        *("salesPrice", "recommendedPrice", "costPrice", "inventoryEnabled"),
    }
)
ANY_RECORD = st.dictionaries(
    st.sampled_from(FIELDS),
    SCRAPS | st.dictionaries(st.text(max_size=5) | st.sampled_from(["layoutNumber", "vatZoneNumber"]), SCRAPS),
)


@st.composite
def halves(draw: st.DrawFn, kind: Kind) -> object:
    """A whole record of which some fields are missing, null or something else."""
    record: dict[str, Any] = whole(kind, draw(st.integers(1, 999_999_999)), draw(st.text(min_size=1, max_size=30)))
    for name in draw(st.lists(st.sampled_from(sorted(record)), unique=True, max_size=5)):
        if draw(st.booleans()):
            del record[name]
        else:
            record[name] = draw(SCRAPS)
    return record
