"""*Begge sider* says what stands there now: what was unbooked, changed, deleted or booked for somebody else is told as
that, with what it comes to now."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from lagerbro.people.models import Role
from tests.visiting import sign_in
from tests.web.activity.test_again import DANISH, gone, page_of
from tests.world import Company


def transferred(company: Company, *, as_draft: bool) -> int:
    company.decide(book_on_booking=not as_draft)
    number = company.systems.invoice()
    company.invoiced(number)
    company.systems.clock.sleep_s(60)
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/unbook")
    return number


def repriced(company: Company, number: int) -> None:
    lines = [{"item_id": "NL-100", "quantity": 1, "line_price": 180}]
    company.systems.in_rackbeat("PUT", f"customer-invoices/{number}", {"lines": lines})


def shown(client: Client, company: Company, number: int) -> str:
    page = page_of(company, number, sign_in(client, company.agreement, Role.BOOKKEEPER))
    text = client.get(page, headers=DANISH).content.decode()
    bare = re.sub(r'<details.*?</details>|<span class="nobr">|</span>', "", text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", bare)


def amounts(page: str) -> list[tuple[str, str]]:
    """(Rackbeat, e-conomic) as the table has them: without VAT, VAT, with VAT."""
    cells = re.findall(r'data-label="(?:Rackbeat|e-conomic)">([^<]*)<', page)
    return list(zip(cells[::2], cells[1::2], strict=True))


@pytest.mark.parametrize("as_draft", [False, True], ids=["booked", "draft"])
def test_what_was_unbooked_is_shown_with_what_it_comes_to_now(client: Client, company: Company, as_draft: bool) -> None:
    number = transferred(company, as_draft=as_draft)
    repriced(company, number)
    company.invoiced(number)
    page = shown(client, company, number)
    assert amounts(page) == [("180,00", "3.196,00"), ("45,00", "799,00"), ("225,00", "3.995,00")]
    assert "ikke bogført længere" in page
    assert "Med moms giver den nu 225,00 i Rackbeat og 3.995,00 i e-conomic." in page
    assert ("Bogfør ikke kladden; slet den i e-conomic." in page) is as_draft
    assert ("Det er rigtigt</button>" in page) is not as_draft


def test_what_was_deleted_has_no_amount_in_rackbeat(client: Client, company: Company) -> None:
    number = transferred(company, as_draft=False)
    company.systems.in_rackbeat("DELETE", f"customer-invoices/{number}")
    company.invoiced(number)
    page = shown(client, company, number)
    assert amounts(page) == [("–", "3.196,00"), ("–", "799,00"), ("–", "3.995,00")]
    assert "findes ikke i Rackbeat længere, men er bogført i e-conomic som nummer" in page


def test_a_changed_one_whose_draft_stands_is_offered_to_be_made_again(client: Client, company: Company) -> None:
    number = transferred(company, as_draft=True)
    repriced(company, number)
    company.systems.in_rackbeat("POST", f"customer-invoices/{number}/book")
    company.invoiced(number)
    page = shown(client, company, number)
    assert amounts(page)[2] == ("225,00", "3.995,00")
    assert "<button>Lav den igen</button>" in page


def test_a_draft_that_is_gone_stands_nowhere_on_the_page(client: Client, company: Company) -> None:
    page = shown(client, company, gone(company))
    assert "Intet af den ligger i e-conomic længere." in page
    assert amounts(page) == []
    assert page.count("3.995,00") == 1  # what it comes to in Rackbeat, beside its customer
