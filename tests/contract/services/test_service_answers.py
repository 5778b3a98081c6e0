"""Every answer of the local OpenAPI services against the document that e-conomic published for its operation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.services.service_documents import complaints, operations, present
from tests.contract.services.service_requests import REQUESTS, SERVICES, Asked, ask, prepare
from tests.sandbox.economic.calling import Caller
from tests.sandboxes import Sandboxes

pytestmark = present

NOT_ASKED = {
    ("Accounts", "GET", "/KeyFigureCodes/{number}"): "the agreement has none",
    ("Accounts", "GET", "/TotalIntervals/{number}"): "read by account and start",
    ("Accounts", "GET", "/TotalIntervals/{accountNumber}/{fromAccountNumber}"): "intervals are read in lists only",
    ("Accounts", "POST", "/TotalIntervals"): "intervals are read only here",
    ("Accounts", "PUT", "/TotalIntervals"): "intervals are read only here",
    ("Accounts", "DELETE", "/TotalIntervals/{accountNumber}/{fromAccountNumber}"): "intervals are read only here",
    ("Documents", "POST", "/AttachedDocuments"): "a form: tests/sandbox/economic/test_documents.py",
    ("Documents", "GET", "/AttachedDocuments/{number}/pdf"): "a file: tests/sandbox/economic/test_documents.py",
    ("Documents", "DELETE", "/AttachedDocuments/deletebulk"): "tests/sandbox/economic/test_documents.py",
    ("Journals", "PUT", "/draft-entries/bulk"): "tests/sandbox/economic/test_journals_service.py",
}


_WRITTEN = "only read here, as nothing of ours writes dimensions"
_LINES = "tests/sandbox/economic/test_q2c.py"
NOT_ASKED |= {
    ("Dimensions", verb, f"/dimension-data/{name}{end}"): _WRITTEN
    for name in ("accounts", "booked-entries", "budget-figures", "draft-entries", "sales-document-lines")
    for verb, end in (("POST", ""), ("PUT", ""), ("DELETE", ""), ("POST", "/bulk"), ("PUT", "/bulk"))
}
NOT_ASKED |= {
    ("Dimensions", verb, path): _WRITTEN
    for verb, path in (
        ("GET", "/dimension-data/booked-entries/changelog"),
        ("POST", "/dimensions"),
        ("PUT", "/dimensions"),
        ("DELETE", "/dimensions/{number}"),
        ("POST", "/values"),
        ("PUT", "/values"),
        ("DELETE", "/values"),
        ("GET", "/values/{dimensionNumber}/{key}"),
        ("GET", "/distributions/{dimensionNumber}/{key}"),
    )
}
NOT_ASKED |= {
    ("Q2C", "GET", f"{path}/{{documentId}}/lines{end}"): _LINES
    for path in ("/invoices/booked", "/orders/{documentStatus}", "/quotes/{documentStatus}")
    for end in ("", "/{number}")
}
NOT_ASKED["Q2C", "PUT", "/invoices/drafts/{draftInvoiceNumber}/sensitive-data"] = _LINES


@pytest.fixture(scope="module")
def answers() -> Iterator[list[tuple[Asked, int, Any]]]:
    systems = Sandboxes.made()
    call = Caller(systems)
    prepare(call)
    yield [(row, *ask(call, row)) for row in REQUESTS]
    systems.close()


def test_every_answer_is_what_was_published(answers: list[tuple[Asked, int, Any]]) -> None:
    wrong = [
        (row.verb, row.url, status, body if status >= 400 else found)
        for row, status, body in answers
        for found in [complaints(body, row.document, row.verb, row.path, status)]
        if found or status != row.status
    ]
    assert wrong == []


def test_every_operation_is_asked_for() -> None:
    asked = {(row.document, row.verb, row.path) for row in REQUESTS} | set(NOT_ASKED)
    published = {(name, verb, path) for name in SERVICES for verb, path in operations(name)}
    assert published - asked == set()
    assert asked - published == set()


def test_lists_hold_what_was_made(answers: list[tuple[Asked, int, Any]]) -> None:
    """An empty list would pass for any shape."""
    empty = {
        row.path
        for row, _, body in answers
        if row.verb == "GET" and (body == [] or (isinstance(body, dict) and body.get("items") == []))
    }
    of_nothing = ("/KeyFigureCodes", "/orders", "/quotes", "/values", "/distributions", "/dimension-data")
    assert {path for path in empty if not path.startswith(of_nothing)} == set()


def test_a_changed_answer_is_noticed(answers: list[tuple[Asked, int, Any]]) -> None:
    """The check can fail: a key more, or a value of another type."""
    for row, status, body in answers:
        if row.verb != "GET" or not isinstance(body, dict) or "items" in body:
            continue
        for changed in ({**body, "surplus": 1}, {**body, next(iter(body)): {"not": "this"}}):
            assert complaints(changed, row.document, row.verb, row.path, status) != [], row.path
