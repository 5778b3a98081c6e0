"""The back office with something in it, and what its tests look at."""

from __future__ import annotations

import re
from html import unescape

from tests.sandbox.economic.calling import Caller
from tests.sandbox.economic.pages.visiting import Visitor
from tests.sandbox.economic.test_refusals import CUSTOMER, DRAFT
from tests.sandboxes import Sandboxes

AGREEMENT = 1180001
NAME = "<b>Ærlig & Søn</b>"
ORDER = {"customer": "7", "date": "2026-11-24", "product-0": "A/1", "quantity-0": "2", "price-0": "1.010,50"}
ENTRY = {"entryTypeNumber": "5", "date": "2026-11-24", "currency": "DKK", "accountNumber": "5855"}


def opened(systems: Sandboxes) -> Caller:
    """A company with a customer and a product, named so that they would show where text is not written as text."""
    caller = Caller(systems)
    assert caller("PUT", "/customers/7", {**CUSTOMER, "name": NAME})[0] == 201
    product = {"productNumber": "A/1", "name": "Vare", "productGroup": {"productGroupNumber": 1}, "salesPrice": 100}
    assert caller("POST", "/products", product)[0] == 201
    return caller


def signed_in(call: Caller) -> Visitor:
    visitor = Visitor(call.core)
    assert visitor.sign_in().status == 303
    return visitor


def draft(call: Caller, **changes: object) -> int:
    body = {**DRAFT, "recipient": {"name": NAME, "vatZone": {"vatZoneNumber": 1}}, **changes}
    status, made = call("POST", "/invoices/drafts", body)
    assert status == 201, made
    return int(made["draftInvoiceNumber"])


def entries(call: Caller) -> int:
    """How many entries the ledger has."""
    return int(call("GET", "/accounting-years/2026/entries")[1]["pagination"]["results"])


def filled(person: Visitor, path: str) -> dict[str, str]:
    """The form on a page as a browser would send it."""
    html = person.get(path).body.decode()
    form = {name: unescape(value) for name, value in re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', html)}
    form |= {
        name: unescape(value) for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)
    }
    return {**form, "currency": "DKK"}
