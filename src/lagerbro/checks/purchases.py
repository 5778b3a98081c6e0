"""How purchases are coded: the grid of product group × zone, its VAT, and the safety net under it (A11–A14, C8)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from lagerbro.agreements.directory import REQUIRED_ZONES, VatCode, VatKind
from lagerbro.agreements.fitness import account_misfits, vat_contradiction
from lagerbro.books.stock_split import split_rows
from lagerbro.books.zones import Zone, zone_number
from lagerbro.checks import master_data
from lagerbro.checks.check import Area, Check, Fault, Faults, FindFaults, Remedy, Severity, check, fault_if
from lagerbro.checks.facts import Facts
from lagerbro.checks.grid import GRID_FIELD, decided_cells, grid_faults, group_name, shortened_list, zone_of_cell

_ACCOUNTS, _VAT = Remedy.ECONOMIC_ACCOUNTS, Remedy.ECONOMIC_VAT


@check("purchase_accounts_undecided", Severity.BLOCKS, Area.PURCHASES, field=GRID_FIELD)
def undecided(facts: Facts) -> Faults:
    """A suggestion is not an answer (A13), and undecided cells hold up this section only (H2)."""
    if facts.rackbeat_groups is None:
        return None
    missing = [cell for cell in facts.directory.cells if cell not in facts.choices.purchase_accounts]
    if not missing:
        return []
    names = list(dict.fromkeys(group_name(facts, cell) for cell in missing))
    details = {"count": str(len(missing)), "groups": shortened_list(names)}
    return [Fault(details, f"{GRID_FIELD}:{missing[0]}")]


@check("purchase_account_missing", Severity.SHOULD, Area.PURCHASES, field=GRID_FIELD, remedy=_ACCOUNTS)
def account_missing(facts: Facts) -> Faults:
    """Deleted since it was chosen: the line goes to the fallback account and waits for a look (A11)."""
    accounts = facts.accounts
    if accounts is None:
        return None
    return grid_faults(facts, [chosen for chosen in decided_cells(facts) if chosen[1] not in accounts])


@check("purchase_account_is_stock_account", Severity.SHOULD, Area.PURCHASES, field=GRID_FIELD)
def is_stock_account(facts: Facts) -> Faults:
    """What is posted on the stock account is taken away again by the next stock run (A14, A29)."""
    stocks = _stock_accounts(facts)
    if not stocks:
        return None
    return grid_faults(facts, [chosen for chosen in decided_cells(facts) if chosen[1] in stocks])


def _stock_accounts(facts: Facts) -> set[int]:
    """Those that the stock value is posted on; none while it is not transferred."""
    choices = facts.choices
    if not choices.stock_value_enabled or choices.stock_account is None:
        return set()
    return {choices.stock_account, *(row.account for row in split_rows(choices).values())}


@check("purchase_vat_contradicts", Severity.BLOCKS, Area.PURCHASES, field=GRID_FIELD, remedy=_VAT)
def vat_contradicts(facts: Facts) -> Faults:
    """VAT that the supplier has not charged would be deducted, or VAT that is owed would not be paid (C8)."""
    return _with_code(facts, contradicts)


@check("purchase_vat_doubtful", Severity.SHOULD, Area.PURCHASES, field=GRID_FIELD, remedy=_VAT)
def vat_doubtful(facts: Facts) -> Faults:
    """No amount is wrong, but the VAT return may name the wrong box: EU as abroad, or a code without a rate."""
    return _with_code(facts, lambda zone, code: bool(vat_contradiction(code, zone)) and not contradicts(zone, code))


@check("purchase_vat_missing_in_eu", Severity.SHOULD, Area.PURCHASES, field=GRID_FIELD, remedy=_VAT)
def vat_missing_in_eu(facts: Facts) -> Faults:
    """Without a code no acquisition VAT is computed (C8b)."""
    accounts = facts.accounts
    if accounts is None:
        return None
    wrong = [
        (cell, number)
        for cell, number in decided_cells(facts)
        if zone_of_cell(cell) is Zone.EU and (account := accounts.get(number)) and not account.vat_code
    ]
    return grid_faults(facts, wrong)


@check("purchase_vat_code_barred", Severity.SHOULD, Area.PURCHASES, field=GRID_FIELD, remedy=_VAT)
def vat_code_barred(facts: Facts) -> Faults:
    """Nothing can be posted with a barred code, not even by way of the fallback account (H19)."""
    return _with_code(facts, lambda _zone, code: code.barred)


@check("purchase_vat_code_missing", Severity.SHOULD, Area.PURCHASES, field=GRID_FIELD, remedy=_VAT)
def vat_code_missing(facts: Facts) -> Faults:
    """The account names a code that e-conomic does not list."""
    codes, accounts = facts.vat_codes, facts.accounts
    if codes is None or accounts is None:
        return None
    wrong = [
        (cell, number)
        for cell, number in decided_cells(facts)
        if (account := accounts.get(number)) and account.vat_code and account.vat_code not in codes
    ]
    return grid_faults(facts, wrong)


@check("fallback_vat_contradicts", Severity.SHOULD, Area.PURCHASES, field="fallback_account", remedy=_ACCOUNTS)
def fallback_vat_contradicts(facts: Facts) -> Faults:
    """The decided account's code is sent along, so no VAT is wrong unless the journal locks the codes (H19)."""
    account = (facts.accounts or {}).get(facts.choices.fallback_account or 0)
    code = (facts.vat_codes or {}).get(account.vat_code) if account else None
    if account is None or facts.vat_codes is None:
        return None
    used = {zone_of_cell(cell) for cell, _ in decided_cells(facts)}
    against = [zone for zone in Zone if zone in used and code is not None and contradicts(zone, code)]
    zones = " ".join(zone.value for zone in against)
    return fault_if(bool(against), number=account.number, name=account.name, vat_code=account.vat_code, zones=zones)


@check("supplier_zones_missing", Severity.SHOULD, Area.PURCHASES, remedy=_VAT)
def zones_missing(facts: Facts) -> Faults:
    """Suppliers are in Indland, EU or Udland, and e-conomic must have those zones for suppliers (economic-api 9.2)."""
    zones = facts.vat_zones
    if zones is None:
        return None
    numbers = [zone_number(zone) for zone in REQUIRED_ZONES]
    missing = [str(n) for n in numbers if n not in zones or not zones[n].for_suppliers]
    return fault_if(bool(missing), zones=", ".join(missing))


@check("supplier_terms_missing", Severity.SHOULD, Area.PURCHASES, remedy=Remedy.ECONOMIC_TERMS)
def terms_missing(facts: Facts) -> Faults:
    """Suppliers with such terms cannot be transferred (D20). Where sales are on, it is told of customers."""
    return None if facts.choices.sales_enabled else master_data.terms_missing(facts)


@check("supplier_currency_missing", Severity.SHOULD, Area.PURCHASES, remedy=Remedy.ECONOMIC_COMPANY)
def currency_missing(facts: Facts) -> Faults:
    """Neither the suppliers that have it nor their invoices can be transferred."""
    return master_data.currencies_missing(facts.rackbeat.supplier_currencies, facts.economic.currencies)


@check("attachments_missing", Severity.SHOULD, Area.PURCHASES, remedy=Remedy.ECONOMIC_APPS)
def attachments_missing(facts: Facts) -> Faults:
    """Without the module for scanned documents vouchers go without the supplier's PDF (D15, F24)."""
    modules = facts.economic.modules
    return None if modules is None else fault_if(_SCANNING not in modules)


_SCANNING: Final = 3
"""Indscanning (economic-api 1.6)."""


def contradicts(zone: Zone, code: VatCode) -> bool:
    """Whether the code would post VAT that a purchase in the zone does not have, or leave out VAT that it has.

    Stricter than `agreements.fitness.vat_contradiction`: what only a name suggests, and codes without a rate, do not
    make an amount wrong.
    """
    if vat_contradiction(code, zone) is None or code.kind is VatKind.UNKNOWN or not Decimal(code.rate):
        return False
    return zone in (Zone.DOMESTIC, Zone.DOMESTIC_EXEMPT) or code.kind is not VatKind.REVERSE_CHARGE


_MISFITS: Final = {
    "barred": "barred",
    "blocked": "blocked",
    "wrong_type": "not_postable",
    "on_balance_sheet": "balance_sheet_purchase",
}
"""What a check says, and the misfit (`agreements.fitness`) that it says it for."""


def _cell_checks() -> Iterator[Check]:
    for reason, misfit in _MISFITS.items():
        code = f"purchase_account_{reason}"
        yield Check(code, Severity.SHOULD, Area.PURCHASES, _find_misfit(misfit), GRID_FIELD, _ACCOUNTS)


def _find_misfit(code: str) -> FindFaults:
    def find(facts: Facts) -> Faults:
        accounts = facts.accounts
        if accounts is None:
            return None
        stocks = _stock_accounts(facts)
        wrong = [
            (cell, number)
            for cell, number in decided_cells(facts)
            if number in accounts
            and number not in stocks  # told as a stock account
            and code
            in {misfit.code for misfit in account_misfits(f"{GRID_FIELD}:{cell}", accounts[number], facts.directory)}
        ]
        return grid_faults(facts, wrong)

    return find


def _with_code(facts: Facts, wrong: Callable[[Zone, VatCode], bool]) -> Faults:
    codes, accounts = facts.vat_codes, facts.accounts
    if codes is None or accounts is None:
        return None
    taxed_accounts = [
        (cell, number)
        for cell, number in decided_cells(facts)
        if (account := accounts.get(number))
        and (code := codes.get(account.vat_code))
        and wrong(zone_of_cell(cell), code)
    ]
    return grid_faults(facts, taxed_accounts)


CHECKS: Final = (
    undecided,
    account_missing,
    *_cell_checks(),
    is_stock_account,
    vat_contradicts,
    vat_doubtful,
    vat_missing_in_eu,
    vat_code_barred,
    vat_code_missing,
    fallback_vat_contradicts,
    zones_missing,
    terms_missing,
    currency_missing,
    attachments_missing,
)
