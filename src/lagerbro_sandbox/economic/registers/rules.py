"""What a register's records must be beyond their form (economic-api 6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.errors import Problems
from lagerbro_sandbox.kernel.records import Record

Rule = Callable[[Session, Record, Record | None, Problems], None]
POSTABLE: Final = ("profitAndLoss", "status")


def _customer_group(session: Session, record: Record, _present: Record | None, problems: Problems) -> None:
    """economic-api 6.2: the account is a profit and loss or balance account that is not barred."""
    number = record["account"].get("accountNumber")
    account = session.get("accounts", number) if number is not None else None
    if account and (account.get("barred") or account["accountType"] not in POSTABLE):
        problems.add(("account", "accountNumber"), "E06100", f"Account {number} cannot be posted to.", number)


def _payment_terms(_session: Session, record: Record, present: Record | None, problems: Problems) -> None:
    """economic-api 6.6: type and days of credit never change."""
    for name in ("paymentTermsType", "daysOfCredit"):
        if present is not None and record.get(name, 0) != present.get(name, 0):
            problems.add((name,), "E06151", f"'{name}' cannot be changed.", record.get(name))


def _customer(session: Session, record: Record, present: Record | None, problems: Problems) -> None:
    """economic-api 6.1: contacts and delivery locations are those of the customer."""
    number = (present or record).get("customerNumber")
    for name, kind, key in (
        ("attention", "customer-contacts", "customerContactNumber"),
        ("customerContact", "customer-contacts", "customerContactNumber"),
        ("defaultDeliveryLocation", "delivery-locations", "deliveryLocationNumber"),
    ):
        given = record.get(name, {}).get(key)
        owner = ((session.get(kind, given) or {}).get("customer") or {}) if given is not None else {}
        if owner and owner["customerNumber"] != number:
            problems.add((name, key), "E06000", f"'{given}' is another customer's.", given)


def _account(session: Session, record: Record, present: Record | None, problems: Problems) -> None:
    """economic-api 6.7: what product groups or VAT codes post to stays open; what was posted to stays an account that
    takes entries. The codes are assumed: none is published."""
    number = (present or record).get("accountNumber", 0)
    if record.get("barred") and _is_posted_to(session, number):
        problems.add(("barred",), "E06110", f"Product groups or VAT codes use account {number}.")
    if record["accountType"] not in POSTABLE and session.store.entries.are_on(session.agreement, number):
        problems.add(("accountType",), "E06111", f"Account {number} has entries.", record["accountType"])
    below = record.get("totalFromAccount", {}).get("accountNumber")
    if record["accountType"] == "totalFrom" and (below is None or below >= number):
        problems.add(("totalFromAccount",), "E06112", "A total begins at an account below its own.", below)


def _is_posted_to(session: Session, number: int) -> bool:
    if any(number in row.get("accounts", {}).values() for row in session.all("product-groups")):
        return True
    named = {"accountNumber": number}
    return any(named in (row.get("account"), row.get("contraAccount")) for row in session.all("vat-accounts"))


RULES: Final[Mapping[str, Rule]] = {
    "accounts": _account,
    "customers": _customer,
    "customer-groups": _customer_group,
    "payment-terms": _payment_terms,
}
