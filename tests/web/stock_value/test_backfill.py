"""Past days on their page: shown before anything is posted, posted as they were shown, and refused by name."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from lagerbro.people.models import Role
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.stock_value.shop import OPENING
from tests.reading import said
from tests.web.stock_value.conftest import Visitor

pytestmark = pytest.mark.django_db
OCT_1, OCT_30, OCT_31 = date(2026, 10, 1), date(2026, 10, 30), date(2026, 10, 31)
TUE = date(2026, 11, 24)
CONTRA_NAMED = "1350 Vareforbrug, lagerregulering"


def asked(first: date = OCT_1, last: date = OCT_31, vouchers: str = "single") -> dict[str, str]:
    return {"first": str(first), "last": str(last), "vouchers": vouchers}


def show(visitor: Visitor, **more: Any) -> str:
    answer = visitor.client.post(f"{visitor.base}stock-value/earlier-days/show/", asked(**more))
    assert answer.status_code == 200
    visitor.shown = said(answer)
    return visitor.words(visitor.shown)


def begin(visitor: Visitor, **more: Any) -> str:
    answer = visitor.client.post(f"{visitor.base}stock-value/earlier-days/begin/", asked(**more), follow=True)
    assert answer.status_code == 200
    return visitor.words(said(answer))


def test_a_range_with_one_voucher_is_shown_and_then_posted_as_shown(visitor: Visitor) -> None:
    shop = visitor.shop
    shop.values[OCT_1] = OPENING + 750
    text = show(visitor)
    assert "1 bilag i kassekladde 2, uden moms: 750,00 i alt på varelagerkontoen. De står som kladder" in text
    assert visitor.rows_in(visitor.shown, "records")[0][0] == "31.10.2026"
    assert visitor.rows_in(visitor.shown, "records")[0][-3:] == [
        "5820 Varelager",
        "1350 Vareforbrug, lagerregulering",
        "750,00",
    ]
    assert shop.drafts() == []
    assert "0 af 1 del er færdig." in begin(visitor)
    shop.company.drain()
    (draft,) = shop.drafts()
    assert (draft["amount"], draft["date"]) == (750, "2026-10-31")
    assert "Færdig." in visitor.read("earlier-days/")
    assert "Intet: bogført saldo og vores kladder giver allerede Rackbeats lagerværdi." in show(visitor)


def test_days_one_by_one_with_what_is_taken_back_on_the_next_night(visitor: Visitor) -> None:
    shop = visitor.shop
    shop.run(TUE, OPENING + 100)
    shop.values |= {OCT_30: OPENING - 40, OCT_31: OPENING + 60}
    show(visitor, first=OCT_30, vouchers="daily")
    rows = [[row[0], *row[-3:]] for row in visitor.rows_in(visitor.shown, "records")]
    stock, contra = "5820 Varelager", CONTRA_NAMED
    assert rows == [
        ["30.10.2026", contra, stock, "40,00"],
        ["31.10.2026", stock, contra, "100,00"],
        ["24.11.2026 Fører det tilføjede tilbage: den dag blev målt uden det.", contra, stock, "60,00"],
    ]
    begin(visitor, first=OCT_30, vouchers="daily")
    shop.company.drain()
    assert sorted(shop.amounts()) == [-60, -40, 100, 100]


def test_closed_periods_are_named_and_nothing_is_posted(visitor: Visitor) -> None:
    shop = visitor.shop
    shop.values[OCT_1] = OPENING + 750
    shop.company.systems.admin("economic", "periods/bar", agreement=1180001, year="2026", date=str(OCT_31))
    text = show(visitor)
    assert "Dette kan ikke bogføres." in text
    assert "01.10.2026–31.10.2026" in text or "2026-10-01–2026-10-31" in text
    assert 'earlier-days/begin/"' not in visitor.shown
    begin(visitor)
    shop.company.drain()
    assert shop.drafts() == []
    text = visitor.read("earlier-days/")
    assert "Prøv igen" in text
    assert "0 af 1 del er færdig." in text


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"first": TUE, "last": TUE}, "Vælg dage, der er gået."),
        ({"first": OCT_31, "last": OCT_1}, "Vælg dage, der er gået."),
        ({"first": date(2026, 7, 1), "vouchers": "daily"}, "Vælg færre dage eller ét bilag for hele perioden."),
        ({"first": date(2010, 1, 1)}, "Vælg færre dage eller ét bilag for hele perioden."),
        ({"vouchers": "weekly"}, "Vælg dage, der er gået."),
    ],
)
def test_days_that_cannot_be_asked_for(visitor: Visitor, wanted: dict[str, Any], told: str) -> None:
    assert told in show(visitor, **wanted)
    assert visitor.shop.drafts() == []


def test_what_is_typed_by_hand_into_the_address_is_a_page_and_no_fault(visitor: Visitor) -> None:
    for query in ("?first=x&last=31-12-2026", "?vouchers=%00", "?page=99"):
        assert visitor.client.get(f"{visitor.base}stock-value/earlier-days/{query}").status_code in (200, 400)
    answer = visitor.client.post(f"{visitor.base}stock-value/earlier-days/begin/", {"first": "2026-13-01"})
    assert (answer.status_code, visitor.shop.drafts()) == (200, [])


def test_a_system_that_does_not_answer(visitor: Visitor) -> None:
    visitor.shop.company.systems.economic.faults.set(Fault("down", status=503, times=None))
    assert "Det kunne ikke regnes ud." in show(visitor)
    visitor.shop.company.systems.economic.faults.clear()
    assert "Intet: bogført saldo" in show(visitor)


@pytest.mark.parametrize("act", ["show", "begin"])
def test_a_reader_may_look_and_not_ask(visitor: Visitor, act: str) -> None:
    visitor.sign_in(Role.READER)
    assert (
        "<form" not in visitor.client.get(f"{visitor.base}stock-value/earlier-days/").content.decode().split("<main")[1]
    )
    address = f"{visitor.base}stock-value/earlier-days/{act}/"
    assert visitor.client.post(address, asked()).status_code == 403


def test_before_it_is_on_there_is_a_way_to_the_setting(visitor: Visitor) -> None:
    visitor.shop.company.decide(stock_value_enabled=False)
    text = visitor.client.get(f"{visitor.base}stock-value/earlier-days/").content.decode()
    assert "#q-stock-value-enabled" in text
    assert 'name="first"' not in text


def test_a_long_range_is_read_some_days_at_a_time_and_shown_whole(visitor: Visitor) -> None:
    """92 days; what is then posted is what was shown, voucher by voucher."""
    shop, first = visitor.shop, date(2026, 8, 1)
    for day, more in ((date(2026, 8, 3), 10), (date(2026, 9, 29), 25), (date(2026, 10, 31), 40)):
        shop.values[day] = OPENING + more
    visitor.at(TUE)
    text, read = show(visitor, first=first, vouchers="daily"), ""
    for done in (45, 90):
        assert f"Lagerværdien for {done} af 92 dage er hentet fra Rackbeat." in text
        assert "Overfør" not in text
        found = re.search(r'name="read" value="([^"]*)"', visitor.shown)
        assert found is not None
        read = unescape(found[1])
        sent = {**asked(first=first, vouchers="daily"), "read": read}
        answer = visitor.client.post(f"{visitor.base}stock-value/earlier-days/show/", sent)
        visitor.shown = said(answer)
        text = visitor.words(visitor.shown)
    assert "3 bilag i kassekladde 2, uden moms: 40,00 i alt på varelagerkontoen." in text
    begin(visitor, first=first, vouchers="daily")
    for _ in range(4):
        shop.company.drain()
    made = sorted((row["date"], row["amount"]) for row in shop.drafts())
    assert made == [("2026-08-03", 10), ("2026-09-29", 15), ("2026-10-31", 15)]


def test_values_that_nobody_has_read_are_not_taken_from_the_form(visitor: Visitor) -> None:
    visitor.at(TUE)
    for read in ("{", "[]", '{"2026-10-31": 5}'):
        sent = {**asked(), "read": read}
        answer = visitor.client.post(f"{visitor.base}stock-value/earlier-days/show/", sent)
        assert "Intet: bogført saldo og vores kladder" in visitor.words(said(answer))
