"""The VAT of e-conomic's product groups by the lists of the settings page: zone → sales account → VAT code → rate."""

from __future__ import annotations

from decimal import Decimal

from lagerbro.agreements.directory import Directory, VatKind
from lagerbro.books.zones import Zone, zone_number
from lagerbro.flows.startup.candidate import GroupVat


def vat_of_groups(directory: Directory) -> dict[int, GroupVat]:
    """By the group's number. A group is missing whose account in Denmark, or whose account's code, is not known; a zone
    without an account has no VAT, for nothing can be sold there."""
    found = {}
    for group in directory.product_groups.values():
        rates = _rates(directory, group.sales_accounts or {})
        if rates is not None:
            found[group.number] = GroupVat(rates)
    return found


def _rates(directory: Directory, accounts: dict[int, int]) -> dict[str, Decimal] | None:
    if zone_number(Zone.DOMESTIC) not in accounts:
        return None
    rates: dict[str, Decimal] = {}
    for zone in Zone:
        number = accounts.get(zone_number(zone))
        rate = Decimal(0) if number is None else _rate(directory, number)
        if rate is None:
            return None
        rates[zone.value] = rate
    return rates


def _rate(directory: Directory, number: int) -> Decimal | None:
    account = directory.accounts.get(number)
    if account is None:
        return None
    if not account.vat_code:
        return Decimal(0)
    code = directory.vat_of(account)
    if code is None or code.kind is not VatKind.SALES:
        return None if code is None else Decimal(0)
    return Decimal(code.rate)
