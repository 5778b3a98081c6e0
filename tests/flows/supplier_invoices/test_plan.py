"""How a supplier invoice is cut into parts, and when it is held before anything is written (C8, H20, H39, H42)."""

from __future__ import annotations

from decimal import Decimal as D
from typing import Any

import msgspec
import pytest

from lagerbro.books.zones import Zone
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.flows.supplier_invoices.plan import items_without_group
from lagerbro.rackbeat.supplier_invoice_types import SupplierInvoice
from lagerbro.rackbeat.supplier_types import InvoicingSupplier
from tests.flows.supplier_invoices.purchases import BIKES, GEAR, GRID, directory, invoice, line, planned


def cut(document: SupplierInvoice, factor: int = 1, **changes: Any) -> list[tuple[int, str, D]]:
    return [(part.account, part.vat_code, part.amount) for part in planned(document, factor, **changes).parts]


def refused(document: SupplierInvoice, **changes: Any) -> PlanRefusal:
    with pytest.raises(PlanRefusal) as found:
        planned(document, **changes)
    return found.value


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("domestic", [(1310, "I25", D("12500.00")), (1311, "I25", D("2500.00"))]),
        ("eu", [(1320, "IEUV", D("10000.00")), (1321, "IEUV", D("2000.00"))]),
        ("abroad", [(1330, "IVV", D("10000.00")), (1331, "IVV", D("2000.00"))]),
    ],
)
def test_one_part_for_each_account(zone: str, expected: list[tuple[int, str, D]]) -> None:
    vat = 25 if zone == "domestic" else 0
    lines = (line(6000, BIKES, vat), line(2000, GEAR, vat), line(4000, BIKES, vat))
    assert cut(invoice(*lines, zone=zone)) == expected


def test_what_rounding_leaves_is_on_the_largest() -> None:
    """C8e: 41.66 + 83.34 is the total; where the total says an øre more, the larger part has it."""
    lines = (line("33.33", GEAR), line("66.67", BIKES))
    assert [amount for *_, amount in cut(invoice(*lines))] == [D("41.66"), D("83.34")]
    more = invoice(*lines, total_vat=D("25.01"), total_total=D("125.01"))
    assert [amount for *_, amount in cut(more)] == [D("41.66"), D("83.35")]
    thirds = [line("0.03", group) for group in (BIKES, GEAR, None)]  # 0.0375 each, and 0.11 in all
    assert sorted(amount for *_, amount in cut(invoice(*thirds))) == [D("0.03"), D("0.04"), D("0.04")]


def test_sides_are_by_the_sum_of_an_account_and_noughts_are_left_out() -> None:
    document = invoice(line(100, BIKES), line(-100, BIKES), line(0, None), line(-40, GEAR), line(200, None))
    assert cut(document) == [(1311, "I25", D("-50.00")), (1340, "I25", D("250.00"))]


def test_the_announced_total_of_a_line_is_the_truth() -> None:
    assert cut(invoice(line("99.995"), total_subtotal=D("100.00"), total_vat=D("25.00"), total_total=D("125.00"))) == [
        (1310, "I25", D("125.00"))
    ]


def test_a_credit_note_is_turned() -> None:
    assert cut(invoice(line(100)), factor=-1) == [(1310, "I25", D("-125.00"))]


def test_lines_that_name_no_rate_share_the_documents_vat() -> None:
    document = invoice(line(100, BIKES, None), line(300, GEAR, None), total_vat=D("100.00"), total_total=D("500.00"))
    assert cut(document) == [(1310, "I25", D("125.00")), (1311, "I25", D("375.00"))]


def test_an_item_whose_line_tells_no_group_is_asked_for() -> None:
    bare = msgspec.structs.replace(line(100), item=None, child_id="NL-1")
    freight, nought = line(10, None), msgspec.structs.replace(bare, line_total=D(0), child_id="NL-2")
    assert items_without_group(invoice(bare, freight, nought)) == ["NL-1"]


def test_nothing_at_all_has_no_parts() -> None:
    assert cut(invoice(line(0))) == []


def test_the_fallback_is_told_once_for_each_cell() -> None:
    undecided = {name: account for name, account in GRID.items() if not name.startswith("5.")}
    found = planned(invoice(line(100, GEAR), line(50, GEAR), line(10)), purchase_accounts=undecided)
    assert [(one.group, one.reason, at.account) for one, at in found.fallbacks] == [("5", "undecided", 1390)]
    assert [(part.account, part.amount) for part in found.parts] == [(1390, D("187.50")), (1310, D("12.50"))]


@pytest.mark.parametrize(
    ("document", "code", "details"),
    [
        (invoice(), "supplier_invoice_without_lines", {}),
        (invoice(line(1), supplier_id=None, supplier=None), "invoice_without_supplier", {}),
        (invoice(line(1), zone="moon"), "zone_unknown", {"zone": "moon"}),
        (
            invoice(line(1), supplier=InvoicingSupplier(50001, vat_zone="eu")),
            "supplier_zone_differs",
            {"zone": "domestic", "supplier_zone": "eu"},
        ),
        (
            invoice(line(100), total_subtotal=D("90.00"), total_vat=D("22.50"), total_total=D("112.50")),
            "lines_differ_from_total",
            {"ours": "100.00", "theirs": "90.00"},
        ),
        (invoice(line(1), total_total=D("7.00")), "invoice_contradicts", {"reason": "1.00 + 0.25 ≠ 7.00"}),
        (invoice(line(1, vat=0), currency="EUR", currency_rate=D(0), zone="eu"), "rate_missing", {"currency": "EUR"}),
        (
            invoice(line(100, vat=25), zone="eu"),
            "foreign_vat_charged",
            {"account": "1320", "vat": "IEUV", "charged": "25.00", "zone": "eu"},
        ),
        (
            invoice(line(100, vat=25), line(100, vat=0)),
            "vat_not_charged",
            {"account": "1310", "vat": "I25", "charged": "25.00", "deducted": "45.00"},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_held(document: SupplierInvoice, code: str, details: dict[str, str]) -> None:
    found = refused(document)
    assert (found.code, found.details) == (code, details)


def test_a_reverse_charge_takes_no_vat_that_was_charged() -> None:
    assert refused(invoice(line(100)), purchase_accounts={"1.domestic": 1320}).code == "reverse_charge_and_vat"


def test_less_deduction_than_was_charged_is_the_accounts_decision() -> None:
    assert cut(invoice(line(100)), purchase_accounts={"1.domestic": 2750}) == [(2750, "REP", D("125.00"))]
    assert cut(invoice(line(100)), purchase_accounts={"1.domestic": 1350}) == [(1350, "", D("125.00"))]


def test_the_exempt_zone() -> None:
    exempt = invoice(line(100, vat=0), zone="domestic_exempt")
    found = planned(exempt, purchase_accounts={"1.domestic_exempt": 1360})
    assert found.zone is Zone.DOMESTIC_EXEMPT
    assert [(part.account, part.vat_code, part.amount) for part in found.parts] == [(1360, "", D("100.00"))]
    assert refused(exempt, purchase_accounts={"1.domestic_exempt": 1310}).code == "vat_not_charged"


def test_a_code_of_another_kind_is_known_by_the_directory() -> None:
    assert directory().vat_codes["IEUV"].contra_account == 6904
