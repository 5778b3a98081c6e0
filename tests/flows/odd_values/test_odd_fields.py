"""Every single field of Rackbeat's records with something odd in it: no transfer ends as a fault of ours, and what is
held for it goes through when it has been mended."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import pytest

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Link, Transfer
from tests.flows.altering import Raw, altered_rackbeat
from tests.flows.odd_values.test_hostile_texts import RECORDS
from tests.world import Company

pytestmark = pytest.mark.django_db
ODD: Final[tuple[Any, ...]] = (
    *("", " ", "-", "0", "x" * 3000, "2026-99-99", "0001-01-01", "9999-12-31", "٣"),
    *(0, 1, -1, 10**17, Raw(b"0.000001"), Raw(b"-0.0"), Raw(b"1e400"), True, None, [], {}),
)
LINES: Final = ({"item_id": "NL-100", "quantity": 1}, {"item_id": "BK-101", "quantity": 2, "discount_percentage": 10})
BETWEEN_S: Final = 9
"""Rackbeat allows so many calls a minute, in the local one too."""


def places(content: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where single values stand in decoded JSON."""
    if isinstance(content, dict | list):
        for key, value in content.items() if isinstance(content, dict) else enumerate(content):
            yield from places(value, (*at, key))
    else:
        yield at


def put(content: Any, path: tuple[Any, ...], value: object) -> None:
    *way, last = path
    for step in way:
        content = content[step]
    content[last] = value


@pytest.mark.parametrize("turn", [0, 7, 13])
@pytest.mark.parametrize("kind", RECORDS)
def test_no_field_makes_a_fault_of_ours(company: Company, kind: str, turn: int) -> None:
    remote = altered_rackbeat(company)
    made = company.systems.invoice(*LINES, heading="Heading")
    invoice = f"customer-invoices/{made}"
    where = {"customer_invoice": invoice, "customer": "customers/10001", "product": "products/NL-100"}[kind]
    for index, path in enumerate(list(places(company.systems.in_rackbeat("GET", where)))):
        with agreement_scope(company.agreement.pk):
            Link.in_scope.exclude(kind="customer_invoice").delete()  # so that customer and product are read again
        remote.changes = {RECORDS[kind]: partial(put, path=(kind, *path), value=ODD[(index + turn) % len(ODD)])}
        company.systems.clock.sleep_s(BETWEEN_S)
        company.invoiced(company.systems.invoice(*LINES, heading="Heading"))
        with agreement_scope(company.agreement.pk):
            assert list(Transfer.in_scope.filter(code="bug").values_list("kind", "key", "details")) == [], path
        remote.changes.clear()
        company.ask("customer", 10001)
        company.ask("product", "NL-100")
        company.drain()


def test_a_product_whose_number_is_a_blank_is_held_by_name(company: Company) -> None:
    remote = altered_rackbeat(company)
    remote.changes[RECORDS["product"]] = partial(put, path=("product", "number"), value=" ")
    number = company.systems.invoice()
    company.invoiced(number)
    assert company.transfer("product", "NL-100").code == "product_number_unusable"
    remote.changes.clear()
    assert company.invoiced(number).state == "transferred"
