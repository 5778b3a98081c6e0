"""The pre-flight through both sandboxes: something is wrong, it is found, it is mended, it is found no more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lagerbro.agreements.models import Agreement, AgreementState
from lagerbro.checks.check import Severity
from lagerbro.connections.activation import ActivationOutcome
from lagerbro_sandbox.kernel.storage import transaction
from tests.connections.setting import Setting
from tests.sandboxes import nordlys

pytestmark = pytest.mark.django_db
Act = Callable[[Setting], None]


def economic(kind: str, key: object, **changes: object) -> Act:
    return lambda setting: setting.economic(kind, key, **changes)


def decide(**answers: object) -> Act:
    return lambda setting: setting.company.decide(**answers)


def journal(number: int, **settings: object) -> Act:
    return lambda setting: setting.economic("journals", number, settings=settings)


def journal_flag(number: int, **flags: bool) -> Act:
    """As the page of a journal in e-conomic does it."""
    path = "/journalsapi/v15.0.0/journals"

    def act(setting: Setting) -> None:
        present = setting.systems.in_economic("GET", f"{path}/{number}")
        known = {name: value for name, value in present.items() if value is not None}
        setting.systems.in_economic("PUT", path, {**known, **flags})

    return act


def revoke(*, revoked: bool) -> Act:
    return lambda setting: void(setting.systems.admin("economic", "grants/revoke", agreement=1180001, revoked=revoked))


def void(_answer: object) -> None:
    """An admin act answers; nobody asks."""


def rackbeat_key(token: str, to: str) -> Act:
    def act(setting: Setting) -> None:
        connection = setting.systems.rackbeat.store.connection
        with transaction(connection):
            connection.execute("UPDATE bearer SET token=? WHERE token=?", (to, token))

    return act


def ledger_currency(currency: str) -> Act:
    def act(setting: Setting) -> None:
        connection = setting.systems.economic.store.connection
        with transaction(connection):
            connection.execute(
                "UPDATE agreement SET body=json_set(body,'$.settings.baseCurrency',?) WHERE number=?",
                (currency, nordlys().agreement_number),
            )

    return act


def roles(*names: str) -> Act:
    def act(setting: Setting) -> None:
        connection = setting.systems.economic.store.connection
        listed = ",".join(f'{{"roleNumber":1,"name":"{name}"}}' for name in names)
        with transaction(connection):
            connection.execute(
                "UPDATE agreement SET body=json_set(body,'$.application.requiredRoles',json(?)) WHERE number=?",
                (f"[{listed}]", nordlys().agreement_number),
            )

    return act


def address(public_url: str) -> Act:
    def act(setting: Setting) -> None:
        object.__setattr__(setting.hands, "public_url", public_url)

    return act


BLOCKING: dict[str, tuple[Act, Act]] = {
    "economic_grant_dead": (revoke(revoked=True), revoke(revoked=False)),
    "rackbeat_token_dead": (
        rackbeat_key("bearer-of-the-tests", "another"),
        rackbeat_key("another", "bearer-of-the-tests"),
    ),
    "rights_missing": (roles("Sales"), roles("Sales", "Bookkeeping")),
    "base_currency_differs": (ledger_currency("EUR"), ledger_currency("DKK")),
    "webhooks_impossible": (address("ftp://localhost"), address("http://localhost:8000")),
    "accounting_year_closed": (
        economic("accounting-years", "2026", closed=True),
        economic("accounting-years", "2026", closed=False),
    ),
    "period_closed": (
        economic("accounting-years", "2026", closedPeriods=["2026-11"]),
        economic("accounting-years", "2026", closedPeriods=[]),
    ),
    "supplier_journal_not_chosen": (decide(supplier_journal=None), decide(supplier_journal=4)),
    "supplier_journal_wrong_type": (decide(supplier_journal=2, stock_value_enabled=False), decide(supplier_journal=4)),
    "journal_shared": (decide(supplier_journal=2), decide(supplier_journal=4)),
    "stock_journal_missing": (decide(stock_journal=77), decide(stock_journal=2)),
    "stock_journal_wrong_type": (
        journal(2, voucherNumbers={}, entryTypeRestrictedTo="supplierPayment"),
        journal(2, voucherNumbers={}),
    ),
    "stock_journal_locks_vat_codes": (
        journal_flag(2, lockVatCodes=True),
        journal_flag(2, lockVatCodes=False),
    ),
    "stock_account_barred": (economic("accounts", 5820, barred=True), economic("accounts", 5820, barred=None)),
    "stock_account_blocked": (
        economic("accounts", 5820, blockDirectEntries=True),
        economic("accounts", 5820, blockDirectEntries=False),
    ),
    "stock_contra_account_with_vat_code": (
        economic("accounts", 1350, vatAccount={"vatCode": "I25"}),
        economic("accounts", 1350, vatAccount=None),
    ),
    "stock_accounts_equal": (
        decide(stock_contra_account=5820),
        decide(stock_contra_account=1350),
    ),
    "stock_frequency_not_chosen": (decide(stock_frequency=None), decide(stock_frequency="weekly")),
    "economic_inventory_on": (
        economic("product-groups", 3, inventoryEnabled=True),
        economic("product-groups", 3, inventoryEnabled=False),
    ),
    "supplier_group_account_wrong_type": (decide(supplier_group_account=1310), decide(supplier_group_account=6800)),
    "purchase_accounts_undecided": (
        decide(**{"purchase_accounts__3.eu": None}),
        decide(**{"purchase_accounts__3.eu": 1320}),
    ),
    "purchase_vat_contradicts": (
        economic("accounts", 1330, vatAccount={"vatCode": "I25"}),
        economic("accounts", 1330, vatAccount={"vatCode": "IVV"}),
    ),
    "default_layout_not_chosen": (decide(default_layout=None), decide(default_layout=1)),
    "default_layout_missing": (
        economic("layouts", 1, deleted=True),
        economic("layouts", 1, deleted=None),
    ),
}


@pytest.mark.parametrize("code", BLOCKING)
def test_what_blocks_is_found_and_mended(setting: Setting, code: str) -> None:
    spoil, mend = BLOCKING[code]
    spoil(setting)
    assert setting.found() == {code}
    assert setting.activate().outcome == ActivationOutcome.BLOCKED
    agreement = setting.agreement
    assert (agreement.state, agreement.activated_at) == (AgreementState.INSTALLING, None)
    assert setting.schedules() == set()
    mend(setting)
    assert setting.found() == set()
    assert setting.listening() == []
    assert setting.activate().outcome == ActivationOutcome.ACTIVE
    assert setting.agreement.state == AgreementState.ACTIVE


ADVISED: dict[str, tuple[Act, Act]] = {
    "ean_without_booking": (
        decide(book_on_booking=False, never_book_ean=True),
        decide(book_on_booking=True, never_book_ean=False),
    ),
    "sales_account_barred": (economic("accounts", 1012, barred=True), economic("accounts", 1012, barred=None)),
    "sales_vat_differs": (
        economic("accounts", 1012, vatAccount={"vatCode": "UFRI"}),
        economic("accounts", 1012, vatAccount={"vatCode": "U25"}),
    ),
    "sales_account_missing": (
        economic("product-groups", 1, accounts={"1": 1012, "2": 1020, "4": 1040}),
        economic("product-groups", 1, accounts={"1": 1012, "2": 1020, "3": 1030, "4": 1040}),
    ),
    "empty_line_item_missing": (decide(empty_line_item="INGEN"), decide(empty_line_item=None)),
    "empty_line_item_stock_tracked": (decide(empty_line_item="NL-100"), decide(empty_line_item=None)),
    "rounding_item_stock_tracked": (decide(rounding_item="RD/103"), decide(rounding_item=None)),
    "mapped_layout_missing": (decide(layouts__2=9), decide(layouts__2=2)),
    "oss_zones_missing": (decide(oss_enabled=True), decide(oss_enabled=False)),
    "fallback_account_barred": (economic("accounts", 1390, barred=True), economic("accounts", 1390, barred=None)),
    "purchase_account_barred": (economic("accounts", 1310, barred=True), economic("accounts", 1310, barred=None)),
}


@pytest.mark.parametrize("code", ADVISED)
def test_what_only_should_be_mended_does_not_block(setting: Setting, code: str) -> None:
    always = setting.found(Severity.SHOULD)
    assert code not in always
    spoil, mend = ADVISED[code]
    spoil(setting)
    assert setting.found(Severity.SHOULD) - always == {code}
    assert setting.found() == set()
    mend(setting)
    assert setting.found(Severity.SHOULD) == always
    spoil(setting)
    assert setting.activate().outcome == ActivationOutcome.ACTIVE


def test_numbers_that_overlap_are_shown_side_by_side(setting: Setting) -> None:
    setting.company.decide(sales_enabled=True)
    Agreement.objects.filter(pk=setting.agreement.pk).update(state=AgreementState.ACTIVE)
    transfer = setting.company.invoiced(setting.systems.invoice())
    assert transfer.state == "transferred"
    Agreement.objects.filter(pk=setting.agreement.pk).update(state=AgreementState.INSTALLING)
    (told,) = (finding for finding in setting.look().findings if finding.code == "invoice_numbers")
    assert told.details == {"rackbeat": "1002", "economic": "1001"}


def test_a_company_that_has_answered_nothing_is_told_what_to_answer(company_unanswered: Setting) -> None:
    assert company_unanswered.found() == set()
    assert "nothing_enabled" in company_unanswered.found(Severity.SHOULD)


@pytest.fixture
def company_unanswered(setting: Setting) -> Setting:
    setting.company.decide(sales_enabled=False, suppliers_enabled=False, stock_value_enabled=False)
    return setting
