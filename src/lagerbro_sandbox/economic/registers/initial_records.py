"""What every agreement holds from its first day, whatever the company (economic-api 1.5, 6.6)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.platform.roles import ROLES, SALES, SUPER_USER
from lagerbro_sandbox.kernel.records import KeyedRecord, Record

PAYMENT_TYPES: Final = (
    (1, "+71"),
    (2, "+73"),
    (5, "+04"),
    (7, "Bank transfer"),
    (10, "IBAN"),
    (14, "Entry only"),
    (17, "+75"),
)
EMPLOYEES: Final = ((1, "Administrator"), (2, "Mette Holm"))
USERS: Final = (("ADMIN", "Administrator", SUPER_USER), ("METTE", "Mette Holm", SALES))
DEPARTMENTS: Final = ((1, "Butik"), (2, "Engros"))
_SPLIT: Final = 3


def initial_records() -> list[KeyedRecord]:
    """The records, as a store takes them."""
    rows: list[KeyedRecord] = [
        ("payment-types", number, {"paymentTypeNumber": number, "name": name}) for number, name in PAYMENT_TYPES
    ]
    rows += [("app-roles", number, {"roleNumber": number, "name": name}) for number, name in ROLES.items()]
    rows += [
        ("employees", number, {"employeeNumber": number, "employeeGroup": {"employeeGroupNumber": 1}, "name": name})
        for number, name in EMPLOYEES
    ]
    rows += [("users", login, {"loginId": login, "name": name, "roles": [role]}) for login, name, role in USERS]
    rows += [("departments", number, {"departmentNumber": number, "name": name}) for number, name in DEPARTMENTS]
    rows += [("departmental-distributions", row["departmentalDistributionNumber"], row) for row in _distributions()]
    rows += [("vat-report-setups", kind, _setup(kind)) for kind in (1, 2, 3)]
    return rows


def _distributions() -> list[Record]:
    """Each department by itself, and one split over both."""
    rows = [_distribution(number, name, "department", {number: 100}) for number, name in DEPARTMENTS]
    return [*rows, _distribution(_SPLIT, "Butik og engros", "distribution", {1: 60, 2: 40})]


def _distribution(number: int, name: str, kind: str, shares: dict[int, int]) -> Record:
    return {
        "departmentalDistributionNumber": number,
        "name": name,
        "barred": False,
        "distributionType": kind,
        "distributions": [
            {"percentage": share, "department": {"departmentNumber": department}}
            for department, share in shares.items()
        ],
    }


def _setup(kind: int) -> Record:
    return {"vatReportSetupNumber": kind, "name": f"VAT report {kind}", "vatType": {"vatTypeNumber": kind}}
