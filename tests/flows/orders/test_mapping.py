"""The mapping, the marks and the place of the poll: what holds for every document and every list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.economic.invoice_types import CustomerRef, ProductRef, VatZoneRef
from lagerbro.economic.sales_documents.orders import OrderState
from lagerbro.economic.sales_documents.types import DocumentLine, DocumentRecipient, DocumentReferences, Order
from lagerbro.flows.economic_documents.differences import changes_between
from lagerbro.flows.economic_documents.mapping import ANY_ITEM, is_blank, item_of, sale_of
from lagerbro.flows.economic_documents.mark import INVOICE_MARK, ORDER_MARK, REFERENCE_MAX, marked_number, reference
from lagerbro.flows.orders.facts import ORDER, order_version
from lagerbro.flows.orders.poll import news_of
from lagerbro.flows.refusals import PlanRefusal

AMOUNTS = st.decimals(-(10**6), 10**6, places=2)
LINES = st.builds(
    DocumentLine,
    description=st.text(max_size=30),
    product=st.none() | st.builds(ProductRef, productNumber=st.text(max_size=25)),
    quantity=st.none() | AMOUNTS,
    unitNetPrice=st.none() | AMOUNTS,
    discountPercentage=st.none() | st.decimals(0, 100, places=2),
)
ORDERS = st.builds(
    Order,
    orderNumber=st.integers(1, 10**9),
    date=st.just("2026-11-24"),
    currency=st.sampled_from(["DKK", "EUR"]),
    customer=st.builds(CustomerRef, customerNumber=st.integers(1, 10**9)),
    recipient=st.builds(
        DocumentRecipient, name=st.text(max_size=20), vatZone=st.builds(VatZoneRef, vatZoneNumber=st.integers(1, 20))
    ),
    netAmount=AMOUNTS,
    references=st.builds(DocumentReferences, other=st.text(max_size=300)),
    lines=st.lists(LINES, max_size=6),
)


@given(ORDERS, st.none() | st.just("TEKST"))
def test_every_line_that_says_something_has_an_item_and_its_own_amounts(order: Order, item: str | None) -> None:
    kept = [line for line in order.lines if not is_blank(line)]
    if item is None and not all(item_of(line) for line in kept):
        with pytest.raises(PlanRefusal) as refusal:
            sale_of(order, order.orderNumber, ORDER, item)
        assert refusal.value.code == "document_line_without_item"
        assert not item_of(order.lines[int(refusal.value.details["line"]) - 1])
        return
    sale = sale_of(order, order.orderNumber, ORDER, item)
    assert [line.item_id for line in sale.lines] == [item_of(line) or item for line in kept]
    assert [(line.quantity, line.line_price) for line in sale.lines] == [
        (line.quantity or D(0), line.unitNetPrice or D(0)) for line in kept
    ]
    assert all(line.name for line in sale.lines)
    assert marked_number(ORDER_MARK, sale.other_reference) == str(order.orderNumber)
    assert marked_number(INVOICE_MARK, sale.other_reference) is None
    assert len(sale.other_reference) <= REFERENCE_MAX


@given(ORDERS, ORDERS)
def test_what_differs_is_named_and_what_is_the_same_is_not(one: Order, other: Order) -> None:
    first, second = (sale_of(order, order.orderNumber, ORDER, ANY_ITEM) for order in (one, other))
    assert changes_between(first, first) == []
    same = order_version(one) == order_version(other)
    assert same is (first == second)
    if not same:
        assert changes_between(first, second)


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.text(max_size=300))
def test_a_mark_is_found_of_its_own_number_only(number: int, other: int, own: str) -> None:
    assert marked_number(ORDER_MARK, reference(ORDER_MARK, number, own)) == str(number)
    if number != other:
        assert marked_number(ORDER_MARK, reference(ORDER_MARK, other, own)) != str(number)


@pytest.mark.parametrize("text", ["", "EO-", "EO-17x", "XEO-17", "EO-17 · RB-5", "EO-²", None])
def test_what_only_looks_like_a_mark_is_none(text: str | None) -> None:
    assert marked_number(ORDER_MARK, text) is None


START = datetime(2026, 11, 24, 9, tzinfo=UTC)
BEGINS = {OrderState.SENT: START, OrderState.DRAFT: START}
LISTS = st.lists(
    st.dictionaries(
        st.integers(1, 6).map(str),
        st.tuples(st.sampled_from([OrderState.SENT, OrderState.DRAFT]), st.integers(-3, 6)).map(
            lambda told: f"{told[0]} {(START + timedelta(minutes=told[1])).strftime('%Y-%m-%dT%H:%M:%SZ')}"
        ),
    ),
    min_size=1,
    max_size=5,
)


@given(LISTS)
def test_each_state_of_an_order_is_asked_for_once_and_its_end_too(lists: list[dict[str, str]]) -> None:
    remembered: dict[str, object] = {}
    for listed in lists:
        seen = dict(remembered.get("seen", {}))  # type: ignore[call-overload]
        news, remembered = news_of(remembered, listed, BEGINS)
        assert news_of(remembered, listed, BEGINS) == ([], remembered)
        assert set(news) <= listed.keys() | seen.keys()
        assert seen.keys() - listed.keys() <= set(news), "an order went and nobody was told"
        newest = {key for key, told in listed.items() if told.split(" ")[1] >= START.strftime("%Y-%m-%dT%H:%M:%SZ")}
        assert {key for key in newest if key not in seen} - remembered["before"].keys() <= set(news)  # type: ignore[attr-defined]


def test_a_moment_that_is_none_hides_no_order() -> None:
    assert news_of({}, {"7": "sent "}, BEGINS)[0] == ["7"]
