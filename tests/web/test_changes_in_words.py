"""What somebody changed in our draft is told in the reader's words, amounts and dates as they write them."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from lagerbro.web.sentences import SENTENCES
from lagerbro.web.sentences.changes import in_words
from lagerbro.web.sentences.words import message_of

ROWS = "\n".join(
    (
        "recipient.vatZone.vatZoneNumber\t1\t3",
        "lines.2.unitNetPrice\t1200\t1180.5",
        "lines.1.quantity\t1.5\t2",
        "date\t2026-11-24\t2027-01-04",
        "notes.heading\tTak\t",
        "exchangeRate\t746.12\t500",
    )
)
DANISH = (
    "momszone: 1 → 3; linje 2, pris pr. enhed: 1.200,00 → 1.180,50; linje 1, antal: 1,5 → 2; "
    "fakturadato: 24.11.2026 → 04.01.2027; tekst på fakturaen: Tak → ingenting; kurs for 100: 746,12 → 500"
)
ENGLISH = (
    "VAT zone: 1 → 3; line 2, unit price: 1,200.00 → 1,180.50; line 1, quantity: 1.5 → 2; "
    "invoice date: 24 Nov 2026 → 4 Jan 2027; text on the invoice: Tak → nothing; exchange rate for 100: 746.12 → 500"
)


@pytest.mark.parametrize(("language", "expected"), [("da", DANISH), ("en", ENGLISH)])
def test_every_change_has_its_words(language: str, expected: str) -> None:
    with override(language):
        assert in_words(ROWS) == expected
        told = message_of(SENTENCES["draft_changed"], "draft_changed", "1001", {"draft": "7", "changes": ROWS})
    assert expected in told.why


def test_what_is_no_list_of_changes_says_nothing() -> None:
    assert in_words("") == ""
    assert in_words("a\tb") == ""
