"""How records of the registers look in answers: links, expanded references, what is summed (economic-api 6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.economic.ledger import views as ledger
from lagerbro_sandbox.economic.money import ZERO
from lagerbro_sandbox.economic.registers.definitions import Register
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.storage import marks
from lagerbro_sandbox.economic.wire.extras import EXTRAS
from lagerbro_sandbox.economic.wire.links import PATHS, escaped, linked, path_below
from lagerbro_sandbox.kernel.records import Record

HIDDEN: Final = ("accounts", EXTRAS, "priceGroup", "rights")
"""What no published answer of REST has."""
Complete = Callable[[Session, Record], Record]


def completed(session: Session, register: Register, record: Record) -> Record:
    """The record with what is computed whenever it is read, and may be filtered by."""
    complete = _COMPLETED.get(register.name)
    return record if complete is None else complete(session, record)


def shown(session: Session, register: Register, record: Record) -> Record:
    """A completed record as it is answered."""
    plain = {name: value for name, value in record.items() if name not in HIDDEN}
    expand = _EXPANDED.get(register.name)
    body = linked(plain if expand is None else expand(session, plain), session.base)
    address = f"{session.base}{path_of(register, record)}"
    links = _LINKS.get(register.name)
    if links is not None:
        body |= links(address)
    if register.form is not None:
        body["metaData"] = actions(register.noun, address)
    body["self"] = address
    return body


def path_of(register: Register, record: Record) -> str:
    """The record's own path."""
    own = path_below(register.name, record)
    return own or f"{PATHS[register.key]}{escaped(record[register.key])}"


def actions(noun: str, address: str) -> Record:
    """What may be done with a record (economic-api 2.3)."""
    return {
        "delete": {"description": f"Delete this {noun}.", "href": address, "httpMethod": "delete"},
        "replace": {"description": f"Replace this {noun}.", "href": address, "httpMethod": "put"},
    }


def _customer_money(session: Session, record: Record) -> Record:
    number = record["customerNumber"]
    balance = session.store.entries.party_balance(session.agreement, "customer", number)
    return {**record, "balance": balance, "dueAmount": due_amount(session, number)}


def due_amount(session: Session, customer: int) -> Decimal:
    """What the customer should have paid before today."""
    store, today = session.store, str(session.today())
    keys = marks.keys(store.connection, session.agreement, "booked", "unpaidBy", customer)
    unpaid = store.several(session.agreement, "booked", keys)
    return sum((row["remainderInBaseCurrency"] for row in unpaid if row["dueDate"] < today), ZERO)


def _group_account(session: Session, record: Record) -> Record:
    account = session.get("accounts", record["account"]["accountNumber"])
    if account is None:
        return record
    names = ("accountNumber", "accountType", "blockDirectEntries", "debitCredit", "name")
    shown = {name: account[name] for name in names if name in account}
    shown["balance"] = session.store.entries.balance(session.agreement, account["accountNumber"])
    return {**record, "account": shown}


def _group_links(session: Session, record: Record) -> Record:
    number = record["account"]["accountNumber"]
    return {**record, "account": {**record["account"], "accountingYears": years_of(session, number)}}


def years_of(session: Session, account: int) -> str:
    """The address of an account's years."""
    return f"{session.base}/accounts/{account}/accounting-years"


def _product(session: Session, record: Record) -> Record:
    result = dict(record)
    unit = session.get("units", record["unit"]["unitNumber"]) if "unit" in record else None
    if unit is not None:
        result["unit"] = shown_unit(session, unit)
    group = session.get("product-groups", record["productGroup"]["productGroupNumber"])
    if group is not None:
        shown_group = {name: value for name, value in group.items() if name not in HIDDEN}
        address = f"{session.base}{PATHS['productGroupNumber']}{group['productGroupNumber']}"
        result["productGroup"] = {**shown_group, **_product_group_links(address)}
    return result


def shown_unit(session: Session, unit: Record) -> Record:
    """A unit inside something else."""
    address = f"{session.base}{PATHS['unitNumber']}{unit['unitNumber']}"
    return {"unitNumber": unit["unitNumber"], "name": unit["name"], "products": f"{address}/products", "self": address}


def _account(session: Session, record: Record) -> Record:
    return {**record, "accountingYears": years_of(session, record["accountNumber"])}


def _customer_links(address: str) -> Record:
    base, _, number = address.rpartition("/customers/")
    templates, invoices, sums = f"{address}/templates", f"{address}/invoices", f"{base}/invoices/totals"
    totals = {state: f"{sums}/{state}/customers/{number}" for state in ("drafts", "booked")}
    return {
        "contacts": f"{address}/contacts",
        "deliveryLocations": f"{address}/delivery-locations",
        "templates": {"invoice": f"{templates}/invoice", "invoiceLine": f"{templates}/invoiceline", "self": templates},
        "totals": {**totals, "self": f"{address}/totals"},
        "invoices": {"drafts": f"{invoices}/drafts", "booked": f"{invoices}/booked", "self": invoices},
    }


def _product_links(address: str) -> Record:
    return {"invoices": {"drafts": f"{address}/invoices/drafts", "booked": f"{address}/invoices/booked"}}


def _product_group_links(address: str) -> Record:
    return {"salesAccounts": f"{address}/sales-accounts", "products": f"{address}/products"}


def _employee_links(address: str) -> Record:
    return {
        "customers": f"{address}/customers",
        "draftInvoices": f"{address}/draftinvoices",
        "bookedInvoices": f"{address}/bookedinvoices",
    }


def _journal_links(address: str) -> Record:
    templates = f"{address}/templates"
    names = ("financeVoucher", "manualCustomerInvoice")
    return {
        "vouchers": f"{address}/vouchers",
        "entries": f"{address}/entries",
        "templates": {**{name: f"{templates}/{name}" for name in names}, "self": templates},
    }


_COMPLETED: Final[Mapping[str, Complete]] = {
    "customers": _customer_money,
    "customer-groups": _group_account,
    "accounts": ledger.account,
}
_EXPANDED: Final[Mapping[str, Complete]] = {
    "customer-groups": _group_links,
    "products": _product,
    "accounts": _account,
}
_LINKS: Final[Mapping[str, Callable[[str], Record]]] = {
    "customers": _customer_links,
    "customer-groups": lambda address: {"customers": f"{address}/customers"},
    "products": _product_links,
    "product-groups": _product_group_links,
    "units": lambda address: {"products": f"{address}/products"},
    "suppliers": lambda address: {"contacts": f"{address}/contacts"},
    "employees": _employee_links,
    "journals": _journal_links,
}
