"""customersapi: the same customers that REST has, under other names (economic-api 6.1, 16.32)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lagerbro_sandbox.economic.registers import writing
from lagerbro_sandbox.economic.registers.definitions import REGISTERS
from lagerbro_sandbox.economic.rows import StoredRows
from lagerbro_sandbox.economic.services.calls import Call, json_response
from lagerbro_sandbox.economic.services.lists import shown as with_version
from lagerbro_sandbox.economic.services.master_data import delivery_locations
from lagerbro_sandbox.economic.services.master_data.contacts import Contacts
from lagerbro_sandbox.economic.services.problems import raise_if_any, refuse
from lagerbro_sandbox.economic.services.resources import Resource, ServiceRouter
from lagerbro_sandbox.economic.services.shapes.customers import CONTACT, CUSTOMER, SETUP
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.economic.wire.extras import EXTRAS, with_extras
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record

KIND: Final = "customers"
CONTACTS: Final = Contacts("customer-contacts", "customerContactNumber", KIND, "customerNumber", "Customer")
PLAIN: Final = {
    "currency": "currency",
    "name": "name",
    "postCode": "zip",
    "city": "city",
    "country": "country",
    "phone": "telephoneAndFaxNumber",
    "email": "email",
    "cvrNo": "corporateIdentificationNumber",
    "homepage": "website",
    "eanLocationNumber": "ean",
    "voucherNumber": "publicEntryNumber",
    "vatNo": "vatNumber",
    "creditMaximum": "creditLimit",
    "pnr": "pNumber",
    "mobilePhone": "mobilePhone",
    "defaultDisableEInvoicing": "eInvoicingDisabledByDefault",
}
REFERENCES: Final = {
    "customerGroupNumber": ("customerGroup", "customerGroupNumber", "customer-groups", "CustomerInvalidGroupId"),
    "zone": ("vatZone", "vatZoneNumber", "vat-zones", "CustomerInvalidVatZone"),
    "paymentTermId": ("paymentTerms", "paymentTermsNumber", "payment-terms", "CustomerInvalidPaymentTerm"),
    "layoutGroup": ("layout", "layoutNumber", "layouts", "InvalidInput"),
    "priceGroupNumber": ("priceGroup", "priceGroupNumber", "price-groups", "InvalidInput"),
    "ourRef": ("salesPerson", "employeeNumber", "employees", "InvalidInput"),
    "defaultTheirRef": (
        "customerContact",
        "customerContactNumber",
        "customer-contacts",
        "CustomerInvalidDefaultTheirRef",
    ),
    "defaultAttention": (
        "attention",
        "customerContactNumber",
        "customer-contacts",
        "CustomerInvalidDefaultAttention",
    ),
    "defaultDeliveryLocation": (
        "defaultDeliveryLocation",
        "deliveryLocationNumber",
        "delivery-locations",
        "InvalidInput",
    ),
}
"""Our name: REST's name, its key, the kind of record, the code when it leads nowhere."""
NAMES: Final = PLAIN | {name: f"{rest}.{key}" for name, (rest, key, _, _) in REFERENCES.items()}
"""Our name: the path on REST."""
REQUIRED: Final = ("customerGroupNumber", "zone", "paymentTermId")
EMAILS: Final = {
    "email": "CustomerInvalidEmail",
    "defaultInvoiceRecipient": "CustomerInvalidInvoiceEmail",
    "defaultOrderRecipient": "CustomerInvalidOrderEmail",
    "defaultQuoteRecipient": "CustomerInvalidQuotationEmail",
    "defaultReminderRecipient": "CustomerInvalidReminderEmail",
    "defaultStatementOfAccountRecipient": "CustomerInvalidStatementEmail",
}
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_OWN: Final = frozenset({*PLAIN, *REFERENCES, "customerNumber", "access", "address1", "address2"})


def add_to(router: ServiceRouter) -> None:
    customers = Resource(
        "/Customers", CUSTOMER, "customerNumber", _rows, _read, _create, _update, _delete, at_item=True
    )
    customers.add_to(router)
    CONTACTS.resource(CONTACT).add_to(router)
    delivery_locations.add_to(router)
    router.add("GET", "/Setup", _setup)


def _setup(call: Call, _values: list[str]) -> Response:
    groups, layouts = call.session.all("customer-groups"), call.session.all("layouts")
    body = {
        "defaultCustomerGroupNumber": groups[0]["customerGroupNumber"] if groups else None,
        "defaultLayoutNumber": layouts[0]["layoutNumber"] if layouts else None,
    }
    return json_response(with_version(body, SETUP))


def _rows(call: Call, _values: list[str]) -> StoredRows:
    return StoredRows(call.session, KIND, "customerNumber", shown, NAMES)


def _read(call: Call, values: list[str]) -> Record | None:
    row = call.session.get(KIND, values[0])
    return None if row is None else shown(row)


def shown(row: Record) -> Record:
    """The customer as this surface tells it. An address of two lines has a line break in it on REST."""
    lines = str(row.get("address") or "").replace("\r\n", "\n").split("\n", 1)
    body: Record = {
        "customerNumber": row["customerNumber"],
        "access": not row.get("barred"),
        "address1": lines[0] or None,
        "address2": lines[1] if len(lines) > 1 else None,
        **{name: row.get(rest) for name, rest in PLAIN.items()},
        **{name: (row.get(rest) or {}).get(key) for name, (rest, key, _, _) in REFERENCES.items()},
    }
    body["defaultDisableEInvoicing"] = bool(body["defaultDisableEInvoicing"])
    return with_extras(body, row)


def _create(call: Call, new: Record, _values: list[str]) -> int:
    number = new.get("customerNumber")
    if number is None:
        raise refuse("CustomerInvalidCustomerNumber", "The caller gives the number.", "customerNumber")
    if call.session.get(KIND, number) is not None:
        raise refuse("CustomerAlreadyExists", f"Customer {number} exists already.", "customerNumber")
    _store(call.session, number, new)
    return int(number)


def _update(call: Call, row: Record, new: Record, _values: list[str]) -> None:
    number = row["customerNumber"]
    if new.get("customerNumber", number) != number:
        raise refuse("CustomerannotChangeNumber", "The number cannot be changed.", "customerNumber")
    _store(call.session, number, {"access": row["access"], **new})


def _delete(call: Call, row: Record, _values: list[str]) -> None:
    writing.delete(call.session, REGISTERS[KIND], str(row["customerNumber"]))


def _store(session: Session, number: int, new: Record) -> None:
    """Through the rules that REST has, which know nothing of what only this surface keeps."""
    raise_if_any(list(_complaints(session, new)))
    body: Record = {rest: new[name] for name, rest in PLAIN.items() if name in new}
    body |= {rest: {key: new[name]} for name, (rest, key, _, _) in REFERENCES.items() if name in new}
    body |= {"customerNumber": number, "currency": new.get("currency") or session.base_currency}
    address = "\n".join(new[name] for name in ("address1", "address2") if new.get(name))
    if address:
        body["address"] = address
    if not new.get("access", True):
        body["barred"] = True
    writing.replace(session, REGISTERS[KIND], str(number), body)
    record = session.get(KIND, number) or {}
    record[EXTRAS] = {name: value for name, value in new.items() if name not in _OWN}
    session.put(KIND, number, record)


def _complaints(session: Session, new: Record) -> Iterator[Complaint]:
    if not str(new.get("name") or "").strip():
        yield Complaint("CustomerMissingName", "A customer needs a name.", "name")
    for name, (_, _, kind, code) in REFERENCES.items():
        if name in REQUIRED and name not in new:
            yield Complaint(code, f"A customer needs {name}.", name)
        elif name in new and session.get(kind, new[name]) is None:
            yield Complaint(code, f"{new[name]} does not exist.", name)
    if "currency" in new and session.get("currencies", new["currency"]) is None:
        yield Complaint("InvalidInput", f"Currency {new['currency']} does not exist.", "currency")
    yield from _identifiers(new)


def _identifiers(new: Record) -> Iterator[Complaint]:
    for name, code in EMAILS.items():
        addresses = str(new.get(name) or "").replace(";", " ").replace(",", " ").split()
        if any(_EMAIL.fullmatch(address) is None for address in addresses):
            yield Complaint(code, "The e-mail address is not valid.", name)
    ean = str(new.get("eanLocationNumber") or "")
    if ean and not (ean.isascii() and ean.isdigit()):
        yield Complaint("CustomerInvalidEAN", "An EAN number has digits only.", "eanLocationNumber")
    elif ean and len(ean) != 13:
        yield Complaint("CustomerInvalidEANThirteenDigits", "An EAN number has 13 digits.", "eanLocationNumber")
    pnr = str(new.get("pnr") or "")
    if pnr and not (pnr.isascii() and pnr.isdigit() and len(pnr) == 10):
        yield Complaint("CustomerInvalidPNumber", "A P number has 10 digits.", "pnr")
