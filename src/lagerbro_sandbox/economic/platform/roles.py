"""Which roles open which part of the API (economic-api 1.5)."""

from __future__ import annotations

from typing import Final

SUPER_USER, BOOKKEEPING, SALES, PROJECT_EMPLOYEE = "SuperUser", "Bookkeeping", "Sales", "ProjectEmployee"
ROLES: Final = {2: SUPER_USER, 3: BOOKKEEPING, 4: SALES, 5: PROJECT_EMPLOYEE}
"""By `roleNumber`; only that of SuperUser was seen."""
DANISH: Final = {
    SUPER_USER: "Superbruger",
    BOOKKEEPING: "Bogholderi",
    SALES: "Salg",
    PROJECT_EMPLOYEE: "Projektmedarbejder",
}
_BOOKS: Final = frozenset({SUPER_USER, BOOKKEEPING})
_TRADE: Final = frozenset({SUPER_USER, SALES})
_BOTH: Final = frozenset({SUPER_USER, BOOKKEEPING, SALES})
_NEEDED: Final = {
    "accounts": _BOOKS,
    "accounting-years": _BOOKS,
    "journals": _BOOKS,
    "payment-types": _BOOKS,
    "suppliers": _BOOKS,
    "supplier-groups": _BOOKS,
    "customers": _TRADE,
    "customer-groups": _TRADE,
    "products": _TRADE,
    "product-groups": _TRADE,
    "invoices": _TRADE,
    "orders": _TRADE,
    "quotes": _TRADE,
    "employees": _TRADE,
    "self": _TRADE,
    "currencies": _BOTH,
    "departments": _BOTH,
    "departmental-distributions": _BOTH,
}
"""By the first segment of a path on REST; what is not here is open to every role."""


def opens(roles: frozenset[str], path: str) -> bool:
    """Whether any of an app's roles opens a path."""
    needed = _NEEDED.get(path.strip("/").split("/", 1)[0].lower())
    return needed is None or bool(needed & roles)
