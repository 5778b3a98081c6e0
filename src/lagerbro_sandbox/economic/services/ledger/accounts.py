"""accountsapi: the chart of accounts, the same accounts that REST reads (economic-api 6.7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lagerbro_sandbox.economic.rows import StoredRows
from lagerbro_sandbox.economic.services.calls import Call
from lagerbro_sandbox.economic.services.problems import INVALID, raise_if_any, refuse
from lagerbro_sandbox.economic.services.properties import Shape
from lagerbro_sandbox.economic.services.resources import Resource, ServiceRouter
from lagerbro_sandbox.economic.services.shapes.accounts import ACCOUNT, KEY_FIGURE_CODE, TOTAL_INTERVAL
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.economic.wire.extras import EXTRAS, with_extras
from lagerbro_sandbox.kernel.records import Record

KIND: Final = "accounts"
TYPES: Final = {
    "profitAndLoss": 1,
    "status": 2,
    "totalFrom": 3,
    "heading": 4,
    "headingStart": 5,
    "sumInterval": 6,
    "sumAlpha": 7,
}
_NAMES: Final = {number: name for name, number in TYPES.items()}
_KEPT: Final = (
    "currency",
    "displayNumber",
    "isDepartmentMandatory",
    "isUnitMandatory",
    "keyFigureCodeNumber",
    "note",
    "openingAccountNumber",
    "realisationAccountNumber",
    "assetGroupNumber",
    "vatAccountNumber",
    "isCredit",
)
"""What REST does not know of an account."""


def add_to(router: ServiceRouter) -> None:
    Resource("/Accounts", ACCOUNT, "number", _rows, _read, _create, _update, _delete).add_to(router)
    _nothing("/KeyFigureCodes", KEY_FIGURE_CODE, "number").add_to(router)
    Resource("/TotalIntervals", TOTAL_INTERVAL, "fromAccountNumber", _intervals, _interval).add_to(router)


def _nothing(path: str, shape: Shape, key: str) -> Resource:
    """A register that this agreement has nothing in."""
    return Resource(path, shape, key, lambda _call, _values: [], lambda _call, _values: None)


def _rows(call: Call, _values: list[str]) -> StoredRows:
    return StoredRows(call.session, KIND, "number", shown)


def _read(call: Call, values: list[str]) -> Record | None:
    row = call.session.get(KIND, values[0])
    return None if row is None else shown(row)


def shown(row: Record) -> Record:
    """The account as this surface tells it."""
    body: Record = {
        "number": row["accountNumber"],
        "name": row.get("name"),
        "isBarred": bool(row.get("barred")),
        "type": TYPES[row["accountType"]],
        "isBlockedForDirectEntries": bool(row.get("blockDirectEntries")),
        "isDepartmentMandatory": False,
        "isUnitMandatory": False,
        "contraAccountNumber": (row.get("contraAccount") or {}).get("accountNumber"),
        "totalFromAccountNumber": (row.get("totalFromAccount") or {}).get("accountNumber"),
        "vatCode": (row.get("vatAccount") or {}).get("vatCode"),
        "totalIntervals": ",".join(f"{first}-{last}" for first, last in _sums(row)) or None,
    }
    if row["accountType"] in ("profitAndLoss", "status"):
        body["isCredit"] = row.get("debitCredit") == "credit"
    return with_extras(body, row)


def _sums(row: Record) -> Iterator[tuple[int, int]]:
    for span in row.get("accountsSummed", ()):
        yield span["fromAccount"]["accountNumber"], span["toAccount"]["accountNumber"]


def _create(call: Call, new: Record, _values: list[str]) -> int:
    if call.session.get(KIND, new["number"]) is not None:
        raise refuse("AccountIdAlreadyInUse", "The account number is already in use.", "number")
    _store(call.session, {}, new)
    return int(new["number"])


def _update(call: Call, row: Record, new: Record, _values: list[str]) -> None:
    _store(call.session, call.session.get(KIND, row["number"]) or {}, new)


def _delete(call: Call, row: Record, _values: list[str]) -> None:
    if in_use(call.session, int(row["number"])):
        raise refuse("AccountInUse", "The account is in use.", "number")
    call.session.store.delete(call.session.agreement, KIND, row["number"])


def in_use(session: Session, number: int) -> bool:
    """Whether entries, groups, VAT codes or journals refer to the account."""
    if session.store.entries.are_on(session.agreement, number):
        return True
    reference = {"accountNumber": number}
    for kind in ("customer-groups", "supplier-groups", "vat-accounts"):
        if any(reference in (row.get("account"), row.get("contraAccount")) for row in session.all(kind)):
            return True
    return any(number in row.get("accounts", {}).values() for row in session.all("product-groups"))


def _store(session: Session, old: Record, new: Record) -> None:
    raise_if_any(list(_complaints(session, new)))
    record = {name: value for name, value in old.items() if name in ("accountsSummed", "accountingYears")}
    record |= {
        "accountNumber": new["number"],
        "name": new.get("name", ""),
        "accountType": _NAMES[new["type"]],
        "debitCredit": "credit" if new.get("isCredit") else "debit",
        "blockDirectEntries": new["isBlockedForDirectEntries"],
    }
    if new["isBarred"]:
        record["barred"] = True
    if "vatCode" in new:
        record["vatAccount"] = {"vatCode": new["vatCode"]}
    for name, reference in (("contraAccountNumber", "contraAccount"), ("totalFromAccountNumber", "totalFromAccount")):
        if name in new:
            record[reference] = {"accountNumber": new[name]}
    record[EXTRAS] = {name: new[name] for name in _KEPT if name in new} | {"lastUpdated": session.timestamp()}
    session.put(KIND, new["number"], record)


def _complaints(session: Session, new: Record) -> Iterator[Complaint]:
    if new["number"] < 1:
        yield Complaint("InvalidAccountId", "The account number must be 1 or more.", "number")
    if new["type"] not in _NAMES:
        yield Complaint("InvalidAccountType", "The type is a number from 1 to 7.", "type")
    if not new.get("name", "").strip():
        yield Complaint("InvalidAccountName", "An account needs a name.", "name")
    yield from _references(session, new)
    if new["type"] == TYPES["totalFrom"] and new.get("totalFromAccountNumber", 0) >= new["number"]:
        yield Complaint("AccountShouldBeHigherThanTotalFrom", "The total begins above the account.", "number")
    if new["isBarred"]:
        yield from _barred(session, new["number"])


def _references(session: Session, new: Record) -> Iterator[Complaint]:
    for name, code in (
        ("contraAccountNumber", "ContraAccountDoesNotExist"),
        ("totalFromAccountNumber", "TotalFromAccountDoesNotExist"),
        ("openingAccountNumber", "OpeningAccountDoesNotExist"),
        ("realisationAccountNumber", "RealisationAccountDoesNotExist"),
    ):
        account = session.get(KIND, new[name]) if name in new else {}
        if account is None:
            yield Complaint(code, f"Account {new[name]} does not exist.", name)
        elif name == "contraAccountNumber" and account.get("barred"):
            yield Complaint("ContraAccountIsBarred", f"Account {new[name]} is barred.", name)
    if "vatCode" in new and session.get("vat-accounts", new["vatCode"]) is None:
        yield Complaint(INVALID, f"VAT code {new['vatCode']} does not exist.", "vatCode")


def _barred(session: Session, number: int) -> Iterator[Complaint]:
    if any(number in row.get("accounts", {}).values() for row in session.all("product-groups")):
        yield Complaint("BarredAccountUsedByProductGroups", "Product groups use the account.", "isBarred")
    if any({"accountNumber": number} in (row.get("account"), row.get("contraAccount")) for row in _vat(session)):
        yield Complaint("BarredAccountUsedByVatAccounts", "VAT codes use the account.", "isBarred")


def _vat(session: Session) -> list[Record]:
    return session.all("vat-accounts")


def _intervals(call: Call, _values: list[str]) -> Iterator[Record]:
    for row in call.session.all(KIND):
        for first, last in _sums(row):
            yield {"accountNumber": row["accountNumber"], "fromAccountNumber": first, "toAccountNumber": last}


def _interval(call: Call, values: list[str]) -> Record | None:
    return next((row for row in _intervals(call, []) if str(row["accountNumber"]) == values[0]), None)
