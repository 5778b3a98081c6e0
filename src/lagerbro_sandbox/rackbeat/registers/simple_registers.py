"""The registers that are little more than a number and a name (rackbeat-api 3.1, 3.3 to 3.5, 3.11, 3.12)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.registers import stock_rules
from lagerbro_sandbox.rackbeat.registers.field_readers import flag, number, object_of, reference, text, whole
from lagerbro_sandbox.rackbeat.registers.forms import Field, Form
from lagerbro_sandbox.rackbeat.registers.register import Register, brief
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.errors import invalid

PERCENT: Final = number(Decimal(0), Decimal(100))
NAME: Final = Field("name", text(), required=True)
ZONES: Final = ("domestic", "eu", "abroad", "domestic_exempt")

_GROUP: Final[Form] = (
    NAME,
    Field("has_inventory", flag, required=True, nullable=False),
    Field("is_sellable", flag, default=True),
    Field("should_spread_cost", flag, default=False),
    *(Field(f"vat_{zone}", PERCENT, default=Decimal(0)) for zone in ZONES),
)
_TRANSLATED: Final = {
    "net": "Netto",
    "invoiceMonth": "Løbende måned",
    "end_of_month": "Løbende måned",
    "dueDate": "Forfaldsdato",
    "prepaid": "Forudbetaling",
    "cash": "Kontant",
    "paidInCash": "Kontant",
}


def _group(session: Session, record: Record) -> Record:
    count = session.store.count(session.account, "products", "group_id", record["number"])
    return {**record, "num_products": count, "is_draft": bool(record.get("is_draft"))}


def _inventory_is_locked(session: Session, record: Record, before: Record | None) -> None:
    """D: whether a group is kept in stock cannot change once an item of it has moved."""
    if before is None or record["has_inventory"] == before["has_inventory"]:
        return
    if stock_rules.group_has_moved(session, before["number"]):
        raise invalid(has_inventory="The has inventory cannot be changed: items of the group have moved.")


def _terms(_session: Session, record: Record) -> Record:
    return {**record, "type_translated": _TRANSLATED.get(record["type"], record["type"])}


def _employee(session: Session, record: Record) -> Record:
    return {**record, "default_location": brief(session, "locations", record.get("default_location_id"))}


PRODUCT_GROUPS: Final = Register(
    "product-groups",
    "product_group",
    _GROUP,
    _group,
    _inventory_is_locked,
    drafts=True,
    used_by=(("products", "group_id"), ("lots", "group_id")),
)
UNITS: Final = Register("units", "unit", (NAME,), drafts=True, used_by=(("products", "unit_id"), ("lots", "unit_id")))
LAYOUTS: Final = Register("layouts", "layout", (NAME,))
PAYMENT_TERMS: Final = Register(
    "payment-terms",
    "payment_term",
    (
        NAME,
        Field("type", text(60), required=True),
        Field("description", text(1000)),
        Field("maturity_days", whole(0, 32767), required=True, nullable=False),
    ),
    _terms,
    event="payment_terms",
    used_by=(("customers", "payment_terms_id"), ("suppliers", "payment_terms_id")),
)
DELIVERY_TERMS: Final = Register("delivery-terms", "delivery_term", (NAME,), event="delivery_terms")
CUSTOMER_GROUPS: Final = Register(
    "customer-groups", "customer_group", (NAME,), used_by=(("customers", "customer_group_id"),)
)
SUPPLIER_GROUPS: Final = Register(
    "supplier-groups", "supplier_group", (NAME,), used_by=(("suppliers", "supplier_group_id"),)
)
DISCOUNT_GROUPS: Final = Register(
    "discount-groups",
    "discount_group",
    (NAME, Field("discount_percentage", PERCENT, default=Decimal(0))),
    used_by=(("products", "discount_group_id"),),
)
EMPLOYEES: Final = Register(
    "employees",
    "employee",
    (
        NAME,
        Field("initials", text(20)),
        Field("contact_phone", text(60)),
        Field("contact_email", text()),
        Field("locale", text(20)),
        Field("job_title", text()),
        Field("should_notify", flag, default=False),
        Field("default_location_id", reference("locations"), ("default_location",)),
    ),
    _employee,
)
PROJECTS: Final = Register("projects", "project", (NAME, Field("description", text(5000))))
BANK_ACCOUNTS: Final = Register(
    "bank-accounts",
    "bank_account",
    (
        NAME,
        Field("registration_number", text(20)),
        Field("account_number", text(40)),
        Field("swift", text(20)),
        Field("iban", text(40)),
        Field("fi_number", text(20)),
    ),
)
ADDRESS: Final[Form] = (
    Field("name", text()),
    Field("street", text()),
    Field("street2", text()),
    Field("zipcode", text(30)),
    Field("city", text()),
    Field("country", text()),
    Field("email", text()),
    Field("phone", text(60)),
)
ADDRESS_OBJECT: Final = object_of(ADDRESS)
DELIVERY_ADDRESSES: Final = Register("delivery-addresses", "delivery_address", ADDRESS, key="id")

ALL: Final = (
    PRODUCT_GROUPS,
    UNITS,
    LAYOUTS,
    PAYMENT_TERMS,
    DELIVERY_TERMS,
    CUSTOMER_GROUPS,
    SUPPLIER_GROUPS,
    DISCOUNT_GROUPS,
    EMPLOYEES,
    PROJECTS,
    BANK_ACCOUNTS,
    DELIVERY_ADDRESSES,
)
