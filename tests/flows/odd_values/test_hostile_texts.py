"""Texts with characters that no database, page or wire takes (domain-rules H35): replaced where they come in, the same
on both databases. On PostgreSQL a NUL in a customer's name left a booked invoice without a link, tried for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import pytest

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Attempt, Intent, Link, Transfer, TransferState
from lagerbro.wire.texts import REPLACEMENT, is_clean
from lagerbro_sandbox.kernel.http import Request, Response
from tests.flows.altering import AlteredCore, altered_economic, altered_rackbeat
from tests.world import Company

pytestmark = pytest.mark.django_db
HOSTILE: Final = "\0\u202e\x1b\x85\u2066"
SHOWN: Final = REPLACEMENT * len(HOSTILE)
RECORDS: Final = {
    "customer_invoice": "GET /api/customer-invoices/*",
    "customer": "GET /api/customers/*",
    "product": "GET /api/products/*",
}
FREE: Final = ("name", "company_name", "heading", "note", "description", "their_reference")
"""Texts that are there for people and for nothing else."""


def texts(content: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where every text in decoded JSON stands."""
    if isinstance(content, str):
        yield at
    elif isinstance(content, dict | list):
        for key, value in content.items() if isinstance(content, dict) else enumerate(content):
            yield from texts(value, (*at, key))


def spoil(content: Any, path: tuple[Any, ...]) -> None:
    *way, last = path
    for step in way:
        content = content[step]
    content[last] = f"{content[last]}{HOSTILE}"


def kept_texts(company: Company) -> Iterator[str]:
    """Everything that was written about the agreement's transfers."""
    with agreement_scope(company.agreement.pk):
        for table in (Transfer, Attempt, Intent, Link):
            for row in table.in_scope.all():
                values = [getattr(row, field.attname) for field in row._meta.concrete_fields]
                yield from (str(value) for value in values if isinstance(value, str | dict))


def test_names_and_notes_go_through_with_a_sign_where_the_character_was(company: Company) -> None:
    remote = altered_rackbeat(company)

    def change(content: Any) -> None:
        for path in list(texts(content)):
            if path[-1] in FREE:
                spoil(content, path)

    remote.changes = dict.fromkeys(RECORDS.values(), change)
    number = company.systems.invoice(heading="Heading", note="Note", their_reference="Ours")
    transfer = company.invoiced(number)
    assert (transfer.state, transfer.code) == (TransferState.TRANSFERRED, "")
    (booked,) = company.systems.booked()
    assert booked["notes"] == {"heading": f"Heading{SHOWN}", "textLine1": f"Note{SHOWN}"}
    with agreement_scope(company.agreement.pk):
        assert Link.in_scope.get(kind="customer_invoice").name.endswith(SHOWN)
    assert all(is_clean(text) for text in kept_texts(company))


def paths(systems: Any, kind: str) -> list[tuple[Any, ...]]:
    number = systems.invoice({"item_id": "NL-100", "quantity": 1}, heading="Heading", note="Note", ean="5790000000005")
    invoice = f"customer-invoices/{number}"
    where = {"customer_invoice": invoice, "customer": "customers/10001", "product": "products/NL-100"}[kind]
    return [(kind, *path) for path in texts(systems.in_rackbeat("GET", where))]


@pytest.mark.parametrize("kind", RECORDS)
def test_no_text_of_rackbeats_stops_anything_but_its_own_record(company: Company, kind: str) -> None:
    """One after the other; what is held for it goes through when it has been mended."""
    remote = altered_rackbeat(company)
    found = paths(company.systems, kind)
    assert len(found) > 5
    for path in found:
        with agreement_scope(company.agreement.pk):
            Link.in_scope.exclude(kind="customer_invoice").delete()  # so that customer and product are read again
        remote.changes = {RECORDS[kind]: partial(spoil, path=path)}
        number = company.systems.invoice(heading="Heading", note="Note")
        transfer = company.invoiced(number)
        assert transfer.state in (TransferState.TRANSFERRED, TransferState.NEEDS_YOU, TransferState.REFUSED), path
        assert transfer.code != "bug", path
        remote.changes.clear()
        for needed in ("customer", "product"):
            company.ask(needed, {"customer": 10001, "product": "NL-100"}[needed])
        mended = company.invoiced(number)
        if path[-1] == "booked_at" and transfer.state == TransferState.TRANSFERRED:
            assert mended.code == "changed_after_transfer"  # it was transferred as another version
        else:
            assert mended.state == TransferState.TRANSFERRED, path
    assert all(is_clean(text) for text in kept_texts(company))


JSON: Final = "application/json"


class Broken:
    """e-conomic that refuses or fails with a body and headers full of such characters."""

    def __init__(self, remote: AlteredCore, status: int, body: bytes, kind: str) -> None:
        self.core, self.answer = remote, Response(status, {"Content-Type": kind, "X-RequestId": "r\x1b\x85" * 99}, body)
        self.is_broken = True

    def handle(self, request: Request) -> Response:
        return self.answer if self.is_broken and request.method != "GET" else self.core.handle(request)

    def failing(self, request: Request, status: int) -> Response:
        return self.core.failing(request, status)

    def close(self) -> None:
        self.core.close()


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, rb'{"message":"no\u0000\u202e","errors":{"a\u0000":{"errors":[{"errorMessage":"\u0000"}]}}}', JSON),
        (400, b'{"message":"' + b"x" * 100_000 + b'"}', JSON),
        (422, b"plain \x00 text \xff\x1b", "text/plain"),
        (500, b"<html>\x00\x1b[31m</html>", "text/html; charset=\x85"),
        (503, b"\x00" * 100, JSON),
    ],
    ids=["json", "long", "text", "html", "zeros"],
)
def test_what_a_refusal_says_can_be_kept_and_shown(company: Company, status: int, body: bytes, kind: str) -> None:
    company.invoiced(company.systems.invoice())
    remote = Broken(altered_economic(company), status, body, kind)
    company.systems.to_economic._core = remote
    number = company.systems.invoice()
    transfer = company.invoiced(number)
    assert transfer.state in (TransferState.NEEDS_YOU, TransferState.REFUSED, TransferState.WAITING)
    assert transfer.code not in ("bug", "")
    assert all(is_clean(text) for text in kept_texts(company))
    remote.is_broken = False
    for _ in range(3):
        company.systems.clock.sleep_s(3600)
        company.drain()
    assert company.invoiced(number).state == TransferState.TRANSFERRED
    assert (len(company.systems.booked()), company.systems.drafts()) == (2, [])
