"""Each failure of the stock value, told in both languages, with nothing half-written, and recovered from at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from django.utils.translation import override

from lagerbro.economic.finance_entries import EntryNumber, FinanceEntries
from lagerbro.sync.models import Transfer, TransferState
from lagerbro.web.status.messages import message_for
from lagerbro_sandbox.kernel.faults.dirt import Dirt
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.stock_value.shop import AGREEMENT, CONTRA, JOURNAL, OPENING, STOCK, Shop, open_shop
from tests.flows.stock_value.test_refusals import change
from tests.world import Company

pytestmark = pytest.mark.django_db
TUE, WED = date(2026, 11, 24), date(2026, 11, 25)
NEEDS, WAITING, DRAFTED = TransferState.NEEDS_YOU, TransferState.WAITING, TransferState.DRAFTED
ENGLISH = re.compile(r"\b(the|and|is|are|not|with|has|been|of)\b", re.IGNORECASE)
QUOTED = re.compile("“[^”]*”")
"""What e-conomic said, as it said it."""
TOTAL = "/api/reports/valuation/total"
Mend = Callable[[], object]
Provoke = Callable[[Shop], Mend]


def check_told(transfer: Transfer) -> None:
    """What happened, why and what to do, whole in Danish and in English."""
    for language in ("da", "en"):
        with override(language):
            message = message_for(transfer, is_overdue=False)
            assert message is not None
            for text in map(str, (message.what, message.why, message.do)):
                assert text, (language, transfer.code)
                assert "%(" not in text, text
                assert language == "en" or not ENGLISH.search(QUOTED.sub("", text)), text


def changed(kind: str, key: str | int, act: Callable[[dict[str, Any]], None]) -> Provoke:
    return lambda shop: change(shop, kind, key, act)


def deleted(kind: str, key: str | int) -> Provoke:
    def provoke(shop: Shop) -> Mend:
        store = shop.company.systems.economic.store
        before = store.get(AGREEMENT, kind, str(key))
        assert before is not None
        store.delete(AGREEMENT, kind, str(key))
        return lambda: store.put(AGREEMENT, kind, key, before)

    return provoke


def renumbered(shop: Shop) -> Mend:
    """The journal has another number: the chosen one is gone, and the new one is chosen."""
    store = shop.company.systems.economic.store
    before = store.get(AGREEMENT, "journals", str(JOURNAL))
    assert before is not None
    store.delete(AGREEMENT, "journals", str(JOURNAL))
    store.put(AGREEMENT, "journals", 77, {**before, "journalNumber": 77})
    return lambda: shop.company.decide(stock_journal=77)


def unchosen(shop: Shop) -> Mend:
    shop.company.decide(stock_journal=None)
    return lambda: shop.company.decide(stock_journal=JOURNAL)


def used_up(shop: Shop) -> Mend:
    """The one number that the journal's series holds is taken by somebody else's voucher."""
    numbers = {"minimumVoucherNumber": 1, "maximumVoucherNumber": 1}
    mend = change(shop, "journals", JOURNAL, lambda row: row["settings"].update(voucherNumbers=numbers))
    shop.post(TUE, "5", account=1310, contra=5830)
    return mend


@dataclass(frozen=True)
class Case:
    name: str
    provoke: Provoke
    code: str

    def __str__(self) -> str:
        return self.name


CASES = (
    Case("no journal chosen", unchosen, "stock_settings_missing"),
    Case("journal deleted", deleted("journals", JOURNAL), "stock_journal_missing"),
    Case("journal renumbered", renumbered, "stock_journal_missing"),
    Case("series full", used_up, "stock_numbers_used_up"),
    Case(
        "journal restricted",
        changed("journals", JOURNAL, lambda row: row["settings"].update(entryTypeRestrictedTo="supplierInvoice")),
        "stock_journal_restricted",
    ),
    Case("chart without the stock account", deleted("accounts", STOCK), "stock_account_missing"),
    Case("chart without the contra account", deleted("accounts", CONTRA), "stock_account_missing"),
    Case("barred", changed("accounts", STOCK, lambda row: row.update(barred=True)), "stock_account_barred"),
    Case(
        "no direct entries",
        changed("accounts", CONTRA, lambda row: row.update(blockDirectEntries=True)),
        "stock_account_blocked",
    ),
    *(
        Case(
            f"{account} became a {kind}",
            changed("accounts", account, lambda row, kind=kind: row.update(accountType=kind)),  # type: ignore[misc]  # bound now
            "stock_account_unusable",
        )
        for account in (STOCK, CONTRA)
        for kind in ("heading", "totalFrom", "sumInterval")
    ),
    Case("year closed", changed("accounting-years", "2026", lambda row: row.update(closed=True)), "stock_year_closed"),
    Case("year missing", deleted("accounting-years", "2026"), "stock_year_missing"),
    *(
        Case(
            f"period {how}",
            changed("accounting-years", "2026", lambda row, how=how: row.update({f"{how}Periods": ["2026-11"]})),  # type: ignore[misc]  # bound now
            "stock_period_closed",
        )
        for how in ("barred", "closed")
    ),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_stands_in_the_way_is_told_and_the_night_made_good(shop: Shop, case: Case) -> None:
    mend = case.provoke(shop)
    transfer = shop.run(TUE, OPENING + 10)
    assert (transfer.state, transfer.code) == (NEEDS, case.code)
    check_told(transfer)
    assert shop.drafts() == []
    mend()
    assert shop.run(TUE).state == DRAFTED
    assert [(row["date"], row["amount"]) for row in shop.drafts()] == [(str(TUE), 10)]


def test_a_renamed_journal_is_the_same_journal(shop: Shop) -> None:
    change(shop, "journals", JOURNAL, lambda row: row.update(name="Noget helt andet"))
    assert shop.run(TUE, OPENING + 10).state == DRAFTED
    assert shop.amounts() == [10]


@pytest.mark.parametrize(("field", "account"), [("vatCode", STOCK), ("contraVatCode", CONTRA)])
def test_h27_a_voucher_that_got_a_vat_code_is_taken_back(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, field: str, account: int
) -> None:
    create = FinanceEntries.create

    def with_code(self: FinanceEntries, entry: Any, key: str) -> EntryNumber:
        made = create(self, entry, key)
        shop.edit(made.entryNumber, **{field: "I25"})
        return made

    monkeypatch.setattr(FinanceEntries, "create", with_code)
    transfer = shop.run(TUE, OPENING + 12000)
    assert (transfer.state, transfer.code) == (NEEDS, "stock_account_has_vat")
    assert transfer.details["account"] == str(account)
    check_told(transfer)
    assert (shop.drafts(), shop.booked()) == ([], OPENING)
    monkeypatch.setattr(FinanceEntries, "create", create)
    shop.run(TUE)  # what was taken back may still come to light: it is looked for once more
    shop.company.systems.clock.sleep_s(60)
    shop.company.drain()
    assert shop.company.transfer("stock_value", TUE).state == DRAFTED
    assert shop.amounts() == [12000]


def test_a_journal_that_asks_for_approval_is_booked_when_it_no_longer_does(shop: Shop) -> None:
    shop.company.decide(stock_book=True)
    store = shop.company.systems.economic.store
    journal = store.get(AGREEMENT, "journals", str(JOURNAL))
    assert journal is not None
    asking = {**journal, "services": {**journal.get("services", {}), "requireAdminApproval": True}}
    store.put(AGREEMENT, "journals", JOURNAL, asking)
    transfer = shop.run(TUE, OPENING + 10)
    assert (transfer.state, transfer.code) == (NEEDS, "stock_not_booked")
    check_told(transfer)
    assert (shop.amounts(), shop.booked()) == ([D(10)], OPENING)
    store.put(AGREEMENT, "journals", JOURNAL, journal)
    (draft,) = shop.drafts()
    store.draft_entries.put_beside(AGREEMENT, {**draft, "approved": True})  # *Godkend* in e-conomic
    assert shop.run(TUE).state == TransferState.TRANSFERRED
    assert (shop.amounts(), shop.booked()) == ([], OPENING + 10)


@pytest.mark.parametrize(
    ("fault", "state"),
    [
        (Fault("down", path=TOTAL, status=503, times=None), WAITING),
        (Fault("broken", path=TOTAL, status=500, html=True, times=None), WAITING),
        (Fault("away", path=TOTAL, drop_connection=True, times=None), WAITING),
        (Fault("too many", path=TOTAL, status=429, times=None), WAITING),
        (Fault("empty", path=TOTAL, dirt=Dirt("null", "total_value,value,total", places=None), times=None), None),
        (Fault("gone", path=TOTAL, dirt=Dirt("missing", "total_value,value,total", places=None), times=None), None),
        (Fault("a list", path=TOTAL, dirt=Dirt("type", "total_value,value,total", places=None), times=None), None),
    ],
    ids=lambda given: given.name if isinstance(given, Fault) else "",
)
def test_a_report_that_fails_or_says_nothing_makes_no_voucher(
    company: Company, fault: Fault, state: TransferState | None
) -> None:
    shop = open_shop(company)
    shop.post(TUE, "-10")
    company.systems.rackbeat.faults.set(fault)
    transfer = shop.run(TUE)
    assert transfer.state in ((state,) if state else (WAITING, NEEDS, TransferState.REFUSED))
    check_told(transfer)
    assert shop.drafts() == []
    company.systems.rackbeat.faults.clear()
    company.systems.clock.sleep_s(3600)
    assert shop.run(TUE).state == DRAFTED
    assert shop.amounts() == [10]
