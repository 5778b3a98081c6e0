"""Journals on REST: vouchers, their draft entries, templates (economic-api 8)."""

from __future__ import annotations

from lagerbro.sandbox.economic import vouchers
from lagerbro.sandbox.economic.answers import body_of, ok
from lagerbro.sandbox.economic.faulty import not_found
from lagerbro.sandbox.economic.links import escaped, linked, unescaped
from lagerbro.sandbox.economic.listing import collection
from lagerbro.sandbox.economic.routing import Router
from lagerbro.sandbox.economic.session import Session
from lagerbro.sandbox.economic.store import Record
from lagerbro.sandbox.kernel.http import Request, Response
from lagerbro.sandbox.kernel.json import to_json

VOUCHER_FIELDS = ("voucherNumber", "accountingYear.year")
ENTRY_FIELDS = ("journalEntryNumber", "date", "amount", "text", "entryType", "voucher.voucherNumber")


def add_to(router: Router) -> None:
    router.add("GET", "/journals/{}/vouchers", _listed)
    router.add("POST", "/journals/{}/vouchers", _made)
    router.add("GET", "/journals/{}/vouchers/{}", _one)
    router.add("GET", "/journals/{}/entries", _entries)
    router.add("GET", "/journals/{}/entries/{}", _entry)
    router.add("DELETE", "/journals/{}/entries/{}", _delete)
    router.add("GET", "/journals/{}/templates", _templates)
    router.add("GET", "/journals/{}/templates/financeVoucher", _template)


def _listed(session: Session, request: Request, values: list[str]) -> Response:
    rows = vouchers.in_journal(session, values[0])
    return ok(collection(session, request, rows, VOUCHER_FIELDS, lambda row: _voucher(session, row)))


def _made(session: Session, request: Request, values: list[str]) -> Response:
    """201 with an array, whatever the schema says (economic-api 2.9)."""
    made = [_voucher(session, row) for row in vouchers.create(session, values[0], body_of(request))]
    headers = {"Content-Type": "application/json", "Location": made[0]["self"]}
    return Response(201, headers, to_json(made))


def _one(session: Session, _request: Request, values: list[str]) -> Response:
    return ok(_voucher(session, vouchers.one(session, values[0], unescaped(values[1]))))


def _entries(session: Session, request: Request, values: list[str]) -> Response:
    rows = vouchers.entries_in(session, values[0])
    return ok(collection(session, request, rows, ENTRY_FIELDS, lambda row: _shown_entry(session, row)))


def _entry(session: Session, _request: Request, values: list[str]) -> Response:
    rows = vouchers.entries_in(session, values[0])
    found = next((row for row in rows if str(row["journalEntryNumber"]) == values[1]), None)
    if found is None:
        raise not_found()
    return ok(_shown_entry(session, found))


def _delete(session: Session, _request: Request, values: list[str]) -> Response:
    vouchers.delete_entry(session, values[0], values[1])
    return Response(204)


def _templates(session: Session, _request: Request, values: list[str]) -> Response:
    base = f"{_journal(session, values[0])}/templates"
    return ok({**{name: f"{base}/{name}" for name in ("financeVoucher", "manualCustomerInvoice")}, "self": base})


def _template(session: Session, _request: Request, values: list[str]) -> Response:
    address = _journal(session, values[0])
    body = {
        "journal": {"journalNumber": int(values[0])},
        "date": str(session.today()),
        "currency": {"code": session.base_currency},
        "entryType": "financeVoucher",
    }
    return ok({**linked(body, session.base), "self": f"{address}/templates/financeVoucher"})


def _journal(session: Session, number: str) -> str:
    if session.get("journals", number) is None:
        raise not_found()
    return f"{session.base}/journals/{number}"


def _address(session: Session, row: Record) -> str:
    key = vouchers.key_of(escaped(row["accountingYear"]["year"]), row["voucherNumber"])
    return f"{session.base}/journals/{row['journal']['journalNumber']}/vouchers/{key}"


def _voucher(session: Session, row: Record) -> Record:
    address = _address(session, row)
    entries = {
        array: [_shown_entry(session, entry) for entry in rows] for array, rows in row["entries"].items() if rows
    }
    head = linked({name: value for name, value in row.items() if name != "entries"}, session.base)
    return {**head, "entries": entries, "attachment": f"{address}/attachment", "self": address}


def _shown_entry(session: Session, entry: Record) -> Record:
    journal = entry["journal"]["journalNumber"]
    address = f"{session.base}/journals/{journal}/entries/{entry['journalEntryNumber']}"
    voucher = linked(entry["voucher"], session.base)
    place = _address(session, {**entry["voucher"], "journal": entry["journal"]})
    shown = linked({name: value for name, value in entry.items() if name != "voucher"}, session.base)
    delete = {"description": "Delete this entry.", "href": address, "httpMethod": "delete"}
    return {
        **shown,
        "voucher": {**voucher, "attachment": f"{place}/attachment", "self": place},
        "metaData": {"delete": delete},
        "self": address,
    }
