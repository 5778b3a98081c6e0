"""Which versions of which service are alive (economic-api 3.1). The version in the path is mandatory and exact.

The documented version stands first; the others are older ones of the same form, and newer ones, that published clients
call. Several versions stay alive side by side; any other answers as an address that does not exist.
"""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.platform.modules import ACCRUALS, DIMENSION, SCANNING

VERSIONS: Final = {
    "accountingyearsapi": ("2.0.1", "2.0.0", "1.2.1"),
    "accountsapi": ("7.0.0", "6.0.1", "6.0.0", "5.0.2"),
    "bookedentriesapi": ("4.0.0", "3.3.0", "3.2.1", "3.2.0", "5.0.0", "6.0.0", "7.0.0"),
    "customersapi": ("3.1.0", "3.0.1", "3.0.0", "1.1.1"),
    "dimensionsapi": ("5.3.1", "5.3.0", "5.2.0"),
    "documentsapi": ("4.0.1", "4.0.0", "3.0.1", "3.0.0", "2.2.0", "2.1.0", "2.0.0"),
    "journalsapi": ("15.0.0", "14.0.1", "14.0.0", "13.0.1", "12.0.2", "15.0.1"),
    "productsapi": ("2.0.0", "1.1.0", "1.0.0"),
    "q2capi": ("5.3.0", "5.2.0", "5.1.0", "5.0.0"),
    "suppliersapi": ("2.0.0", "1.0.1", "1.0.0"),
    "webhooksapi": ("1.0.0",),
}
SUBSETS: Final = {("customersapi", "1.1.1"): frozenset({"contacts", "deliverylocations"})}
"""What an older version has of its service, by the first segment below it; any other version has all of it."""
BOOKKEEPING: Final = frozenset({"SuperUser", "Bookkeeping"})
SALES: Final = frozenset({"SuperUser", "Sales"})
ROLES: Final = {
    "accountingyearsapi": BOOKKEEPING,
    "accountsapi": BOOKKEEPING,
    "bookedentriesapi": BOOKKEEPING,
    "customersapi": SALES,
    "dimensionsapi": frozenset({"SuperUser", "Bookkeeping", "Sales", "ProjectEmployee"}),
    "documentsapi": BOOKKEEPING,
    "journalsapi": BOOKKEEPING,
    "productsapi": SALES,
    "q2capi": SALES,
    "suppliersapi": BOOKKEEPING,
    "webhooksapi": frozenset({"SuperUser"}),
}
"""Any one of them opens the service (economic-api 1.5)."""


_SALES_DATA: Final = ("booked-invoice-lines", "sales-document-lines")
MODULES: Final = {
    ("dimensionsapi", ""): DIMENSION,
    ("documentsapi", ""): SCANNING,
    ("journalsapi", "accruals"): ACCRUALS,
}
"""By service and the first segment below it, empty for all: the module without which it is closed. The documents say it
of dimensions; of accruals they say that they need theirs; of documents users tell it (domain-rules D15)."""


def roles_for(service: str, first: str, rest: str) -> frozenset[str]:
    """Any one of them opens the path; empty where everybody may (the published `x-required-roles` of its tag)."""
    if (service, first) == ("webhooksapi", "eventtypes"):
        return frozenset()
    if (service, first) == ("dimensionsapi", "dimension-data"):
        return SALES if rest.split("/", 1)[0] in _SALES_DATA else BOOKKEEPING
    if service == "productsapi" and rest.endswith("projectsettings"):
        return SALES | {"ProjectEmployee"}
    return ROLES[service]


def has(service: str, version: str, first: str) -> bool:
    """Whether that version of the service is alive and has the resource, both in small letters."""
    return version in VERSIONS.get(service, ()) and first in SUBSETS.get((service, version), {first})


def major(version: str) -> int:
    return int(version.split(".", maxsplit=1)[0])
