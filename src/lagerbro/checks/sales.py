"""Customer invoices: what e-conomic needs to book them, and what makes the two systems' totals or numbers differ."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from lagerbro.agreements.directory import ProductGroup
from lagerbro.books.choices import NumberTaken
from lagerbro.books.zones import Zone, zone_number
from lagerbro.checks import master_data
from lagerbro.checks.check import Area, Check, Fault, Faults, FindFaults, Remedy, Severity, check, fault_if
from lagerbro.checks.facts import Facts, Item

_GROUPS, _ITEMS = Remedy.ECONOMIC_GROUPS, Remedy.RACKBEAT_ITEMS


@check("sales_account_missing", Severity.SHOULD, Area.SALES, remedy=_GROUPS)
def sales_account_missing(facts: Facts) -> Faults:
    """An invoice line in such a zone is refused with E06605 (economic-api 6.5)."""
    zones = [zone_number(zone) for zone in Zone if zone_number(zone) in (facts.vat_zones or {})]
    return [
        Fault({"group": group.name, "number": str(group.number), "zones": " ".join(missing)})
        for group, accounts in shared_groups(facts)
        if (
            missing := [zone.value for zone in Zone if zone_number(zone) in zones and zone_number(zone) not in accounts]
        )
    ]


@check("sales_account_barred", Severity.SHOULD, Area.SALES, remedy=Remedy.ECONOMIC_ACCOUNTS)
def sales_account_barred(facts: Facts) -> Faults:
    """Nothing can be booked on it (D24)."""
    accounts = facts.accounts
    if accounts is None:
        return None
    used = {number for _, zones in shared_groups(facts) for number in zones.values()}
    return [
        Fault({"number": str(number), "name": accounts[number].name})
        for number in sorted(used)
        if number in accounts and accounts[number].barred
    ]


@check("sales_vat_differs", Severity.SHOULD, Area.SALES, remedy=_GROUPS)
def sales_vat_differs(facts: Facts) -> Faults:
    """The two systems would come to different totals, and every such invoice would be held as a draft (D26, H10)."""
    accounts, codes, groups = facts.accounts, facts.vat_codes, facts.rackbeat_groups
    if accounts is None or codes is None or groups is None:
        return None
    faults = []
    for group, zones in shared_groups(facts):
        account = accounts.get(zones.get(zone_number(Zone.DOMESTIC), 0))
        rackbeat = groups[group.number].vat_domestic
        if account is None or rackbeat is None:
            continue
        code = codes.get(account.vat_code)
        economic = Decimal(code.rate) if code else Decimal(0)
        if economic != rackbeat:
            details = {
                "group": group.name,
                "number": str(account.number),
                "our_rate": plain(rackbeat),
                "their_rate": plain(economic),
            }
            faults.append(Fault(details))
    return faults


@check("product_group_missing", Severity.SHOULD, Area.SALES, remedy=_GROUPS)
def product_group_missing(facts: Facts) -> Faults:
    """A control or sales account is never guessed, so its products are held (H15)."""
    rackbeat, economic = facts.rackbeat_groups, facts.product_groups
    if rackbeat is None or economic is None:
        return None
    return [Fault({"number": str(n), "name": group.name}) for n, group in rackbeat.items() if n not in economic]


@check("customer_group_missing", Severity.SHOULD, Area.SALES, remedy=_GROUPS)
def customer_group_missing(facts: Facts) -> Faults:
    """As with product groups (H15)."""
    rackbeat, economic = facts.rackbeat.customer_groups, facts.customer_groups
    if rackbeat is None or economic is None:
        return None
    return [Fault({"number": str(n), "name": name}) for n, name in rackbeat.items() if n not in economic]


@check("payment_terms_missing", Severity.SHOULD, Area.SALES, remedy=Remedy.ECONOMIC_TERMS)
def payment_terms_missing(facts: Facts) -> Faults:
    """Customers with such terms cannot be transferred (D20)."""
    return master_data.terms_missing(facts)


@check("currency_missing", Severity.SHOULD, Area.SALES, remedy=Remedy.ECONOMIC_COMPANY)
def currency_missing(facts: Facts) -> Faults:
    """Neither the customers that have it nor their invoices can be transferred (D17)."""
    return master_data.currencies_missing(facts.rackbeat.customer_currencies, facts.economic.currencies)


@check("customer_zone_domestic_missing", Severity.BLOCKS, Area.SALES, remedy=Remedy.ECONOMIC_VAT)
def domestic_zone_missing(facts: Facts) -> Faults:
    """Without it no Danish customer can be invoiced."""
    zones = facts.vat_zones
    if zones is None:
        return None
    domestic = zones.get(zone_number(Zone.DOMESTIC))
    return fault_if(domestic is None or not domestic.for_customers)


@check("customer_zones_missing", Severity.SHOULD, Area.SALES, remedy=Remedy.ECONOMIC_VAT)
def zones_missing(facts: Facts) -> Faults:
    """EU, abroad and exempt: customers there are held until the zone exists (economic-api 9.2)."""
    zones = facts.vat_zones
    if zones is None:
        return None
    wanted = [zone for zone in Zone if zone is not Zone.DOMESTIC]
    missing = [z.value for z in wanted if (n := zone_number(z)) not in zones or not zones[n].for_customers]
    return fault_if(bool(missing), zones=" ".join(missing))


@check("invoice_numbers_overlap", Severity.SHOULD, Area.SALES, field="number_taken")
def numbers_overlap(facts: Facts) -> Faults:
    """A booking that asks for a number that is used stops there, unless the next one may be taken (H11)."""
    rackbeat, economic = facts.rackbeat.next_invoice, facts.economic.last_booked_invoice
    if rackbeat is None or economic is None or not facts.choices.book_on_booking:
        return None
    taken = economic >= rackbeat and facts.choices.number_taken is NumberTaken.STOP
    return fault_if(taken, rackbeat=rackbeat, economic=economic)


@check("invoice_numbers", Severity.FINE, Area.SALES, field="number_taken")
def numbers(facts: Facts) -> Faults:
    """Both series side by side (H11)."""
    rackbeat, economic = facts.rackbeat.next_invoice, facts.economic.last_booked_invoice
    if rackbeat is None or economic is None or numbers_overlap.find_faults(facts):
        return None
    return fault_if(True, rackbeat=rackbeat, economic=economic)  # noqa: FBT003 - it is always told


@check("ean_without_booking", Severity.SHOULD, Area.SALES, field="never_book_ean")
def ean_without_booking(facts: Facts) -> Faults:
    """The setting does nothing by itself (A18, W-EAN)."""
    return fault_if(not facts.choices.book_on_booking) if facts.choices.never_book_ean else None


@check("own_company_incomplete", Severity.SHOULD, Area.SALES, remedy=Remedy.ECONOMIC_COMPANY)
def own_company_incomplete(facts: Facts) -> Faults:
    """An EAN invoice cannot be sent by a company without CVR or country in either system (D9)."""
    return [
        Fault({"system": system, "part": part})
        for system, part, value in (
            ("e-conomic", "cvr", facts.economic.cvr),
            ("e-conomic", "country", facts.economic.country),
            ("Rackbeat", "cvr", facts.rackbeat.cvr),
            ("Rackbeat", "country", facts.rackbeat.country),
        )
        if value is not None and not value.strip()
    ]


@check("e_invoices_not_possible", Severity.SHOULD, Area.SALES, remedy=Remedy.ECONOMIC_APPS)
def e_invoices_not_possible(facts: Facts) -> Faults:
    """EAN drafts are sent from e-conomic, which has to be able to (A18)."""
    able = facts.economic.sends_e_invoices
    return None if able is None else fault_if(not able and facts.choices.never_book_ean)


def shared_groups(facts: Facts) -> Iterator[tuple[ProductGroup, dict[int, int]]]:
    """e-conomic's product groups that Rackbeat has too, with their sales accounts, as far as both were read."""
    wanted = facts.rackbeat_groups or {}
    for group in (facts.product_groups or {}).values():
        if group.number in wanted and group.sales_accounts is not None:
            yield group, group.sales_accounts


def _item_checks() -> Iterator[Check]:
    """A20's item and the rounding item: there, not barred, without stock (H10, H17)."""
    for field in ("empty_line_item", "rounding_item"):
        yield Check(f"{field}_missing", Severity.SHOULD, Area.SALES, _find_item_fault(field, None), field, _ITEMS)
        yield Check(f"{field}_barred", Severity.SHOULD, Area.SALES, _find_item_fault(field, "barred"), field, _ITEMS)
        yield Check(
            f"{field}_stock_tracked",
            Severity.SHOULD,
            Area.SALES,
            _find_item_fault(field, "stock_tracked"),
            field,
            _ITEMS,
        )


def _find_item_fault(field: str, flag: str | None) -> FindFaults:
    def find(facts: Facts) -> Faults:
        number: str | None = getattr(facts.choices, field)
        if number is None or number not in facts.rackbeat.items:
            return None
        item: Item | None = facts.rackbeat.items[number]
        if flag is None:
            return fault_if(item is None, number=number)
        return None if item is None else fault_if(getattr(item, flag), number=number, name=item.name)

    return find


def plain(number: Decimal) -> str:
    """A percentage as a detail of a fault: "25.5"."""
    return format(number.normalize(), "f")


CHECKS: Final = (
    domestic_zone_missing,
    zones_missing,
    product_group_missing,
    sales_account_missing,
    sales_account_barred,
    sales_vat_differs,
    customer_group_missing,
    payment_terms_missing,
    currency_missing,
    numbers_overlap,
    numbers,
    ean_without_booking,
    own_company_incomplete,
    e_invoices_not_possible,
    *_item_checks(),
)
