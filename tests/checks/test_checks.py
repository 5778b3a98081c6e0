"""Every check: with its fault exactly its code is found, without it the code is not; and none of them ever raises."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from lagerbro.agreements.directory import ProductGroup, RackbeatGroup, VatZone
from lagerbro.books.choices import NO_ITEM_GROUP, NOT_USED, NumberTaken
from lagerbro.checks.check import Area, Finding, Severity
from lagerbro.checks.facts import Addresses, ConnectedSystems, Facts, Period, Year
from lagerbro.checks.registry import CHECKS, LISTED_MAX, blocking_findings, run_checks
from tests.checks.anything import anything
from tests.checks.sound import SALES, SOUND, TODAY, Spoil

spoil = Spoil()
YEAR = Year(key="2026", first=date(2026, 1, 1), last=date(2026, 12, 31))
NEXT = Year(key="2027", first=date(2027, 1, 1), last=date(2027, 12, 31))
LATE = Spoil(spoil.but(today=date(2026, 11, 20), economic=replace(SOUND.economic, periods=())))
SPLIT = Spoil(spoil.split(5830))
SHARED = Spoil(spoil.journal(2, entry_type=""))

NOT_YET = ("suppliers_enabled", "stock_value_enabled")
CODES_NOT_YET = tuple(f"{setting}_not_yet" for setting in NOT_YET)
FAULTS: dict[str, Facts] = {
    "economic_grant_dead": spoil.failed_read(code="grant_revoked"),
    "rackbeat_token_dead": spoil.failed_read("Rackbeat", "grant_revoked"),
    "economic_read_only": spoil.ledger(read_only=True),
    "rights_missing": spoil.ledger(roles=frozenset({"Sales"})),
    "module_missing": spoil.failed_read(
        code="access_denied", remote_codes=frozenset({"AccessDeniedAgreementMissingModules"})
    ),
    "list_unread": spoil.failed_read(),
    "list_unread_minor": spoil.failed_read("Rackbeat", needed=False),
    "webhooks_impossible": spoil.but(addresses=Addresses(public_url="http://lagerbro.example.com")),
    "clock_skewed": spoil.but(skew_s=-121.0),
    "nothing_enabled": spoil.choices(sales_enabled=False, suppliers_enabled=False, stock_value_enabled=False),
    "startup_already_used": spoil.but(startup_used=True),
    **{f"{setting}_not_yet": spoil.but(unsupported_settings=frozenset({setting})) for setting in NOT_YET},
    "ledger_changed": spoil.ledger(agreement_number=99),
    "account_changed": spoil.warehouse(account_id=99),
    "ledger_shared": spoil.but(connected=replace(SOUND.connected, ledger_in_use=True)),
    "base_currency_differs": spoil.ledger(base_currency="EUR"),
    "companies_differ": spoil.warehouse(cvr="11111111"),
    "accounting_year_missing": spoil.ledger(years=(NEXT,), periods=None),
    "accounting_year_closed": spoil.ledger(years=(replace(YEAR, closed=True), NEXT)),
    "next_year_missing": LATE.ledger(years=(YEAR,)),
    "next_year_closed": LATE.ledger(years=(YEAR, replace(NEXT, closed=True))),
    "period_closed": spoil.ledger(periods=(Period(first=TODAY, last=TODAY, closed=True),)),
    "period_barred": spoil.ledger(periods=(Period(first=TODAY, last=TODAY, barred=True),)),
    "supplier_group_account_not_chosen": spoil.choices(supplier_group_account=None),
    "supplier_group_account_missing": spoil.account(6800),
    "supplier_group_account_barred": spoil.account(6800, barred=True),
    "supplier_group_account_wrong_type": spoil.account(6800, type="profitAndLoss"),
    "fallback_account_not_chosen": spoil.choices(fallback_account=None),
    "fallback_account_missing": spoil.account(1390),
    "fallback_account_barred": spoil.account(1390, barred=True),
    "fallback_account_blocked": spoil.account(1390, blocked=True),
    "fallback_account_wrong_type": spoil.account(1390, type="heading"),
    "stock_account_not_chosen": spoil.choices(stock_account=None),
    "stock_account_missing": spoil.account(5820),
    "stock_account_barred": spoil.account(5820, barred=True),
    "stock_account_blocked": spoil.account(5820, blocked=True),
    "stock_account_wrong_type": spoil.account(5820, type="profitAndLoss"),
    "stock_account_with_vat_code": spoil.account(5820, vat_code="I25"),
    "stock_contra_account_not_chosen": spoil.choices(stock_contra_account=None),
    "stock_contra_account_missing": spoil.account(1350),
    "stock_contra_account_barred": spoil.account(1350, barred=True),
    "stock_contra_account_blocked": spoil.account(1350, blocked=True),
    "stock_contra_account_wrong_type": spoil.account(1350, type="sumInterval"),
    "stock_contra_account_with_vat_code": spoil.account(1350, vat_code="I25"),
    "supplier_journal_not_chosen": spoil.choices(supplier_journal=None),
    "supplier_journal_missing": spoil.journal(4),
    "supplier_journal_wrong_type": spoil.journal(4, entry_type="customerPayment"),
    "supplier_journal_locks_vat_codes": spoil.journal(4, locks_vat_codes=True),
    "supplier_journal_standing": spoil.journal(4, is_standing=True),
    "supplier_journal_needs_approval": spoil.journal(4, needs_approval=True),
    "stock_journal_not_chosen": spoil.choices(stock_journal=None),
    "stock_journal_missing": spoil.journal(2),
    "stock_journal_wrong_type": spoil.journal(2, entry_type="supplierPayment"),
    "stock_journal_locks_vat_codes": spoil.journal(2, locks_vat_codes=True),
    "stock_journal_standing": spoil.journal(2, is_standing=True),
    "stock_journal_needs_approval": spoil.journal(2, needs_approval=True),
    "journal_shared": spoil.choices(stock_journal=4),
    "purchase_accounts_undecided": spoil.without_cell("2.eu"),
    "purchase_account_missing": spoil.cell("1.abroad", 4711),
    "purchase_account_barred": spoil.account(1330, barred=True),
    "purchase_account_blocked": spoil.account(1330, blocked=True),
    "purchase_account_wrong_type": spoil.cell("1.abroad", 1000),
    "purchase_account_on_balance_sheet": spoil.cell("1.abroad", 5830),
    "purchase_account_is_stock_account": spoil.cell("1.abroad", 5820),
    "purchase_vat_contradicts": spoil.cell("1.abroad", 1310),
    "purchase_vat_doubtful": spoil.cell("1.abroad", 1320),
    "purchase_vat_missing_in_eu": spoil.cell("1.eu", 1350),
    "purchase_vat_code_barred": spoil.directory("vat_codes", "IVV", barred=True),
    "purchase_vat_code_missing": spoil.directory("vat_codes", "IVV"),
    "fallback_vat_contradicts": spoil.account(1390, vat_code="I25"),
    "supplier_zones_missing": spoil.directory("vat_zones", 3, for_suppliers=False),
    "supplier_terms_missing": replace(
        spoil.choices(sales_enabled=False), economic=replace(SOUND.economic, payment_terms=frozenset({2}))
    ),
    "attachments_missing": spoil.ledger(modules=frozenset({14})),
    "customer_zone_domestic_missing": spoil.directory("vat_zones", 1, for_customers=False),
    "customer_zones_missing": spoil.directory("vat_zones", 4),
    "product_group_missing": spoil.directory("product_groups", 2),
    "sales_account_missing": spoil.directory("product_groups", 2, sales_accounts={n: SALES[n] for n in (1, 2, 4, 9)}),
    "sales_account_barred": spoil.account(1030, barred=True),
    "sales_vat_differs": spoil.directory("rackbeat_groups", 2, vat_domestic=Decimal(0)),
    "customer_group_missing": spoil.directory("customer_groups", 1),
    "payment_terms_missing": spoil.ledger(payment_terms=frozenset({2})),
    "currency_missing": spoil.warehouse(customer_currencies={"DKK": 3, "SEK": 1}),
    "supplier_currency_missing": spoil.warehouse(supplier_currencies={"DKK": 2, "SEK": 1}),
    "invoice_numbers_overlap": spoil.ledger(last_booked_invoice=1001),
    "invoice_numbers": SOUND,
    "ean_without_booking": spoil.choices(book_on_booking=False),
    "own_company_incomplete": spoil.ledger(country=" "),
    "e_invoices_not_possible": spoil.ledger(sends_e_invoices=False),
    "oss_zones_missing": spoil.directory("vat_zones", 9),
    "oss_accounts_missing": spoil.directory("product_groups", 2, sales_accounts={n: SALES[n] for n in (1, 2, 3, 4)}),
    "oss_zone_unclear": replace(
        SOUND,
        directory=replace(
            SOUND.directory,
            vat_zones={**SOUND.directory.vat_zones, 10: VatZone(10, "OSS SE", for_customers=True)},
            product_groups={n: ProductGroup(n, "Cykler", {**SALES, 10: 1050}) for n in (1, 2)},
        ),
    ),
    "oss_rate_differs": spoil.directory("vat_codes", "SE25", rate="20"),
    "empty_line_item_missing": spoil.item("TEKST"),
    "empty_line_item_barred": spoil.item("TEKST", barred=True),
    "empty_line_item_stock_tracked": spoil.item("TEKST", stock_tracked=True),
    "rounding_item_missing": spoil.item("ØRE"),
    "rounding_item_barred": spoil.item("ØRE", barred=True),
    "rounding_item_stock_tracked": spoil.item("ØRE", stock_tracked=True),
    "default_layout_not_chosen": spoil.choices(default_layout=None),
    "default_layout_missing": spoil.directory("layouts", 1, deleted=True),
    "mapped_layout_missing": spoil.directory("layouts", 2),
    "stock_split_missing": spoil.split(4711),
    "stock_split_barred": SPLIT.account(5830, barred=True),
    "stock_split_blocked": SPLIT.account(5830, blocked=True),
    "stock_split_wrong_type": spoil.split(1000),
    "stock_split_with_vat_code": SPLIT.account(5830, vat_code="I25"),
    "stock_split_conflict": SPLIT.choices(stock_contra_account=5830),
    "stock_frequency_not_chosen": spoil.choices(stock_frequency=None),
    "stock_accounts_equal": spoil.choices(stock_account=5830, stock_contra_account=5830),
    "economic_inventory_on": spoil.directory("product_groups", 2, inventory_enabled=True),
}


def found(facts: Facts) -> list[Finding]:
    """What is wrong or worth knowing, without what is told of sound facts too."""
    return [finding for finding in run_checks(facts) if not finding.passed and finding.code != "invoice_numbers"]


def test_sound_facts_have_nothing_wrong() -> None:
    assert found(SOUND) == []
    passed = {finding.code for finding in run_checks(SOUND) if finding.passed}
    unsupported_settings = {"invoice_numbers", "next_year_missing", "next_year_closed", "supplier_terms_missing"}
    assert passed | {"next_year_closed"} == {check.code for check in CHECKS} - unsupported_settings | {
        "next_year_closed"
    }
    assert {"next_year_missing", "next_year_closed"} <= {
        finding.code for finding in run_checks(LATE.facts) if finding.passed
    }


def test_every_check_has_a_fault_here_and_a_code_of_its_own() -> None:
    codes = [check.code for check in CHECKS]
    assert sorted(codes) == sorted(FAULTS)
    assert len(codes) == len(set(codes)) > 90


@pytest.mark.parametrize("code", [code for code in FAULTS if code != "invoice_numbers"])
def test_a_fault_has_exactly_its_code(code: str) -> None:
    assert {finding.code for finding in found(FAULTS[code])} == {code}
    (check,) = (check for check in CHECKS if check.code == code)
    assert {finding.severity for finding in found(FAULTS[code])} == {check.severity}
    assert bool(blocking_findings(run_checks(FAULTS[code]))) is (check.severity is Severity.BLOCKS)


@pytest.mark.parametrize(
    ("switch", "area"), [("suppliers_enabled", Area.PURCHASES), ("stock_value_enabled", Area.STOCK_VALUE)]
)
def test_a_section_that_is_not_carried_out_yet_holds_nothing_up(switch: str, area: Area) -> None:
    """Whatever blocks in it is still told, as something that can wait; nothing in the other sections changes."""
    for code, facts in FAULTS.items():
        small = msgspec.structs.replace(facts, unsupported_settings=frozenset({switch}))
        before, after = blocking_findings(run_checks(facts)), blocking_findings(run_checks(small))
        assert [check.code for check in after] == [check.code for check in before if check.area is not area], code
        told = {f"{switch}_not_yet"} if getattr(facts.choices, switch) else set()
        assert {check.code for check in found(small)} == {check.code for check in found(facts)} - set(
            CODES_NOT_YET
        ) | told


def test_both_number_series_are_told() -> None:
    (told,) = (finding for finding in run_checks(SOUND) if finding.code == "invoice_numbers")
    assert (told.severity, told.details) == (Severity.FINE, {"rackbeat": "1001", "economic": "900"})
    (overlap,) = found(FAULTS["invoice_numbers_overlap"])
    assert overlap.details == {"rackbeat": "1001", "economic": "1001"}
    taken = Spoil(FAULTS["invoice_numbers_overlap"])
    assert found(taken.choices(number_taken=NumberTaken.NEXT)) == []


@pytest.mark.parametrize(
    ("switch", "area"),
    [
        ("suppliers_enabled", {Area.PURCHASES}),
        ("sales_enabled", {Area.SALES, Area.LAYOUTS}),
        ("stock_value_enabled", {Area.STOCK_VALUE}),
    ],
)
def test_a_section_that_is_off_has_nothing_to_say(switch: str, area: set[Area]) -> None:
    off = Spoil(Facts(today=TODAY, connected=ConnectedSystems(account_id=2), registers_read=frozenset()))
    everything = off.choices(suppliers_enabled=True, sales_enabled=True, stock_value_enabled=True)
    without = Spoil(everything).choices(**{switch: False})
    assert {finding.area for finding in run_checks(everything)} >= area
    assert not {finding.area for finding in run_checks(without)} & area


def test_only_purchases_wait_for_undecided_cells() -> None:
    nothing_decided = Spoil(spoil.choices(purchase_accounts={}))
    (waiting,) = blocking_findings(run_checks(nothing_decided.facts))
    assert (waiting.code, waiting.field, waiting.details["count"]) == (
        "purchase_accounts_undecided",
        "purchase_accounts:1.domestic",
        "9",
    )
    assert blocking_findings(run_checks(nothing_decided.choices(suppliers_enabled=False))) == []
    assert NO_ITEM_GROUP in waiting.details["groups"]


def test_one_journal_for_both_works_when_it_takes_anything() -> None:
    assert found(SHARED.choices(supplier_journal=2)) == []
    assert [f.code for f in found(SHARED.choices(supplier_journal=2, stock_value_enabled=False))] == []


def test_the_very_cell_is_named() -> None:
    (told,) = found(FAULTS["purchase_vat_contradicts"])
    assert told.field == "purchase_accounts:1.abroad"
    assert told.details == {"group": "Cykler", "zone": "abroad", "number": "1310", "name": "Varekøb", "vat_code": "I25"}


def test_one_account_wrong_in_many_groups_is_told_once() -> None:
    (told,) = found(spoil.account(1310, barred=True))
    assert (told.details["group"], told.details["zone"], told.field) == (
        "Cykler, Tilbehør",
        "domestic",
        "purchase_accounts:1.domestic",
    )


def test_cells_of_groups_that_are_gone_are_history() -> None:
    assert found(spoil.cell("77.eu", 4711)) == []
    assert found(spoil.cell("1.domestic_exempt", NOT_USED)) == []
    assert [f.code for f in found(spoil.cell("1.domestic_exempt", 1310))] == ["purchase_vat_contradicts"]


def test_many_faults_of_one_kind_are_counted() -> None:
    groups = {n: RackbeatGroup(n, f"Gruppe {n}") for n in range(100, 100 + LISTED_MAX + 4)}
    many = spoil.but(directory=replace(SOUND.directory, rackbeat_groups={**SOUND.directory.rackbeat_groups, **groups}))
    told = [finding for finding in run_checks(many) if finding.code == "product_group_missing"]
    assert [finding.more for finding in told] == [0] * (LISTED_MAX - 1) + [4]


@pytest.mark.parametrize(
    ("public", "rackbeat", "possible"),
    [
        ("https://lagerbro.example.com", "https://app.rackbeat.com", True),
        ("http://lagerbro.example.com", "https://app.rackbeat.com", False),
        ("https://localhost:8000", "https://app.rackbeat.com", False),
        ("https://192.168.1.4", "https://app.rackbeat.com", False),
        ("https://lagerbro", "https://app.rackbeat.com", False),
        ("https://kontor.local", "https://app.rackbeat.com", False),
        ("https://93.184.216.34", "https://app.rackbeat.com", True),
        ("http://localhost:8000", "http://127.0.0.1:9100", True),
        ("http://localhost:8000", "http://rackbeat.test", True),
        ("ftp://localhost", "http://127.0.0.1:9100", False),
        ("", "https://app.rackbeat.com", False),
    ],
)
def test_where_rackbeat_can_call_us(public: str, rackbeat: str, possible: bool) -> None:
    facts = spoil.but(addresses=Addresses(public_url=public, rackbeat_url=rackbeat))
    assert (found(facts) == []) is possible


def test_a_read_only_subscription_is_told_once() -> None:
    denied = spoil.failed_read(code="access_denied", message="The license is read-only")
    assert [finding.code for finding in found(denied)] == ["economic_read_only"]
    rights = spoil.failed_read(code="access_denied", message="Access denied.")
    assert [finding.code for finding in found(rights)] == ["rights_missing"]


@settings(max_examples=150, deadline=timedelta(seconds=2), suppress_health_check=[HealthCheck.too_slow])
@given(anything())
def test_no_check_ever_raises_and_every_finding_is_whole(facts: Facts) -> None:
    findings = run_checks(facts)
    by_code = {check.code: check for check in CHECKS}
    for finding in findings:
        assert finding.severity is (Severity.FINE if finding.passed else by_code[finding.code].severity)
        assert all(isinstance(value, str) for value in finding.details.values())
        assert finding.field.partition(":")[0] == by_code[finding.code].field
    assert run_checks(facts) == findings


def test_a_purchase_on_an_account_of_the_split_is_told_like_one_on_the_main_stock_account() -> None:
    facts = Spoil(spoil.split(5830)).cell("1.abroad", 5830)
    assert {finding.code for finding in found(facts)} == {"purchase_account_is_stock_account"}
