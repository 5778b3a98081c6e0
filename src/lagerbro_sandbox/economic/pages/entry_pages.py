"""The form of a draft entry: a new one, or one that is corrected (economic-api 8.4)."""

from __future__ import annotations

from typing import Any, Final

from lagerbro_sandbox.economic.journals.entry_kinds import DRAFT_NAMES
from lagerbro_sandbox.economic.pages import typed
from lagerbro_sandbox.economic.pages.order_pages import SUGGESTED_MAX
from lagerbro_sandbox.economic.pages.visit import PageRouter, Visit, to
from lagerbro_sandbox.economic.pages.words import ENTRY_TYPES
from lagerbro_sandbox.economic.services.problems import ServiceError
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.numbers import danish
from lagerbro_sandbox.kernel.records import Record

ENTRIES: Final = "/journalsapi/draft-entries"
_TEXTS: Final = (
    "date",
    "dueDate",
    "currency",
    "vatCode",
    "contraVatCode",
    "text",
    "customerInvoiceNumber",
    "supplierInvoiceNumber",
    "supplierPaymentBank",
    "supplierPaymentMessage",
    "objectVersion",
)
_NUMBERS: Final = (
    "voucherNumber",
    "accountNumber",
    "contraAccountNumber",
    "customerNumber",
    "supplierNumber",
    "supplierPaymentType",
)
_AMOUNTS: Final = ("amount", "exchangeRate")
FIELDS: Final = (*_TEXTS, *_NUMBERS, *_AMOUNTS, "entryTypeNumber")
"""What the form sends."""


def add_to(router: PageRouter) -> None:
    router.add("GET", "journals/{}/new", _new)
    router.add("POST", "journals/{}/new", _make)
    router.add("GET", "journals/{}/entries/{}", _edit)
    router.add("POST", "journals/{}/entries/{}", _change)


def _new(visit: Visit) -> Response:
    return visit.page("ledger/entry_form.html", **_context(visit, {"date": str(visit.session.today()), "currency": ""}))


def _context(visit: Visit, form: dict[str, str]) -> dict[str, Any]:
    """The form as it stands, and what its fields suggest. The kind of entry decides which fields there are."""
    session = visit.session
    journal = visit.api("GET", f"/journals/{visit.key}")
    only = journal.get("settings", {}).get("entryTypeRestrictedTo")
    kinds = {number: name for number, name in DRAFT_NAMES.items() if only in (None, name)}
    wanted = form.get("entryTypeNumber") or visit.given.get("type", "")
    number = danish.whole(wanted)
    if number not in kinds:
        number = 5 if 5 in kinds else next(iter(kinds))
    return {
        "journal": journal,
        "form": {"currency": session.base_currency, **typed.filled(form, *form)},
        "kinds": {each: ENTRY_TYPES[name] for each, name in kinds.items()},
        "kind": number,
        "accounts": [row for row in session.all("accounts") if row["accountType"] in ("profitAndLoss", "status")],
        "vat_codes": session.all("vat-accounts"),
        "currencies": session.all("currencies"),
        "parties": _parties(visit, number),
    }


def _parties(visit: Visit, kind: int) -> list[Record]:
    if kind not in (2, 3, 4, 10):
        return []
    whose = "suppliers" if kind in (3, 4) else "customers"
    return visit.session.store.page(visit.session.agreement, whose, 0, SUGGESTED_MAX)


def _make(visit: Visit) -> Response:
    try:
        visit.api("POST", ENTRIES, _body(visit))
    except (ApiError, ServiceError) as error:
        refused = visit.refused(error, "Posteringen er ikke lagt i kassekladden.")
        return visit.page("ledger/entry_form.html", error.status, refused=refused, **_context(visit, visit.form))
    return to(f"journals/{visit.key}", "entry-made")


def _edit(visit: Visit) -> Response:
    entry = visit.api("GET", f"{ENTRIES}/{visit.values[1]}")
    return visit.page("ledger/entry_form.html", entry=visit.values[1], **_context(visit, _shown(entry)))


def _shown(entry: Record) -> dict[str, str]:
    """The entry as the fields write it."""
    form = {name: str(entry[name]) for name in (*_NUMBERS, *_TEXTS, "entryTypeNumber") if entry.get(name) is not None}
    form |= {name: form[name][:10] for name in ("date", "dueDate") if name in form}
    amount = danish.amount(entry["amount"]).replace(danish.MINUS, "-")
    return {**form, "amount": amount, "exchangeRate": danish.figure(entry.get("exchangeRate"))}


def _change(visit: Visit) -> Response:
    number = visit.values[1]
    try:
        visit.api("PUT", ENTRIES, {"entryNumber": typed.whole(number, "entryNumber"), **_body(visit)})
    except (ApiError, ServiceError) as error:
        if error.status == 404:
            raise
        refused = visit.refused(error, "Posteringen er ikke rettet.")
        known = _context(visit, visit.form)
        return visit.page("ledger/entry_form.html", error.status, refused=refused, entry=number, **known)
    return to(f"journals/{visit.key}", "entry-changed")


def _body(visit: Visit) -> Record:
    """What the API is sent: the fields that were filled in."""
    form = visit.form
    body: Record = typed.filled(form, *_TEXTS)
    body |= {name: typed.whole(form[name], name) for name in _NUMBERS if form.get(name)}
    body |= {name: typed.amount(form[name], name) for name in _AMOUNTS if form.get(name)}
    if not form.get("amount"):
        body["amount"] = typed.amount("", "amount")
    kind = typed.whole(form.get("entryTypeNumber", ""), "entryTypeNumber")
    return {**body, "entryTypeNumber": kind, "journalNumber": typed.whole(visit.key, "journalNumber")}
