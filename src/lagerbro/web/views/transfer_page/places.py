"""Where a record stands in the two systems: their own pages where their addresses are known, else their front doors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from django.conf import settings

from lagerbro.sync.models import Link, Transfer

_RACKBEAT: Final[Mapping[str, str]] = {
    "customer_invoice": "customer-invoices",
    "economic_invoice": "customer-invoices",
    "supplier_invoice": "supplier-invoices",
    "order": "orders",
    "customer": "customers",
    "supplier": "suppliers",
    "product": "products",
}
_ECONOMIC: Final[Mapping[str, str]] = {
    "booked_invoice": "booked",
    "draft": "drafts",
    "customer": "customers",
    "supplier": "suppliers",
    "product": "products",
}


@dataclass(frozen=True, slots=True)
class Place:
    """`is_exact`: the address is the record's own, and no front door."""

    system: str
    address: str
    is_exact: bool


def places(transfer: Transfer, rackbeat_number: str, link: Link | None) -> Iterator[Place]:
    """`rackbeat_number`: empty where it is not in Rackbeat."""
    if rackbeat_number:
        page = _page(settings.LAGERBRO_RACKBEAT_PAGES_URL, _RACKBEAT.get(transfer.kind), rackbeat_number)
        yield Place("Rackbeat", page or f"{settings.LAGERBRO_RACKBEAT_URL}/", bool(page))
    if link is not None:
        page = _page(settings.LAGERBRO_ECONOMIC_PAGES_URL, _ECONOMIC.get(link.economic_kind), link.economic_key)
        door = urlsplit(settings.LAGERBRO_ECONOMIC_GRANT_URL)
        yield Place("e-conomic", page or f"{door.scheme}://{door.netloc}/", bool(page))


def _page(base: str, path: str | None, number: str) -> str:
    return f"{base}/{path}/{quote(number, safe='')}" if base and path else ""
