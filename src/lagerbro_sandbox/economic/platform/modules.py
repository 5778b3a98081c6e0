"""Modules of an agreement: some resources and properties need one (economic-api 1.5, 1.6)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.session import Session

SCANNING: Final = 3
PROJECT: Final = 4
DIMENSION: Final = 14
ACCRUALS_IN_CLOSED_PERIODS: Final = 42
ACCRUALS: Final = 75
NAMES: Final = {
    SCANNING: "Indscanning",
    PROJECT: "Projektstyring",
    DIMENSION: "Dimension",
    33: "Balance posting",
    ACCRUALS_IN_CLOSED_PERIODS: "Automatic accrual in closed periods",
    57: "Budget",
    74: "Subscription & Direct Debit",
    ACCRUALS: "Fixed Assets and Accruals",
}


def has_module(session: Session, number: int) -> bool:
    """Whether the agreement has a module."""
    return any(module["moduleNumber"] == number for module in session.company.get("modules", ()))
