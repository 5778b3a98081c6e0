"""Payment terms by their kind: Rackbeat's words for it, and which of e-conomic's are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.books.payment_terms import MADE, Terms, matching_terms, terms_kind
from lagerbro_sandbox.economic.registers.forms import TERMS_TYPES

TERMS = st.builds(
    Terms, st.integers(1, 9), st.sampled_from(["Netto", "Kontant", ""]), st.sampled_from(TERMS_TYPES), st.integers(0, 3)
)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        *((kind, kind) for kind in TERMS_TYPES),
        ("end_of_month", "invoiceMonth"),
        ("Løbende måned", "invoiceMonth"),
        ("current month", "invoiceMonth"),
        ("cash", "paidInCash"),
        ("NET", "net"),
        ("due_date", "dueDate"),
        ("week", "invoiceWeekStartingMonday"),
        ("", None),
        (None, None),
        ("konsignation", None),
    ],
)
def test_the_kind_of_rackbeats_word(written: str | None, kind: str | None) -> None:
    assert terms_kind(written) == kind


def test_nothing_is_made_that_needs_an_account_or_a_company() -> None:
    assert set(TERMS_TYPES) - MADE == {"prepaid", "factoring", "creditcard"}
    assert set(TERMS_TYPES) > MADE


@given(TERMS, st.lists(TERMS, max_size=8))
def test_what_is_taken_gives_the_same_due_date_and_the_nearest_of_them_is_taken(
    wanted: Terms, there: list[Terms]
) -> None:
    taken, alike = matching_terms(wanted, there), [one for one in there if one.is_like(wanted)]
    assert (taken is None) == (not alike)
    if taken is None:
        return
    assert taken.kind == wanted.kind
    assert taken.days == wanted.days or taken.kind in ("paidInCash", "dueDate")
    if any(one.number == wanted.number for one in alike):
        assert taken.number == wanted.number
    elif any(one.name == wanted.name for one in alike):
        assert taken.name == wanted.name
