"""Every property of the local OpenAPI services against the published document: type, limits, filters, sorting."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

from lagerbro_sandbox.economic.services.properties import INT_MAX, Property, Shape
from lagerbro_sandbox.economic.services.surface import SERVICES
from lagerbro_sandbox.economic.services.versions import VERSIONS
from tests.contract.services.service_documents import document, present, shape

pytestmark = present

FILES = {
    "accountingyearsapi": "AccountingYears",
    "accountsapi": "Accounts",
    "bookedentriesapi": "BookedEntries",
    "customersapi": "Customers",
    "dimensionsapi": "Dimensions",
    "documentsapi": "Documents",
    "journalsapi": "Journals",
    "productsapi": "Products",
    "q2capi": "Q2C",
    "suppliersapi": "Suppliers",
    "webhooksapi": "webhooks-api",
}
SHAPES = {
    ("accountingyears", "YEAR"): ("AccountingYears", "AccountingYear"),
    ("accountingyears", "PERIOD"): ("AccountingYears", "AccountingYearPeriod"),
    ("accounts", "ACCOUNT"): ("Accounts", "Account"),
    ("accounts", "KEY_FIGURE_CODE"): ("Accounts", "KeyFigureCode"),
    ("accounts", "TOTAL_INTERVAL"): ("Accounts", "TotalInterval"),
    ("bookedentries", "BOOKED_ENTRY"): ("BookedEntries", "BookedEntry"),
    ("bookedentries", "MATCHED_PAIR"): ("BookedEntries", "MatchedBookedEntriesPair"),
    ("customers", "CONTACT"): ("Customers", "Contact"),
    ("customers", "CUSTOMER"): ("Customers", "Customer"),
    ("customers", "DELIVERY_LOCATION"): ("Customers", "DeliveryLocation"),
    ("customers", "SETUP"): ("Customers", "Setup"),
    ("dimensions", "ACCOUNT"): ("Dimensions", "Account"),
    ("dimensions", "BOOKED_ENTRY"): ("Dimensions", "BookedEntry"),
    ("dimensions", "BOOKED_INVOICE_LINE"): ("Dimensions", "BookedInvoiceLine"),
    ("dimensions", "BUDGET_FIGURE"): ("Dimensions", "BudgetFigure"),
    ("dimensions", "DIMENSION"): ("Dimensions", "Dimension"),
    ("dimensions", "DIMENSION_DISTRIBUTION"): ("Dimensions", "DimensionDistribution"),
    ("dimensions", "DIMENSION_VALUE"): ("Dimensions", "DimensionValue"),
    ("dimensions", "DRAFT_ENTRY"): ("Dimensions", "DraftEntry"),
    ("dimensions", "SALES_DOCUMENT_LINE"): ("Dimensions", "SalesDocumentLine"),
    ("documents", "DOCUMENT"): ("Documents", "AttachedDocument"),
    ("journals", "ACCRUAL"): ("Journals", "DraftEntryAccrual"),
    ("journals", "DRAFT_ENTRY"): ("Journals", "DraftEntry"),
    ("journals", "JOURNAL"): ("Journals", "Journal"),
    ("products", "ACCRUAL_SETTINGS"): ("Products", "AccrualSettings"),
    ("products", "PRICE_GROUP"): ("Products", "PriceGroup"),
    ("products", "PRODUCT"): ("Products", "Product"),
    ("products", "PRODUCT_GROUP"): ("Products", "ProductGroup"),
    ("products", "PROJECT_SETTINGS"): ("Products", "ProjectSettings"),
    ("products", "SALES_PRICE"): ("Products", "ProductSalesPriceInCurrency"),
    ("products", "SPECIAL_PRICE"): ("Products", "ProductSpecialPrice"),
    ("products", "SPECIAL_PRICE_IN_CURRENCY"): ("Products", "ProductSpecialPriceInCurrency"),
    ("products", "ZONE"): ("Products", "Zone"),
    ("q2c", "BOOKED_LINE"): ("Q2C", "BookedInvoiceLine"),
    ("q2c", "DRAFT_INVOICE"): ("Q2C", "DraftInvoice"),
    ("q2c", "DRAFT_LINE"): ("Q2C", "DraftInvoiceLine"),
    ("q2c", "ORDER_LINE"): ("Q2C", "OrderLine"),
    ("q2c", "QUOTE_LINE"): ("Q2C", "QuoteLine"),
    ("q2c", "SENSITIVE_DATA"): ("Q2C", "DraftInvoiceSensitiveData"),
    ("suppliers", "CONTACT"): ("Suppliers", "Contact"),
    ("suppliers", "GROUP"): ("Suppliers", "Group"),
    ("webhooks", "WEBHOOK"): ("webhooks-api", "Webhook"),
}


@pytest.mark.parametrize(("service", "name"), SHAPES)
def test_every_property_is_what_was_published(service: str, name: str) -> None:
    ours: Shape = getattr(importlib.import_module(f"lagerbro_sandbox.economic.services.shapes.{service}"), name)
    published = shape(*SHAPES[service, name])
    facts = {key: _published(key, prop, published.get("required", [])) for key, prop in published["properties"].items()}
    assert {key: _ours(prop) for key, prop in ours.items()} == facts


@pytest.mark.parametrize("service", SERVICES)
def test_the_first_version_is_the_documented_one(service: str) -> None:
    assert document(FILES[service])["servers"][0]["url"].rstrip("/").endswith(f"/v{VERSIONS[service][0]}")


def _ours(prop: Property) -> Any:
    limits = (prop.longest, prop.shortest, prop.least, prop.most)
    return prop.kind, prop.required, prop.readonly, limits, set(prop.filters), prop.sortable


def _published(key: str, prop: dict[str, Any], required: list[str]) -> Any:
    if key == "objectVersion":
        return "string", False, False, (None, 0, None, None), set(), False
    kind = prop.get("type", "integer")  # enumerations are references, and integers
    kind = "date-time" if prop.get("format") == "date-time" else kind
    most = prop.get("maximum")
    limits = (
        prop.get("maxLength"),
        prop.get("minLength", 0),
        prop.get("minimum"),
        None if most == INT_MAX else most,
    )
    filters = prop.get("x-filterable", "not filterable")
    found = set() if filters == "not filterable" else {part.strip() for part in filters.split(",")}
    return kind, key in required, bool(prop.get("readOnly")), limits, found, bool(prop.get("x-sortable"))
