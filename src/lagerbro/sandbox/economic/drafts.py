"""Draft invoices: nothing is filled in from the customer, everything is computed anew (economic-api 7.1, 9.1)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from lagerbro.sandbox.economic.books import SaleAccount, sale_account
from lagerbro.sandbox.economic.faulty import ApiError, Problems, not_found
from lagerbro.sandbox.economic.fields import Day, Form, Group, Listed, Number, Ref, Text, Whole, check
from lagerbro.sandbox.economic.money import ZERO, cents, in_base, line_total
from lagerbro.sandbox.economic.references import known, resolved
from lagerbro.sandbox.economic.registers import CURRENCY
from lagerbro.sandbox.economic.session import Session
from lagerbro.sandbox.economic.store import Record
from lagerbro.sandbox.economic.writing import check_decimals

KIND: Final = "drafts"
SCHEMA: Final = "/schema/invoices.drafts.post.schema.json"
CUSTOMER: Final = Ref(required=True, key="customerNumber", kind="customers")
LAYOUT: Final = Ref(required=True, key="layoutNumber", kind="layouts")
TERMS: Final = Ref(required=True, key="paymentTermsNumber", kind="payment-terms")
ZONE: Final = Ref(required=True, key="vatZoneNumber", kind="vat-zones")
PRODUCT: Final = Ref(key="productNumber", kind="products", text_key=True)
UNIT: Final = Ref(key="unitNumber", kind="units")

RECIPIENT: Final[Form] = {
    "name": Text(required=True, longest=250, shortest=1),
    "address": Text(longest=250),
    "zip": Text(longest=50),
    "city": Text(longest=250),
    "country": Text(longest=50),
    "ean": Text(longest=13),
    "publicEntryNumber": Text(longest=40),
    "mobilePhone": Text(longest=50),
    "nemHandelType": Text(one_of=("ean", "corporateIdentificationNumber", "pNumber", "peppol")),
    "vatZone": ZONE,
}
LINE: Final[Form] = {
    "lineNumber": Whole(),
    "sortKey": Whole(),
    "description": Text(longest=2500),
    "product": PRODUCT,
    "quantity": Number(decimals=2),
    "unitNetPrice": Number(decimals=2),
    "discountPercentage": Number(decimals=2),
    "unitCostPrice": Number(decimals=2),
    "unit": UNIT,
}
FORM: Final[Form] = {
    "date": Day(required=True),
    "currency": CURRENCY,
    "exchangeRate": Number(decimals=6, least=ZERO),
    "dueDate": Day(),
    "layout": LAYOUT,
    "paymentTerms": TERMS,
    "customer": CUSTOMER,
    "recipient": Group(required=True, fields=RECIPIENT),
    "delivery": Group(
        fields={
            "address": Text(),
            "zip": Text(longest=30),
            "city": Text(longest=50),
            "country": Text(longest=50),
            "deliveryTerms": Text(longest=100),
            "deliveryDate": Day(),
        }
    ),
    "notes": Group(
        fields={"heading": Text(longest=250), "textLine1": Text(longest=1000), "textLine2": Text(longest=1000)}
    ),
    "references": Group(fields={"other": Text(longest=250)}),
    "lines": Listed(fields=LINE),
}


def write(session: Session, body: object, number: int | None = None) -> Record:
    """POST (a number is given) or PUT (the draft is replaced, lines and all)."""
    check(body, FORM, SCHEMA)
    assert isinstance(body, dict)
    problems = Problems()
    draft = _headed(session, body, problems)
    _sales, lines = read_lines(session, body.get("lines", []), draft["recipient"]["vatZone"], problems)
    problems.raise_if_any()
    draft["lines"] = lines
    _due(draft, body)
    _total(draft, _sales)
    number = number or session.store.next_number(session.agreement, KIND)
    draft = {"draftInvoiceNumber": number, **draft, "lastUpdated": session.timestamp()}
    session.put(KIND, number, draft)
    return draft


def delete(session: Session, number: str) -> Record:
    """200 with what was deleted, not 204 (economic-api 2.1). The number may be given again."""
    if not session.store.delete(session.agreement, KIND, number):
        raise not_found("E06000")
    return {
        "message": "Deleted invoice.",
        "deletedCount": 1,
        "deletedItems": [{"draftInvoiceNumber": int(number)}],
    }


def _headed(session: Session, body: Record, problems: Problems) -> Record:
    draft: Record = {
        name: body[name] for name in ("date", "currency", "delivery", "notes", "references") if name in body
    }
    for name, ref in (("customer", CUSTOMER), ("layout", LAYOUT), ("paymentTerms", TERMS)):
        found = resolved(session, body[name], ref, (name,), problems)
        draft[name] = {ref.key: found[ref.key]} if found else {}
        if name == "paymentTerms" and found:
            draft[name] |= {"daysOfCredit": found.get("daysOfCredit", 0), "paymentTermsType": found["paymentTermsType"]}
    recipient = known(body["recipient"], RECIPIENT)
    zone = resolved(session, recipient["vatZone"], ZONE, ("recipient", "vatZone"), problems)
    recipient["vatZone"] = zone or {}
    draft["recipient"] = recipient
    check_decimals(body, FORM, (), problems)
    draft["exchangeRate"] = _rate(session, body, problems)
    return draft


def _rate(session: Session, body: Record, problems: Problems) -> Decimal:
    rate = session.rate_per_100(body["currency"])
    if rate is None:
        problems.add(("currency",), "E06000", f"Currency '{body['currency']}' does not exist.", body["currency"])
        return ZERO
    given = body.get("exchangeRate")
    if given is not None and body["currency"] == session.base_currency and given != rate:
        problems.add(("exchangeRate",), "E04770", "The exchange rate of the base currency is 100.", given)
    return Decimal(rate if given is None else given)


def read_lines(
    session: Session, lines: list[Record], zone: Record, problems: Problems
) -> tuple[list[tuple[SaleAccount, Decimal]], list[Record]]:
    """The lines as they are kept, and what they come to by sales account."""
    sales: list[tuple[SaleAccount, Decimal]] = []
    kept: list[Record] = []
    for index, line in enumerate(lines):
        path = ("lines", index)
        check_decimals(line, LINE, path, problems)
        row = {"lineNumber": line.get("lineNumber", index + 1), "sortKey": line.get("sortKey", index + 1)}
        row |= {name: line[name] for name in ("description", "unit") if name in line}
        if "product" in line:
            sale = _product_line(session, line, row, zone, path, problems)
            if sale is not None:
                sales.append(sale)
        elif "quantity" in line or "unitNetPrice" in line:
            problems.add((*path, "product"), "E04720", "A line with quantity or price needs a product.")
        kept.append(row)
    return sales, kept


def _product_line(
    session: Session, line: Record, row: Record, zone: Record, path: tuple[str | int, ...], problems: Problems
) -> tuple[SaleAccount, Decimal] | None:
    product = resolved(session, line["product"], PRODUCT, (*path, "product"), problems)
    if "unit" in line:
        resolved(session, line["unit"], UNIT, (*path, "unit"), problems)
    if "quantity" not in line:
        problems.add((*path, "quantity"), "E04730", "Quantity is required when a product is set.")
        return None
    if product is None or not zone:
        return None
    group = product["productGroup"]["productGroupNumber"]
    account = sale_account(session, group, zone["vatZoneNumber"], (*path, "product"), problems)
    if account is None:
        return None
    quantity, price = Decimal(line["quantity"]), Decimal(line.get("unitNetPrice", 0))
    discount = Decimal(line.get("discountPercentage", 0))
    net = line_total(quantity, price, discount)
    row["product"] = {"productNumber": product["productNumber"]}
    row |= {"quantity": quantity, "unitNetPrice": price, "discountPercentage": discount}
    row |= {"unitCostPrice": Decimal(line.get("unitCostPrice") or product.get("costPrice") or 0), "totalNetAmount": net}
    return account, net


def _due(draft: Record, body: Record) -> None:
    """economic-api 7.1: the caller's due date counts only for terms of type `dueDate`."""
    day, terms = date.fromisoformat(draft["date"]), draft["paymentTerms"]
    if terms["paymentTermsType"] == "dueDate":
        if "dueDate" not in body:
            raise ApiError(400, "dueDate is required by the payment terms.", "Send dueDate.", "E04042")
        if body["dueDate"] < draft["date"]:
            raise ApiError(400, "dueDate is earlier than date.", "Send a later dueDate.", "E04760")
        draft["dueDate"] = body["dueDate"]
        return
    if terms["paymentTermsType"] == "invoiceMonth":
        day = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    elif terms["paymentTermsType"] == "invoiceWeekStartingMonday":
        day += timedelta(days=6 - day.weekday())
    elif terms["paymentTermsType"] == "invoiceWeekStartingSunday":
        day += timedelta(days=(5 - day.weekday()) % 7)
    draft["dueDate"] = str(day + timedelta(days=terms["daysOfCredit"]))


def _total(draft: Record, sales: list[tuple[SaleAccount, Decimal]]) -> None:
    net = sum((amount for _, amount in sales), ZERO)
    vat = cents(sum((amount * account.percentage / 100 for account, amount in sales), ZERO))
    rate = draft["exchangeRate"]
    draft |= {
        "netAmount": net,
        "netAmountInBaseCurrency": in_base(net, rate),
        "grossAmount": net + vat,
        "grossAmountInBaseCurrency": in_base(net + vat, rate),
        "vatAmount": vat,
        "roundingAmount": ZERO,
    }
    cost = sum((row["quantity"] * row["unitCostPrice"] for row in draft["lines"] if "product" in row), ZERO)
    draft["costPriceInBaseCurrency"] = cents(cost)
    draft["marginInBaseCurrency"] = draft["netAmountInBaseCurrency"] - draft["costPriceInBaseCurrency"]
    base_net = draft["netAmountInBaseCurrency"]
    draft["marginPercentage"] = cents(draft["marginInBaseCurrency"] / base_net * 100) if base_net else ZERO
