"""Accounting years, their periods, entries and totals on REST, of all accounts or of one (economic-api 6.7, 6.8)."""

from __future__ import annotations

from dataclasses import dataclass

from lagerbro_sandbox.economic.ledger import views as ledger
from lagerbro_sandbox.economic.ledger import years
from lagerbro_sandbox.economic.rest.listing import collection
from lagerbro_sandbox.economic.rest.routing import Router
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire import filterable as f
from lagerbro_sandbox.economic.wire.answers import body_of, ok
from lagerbro_sandbox.economic.wire.errors import not_found
from lagerbro_sandbox.economic.wire.links import escaped, linked, unescaped
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.kernel.records import Record

_YEARS, _PERIODS = "/accounting-years", "/accounting-years/{}/periods"


def add_to(router: Router) -> None:
    """The same paths stand by themselves and below an account."""
    router.add("POST", _YEARS, _create)
    router.add("GET", f"{_YEARS}/{{}}/totals", _totals)
    router.add("GET", f"{_PERIODS}/{{}}/totals", _totals)
    router.add("GET", f"/accounts/{{}}{_YEARS}/{{}}/totals", _total)
    router.add("GET", f"/accounts/{{}}{_PERIODS}/{{}}/totals", _total)
    router.add("GET", f"{_YEARS}/{{}}/entries/{{}}", _entry)
    for prefix in ("", "/accounts/{}"):
        place = _Place(prefix)
        router.add("GET", f"{prefix}{_YEARS}", place.years)
        router.add("GET", f"{prefix}{_YEARS}/{{}}", place.year)
        router.add("GET", f"{prefix}{_YEARS}/{{}}/entries", place.entries)
        router.add("GET", f"{prefix}{_YEARS}/{{}}/vouchers", place.vouchers)
        router.add("GET", f"{prefix}{_PERIODS}", place.periods)
        router.add("GET", f"{prefix}{_PERIODS}/{{}}", place.period)
        router.add("GET", f"{prefix}{_PERIODS}/{{}}/entries", place.entries)


@dataclass(frozen=True, slots=True)
class AddressedAccount:
    """What a path says before the year: an account and its part of the path, or neither, and what follows."""

    number: int | None
    prefix: str
    rest: list[str]


class _Place:
    """What answers the paths of one prefix: the whole ledger, or one account's part of it."""

    def __init__(self, prefix: str) -> None:
        self.of_account = bool(prefix)

    def fields(self, of_ledger: f.Fields, of_account: f.Fields) -> f.Fields:
        """What may be filtered by differs below an account."""
        return of_account if self.of_account else of_ledger

    def split(self, session: Session, values: list[str]) -> AddressedAccount:
        if not self.of_account:
            return AddressedAccount(None, "", values)
        number = _account(session, values[0])
        return AddressedAccount(number, f"/accounts/{number}", values[1:])

    def years(self, session: Session, request: Request, values: list[str]) -> Response:
        at = self.split(session, values)
        # By date: the key of a split year is not a number, and would stand before all others.
        rows = sorted(session.all(years.KIND), key=lambda row: str(row["fromDate"]))
        return ok(
            collection(
                session,
                request,
                rows,
                self.fields(f.YEARS, f.YEARS_OF_ACCOUNT),
                lambda row: _year(session, row, at.prefix),
            )
        )

    def year(self, session: Session, _request: Request, values: list[str]) -> Response:
        at = self.split(session, values)
        return ok(_year(session, ledger.year(session, unescaped(at.rest[0])), at.prefix))

    def periods(self, session: Session, request: Request, values: list[str]) -> Response:
        at = self.split(session, values)
        rows = ledger.periods(ledger.year(session, unescaped(at.rest[0])))
        return ok(
            collection(
                session,
                request,
                rows,
                self.fields(f.PERIODS, f.PERIODS_OF_ACCOUNT),
                lambda row: _period(session, row, at.prefix),
            )
        )

    def period(self, session: Session, _request: Request, values: list[str]) -> Response:
        at = self.split(session, values)
        return ok(_period(session, _span(session, at.rest), at.prefix))

    def entries(self, session: Session, request: Request, values: list[str]) -> Response:
        at = self.split(session, values)
        rows = ledger.entries(session, _span(session, at.rest), at.number)
        # One published schema of four has a number there.
        is_number = self.of_account and len(at.rest) == 1

        def show(row: Record) -> Record:
            numbered = {"invoiceNumber": int(row["invoiceNumber"])} if is_number and "invoiceNumber" in row else {}
            return {**linked(row, session.base), **numbered, "self": f"{session.base}{row['self']}"}

        of_ledger = f.ENTRIES_OF_PERIOD if len(at.rest) > 1 else f.ENTRIES
        return ok(collection(session, request, rows, self.fields(of_ledger, f.ENTRIES_OF_ACCOUNT), show))

    def vouchers(self, session: Session, request: Request, values: list[str]) -> Response:
        """What was booked in the year, by voucher. A year links to them; what they hold is assumed."""
        at = self.split(session, values)
        span = _span(session, at.rest)
        address = f"{session.base}{at.prefix}/accounting-years/{escaped(span['year'])}"
        year = linked({"accountingYear": {"year": span["year"]}}, session.base)
        documents = session.store.entries.vouchers(session.agreement, span["fromDate"], span["toDate"], at.number)
        rows: list[Record] = [{"voucherNumber": voucher} for voucher in documents]

        def show(row: Record) -> Record:
            return {**year, **row, "entries": f"{address}/entries?filter=voucherNumber$eq:{row['voucherNumber']}"}

        return ok(collection(session, request, rows, f.VOUCHERS_OF_YEAR, show))


def _entry(session: Session, _request: Request, values: list[str]) -> Response:
    row = ledger.entry(session, ledger.year(session, unescaped(values[0])), values[1])
    return ok({**linked(row, session.base), "self": f"{session.base}{row['self']}"})


def _create(session: Session, request: Request, _values: list[str]) -> Response:
    return ok(_year(session, years.create(session, body_of(request)), ""), 201)


def _totals(session: Session, request: Request, values: list[str]) -> Response:
    """A row for every account that has entries in the span."""
    span = _span(session, values)
    sums = session.store.entries.sums(session.agreement, span["fromDate"], span["toDate"])
    rows = [{"totalInBaseCurrency": total, "account": {"accountNumber": number}} for number, total in sums.items()]
    place = "/".join(("/accounting-years", escaped(unescaped(values[0])), *_below(values)))

    def show(row: Record) -> Record:
        address = f"{session.base}/accounts/{row['account']['accountNumber']}{place}/totals"
        return _total_row(session, row, span, address)

    return ok(collection(session, request, rows, f.NONE, show))


def _total(session: Session, _request: Request, values: list[str]) -> Response:
    number = _account(session, values[0])
    span = _span(session, values[1:])
    total = session.store.entries.sums(session.agreement, span["fromDate"], span["toDate"], number).get(number, 0)
    place = "/".join(("/accounting-years", escaped(unescaped(values[1])), *_below(values[1:])))
    row = {"totalInBaseCurrency": total, "account": {"accountNumber": number}}
    return ok(_total_row(session, row, span, f"{session.base}/accounts/{number}{place}/totals"))


def _total_row(session: Session, row: Record, span: Record, address: str) -> Record:
    shown = {**row, "fromDate": span["fromDate"], "toDate": span["toDate"]}
    return {**linked(shown, session.base), "self": address}


def _below(values: list[str]) -> list[str]:
    return ["periods", values[1]] if len(values) > 1 else []


def _span(session: Session, values: list[str]) -> Record:
    """The year, or the period in it when there is a second value."""
    year = ledger.year(session, unescaped(values[0]))
    return ledger.period(year, values[1]) if len(values) > 1 else year


def _account(session: Session, number: str) -> int:
    account = session.get("accounts", number)
    if account is None:
        raise not_found()
    return int(account["accountNumber"])


def _year(session: Session, row: Record, prefix: str) -> Record:
    shown = ledger.shown_year(row)
    address = f"{session.base}{prefix}/accounting-years/{escaped(row['year'])}"
    links = {name: f"{address}/{name}" for name in ("periods", "entries", "totals", "vouchers")}
    return {**linked(shown, session.base), **links, "self": address}


def _period(session: Session, row: Record, prefix: str) -> Record:
    address = f"{session.base}{prefix}{row['self']}"
    links = {name: f"{address}/{name}" for name in ("entries", "totals")}
    return {**linked(row, session.base), **links, "self": address}
