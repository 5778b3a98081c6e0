"""Decimals, dates and addresses are held to what was published, although no JSON Schema validator knows the words."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal as D
from typing import Any

import pytest
from jsonschema import Draft3Validator

from lagerbro_sandbox.kernel.http import Request
from lagerbro_sandbox.kernel.json import from_json, to_json
from tests.contract.published_words import FORMATS, PublishedValidator
from tests.contract.schemas import FOLDER, complaints, present, schema
from tests.contract.table import DRAFT, TOKENS, filled
from tests.contract.writes import WRITES, Write
from tests.sandboxes import Json, Sandboxes

SENT = "invoices.drafts.post"
STANDING = {
    f"/{kind}/drafts/4": f"/{kind}/drafts/{number}" for kind, number in (("invoices", 3), ("orders", 1), ("quotes", 1))
}
"""A draft that is there, where the table of writes names one that an earlier row makes."""


def faults(value: object, most: int) -> list[str]:
    return [each.message for each in PublishedValidator({"maxDecimal": most}).iter_errors(value)]


@pytest.mark.parametrize("value", [88, D("88.88"), D("88.8800"), D("-0.010"), D("1E+3"), 88.88, "88.887", None, True])
def test_two_decimals_and_less_are_kept(value: object) -> None:
    assert faults(value, 2) == []


@pytest.mark.parametrize("value", [D("88.887"), D("-0.001"), D("1E-3"), D("NaN"), 88.887])
def test_a_third_decimal_is_one_complaint(value: object) -> None:
    assert faults(value, 2) == [f"{value} has more than 2 decimals"]
    assert (faults(value, 3) == []) is D(str(value)).is_finite()


@pytest.mark.parametrize(
    ("format_", "good", "wrong"),
    [
        (
            "full-date",
            ["2026-11-24", "2028-02-29", 7],
            ["2026-02-30", "2026-2-3", "20261124", "2026-11-24T09:00:00Z", ""],
        ),
        ("date", ["2026-11-24"], ["2026-13-01", "2026-W48-2"]),
        ("date-time", ["2026-11-24T09:00:00Z", "2026-11-24T09:00:00"], ["2026-11-24", "2026-11-24T25:00:00Z"]),
        ("uri", ["http://sandbox.test/self", "https://a.dk/b?c=d"], ["/self", "sandbox.test/self", "http://a b", ""]),
    ],
)
def test_a_format_is_a_day_a_moment_or_an_address(format_: str, good: list[object], wrong: list[object]) -> None:
    content = {"format": format_}
    validator = PublishedValidator(content, format_checker=FORMATS)
    assert [value for value in good if not validator.is_valid(value)] == []
    assert [value for value in wrong if validator.is_valid(value)] == []


@present
def test_a_draft_with_a_wrong_amount_or_day_has_one_complaint_each() -> None:
    sent = deepcopy(DRAFT)
    assert complaints(sent, SENT) == []
    sent["lines"][0]["unitNetPrice"] = D("88.887")
    assert complaints(sent, SENT) == ["lines.0.unitNetPrice: 88.887 has more than 2 decimals"]
    sent["lines"][0]["unitNetPrice"] = D("88.88")
    sent["date"] = "2026-02-30"
    assert complaints(sent, SENT) == ["date: '2026-02-30' is not a 'full-date'"]
    assert list(Draft3Validator(schema(SENT)).iter_errors(sent)) == [], "a validator of its own sees nothing"


@present
def test_an_amount_that_is_the_least_allowed_is_allowed() -> None:
    name = "orders.drafts.orderNumber.get"
    orders = [{"lines": [{"quantity": quantity}]} for quantity in (D("0.01"), D("0.009"))]
    found = [line for order in orders for line in complaints(order, name)]
    assert [line for line in found if line.startswith("lines.0.quantity")] == [
        "lines.0.quantity: Decimal('0.009') is less than the minimum of Decimal('0.01')",
        "lines.0.quantity: 0.009 has more than 2 decimals",
    ]


@pytest.fixture(scope="module")
def books() -> Iterator[Sandboxes]:
    systems = filled()
    yield systems
    systems.close()


Place = tuple[str | int, ...]


def decimals(content: Json, value: Any, path: Place = ()) -> Iterator[tuple[Place, int]]:
    """Where numbers stand in a body that have a published limit of decimals, and the limit."""
    most = content.get("maxDecimal", content.get("maxDecimals"))
    if most is not None and isinstance(value, int | D):
        yield path, most
    for name, inner in (content.get("properties") or {}).items():
        if isinstance(value, dict) and name in value:
            yield from decimals(inner, value[name], (*path, name))
    if isinstance(value, list) and isinstance(content.get("items"), dict):
        for index, item in enumerate(value):
            yield from decimals(content["items"], item, (*path, index))


def with_one_more(body: Json, path: Place, most: int) -> Json:
    """The body with a decimal too many at the place."""
    changed: Any = deepcopy(body)
    holder = changed
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] += D(1).scaleb(-most - 1)
    return dict(changed)


WITH_DECIMALS = [
    pytest.param(write, path, most, id=f"{write.verb} {write.path} {path[-1]}")
    for write in WRITES
    if write.asks and FOLDER.is_dir()
    for path, most in decimals(schema(write.asks), write.body)
]


@present
@pytest.mark.parametrize(("write", "path", "most"), WITH_DECIMALS)
def test_a_decimal_more_than_published_is_refused(books: Sandboxes, write: Write, path: Place, most: int) -> None:
    body = with_one_more(write.body, path, most)
    found = [line for line in complaints(body, write.asks) if "not in the schema" not in line]
    assert [line.endswith(f"has more than {most} decimals") for line in found] == [True]
    headers = {**TOKENS, "content-type": "application/json"}
    url = STANDING.get(write.path, write.path)
    answer = books.economic.handle(Request(write.verb, url, "", headers, to_json(body), "sandbox.test"))
    assert (answer.status, "E04740" in str(from_json(answer.body))) == (400, True), answer.body
