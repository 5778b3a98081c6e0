"""The nightly sweep finds what no webhook told and every poll passed over, and leaves alone what waits for a person."""

from __future__ import annotations

from datetime import datetime, timedelta

from lagerbro.sync.models import TransferState
from lagerbro_sandbox.kernel.clock import COPENHAGEN
from tests.sandboxes import nordlys
from tests.world import Company

DAY_S = 24 * 3600


def older(company: Company, number: int) -> None:
    """The list shows the invoice under a moment that the polls have long passed."""
    store, account = company.systems.rackbeat.store, nordlys().rackbeat_account_id
    record = store.get(account, "customer-invoices", number)
    assert record is not None
    bears = datetime.fromisoformat(record["updated_at"]).astimezone(COPENHAGEN) - timedelta(days=1)
    store.put(account, "customer-invoices", number, {**record, "updated_at": bears.isoformat(timespec="seconds")})


def test_what_everything_else_passed_over_is_found_in_the_night(company: Company) -> None:
    clock = company.systems.clock
    clock.sleep_s(2 * DAY_S)
    company.invoiced(company.systems.invoice())
    company.drain()  # the polls are at the present moment
    number = company.systems.invoice()
    older(company, number)
    clock.sleep_s(3600)
    company.drain()
    assert len(company.systems.booked()) == 1
    clock.sleep_s(DAY_S)
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
    assert len(company.systems.booked()) == 2


def test_what_was_refused_is_not_asked_for_every_night(company: Company) -> None:
    company.systems.in_rackbeat("PUT", "customers/10001", {"payment_terms_id": None})
    number = company.systems.invoice()
    transfer = company.invoiced(number)
    company.systems.clock.sleep_s(3 * DAY_S)
    company.drain()
    company.systems.clock.sleep_s(DAY_S)
    company.drain()
    assert company.transfer("customer_invoice", number).asked <= transfer.asked + 1  # the poll sees it once
