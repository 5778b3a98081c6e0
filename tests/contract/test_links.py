"""Every link that the local e-conomic answers leads somewhere, from the root and from every path of the table.

Clients are asked to follow links (economic-api 2.2, 2.3); a link that answers 404 breaks them where nobody looks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import from_json, to_json
from tests.contract.table import ANSWERS, TOKENS, filled
from tests.sandboxes import Json, Sandboxes

HOST: Final = "sandbox.test"
OF_A_KIND: Final = 5
"""So many addresses that differ in their numbers only are followed."""
NOWHERE: Final = {
    r".*/attachment": (404, "nothing is attached to this document"),
    r"/invoices/totals/.*(accounting-years|periods|[0-9]+/customers|[0-9]+/employees)": (
        501,
        "economic-api 5.2: published, not made",
    ),
    r"/self/application": (404, "linked in the recorded answer of economic-api 1.6, in no inventory"),
    r"/(languages|modules|employee-groups)/[0-9]+": (404, "linked in recorded answers, in no inventory (14)"),
    r"/employees/[0-9]+/(draftinvoices|bookedinvoices)": (404, "linked by the published schema, in no inventory (14)"),
}
"""By pattern: what a link answers that leads to nothing, and why."""


@pytest.fixture(scope="module")
def books() -> Iterator[Sandboxes]:
    systems = filled()
    finance = {"amount": 10, "date": "2026-11-24", "text": "Gebyr", "account": {"accountNumber": 5820}}
    bill = {"amount": -10, "date": "2026-11-24", "supplier": {"supplierNumber": 50001}, "supplierInvoiceNumber": "A"}
    entries = {"financeVouchers": [finance], "supplierInvoices": [bill]}
    body = {"accountingYear": {"year": "2026"}, "entries": entries}
    systems.economic.handle(_request("POST", "/journals/1/vouchers", body))
    yield systems
    systems.close()


def _request(method: str, url: str, body: Json | None = None) -> Request:
    parts = urlsplit(url)
    content = b"" if body is None else to_json(body)
    return Request(method, parts.path, parts.query, {**TOKENS, "content-type": "application/json"}, content, HOST)


def links(value: Any) -> Iterator[str]:
    """Every address of ours in an answer; what `metaData` offers to do is no link to read."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name != "metaData":
                yield from links(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from links(inner)
    elif isinstance(value, str) and value.startswith(f"http://{HOST}/"):
        yield value


def crawled(books: Sandboxes) -> dict[str, Response]:
    """Every answer that can be reached, by its address."""
    waiting = [f"http://{HOST}{path}" for path in ("/", "/journals/1/vouchers", *(a.path for a in ANSWERS))]
    seen: dict[str, Response] = {}
    kinds: Counter[str] = Counter()
    while waiting:
        url = waiting.pop(0)
        if url in seen or kinds[_kind(url)] >= OF_A_KIND:
            continue
        kinds[_kind(url)] += 1
        answer = seen[url] = books.economic.handle(_request("GET", url))
        if answer.status == 200 and answer.headers.get("Content-Type") == "application/json":
            waiting += [link for link in links(from_json(answer.body)) if link not in seen]
    return seen


def _kind(url: str) -> str:
    """The address without its numbers and codes."""
    parts = urlsplit(url).path.split("/")
    return "/".join("{}" if any(c.isdigit() or c.isupper() for c in part[:1]) else part for part in parts)


def test_every_link_leads_somewhere(books: Sandboxes) -> None:
    books.economic.switches.bucket = 10**9
    wrong = {
        url.removeprefix(f"http://{HOST}"): answer.status
        for url, answer in crawled(books).items()
        if answer.status != _expected(url)
    }
    assert wrong == {}


def _expected(url: str) -> int:
    path = urlsplit(url).path
    return next((status for pattern, (status, _) in NOWHERE.items() if re.fullmatch(pattern, path)), 200)
