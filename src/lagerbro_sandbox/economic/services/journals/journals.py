"""journalsapi: the journals themselves (economic-api 8.1). Entries and booking have modules of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lagerbro_sandbox.economic.journals import number_series as series
from lagerbro_sandbox.economic.journals.entry_kinds import DRAFT_NAMES, DRAFT_NUMBERS
from lagerbro_sandbox.economic.services.calls import Call
from lagerbro_sandbox.economic.services.journals import accruals, draft_entries, journal_booking
from lagerbro_sandbox.economic.services.problems import INVALID, raise_if_any, refuse
from lagerbro_sandbox.economic.services.resources import Resource, ServiceRouter
from lagerbro_sandbox.economic.services.shapes.journals import JOURNAL
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.economic.wire.extras import EXTRAS
from lagerbro_sandbox.kernel.records import Record

KIND: Final = "journals"
FLAGS: Final = (
    "balancingBehavior",
    "autoApprove",
    "isStandingJournal",
    "requireAdminApproval",
    "lockVatCodes",
    "allowPartialBooking",
    "requireBalancePerVoucherId",
    "repeatText",
)
_ACCOUNTS: Final = (("customerContraAccount", "customerPayments"), ("supplierContraAccount", "supplierPayments"))

_OWN: Final = frozenset(
    {
        "name",
        "allowedEntryType",
        "customerContraAccount",
        "supplierContraAccount",
        "minimumVoucherNumber",
        "maximumVoucherNumber",
        "nextVoucherNumber",
    }
)
"""What is kept as REST shows it; the rest is known here only."""


def add_to(router: ServiceRouter) -> None:
    Resource("/journals", JOURNAL, "number", _rows, _read, _create, _update, _delete).add_to(router)
    draft_entries.add_to(router)
    accruals.add_to(router)
    journal_booking.add_to(router)


def _rows(call: Call, _values: list[str]) -> Iterator[Record]:
    return (shown(call.session, row) for row in call.session.all(KIND))


def _read(call: Call, values: list[str]) -> Record | None:
    row = call.session.get(KIND, values[0])
    return None if row is None else shown(call.session, row)


def shown(session: Session, row: Record) -> Record:
    """The journal as this surface tells it."""
    settings, extras = row["settings"], row.get(EXTRAS, {})
    numbers = settings.get("voucherNumbers", {})
    contra = settings.get("contraAccounts", {})
    return {
        **extras,
        **{flag: bool(extras.get(flag)) for flag in FLAGS},
        "number": row["journalNumber"],
        "name": row["name"],
        "allowedEntryType": DRAFT_NUMBERS.get(settings.get("entryTypeRestrictedTo", ""), 0),
        "minimumVoucherNumber": numbers.get("minimumVoucherNumber"),
        "maximumVoucherNumber": numbers.get("maximumVoucherNumber"),
        "nextVoucherNumber": series.next_number(session, row),
        **{name: (contra.get(side) or {}).get("accountNumber") for name, side in _ACCOUNTS},
    }


def _create(call: Call, new: Record, _values: list[str]) -> int:
    session = call.session
    number = session.store.next_number(session.agreement, KIND)
    _store(session, number, new)
    return number


def _update(call: Call, row: Record, new: Record, _values: list[str]) -> None:
    _store(call.session, int(row["number"]), new)


def _delete(call: Call, row: Record, _values: list[str]) -> None:
    session = call.session
    if session.store.draft_entries.all(session.agreement, journal=int(row["number"])):
        raise refuse("JournalMustBeEmptyBeforeDeleting", "The journal has entries.", "number")
    session.store.delete(session.agreement, KIND, row["number"])


def _store(session: Session, number: int, new: Record) -> None:
    raise_if_any(list(_complaints(session, new)))
    numbers = {
        name: new[name] for name in ("minimumVoucherNumber", "maximumVoucherNumber") if new.get(name) is not None
    }
    contra = {side: {"accountNumber": new[name]} for name, side in _ACCOUNTS if name in new}
    settings: Record = {"voucherNumbers": numbers} if numbers else {}
    if contra:
        settings["contraAccounts"] = contra
    if new.get("allowedEntryType"):
        settings["entryTypeRestrictedTo"] = DRAFT_NAMES[new["allowedEntryType"]]
    record: Record = {"journalNumber": number, "name": new["name"], "settings": settings}
    record[EXTRAS] = {name: value for name, value in new.items() if name not in _OWN}
    session.put(KIND, number, record)
    if new.get("nextVoucherNumber") is not None:
        series.go_on_from(session, record, new["nextVoucherNumber"])


def _complaints(session: Session, new: Record) -> Iterator[Complaint]:
    if new.get("allowedEntryType", 0) not in (0, *DRAFT_NAMES):
        yield Complaint("JournalEntryTypeNotCorrect", "allowedEntryType is 0, 2, 3, 4, 5 or 10.", "allowedEntryType")
    for name, _side in _ACCOUNTS:
        if name in new and session.get("accounts", new[name]) is None:
            yield Complaint("JournalEntryContraAccountNotFound", f"Account {new[name]} does not exist.", name)
    least, most = new.get("minimumVoucherNumber", 1), new.get("maximumVoucherNumber", series.VOUCHER_MAX)
    if not 0 <= least <= most <= series.VOUCHER_MAX:
        yield Complaint(INVALID, "The bounds of the voucher numbers are not in order.", "minimumVoucherNumber")
    elif not least <= new.get("nextVoucherNumber", least) <= most:
        code = "JournalVoucherNextNumberNotWithinBoundaries"
        yield Complaint(code, "The next number is outside the bounds.", "nextVoucherNumber")
