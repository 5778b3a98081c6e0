"""Links: every reference carries `self`, with the host that the caller sees (economic-api 2.1, 2.2)."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote

from lagerbro_sandbox.kernel.records import Record

PATHS: Final = {
    "draftInvoiceNumber": "/invoices/drafts/",
    "bookedInvoiceNumber": "/invoices/booked/",
    "customerNumber": "/customers/",
    "customerGroupNumber": "/customer-groups/",
    "supplierNumber": "/suppliers/",
    "supplierGroupNumber": "/supplier-groups/",
    "productNumber": "/products/",
    "productGroupNumber": "/product-groups/",
    "paymentTermsNumber": "/payment-terms/",
    "layoutNumber": "/layouts/",
    "unitNumber": "/units/",
    "vatZoneNumber": "/vat-zones/",
    "vatTypeNumber": "/vat-types/",
    "vatCode": "/vat-accounts/",
    "accountNumber": "/accounts/",
    "employeeNumber": "/employees/",
    "journalNumber": "/journals/",
    "year": "/accounting-years/",
    "code": "/currencies/",
    "departmentNumber": "/departments/",
    "employeeGroupNumber": "/employee-groups/",
    "paymentTypeNumber": "/payment-types/",
    "projectNumber": "/projects/",
    "roleNumber": "/app-roles/",
    "moduleNumber": "/modules/",
    "languageNumber": "/languages/",
}

TOKENS: Final = {
    "<": "_0_",
    ">": "_1_",
    "*": "_2_",
    "%": "_3_",
    ":": "_4_",
    "&": "_5_",
    "/": "_6_",
    "\\": "_7_",
    "_": "_8_",
    " ": "_9_",
    "?": "_10_",
    ".": "_11_",
    "#": "_12_",
    "+": "_13_",
}
_ENCODE: Final = str.maketrans(TOKENS)
_PLAIN: Final = {token: plain for plain, token in TOKENS.items()}
_TOKEN: Final = re.compile(r"_1[0-3]_|_[0-9]_")


def escaped(identifier: object) -> str:
    """As it stands in a path: the characters of the table as tokens, all else that a path cannot hold as percents."""
    if isinstance(identifier, int):
        return str(identifier)
    return quote(str(identifier).translate(_ENCODE), safe="")


def unescaped(segment: str) -> str:
    """The identifier behind a decoded path segment. Longer tokens first, so that `_10_` is not read as `_1_` `0_`."""
    if "_" not in segment:
        return segment
    return _TOKEN.sub(lambda token: _PLAIN[token[0]], segment)


def path_below(kind: str, record: Record) -> str | None:
    """The path of a record that its number alone does not make; None for all others."""
    match kind:
        case "customer-contacts":
            return f"/customers/{record['customer']['customerNumber']}/contacts/{record['customerContactNumber']}"
        case "supplier-contacts":
            return f"/suppliers/{record['supplier']['supplierNumber']}/contacts/{record['supplierContactNumber']}"
        case "delivery-locations":
            number = record["deliveryLocationNumber"]
            return f"/customers/{record['customer']['customerNumber']}/delivery-locations/{number}"
        case "departmental-distributions":
            number = record["departmentalDistributionNumber"]
            return f"/departmental-distributions/{record['distributionType']}s/{number}"
    return None


def linked(body: Record, base: str) -> Record:
    """The body with `self` on itself and on every reference inside it. What is stored with a `self` of its own, since
    its path is not made of its number alone, has it without the host."""
    result: Record = {}
    key = None
    for name, value in body.items():
        if type(value) is dict:
            result[name] = linked(value, base)
        elif type(value) is list:
            result[name] = [linked(item, base) if type(item) is dict else item for item in value]
        else:
            result[name] = value
            if key is None and name in PATHS:
                key = name
    own = body.get("self")
    if own is not None:
        result["self"] = f"{base}{own}" if own.startswith("/") else own
    elif key is not None:
        result["self"] = f"{base}{PATHS[key]}{escaped(body[key])}"
    return result


def number_in_link(link: str) -> str:
    """The identifier that a `self` link ends with."""
    return unescaped(unquote(link.split("?", maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]))
