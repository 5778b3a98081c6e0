"""Reading the facts from both systems: few calls, each bounded, and none that fails takes the others with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from msgspec.structs import replace

from lagerbro.agreements.directories import TooManyRowsError
from lagerbro.agreements.directory import Directory, ProductGroup
from lagerbro.agreements.ledgers import is_in_use
from lagerbro.agreements.models import Agreement, AgreementState, Credentials
from lagerbro.books.choices import Choices
from lagerbro.checks.connections import READ_ONLY
from lagerbro.checks.facts import Facts, Known, Ledger, Place, Unread, Warehouse
from lagerbro.checks.sources import GROUPS_MAX, SOURCES, Source, read_periods, with_sales_accounts
from lagerbro.economic.client import SYSTEM as ECONOMIC
from lagerbro.flows.abilities import carried_out
from lagerbro.sync.models import Attempt
from lagerbro.sync.runtime import Clients, RunAll, run_sequentially
from lagerbro.sync.schedules.timing import COPENHAGEN
from lagerbro.wire.errors import RemoteError
from lagerbro.wire.exchange import Exchange

CALLS_AT_MOST: Final = 3 * len(SOURCES) + GROUPS_MAX
"""A reading of registers that fit on a page makes no more calls than this."""

FIRST: Final = ("self", "account")
"""Read before the others: a grant that is dead is found out by one call and not by all of them."""

Connect = Callable[[Agreement, Callable[[Exchange], None]], Clients]


@dataclass
class _Reading:
    """What has been read so far, and what could not be. A system that does not know us is not asked again."""

    choices: Choices
    not_yet: frozenset[str]
    values: dict[str, Any] = field(default_factory=dict)
    unread: dict[str, Unread] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    skew_s: float | None = None

    def watch(self, exchange: Exchange) -> None:
        if exchange.system == ECONOMIC and exchange.remote_date and self.skew_s is None:
            self.skew_s = _skew_s(exchange)

    def take(self, source: Source, read: Callable[[], Any]) -> None:
        if source.system in self.closed:
            return
        try:
            self.values[source.name] = read()
        except RemoteError as error:
            self.failed(source, error.code, error.message, error.codes(), error.said)
        except TooManyRowsError as error:
            self.failed(source, "too_many_rows", str(error))
        except ValueError as error:  # a date or a number that is none
            self.failed(source, "unreadable_answer", str(error))

    def failed(
        self, source: Source, code: str, message: str, remote_codes: frozenset[str] = frozenset(), said: str = ""
    ) -> None:
        if code == "grant_revoked":
            self.closed.add(source.system)
        self.unread[source.name] = Unread(
            source=source.name,
            system=source.system,
            code=code,
            message=message,
            said=said,
            remote_codes=remote_codes,
            needed=source.needed(carried_out(self.choices, self.not_yet)),
        )


def read_facts(
    agreement: Agreement,
    choices: Choices,
    connect: Connect,
    *,
    now: datetime,
    public_url: str,
    run_all: RunAll = run_sequentially,
    not_yet: frozenset[str] = frozenset(),
) -> Facts:
    """Both systems as they are now. Inside the agreement's scope; never raises a `RemoteError`.

    `not_yet`: settings that this release does not carry out.
    """
    reading = _Reading(choices, not_yet)
    today = now.astimezone(COPENHAGEN).date()
    try:
        lines = connect(agreement, reading.watch)
    except Credentials.DoesNotExist:
        return _without_keys(agreement, reading, today=today, place=Place(public_url=public_url))
    wanted = [source for source in SOURCES if source.wanted(choices)]
    first, rest = wanted[:1], wanted[1:]  # a dead grant is found out by the first call, not by every one
    for batch in (first, rest):
        run_all([_job(reading, source, lines) for source in batch])
    _read_what_depends(reading, lines, today.isoformat(), run_all)
    return _facts(
        agreement, reading, today=today, place=Place(public_url=public_url, rackbeat_url=lines.rackbeat.address)
    )


def _without_keys(agreement: Agreement, reading: _Reading, *, today: date, place: Place) -> Facts:
    """Uninstalled, or never connected: neither system can be asked anything."""
    for source in SOURCES:
        if source.name in FIRST:
            reading.failed(source, "grant_revoked", "", frozenset())
    return _facts(agreement, reading, today=today, place=place)


def _job(reading: _Reading, source: Source, lines: Clients) -> Callable[[], None]:
    return lambda: reading.take(source, lambda: source.read(lines, reading.choices))


def _read_what_depends(reading: _Reading, lines: Clients, today: str, run_all: RunAll) -> None:
    """The periods of the year that today is in, and the sales accounts of the groups that Rackbeat has too."""
    by_name = {source.name: source for source in SOURCES}
    year = next((y for y in reading.values.get("years", ()) if str(y.first) <= today <= str(y.last)), None)
    jobs: list[Callable[[], None]] = []
    if year is not None:
        source = Source("periods", ECONOMIC, _nothing, by_name["years"].wanted, by_name["years"].needed)
        jobs.append(lambda: reading.take(source, lambda: read_periods(lines.economic, year.key)))
    if reading.choices.sales_enabled:
        jobs += [
            _group_job(reading, by_name["product_groups"], lines, group)
            for group in _shared_groups(reading)[:GROUPS_MAX]
        ]
    run_all(jobs)
    _say_what_was_left(reading, by_name["product_groups"])


def _group_job(reading: _Reading, source: Source, lines: Clients, group: ProductGroup) -> Callable[[], None]:
    named = Source(f"sales_accounts.{group.number}", ECONOMIC, _nothing, source.wanted, lambda _choices: False)
    return lambda: reading.take(named, lambda: with_sales_accounts(lines.economic, group))


def _shared_groups(reading: _Reading) -> list[ProductGroup]:
    ours = reading.values.get("rackbeat_groups", {})
    return [group for group in reading.values.get("product_groups", ()) if group.number in ours]


def _say_what_was_left(reading: _Reading, source: Source) -> None:
    """More groups than calls that somebody may be made to wait for: that the rest were not looked at is told."""
    left = len(_shared_groups(reading)) - GROUPS_MAX
    if reading.choices.sales_enabled and left > 0:
        rest = Source("sales_accounts.rest", ECONOMIC, _nothing, source.wanted, lambda _choices: False)
        reading.failed(rest, "too_many_rows", f"{GROUPS_MAX} + {left}", frozenset())


def _nothing(_lines: Clients, _choices: Choices) -> None:
    """A source that is read by whoever knows what it depends on."""


def _facts(agreement: Agreement, reading: _Reading, *, today: date, place: Place) -> Facts:
    registers = {name: reading.values[name] for name in Directory.__struct_fields__ if name in reading.values}
    if "product_groups" in registers:
        registers["product_groups"] = _groups(reading)
    return Facts(
        today=today,
        choices=reading.choices,
        directory=Directory(**registers),
        read=frozenset(registers),
        known=Known(
            agreement_number=agreement.economic_agreement_number,
            account_id=agreement.rackbeat_account_id,
            base_currency=agreement.base_currency,
            ledger_in_use=is_in_use(agreement.economic_agreement_number, beside=agreement),
        ),
        place=place,
        startup_used=agreement.startup_used_at is not None,
        ledger=_ledger(agreement, reading.values),
        warehouse=_warehouse(reading.values),
        unread=_told(reading.unread),
        skew_s=reading.skew_s,
        not_yet=reading.not_yet,
    )


def _groups(reading: _Reading) -> dict[int, ProductGroup]:
    groups: dict[int, ProductGroup] = {group.number: group for group in reading.values["product_groups"]}
    for name, value in reading.values.items():
        if name.startswith("sales_accounts."):
            groups[value.number] = value
    return groups


def _told(unread: Mapping[str, Unread]) -> tuple[Unread, ...]:
    """One word for all product groups whose sales accounts could not be read."""
    groups = [one for name, one in unread.items() if name.startswith("sales_accounts.")]
    rest = [one for name, one in unread.items() if not name.startswith("sales_accounts.")]
    return (*rest, *groups[:1])


def _ledger(agreement: Agreement, values: Mapping[str, Any]) -> Ledger:
    told = values.get("self")
    base = Ledger(
        read_only=_was_read_only(agreement),
        payment_terms=values.get("terms"),
        currencies=values.get("currencies"),
        years=values.get("years"),
        periods=values.get("periods"),
        last_booked_invoice=values.get("last_booked"),
    )
    if told is None:
        return base
    roles = told.application.requiredRoles if told.application else None
    return replace(
        base,
        agreement_number=told.agreementNumber,
        company_name=told.company.name,
        cvr=told.company.companyIdentificationNumber,
        country=told.company.country,
        base_currency=told.settings.baseCurrency or None,
        sends_e_invoices=told.canSendElectronicInvoice,
        roles=None if roles is None else frozenset(role.name for role in roles),
        modules=None if told.modules is None else frozenset(module.moduleNumber for module in told.modules),
    )


def _warehouse(values: Mapping[str, Any]) -> Warehouse:
    told = values.get("account")
    account = told.user_account if told else None
    return Warehouse(
        account_id=account.id if account else None,
        company_name=account.company_name if account else "",
        cvr=(account.company_vat or "") if account else None,
        country=((account.address.country if account.address else "") or "") if account else None,
        base_currency=values.get("base_currency"),
        customer_groups=values.get("rackbeat_customer_groups"),
        payment_terms=values.get("rackbeat_terms"),
        customer_currencies=values.get("customer_currencies"),
        next_invoice=values.get("next_invoice"),
        items=values.get("items", {}),
    )


def _was_read_only(agreement: Agreement) -> bool:
    """Whether e-conomic refused the latest write for it (D14). Nothing else tells, and what is not active writes
    nothing that could show that it is over."""
    if agreement.state != AgreementState.ACTIVE:
        return False
    latest = Attempt.objects.filter(system=ECONOMIC).exclude(method="GET").order_by("-pk").first()
    return latest is not None and latest.status == 403 and READ_ONLY in latest.answered.lower()


def _skew_s(exchange: Exchange) -> float | None:
    try:
        theirs = parsedate_to_datetime(exchange.remote_date)
    except (ValueError, OverflowError):  # no date, or one that no calendar has
        return None
    if theirs.tzinfo is None:
        return None
    return (theirs - exchange.started_at).total_seconds() - exchange.duration_ms / 2000
