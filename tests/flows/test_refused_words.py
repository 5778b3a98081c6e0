"""What e-conomic refuses with its own words is named where it can be, and else quoted: never a code in a sentence."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from lagerbro.sync.models import TransferState
from lagerbro.web.status.messages import message_for
from tests.sandboxes import nordlys
from tests.world import Company

pytestmark = pytest.mark.django_db
AGREEMENT = nordlys().agreement_number
PERIOD = {"agreement": AGREEMENT, "year": "2026", "date": "2026-11-24"}


def why(company: Company, kind: str, key: object) -> str:
    with override("da"):
        told = message_for(company.transfer(kind, key), is_overdue=False)
    assert told is not None
    return f"{told.what} {told.why}"


def test_a_barred_period_is_named_and_the_invoice_goes_on_when_it_is_open(company: Company) -> None:
    company.invoiced(company.systems.invoice())
    company.systems.admin("economic", "periods/bar", **PERIOD, barred=True)
    number = company.systems.invoice()
    stuck = company.invoiced(number)
    assert (stuck.state, stuck.code) == (TransferState.NEEDS_YOU, "period_barred")
    assert why(company, "customer_invoice", number) == (
        f"Faktura {number} er ikke bogført. Datoen, 24.11.2026, ligger i en periode, der er spærret i e-conomic. "
        "e-conomic svarede: “The period of 2026-11-24 is closed”."
    )
    company.systems.admin("economic", "periods/bar", **PERIOD, barred=False)
    assert company.invoiced(number).state == TransferState.TRANSFERRED


def test_a_currency_that_economic_lacks_is_named(company: Company) -> None:
    store = company.systems.economic.store
    listed = company.systems.in_rackbeat("GET", "customers?limit=100")
    rows = listed if isinstance(listed, list) else listed["customers"]
    swedish = next(row["number"] for row in rows if "SEK" in str(row.get("currency")))
    saved = store.get(AGREEMENT, "currencies", "SEK")
    assert saved is not None
    store.delete(AGREEMENT, "currencies", "SEK")
    number = company.systems.invoice(customer=swedish)
    stuck = company.invoiced(number)
    assert stuck.state == TransferState.NEEDS_YOU
    assert (stuck.code, stuck.details.get("cause", "currency_missing")) in (
        ("customer_not_transferred", "currency_missing"),
        ("currency_missing", "currency_missing"),
    )
    assert "SEK, og den valuta har e-conomic ikke." in why(company, "customer_invoice", number)
    store.put(AGREEMENT, "currencies", "SEK", saved)
    assert company.invoiced(number).state == TransferState.TRANSFERRED


def test_a_sales_account_that_is_barred_is_named(company: Company) -> None:
    company.invoiced(company.systems.invoice())
    sales = max(account for account, _amount in company.systems.entries() if account < 1100)
    company.systems.admin("economic", "bar", agreement=AGREEMENT, kind="accounts", key=sales, barred=True)
    number = company.systems.invoice()
    stuck = company.invoiced(number)
    assert (stuck.state, stuck.code) == (TransferState.NEEDS_YOU, "sales_account_barred")
    assert f"Salgskonto {sales} er spærret i e-conomic." in why(company, "customer_invoice", number)
    company.systems.admin("economic", "bar", agreement=AGREEMENT, kind="accounts", key=sales, barred=False)
    assert company.invoiced(number).state == TransferState.TRANSFERRED
