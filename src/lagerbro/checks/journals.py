"""The two journals: that they are there, take the right entries (A10, A28) and leave VAT codes to us (H19, H27)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lagerbro.agreements.directory import Journal
from lagerbro.agreements.fitness import journal_misfits
from lagerbro.checks.check import Area, Check, Faults, FindFaults, Remedy, Severity, check, fault_if
from lagerbro.checks.facts import Facts

PICKERS: Final = {"supplier_journal": Area.PURCHASES, "stock_journal": Area.STOCK_VALUE}
_MISFITS: Final = {
    "wrong_type": frozenset({"journal_not_for_suppliers", "journal_not_for_finance"}),
    "locks_vat_codes": frozenset({"journal_locks_vat"}),
    "needs_approval": frozenset({"journal_needs_approval"}),
    "standing": frozenset({"journal_standing"}),
}
"""What a check says, and the misfits (`agreements.fitness`) that it says it for."""


@check(
    "journal_shared",
    Severity.BLOCKS,
    Area.STOCK_VALUE,
    field="stock_journal",
    remedy=Remedy.ECONOMIC_JOURNALS,
)
def journal_shared(facts: Facts) -> Faults:
    """One journal for both kinds of entries works only when it takes any kind (A28)."""
    journal = _shared(facts)
    if facts.journals is None:
        return None
    return fault_if(journal is not None and bool(journal.entry_type), **_named(journal))


def _shared(facts: Facts) -> Journal | None:
    choices = facts.choices
    is_shared = choices.suppliers_enabled and choices.supplier_journal == choices.stock_journal
    return (facts.journals or {}).get(choices.stock_journal or 0) if is_shared else None


def _checks(field: str, area: Area) -> Iterator[Check]:
    """A stock voucher must be without a VAT code (H27); a supplier invoice names one where it falls back (H19)."""
    locked = Severity.BLOCKS if area is Area.STOCK_VALUE else Severity.SHOULD
    for reason, severity, find in (
        ("not_chosen", Severity.BLOCKS, _find_not_chosen(field)),
        ("missing", Severity.BLOCKS, _find_missing(field)),
        ("wrong_type", Severity.BLOCKS, _find_wrong_type(field)),
        ("locks_vat_codes", locked, _find_misfit(field, "locks_vat_codes")),
        ("standing", Severity.SHOULD, _find_misfit(field, "standing")),
        ("needs_approval", Severity.FINE, _find_misfit(field, "needs_approval")),
    ):
        yield Check(f"{field}_{reason}", severity, area, find, field, Remedy.ECONOMIC_JOURNALS)


def _find_not_chosen(field: str) -> FindFaults:
    return lambda facts: fault_if(_number(facts, field) is None)


def _find_missing(field: str) -> FindFaults:
    def find(facts: Facts) -> Faults:
        number, journals = _number(facts, field), facts.journals
        if number is None or journals is None:
            return None
        return fault_if(number not in journals, number=number)

    return find


def _find_wrong_type(field: str) -> FindFaults:
    def find(facts: Facts) -> Faults:
        if facts.choices.stock_value_enabled and _shared(facts) is not None:
            return None  # told once, as a journal that is shared
        return _find_misfit(field, "wrong_type")(facts)

    return find


def _find_misfit(field: str, reason: str) -> FindFaults:
    def find(facts: Facts) -> Faults:
        journal = (facts.journals or {}).get(_number(facts, field) or 0)
        if journal is None:
            return None
        codes = {misfit.code for misfit in journal_misfits(field, journal)}
        return fault_if(bool(codes & _MISFITS[reason]), **_named(journal))

    return find


def _named(journal: Journal | None) -> dict[str, object]:
    return {"number": journal.number, "name": journal.name} if journal else {}


def _number(facts: Facts, field: str) -> int | None:
    number: int | None = getattr(facts.choices, field)
    return number


CHECKS: Final = (*(made for field, area in PICKERS.items() for made in _checks(field, area)), journal_shared)
