"""Links: every reference carries `self`, with the host that the caller sees (economic-api 2.1, 2.2)."""

from __future__ import annotations

from typing import Any, Final

from lagerbro.sandbox.economic.store import Record

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


def escaped(identifier: object) -> str:
    return str(identifier).translate(_ENCODE)


def unescaped(segment: str) -> str:
    """The identifier behind a decoded path segment. Longer tokens first, so that `_10_` is not read as `_1_` `0_`."""
    if "_" not in segment:
        return segment
    result, at = [], 0
    by_token = sorted(TOKENS.items(), key=lambda pair: -len(pair[1]))
    while at < len(segment):
        found = next(((plain, token) for plain, token in by_token if segment.startswith(token, at)), None)
        result.append(found[0] if found else segment[at])
        at += len(found[1]) if found else 1
    return "".join(result)


def linked(body: Record, base: str) -> Record:
    """The body with `self` on itself and on every reference inside it."""
    result: Record = {name: _value(value, base) for name, value in body.items()}
    key = next((name for name in body if name in PATHS), None)
    if key is not None and "self" not in body:
        result["self"] = f"{base}{PATHS[key]}{escaped(body[key])}"
    return result


def _value(value: Any, base: str) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return linked(value, base)
    if isinstance(value, list):
        return [_value(item, base) for item in value]
    return value


def number_in_link(link: str) -> str:
    """The identifier that a `self` link ends with."""
    return unescaped(link.rstrip("/").rsplit("/", 1)[-1])
