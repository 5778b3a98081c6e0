"""q2capi: lines of draft and booked invoices, orders and quotes (economic-api 7.5, 7.6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lagerbro_sandbox.economic.services.calls import JSON, Call
from lagerbro_sandbox.economic.services.lists import Listing
from lagerbro_sandbox.economic.services.problems import INVALID, missing, raise_if_any
from lagerbro_sandbox.economic.services.properties import Property, Shape, as_moment, check, day
from lagerbro_sandbox.economic.services.resources import Resource, ServiceRouter
from lagerbro_sandbox.economic.services.sales.draft_invoices import document_id, find_draft, lines_of, with_lines
from lagerbro_sandbox.economic.services.shapes.q2c import BOOKED_LINE, DRAFT_LINE, ORDER_LINE, QUOTE_LINE
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.complaint import Complaint
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.kernel.json import to_json
from lagerbro_sandbox.kernel.records import Record

STATES: Final = ("drafts", "sent", "archived")
PLAIN: Final = ("description", "quantity", "unitNetPrice", "unitCostPrice", "discountPercentage")
COMPUTED: Final = ("totalNetAmount", "marginInBaseCurrency", "marginPercentage", "vatRate", "vatAmount")
BULK: Final[Shape] = {"lines": Property("array", items=DRAFT_LINE)}
BULK_MAX: Final = 500


@dataclass(frozen=True, slots=True)
class Lines:
    """Reading the lines of documents. `kind` is theirs, `{}` in it stands for the state in the address; `own` is the
    number that people see and under which name a line has it."""

    path: str
    kind: str
    shape: Shape
    own: tuple[str, str] | None = None

    def add_to(self, router: ServiceRouter) -> None:
        listing = Listing(self.shape, lambda row: f"{row['documentId']}-{row['number']}", self.rows, "lines")
        router.add("GET", f"{self.path}/lines", listing.by_cursor)
        router.add("GET", f"{self.path}/lines/paged", listing.by_page)
        router.add("GET", f"{self.path}/lines/count", listing.count)
        of_one = Listing(self.shape, lambda row: row["number"], self.of_one, "lines")
        router.add("GET", f"{self.path}/{{}}/lines", of_one.whole)
        router.add("GET", f"{self.path}/{{}}/lines/{{}}", self.resource().read)

    def resource(self) -> Resource:
        """One line by the address that ends on its number."""
        return Resource(f"{self.path}/{{}}/lines", self.shape, "number", self.of_one, self.one)

    def documents(self, session: Session, values: list[str]) -> list[Record]:
        """Those of the state that the address names; an unknown state has no address."""
        kind = self.kind
        if "{}" in kind:
            if values[0].lower() not in STATES:
                raise missing("The address")
            kind = kind.format(values[0].lower())
        return sorted(session.all(kind), key=_id)

    def rows(self, call: Call, values: list[str]) -> Iterator[Record]:
        for document in self.documents(call.session, values):
            yield from self.shown(call.session, document)

    def of_one(self, call: Call, values: list[str]) -> Iterator[Record]:
        number = values[-1] if len(values) <= self.kind.count("{}") + 1 else values[-2]
        for document in self.documents(call.session, values):
            if str(_id(document)) == number:
                yield from self.shown(call.session, document)

    def one(self, call: Call, values: list[str]) -> Record | None:
        return next((row for row in self.of_one(call, values) if str(row["number"]) == values[-1]), None)

    def shown(self, session: Session, document: Record) -> Iterator[Record]:
        """The document's lines, numbered for people as they stand."""
        for index, line in enumerate(document["lines"]):
            product = (line.get("product") or {}).get("productNumber")
            body: Record = {
                "documentId": _id(document),
                "number": line["lineNumber"],
                "userInterfaceNumber": index + 1,
                "productNumber": product,
                "unitNumber": (line.get("unit") or {}).get("unitNumber"),
                "accrue": "accrual" in line,
                **{name: line.get(name) for name in (*PLAIN, *COMPUTED)},
            }
            if self.own is not None:
                body[self.own[1]] = document[self.own[0]]
            for name, field in (("startDate", "accrueStartDate"), ("endDate", "accrueEndDate")):
                if name in (line.get("accrual") or {}):
                    body[field] = as_moment(line["accrual"][name])
            if "bookedAccount" in self.shape and product is not None:
                body["bookedAccount"] = _account(session, document, product)
            yield body


def _id(document: Record) -> int:
    return document_id(document) or int(document.get("bookedInvoiceNumber") or document.get("orderNumber") or 0)


def _account(session: Session, document: Record, product: str) -> int | None:
    """The sales account of the product's group in the document's zone."""
    group = (session.get("products", product) or {}).get("productGroup", {}).get("productGroupNumber", 0)
    accounts: dict[str, int] = (session.get("product-groups", group) or {}).get("accounts", {})
    return accounts.get(str(document["recipient"]["vatZone"]["vatZoneNumber"]))


DRAFTS: Final = Lines("/invoices/drafts", "drafts", DRAFT_LINE, ("draftInvoiceNumber", "draftInvoiceNumber"))
READ_ONLY: Final = (
    Lines("/invoices/booked", "booked", BOOKED_LINE),
    Lines("/orders/{}", "orders.{}", ORDER_LINE, ("orderNumber", "orderNumber")),
    Lines("/quotes/{}", "quotes.{}", QUOTE_LINE, ("quoteNumber", "quoteNumber")),
)


def add_to(router: ServiceRouter) -> None:
    for lines in (DRAFTS, *READ_ONLY):
        lines.add_to(router)
    written = Resource(
        "/invoices/drafts/{}/lines", DRAFT_LINE, "number", DRAFTS.of_one, DRAFTS.one, _create, _update, _delete
    )
    router.add("POST", written.path, written.made)
    router.add("PUT", written.path, written.changed)
    router.add("DELETE", f"{written.path}/{{}}", written.removed)
    router.add("POST", f"{written.path}/bulk", _create_bulk)


def _draft(call: Call, values: list[str]) -> Record:
    record = find_draft(call.session, values[0])
    if record is None:
        raise missing("The draft invoice")
    return record


def _create(call: Call, new: Record, values: list[str]) -> int:
    return _appended(call, _draft(call, values), [new])[0]


def _create_bulk(call: Call, values: list[str]) -> Response:
    """All or nothing."""
    body: Any = call.body()
    check(body, BULK)
    lines = body.get("lines") or []
    if not 1 <= len(lines) <= BULK_MAX:
        raise_if_any([Complaint(INVALID, f"Send 1 to {BULK_MAX} lines.", "lines")])
    numbers = _appended(call, _draft(call, values), [check(line, DRAFT_LINE) for line in lines])
    return Response(201, JSON, to_json({"numbers": numbers}))


def _appended(call: Call, record: Record, new: list[Record]) -> list[int]:
    present = lines_of(record)
    last = max((line["lineNumber"] for line in present), default=0)
    added = [_line(line, last + 1 + index, len(present) + 1 + index) for index, line in enumerate(new)]
    with_lines(call.session, record, [*present, *added])
    return [line["lineNumber"] for line in added]


def _update(call: Call, row: Record, new: Record, values: list[str]) -> None:
    record = _draft(call, values)
    lines = [
        _line(new, line["lineNumber"], line["sortKey"]) if line["lineNumber"] == row["number"] else line
        for line in lines_of(record)
    ]
    with_lines(call.session, record, lines)


def _delete(call: Call, row: Record, values: list[str]) -> None:
    record = _draft(call, values)
    with_lines(call.session, record, [line for line in lines_of(record) if line["lineNumber"] != row["number"]])


def _line(new: Record, number: int, place: int) -> Record:
    """The line for REST's rules. A line with a product needs its description and quantity."""
    if "productNumber" in new:
        wanted = [name for name in ("description", "quantity") if new.get(name) in (None, "")]
        raise_if_any([Complaint(INVALID, f"{name} is required with a product.", name) for name in wanted])
    line: Record = {"lineNumber": number, "sortKey": place, **{name: new[name] for name in PLAIN if name in new}}
    if "productNumber" in new:
        line["product"] = {"productNumber": new["productNumber"]}
    if "unitNumber" in new:
        line["unit"] = {"unitNumber": new["unitNumber"]}
    if "departmentNumber" in new:
        distribution = {"departmentalDistributionNumber": new["departmentNumber"], "distributionType": "department"}
        line["departmentalDistribution"] = distribution
    if new.get("accrue"):
        dates = (("startDate", "accrueStartDate"), ("endDate", "accrueEndDate"))
        line["accrual"] = {name: day(new[field]) for name, field in dates if field in new}
    return line
