"""Kundefakturaer, A15–A21 with H10, H11, H17: stored, shown, checked, and obeyed in e-conomic's ledger."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from lagerbro.sync.models import TransferState
from tests.flows.settings.rows import ON_OFF, Row, saved_shown_and_checked
from tests.web.settings_page import SettingsPage
from tests.world import Company

pytestmark = pytest.mark.django_db
ITEM = (("INTET", "Vare INTET findes ikke i Rackbeat."),)
ROWS = (
    Row("A15", "sales_enabled", tuple(reversed(ON_OFF))),
    Row("A16", "use_actual_quantity", ON_OFF),
    Row("A17", "book_on_booking", ON_OFF),
    Row("A18", "never_book_ean", ON_OFF),
    Row("A19", "mark_shipped", ON_OFF),
    Row("A20 H17", "empty_line_item", (("GEBYR", "GEBYR"), ("NL-100", "NL-100"), ("", None)), ITEM),
    Row("A21", "oss_enabled", ON_OFF),
    Row(
        "H11", "number_taken", (("next", "next"), ("stop", "stop")), (("sometimes", "er ikke en af valgmulighederne"),)
    ),
    Row(
        "H33",
        "vat_rounding_limit",
        (("0,10", D("0.10")), ("0,00", D("0.00")), ("5,00", D("5.00"))),
        (
            ("0,001", "Skriv et beløb fra 0,00 til 5,00"),
            ("5,01", "Skriv et beløb"),
            ("-1", "Skriv et beløb"),
            ("lidt", "er ikke et beløb"),
            ("NaN", "er ikke et beløb"),
        ),
    ),
    Row(
        "H10 item",
        "rounding_item",
        (("GEBYR", "GEBYR"), ("", None)),
        (*ITEM, ("NL-100", "En lagerført vare. Her er det meningen, at varen er uden lager.")),
    ),
)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row(sheet: SettingsPage, row: Row) -> None:
    saved_shown_and_checked(sheet, row)


def test_a15_off_moves_nothing_and_on_moves_what_comes_then(sheet: SettingsPage, company: Company) -> None:
    sheet.send(sales_enabled="off")
    number = company.systems.invoice()
    assert company.invoiced(number).code == "sales_off"
    assert (company.systems.entries(), company.systems.drafts()) == ([], [])
    sheet.send(sales_enabled="on")
    assert (company.systems.entries(), company.systems.drafts()) == ([], [])  # nothing acts backwards by itself
    assert company.invoiced(company.systems.invoice()).state == TransferState.TRANSFERRED
    assert (1012, D("-3196.00")) in company.systems.entries()


@pytest.mark.parametrize(
    ("typed", "line"), [("on", (D(3), D("3196.00"))), ("off", (D(1), D("9588.00")))], ids=["on", "off"]
)
def test_a16_the_quantity_of_the_lines(sheet: SettingsPage, company: Company, typed: str, line: tuple[D, D]) -> None:
    sheet.send(use_actual_quantity=typed)
    company.invoiced(company.systems.invoice({"item_id": "NL-100", "quantity": 3}))
    (booked,) = company.systems.booked()
    assert [(row["quantity"], row["unitNetPrice"]) for row in booked["lines"]] == [line]
    assert company.systems.entries() == [(5600, D("11985.00")), (1012, D("-9588.00")), (6902, D("-2397.00"))]


EAN, PLAIN = 10034, 10001


@pytest.mark.parametrize(
    ("book", "never", "customer", "is_booked"),
    [
        ("off", "off", PLAIN, False),
        ("off", "off", EAN, False),
        ("off", "on", PLAIN, False),
        ("off", "on", EAN, False),
        ("on", "off", PLAIN, True),
        ("on", "off", EAN, True),
        ("on", "on", PLAIN, True),
        ("on", "on", EAN, False),
    ],
)
def test_a17_and_a18_decide_what_is_booked(  # the table C7
    sheet: SettingsPage, company: Company, book: str, never: str, customer: int, is_booked: bool
) -> None:
    sheet.send(book_on_booking=book, never_book_ean=never)
    transfer = company.invoiced(company.systems.invoice(customer=customer))
    assert transfer.state == (TransferState.TRANSFERRED if is_booked else TransferState.DRAFTED)
    assert bool(company.systems.entries()) is is_booked
    assert (len(company.systems.booked()), len(company.systems.drafts())) == (int(is_booked), int(not is_booked))


def test_a18_without_a17_says_that_it_has_no_effect(sheet: SettingsPage) -> None:
    page = sheet.send(book_on_booking="off", never_book_ean="on")
    assert "Har ingen virkning nu" in page.html
    assert "Har ingen virkning nu" not in sheet.send(book_on_booking="on").html


def test_h17_an_item_with_stock_is_allowed_for_empty_lines_and_said(sheet: SettingsPage) -> None:
    assert "En lagerført vare." in sheet.send(empty_line_item="NL-100").html
    assert "En lagerført vare." not in sheet.send(empty_line_item="GEBYR").html


def test_h11_a_taken_number_stops_or_goes_on(sheet: SettingsPage, company: Company) -> None:
    company.invoiced(company.systems.invoice())
    for row in company.systems.booked():
        taken = {**row, "bookedInvoiceNumber": 1002}
        company.systems.economic.store.put(1180001, "booked", 1002, taken)
    number = company.systems.invoice()
    assert number == 1002
    assert company.invoiced(number).code == "number_taken"
    entries = company.systems.entries()
    sheet.send(number_taken="next")
    assert company.invoiced(number).code == "number_differs"
    assert len(company.systems.entries()) == len(entries) + 3


@pytest.mark.parametrize(("limit", "code"), [("0,01", "vat_rounding"), ("0,00", "vat_rounding_too_large")])
def test_h33_a_difference_in_vat_is_booked_up_to_the_limit(
    sheet: SettingsPage, company: Company, limit: str, code: str
) -> None:
    sheet.send(vat_rounding_limit=limit)
    line = {"item_id": "NL-100", "quantity": 1, "line_price": "50.00", "vat_percentage": "24.99"}
    assert company.invoiced(company.systems.invoice(line, line)).code == code
    assert bool(company.systems.entries()) is (code == "vat_rounding")


def test_h33_half_a_krone_holds_until_something_is_answered(sheet: SettingsPage) -> None:
    assert sheet.choices().vat_rounding_limit == D("0.50")
    assert sheet.open().fields["vat_rounding_limit"] == ["0,50"]


def test_h33_what_was_answered_under_the_earlier_range_still_holds(sheet: SettingsPage, company: Company) -> None:
    company.decide(vat_rounding_limit="7.50")
    page = sheet.open()
    assert page.fields["vat_rounding_limit"] == ["7,50"]
    assert "Skriv et beløb fra 0,00 til 5,00" in page.html
    assert "1 ændring er gemt." in sheet.send(opened=page, use_actual_quantity="off").html
    assert sheet.choices().vat_rounding_limit == D("7.50")
