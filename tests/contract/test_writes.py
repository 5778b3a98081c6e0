"""What REST answers to a POST or a PUT is the record as it is read, in the published form (economic-api 2.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.schemas import FOLDER, complaints, present
from tests.contract.table import filled
from tests.contract.writes import WRITES, UpsertAnswer, Write, written, wrong
from tests.sandboxes import Sandboxes

pytestmark = present
Answers = dict[Write, tuple[UpsertAnswer, Any]]
WITHOUT_ANSWER = {"invoices.drafts.draftInvoiceNumber.lines.post": "answers the lines"}
OF_SELF = {"self.user.put", "self.company.put", "self.company.bankinformation.put"}
"""What is written of the agreement itself is held to in the tests of `/self`."""


@pytest.fixture(scope="module")
def answers() -> Iterator[list[tuple[UpsertAnswer, Any]]]:
    """Each answer with what its `self` answers right after."""
    systems: Sandboxes = filled()
    found = []
    for made in written(systems):
        bodies = made.body if isinstance(made.body, list) else [made.body]
        links = [str(body.get("self", "/self")).removeprefix("http://sandbox.test") for body in bodies]
        read = [systems.in_economic("GET", link) for link in links]
        found.append((made, read))
    yield found
    systems.close()


@pytest.mark.parametrize("index", range(len(WRITES)), ids=lambda index: f"{WRITES[index].verb} {WRITES[index].path}")
def test_an_answer_to_a_write_is_what_was_published(answers: list[tuple[UpsertAnswer, Any]], index: int) -> None:
    made, read = answers[index]
    assert made.status == made.write.status, made.body
    assert wrong(made.write, made.body) == []
    assert (made.body if made.write.is_array else [made.body]) == read


@pytest.mark.parametrize("write", [row for row in WRITES if row.asks], ids=lambda row: f"{row.verb} {row.path}")
def test_what_is_sent_is_what_was_published(write: Write) -> None:
    assert [line for line in complaints(write.body, write.asks) if "not in the schema" not in line] == []


def test_every_published_write_is_in_the_table() -> None:
    names = {path.name.removesuffix(".schema.json") for path in FOLDER.glob("*.schema.json")}
    asked = {name for name in names if name.endswith((".post", ".put"))}
    of_vouchers = {"journals.journalNumber.vouchers.post"}
    assert asked - OF_SELF - set(WITHOUT_ANSWER) - of_vouchers == {write.asks for write in WRITES if write.asks}
