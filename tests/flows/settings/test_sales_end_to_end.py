"""A15–A25 with every value from end to end: Rackbeat → flow → e-conomic, and the ledger.

Each row is a setting with one of its values; a test sees to it that no setting of the sales side, of products and of
layouts and none of their values is left out. What e-conomic's orders do (A19, A20, F11) has its own tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal as D
from typing import Any, Final

import pytest

from lagerbro.agreements.questions import QUESTIONS, Control, Question, Section
from lagerbro.sync.models import TransferState
from tests.flows.customer_invoices.test_one_stop import GERMAN, PRIVATE_GERMAN, add_countries, change
from tests.flows.customer_invoices.test_rounding_lines import THIRDS
from tests.sandboxes import Json
from tests.world import Company

pytestmark = pytest.mark.django_db
AGREEMENT, EAN, BICYCLE = 1180001, 10034, "NL-100"
Ledger = dict[int, D]
Prepare = Callable[[Company], int]
Look = Callable[[Company], object]
DOMESTIC: Final = {5600: D("3995.00"), 1012: D("-3196.00"), 6902: D("-799.00")}
GERMANS: Final = {5605: D("1190.00"), 1041: D("-1000.00"), 6905: D("-190.00")}


def invoice_of(*lines: Json, customer: int = 10001, **more: Any) -> Prepare:
    return lambda company: company.systems.invoice(*lines, customer=customer, **more)


def of_a_german_consumer(company: Company) -> int:
    add_countries(company)
    change(company, **PRIVATE_GERMAN)
    line = {"item_id": BICYCLE, "quantity": 1, "line_price": 1000, "vat_percentage": 19}
    return company.systems.invoice(line, customer=GERMAN, currency="DKK")


def with_its_number_taken(company: Company) -> int:
    """Somebody has used the number in e-conomic by hand."""
    company.decide(number_taken="stop")
    company.invoiced(company.systems.invoice())
    (row,) = company.systems.booked()
    company.systems.economic.store.put(AGREEMENT, "booked", 1002, {**row, "bookedInvoiceNumber": 1002})
    return company.systems.invoice()


def with_a_little_vat_too_much(company: Company) -> int:
    line = {"item_id": BICYCLE, "quantity": 1, "line_price": "50.00", "vat_percentage": "24.99"}
    return company.systems.invoice(line, line)


def of_a_new_product(company: Company) -> int:
    company.systems.in_rackbeat("PUT", f"products/{BICYCLE}", {"recommended_cost_price": 60})
    return company.systems.invoice()


def of_a_changed_product(company: Company) -> int:
    """It is in e-conomic with a suggested price of 60, and has another since."""
    company.invoiced(of_a_new_product(company))
    company.systems.in_rackbeat("PUT", f"products/{BICYCLE}", {"recommended_cost_price": 75, "name": "Nyt navn"})
    company.ask("product", BICYCLE)
    company.drain()
    return company.systems.invoice()


def lines(company: Company) -> list[tuple[str, D, D]]:
    row = company.systems.booked()[-1]
    return [(line["product"]["productNumber"], line["quantity"], line["unitNetPrice"]) for line in row["lines"]]


def cost(company: Company) -> D:
    record = company.systems.economic.store.get(AGREEMENT, "products", BICYCLE)
    assert record is not None
    return D(str(record["costPrice"]))


def is_actual_cost(company: Company) -> bool:
    return cost(company) == D(str(company.systems.in_rackbeat("GET", f"products/{BICYCLE}")["cost_price"])) > 1000


def layout(company: Company) -> int:
    number: int = (company.systems.booked() or company.systems.drafts())[-1]["layout"]["layoutNumber"]
    return number


def layout_of_the_customer(company: Company) -> int | None:
    record = company.systems.economic.store.get(AGREEMENT, "customers", 10001)
    assert record is not None
    number: int | None = record.get("layout", {}).get("layoutNumber")
    return number


@dataclass(frozen=True)
class Row:
    """`code`: what the transfer says; `ledger`: what is booked of it, empty where it is a draft or nothing. `look`: the
    other thing that the setting decides, `seen`: what it is then."""

    row: str
    setting: str
    value: Any
    ledger: Ledger
    code: str = ""
    state: TransferState = TransferState.TRANSFERRED
    prepare: Prepare = field(default_factory=invoice_of)
    look: Look | None = None
    seen: object = None

    def __str__(self) -> str:
        return f"{self.row} {self.setting} {self.value} {self.seen}"


NEEDS, DRAFTED = TransferState.NEEDS_YOU, TransferState.DRAFTED
THREE: Final = invoice_of({"item_id": BICYCLE, "quantity": 3})
NINE: Final = {5600: D("11985.00"), 1012: D("-9588.00"), 6902: D("-2397.00")}
THIRD_LEDGER: Final = {5600: D("125.00"), 1012: D("-100.00"), 6902: D("-25.00")}
LITTLE: Final = {5600: D("125.00"), 1012: D("-100.00"), 6902: D("-25.00")}
NAMED: Final = invoice_of(layout_id=2)
ROWS: Final = (
    Row("A15", "sales_enabled", True, DOMESTIC),
    Row("A15", "sales_enabled", False, {}, "sales_off", TransferState.CANCELLED),
    Row("A16", "use_actual_quantity", True, NINE, prepare=THREE, look=lines, seen=[(BICYCLE, D(3), D("3196.00"))]),
    Row("A16", "use_actual_quantity", False, NINE, prepare=THREE, look=lines, seen=[(BICYCLE, D(1), D("9588.00"))]),
    Row("A17", "book_on_booking", True, DOMESTIC),
    Row("A17", "book_on_booking", False, {}, state=DRAFTED),
    Row("A18", "never_book_ean", True, {}, state=DRAFTED, prepare=invoice_of(customer=EAN)),
    Row("A18", "never_book_ean", True, DOMESTIC),
    Row("A18", "never_book_ean", False, DOMESTIC, prepare=invoice_of(customer=EAN)),
    Row("A21", "oss_enabled", True, GERMANS, prepare=of_a_german_consumer),
    Row("A21", "oss_enabled", False, {}, "zone_eu_without_number", NEEDS, of_a_german_consumer),
    Row("H11", "number_taken", "stop", DOMESTIC, "number_taken", NEEDS, with_its_number_taken),
    Row(
        "H11",
        "number_taken",
        "next",
        {account: 2 * amount for account, amount in DOMESTIC.items()},
        "number_differs",
        prepare=with_its_number_taken,
    ),
    Row("H33", "vat_rounding_limit", "0.01", LITTLE, "vat_rounding", prepare=with_a_little_vat_too_much),
    Row("H33", "vat_rounding_limit", "0.00", {}, "vat_rounding_too_large", NEEDS, with_a_little_vat_too_much),
    Row(
        "H10",
        "rounding_item",
        "GEBYR",
        {5600: D("125.00"), 1012: D("-99.99"), 1016: D("-0.01"), 6902: D("-25.00")},
        prepare=invoice_of(THIRDS),
        look=lines,
        seen=[(BICYCLE, D(3), D("33.33")), ("GEBYR", D(1), D("0.01"))],
    ),
    Row(
        "H10",
        "rounding_item",
        None,
        THIRD_LEDGER,
        prepare=invoice_of(THIRDS),
        look=lines,
        seen=[(BICYCLE, D(1), D("100.00"))],
    ),
    Row("A22 A23", "use_actual_cost", True, DOMESTIC, prepare=of_a_new_product, look=is_actual_cost, seen=True),
    Row("A22 A23", "use_actual_cost", False, DOMESTIC, prepare=of_a_new_product, look=cost, seen=D(60)),
    Row("H16", "update_cost", True, DOMESTIC, prepare=of_a_changed_product, look=cost, seen=D(75)),
    Row("H16", "update_cost", False, DOMESTIC, prepare=of_a_changed_product, look=cost, seen=D(60)),
    Row("H14", "default_layout", 1, DOMESTIC, prepare=NAMED, look=layout, seen=1),
    Row("H14", "default_layout", 2, DOMESTIC, prepare=NAMED, look=layout, seen=2),
    Row("H14", "default_layout", None, {}, "layout_not_chosen", NEEDS, NAMED),
    Row("A24", "layouts:2", 3, DOMESTIC, prepare=NAMED, look=layout, seen=3),
    Row("A24", "layouts:2", 2, DOMESTIC, prepare=NAMED, look=layout, seen=2),
    Row("A24", "layouts:2", None, DOMESTIC, prepare=NAMED, look=layout, seen=1),
    Row("A25", "layouts:1", 3, DOMESTIC, look=layout_of_the_customer, seen=3),
    Row("A25", "layouts:1", None, DOMESTIC, look=layout_of_the_customer, seen=None),
)
ELSEWHERE: Final = {
    "mark_shipped": "tests/flows/orders",
    "empty_line_item": "tests/flows/orders",
    "take_draft_orders": "tests/flows/orders",
}


def ledger(company: Company) -> Ledger:
    sums: Ledger = {}
    for account, amount in company.systems.entries():
        sums[account] = sums.get(account, D(0)) + amount
    return {account: amount for account, amount in sums.items() if amount}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row(company: Company, row: Row) -> None:
    company.decide(**{row.setting.replace(":", "__"): row.value})
    number = row.prepare(company)
    company.decide(**{row.setting.replace(":", "__"): row.value})
    if row.prepare is of_a_changed_product:
        before = ledger(company)
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (row.state, row.code), transfer.details
    found = ledger(company)
    if row.prepare is of_a_changed_product:
        found = {account: amount - before[account] for account, amount in found.items()}
    assert found == row.ledger
    assert bool(company.systems.drafts()) == (row.state == DRAFTED or row.code in HELD_AS_DRAFT)
    if row.look is not None:
        assert row.look(company) == row.seen
    if row.setting == "sales_enabled" and not row.value:
        assert company.systems.economic.store.get(AGREEMENT, "customers", 10001) is None


HELD_AS_DRAFT: Final = ("vat_rounding_too_large", "number_taken")


def is_whole(question: Question, values: set[Any]) -> bool:
    """Whether these are all the values that make a difference."""
    match question.control:
        case Control.SWITCH:
            return values == {True, False}
        case Control.OPTION:
            return values == set(question.options)
        case Control.AMOUNT:
            return len(values) >= 2
        case Control.ITEM:
            return None in values and len(values) >= 2
        case Control.LAYOUT | Control.MATCHING:  # two that are chosen, and none
            return None in values and len(values) >= 3
    return False


def test_every_setting_of_the_sections_is_here_with_every_value() -> None:
    tried: dict[str, set[Any]] = {}
    for row in ROWS:
        tried.setdefault(row.setting.partition(":")[0], set()).add(row.value)
    sections = (Section.SALES, Section.PRODUCTS, Section.LAYOUTS)
    of_the_sections = {one.key: one for one in QUESTIONS if one.section in sections}
    assert tried.keys() | ELSEWHERE.keys() == of_the_sections.keys()
    assert not tried.keys() & ELSEWHERE.keys()
    for key, values in tried.items():
        assert is_whole(of_the_sections[key], values), key
    rows = {name for row in ROWS for name in row.row.split()}
    named = {one.row for key, one in of_the_sections.items() if key not in ELSEWHERE}
    assert named | {note for one in of_the_sections.values() for note in one.notes} <= rows
    assert {"A15", "A16", "A17", "A18", "A21", "A22", "A23", "A24", "A25"} <= rows
