"""The kinds of records that the start-up sync carries, in their order: what others refer to comes first. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """A kind of record, by the name that it has in the registry of flows where it has one."""

    PAYMENT_TERMS = "payment_terms"
    UNIT = "unit"
    EMPLOYEE = "employee"
    LAYOUT = "layout"
    PRODUCT_GROUP = "product_group"
    PRODUCT = "product"
    CUSTOMER_GROUP = "customer_group"
    CUSTOMER = "customer"
    SUPPLIER_GROUP = "supplier_group"
    SUPPLIER = "supplier"


ORDER: Final = tuple(Kind)
OPTIONAL: Final = (Kind.PAYMENT_TERMS, Kind.UNIT, Kind.EMPLOYEE)
"""Not in the article's list: carried by choice, because the others refer to them."""
GROUP_OF: Final = {
    Kind.PRODUCT: Kind.PRODUCT_GROUP,
    Kind.CUSTOMER: Kind.CUSTOMER_GROUP,
    Kind.SUPPLIER: Kind.SUPPLIER_GROUP,
}
"""The kind of the group that each record of these must be in."""
LINKED: Final = (*GROUP_OF, *GROUP_OF.values())
"""The kinds that other flows follow: they look up links of them, and pass over what we wrote ourselves."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a kind is listed in e-conomic and kept in Rackbeat.

    `key`: the field of its number in e-conomic; `is_sortable`: whether e-conomic sorts the list by it. `kept_in`:
    Rackbeat's path for one record, `listed_in` for all of them, `compared`: its fields that are looked at.
    """

    path: str
    key: str
    kept_in: str
    compared: tuple[str, ...]
    is_sortable: bool = False
    listed_in: str = ""

    @property
    def list_path(self) -> str:
        return self.listed_in or self.kept_in

    @property
    def listed_fields(self) -> str:
        """What Rackbeat's list is asked for."""
        return ",".join(("number", "name", *self.compared))


_PARTY: Final = (
    "company_vat",
    *(f"address_{part}" for part in ("street", "street2", "zipcode", "city", "country")),
    "contact_email",
    "contact_phone",
    "currency",
    "vat_zone",
    "payment_terms_id",
    "layout_id",
)
SOURCES: Final = {
    Kind.PAYMENT_TERMS: Source(
        "/payment-terms", "paymentTermsNumber", "payment-terms", ("type", "maturity_days", "description")
    ),
    Kind.UNIT: Source("/units", "unitNumber", "units", ()),
    Kind.EMPLOYEE: Source(
        "/employees", "employeeNumber", "employees", ("contact_email", "contact_phone"), is_sortable=True
    ),
    Kind.LAYOUT: Source("/layouts", "layoutNumber", "layouts", ()),
    Kind.PRODUCT_GROUP: Source("/product-groups", "productGroupNumber", "product-groups", ()),
    Kind.PRODUCT: Source(
        "/products",
        "productNumber",
        "products",
        (
            *("type", "description", "barcode", "sales_price", "recommended_sales_price", "recommended_cost_price"),
            *("group_id", "unit_id"),
        ),
        is_sortable=True,
        listed_in="items",  # bills of materials share their numbers
    ),
    Kind.CUSTOMER_GROUP: Source("/customer-groups", "customerGroupNumber", "customer-groups", (), is_sortable=True),
    Kind.CUSTOMER: Source(
        "/customers",
        "customerNumber",
        "customers",
        (*_PARTY, "ean", "customer_group_id", "employee_id"),
        is_sortable=True,
    ),
    Kind.SUPPLIER_GROUP: Source("/supplier-groups", "supplierGroupNumber", "supplier-groups", ()),
    Kind.SUPPLIER: Source("/suppliers", "supplierNumber", "suppliers", (*_PARTY, "supplier_group_id")),
}
