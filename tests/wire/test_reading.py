"""JSON as shapes: what each kind of field takes, what is passed over, and that a field that does not fit is named."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal as D
from enum import StrEnum
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.rackbeat.types import Reference
from lagerbro.wire.numbers import UnfitValueError, UnreadableError, decode, encode, read
from lagerbro.wire.reading import DEMANDED, DISPENSABLE
from lagerbro.wire.repair import DEPTH_MAX
from tests.wire.shapes import Path, at, fitting, kinds_of, leaves, put, shapes


class Colour(StrEnum):
    RED = "red"


class Inner(msgspec.Struct):
    name: str
    price: D | None = None


class Outer(msgspec.Struct, kw_only=True):
    amount: D
    count: int = 0
    is_on: bool = False
    text: str = "none"
    short: Annotated[str, msgspec.Meta(max_length=3)] | None = None
    said: Annotated[str, DEMANDED] = ""
    either: str | int | None = None
    inner: Inner | None = None
    certain: Inner = msgspec.field(default_factory=lambda: Inner("none"))
    many: list[Inner] = []
    by_name: dict[str, Inner] = {}
    by_number: dict[int, D] = {}
    pair: tuple[D, str] | None = None
    row: tuple[D, ...] = ()
    some: frozenset[D] = frozenset()
    colour: Colour = Colour.RED
    renamed: int = msgspec.field(default=0, name="otherName")


LEAST = {"amount": 1, "said": "this"}


def outer(body: bytes) -> Outer:
    return decode(body, Outer)


@pytest.mark.parametrize(
    ("field", "written", "expected"),
    [
        ("amount", "29.949999999999999", D("29.95")),
        ("amount", "33.333333333333336", D("33.333333333333")),
        ("amount", "0.1000000000000000055511151231257827021181583404541015625", D("0.1")),
        ("amount", "-0.30000000000000004", D("-0.3")),
        ("amount", "1e-13", D(0)),
        ("amount", "1E3", D(1000)),
        ("amount", "12345678901234567.89", D("12345678901234567.89")),
        ("amount", "999999999999999999", D("999999999999999999")),
        ("amount", '"12.50"', D("12.50")),
        ("amount", '"-3"', D(-3)),
        ("amount", '"29.949999999999999"', D("29.95")),
        ("count", "3.0", 3),
        ("count", '"1001"', 1001),
        ("count", "1E3", 1000),
        ("is_on", "1", True),
        ("is_on", '"0"', False),
        ("text", "8000", "8000"),
        ("text", "null", "none"),
        ("either", "5", 5),
        ("either", '"5"', "5"),
        ("inner", "[]", None),
        ("certain", '{"name":"a"}', Inner("a")),
        ("many", '{"0":{"name":"a"},"2":{"name":"b"}}', [Inner("a"), Inner("b")]),
        ("many", "{}", []),
        ("by_name", "[]", {}),
        ("by_name", '{"a":{"name":"b","price":"1.5"}}', {"a": Inner("b", D("1.5"))}),
        ("by_number", '{"7":"1.5"}', {7: D("1.5")}),
        ("pair", '["1.5","a"]', (D("1.5"), "a")),
        ("row", '[1,"2"]', (D(1), D(2))),
        ("some", '[1,"2"]', frozenset({D(1), D(2)})),
        ("colour", '"red"', Colour.RED),
        ("otherName", "7", 7),
    ],
)
def test_what_has_one_meaning_is_read_as_that(field: str, written: str, expected: object) -> None:
    body = json.dumps({**LEAST, field: 0}).replace(f'"{field}": 0', f'"{field}": {written}').encode()
    found = getattr(outer(body), {"otherName": "renamed"}.get(field, field))
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("field", "written", "named", "stood"),
    [
        ("amount", "null", "amount", ""),
        ("amount", "true", "amount", "true"),
        ("amount", "1e400", "amount", "1e400"),
        ("amount", "1e99999999999999999999", "amount", "1e99999999999999999999"),
        ("amount", "1000000000000000000", "amount", "1000000000000000000"),
        ("amount", '"1_000"', "amount", "1_000"),
        ("amount", '" 1"', "amount", " 1"),
        ("amount", '"+1"', "amount", "+1"),
        ("amount", '"1."', "amount", "1."),
        ("amount", '"NaN"', "amount", "NaN"),
        ("amount", '"Infinity"', "amount", "Infinity"),
        ("amount", '"\\u0663"', "amount", "٣"),
        ("amount", '""', "amount", ""),
        ("amount", '" \\t"', "amount", ""),
        ("amount", "[]", "amount", "[]"),
        ("amount", '{"a":1}', "amount", "{…}"),
        ("count", "1.5", "count", "1.5"),
        ("count", "true", "count", "true"),
        ("count", '"1_000"', "count", "1_000"),
        ("is_on", "2", "is_on", "2"),
        ("is_on", '"yes"', "is_on", "yes"),
        ("is_on", '""', "is_on", ""),
        ("text", "1.5", "text", "1.5"),
        ("text", "true", "text", "true"),
        ("text", "[]", "text", "[]"),
        ("short", '"four"', "short", "four"),
        ("said", "null", "said", ""),
        ("either", "1.5", "either", "1.5"),
        ("inner", "[1]", "inner", "[…]"),
        ("inner", '{"name":"a","price":"x"}', "inner.price", "x"),
        ("inner", '{"price":1}', "inner.name", ""),
        ("many", '[{"name":"a"},{"name":null}]', "many.1.name", ""),
        ("many", '{"a":1}', "many", "{…}"),
        ("many", '"many"', "many", "many"),
        ("by_name", '{"a":{"name":"b","price":"1_5"}}', "by_name.a.price", "1_5"),
        ("by_number", '{"7":"NaN"}', "by_number.7", "NaN"),
        ("by_number", '{"seven":1}', "by_number.seven", "seven"),
        ("pair", '["1_5","a"]', "pair.0", "1_5"),
        ("pair", "[1]", "pair", "[…]"),
        ("row", '[1,"1_0"]', "row.1", "1_0"),
        ("some", '[1,"1_0"]', "some.1", "1_0"),
        ("colour", '"blue"', "colour", "blue"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_name(field: str, written: str, named: str, stood: str) -> None:
    body = json.dumps({**LEAST, field: 0}).replace(f'"{field}": 0', f'"{field}": {written}').encode()
    with pytest.raises(UnfitValueError) as caught:
        outer(body)
    assert (caught.value.field, caught.value.stood) == (named, stood)
    assert outer(json.dumps(LEAST).encode()).amount == 1


@pytest.mark.parametrize(("value", "missing"), [("", True), (" \t", True), (None, True), ("0,00", False), ([], False)])
def test_a_text_of_blanks_is_told_as_nothing(value: object, missing: bool) -> None:
    with pytest.raises(UnfitValueError) as caught:
        read({**LEAST, "amount": value}, Outer)
    assert caught.value.missing is missing


def test_what_stood_there_is_told_shortly_and_without_what_a_page_could_stumble_over() -> None:
    with pytest.raises(UnfitValueError) as caught:
        read({**LEAST, "count": "\0\u202e" + "x" * 10_000}, Outer)
    assert caught.value.stood == "\ufffd\ufffd" + "x" * 57 + "…"


NOBODY_READS = {
    "noise": b"33.333333333333336",
    "a huge exponent": b"1e99999999999999999999",
    "a tiny one": b"-1E-99999999999999999999",
    "a long number": b"1" * 10_000,
    "a long fraction": b"0." + b"3" * 100_000,
    "deep arrays": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    "null": b"null",
    "another kind": b'[{"a":[]},true,"x"]',
    "half a pair": rb'"\ud83d"',
    "the other half": rb'"\udc00 and \\ud800"',
    "no UTF-8": b'"\xff\xfe"',
    "a raw control character": b'"a\x00b\x1f"',
    "a control character": rb'"\u0000\u202e"',
}


@pytest.mark.parametrize("place", ["before", "after", "inside"])
@pytest.mark.parametrize("value", NOBODY_READS.values(), ids=NOBODY_READS)
def test_what_nobody_reads_may_hold_anything(value: bytes, place: str) -> None:
    known = rb'"amount":29.949999999999999,"said":"\ud83d\ude42 \u00f8 \\u0041 \" [{"'
    body = {
        "before": b'{"unknown":%b,%b}' % (value, known),
        "after": b'{%b,"unknown":%b}' % (known, value),
        "inside": b'{%b,"many":[{"unknown":%b,"name":"a"},{"name":"b"}]}' % (known, value),
    }[place]
    found = outer(body)
    assert (found.amount, found.said) == (D("29.95"), '🙂 ø \\u0041 " [{')
    assert [one.name for one in found.many] == (["a", "b"] if place == "inside" else [])


@pytest.mark.parametrize("depth", [DEPTH_MAX + 1, 2_000])
def test_depth_where_something_is_wanted_is_refused_by_its_name(depth: int) -> None:
    for field in ("amount", "text", "many", "inner", "by_name"):
        with pytest.raises(UnfitValueError) as caught:
            outer(b'{"said":"","amount":1,"%b":%b}' % (field.encode(), b"[" * depth + b"]" * depth))
        assert caught.value.field.split(".")[0] == field


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b'{"amount":1', b'{"amount":1,}', b"<html>", b'"amount', b"\xff", b'{"a":1e}', b'{"a":01}', b"[]x"],
)
def test_what_is_no_json_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadableError):
        outer(body)


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(content=JSON, wanted=st.sampled_from([Outer, list[Outer], dict[str, Inner], D, int, str, bool, tuple[D, ...]]))
def test_any_json_is_read_or_refused(content: Any, wanted: Any) -> None:
    body = json.dumps(content).encode()
    with suppress(UnreadableError):
        decode(body, wanted)


@given(body=st.binary(max_size=200) | st.text('{}[]":,\\u0d8 e-1.', max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with suppress(UnreadableError):
        decode(body, Outer)


@given(
    st.builds(
        Outer,
        amount=st.decimals(-(10**9), 10**9, places=6),
        count=st.integers(-(10**9), 10**9),
        is_on=st.booleans(),
        text=st.text(st.characters(categories=["L", "N", "P", "Zs"])),
        said=st.text("abc"),
        either=st.none() | st.text("abc") | st.integers(0, 9),
        inner=st.none() | st.builds(Inner, st.text("abc"), st.none() | st.decimals(0, 1, places=2)),
        many=st.lists(st.builds(Inner, st.text("abc")), max_size=3),
        by_number=st.dictionaries(st.integers(0, 9), st.decimals(0, 1, places=2), max_size=3),
    )
)
def test_what_we_wrote_ourselves_is_read_as_it_was(written: Outer) -> None:
    assert decode(encode(written), Outer) == written


EVERY_LEAF = [
    pytest.param(shape, path, kind, id=f"{shape.__module__}.{shape.__name__}.{'.'.join(map(str, path))}")
    for shape in shapes()
    for path, kind in leaves(shape)
    if kind is not Any  # a page's records are read one by one
]
ODD: tuple[object, ...] = (None, True, 1, 1.5, "", "1_000", " 1", "NaN", "text" * 100, [], [1], {}, {"a": 1}, 10**30)


def test_every_shape_of_both_systems_is_known_here() -> None:
    assert len(shapes()) > 50
    assert CustomerInvoice in shapes()
    for shape in shapes():
        assert isinstance(read(fitting(shape), shape), shape)


@pytest.mark.parametrize(("shape", "path", "kind"), EVERY_LEAF)
def test_every_field_of_both_systems_takes_what_means_it_or_is_named(shape: Any, path: Path, kind: Any) -> None:
    for odd in ODD:
        name, found = found_or_named(shape, path, odd)
        assert name in ("", ".".join(map(str, path)))
        assert name or found is None or type(found) in kinds_of(kind) or (odd, found) == (None, "")


def found_or_named(shape: Any, path: Path, odd: object) -> tuple[str, object]:
    """The field that is refused, or what was read where `odd` stood."""
    body = json.dumps(put(fitting(shape), path, odd), default=str).encode()
    try:
        return "", at(decode(body, shape), path)
    except UnfitValueError as error:
        return error.field, None


class Nice(msgspec.Struct):
    number: int
    place: Annotated[Reference | None, DISPENSABLE] = None


@pytest.mark.parametrize("odd", [1.5, "text", [1], {"number": "x" * 99}, True])
def test_what_can_be_done_without_is_none_where_it_cannot_be_read(odd: object) -> None:
    body = json.dumps({"number": 7, "place": odd}).encode()
    assert decode(body, Nice) == Nice(7)
    assert decode(b'{"number":7,"place":{"number":3}}', Nice) == Nice(7, Reference(3))
