"""What waits for what, whatever is known of it: every chain has one root, and one that bites its tail has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.web.status.chains import roots, waiting_sentence


@dataclass(frozen=True)
class Row:
    pk: int
    kind: str
    key: str
    code: str
    details: Mapping[str, str]
    document_type: str = ""


def waiting(pk: int, kind: str, key: str, for_kind: str, for_key: str) -> Row:
    return Row(pk, kind, key, f"{for_kind}_not_transferred", {"key": for_key})


GROUP = Row(1, "supplier_group", "7", "supplier_group_account_barred", {"account": "6800"})
SUPPLIER = waiting(2, "supplier", "50101", "supplier_group", "7")
INVOICE = waiting(3, "supplier_invoice", "1001", "supplier", "50101")
OTHER = waiting(4, "supplier_invoice", "1002", "supplier", "50102")


def test_everything_in_a_chain_waits_for_its_root() -> None:
    assert roots([INVOICE, GROUP, OTHER, SUPPLIER]) == {2: GROUP, 3: GROUP}
    assert roots([INVOICE, SUPPLIER]) == {3: SUPPLIER}


@given(st.lists(st.integers(0, 5), min_size=6, max_size=6))
def test_any_records_that_wait_for_one_another(waits: list[int]) -> None:
    """The root of each stands still by itself or is in a ring; nothing is lost, and nothing goes on for ever."""
    rows = [waiting(pk, "supplier", str(pk), "supplier", str(other)) for pk, other in enumerate(waits)]
    found = roots(rows)
    for pk, root in found.items():
        assert root.pk != pk
        assert root in rows


@given(st.lists(st.integers(0, 5), min_size=6, max_size=6))
def test_without_a_ring_the_root_waits_for_nothing(choices: list[int]) -> None:
    """Each waits for an earlier one, the first for none of them."""
    rows = [waiting(pk, "supplier", str(pk), "supplier", str(choices[pk] % pk if pk else 99)) for pk in range(6)]
    assert roots(rows) == dict.fromkeys(range(1, 6), rows[0])


def test_how_it_is_told() -> None:
    with override("da"):
        assert waiting_sentence([], is_partial=False) == ""
        assert waiting_sentence([SUPPLIER, INVOICE, OTHER], is_partial=False) == (
            "Bagved venter: 2 leverandørfakturaer, leverandør 50101. De følger af sig selv."
        )
        assert waiting_sentence([SUPPLIER], is_partial=True) == (
            "Bagved venter mindst: leverandør 50101. De følger af sig selv."
        )
