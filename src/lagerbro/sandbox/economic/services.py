"""The OpenAPI services that the product reads so far: accounts, supplier groups and journals (economic-api 3)."""

from __future__ import annotations

import re

from lagerbro.sandbox.economic.session import Session
from lagerbro.sandbox.economic.store import Record
from lagerbro.sandbox.kernel.http import Request, Response
from lagerbro.sandbox.kernel.json import to_json

PATH = re.compile(r"^/(?P<service>[a-z0-9]+api)/v(?P<version>[\d.]+)/(?P<rest>.+)$", re.IGNORECASE)
VERSIONS = {"accountsapi": "7.0.0", "suppliersapi": "2.0.0", "journalsapi": "15.0.0"}
PAGE = 1000
_TYPES = {
    "profitAndLoss": 1,
    "status": 2,
    "totalFrom": 3,
    "heading": 4,
    "headingStart": 5,
    "sumInterval": 6,
    "sumAlpha": 7,
}


def answer(session: Session, request: Request) -> Response | None:
    """The answer, or None when the path is not a service's."""
    match = PATH.match(request.path)
    if match is None:
        return None
    service, rest = match["service"].lower(), match["rest"].strip("/").lower()
    rows = _rows(session, service, rest.removesuffix("/count"))
    if rows is None or VERSIONS.get(service) != match["version"]:
        return problem(404, "Not Found", "ResourceNotFound")
    if request.method != "GET":
        return problem(405, "Method Not Allowed", "MethodNotAllowed")
    if rest.endswith("/count"):
        return Response(200, {"Content-Type": "application/json"}, str(len(rows)).encode())
    return _page(request, rows)


def _rows(session: Session, service: str, rest: str) -> list[Record] | None:
    if (service, rest) == ("accountsapi", "accounts"):
        return [_account(session, row) for row in session.all("accounts")]
    if (service, rest) == ("suppliersapi", "groups"):
        return [_group(row) for row in session.all("supplier-groups")]
    if (service, rest) == ("journalsapi", "journals"):
        return [_journal(row) for row in session.all("journals")]
    return None


def _account(session: Session, row: Record) -> Record:
    body = {
        "number": row["accountNumber"],
        "name": row["name"],
        "type": _TYPES[row["accountType"]],
        "isBarred": bool(row.get("barred")),
        "isBlockedForDirectEntries": bool(row.get("blockDirectEntries")),
        "isDepartmentMandatory": False,
        "isUnitMandatory": False,
        "balance": session.store.balance(session.agreement, row["accountNumber"]),
        "objectVersion": "1",
    }
    code = (row.get("vatAccount") or {}).get("vatCode")
    return {**body, "vatCode": code} if code else body


def _group(row: Record) -> Record:
    return {
        "number": row["supplierGroupNumber"],
        "name": row["name"],
        "accountNumber": row["account"]["accountNumber"],
        "objectVersion": "1",
    }


_ENTRY_TYPES = {
    "customerPayment": 2,
    "supplierInvoice": 3,
    "supplierPayment": 4,
    "financeVoucher": 5,
    "manualCustomerInvoice": 10,
}
_JOURNAL_FLAGS = (
    "autoApprove",
    "balancingBehavior",
    "isStandingJournal",
    "lockVatCodes",
    "allowPartialBooking",
    "requireAdminApproval",
    "requireBalancePerVoucherId",
    "repeatText",
)


def _journal(row: Record) -> Record:
    settings = row["settings"]
    numbers = settings.get("voucherNumbers", {})
    body = {
        "number": row["journalNumber"],
        "name": row["name"],
        "allowedEntryType": _ENTRY_TYPES.get(settings.get("entryTypeRestrictedTo", ""), 0),
        "minimumVoucherNumber": numbers.get("minimumVoucherNumber"),
        "maximumVoucherNumber": numbers.get("maximumVoucherNumber"),
        "objectVersion": "1",
    }
    return {**body, **{flag: bool(row.get(flag)) for flag in _JOURNAL_FLAGS}}


def _page(request: Request, rows: list[Record]) -> Response:
    """The cursor names the first record of the next page; a page without one is the last (economic-api 3.2)."""
    cursor = dict(request.parameters()).get("cursor", "")
    first = next((at for at, row in enumerate(rows) if str(row["number"]) == cursor), len(rows)) if cursor else 0
    body: Record = {"items": rows[first : first + PAGE]}
    if first + PAGE < len(rows):
        body = {"cursor": str(rows[first + PAGE]["number"]), **body}
    return Response(200, {"Content-Type": "application/json"}, to_json(body))


def problem(status: int, title: str, code: str, detail: str | None = None) -> Response:
    """problem+json (economic-api 5.4)."""
    body = {"type": None, "title": title, "status": status, "detail": detail, "instance": None, "errors": None}
    return Response(
        status, {"Content-Type": "application/problem+json"}, to_json({**body, "traceId": "0-CPH", "errorCode": code})
    )
