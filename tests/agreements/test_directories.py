"""The directory is read in few calls from both systems, kept per agreement, and kept when a reading fails."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lagerbro.agreements import directories
from lagerbro.agreements.directories import (
    TooManyRowsError,
    read_and_store_all,
    read_and_store_for_form,
    read_directory,
    stored_directory,
)
from lagerbro.agreements.directory import Account, Journal, SupplierGroup, VatKind
from lagerbro.agreements.models import Agreement, DirectoryCopy
from lagerbro.agreements.scope import agreement_scope
from lagerbro.wire.errors import RemoteError
from lagerbro_sandbox.kernel.storage import transaction
from tests.world import Company

pytestmark = pytest.mark.django_db


def test_what_is_read_from_nordlys(company: Company) -> None:
    directory = read_directory(*company.systems.clients(lambda _exchange: None))
    assert directory.accounts[1310] == Account(1310, "Varekøb Danmark, cykler", "profitAndLoss", "I25")
    assert directory.accounts[6800].blocked
    assert directory.vat_codes["IEUV"].kind is VatKind.REVERSE_CHARGE
    assert directory.vat_codes["REP"].rate == "6.25"
    assert directory.journals[2] == Journal(2, "Lagerværdi Rackbeat", "financeVoucher")
    assert directory.journals[1].entry_type == ""
    assert directory.product_groups[1].sales_accounts == {1: 1012, 2: 1020, 3: 1030, 4: 1040}
    assert directory.vat_zones[4].for_suppliers is False
    assert directory.rackbeat_groups[7].has_inventory is False
    assert directory.rackbeat_layouts[3].name == "EAN, offentlige kunder"
    assert directory.customer_groups[1].account == 5600
    assert directory.supplier_groups[2] == SupplierGroup(2, "Udenlandske leverandører", 6805)
    assert (directory.vat_codes["IEUV"].account, directory.vat_codes["IEUV"].contra_account) == (6903, 6904)
    assert len(directory.cells) == 3 * (8 + 1)


def test_a_full_reading_and_a_glance_in_calls(company: Company) -> None:
    systems = company.systems
    rackbeat, economic = systems.clients(lambda _exchange: None)
    with agreement_scope(company.agreement.pk):
        full = read_and_store_all(company.agreement, rackbeat, economic, systems.clock.now())
        assert (len(systems.to_economic.asked), len(systems.to_rackbeat.asked)) == (8 + 8, 3)
        systems.to_economic.asked.clear()
        assert read_and_store_for_form(company.agreement, rackbeat, economic, systems.clock.now()) == full
        assert len(systems.to_economic.asked) == 8
        assert DirectoryCopy.in_scope.count() == 1


def test_a_failed_reading_leaves_the_copy_as_it_was(company: Company) -> None:
    systems = company.systems
    rackbeat, economic = systems.clients(lambda _exchange: None)
    now = systems.clock.now()
    with agreement_scope(company.agreement.pk):
        assert stored_directory(company.agreement) is None
        full = read_and_store_for_form(company.agreement, rackbeat, economic, now)
        systems.admin("economic", "grants/revoke", agreement=1180001)
        with pytest.raises(RemoteError):
            read_and_store_all(company.agreement, rackbeat, economic, now + timedelta(hours=1))
        assert stored_directory(company.agreement) == (full, now)
        systems.admin("economic", "grants/revoke", agreement=1180001, revoked=False)
        later = now + timedelta(hours=2)
        read_and_store_all(company.agreement, rackbeat, economic, later)
        assert stored_directory(company.agreement) == (full, later)


def test_another_companys_copy_is_not_there(company: Company) -> None:
    systems = company.systems
    with agreement_scope(company.agreement.pk):
        read_and_store_all(company.agreement, *systems.clients(lambda _exchange: None), systems.clock.now())
    other = Agreement.objects.create(
        public_id="other", company_name="Anden", rackbeat_account_id=2, created_at=systems.clock.now()
    )
    with agreement_scope(other.pk):
        assert stored_directory(other) is None
        assert stored_directory(company.agreement) is None


def test_ten_thousand_accounts_in_pages_of_a_thousand_and_a_limit(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = company.systems.economic.store
    with transaction(store.connection):
        for number in range(10_000, 19_930):
            row = {"accountNumber": number, "name": f"Konto {number}", "accountType": "profitAndLoss"}
            store.put(1180001, "accounts", number, row)
    rackbeat, economic = company.systems.clients(lambda _exchange: None)
    assert len(read_directory(rackbeat, economic).accounts) > 9_930
    assert sum(call == "GET /accounts" for call in company.systems.to_economic.asked) == 11
    monkeypatch.setattr(directories, "ROWS_MAX", 5_000)
    with pytest.raises(TooManyRowsError, match="accounts"):
        read_directory(rackbeat, economic)
