"""Every answer of the local e-conomic against the schema that e-conomic published for that path.

A schema alone accepts most wrong answers, so unknown keys count too. Where the server was seen to differ from its own
schema the difference is named in the table, with its source.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.schemas import FOLDER, present
from tests.contract.table import ANSWERS, DRAFT, Answer, filled, problems
from tests.sandboxes import Sandboxes

pytestmark = present
OTHERS = frozenset(
    {
        "journals.journalNumber.entries",
        "journals.journalNumber.entries.entryNumber",
        "journals.journalNumber",
        "journals.journalNumber.templates",
        "journals.journalNumber.templates.financeVoucher",
        "journals.journalNumber.templates.manualCustomerInvoice",
        "journals.journalNumber.vouchers",
        "journals.journalNumber.vouchers.accountingYear-voucherNumber",
        "journals.journalNumber.vouchers.accountingYear-voucherNumber.attachment",
    }
)
"""Held to their schemas where journals and vouchers are tested."""


@pytest.fixture(scope="module")
def books() -> Iterator[Sandboxes]:
    systems = filled()
    yield systems
    systems.close()


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.path)
def test_answers_are_what_was_published(books: Sandboxes, answer: Answer) -> None:
    body = books.in_economic("GET", answer.path)
    assert problems(body, answer.schema) == []
    assert body.get("collection") != [], "nothing was held against the schema of an item"


def test_every_published_answer_is_in_the_table() -> None:
    published = {path.name.removesuffix(".get.schema.json") for path in FOLDER.glob("*.get.schema.json")}
    assert published - OTHERS == {answer.schema.removesuffix(".get") for answer in ANSWERS}


def test_what_is_created_answers_as_it_is_read(books: Sandboxes) -> None:
    made = books.in_economic("POST", "/invoices/drafts", DRAFT)
    assert problems(made, "invoices.drafts.draftInvoiceNumber.get") == []
    assert made == books.in_economic("GET", f"/invoices/drafts/{made['draftInvoiceNumber']}")


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.path)
def test_a_surplus_key_and_a_wrong_type_are_noticed(books: Sandboxes, answer: Answer) -> None:
    """The check can fail, at the top and inside the first item."""
    body = books.in_economic("GET", answer.path)
    item = body["collection"][0] if "collection" in body else body
    item["surplus"] = 1
    assert problems(body, answer.schema) != []
    del item["surplus"]
    name = next(iter(item))
    item[name] = 7 if isinstance(item[name], dict) else {"retyped": True}
    assert problems(body, answer.schema) != []
