"""What the records of Rackbeat name and e-conomic does not have, whoever's records they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lagerbro.checks.check import Fault, Faults
from lagerbro.checks.facts import Facts


def terms_missing(facts: Facts) -> Faults:
    """Payment terms that customers or suppliers have in Rackbeat alone; None where one of the lists was not read."""
    rackbeat, economic = facts.rackbeat.payment_terms, facts.economic.payment_terms
    if rackbeat is None or economic is None:
        return None
    return [Fault({"number": str(number), "name": name}) for number, name in rackbeat.items() if number not in economic]


def currencies_missing(rackbeat: Mapping[str, int] | None, economic: Collection[str] | None) -> Faults:
    """Currencies of Rackbeat's parties, with how many have each; None where one of the lists was not read."""
    if rackbeat is None or economic is None:
        return None
    absent = sorted((code, count) for code, count in rackbeat.items() if code not in economic)
    return [Fault({"currency": code, "count": str(count)}) for code, count in absent]
