"""Journals on REST: vouchers, their draft entries, templates (economic-api 8)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from lagerbro_sandbox.economic.journals import vouchers
from lagerbro_sandbox.economic.money import in_base
from lagerbro_sandbox.economic.rest.listing import collection
from lagerbro_sandbox.economic.rest.routing import Handler, Router
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.answers import body_of, ok
from lagerbro_sandbox.economic.wire.errors import not_found
from lagerbro_sandbox.economic.wire.fields import Ref
from lagerbro_sandbox.economic.wire.links import escaped, linked, unescaped
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.json import to_json
from lagerbro_sandbox.kernel.records import Record

VOUCHER_FIELDS = ("voucherNumber", "accountingYear.year")
ENTRY_FIELDS = ("journalEntryNumber", "date", "amount", "text", "entryType", "voucher.voucherNumber")

TEMPLATES = ("financeVoucher", "manualCustomerInvoice")


def add_to(router: Router) -> None:
    router.add("GET", "/journals/{}/vouchers", _listed)
    router.add("POST", "/journals/{}/vouchers", _create)
    router.add("GET", "/journals/{}/vouchers/{}", _read)
    router.add("GET", "/journals/{}/entries", _entries)
    router.add("GET", "/journals/{}/entries/{}", _entry)
    router.add("DELETE", "/journals/{}/entries/{}", _delete)
    router.add("GET", "/journals/{}/templates", _templates)
    for kind in TEMPLATES:
        router.add("GET", f"/journals/{{}}/templates/{kind}", _template(kind))


def _listed(session: Session, request: Request, values: list[str]) -> Response:
    rows = vouchers.in_journal(session, values[0])
    return ok(collection(session, request, rows, VOUCHER_FIELDS, lambda row: _voucher(session, row)))


def _create(session: Session, request: Request, values: list[str]) -> Response:
    """201 with an array, whatever the schema says (economic-api 2.9)."""
    year, number = vouchers.create(session, values[0], body_of(request))
    rows = session.store.draft_entries.all(session.agreement, journal=int(values[0]), year=year, voucher=number)
    head = {"journal": {"journalNumber": int(values[0])}, "accountingYear": {"year": year}, "voucherNumber": number}
    vouchers_made = [_voucher(session, {**head, "rows": rows})]
    headers = {"Content-Type": "application/json", "Location": vouchers_made[0]["self"]}
    return Response(201, headers, to_json(vouchers_made))


def _read(session: Session, _request: Request, values: list[str]) -> Response:
    return ok(_voucher(session, vouchers.one(session, values[0], unescaped(values[1]))))


def _entries(session: Session, request: Request, values: list[str]) -> Response:
    rows = [_shown_entry(session, row) for row in vouchers.entries_in(session, values[0])]
    return ok(collection(session, request, rows, ENTRY_FIELDS, lambda row: row))


def _entry(session: Session, _request: Request, values: list[str]) -> Response:
    return ok(_shown_entry(session, vouchers.entry_in(session, values[0], values[1])))


def _delete(session: Session, _request: Request, values: list[str]) -> Response:
    vouchers.delete_entry(session, values[0], values[1])
    return Response(204)


def _templates(session: Session, _request: Request, values: list[str]) -> Response:
    base = f"{_journal(session, values[0])}/templates"
    return ok({**{name: f"{base}/{name}" for name in TEMPLATES}, "self": base})


def _template(kind: str) -> Handler:
    def answer(session: Session, _request: Request, values: list[str]) -> Response:
        address = _journal(session, values[0])
        body = {
            "journal": {"journalNumber": int(values[0])},
            "date": str(session.today()),
            "currency": {"code": session.base_currency},
            "entryType": kind,
        }
        return ok({**linked(body, session.base), "self": f"{address}/templates/{kind}"})

    return answer


def _journal(session: Session, number: str) -> str:
    if session.get("journals", number) is None:
        raise not_found()
    return f"{session.base}/journals/{number}"


def _address(session: Session, row: Record) -> str:
    key = vouchers.key_of(escaped(row["accountingYear"]["year"]), row["voucherNumber"])
    return f"{session.base}/journals/{row['journal']['journalNumber']}/vouchers/{key}"


def _voucher(session: Session, row: Record) -> Record:
    address = _address(session, row)
    entries: Record = {}
    for kind in vouchers.KINDS:
        shown = [_shown_entry(session, entry) for entry in row["rows"] if entry["entryType"] == kind.entry_type]
        if shown:
            entries[kind.array] = shown
    head = linked({name: value for name, value in row.items() if name != "rows"}, session.base)
    return {**head, "entries": entries, "attachment": f"{address}/attachment", "self": address}


def _shown_entry(session: Session, row: Record) -> Record:
    address = f"{session.base}/journals/{row['journal']}/entries/{row['entryNumber']}"
    key = {"accountingYear": {"year": row["year"]}, "voucherNumber": row["voucher"]}
    place = _address(session, {**key, "journal": {"journalNumber": row["journal"]}})
    amounts = {
        "exchangeRate": row["exchangeRate"],
        "amountDefaultCurrency": in_base(Decimal(row["amount"]), Decimal(row["exchangeRate"])),
        "remainder": row["amount"],
    }
    amounts["remainderDefaultCurrency"] = amounts["amountDefaultCurrency"]
    delete = {"description": "Delete this entry.", "href": address, "httpMethod": "delete"}
    shown = linked({**dict(_plain(row)), "journal": {"journalNumber": row["journal"]}}, session.base)
    return {
        **shown,
        **amounts,
        "entryType": row["entryType"],
        "journalEntryNumber": row["entryNumber"],
        "voucher": {**linked(key, session.base), "attachment": f"{place}/attachment", "self": place},
        "metaData": {"delete": delete},
        "self": address,
    }


def _plain(row: Record) -> Iterator[tuple[str, object]]:
    """What was sent, in the form in which it was sent."""
    kind = next(kind for kind in vouchers.KINDS if kind.entry_type == row["entryType"])
    names = {"vatAccount": "vatCode", "contraVatAccount": "contraVatCode"}
    for name, field in kind.form.items():
        value = row.get(names.get(name, name))
        if name == "paymentDetails" and row.get("supplierPaymentType") is not None:
            yield name, _payment_details(row)
        elif value is None or name == "exchangeRate":
            continue
        elif isinstance(field, Ref) and name not in vouchers.MORE:
            yield name, {field.key: value}
        else:
            yield name, value


def _payment_details(row: Record) -> Record:
    fields = {1: (0, 0), 2: (0, 1), 5: (1, 0), 7: (2, 1), 10: (3, 1), 17: (0, 2)}
    first, second = fields.get(row["supplierPaymentType"], (0, 0))
    names = tuple(vouchers.PAYMENT_FIELDS.items())
    return {
        "paymentType": {"paymentTypeNumber": row["supplierPaymentType"]},
        names[0][1][first]: row.get(names[0][0]),
        names[1][1][second]: row.get(names[1][0]),
    }
