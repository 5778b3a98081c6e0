"""Every part of a difference and every reason for no voucher has its words, in both languages and without a hole."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal as D

import pytest
from django.utils import translation

from lagerbro.flows.stock_value_report.report import Part, PartKind, Voucher
from lagerbro.web.sentences.stock_value_page import NO_VOUCHER, part_words, why_none, why_not

ENGLISH = re.compile(r"\b(the|and|is|are|not|with|has|been|of)\b", re.IGNORECASE)
DAY = date(2026, 11, 24)
DETAILS = {
    "difference": "1250.00",
    "minimum": "50.00",
    "stock": "2000.00",
    "balance": "750.00",
    "account": "5820",
    "amount": "1250.00",
    "voucher": "50001",
    "journal": "2",
    "ours": "DKK",
    "theirs": "EUR",
}
REFUSED = {
    "stock_backfill_closed": {"periods": "2026-10-01–2026-10-31"},
    "stock_backfill_not_past": {"first": "2026-10-01", "last": "2026-10-31"},
    "stock_backfill_too_long": {"count": "92"},
    "stock_year_missing": {"date": "2026-10-01"},
    "stock_currency_differs": {"ours": "DKK", "theirs": "EUR"},
}


def whole(text: str, language: str) -> bool:
    return bool(text) and "%(" not in text and "–." not in text and not (language == "da" and ENGLISH.search(text))


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("code", sorted(NO_VOUCHER))
def test_why_there_is_no_voucher(code: str, language: str) -> None:
    voucher = Voucher(day=DAY, amount=D(0), difference=D(1250), standing=D(0), code=code, details=DETAILS)
    with translation.override(language):
        told = why_none(voucher)
        assert all(whole(text, language) for text in (told.what, told.why, told.do))


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("code", sorted(REFUSED))
def test_why_a_back_fill_cannot_be_done(code: str, language: str) -> None:
    with translation.override(language):
        told = why_not(code, REFUSED[code])
        assert all(whole(text, language) for text in (told.what, told.why, told.do))
        assert "Prøv igen" not in told.do or code == "stock_currency_differs"


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("kind", list(PartKind))
def test_what_a_part_of_the_difference_is(kind: PartKind, first: bool, language: str) -> None:
    part = Part(kind=kind, amount=D(100), day=None if first and kind is PartKind.MOVED else DAY, voucher=17, journal=2)
    several = Part(kind=kind, amount=D(100), count=12)
    with translation.override(language):
        assert whole(part_words(part, first=first), language)
        assert kind is not PartKind.OTHERS or "12" in part_words(several, first=first)
