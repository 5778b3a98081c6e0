"""A19, A20 and F11 as they are answered on the page and obeyed in the stock, with what is said where they fail."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal as D

import pytest
from django.utils.translation import override

from lagerbro.sync.models import TransferState
from lagerbro.web.status.messages import message_for
from tests.flows.orders.conftest import seller
from tests.flows.orders.selling import Seller, facts, line
from tests.flows.settings.rows import ON_OFF, Row, saved_shown_and_checked
from tests.web.settings_page import SettingsPage

__all__ = ["seller"]
pytestmark = pytest.mark.django_db
POLL = "economic_invoices_poll"


def told(seller: Seller, number: int, kind: str = "order") -> tuple[str, str]:
    """What its page says of it, in Danish and in English."""
    transfer, said = seller.transfer(number, kind), []
    for language in ("da", "en"):
        with override(language):
            message = message_for(transfer, is_overdue=False)
            assert message is not None
            said.append(f"{message.what} {message.why} {message.do}")
    return said[0], said[1]


def test_f11_row(sheet: SettingsPage) -> None:
    saved_shown_and_checked(sheet, Row("F11", "take_draft_orders", ON_OFF))


@pytest.mark.parametrize("answer", ["on", "off"])
def test_a19_moves_the_goods_of_an_invoice_born_in_economic(sheet: SettingsPage, seller: Seller, answer: str) -> None:
    sheet.send(mark_shipped=answer)
    seller.look(poll=POLL)
    stock = seller.stock("NL-100")
    seller.invoice(line())
    seller.look(poll=POLL)
    assert seller.stock("NL-100") == stock - (2 if answer == "on" else 0)
    page = sheet.open().html
    assert "Denne udgave" not in page.replace("Denne udgave af Lagerbro", "")


def test_a20_empty_is_told_with_its_remedy_and_filled_in_goes_on(sheet: SettingsPage, seller: Seller) -> None:
    sheet.send(empty_line_item="")
    number = seller.order(line(), line(None, description="Montering aftalt pr. telefon"))
    seller.look()
    danish, english = told(seller, number)
    assert danish == (
        f"Ordre {number} fra e-conomic er ikke hentet til Rackbeat. Linje 2, “Montering aftalt pr. telefon”, har ingen "
        "vare i e-conomic, og i Rackbeat har hver linje en vare. Udfyld “Varenr. til tomme e-conomic varelinjer” i "
        "indstillingerne, og tryk “Prøv igen”, eller sæt en vare på linjen i e-conomic."
    )
    assert english.startswith(f"Order {number} of e-conomic is not taken into Rackbeat. Line 2, “Montering")
    assert seller.orders() == []
    sheet.send(empty_line_item="GEBYR")
    seller.again(number)
    (order,) = seller.orders()
    assert facts(order)[1] == ("GEBYR", D(0), D(0))
    assert order["lines"][1]["name"] == "Montering aftalt pr. telefon"


def test_a20_with_an_item_kept_in_stock_moves_none_of_it(sheet: SettingsPage, seller: Seller) -> None:
    sheet.send(empty_line_item="NL-100")
    number = seller.order(line("GEBYR", 1, "10.00"))
    seller.rewrite(
        number, lines=[{"description": "Fragt", "quantity": D(1), "unitNetPrice": D("50.00")}], netAmount=D("50.00")
    )
    stock = seller.stock("NL-100")
    seller.look()
    danish, _ = told(seller, number)
    assert "Der ville gå varer ud af lageret, som aldrig er solgt" in danish
    assert (seller.orders(), seller.stock("NL-100")) == ([], stock)
    sheet.send(empty_line_item="GEBYR")
    seller.again(number)
    assert seller.transfer(number).state == TransferState.TRANSFERRED


@pytest.mark.parametrize("answer", ["on", "off"])
def test_f11_drafts_of_orders_are_taken_by_choice(sheet: SettingsPage, seller: Seller, answer: str) -> None:
    sheet.send(take_draft_orders=answer)
    seller.company.systems.clock.catch_up(datetime.now(UTC))  # the page decides by the real clock
    seller.order(sent=False)
    seller.look()
    assert [order["is_booked"] for order in seller.orders()] == [False] * (answer == "on")


def test_a15_off_takes_nothing(sheet: SettingsPage, seller: Seller) -> None:
    sheet.send(sales_enabled="off")
    seller.order()
    seller.invoice()
    seller.look()
    seller.look(poll=POLL)
    assert (seller.orders(), seller.invoices()) == ([], [])
