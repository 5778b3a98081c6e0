"""Dirt in answers that arrive whole: what each kind does, where, how often, and that nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import httpx2
import msgspec
import pytest

from lagerbro_sandbox.kernel.faults import dirt as dirts
from lagerbro_sandbox.kernel.faults.dirt import CONTROLS, LENGTH, Dirt, Kind
from lagerbro_sandbox.kernel.faults.plan import Fault
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.json import from_json, to_json
from tests.sandboxes import APP_SECRET, BEARER, GRANT, Sandboxes

JSON = {"Content-Type": "application/json"}
INVOICE: dict[str, Any] = {
    "customer_invoice": {
        "number": 7,
        "name": "Åse Jensen",
        "is_booked": True,
        "notes": "",
        "customer": None,
        "lines": [
            {"id": 1, "name": "Hjul", "quantity": 2, "line_price": Decimal("29.95"), "item": {"number": "NL-100"}},
            {"id": 2, "name": "Fragt", "quantity": Decimal("0.5"), "line_price": Decimal(0), "item": None},
        ],
    }
}


def dirtied(dirt: Dirt, seed: int = 0, content: object = INVOICE) -> Any:
    answer = dirts.soiled(Response(200, JSON, to_json(content)), dirt, Random(seed))
    return None if answer is None else from_json(answer.body)


def invoice(dirt: Dirt, seed: int = 0) -> Any:
    return dirtied(dirt, seed)["customer_invoice"]


def test_control_characters_are_put_into_texts_and_the_zero_byte_most_often() -> None:
    found = [invoice(Dirt("control", "name", places=None), seed) for seed in range(40)]
    for one in found:
        for text, clean in ((one["name"], "Åse Jensen"), (one["lines"][0]["name"], "Hjul")):
            (planted,) = [sign for sign in text if sign in CONTROLS]
            assert text.replace(planted, "", 1) == clean
        assert one["notes"] == ""  # nothing to spoil
        assert one["lines"][0]["item"] == {"number": "NL-100"}
    planted_in = [one["name"].replace("Åse Jensen", "") for one in found]
    assert {sign for one in found for sign in one["name"] if sign in CONTROLS} > {"\x00"}, planted_in
    spoilt = dirts.soiled(Response(200, JSON, to_json({"name": "x"})), Dirt("control"), Random(1))
    assert spoilt is not None
    assert b"\\u00" in spoilt.body  # escaped, as JSON wants it: what arrives is JSON


def test_a_text_is_made_longer_than_anybody_keeps() -> None:
    number = invoice(Dirt("long", "*.item.number"))["lines"][0]["item"]["number"]
    assert (len(number), number[:12]) == (LENGTH, "NL-100NL-100")
    assert len(invoice(Dirt("long", "name", length=300, places=None))["name"]) == 300


def test_numbers_are_written_as_the_doubles_that_the_server_has() -> None:
    texts = set()
    for seed in range(40):
        answer = dirts.soiled(Response(200, JSON, to_json({"price": Decimal("29.95")})), Dirt("double"), Random(seed))
        assert answer is not None
        texts.add(answer.body.decode())
    assert texts == {'{"price":29.949999999999999}', '{"price":29.950000000000003}', '{"price":29.949999999999996}'}
    thirds = {str(dirtied(Dirt("double"), seed, {"p": Decimal("33.333333333333336")})["p"]) for seed in range(20)}
    assert thirds == {"33.333333333333343", "33.333333333333329"}
    assert str(dirtied(Dirt("double", "a,b"), 0, {"a": Decimal("0.00")})["a"]) == "5.5511151231257827E-17"
    assert float(dirtied(Dirt("double", "quantity"), 0, {"quantity": 3})["quantity"]) == pytest.approx(3)
    assert dirtied(Dirt("double"), 0, {"quantity": 3}) is None  # a whole number is one there, unless it is named
    assert dirtied(Dirt("double", "paid"), 0, {"paid": True}) is None


def test_a_field_is_missing_null_or_of_another_type() -> None:
    assert "name" not in dirtied(Dirt("missing", "customer_invoice.name"))["customer_invoice"]
    assert invoice(Dirt("missing", "customer_invoice.lines.item", places=None))["lines"][1].keys() >= {"quantity"}
    assert [line["quantity"] for line in invoice(Dirt("null", "quantity", places=None))["lines"]] == [None, None]
    seen = {repr(dirtied(Dirt("type", "p"), seed, {"p": Decimal("1.5")})["p"]) for seed in range(60)}
    assert seen == {"[]", "{}", "False", "'?'"}
    assert {repr(dirtied(Dirt("type", "p"), seed, {"p": "x"})["p"]) for seed in range(60)} == {
        "[]",
        "{}",
        "False",
        "17",
    }
    assert dirtied(Dirt("type", "no_such_field")) is None


@pytest.mark.parametrize("kind", ["control", "long", "double", "missing", "null", "type"])
def test_a_seed_replays_and_one_place_is_one_place(kind: Kind) -> None:
    for seed in range(30):
        once = dirtied(Dirt(kind, "*"), seed)
        assert once == dirtied(Dirt(kind, "*"), seed)
        assert once != INVOICE
        if kind != "missing":
            assert len(list(differences(once, INVOICE))) == 1


def differences(one: Any, other: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key in one:
            yield from differences(one[key], other[key])
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for left, right in zip(one, other, strict=True):
            yield from differences(left, right)
    elif one != other or isinstance(one, bool) != isinstance(other, bool):
        yield one, other


def test_refusals_and_files_are_left_alone() -> None:
    for answer in (
        Response(404, JSON, b'{"message":"x"}'),
        Response(200, {"Content-Type": "application/pdf"}, b"%PDF"),
        Response(204),
    ):
        assert dirts.soiled(answer, Dirt("missing"), Random(0)) is None


CUSTOMER = "/api/customers/10001"


def get(systems: Sandboxes, path: str) -> Any:
    answer = systems.rackbeat_http.get(path, headers={"Authorization": f"Bearer {BEARER}"})
    return msgspec.json.decode(answer.content)


def test_a_switch_is_spent_on_answers_that_it_fits_and_leaves_the_record_clean(systems: Sandboxes) -> None:
    clean = get(systems, CUSTOMER)
    faults = systems.rackbeat.faults
    faults.set(Fault("zero", path="/api/*", skip=1, dirt=Dirt("control", "customer.name")))
    assert get(systems, "/api/customer-groups?limit=1")["customer_groups"]
    assert get(systems, CUSTOMER) == clean
    dirty = get(systems, CUSTOMER)
    assert (len(dirty["customer"]["name"]), dirty == clean) == (len(clean["customer"]["name"]) + 1, False)
    assert (faults.present(), get(systems, CUSTOMER)) == ((), clean)


def test_several_dirts_meet_in_one_answer_and_beside_a_lost_one(systems: Sandboxes) -> None:
    faults = systems.rackbeat.faults
    faults.set(Fault("long", dirt=Dirt("long", "customer.name", length=500), times=None))
    faults.set(Fault("gone", dirt=Dirt("missing", "customer.vat_zone")))
    faults.set(Fault("lost", lose_answer=True))
    with pytest.raises(httpx2.ReadTimeout):
        get(systems, CUSTOMER)
    dirty = get(systems, CUSTOMER)["customer"]
    assert (len(dirty["name"]), "vat_zone" in dirty) == (500, True)  # the lost answer was dirty too
    assert [fault.name for fault in faults.present()] == ["long"]


def test_how_often_is_decided_by_lot_and_the_lot_by_the_seed(systems: Sandboxes) -> None:
    def spoilt(seed: int) -> list[bool]:
        dirt = Dirt("null", "customer.name")
        systems.rackbeat.faults.set(Fault("often", times=None, probability=0.3, seed=seed, dirt=dirt))
        return [get(systems, CUSTOMER)["customer"]["name"] is None for _ in range(60)]

    assert spoilt(1) == spoilt(1)
    assert spoilt(1) != spoilt(2)
    assert 8 <= sum(spoilt(1)) <= 30


def test_a_list_shrinks_while_it_is_read(systems: Sandboxes) -> None:
    """What was on a page that has been read is deleted: the next page begins later and the count is smaller."""
    whole = [row["number"] for row in get(systems, "/api/products?limit=1000")["products"]]
    systems.rackbeat.faults.set(Fault("shrinks", path="/api/products", times=None, gone=2))
    first, second = (get(systems, f"/api/products?limit=5&page={page}") for page in (1, 2))
    assert [row["number"] for row in first["products"]] == whole[:5]
    assert [row["number"] for row in second["products"]] == whole[7:12]
    assert (first["total"], second["total"]) == (len(whole), len(whole) - 2)
    systems.rackbeat.faults.clear()
    assert [row["number"] for row in get(systems, "/api/products?limit=5&page=2")["products"]] == whole[5:10]
    groups = get(systems, "/api/customer-groups?limit=100")["customer_groups"]
    systems.rackbeat.faults.set(Fault("once", gone=1))
    page = get(systems, "/api/customer-groups?limit=1&page=2")
    assert (page["customer_groups"], page["total"]) == ([groups[2]], len(groups) - 1)


def test_a_list_of_the_books_shrinks_too(systems: Sandboxes) -> None:
    def read(path: str) -> Any:
        tokens = {"X-AppSecretToken": APP_SECRET, "X-AgreementGrantToken": GRANT}
        return systems.economic_http.get(path, headers=tokens).json()

    whole = [row["accountNumber"] for row in read("/accounts?pagesize=1000")["collection"]]
    systems.economic.faults.set(Fault("shrinks", times=None, gone=1))
    page = read("/accounts?pagesize=10&skippages=1")
    assert [row["accountNumber"] for row in page["collection"]] == whole[11:21]
    assert page["pagination"]["results"] == len(whole) - 1
    filtered = read("/accounts?pagesize=10&skippages=1&filter=accountNumber$gt:0&sort=-accountNumber")
    assert [row["accountNumber"] for row in filtered["collection"]] == whole[::-1][11:21]
    numbers = [row["number"] for row in read("/accountsapi/v7.0.0/Accounts/paged?pagesize=10&skippages=1")]
    assert numbers == whole[11:21]
    assert read("/accounts?pagesize=10")["pagination"]["results"] == len(whole)


def test_a_page_of_a_gateway_before_and_after_it_is_done(systems: Sandboxes) -> None:
    def rename(name: str) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {BEARER}"}
        return systems.rackbeat_http.put(CUSTOMER, json={"name": name}, headers=headers)

    before = get(systems, CUSTOMER)["customer"]["name"]
    for status, after, name in ((502, False, before), (200, False, before), (502, True, "Ny"), (200, True, "Nyere")):
        systems.rackbeat.faults.set(Fault("page", method="PUT", status=status, html=True, after=after))
        answer = rename(name)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
        assert answer.text.startswith("<!doctype html>")
        assert get(systems, CUSTOMER)["customer"]["name"] == name
    systems.rackbeat.faults.set(Fault("late", method="PUT", status=500, after=True))
    assert rename("Nyest").json() == {"message": "Server Error"}
    assert get(systems, CUSTOMER)["customer"]["name"] == "Nyest"


def test_switches_and_what_is_left_of_them_survive_a_restart(tmp_path: Path) -> None:
    first = Sandboxes.made(tmp_path)
    first.admin("rackbeat", "faults/set", name="a", times=3, dirt={"kind": "double", "field": "*.line_price"})
    first.admin("rackbeat", "faults/set", name="b", path=CUSTOMER, times=2, dirt={"kind": "null", "field": "*.name"})
    first.admin("economic", "faults/set", name="c", status=503, headers={"Retry-After": "3"}, probability=0.5)
    get(first, CUSTOMER)
    left = first.rackbeat.faults.present(), first.economic.faults.present()
    assert [(fault.name, fault.times) for fault in left[0]] == [("a", 3), ("b", 1)]
    first.close()
    again = Sandboxes.made(tmp_path)
    assert (again.rackbeat.faults.present(), again.economic.faults.present()) == left
    assert get(again, CUSTOMER)["customer"]["name"] is None
    again.admin("rackbeat", "faults/clear")
    again.close()
    last = Sandboxes.made(tmp_path)
    assert (last.rackbeat.faults.present(), last.economic.faults.present()) == ((), left[1])
    last.close()


@pytest.mark.parametrize(
    "wrong",
    [
        {"dirt": {"kind": "mud"}},
        {"dirt": {"kind": "long", "length": 0}},
        {"dirt": {"kind": "null", "places": 0}},
        {"probability": 0},
        {"probability": 1.5},
        {"times": 0},
        {"skip": -1},
        {"gone": -1},
        {"status": 99},
    ],
)
def test_a_switch_that_means_nothing_is_refused_and_not_kept(systems: Sandboxes, wrong: dict[str, object]) -> None:
    systems.admin("rackbeat", "faults/set", name="x", times=7)
    with pytest.raises(AssertionError, match="400"):
        systems.admin("rackbeat", "faults/set", name="x", **wrong)
    assert [(fault.name, fault.times) for fault in systems.rackbeat.faults.present()] == [("x", 7)]
