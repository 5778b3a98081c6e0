"""Every body that we send to e-conomic against the schema that was published for it."""

from __future__ import annotations

import json
from decimal import Decimal as D

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagerbro.books.choices import Choices
from lagerbro.economic.invoice_types import Booking, DraftRef
from lagerbro.flows.customer_invoices.mapping import sent_lines
from lagerbro.flows.customer_invoices.named import NamedOn
from lagerbro.flows.customer_invoices.plan import plan_draft
from lagerbro.flows.customers.mapping import Named
from lagerbro.flows.customers.plan import plan_customer
from lagerbro.flows.known_references.delivery_locations import location_fields
from lagerbro.flows.products.mapping import product_fields
from lagerbro.flows.products.plan import check_product
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.rackbeat.invoice_types import CustomerInvoice, InvoiceLine, LineItem
from lagerbro.rackbeat.types import Address, Customer, Product, Unit
from lagerbro.wire.numbers import encode
from tests.contract.schemas import complaints, present

pytestmark = present

TEXT = st.none() | st.text(st.characters(codec="utf-8"), max_size=600)
MONEY = st.decimals(0, 10**6, places=6) | st.decimals(0, 10**4, places=12)
ZONES = st.sampled_from(["domestic", "eu", "abroad", "domestic_exempt"])
EAN = st.none() | st.just("5798000000001")
SLOW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])

CUSTOMERS = st.builds(
    Customer,
    number=st.integers(1, 999_999_999),
    name=st.text(min_size=1, max_size=300).filter(str.strip),
    company_vat=TEXT,
    address_street=TEXT,
    address_street2=TEXT,
    address_zipcode=TEXT,
    address_city=TEXT,
    address_country=TEXT,
    contact_email=TEXT,
    contact_phone=TEXT,
    ean=EAN,
    currency=st.sampled_from(["DKK", "EUR", None]),
    vat_zone=ZONES,
    max_credit=st.none() | MONEY,
    payment_terms_id=st.integers(1, 9),
    customer_group_id=st.integers(1, 9),
)
LINES = st.builds(
    InvoiceLine,
    quantity=st.decimals(-1000, 1000, places=4) | st.decimals(-1000, 1000, places=12),
    line_price=MONEY,
    name=TEXT,
    unit=st.none() | st.builds(Unit, name=st.sampled_from(["stk.", "x" * 100, ""])),
    discount_percentage=st.none() | st.decimals(0, 100, places=2) | st.decimals(0, 100, places=12),
    item=st.builds(LineItem, number=st.text("ABC/#1 ", min_size=1, max_size=25).filter(str.strip)),
)

ADDRESSES = st.none() | st.builds(Address, name=TEXT, street=TEXT, zipcode=TEXT, city=TEXT, country=TEXT)
NUMBERS = st.none() | st.integers(1, 9)
NAMED = st.builds(Named, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
NAMED_ON = st.builds(
    NamedOn, st.integers(1, 9), st.just(1), NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.just({"stk.": 3})
)

TEXT_LINES = st.builds(InvoiceLine, quantity=st.just(D(0)), line_price=st.just(D(0)), name=TEXT)


@st.composite
def invoices(draw: st.DrawFn) -> CustomerInvoice:
    """An invoice whose totals are those of its lines, without VAT."""
    lines = [*draw(st.lists(TEXT_LINES, max_size=2)), *draw(st.lists(LINES, min_size=1, max_size=4))]
    invoice = CustomerInvoice(
        number=draw(st.integers(1, 999_999_999)),
        invoice_date="2026-11-24",
        due_date=draw(st.sampled_from(["2026-12-24", "2026-01-01", None])),
        customer=draw(CUSTOMERS),
        currency="EUR",
        currency_rate=draw(st.decimals(5, 10, places=4) | st.decimals(5, 10, places=12)),
        vat_zone=draw(ZONES),
        ean=draw(EAN),
        heading=draw(TEXT),
        note=draw(TEXT),
        other_reference=draw(TEXT),
        payment_terms_id=1,
        address_name=draw(st.text(min_size=1, max_size=300).filter(str.strip)),
        address_street=draw(TEXT),
        address_country=draw(TEXT),
        billing_address=draw(ADDRESSES),
        delivery_address=draw(ADDRESSES),
        lines=lines,
    )
    from lagerbro.flows.customer_invoices.mapping import line_net

    net = sum(line_net(line, 1) for line in lines)
    invoice.total_subtotal = invoice.total_total = net  # type: ignore[assignment]  # a sum of Decimals
    return invoice


def _sent(body: object) -> object:
    """What is read of it at the other end, with its decimals as they were written."""
    return json.loads(encode(body), parse_float=D)


@SLOW
@given(invoices(), st.booleans(), NAMED_ON)
def test_drafts(invoice: CustomerInvoice, actual: bool, named: NamedOn) -> None:
    choices = Choices(default_layout=1, use_actual_quantity=actual)
    body = plan_draft(invoice, 1, sent_lines(invoice, 1, choices), choices, "DKK", named)
    assert complaints(_sent(body), "invoices.drafts.post") == []


@SLOW
@given(CUSTOMERS, NAMED)
def test_customers(customer: Customer, named: Named) -> None:
    assert complaints(_sent(plan_customer(customer, "DKK", 1, named)), "customers.customerNo.put") == []


@SLOW
@given(ADDRESSES)
def test_delivery_locations(address: Address | None) -> None:
    body = _sent(location_fields(address))
    assert complaints(body, "customers.customerNumber.delivery-locations.post") == []


@SLOW
@given(
    st.builds(
        Product,
        number=st.text(min_size=1, max_size=30),
        name=st.text(max_size=400),
        description=TEXT,
        barcode=TEXT,
        sales_price=st.none() | MONEY,
        group_id=st.integers(1, 9),
    ),
    NUMBERS,
    NUMBERS,
)
def test_products(product: Product, unit: int | None, department: int | None) -> None:
    try:
        fields = product_fields(product, group=check_product(product), unit=unit, department=department)
    except PlanRefusal as unfit:
        is_unusable = not product.number.strip() or len(product.number) > 25
        assert (unfit.code, is_unusable) == ("product_number_unusable", True)  # noqa: PT017
        return
    assert complaints(_sent(fields), "products.productNumber.put") == []


def test_bookings() -> None:
    body = {"draftInvoice": Booking(DraftRef(7), 1001).draftInvoice}
    assert complaints(_sent(body), "invoices.booked.post") == []
