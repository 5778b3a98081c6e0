"""Some histories of what comes from e-conomic in every test run, and defects planted on purpose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lagerbro.flows.customer_invoices import flow as customer_invoices
from lagerbro.flows.economic_documents import making
from lagerbro.flows.economic_documents.making import Making
from lagerbro.flows.economic_invoices import flow as economic_invoices
from lagerbro.flows.invoice_shipping import flow as shipping
from tests.simulation.selling import lived_selling

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
SEEDS = 300
Plant = Callable[[pytest.MonkeyPatch], None]


def test_short_histories_of_what_comes_from_economic() -> None:
    assert sum(lived_selling(seed).crashes for seed in range(12)) > 0


def an_order_is_not_looked_for(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Making, "standing", lambda _self: None)


def goods_are_marked_as_shipped_again(patch: pytest.MonkeyPatch) -> None:
    """The echo: what says that it is shipped is not listened to, and each word of it ships anew."""

    def again(work: Any, invoice: Any) -> Any:
        systems = work.clients.rackbeat
        item = {"item_id": invoice.lines[0].child_id, "quantity": invoice.lines[0].quantity}
        whole = {"customer_id": invoice.customer_id, "lines": [item]}
        made = systems.records.create("customer-invoices", whole)["number"]
        systems.invoices.book(made, {})
        return ship(work, invoice)

    ship: Any = shipping._ship
    patch.setattr(shipping, "_ship", again)


def what_was_born_in_economic_goes_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(customer_invoices, "skipped_if_born_in_economic", lambda _work, _invoice: None)


def the_invoice_of_an_order_is_taken_too(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(economic_invoices, "order_of", lambda _work, _invoice: None)


def an_order_is_booked_whatever_it_comes_to_be(patch: pytest.MonkeyPatch) -> None:
    whole: Any = making.planned_sale

    def first_line(*known: Any) -> Any:
        sale = whole(*known)
        sale.lines[0].quantity += 1
        return sale

    patch.setattr("lagerbro.flows.orders.flow.planned_sale", first_line)


PLANTS = (
    an_order_is_not_looked_for,
    goods_are_marked_as_shipped_again,
    what_was_born_in_economic_goes_back,
    the_invoice_of_an_order_is_taken_too,
    an_order_is_booked_whatever_it_comes_to_be,
)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.__name__)
def test_a_planted_defect_is_caught(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(monkeypatch)
    for seed in range(SEEDS):
        try:
            lived_selling(seed)
        except AssertionError:
            print(f"{plant.__name__} caught at seed {seed}")
            return
    pytest.fail(f"{plant.__name__} was not caught within {SEEDS} short histories")
