"""What a sales document comes to (economic-api 7.1, 9.1).

Nothing is filled in from the customer, and all sums are computed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from lagerbro_sandbox.economic.money import ZERO, cents, in_base
from lagerbro_sandbox.economic.platform.modules import PROJECT, has_module
from lagerbro_sandbox.economic.registers.writing import check_decimals
from lagerbro_sandbox.economic.rest.references import check_references, known_fields
from lagerbro_sandbox.economic.sales.document_lines import read_lines
from lagerbro_sandbox.economic.sales.due_dates import due_date
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.errors import Problems
from lagerbro_sandbox.economic.wire.fields import Form, check
from lagerbro_sandbox.kernel.records import Record

HANDLES: Final = "documents"
"""The counter of internal document ids."""


def read(session: Session, body: object, form: Form, schema_path: str) -> Record:
    """The document that a body makes: form first, then everything that is wrong with it at once."""
    sent = check(body, form, schema_path)
    problems = Problems()
    document = _headed(session, sent, form, problems)
    zone = document["recipient"].get("vatZone") or {}
    sales, lines = read_lines(session, sent.get("lines", []), zone, document["exchangeRate"], problems)
    due = due_date(document, sent.get("dueDate"), problems)
    problems.raise_if_any()
    document |= {"dueDate": due, "lines": lines}
    net = sum((amount for _, amount in sales), ZERO)
    vat = cents(sum((amount * account.percentage / Decimal(100) for account, amount in sales), ZERO))
    return {**document, **totals(document, net, vat)}


def _headed(session: Session, sent: Record, form: Form, problems: Problems) -> Record:
    head = {name: field for name, field in form.items() if name not in ("lines", "dueDate")}
    document = check_references(session, known_fields(sent, head), head, problems)
    check_decimals(document, head, (), problems)
    document["exchangeRate"] = _rate(session, sent, problems)
    _expand_terms(session, sent, document, problems)
    _check_owners(session, document, problems)
    _expand_recipient(session, document)
    if "project" in sent and not has_module(session, PROJECT):
        problems.add(("project",), "E04870", "The agreement has no project module.")
    return document


def _expand_terms(session: Session, sent: Record, document: Record, problems: Problems) -> None:
    """E07180 where type or days are sent and are not those of the terms."""
    number = document["paymentTerms"].get("paymentTermsNumber")
    terms = session.get("payment-terms", number) if number is not None else None
    if terms is None:
        return
    expanded = {"daysOfCredit": terms.get("daysOfCredit", 0), "paymentTermsType": terms["paymentTermsType"]}
    for name, value in expanded.items():
        if sent["paymentTerms"].get(name, value) != value:
            given = sent["paymentTerms"][name]
            problems.add(("paymentTerms", name), "E07180", f"The payment terms have '{value}'.", given)
    document["paymentTerms"] = {"paymentTermsNumber": number, **expanded, "name": terms["name"]}


def _check_owners(session: Session, document: Record, problems: Problems) -> None:
    """Contacts and delivery locations are those of the document's customer."""
    customer = document["customer"].get("customerNumber")
    for path, kind, key in (
        (("recipient", "attention"), "customer-contacts", "customerContactNumber"),
        (("references", "customerContact"), "customer-contacts", "customerContactNumber"),
        (("deliveryLocation",), "delivery-locations", "deliveryLocationNumber"),
    ):
        value = document
        for name in path:
            value = value.get(name) or {}
        given = value.get(key)
        owner = (session.get(kind, given) or {}).get("customer") if given is not None else None
        if owner is not None and owner["customerNumber"] != customer:
            problems.add((*path, key), "E06000", f"'{given}' is another customer's.", given)


def _expand_recipient(session: Session, document: Record) -> None:
    recipient = document["recipient"] = {k: v for k, v in document["recipient"].items() if v is not None}
    zone = session.get("vat-zones", recipient["vatZone"].get("vatZoneNumber", 0))
    if zone is not None:
        recipient["vatZone"] = zone
    customer = session.get("customers", document["customer"].get("customerNumber", 0)) or {}
    if customer.get("corporateIdentificationNumber"):
        recipient["cvr"] = customer["corporateIdentificationNumber"]


def _rate(session: Session, sent: Record, problems: Problems) -> Decimal:
    rate = session.rate_per_100(sent["currency"])
    if rate is None:
        problems.add(("currency",), "E06000", f"Currency '{sent['currency']}' does not exist.", sent["currency"])
        return ZERO
    given = sent.get("exchangeRate")
    if given is None:
        return rate
    if sent["currency"] == session.base_currency and given != rate:
        problems.add(("exchangeRate",), "E04770", "The exchange rate of the base currency is 100.", given)
    elif given <= 0:
        problems.add(("exchangeRate",), "E04771", "The exchange rate must be above zero.", given)
    return Decimal(given)


def totals(document: Record, net: Decimal, vat: Decimal) -> Record:
    """The sums of a document in its own and in base currency."""
    rate = document["exchangeRate"]
    base_net = in_base(net, rate)
    costs = (row["quantity"] * row["unitCostPrice"] for row in document["lines"] if "product" in row)
    cost = cents(sum(costs, ZERO))
    return {
        "netAmount": net,
        "netAmountInBaseCurrency": base_net,
        "grossAmount": net + vat,
        "grossAmountInBaseCurrency": in_base(net + vat, rate),
        "vatAmount": vat,
        "roundingAmount": ZERO,
        "costPriceInBaseCurrency": cost,
        "marginInBaseCurrency": base_net - cost,
        "marginPercentage": cents((base_net - cost) / Decimal(base_net) * 100) if base_net else ZERO,
    }


def new_handle(session: Session) -> int:
    """The internal id of a new document: another number than the one that people see (economic-api 16.18)."""
    return session.store.count_up(session.agreement, HANDLES)
