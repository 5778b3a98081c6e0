"""Odd values in answers (domain-rules H34): noise is read as what it stands for, what nobody reads holds up nothing,
and what cannot be used ends the transfer by the name of the field, once and not for ever."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from lagerbro.sync.models import TransferState
from tests.flows.altering import Raw, altered_economic, altered_rackbeat
from tests.world import Company

pytestmark = pytest.mark.django_db
HOUR_S = 3600
Change = Callable[[Any], None]
INVOICE = "GET /api/customer-invoices/*"

ANYTHING = {
    "noise": b"33.333333333333336",
    "a huge exponent": b"1e9999999999999999999",
    "a long number": b"9" * 10_000,
    "deep": b'[{"a":' * 2_000 + b"1" + b"}]" * 2_000,
    "half a character": rb'"\ud83d"',
    "no character": b'"\xff"',
    "a NUL": rb'"\u0000"',
    "null": b"null",
    "another kind": b'{"0":[true]}',
}
NOBODY_READS_IN_LINES = ("item_cost_price", "line_gross_profit_percentage", "unit", "location_id", "child_type", "new")
NOBODY_READS = ("total_cost", "balance", "billing_address", "created_at", "employee", "new")


@pytest.mark.parametrize("value", ANYTHING.values(), ids=ANYTHING)
def test_what_nobody_reads_holds_up_nothing(company: Company, value: bytes) -> None:
    def change(content: Any) -> None:
        invoice = content["customer_invoice"]
        for record, names in ((invoice, NOBODY_READS), (invoice["customer"], ("locale", "max_credit", "is_barred"))):
            record.update(dict.fromkeys(names, Raw(value)))
        for line in invoice["lines"]:
            line.update(dict.fromkeys(NOBODY_READS_IN_LINES, Raw(value)))
            line["item"]["group"] = Raw(value)

    def change_master(content: Any) -> None:
        (record,) = (content[kind] for kind in ("customer", "product") if kind in content)
        record.update(dict.fromkeys(("is_barred", "updated_at", "created_at", "layout", "new"), Raw(value)))

    company.decide(use_actual_cost=True)
    remote = altered_rackbeat(company)
    remote.changes = {INVOICE: change, "GET /api/customers/*": change_master, "GET /api/products/*": change_master}
    assert company.invoiced(company.systems.invoice()).state == TransferState.TRANSFERRED


@pytest.mark.parametrize("written", [b"29.949999999999999", b'"29.95"', b"29.950000000000003", b"2995E-2"])
def test_noise_is_read_as_the_amount_it_stands_for(company: Company, written: bytes) -> None:
    number = company.systems.invoice({"item_id": "NL-100", "quantity": 1, "line_price": "29.95"})

    def change(content: Any) -> None:
        (line,) = content["customer_invoice"]["lines"]
        line.update(line_price=Raw(written), line_total=Raw(written), discount_percentage=Raw(b"0.000000000000000001"))
        content["customer_invoice"]["total_subtotal"] = Raw(written)

    altered_rackbeat(company).changes[INVOICE] = change
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    (booked,) = company.systems.booked()
    assert Decimal(booked["netAmount"]) == Decimal("29.95")


@pytest.mark.parametrize("written", ["2026-11-23T23:00:00.000000Z", "2026-11-24 00:00:00", "2026-11-24T00:00:00+01:00"])
def test_a_day_is_the_one_in_denmark(company: Company, written: str) -> None:
    altered_rackbeat(company).changes[INVOICE] = in_invoice(invoice_date=written, due_date="0000-00-00")
    assert company.invoiced(company.systems.invoice()).state == TransferState.TRANSFERRED
    (booked,) = company.systems.booked()
    assert booked["date"] == "2026-11-24"


def in_invoice(**fields: object) -> Change:
    return lambda content: content["customer_invoice"].update(fields)


def in_line(**fields: object) -> Change:
    return lambda content: content["customer_invoice"]["lines"][0].update(fields)


HELD = {
    "a price of another kind": (in_line(line_price="29,95"), "lines.0.line_price", "29,95", "value_unusable"),
    "a price with an underscore": (in_line(line_price="1_000"), "lines.0.line_price", "1_000", "value_unusable"),
    "a price that is none": (in_line(line_price=None), "lines.0.line_price", "", "value_missing"),
    "a quantity that is true": (in_line(quantity=True), "lines.0.quantity", "true", "value_unusable"),
    "a huge total": (in_invoice(total_vat=Raw(b"1e400")), "total_vat", "1e400", "value_unusable"),
    "no total": (in_invoice(total_total=None), "total_total", "", "value_missing"),
    "no currency": (in_invoice(currency=None), "currency", "", "value_missing"),
    "a currency that cannot be stored": (in_invoice(currency="KRONER"), "currency", "KRONER", "value_unusable"),
    "not said whether booked": (in_invoice(is_booked=None), "is_booked", "", "value_missing"),
    "a date that is a number": (in_invoice(invoice_date=Raw(b"1.5")), "invoice_date", "1.5", "value_unusable"),
    "a day that no year has": (in_invoice(invoice_date="2026-02-30"), "invoice_date", "2026-02-30", "value_unusable"),
    "no day": (in_invoice(invoice_date="0000-00-00"), "invoice_date", "0000-00-00", "value_unusable"),
    "a day in another order": (in_invoice(invoice_date="24-11-2026"), "invoice_date", "24-11-2026", "value_unusable"),
    "a due date in another order": (in_invoice(due_date="12.24.2026"), "due_date", "12.24.2026", "value_unusable"),
    "lines that are a text": (in_invoice(lines="many"), "lines", "many", "value_unusable"),
    "lines that are too deep": (in_invoice(lines=Raw(b"[" * 3000 + b"]" * 3000)), "lines.0", "[…]", "value_unusable"),
    "an item number that cannot be stored": (
        in_line(item={"number": "X" * 65, "name": "x"}),
        "lines.0.item.number",
        "X" * 59 + "…",
        "value_unusable",
    ),
    "no number": (in_invoice(number=None), "number", "", "value_missing"),
}


@pytest.mark.parametrize(("change", "field", "value", "code"), HELD.values(), ids=HELD)
def test_what_cannot_be_used_is_named_and_waits_for_a_person(
    company: Company, change: Change, field: str, value: str, code: str
) -> None:
    remote = altered_rackbeat(company)
    remote.changes[INVOICE] = change
    number = company.systems.invoice()
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code, transfer.due_at) == (TransferState.NEEDS_YOU, code, None)
    assert {name: transfer.details[name] for name in ("system", "field", "value")} == {
        "system": "Rackbeat",
        "field": field,
        "value": value,
    }
    assert company.systems.drafts() + company.systems.booked() == []
    runs = [runs_after_a_day(company, number) for _ in range(4)]
    assert runs[0] <= transfer.runs + 1  # the first poll hears of it for the first time
    assert runs[1:] == runs[:1] * 3  # and nobody tries again by themselves
    remote.changes.clear()
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    assert len(company.systems.booked()) == 1


def runs_after_a_day(company: Company, number: int) -> int:
    company.systems.clock.sleep_s(24 * HOUR_S)
    company.drain()
    return company.transfer("customer_invoice", number).runs


@pytest.mark.parametrize(
    ("kind", "key", "field", "value"),
    [
        ("customer", "10001", "payment_terms_id", "one"),
        ("customer", "10001", "name", ["x"]),
        ("customer", "10001", "currency", "KRONER"),
        ("product", "NL-100", "sales_price", "1_000"),
        ("product", "NL-100", "group_id", 1.5),
        ("product", "NL-100", "number", "X" * 65),
    ],
)
def test_what_an_invoice_needs_is_held_by_its_own_field(
    company: Company, kind: str, key: str, field: str, value: object
) -> None:
    remote = altered_rackbeat(company)
    remote.changes[f"GET /api/{kind}s/*"] = lambda content: content[kind].update({field: value})
    number = company.systems.invoice()
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, f"{kind}_not_transferred")
    needed = company.transfer(kind, key)
    assert (needed.state, needed.code, needed.details["field"]) == (TransferState.NEEDS_YOU, "value_unusable", field)
    assert company.systems.drafts() + company.systems.booked() == []
    remote.changes.clear()
    assert company.invoiced(number).state == TransferState.TRANSFERRED


def test_fields_that_php_writes_in_its_own_way_are_read(company: Company) -> None:
    """[] for an object without fields, an object for a list, 1 for true, a number for a text, 3.0 for 3."""

    def change(content: Any) -> None:
        invoice = content["customer_invoice"]
        lines = {str(place): {**line, "quantity": str(line["quantity"])} for place, line in enumerate(invoice["lines"])}
        invoice.update(lines=lines, is_booked=1, is_creditnote="0", delivery_address=[], address_zipcode=8000)
        invoice.update(customer_id="10001", payment_terms_id=Raw(b"1.0"))

    altered_rackbeat(company).changes[INVOICE] = change
    assert company.invoiced(company.systems.invoice()).state == TransferState.TRANSFERRED
    (booked,) = company.systems.booked()
    assert booked["recipient"]["zip"] == "8000"


def spoilt(**fields: object) -> Change:
    def change(content: Any) -> None:
        for record in content.get("collection", [content]):
            record.update(fields)

    return change


DRAFT = "POST /invoices/drafts"
BOOKED = "P* /invoices/booked*"
FOUND = "GET /invoices/*"


def settled(company: Company, number: int) -> None:
    """Let every rest and wait pass."""
    for _ in range(3):
        company.systems.clock.sleep_s(HOUR_S)
        company.drain()
    assert company.transfer("customer_invoice", number).due_at is None


@pytest.mark.parametrize("path", [DRAFT, BOOKED])
@pytest.mark.parametrize("value", [Raw(b"1e400"), None, "1_000", []], ids=["huge", "null", "text", "list"])
def test_an_answer_to_a_write_that_cannot_be_used_is_looked_up_and_nothing_is_made_twice(
    company: Company, path: str, value: object
) -> None:
    remote = altered_economic(company)
    remote.changes[path] = spoilt(netAmount=value)
    number = company.systems.invoice()
    assert company.invoiced(number).state == TransferState.WAITING
    settled(company, number)
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
    assert (len(company.systems.booked()), company.systems.drafts()) == (1, [])


def test_where_looking_it_up_does_not_help_either_it_waits_for_a_person(company: Company) -> None:
    remote = altered_economic(company)
    remote.changes.update({DRAFT: spoilt(netAmount="NaN"), FOUND: spoilt(netAmount="NaN")})
    number = company.systems.invoice()
    company.invoiced(number)
    settled(company, number)
    transfer = company.transfer("customer_invoice", number)
    assert (transfer.state, transfer.code) == (TransferState.NEEDS_YOU, "value_unusable")
    assert (transfer.details["system"], transfer.details["field"], transfer.details["value"]) == (
        "e-conomic",
        "netAmount",
        "NaN",
    )
    assert len(company.systems.drafts()) == 1
    remote.changes.clear()
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    assert (len(company.systems.booked()), company.systems.drafts()) == (1, [])


@pytest.mark.parametrize("value", ANYTHING.values(), ids=ANYTHING)
def test_what_nobody_reads_of_economics_answers_holds_up_nothing(company: Company, value: bytes) -> None:
    company.invoiced(company.systems.invoice())
    remote = altered_economic(company)
    odd = spoilt(grossAmountInBaseCurrency=Raw(value), remainder=Raw(value), pdf=Raw(value), lastUpdated=Raw(value))
    remote.changes = {"* /invoices/*": odd}
    assert company.invoiced(company.systems.invoice()).state == TransferState.TRANSFERRED


def test_what_is_merged_goes_back_to_economic_as_it_came(company: Company) -> None:
    """A customer is read whole and written whole: a field of theirs that we cannot read is not lost."""
    number = company.systems.invoice()
    company.invoiced(number)
    before = company.systems.in_economic("GET", "/customers/10001")
    remote = altered_economic(company)
    sent: list[bytes] = []
    remote.changes = {"GET /customers/*": spoilt(creditLimit=Raw(b"1e400"), eInvoicingDisabledByDefault=True, name="x")}
    company.systems.to_economic.before = lambda request: sent.append(request.body) if request.method == "PUT" else None
    company.ask("customer", 10001)
    company.drain()
    assert b'"creditLimit":1e400' in sent[0]
    assert before["name"].encode() in sent[0]
