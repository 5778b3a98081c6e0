"""A headless Chromium, if one is installed, and the program's pages on a live server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, sync_playwright

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Transfer
from tests.installing import factory
from tests.visiting import framed
from tests.world import Company

__all__ = ["factory"]

# Playwright's sync interface runs a loop in this thread; Django would refuse its queries although nothing is shared.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--test-third-party-cookie-phaseout",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("no Chromium on the path: install one (Debian: apt-get install chromium) to run the browser tests")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def pages(company: Company) -> str:
    """The part of the address that opens the company's pages, with transfers of every kind behind it."""
    systems = company.systems
    for sold, customer in (
        ([{"item_id": "NL-100", "quantity": 2}], 10001),
        ([{"item_id": "EL-101", "quantity": 3}], 10034),
        ([{"item_id": "RD/103", "quantity": 24, "line_price": "14.95"}], 10046),
    ):
        company.invoiced(systems.invoice(*sold, customer=customer))
    company.decide(book_on_booking=False)
    company.invoiced(systems.invoice(customer=10003))
    company.decide(book_on_booking=True)
    systems.admin("economic", "bar", agreement=company.agreement.economic_agreement_number, kind="customers", key=10001)
    company.invoiced(systems.invoice(customer=10001))
    company.invoiced(9999)
    number = systems.invoice(customer=10002)
    company.ask("customer_invoice", number)
    waiting = company.transfer("customer_invoice", number)
    with agreement_scope(company.agreement.pk):  # since just now, by the clock that pages go by
        Transfer.in_scope.filter(pk=waiting.pk).update(changed_at=timezone.now())
    return framed(company.agreement)[0].strip("/")
