"""q2capi: draft invoices, the same documents that REST has (economic-api 7.6, 16.18).

`number` is the document's internal id, by which lines are found too; people and REST see `draftInvoiceNumber`. Booking
is on REST only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from lagerbro_sandbox.economic.sales import drafts
from lagerbro_sandbox.economic.services.calls import NOTHING, Call
from lagerbro_sandbox.economic.services.problems import INVALID, missing, raise_if_any
from lagerbro_sandbox.economic.services.properties import Shape, as_moment, check, day
from lagerbro_sandbox.economic.services.resources import Resource, ServiceRouter
from lagerbro_sandbox.economic.services.shapes.q2c import DRAFT_INVOICE, SENSITIVE_DATA
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.records import Record

KIND: Final = drafts.KIND
EXTRAS: Final = "draft-invoice-extras"
"""What REST does not know of a draft, by its internal id."""
Path = tuple[str, ...]
TEXTS: Final[Mapping[str, Path]] = {
    "currencyCode": ("currency",),
    "exchangeRate": ("exchangeRate",),
    "customerName": ("recipient", "name"),
    "customerAddress": ("recipient", "address"),
    "customerPostalCode": ("recipient", "zip"),
    "customerCity": ("recipient", "city"),
    "customerCountry": ("recipient", "country"),
    "debtorEan": ("recipient", "ean"),
    "publicEntryNumber": ("recipient", "publicEntryNumber"),
    "debitorMobilePhone": ("recipient", "mobilePhone"),
    "otherReference": ("references", "other"),
    "heading": ("notes", "heading"),
    "textLine1": ("notes", "textLine1"),
    "textLine2": ("notes", "textLine2"),
    "deliveryAddress": ("delivery", "address"),
    "deliveryPostalCode": ("delivery", "zip"),
    "deliveryCity": ("delivery", "city"),
    "deliveryCountry": ("delivery", "country"),
    "deliveryTerms": ("delivery", "deliveryTerms"),
}
NUMBERS: Final[Mapping[str, Path]] = {
    "customerNumber": ("customer", "customerNumber"),
    "layoutNumber": ("layout", "layoutNumber"),
    "termOfPaymentNumber": ("paymentTerms", "paymentTermsNumber"),
    "vatZoneNumber": ("recipient", "vatZone", "vatZoneNumber"),
    "attentionNumber": ("recipient", "attention", "customerContactNumber"),
    "yourReferenceNumber": ("references", "customerContact", "customerContactNumber"),
    "ourReferenceNumber": ("references", "salesPerson", "employeeNumber"),
    "ourReference2Number": ("references", "vendorReference", "employeeNumber"),
    "deliveryLocationNumber": ("deliveryLocation", "deliveryLocationNumber"),
}
DAYS: Final[Mapping[str, Path]] = {
    "date": ("date",),
    "dueDate": ("dueDate",),
    "deliveryDate": ("delivery", "deliveryDate"),
}
TOTALS: Final = {
    "amount": "netAmount",
    "amountInBaseCurrency": "netAmountInBaseCurrency",
    "vatAmount": "vatAmount",
    "roundingAmount": "roundingAmount",
    "totalCostPriceInBaseCurrency": "costPriceInBaseCurrency",
    "lastUpdated": "lastUpdated",
}
"""Sent values are passed over: they are computed."""
RECEIVERS: Final = ("ean", "corporateIdentificationNumber", "pNumber", "peppol")
"""REST's names of the receiver types 1 to 4; the numbers are assumed."""
_KEPT: Final = ("isVatIncluded", "projectNumber", "pNr", "cvr", "externalId")
_NOT_SENT: Final = frozenset({"draftInvoiceNumber", "soap", *TOTALS.values()})
_REGISTERS: Final = {
    "customerNumber": "customers",
    "layoutNumber": "layouts",
    "termOfPaymentNumber": "payment-terms",
    "vatZoneNumber": "vat-zones",
}


def add_to(router: ServiceRouter) -> None:
    Resource("/invoices/drafts", DRAFT_INVOICE, "number", _rows, _read, _create, _update, _delete, at_item=True).add_to(
        router
    )
    router.add("PUT", "/invoices/drafts/{}/sensitive-data", _sensitive)


def document_id(record: Record) -> int:
    """The internal id, which REST calls a handle."""
    handles = record.get("soap") or {}
    number: int = next((handle["id"] for handle in handles.values()), record.get("draftInvoiceNumber", 0))
    return number


def find_draft(session: Session, number: str) -> Record | None:
    """The draft with this internal id."""
    return next((row for row in session.all(KIND) if str(document_id(row)) == number), None)


def _rows(call: Call, _values: list[str]) -> Iterator[Record]:
    rows = sorted(call.session.all(KIND), key=document_id)
    return (shown(call.session, row) for row in rows)


def _read(call: Call, values: list[str]) -> Record | None:
    row = find_draft(call.session, values[0])
    return None if row is None else shown(call.session, row)


def shown(session: Session, record: Record) -> Record:
    """The draft as this surface tells it."""
    number = document_id(record)
    body = {name: _at(record, path) for name, path in (*TEXTS.items(), *NUMBERS.items())}
    body |= {name: as_moment(str(_at(record, path))) for name, path in DAYS.items() if _at(record, path)}
    body |= {name: record.get(rest) for name, rest in TOTALS.items()}
    body |= {"number": number, "draftInvoiceNumber": record["draftInvoiceNumber"], "isVatIncluded": False}
    receiver = record["recipient"].get("nemHandelType")
    if receiver in RECEIVERS:
        body["nemHandelReceiverType"] = RECEIVERS.index(receiver) + 1
    body["cvr"] = record["recipient"].get("cvr")
    extras = session.get(EXTRAS, number) or {}
    return {**body, **{name: extras[name] for name in _KEPT if name in extras}}


def _at(record: Record, path: Path) -> object:
    value: object = record
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _put(body: Record, path: Path, value: object) -> None:
    for name in path[:-1]:
        body = body.setdefault(name, {})
    body[path[-1]] = value


def _create(call: Call, new: Record, _values: list[str]) -> int:
    record = _written(call.session, new, None, [])
    return document_id(record)


def _update(call: Call, row: Record, new: Record, _values: list[str]) -> None:
    """The lines stay: they have addresses of their own."""
    record = find_draft(call.session, str(row["number"]))
    assert record is not None
    _written(call.session, new, record["draftInvoiceNumber"], lines_of(record))


def _delete(call: Call, row: Record, _values: list[str]) -> None:
    drafts.delete(call.session, str(row["draftInvoiceNumber"]))
    call.session.store.delete(call.session.agreement, EXTRAS, row["number"])


def _written(session: Session, new: Record, number: int | None, lines: list[Record]) -> Record:
    raise_if_any(list(_complaints(session, new)))
    body: Record = {}
    for name, path in (*TEXTS.items(), *NUMBERS.items()):
        if name in new:
            _put(body, path, new[name])
    for name, path in DAYS.items():
        if name in new:
            _put(body, path, day(new[name]))
    kind = new.get("nemHandelReceiverType")
    if kind is not None:
        _put(body, ("recipient", "nemHandelType"), RECEIVERS[kind - 1])
    record = drafts.write(session, {**body, "lines": lines}, number)
    session.put(EXTRAS, document_id(record), {name: new[name] for name in _KEPT if name in new})
    return record


def _complaints(session: Session, new: Record) -> Iterator[Complaint]:
    for name, kind in _REGISTERS.items():
        if session.get(kind, new[name]) is None:
            yield Complaint(INVALID, f"{new[name]} does not exist.", name)
    if not 1 <= new.get("nemHandelReceiverType", 1) <= len(RECEIVERS):
        yield Complaint(INVALID, f"The receiver type is from 1 to {len(RECEIVERS)}.", "nemHandelReceiverType")


def lines_of(record: Record) -> list[Record]:
    """The lines as they are sent to REST's rules: without what is computed."""
    computed = ("totalNetAmount", "marginInBaseCurrency", "marginPercentage")
    return [{name: value for name, value in line.items() if name not in computed} for line in record["lines"]]


def with_lines(session: Session, record: Record, lines: list[Record]) -> Record:
    """The draft with other lines, computed anew."""
    body = {name: value for name, value in record.items() if name not in _NOT_SENT}
    return drafts.write(session, {**body, "lines": lines}, record["draftInvoiceNumber"])


def _sensitive(call: Call, values: list[str]) -> Response:
    """By the number that people see, unlike everything else here."""
    shape: Shape = SENSITIVE_DATA
    new = check(call.body(), shape)
    record = call.session.get(KIND, values[0])
    if record is None:
        raise missing()
    number = document_id(record)
    extras = call.session.get(EXTRAS, number) or {}
    call.session.put(EXTRAS, number, {**extras, "sensitive": new})
    return NOTHING
