"""C9 a–k as tables in the local e-conomic's ledger, with H24 and H25."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from lagerbro.agreements.scope import agreement_scope
from lagerbro.rackbeat.client import Rackbeat
from lagerbro.rackbeat.stock_types import StockRow
from lagerbro.sync.models import Link, Transfer, TransferState
from lagerbro_sandbox.economic.storage.entries import Entry
from tests.flows.stock_value.shop import AGREEMENT, CONTRA, JOURNAL, OPENING, STOCK, Shop, open_shop, valued_by
from tests.world import Company

pytestmark = pytest.mark.django_db
MON, TUE, WED = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
DRAFTED, TRANSFERRED, NEEDS = TransferState.DRAFTED, TransferState.TRANSFERRED, TransferState.NEEDS_YOU


def test_c9a_a_rise_and_then_a_fall(shop: Shop) -> None:
    contra = shop.booked(account=CONTRA)
    assert shop.run(TUE, OPENING + 12000).state == DRAFTED
    (draft,) = shop.drafts()
    assert (draft["account"], draft["contraAccount"], draft["amount"]) == (STOCK, CONTRA, 12000)
    assert (draft["date"], draft["text"]) == ("2026-11-24", "Rackbeat Justering 24-11-2026 · RB-L20261124")
    assert "vatCode" not in draft
    assert "contraVatCode" not in draft
    shop.book_all()
    assert (shop.booked(), shop.booked(account=CONTRA) - contra) == (OPENING + 12000, D(-12000))
    shop.run(WED, OPENING + 9500)
    assert shop.amounts() == [-2500]


def test_c9b_an_unbooked_draft_is_replaced_so_that_booking_everything_is_right(shop: Shop) -> None:
    shop.run(TUE, OPENING + 12000)
    shop.run(WED, OPENING + 9500)
    (draft,) = shop.drafts()
    assert (draft["amount"], draft["date"]) == (9500, "2026-11-25")
    shop.book_all()
    assert shop.booked() == OPENING + 9500
    shop.run(WED + timedelta(days=1), OPENING + 11000)
    assert shop.amounts() == [1500]


def test_c9b_a_draft_that_is_not_needed_any_more_is_withdrawn(shop: Shop) -> None:
    shop.run(TUE, OPENING + 12000)
    transfer = shop.run(WED, OPENING)
    assert (transfer.state, transfer.code, shop.drafts()) == (TRANSFERRED, "stock_unchanged", [])


def test_c9c_the_first_difference_is_shown_and_asked_about(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = valued_by(open_shop(company, stock_post_opening=False), monkeypatch)
    transfer = shop.run(TUE, OPENING + 250000)
    assert (transfer.state, transfer.code) == (NEEDS, "stock_opening_difference")
    assert transfer.details["difference"] == "250000.00"
    assert shop.drafts() == []
    shop.post(TUE, "250000", contra=5830)
    assert shop.run(TUE).code == "stock_unchanged"
    shop.run(WED, OPENING + 250100)
    assert shop.transfers()[-1] == ("2026-11-25", "stock_opening_difference")
    company.decide(stock_post_opening=True)
    assert shop.run(WED).state == DRAFTED
    assert shop.amounts() == [100]


def test_c9d_no_change_makes_no_voucher_and_costs_a_read_on_each_side(shop: Shop) -> None:
    transfer = shop.run(TUE)
    assert (transfer.state, transfer.code) == (TRANSFERRED, "stock_unchanged")
    assert transfer.details == {"stock": str(OPENING), "balance": str(OPENING), "drafts": "0.00"}
    assert shop.company.calls(transfer) == ["GET /bookedEntriesapi/v4.0.0/booked-entries"]  # Rackbeat's is stood in for
    assert shop.drafts() == []


def test_c9e_an_edited_draft_is_respected_and_the_rest_repaired(shop: Shop) -> None:
    shop.run(MON, OPENING + 100)
    (draft,) = shop.drafts()
    shop.edit(draft["entryNumber"], amount=60)
    transfer = shop.run(TUE, OPENING + 100)
    assert (transfer.state, transfer.code) == (DRAFTED, "stock_drafts_touched")
    assert shop.amounts() == [60, 40]
    shop.book_all()
    assert shop.booked() == OPENING + 100


def test_c9e_what_others_post_on_the_account_is_evened_out(shop: Shop) -> None:
    shop.run(MON, OPENING + 100)
    shop.book_all()
    shop.post(TUE, "-30")
    shop.run(TUE)
    assert shop.amounts() == [30]


def test_c9e_a_draft_moved_to_another_account_counts_as_nothing(shop: Shop) -> None:
    shop.run(MON, OPENING + 100)
    (draft,) = shop.drafts()
    shop.edit(draft["entryNumber"], accountNumber=5830)
    shop.run(TUE)
    assert shop.amounts() == [0, 100]


def test_a_deleted_draft_comes_back_with_the_next_run(shop: Shop) -> None:
    shop.run(MON, OPENING + 100)
    shop.delete(shop.drafts()[0]["entryNumber"])
    shop.run(TUE)
    assert shop.amounts() == [100]
    with agreement_scope(shop.company.agreement.pk):
        assert dict(Link.in_scope.values_list("rackbeat_key", "economic_kind")) == {
            "2026-11-23": "voucher_gone",
            "2026-11-24": "voucher_draft",
        }


@pytest.mark.parametrize("number", [STOCK, CONTRA])
def test_c9g_an_account_with_a_vat_code_leaves_the_voucher_without_one(shop: Shop, number: int) -> None:
    store, contra = shop.company.systems.economic.store, shop.booked(account=CONTRA)
    account = store.get(AGREEMENT, "accounts", str(number)) or {}
    store.put(AGREEMENT, "accounts", number, {**account, "vatCode": "I25"})
    shop.run(TUE, OPENING + 12000)
    shop.book_all()
    assert (shop.booked(), shop.booked(account=CONTRA) - contra) == (OPENING + 12000, D(-12000))  # and no 9,600 + 2,400


def test_c9i_a_movement_dated_back_comes_with_the_next_night_and_its_date(shop: Shop) -> None:
    """A late receipt makes January's report another: January's ledger stays, and the next night has the change."""
    end, night = date(2027, 1, 31), date(2027, 2, 3)
    shop.run(end, OPENING + 1000)
    shop.book_all()
    assert shop.run(date(2027, 2, 2)).code == "stock_unchanged"
    shop.values[end] = OPENING + 1500  # Rackbeat has corrected it since
    shop.run(night, OPENING + 1600)
    assert [(row["date"], row["amount"]) for row in shop.drafts()] == [(str(night), 600)]
    shop.book_all()
    assert (shop.booked(end), shop.booked(night)) == (OPENING + 1000, OPENING + 1600)
    assert shop.run(date(2027, 2, 4)).code == "stock_unchanged"
    assert shop.booked(end) == OPENING + 1000


def test_h25_the_last_draft_of_an_earlier_period_stays_and_counts(shop: Shop) -> None:
    shop.run(date(2026, 11, 29), OPENING + 50)
    shop.run(date(2026, 11, 30), OPENING + 100)
    shop.run(date(2026, 12, 1), OPENING + 130)
    shop.run(date(2026, 12, 2), OPENING + 90)
    assert [(row["date"], row["amount"]) for row in shop.drafts()] == [("2026-11-30", 100), ("2026-12-02", -10)]
    assert shop.total(date(2026, 11, 30)) == OPENING + 100
    assert shop.total() == OPENING + 90


@pytest.mark.parametrize("deed", ["delete", "edit", "move", "redate", "book"])
def test_h25_an_earlier_period_ends_with_its_value_whatever_becomes_of_its_draft(shop: Shop, deed: str) -> None:
    end = date(2026, 11, 30)
    shop.run(end, OPENING + 100)
    shop.run(date(2026, 12, 1), OPENING + 130)
    entry = next(row["entryNumber"] for row in shop.drafts() if row["date"] == str(end))
    changes: dict[str, dict[str, object]] = {
        "edit": {"amount": D(60)},
        "move": {"accountNumber": 5830},
        "redate": {"date": "2026-12-01T00:00:00"},
    }
    if deed == "delete":
        shop.delete(entry)
    elif deed == "book":
        shop.book(entry)
    else:
        shop.edit(entry, **changes[deed])
    shop.run(date(2026, 12, 2), OPENING + 90)
    shop.company.drain()
    assert (shop.total(end), shop.total()) == (OPENING + 100, OPENING + 90)
    with agreement_scope(shop.company.agreement.pk):
        before = Transfer.in_scope.get(kind="stock_value", key=str(end)).runs
    shop.run(date(2026, 12, 3), OPENING + 95)
    shop.company.drain()
    with agreement_scope(shop.company.agreement.pk):
        assert Transfer.in_scope.get(kind="stock_value", key=str(end)).runs == before  # it is settled
    assert (shop.total(end), shop.total()) == (OPENING + 100, OPENING + 95)


def test_h24_an_opening_entry_that_repeats_the_year_before_is_counted_once(shop: Shop) -> None:
    shop.run(date(2026, 12, 30), OPENING + 10)
    shop.book_all()
    entries = shop.company.systems.economic.store.entries
    number = shop.company.systems.economic.store.count_up(AGREEMENT, "entries", 1)
    carried = OPENING + 10
    entries.add(
        AGREEMENT,
        [
            Entry(
                number=number,
                voucher=0,
                account=STOCK,
                date="2027-01-01",
                kind="transferredOpeningEntry",
                currency="DKK",
                amount=carried,
                base_amount=carried,
                text="Primo",
            )
        ],
    )
    assert shop.run(date(2027, 1, 2)).code == "stock_unchanged"
    shop.run(date(2027, 1, 3), OPENING + 15)
    assert shop.amounts() == [5]


def test_c9j_only_our_own_entry_is_booked(shop: Shop) -> None:
    shop.company.decide(stock_book=True)
    body = {"entryTypeNumber": 5, "journalNumber": JOURNAL, "date": "2026-11-24T00:00:00", "amount": 7}
    more = {"currency": "DKK", "accountNumber": 1310, "contraAccountNumber": 5830, "text": "Andres"}
    made = shop.company.systems.in_economic("POST", "/journalsapi/v15.0.0/draft-entries", {**body, **more})
    assert shop.run(TUE, OPENING + 5).state == TRANSFERRED
    assert [row["entryNumber"] for row in shop.drafts()] == [made["entryNumber"]]
    assert shop.booked() == OPENING + 5
    assert shop.run(WED).code == "stock_unchanged"


def test_f13_a_difference_below_the_smallest_waits(shop: Shop) -> None:
    shop.company.decide(stock_minimum="5.00")
    assert shop.run(MON, OPENING + D("4.99")).code == "stock_unchanged"
    assert shop.drafts() == []
    shop.run(TUE, OPENING + 5)
    assert shop.amounts() == [5]


@pytest.mark.parametrize("skip", [False, True])
def test_c9h_negative_stock_counts_by_choice(company: Company, monkeypatch: pytest.MonkeyPatch, *, skip: bool) -> None:
    shop = open_shop(company, stock_skip_negative=skip)
    monkeypatch.setattr(
        Rackbeat, "stock_rows", lambda _self, _day: [StockRow(OPENING + 100, "A"), StockRow(D(-40), "B")]
    )
    monkeypatch.setattr(Rackbeat, "stock_value", lambda _self, _day: OPENING + 60)
    shop.run(TUE)
    assert shop.amounts() == [100 if skip else 60]


def test_rackbeats_own_report_is_read_of_the_day(company: Company) -> None:
    shop = open_shop(company)
    assert shop.run(TUE).code == "stock_unchanged"
    transfer = company.transfer("stock_value", TUE)
    assert company.calls(transfer) == [
        "GET /api/reports/valuation/total",
        "GET /bookedEntriesapi/v4.0.0/booked-entries",
    ]
    body = {"item_id": "NL-100", "location": 1, "adjustment_type": "quantity", "quantity": 0, "reason": "Svind"}
    made = company.systems.in_rackbeat("POST", "inventory-adjustments", {**body, "regulated_at": "2026-11-25"})
    company.systems.in_rackbeat("POST", f"inventory-adjustments/{made['id']}/book")
    worth = D(str(company.systems.in_rackbeat("GET", "reports/valuation/total?date_to=2026-11-25")))
    assert worth < OPENING
    assert shop.run(WED).state == DRAFTED
    assert shop.amounts() == [worth - OPENING]


def test_c9j_a_draft_is_booked_in_the_journal_where_it_stands(shop: Shop) -> None:
    shop.run(MON, OPENING + 5)
    shop.company.decide(stock_journal=1, stock_book=True)
    assert shop.run(TUE, OPENING + 7).state == TRANSFERRED
    assert (shop.drafts(), shop.booked()) == ([], OPENING + 7)
