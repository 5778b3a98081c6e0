"""One Stop VAT: what e-conomic needs for private customers in other EU countries (domain-rules A21, F7, H31)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Final

from lagerbro.books.one_stop import country_in
from lagerbro.books.vat_rates import is_known_rate, standard_rate
from lagerbro.books.zones import is_country_zone
from lagerbro.checks.check import Area, Fault, Faults, Remedy, Severity, check, fault_if
from lagerbro.checks.facts import Facts
from lagerbro.checks.sales import plain, shared_groups


@check("oss_zones_missing", Severity.SHOULD, Area.SALES, field="oss_enabled", remedy=Remedy.ECONOMIC_VAT)
def oss_zones_missing(facts: Facts) -> Faults:
    """Private customers in the EU need a zone for their country; none is made up for them (A21, W-OSS)."""
    if facts.vat_zones is None or not facts.choices.oss_enabled:
        return None
    return fault_if(not _country_zones(facts))


@check("oss_zone_unclear", Severity.SHOULD, Area.SALES, field="oss_enabled", remedy=Remedy.ECONOMIC_VAT)
def oss_zone_unclear(facts: Facts) -> Faults:
    """A country that two zones name has none: which of them is meant is never guessed (A21)."""
    if facts.vat_zones is None or not facts.choices.oss_enabled:
        return None
    zones = _country_zones(facts)
    shared = sorted(code for code, count in Counter(zones.values()).items() if count > 1)
    return [
        Fault({"country": code, "zone_names": ", ".join(_named(facts, n) for n, of in zones.items() if of == code)})
        for code in shared
    ]


@check("oss_rate_differs", Severity.SHOULD, Area.SALES, field="oss_enabled", remedy=Remedy.ECONOMIC_VAT)
def oss_rate_differs(facts: Facts) -> Faults:
    """The VAT code of a country's sales account has a rate that the country does not have today (H31)."""
    accounts, codes = facts.accounts, facts.vat_codes
    if facts.vat_zones is None or accounts is None or codes is None or not facts.choices.oss_enabled:
        return None
    used = {
        (country, number)
        for _, sales in shared_groups(facts)
        for zone, country in _country_zones(facts).items()
        if (number := sales.get(zone, 0)) in accounts
    }
    faults = []
    for country, number in sorted(used):
        code = codes.get(accounts[number].vat_code)
        rate = Decimal(code.rate) if code else Decimal(0)
        ordinary = standard_rate(country, facts.today)
        if ordinary is not None and not is_known_rate(country, rate, facts.today):
            rates = {"our_rate": plain(ordinary), "their_rate": plain(rate)}
            faults.append(Fault({"country": country, "number": str(number), **rates}))
    return faults


@check("oss_accounts_missing", Severity.SHOULD, Area.SALES, field="oss_enabled", remedy=Remedy.ECONOMIC_GROUPS)
def oss_accounts_missing(facts: Facts) -> Faults:
    """A country's zone without a sales account on the group: the line is refused (A21, W-OSS)."""
    if facts.vat_zones is None or not facts.choices.oss_enabled:
        return None
    return [
        Fault({"group": group.name, "number": str(group.number), "count": str(len(missing))})
        for group, accounts in shared_groups(facts)
        if (missing := [zone for zone in _country_zones(facts) if zone not in accounts])
    ]


def _country_zones(facts: Facts) -> dict[int, str]:
    """The zones for customers that are a country's, with its code (`books.one_stop`)."""
    zones = facts.vat_zones or {}
    countries = {n: country_in(z.name) for n, z in zones.items() if z.for_customers and is_country_zone(n)}
    return {number: code for number, code in countries.items() if code is not None}


def _named(facts: Facts, zone: int) -> str:
    return f"{zone} {(facts.vat_zones or {})[zone].name}"


CHECKS: Final = (oss_zones_missing, oss_zone_unclear, oss_accounts_missing, oss_rate_differs)
