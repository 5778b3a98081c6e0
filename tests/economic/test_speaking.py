"""e-conomic's ways: error shapes, filters, escapes, pages, links to other hosts (economic-api 2, 3, 5)."""

from __future__ import annotations

import re
from decimal import Decimal as D

import httpx2
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.economic.error_answers import error_answer_of
from lagerbro.economic.filters import both, contains, equal, one_of
from lagerbro.economic.paths import EmptyIdentifierError, plain_segment, segment
from lagerbro.economic.services import Services
from lagerbro.economic.surfaces import ForeignAddressError, OpenApi, Rest
from lagerbro.wire.errors import FieldError, UnreadableAnswerError
from lagerbro.wire.transport import Call
from lagerbro_sandbox.economic.wire.filtering import Filter
from lagerbro_sandbox.economic.wire.links import unescaped
from tests.wire.lines import Played, answers


class Thing(msgspec.Struct):
    number: int


CURRENT = b"""{"message":"Validation failed. 2 errors found.","errorCode":"E04300","logId":"8d-CPH",
 "errors":{"currency":{"errors":[{"propertyName":"currency","errorMessage":"unknown","errorCode":"E06000",
 "inputValue":"ZUL","developerHint":""}]},"lines":{"errors":[],"items":[{"arrayIndex":1,"product":{"productNumber":
 {"errors":[{"errorMessage":"gone","errorCode":"E06000","inputValue":"A"}]}}}]}},"errorCount":2}"""
OLDER = b"""{"message":"Validation error.","errorCode":"E04300","errors":{"lines":[{"arrayIndex":0,"quantity":{"errors":
 [{"message":"needed","errorCode":"E04730","value":null}]}}]}}"""
SCHEMA = b'{"message":"Schema","errors":["layout: Integer 0 is less than minimum value of 1"],"schemaPath":"/s"}'
FILTER = (
    b'{"message":"Could not parse query string filter.","errors":["not allowed"],"allowedFilteringFields":["name"]}'
)
PROBLEM = b"""{"type":null,"title":"Conflict","status":409,"errors":[{"message":"stale","errorCode":"UpdateConflict",
 "property":"objectVersion"}],"traceId":"t-CPH","errorCode":"UpdateConflict"}"""


@pytest.mark.parametrize(
    ("body", "code", "errors"),
    [
        (
            CURRENT,
            "E04300",
            (
                FieldError("currency", "unknown", "E06000", "ZUL"),
                FieldError("lines.1.product.productNumber", "gone", "E06000", "A"),
            ),
        ),
        (OLDER, "E04300", (FieldError("lines.0.quantity", "needed", "E04730", ""),)),
        (SCHEMA, "", (FieldError("", "layout: Integer 0 is less than minimum value of 1"),)),
        (FILTER, "", (FieldError("", "not allowed"),)),
        (PROBLEM, "UpdateConflict", (FieldError("objectVersion", "stale", "UpdateConflict", ""),)),
        (b"<html>502</html>", "", ()),
        (b"[1,2]", "", ()),
    ],
    ids=["current", "older", "schema", "filter", "problem+json", "html", "list"],
)
def test_every_shape_of_error(body: bytes, code: str, errors: tuple[FieldError, ...]) -> None:
    answered = error_answer_of(400, body, {})
    assert (answered.remote_code, answered.errors) == (code, errors)


@pytest.mark.parametrize(
    ("title", "detail", "said"),
    [
        ("Forbidden", "The license is read-only.", "The license is read-only."),
        (
            "Missing modules: Project",
            "The agreement needs the module.",
            "Missing modules: Project. The agreement needs",
        ),
        ("Missing modules: Project", None, "Missing modules: Project"),
        (None, "Too late.", "Too late."),
        ("Forbidden", None, "Forbidden"),
    ],
)
def test_a_problem_that_names_only_its_status_is_told_by_its_detail(
    title: str | None, detail: str | None, said: str
) -> None:
    body = msgspec.json.encode({"title": title, "status": 403, "detail": detail, "errors": None})
    assert error_answer_of(403, body, {}).message.startswith(said)


NAMES = st.sampled_from(["errors", "items", "arrayIndex", "a"])
LEAF = st.none() | st.integers() | st.text(max_size=5)


def _branch(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.dictionaries(NAMES, inner | st.lists(inner, max_size=3), max_size=4)


@given(st.recursive(LEAF, _branch, max_leaves=12))
def test_no_body_makes_explaining_fail(content: object) -> None:
    assert error_answer_of(400, msgspec.json.encode({"errors": content}), {}).status == 400


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="[]\0\1"), min_size=1, max_size=30)


@given(TEXT)
def test_what_is_filtered_for_is_found_by_a_second_reader(text: str) -> None:
    test = Filter(equal("name", text), ("name",)).read()
    assert test({"name": text})
    assert not test({"name": f"{text}x"})


@given(TEXT)
def test_a_part_is_found_by_a_second_reader(text: str) -> None:
    test = Filter(contains("references.other", text), ("references.other",)).read()
    assert test({"references": {"other": f"before {text} after"}})


def test_filters_as_they_are_written() -> None:
    assert equal("name", "A$B)C") == "name$eq:A$$B$)C"
    assert equal("name", "x[1]") == "name$eq:x[1]"  # observed: escaped brackets match nothing
    assert contains("name", "x[1]") == "name$like:*x[[]1]*"
    assert equal("ean", None) == "ean$eq:$null:"
    assert one_of("number", [1, 2]) == "number$in:[1,2]"
    assert both(equal("a", 1), equal("b", D("1.50"))) == "(a$eq:1)$and:(b$eq:1.50)"
    with pytest.raises(ValueError, match="200"):
        one_of("number", range(201))


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=25))
def test_identifiers_survive_their_escape(text: str) -> None:
    if not text.strip():
        return
    written = segment(text)
    assert re.fullmatch(r"[^/?#%\s]*(%[0-9A-F]{2}[^/?#%\s]*)*", written)
    assert unescaped(httpx2.URL(f"http://x/{written}").path[1:]) == text


def test_an_empty_identifier_never_reaches_an_address() -> None:
    for write in (segment, plain_segment):
        for empty in ("", " "):
            with pytest.raises(EmptyIdentifierError):
                write(empty)
    assert segment("2025/2026") == "2025_6_2026"
    assert plain_segment("RD/1") == "RD%2F1"


def page(numbers: list[int], following: str | None) -> httpx2.Response:
    pagination = {"results": 3, **({"nextPage": following} if following else {})}
    return httpx2.Response(200, json={"collection": [{"number": n} for n in numbers], "pagination": pagination})


def test_pages_are_followed_to_the_end() -> None:
    played = Played(answers(page([1, 2], "http://remote.test/things?skippages=1&pagesize=2"), page([3], None)))
    assert [thing.number for thing in Rest(played.line).all("/things", Thing, {"filter": "a$eq:1"})] == [1, 2, 3]
    assert [str(request.url.params) for request in played.requests] == [
        "filter=a%24eq%3A1&skippages=0&pagesize=1000",
        "skippages=1&pagesize=2",
    ]


def test_what_an_address_is_made_of_arrives_whole_in_a_filter() -> None:
    played = Played(answers(page([], None)))
    assert Rest(played.line).first("/things", Thing, {"filter": equal("name", "Larsen & Holm #1 50 %+")}) is None
    assert played.requests[0].url.params["filter"] == "name$eq:Larsen & Holm #1 50 %+"


@pytest.mark.parametrize(
    "link", ["http://evil.test/things", "https://remote.test/things", "http://remote.test:81/things", "//evil.test/"]
)
def test_no_token_is_sent_to_another_host(link: str) -> None:
    played = Played(answers(page([1], link), page([2], None)))
    with pytest.raises(ForeignAddressError):
        list(Rest(played.line).all("/things", Thing))
    assert len(played.requests) == 1


def test_cursors_are_followed_until_there_is_none() -> None:
    first = {"cursor": "1002", "items": [{"number": 1, "type": 1}]}
    played = Played(answers(httpx2.Response(200, json=first), httpx2.Response(200, json={"items": []})))
    assert [row.number for row in Services(OpenApi(played.line)).accounts()] == [1]
    assert [request.url.params.get("cursor") for request in played.requests] == [None, "1002"]


def test_a_success_that_cannot_be_read_leaves_a_write_unknown() -> None:
    played = Played(answers(httpx2.Response(201, content=b"{"), httpx2.Response(200, content=b"{")))
    rest = Rest(played.line)
    with pytest.raises(UnreadableAnswerError) as wrote:
        rest.write_and_read("POST", "/things", {"a": D("1.10")}, "k", Thing)
    with pytest.raises(UnreadableAnswerError) as read:
        rest.get("/things/1", Thing)
    assert (wrote.value.outcome_unknown, read.value.outcome_unknown) == (True, False)
    assert played.requests[0].read() == b'{"a":1.10}'
    assert Call("GET", "/").is_write is False
