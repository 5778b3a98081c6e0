"""Every answer of the local e-conomic against the schema that e-conomic published for that path.

A schema alone accepts most wrong answers, so unknown keys count too. Where the server was seen to differ from its own
schema the difference is named here with its source.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.schemas import complaints, present
from tests.sandboxes import Json, Sandboxes

pytestmark = present

PATHS = {
    "/self": "self.get",
    "/customers": "customers.get",
    "/customers/10001": "customers.customerNumber.get",
    "/customer-groups": "customer-groups.get",
    "/customer-groups/1": "customer-groups.customerGroupNumber.get",
    "/products": "products.get",
    "/products/NL-100": "products.productNumber.get",
    "/product-groups": "product-groups.get",
    "/product-groups/1": "product-groups.productGroupNumber.get",
    "/product-groups/1/sales-accounts": "product-groups.productGroupNumber.sales-accounts.get",
    "/units": "units.get",
    "/units/1": "units.unitNumber.get",
    "/layouts": "layouts.get",
    "/payment-terms": "payment-terms.get",
    "/payment-terms/1": "payment-terms.paymentTermsNumber.get",
    "/vat-zones": "vat-zones.get",
    "/vat-accounts": "vat-accounts.get",
    "/vat-types": "vat-types.get",
    "/currencies": "currencies.get",
    "/accounts": "accounts.get",
    "/accounts/1010": "accounts.accountNumber.get",
    "/accounting-years": "accounting-years.get",
    "/accounting-years/2026/periods": "accounting-years.accountingYear.periods.get",
    "/accounting-years/2026/entries": "accounting-years.accountingYear.entries.get",
    "/employees": "employees.get",
    "/suppliers": "suppliers.get",
    "/journals": "journals.get",
    "/invoices/drafts": "invoices.drafts.get",
    "/invoices/drafts/1": "invoices.drafts.draftInvoiceNumber.get",
    "/invoices/booked": "invoices.booked.get",
    "/invoices/booked/77": "invoices.booked.bookedInvoiceNumber.get",
}
SEEN = {
    ".recipient.vatZone.name": "economic-api 7.1: the zone is expanded in answers",
    ".recipient.vatZone.enabledForCustomer": "economic-api 7.1",
    ".recipient.vatZone.enabledForSupplier": "economic-api 7.1",
    ".orderNumber": "economic-api 7.2: the booked invoice carries the draft's number",
    ".products": "economic-api 6.6: units link to their products",
}
DRAFT: Json = {
    "date": "2026-11-24",
    "currency": "DKK",
    "customer": {"customerNumber": 10001},
    "recipient": {"name": "Cykelhjørnet", "vatZone": {"vatZoneNumber": 1}, "ean": "5798000000001"},
    "layout": {"layoutNumber": 1},
    "paymentTerms": {"paymentTermsNumber": 1},
    "lines": [{"description": "Cykel", "product": {"productNumber": "NL-100"}, "quantity": 1, "unitNetPrice": 5}],
    "references": {"other": "RB-1"},
    "notes": {"heading": "Tak"},
}


@pytest.fixture(scope="module")
def filled() -> Iterator[Sandboxes]:
    systems = Sandboxes.made()
    systems.in_economic(
        "PUT",
        "/customers/10001",
        {
            "name": "Cykelhjørnet",
            "currency": "DKK",
            "customerGroup": {"customerGroupNumber": 1},
            "paymentTerms": {"paymentTermsNumber": 1},
            "vatZone": {"vatZoneNumber": 1},
            "address": "Torvet 1",
            "email": "a@example.com",
        },
    )
    product = {"name": "Cykel", "productGroup": {"productGroupNumber": 1}, "unit": {"unitNumber": 1}, "salesPrice": 5}
    systems.in_economic("PUT", "/products/NL-100", product)
    draft = systems.in_economic("POST", "/invoices/drafts", DRAFT)
    systems.in_economic(
        "PUT", "/invoices/booked/77", {"draftInvoice": {"draftInvoiceNumber": draft["draftInvoiceNumber"]}}
    )
    systems.in_economic("POST", "/invoices/drafts", DRAFT)
    yield systems
    systems.close()


def unexpected(found: list[str]) -> list[str]:
    return [line for line in found if line.split(":")[0].replace(".collection[]", "") not in SEEN]


@pytest.mark.parametrize("path", PATHS)
def test_answers_are_what_was_published(filled: Sandboxes, path: str) -> None:
    assert unexpected(complaints(filled.in_economic("GET", path), PATHS[path])) == []


def test_what_is_created_answers_as_it_is_read(filled: Sandboxes) -> None:
    made = filled.in_economic("POST", "/invoices/drafts", DRAFT)
    assert unexpected(complaints(made, "invoices.drafts.draftInvoiceNumber.get")) == []
    assert made == filled.in_economic("GET", f"/invoices/drafts/{made['draftInvoiceNumber']}")


@pytest.mark.parametrize("path", [path for path in PATHS if path != "/self"])
def test_a_lost_key_is_noticed(filled: Sandboxes, path: str) -> None:
    """The check can fail: without `self` no answer passes."""
    answer = filled.in_economic("GET", path)
    del answer["self"]
    if "collection" in answer:
        answer["surplus"] = 1
    assert unexpected(complaints(answer, PATHS[path])) != []
