"""Sums over draft and booked invoices (economic-api 7.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from lagerbro_sandbox.economic.ledger import views as ledger
from lagerbro_sandbox.economic.money import ZERO
from lagerbro_sandbox.economic.rest.listing import passing
from lagerbro_sandbox.economic.rest.routing import Router
from lagerbro_sandbox.economic.rows import KeyedRows, Rows, StoredRows
from lagerbro_sandbox.economic.sales import booked, drafts
from lagerbro_sandbox.economic.sales.total_periods import named_spans
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire import filterable as f
from lagerbro_sandbox.economic.wire.answers import ok
from lagerbro_sandbox.economic.wire.errors import ApiError, not_found
from lagerbro_sandbox.economic.wire.links import escaped, unescaped
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.records import Record

DATED: Final = f.Fields(("date",), ())
_ROOT: Final = "/invoices/totals"
_BY: Final = ("customers", "accountingYears", "periods", "employees")
_PATHS: Final = {"accountingYears": "accounting-years"}
_DESCRIPTIONS: Final = {
    "drafts": "Totals for all draft invoices.",
    "booked": "Totals for all booked invoices.",
    "paid": "Totals for all paid invoices.",
    "unpaid": "Totals for all unpaid invoices.",
    "overdue": "Totals for all unpaid invoices that are overdue.",
    "not-overdue": "Totals for all unpaid invoices that are not overdue.",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Some invoices: `path` below the totals, `view` of the booked ones, `below` what leads on from here."""

    path: str
    view: str = ""
    below: tuple[tuple[str, str], ...] = ()
    owes: bool = False

    def rows(self, session: Session) -> Rows:
        if self.path == "drafts":
            return StoredRows(session, drafts.KIND, drafts.KEY)
        if not self.view:
            return StoredRows(session, booked.KIND, booked.KEY)
        return KeyedRows(session, booked.KIND, booked.keys_in(session, self.view))


UNPAID: Final = "booked/unpaid"
GROUPS: Final = (
    Group("drafts"),
    Group("booked", below=(("paid", "paid"), ("unpaid", "unpaid"))),
    Group("booked/paid", "paid"),
    Group(UNPAID, "unpaid", (("overdue", "overdue"), ("notOverdue", "not-overdue")), owes=True),
    Group(f"{UNPAID}/overdue", "overdue", owes=True),
    Group(f"{UNPAID}/not-overdue", "not-due", owes=True),
)


def add_to(router: Router) -> None:
    router.add("GET", _ROOT, _all)
    for group in GROUPS:
        routes = _Totals(group)
        path = f"{_ROOT}/{group.path}"
        router.add("GET", path, routes.all)
        for name in ("accounting-years", "periods"):
            router.add("GET", f"{path}/{name}", _missing)
        for by in (CUSTOMERS, EMPLOYEES):
            routes = _Totals(group, by)
            router.add("GET", f"{path}/{by.name}", routes.every)
            router.add("GET", f"{path}/{by.name}/{{}}", routes.one)
            router.add("GET", f"{path}/{by.name}/{{}}/accounting-years/{{}}", routes.year)
            router.add("GET", f"{path}/{by.name}/{{}}/periods/{{}}", routes.period)
            for name in ("accounting-years", "periods", "customers", "employees"):
                router.add("GET", f"{path}/{by.name}/{{}}/{name}", _missing)
                router.add("GET", f"{path}/{by.name}/{{}}/accounting-years/{{}}/{name}", _missing)
                router.add("GET", f"{path}/{by.name}/{{}}/periods/{{}}/{name}", _missing)


def _missing(_session: Session, _request: Request, _values: list[str]) -> Response:
    """economic-api 5.2: some links of the real API lead to what was never made."""
    raise ApiError(501, "Not implemented.", "The resource that this link leads to is not implemented.")


@dataclass(frozen=True, slots=True)
class By:
    """Whose invoices: the register, and where an invoice names one of its records."""

    name: str
    noun: str
    key: str
    key_in_one: str
    of: Callable[[Record], int | None]


CUSTOMERS: Final = By(
    "customers", "customer", "customerNumber", "customerNumber", lambda row: row["customer"]["customerNumber"]
)
EMPLOYEES: Final = By(
    "employees",
    "employee",
    "employeeNumber",
    "customerNumber",
    lambda row: (row.get("references", {}).get("salesPerson") or {}).get("employeeNumber"),
)
"""`key_in_one`: the published schema of one employee's totals calls the employee's number `customerNumber`."""


@dataclass(frozen=True, slots=True)
class _Totals:
    group: Group
    by: By = CUSTOMERS

    def _address(self, session: Session, *parts: str) -> str:
        return "/".join((f"{session.base}{_ROOT}/{self.group.path}", *parts))

    def all(self, session: Session, request: Request, _values: list[str]) -> Response:
        address = self._address(session)
        rows = passing(self.group.rows(session), request, DATED)
        links = {name: f"{address}/{_PATHS.get(name, name)}" for name in _BY}
        below = {name: f"{address}/{path}" for name, path in self.group.below}
        return ok({**_sum(rows, owes=self.group.owes, dated=True), **links, **below, "self": address})

    def every(self, session: Session, request: Request, _values: list[str]) -> Response:
        rows = passing(self.group.rows(session), request, DATED)
        apart: dict[int, list[Record]] = {}
        for row in rows:
            number = self.by.of(row)
            if number is not None:
                apart.setdefault(number, []).append(row)
        totals = [self._named(session, number, apart[number], self.by.key) for number in sorted(apart)]
        gathered = [row for number in apart for row in apart[number]]
        total = _sum(gathered, owes=False, dated=True)
        return ok({**total, self.by.name: totals, "self": self._address(session, self.by.name)})

    def _named(self, session: Session, number: int, rows: list[Record], key: str) -> Record:
        who = {key: number, "self": f"{session.base}/{self.by.name}/{number}"}
        total = _sum(rows, owes=False, dated=True)
        return {**total, self.by.noun: who, "self": self._address(session, self.by.name, str(number))}

    def one(self, session: Session, request: Request, values: list[str]) -> Response:
        address = self._address(session, self.by.name, values[0])
        number = self._number(session, values)
        body = self._named(session, number, self._of(session, request, number), self.by.key_in_one)
        others = [name for name in _BY if name != self.by.name]
        return ok({**body, **{name: f"{address}/{_PATHS.get(name, name)}" for name in others}})

    def _number(self, session: Session, values: list[str]) -> int:
        if session.get(self.by.name, values[0]) is None:
            raise not_found()
        return int(values[0])

    def _of(self, session: Session, request: Request, number: int) -> list[Record]:
        return [row for row in passing(self.group.rows(session), request, DATED) if self.by.of(row) == number]

    def year(self, session: Session, request: Request, values: list[str]) -> Response:
        key = unescaped(values[1])
        span = ledger.year(session, key)
        address = self._address(session, self.by.name, values[0], "accounting-years", escaped(key))
        year = {"year": key, "self": f"{session.base}/accounting-years/{escaped(key)}"}
        body = self._within(session, request, values, span)
        links = {"customers": f"{address}/customers", "periods": f"{address}/periods"}
        return ok({**body, **links, "accountingYear": year, "self": address})

    def period(self, session: Session, request: Request, values: list[str]) -> Response:
        """The period of that number in the year of today."""
        today = str(session.today())
        year = next((y for y in session.all("accounting-years") if y["fromDate"] <= today <= y["toDate"]), None)
        if year is None:
            raise not_found()
        span = ledger.period(year, values[1])
        address = self._address(session, self.by.name, values[0], "periods", values[1])
        period = {"periodNumber": span["periodNumber"], "self": f"{session.base}{span['self']}"}
        body = self._within(session, request, values, span)
        # The published schema writes the name of the link so.
        links = {"customers": f"{address}/customers", "acccountingYears": f"{address}/accounting-years"}
        return ok({**body, **links, "period": period, "self": address})

    def _within(self, session: Session, request: Request, values: list[str], span: Record) -> Record:
        rows = self._of(session, request, self._number(session, values))
        inside = [row for row in rows if span["fromDate"] <= row["date"] <= span["toDate"]]
        return _sum(inside, owes=False, dated=False)


def _sum(rows: Iterable[Record], *, owes: bool, dated: bool) -> Record:
    counted = list(rows)
    body: Record = {
        "netAmountInBaseCurrency": sum((row["netAmountInBaseCurrency"] for row in counted), ZERO),
        "invoiceCount": len(counted),
    }
    if owes:
        body["grossRemainderInBaseCurrency"] = sum((row["remainderInBaseCurrency"] for row in counted), ZERO)
    if dated and counted:
        body |= {"maxDate": max(row["date"] for row in counted), "minDate": min(row["date"] for row in counted)}
    return body


def _all(session: Session, request: Request, _values: list[str]) -> Response:
    sums: dict[str, Record] = {}
    for group in GROUPS:
        rows = passing(group.rows(session), request, DATED)
        owes = group.owes and not group.path.endswith("not-overdue")
        name = group.path.rsplit("/", 1)[-1]
        sums[name] = {
            **_sum(rows, owes=owes, dated=False),
            "description": _DESCRIPTIONS[name],
            "self": f"{session.base}{_ROOT}/{group.path}",
        }
    sums["unpaid"] |= {"overdue": sums["overdue"], "notOverdue": sums["not-overdue"]}
    sums["booked"] |= {"paid": sums["paid"], "unpaid": sums["unpaid"]}
    address = f"{session.base}{_ROOT}"
    return ok(
        {
            "drafts": sums["drafts"],
            "booked": sums["booked"],
            "predefinedPeriodFilters": named_spans(address, session.today()),
            "self": address,
        }
    )
