"""What a night costs e-conomic; Rackbeat's one call for the value is stood in for."""

from __future__ import annotations

from datetime import date

import pytest

from tests.flows.stock_value.shop import OPENING, Shop

pytestmark = pytest.mark.django_db
MON, TUE, WED = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
BOOKED = "GET /bookedEntriesapi/v4.0.0/booked-entries"
DRAFTS = "GET /journalsapi/v15.0.0/draft-entries"
POST, PUT = "POST /journalsapi/v15.0.0/draft-entries", "PUT /journalsapi/v15.0.0/draft-entries"


def test_a_night_that_posts_reads_twice_writes_once_and_reads_back(shop: Shop) -> None:
    """The last read is domain-rules H27's: whether the entry got a VAT code after all."""
    first = shop.run(MON, OPENING + 10)
    (entry,) = (row["entryNumber"] for row in shop.drafts())
    assert [call for call in shop.company.calls(first) if "api/" in call][-1] == f"{DRAFTS}/{entry}"
    assert shop.company.calls(shop.run(TUE, OPENING + 20)) == [BOOKED, DRAFTS, PUT, f"{DRAFTS}/{entry}"]
    shop.book_all()
    third = shop.run(WED, OPENING + 30)
    (entry,) = (row["entryNumber"] for row in shop.drafts())
    assert shop.company.calls(third) == [BOOKED, DRAFTS, POST, f"{DRAFTS}/{entry}"]
    shop.book_all()
    shop.run(date(2026, 11, 26))  # looks once more whether what stood is booked
    assert shop.company.calls(shop.run(date(2026, 11, 27))) == [BOOKED]
