"""Customers and suppliers (rackbeat-api 3.4, 3.5). The name was once `company_name`: both are taken, both are sent."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lagerbro_sandbox.kernel.records import Record
from lagerbro_sandbox.rackbeat.registers import custom_fields
from lagerbro_sandbox.rackbeat.registers.field_readers import choice, currency, digits, flag, number, reference, text
from lagerbro_sandbox.rackbeat.registers.forms import Field, Form
from lagerbro_sandbox.rackbeat.registers.register import Register, brief
from lagerbro_sandbox.rackbeat.registers.simple_registers import ADDRESS_OBJECT, PERCENT, ZONES
from lagerbro_sandbox.rackbeat.session import Session

_SHARED: Final[Form] = (
    Field("name", text(), ("company_name",), required=True),
    Field("company_vat", text(40)),
    *(Field(f"address_{part}", text()) for part in ("street", "street2", "zipcode", "city", "country")),
    Field("contact_email", text()),
    Field("contact_phone", text(60)),
    Field("attention", text()),
    Field("locale", text(20), default="da-DK"),
    Field("currency", currency),
    Field("vat_zone", choice(*ZONES), default="domestic"),
    Field("payment_terms_id", reference("payment-terms"), ("payment_terms",)),
    Field("layout_id", reference("layouts"), ("layout",)),
    Field("employee_id", reference("employees"), ("employee",)),
    Field("our_reference_id", reference("employees"), ("our_reference",)),
    Field("their_reference", text()),
    Field("note", text(10_000)),
    Field("is_barred", flag, default=False),
)
_CUSTOMER: Final[Form] = (
    *_SHARED,
    Field("ean", digits(13)),
    Field("customer_group_id", reference("customer-groups"), ("customer_group",)),
    Field("general_discount_percentage", PERCENT, default=Decimal(0)),
    Field("max_credit", number(Decimal(0))),
    Field("billing_address", ADDRESS_OBJECT),
    Field("delivery_address", ADDRESS_OBJECT),
)
_SUPPLIER: Final[Form] = (
    *_SHARED,
    Field("supplier_group_id", reference("supplier-groups"), ("supplier_group",)),
)


def _defaults(session: Session, record: Record, before: Record | None) -> None:
    """What a new party takes from the account: its currency and, for want of a choice, the first payment terms (P)."""
    if before is None:
        record["currency"] = record["currency"] or session.company["base_currency"]
        if record["payment_terms_id"] is None:
            terms = session.store.first(session.account, "payment-terms")
            record["payment_terms_id"] = terms and terms["number"]


def _shared(session: Session, record: Record) -> Record:
    return {
        **custom_fields.hidden(record),
        "company_name": record["name"],
        "payment_terms": brief(session, "payment-terms", record.get("payment_terms_id"), "type", "maturity_days"),
        "layout": brief(session, "layouts", record.get("layout_id")),
        "employee": brief(session, "employees", record.get("employee_id")),
        "our_reference": brief(session, "employees", record.get("our_reference_id")),
        "is_deleted": False,
        "deleted_at": None,
    }


def _customer(session: Session, record: Record) -> Record:
    group = brief(session, "customer-groups", record.get("customer_group_id"))
    return {**_shared(session, record), "customer_group": group}


def _supplier(session: Session, record: Record) -> Record:
    group = brief(session, "supplier-groups", record.get("supplier_group_id"))
    return {**_shared(session, record), "supplier_group": group}


CUSTOMERS: Final = Register(
    "customers",
    "customer",
    _CUSTOMER,
    _customer,
    _defaults,
    used_by=(("customer-invoices", "customer_id"), ("orders", "customer_id")),
    field_values=lambda session, record: custom_fields.values(session, record, "customers"),
)
SUPPLIERS: Final = Register(
    "suppliers",
    "supplier",
    _SUPPLIER,
    _supplier,
    _defaults,
    used_by=(("supplier-invoices", "supplier_id"), ("purchase-orders", "supplier_id")),
    field_values=lambda session, record: custom_fields.values(session, record, "suppliers"),
)
