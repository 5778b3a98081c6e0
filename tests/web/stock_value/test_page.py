"""Lagerværdi with exact figures, from both local systems: what will be posted, why the two differ, what was done."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from lagerbro.agreements import directories
from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.agreements.scope import agreement_scope
from lagerbro.economic.client import Economic
from lagerbro.people.models import Role
from lagerbro.rackbeat.client import Rackbeat
from lagerbro.web import formats
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.stock_value.shop import CONTRA, JOURNAL, OPENING
from tests.web.stock_value.conftest import Visitor

pytestmark = pytest.mark.django_db
MON, TUE, WED, THU = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)


def kr(amount: D | int) -> str:
    return formats.amount(D(amount))


def test_the_next_voucher_is_told_before_it_happens_and_made_as_it_was_told(visitor: Visitor) -> None:
    shop = visitor.shop
    shop.run(TUE, OPENING + 12000)
    visitor.at(WED)
    shop.values[WED] = OPENING + 12500
    shop.post(WED, "1000")
    visitor.press("fetch")
    text = visitor.read()
    assert "Et bilag på 11.500,00 bliver overført som kladde 25.11.2026 23:59, hvis intet ændrer sig inden da." in text
    assert visitor.rows("posting") == [
        ["5820 Varelager", "11.500,00", ""],
        ["1350 Vareforbrug, lagerregulering", "", "11.500,00"],
    ]
    (before,) = shop.drafts()
    assert f"Det afløser vores åbne kladde, bilag {before['voucher']} på 12.000,00." in text
    assert "Rackbeat Justering 25-11-2026 · RB-L20261125" in text
    shop.run(WED)
    (draft,) = shop.drafts()
    assert (draft["amount"], draft["contraAccount"]) == (11500, CONTRA)


def test_an_earlier_period_that_is_put_right_together_with_it_is_told(visitor: Visitor) -> None:
    shop, end, day = visitor.shop, date(2026, 11, 30), date(2026, 12, 1)
    shop.run(end, OPENING + 12000)
    (draft,) = shop.drafts()
    shop.edit(draft["entryNumber"], amount=11000)
    visitor.at(day)
    shop.values[end], shop.values[day] = OPENING + 12000, OPENING + 12500
    visitor.press("fetch")
    text = visitor.read()
    assert "Et bilag på 500,00 bliver overført som kladde 01.12.2026 23:59, hvis intet ændrer sig inden da." in text
    told = "Samtidig overføres 1.000,00 som kladde på 30.11.2026: vores kladde i den tidligere periode er ændret,"
    assert told in text
    shop.run(day)
    amounts = sorted((row["date"], row["amount"]) for row in shop.drafts())
    assert amounts == [("2026-11-30", 1000), ("2026-11-30", 11000), ("2026-12-01", 500)]
    visitor.press("fetch")
    assert "Samtidig overføres" not in visitor.read()


def test_a_fall_is_credited(visitor: Visitor) -> None:
    visitor.at(TUE)
    visitor.shop.values[TUE] = OPENING - 2500
    visitor.press("fetch")
    assert visitor.rows("posting") == [
        ["1350 Vareforbrug, lagerregulering", "2.500,00", ""],
        ["5820 Varelager", "", "2.500,00"],
    ]


def test_the_difference_is_told_by_its_parts(visitor: Visitor) -> None:
    shop = visitor.shop
    shop.run(TUE, OPENING + 12000)
    visitor.at(WED)
    (draft,) = shop.drafts()
    shop.edit(draft["entryNumber"], amount=11000)
    shop.post(MON, "400")
    shop.values[TUE], shop.values[WED] = OPENING + 12300, OPENING + 15000
    visitor.press("fetch")
    others = max(
        entry.voucher
        for entry in shop.company.systems.economic.store.entries.between(1180001, "2026-11-23", "2026-11-23")
        if entry.account == 5820
    )
    assert visitor.rows("parts") == [
        [
            f"Vores kladde i e-conomic: bilag {draft['voucher']}, kassekladde 2, dateret 24.11.2026 "
            "Nogen har ændret den; den tæller med, som den står.",
            "11.000,00",
        ],
        [f"Bogført af andre: bilag {others}, 23.11.2026 “Manuel”", "−400,00"],
        ["Vores justering for 24.11.2026 er ændret, flyttet eller slettet i e-conomic", "1.000,00"],
        ["Dateret tilbage i Rackbeat: lagerværdien for 24.11.2026 er ændret siden kørslen", "300,00"],
        ["Lageret har bevæget sig i Rackbeat siden 24.11.2026", "2.700,00"],
        ["Uforklaret", "0,00"],
        ["Forskel i alt", "14.600,00"],
    ]


def test_what_is_booked_leaves_the_explanation(visitor: Visitor) -> None:
    visitor.shop.run(TUE, OPENING + 12000)
    visitor.shop.book_all()
    visitor.at(WED)
    visitor.press("fetch")
    assert visitor.rows("parts") == [["Uforklaret", "0,00"], ["Forskel i alt", "0,00"]]
    text = visitor.read()
    assert "Der bliver ikke lavet et bilag. Lagerværdi, bogført saldo og vores kladder stemmer på øren." in text


def test_a_small_difference_is_named_with_the_smallest_amount(visitor: Visitor) -> None:
    visitor.shop.company.decide(stock_minimum="50.00")
    visitor.shop.run(MON, OPENING + 100)
    visitor.at(TUE)
    visitor.shop.values[TUE] = OPENING + 100
    visitor.shop.book_all()
    visitor.shop.values[TUE] = OPENING + 149
    visitor.press("fetch")
    assert "Forskellen på 49,00 er under det mindste beløb på 50,00, som du har valgt." in visitor.read()


def test_each_run_is_one_line(visitor: Visitor) -> None:
    shop = visitor.shop
    shop.run(MON, OPENING + 100)
    shop.run(TUE, OPENING + 250)
    (draft,) = shop.drafts()
    number = f"2026-{draft['voucher']}"
    shop.run(WED, OPENING)
    visitor.press("fetch")
    assert visitor.rows("records runs") == [
        [
            "25.11.2026",
            kr(OPENING),
            kr(OPENING),
            "0,00",
            "overført Lagerværdien 25.11.2026 krævede intet bilag: der var intet at bogføre.",
        ],
        ["24.11.2026", kr(OPENING + 250), kr(OPENING), "250,00", f"{number}: 250,00, står ikke længere i kassekladden"],
        ["23.11.2026", kr(OPENING + 100), kr(OPENING), "100,00", f"{number}: 100,00, afløst af en senere kørsel"],
    ]


def test_a_run_that_stopped_is_told_first_and_can_be_tried_again(visitor: Visitor) -> None:
    shop = visitor.shop
    shop.company.decide(stock_journal=999)
    shop.run(TUE, OPENING + 100)
    text = visitor.read()
    assert "En kørsel af lagerværdien kræver dig." in text
    assert "Kassekladde 999 findes ikke i e-conomic." in text
    shop.company.decide(stock_journal=JOURNAL)
    visitor.press("retry")
    shop.company.drain()
    assert shop.amounts() == [100]
    assert "kræver dig" not in visitor.read()


def test_the_first_difference_is_asked_about_and_transferred_when_answered(visitor: Visitor) -> None:
    shop = visitor.shop
    shop.company.decide(stock_post_opening=False)
    shop.run(TUE, OPENING + 250000)
    visitor.press("fetch")
    text = visitor.read()
    assert "Den første forskel på 250.000,00 venter på dit svar." in text
    assert "Overfør den første forskel" in text
    visitor.press("opening")
    shop.company.drain()
    assert shop.amounts() == [250000]
    assert "Overfør den første forskel" not in visitor.read()


def test_the_first_difference_is_gone_when_the_opening_balance_was_booked_by_hand(visitor: Visitor) -> None:
    shop = visitor.shop
    shop.company.decide(stock_post_opening=False)
    shop.run(TUE, OPENING + 250000)
    visitor.press("fetch")
    shop.post(TUE, "250000", contra=5830)
    visitor.press("retry")
    shop.company.drain()
    assert shop.drafts() == []
    assert "venter på dit svar" not in visitor.read()


def test_the_chart_has_ninety_days_and_earlier_values_are_read_a_few_at_a_time(visitor: Visitor) -> None:
    shop = visitor.shop
    shop.run(TUE, OPENING + 100)
    shop.book_all()
    visitor.at(WED)
    visitor.press("fetch")
    rows = visitor.rows("compact")
    assert (len(rows), rows[0][0], rows[-1][0]) == (90, "25.11.2026", "28.08.2026")
    assert rows[0][1:] == [kr(OPENING + 100), kr(OPENING + 100), "0,00", kr(OPENING + 100), "0,00"]
    assert rows[1][1:] == [kr(OPENING + 100), kr(OPENING + 100), "0,00", kr(OPENING + 100), "0,00"]
    assert rows[2][1:] == ["–", kr(OPENING), "0,00", kr(OPENING), "–"]
    for left in (58, 28):
        visitor.press("earlier")
        assert f"Lagerværdien for {left} dage er ikke hentet" in visitor.read()
    visitor.press("earlier")
    assert "er ikke hentet fra Rackbeat" not in visitor.read()
    assert visitor.rows("compact")[2][1:] == [kr(OPENING), kr(OPENING), "0,00", kr(OPENING), "0,00"]


def test_a_draft_stands_beside_the_booked_balance_from_its_day_on(visitor: Visitor) -> None:
    visitor.shop.run(TUE, OPENING + 100)
    visitor.at(WED)
    visitor.press("fetch")
    rows = visitor.rows("compact")
    assert [row[3] for row in rows[:3]] == ["100,00", "100,00", "0,00"]
    assert [row[5] for row in rows[:2]] == ["100,00", "100,00"]


def test_a_look_costs_two_calls_to_economic_and_the_page_none(visitor: Visitor) -> None:
    systems = visitor.shop.company.systems
    visitor.at(TUE)
    systems.to_economic.asked.clear()
    systems.to_rackbeat.asked.clear()
    visitor.client.post(f"{visitor.base}stock-value/fetch/")
    assert sorted(systems.to_economic.asked) == [
        "GET /bookedEntriesapi/v4.0.0/booked-entries",
        "GET /journalsapi/v15.0.0/draft-entries",
    ]
    first_look = ["GET /api/purchase-orders", "GET /api/revenue-orders"]  # the latter for the currency
    assert sorted(systems.to_rackbeat.asked) == first_look  # its report of the stock value is stood in for
    visitor.read()
    assert (len(systems.to_economic.asked), len(systems.to_rackbeat.asked)) == (2, 2)
    visitor.shop.run(TUE, OPENING + 1)
    systems.to_rackbeat.asked.clear()
    visitor.press("fetch")
    assert systems.to_rackbeat.asked == ["GET /api/purchase-orders"]


def test_a_system_that_does_not_answer_leaves_the_figures_as_they_were(visitor: Visitor) -> None:
    visitor.at(TUE)
    visitor.shop.values[TUE] = OPENING + 100
    visitor.press("fetch")
    visitor.shop.company.systems.economic.faults.set(Fault("down", status=503, times=None))
    visitor.shop.values[TUE] = OPENING + 999
    answer = visitor.press("fetch")
    assert "Tallene kunne ikke hentes." in answer.content.decode()
    assert "Et bilag på 100,00" in answer.content.decode()
    visitor.shop.company.systems.economic.faults.clear()
    visitor.press("fetch")
    assert "Et bilag på 999,00" in visitor.read()


@pytest.mark.parametrize("act", ["fetch", "earlier", "opening", "retry"])
def test_a_reader_sees_everything_and_can_press_nothing(visitor: Visitor, act: str) -> None:
    visitor.shop.run(TUE, OPENING + 100)
    visitor.press("fetch")
    visitor.sign_in(Role.READER)
    assert visitor.rows("posting") != []
    assert f'action="{visitor.base}stock-value/' not in visitor.page()
    assert "hx-post" not in visitor.page()
    assert visitor.client.post(f"{visitor.base}stock-value/{act}/").status_code == 403


def test_only_an_administrator_answers_the_first_difference(visitor: Visitor) -> None:
    visitor.shop.company.decide(stock_post_opening=False)
    visitor.shop.run(TUE, OPENING + 100)
    visitor.press("fetch")
    visitor.sign_in(Role.BOOKKEEPER)
    assert "Jeg har bogført åbningssaldoen" in visitor.page()
    assert "Overfør den første forskel" not in visitor.page()
    assert visitor.client.post(f"{visitor.base}stock-value/opening/").status_code == 403


def test_before_it_is_on_the_page_says_what_it_would_show(visitor: Visitor) -> None:
    visitor.shop.company.decide(stock_value_enabled=False)
    page = visitor.page()
    assert "Lagerværdien bliver ikke overført: den er slået fra i indstillingerne." in page
    assert f'href="{visitor.base}settings/#q-stock-value-enabled"' in page
    visitor.shop.company.decide(stock_value_enabled=True, stock_contra_account=None)
    assert "kassekladde, konti og frekvens er ikke alle valgt" in visitor.page()
    assert visitor.press("fetch").status_code == 200
    assert visitor.press("earlier").status_code == 200


def test_what_is_shown_is_fetched_again_by_itself_when_it_may_have_changed(visitor: Visitor) -> None:
    visitor.at(TUE)
    assert 'hx-trigger="load"' in visitor.page()
    visitor.press("fetch")
    assert 'hx-trigger="load"' not in visitor.page()
    visitor.shop.company.decide(stock_minimum="1.00")
    assert 'hx-trigger="load"' in visitor.page()
    assert "fra en tidligere dag eller andre indstillinger" in visitor.page()
    visitor.press("fetch")
    visitor.shop.run(TUE, OPENING + 5)
    assert 'hx-trigger="load"' in visitor.page()


def test_nothing_comes_next_while_the_agreement_is_paused(visitor: Visitor) -> None:
    visitor.at(TUE)
    visitor.press("fetch")
    Agreement.objects.update(state=AgreementState.PAUSED)
    assert "Lagerværdien bliver ikke overført lige nu: integrationen er ikke aktiv." in visitor.read()


def test_yesterdays_figures_do_not_tell_what_comes_tonight(visitor: Visitor) -> None:
    visitor.at(TUE)
    visitor.shop.values[TUE] = OPENING + 100
    visitor.press("fetch")
    visitor.at(TUE + timedelta(days=1))
    text = visitor.read()
    assert "Tallene er fra 24.11.2026. Hent dem igen for at se, hvad der bliver bogført." in text
    assert "Debet" not in text


def test_weekly_tells_the_coming_sunday(visitor: Visitor) -> None:
    visitor.shop.company.decide(stock_frequency="weekly")
    visitor.at(THU)
    visitor.shop.values[THU] = OPENING + 100
    visitor.press("fetch")
    assert "Et bilag på 100,00 bliver overført som kladde 29.11.2026 23:59" in visitor.read()


def test_an_account_that_is_barred_is_told_before_the_night(visitor: Visitor) -> None:
    systems, agreement = visitor.shop.company.systems, visitor.shop.company.agreement
    systems.admin("economic", "bar", agreement=1180001, kind="accounts", key=5820, barred=True)
    with agreement_scope(agreement.pk):
        directories.read_and_store_all(agreement, *_clients(visitor), systems.clock.now())
    page = visitor.page()
    assert "5820 Varelager" in visitor.words(page)
    assert f'href="{visitor.base}settings/#q-stock-account"' in page


def _clients(visitor: Visitor) -> tuple[Rackbeat, Economic]:
    return visitor.shop.company.systems.clients(lambda _exchange: None)


def test_another_currency_is_told_before_the_first_run(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Rackbeat, "base_currency", lambda _self: "EUR")
    visitor.at(TUE)
    visitor.shop.values[TUE] = OPENING + 100
    visitor.press("fetch")
    assert "Rackbeat opgør lageret i EUR, og regnskabet føres i DKK." in visitor.read()
    visitor.shop.run(TUE)
    assert visitor.shop.drafts() == []


def test_a_draft_that_somebody_gave_a_vat_code_is_told_before_the_night(visitor: Visitor) -> None:
    visitor.shop.run(TUE, OPENING + 100)
    (draft,) = visitor.shop.drafts()
    visitor.shop.edit(draft["entryNumber"], vatCode="I25")
    visitor.at(WED)
    visitor.press("fetch")
    assert f"Nogen har givet vores bilag {draft['voucher']} i kassekladde 2 en momskode" in visitor.read()


def test_a_chart_that_is_open_stays_while_the_page_asks_and_is_drawn_anew_after_a_look(visitor: Visitor) -> None:
    visitor.at(TUE)
    visitor.press("fetch")
    htmx = {"HX-Request": "true"}
    part = visitor.client.get(f"{visitor.base}stock-value/", headers=htmx).content.decode()
    assert 'hx-preserve="true"' in part
    assert "<html" not in part
    after = visitor.client.post(f"{visitor.base}stock-value/fetch/", headers=htmx).content.decode()
    assert "hx-preserve" not in after
    assert 'id="chart-figures"' in after


def test_figures_of_another_ledger_are_not_shown(visitor: Visitor) -> None:
    visitor.at(TUE)
    visitor.press("fetch")
    Agreement.objects.update(ledger_epoch=2)
    assert "Tallene er ikke hentet endnu" in visitor.read()
    visitor.press("fetch")
    assert "Næste kørsel" in visitor.read()


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("1408304.744999", "Lagerværdi, bogført saldo og vores kladder stemmer på øren."),
        ("-5.005", "Et bilag på −1.408.309,75 bliver overført"),
        ("2000000000000", "Der kan ikke laves et bilag."),
        ("99999999999999999", "Der kan ikke laves et bilag."),
    ],
)
def test_odd_values(visitor: Visitor, value: str, told: str) -> None:
    """Eight decimals, negative, and slips of the pen."""
    visitor.at(TUE)
    visitor.shop.values[date(2026, 1, 1)] = D(value)
    visitor.press("fetch")
    visitor.press("earlier")
    assert told in visitor.read()


def test_when_a_run_has_come_to_its_end_an_open_page_fetches_anew_and_an_act_does_not(visitor: Visitor) -> None:
    visitor.at(TUE)
    visitor.press("fetch")
    visitor.shop.company.ask("stock_value", TUE)
    htmx = {"HX-Request": "true"}
    moving = visitor.client.get(f"{visitor.base}stock-value/", headers=htmx).content.decode()
    assert 'hx-trigger="every' in moving
    assert 'hx-trigger="load"' not in moving
    visitor.shop.values[TUE] = OPENING + 70
    visitor.shop.company.systems.clock.sleep_s(1)
    visitor.shop.company.drain()
    at_rest = visitor.client.get(f"{visitor.base}stock-value/", headers=htmx).content.decode()
    assert 'hx-trigger="every' not in at_rest
    assert 'hx-trigger="load"' in at_rest
    visitor.shop.company.systems.economic.faults.set(Fault("down", status=503, times=None))
    after = visitor.client.post(f"{visitor.base}stock-value/fetch/", headers=htmx).content.decode()
    assert 'hx-trigger="load"' not in after
