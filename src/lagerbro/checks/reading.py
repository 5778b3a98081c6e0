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
from lagerbro.checks.facts import Addresses, ConnectedSystems, EconomicFacts, Facts, FailedRead, RackbeatFacts
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

IDENTITY_SOURCES: Final = ("self", "account")
"""Read before the others: a grant that is dead is found out by one call and not by all of them."""

ConnectClients = Callable[[Agreement, Callable[[Exchange], None]], Clients]


@dataclass
class _FactsReader:
    """What has been read so far, and what could not be. A system that does not know us is not asked again."""

    choices: Choices
    unsupported_settings: frozenset[str]
    values: dict[str, Any] = field(default_factory=dict)
    failed_reads: dict[str, FailedRead] = field(default_factory=dict)
    disconnected_systems: set[str] = field(default_factory=set)
    skew_s: float | None = None

    def observe_exchange(self, exchange: Exchange) -> None:
        if exchange.system == ECONOMIC and exchange.remote_date and self.skew_s is None:
            self.skew_s = _skew_s(exchange)

    def read(self, source: Source, read_values: Callable[[], Any]) -> None:
        if source.system in self.disconnected_systems:
            return
        try:
            self.values[source.name] = read_values()
        except RemoteError as error:
            self.record_failure(source, error.code, error.message, error.codes(), error.said)
        except TooManyRowsError as error:
            self.record_failure(source, "too_many_rows", str(error))
        except ValueError as error:  # a date or a number that is none
            self.record_failure(source, "unreadable_answer", str(error))

    def record_failure(
        self, source: Source, code: str, message: str, remote_codes: frozenset[str] = frozenset(), said: str = ""
    ) -> None:
        if code == "grant_revoked":
            self.disconnected_systems.add(source.system)
        self.failed_reads[source.name] = FailedRead(
            source=source.name,
            system=source.system,
            code=code,
            message=message,
            said=said,
            remote_codes=remote_codes,
            needed=source.is_needed(carried_out(self.choices, self.unsupported_settings)),
        )


def read_facts(
    agreement: Agreement,
    choices: Choices,
    connect: ConnectClients,
    *,
    now: datetime,
    public_url: str,
    run_all: RunAll = run_sequentially,
    unsupported_settings: frozenset[str] = frozenset(),
) -> Facts:
    """Both systems as they are now. Inside the agreement's scope; never raises a `RemoteError`.

    `unsupported_settings`: settings that this release does not carry out.
    """
    reading = _FactsReader(choices, unsupported_settings)
    today = now.astimezone(COPENHAGEN).date()
    try:
        clients = connect(agreement, reading.observe_exchange)
    except Credentials.DoesNotExist:
        return _without_keys(agreement, reading, today=today, addresses=Addresses(public_url=public_url))
    wanted = [source for source in SOURCES if source.is_wanted(choices)]
    first, rest = wanted[:1], wanted[1:]  # a dead grant is found out by the first call, not by every one
    for batch in (first, rest):
        run_all([_read_job(reading, source, clients) for source in batch])
    _read_dependent_sources(reading, clients, today.isoformat(), run_all)
    return _facts(
        agreement,
        reading,
        today=today,
        addresses=Addresses(public_url=public_url, rackbeat_url=clients.rackbeat.address),
    )


def _without_keys(agreement: Agreement, reading: _FactsReader, *, today: date, addresses: Addresses) -> Facts:
    """Uninstalled, or never connected: neither system can be asked anything."""
    for source in SOURCES:
        if source.name in IDENTITY_SOURCES:
            reading.record_failure(source, "grant_revoked", "", frozenset())
    return _facts(agreement, reading, today=today, addresses=addresses)


def _read_job(reading: _FactsReader, source: Source, clients: Clients) -> Callable[[], None]:
    return lambda: reading.read(source, lambda: source.read(clients, reading.choices))


def _read_dependent_sources(reading: _FactsReader, clients: Clients, today: str, run_all: RunAll) -> None:
    """The periods of the year that today is in, and the sales accounts of the groups that Rackbeat has too."""
    by_name = {source.name: source for source in SOURCES}
    year = next((y for y in reading.values.get("years", ()) if str(y.first) <= today <= str(y.last)), None)
    jobs: list[Callable[[], None]] = []
    if year is not None:
        source = Source("periods", ECONOMIC, _read_elsewhere, by_name["years"].is_wanted, by_name["years"].is_needed)
        jobs.append(lambda: reading.read(source, lambda: read_periods(clients.economic, year.key)))
    if reading.choices.sales_enabled:
        jobs += [
            _group_job(reading, by_name["product_groups"], clients, group)
            for group in _shared_groups(reading)[:GROUPS_MAX]
        ]
    run_all(jobs)
    _record_unread_groups(reading, by_name["product_groups"])


def _group_job(reading: _FactsReader, source: Source, clients: Clients, group: ProductGroup) -> Callable[[], None]:
    group_source = Source(
        f"sales_accounts.{group.number}", ECONOMIC, _read_elsewhere, source.is_wanted, lambda _choices: False
    )
    return lambda: reading.read(group_source, lambda: with_sales_accounts(clients.economic, group))


def _shared_groups(reading: _FactsReader) -> list[ProductGroup]:
    rackbeat_numbers = reading.values.get("rackbeat_groups", {})
    return [group for group in reading.values.get("product_groups", ()) if group.number in rackbeat_numbers]


def _record_unread_groups(reading: _FactsReader, source: Source) -> None:
    """More groups than calls that somebody may be made to wait for: that the rest were not looked at is told."""
    left = len(_shared_groups(reading)) - GROUPS_MAX
    if reading.choices.sales_enabled and left > 0:
        rest = Source("sales_accounts.rest", ECONOMIC, _read_elsewhere, source.is_wanted, lambda _choices: False)
        reading.record_failure(rest, "too_many_rows", f"{GROUPS_MAX} + {left}", frozenset())


def _read_elsewhere(_clients: Clients, _choices: Choices) -> None:
    """A source that is read by whoever knows what it depends on."""


def _facts(agreement: Agreement, reading: _FactsReader, *, today: date, addresses: Addresses) -> Facts:
    registers = {name: reading.values[name] for name in Directory.__struct_fields__ if name in reading.values}
    if "product_groups" in registers:
        registers["product_groups"] = _product_groups(reading)
    return Facts(
        today=today,
        choices=reading.choices,
        directory=Directory(**registers),
        registers_read=frozenset(registers),
        connected=ConnectedSystems(
            agreement_number=agreement.economic_agreement_number,
            account_id=agreement.rackbeat_account_id,
            base_currency=agreement.base_currency,
            ledger_in_use=is_in_use(agreement.economic_agreement_number, beside=agreement),
        ),
        addresses=addresses,
        startup_used=agreement.startup_used_at is not None,
        economic=_economic_facts(agreement, reading.values),
        rackbeat=_rackbeat_facts(reading.values),
        failed_reads=_merged_group_failures(reading.failed_reads),
        skew_s=reading.skew_s,
        unsupported_settings=reading.unsupported_settings,
    )


def _product_groups(reading: _FactsReader) -> dict[int, ProductGroup]:
    groups: dict[int, ProductGroup] = {group.number: group for group in reading.values["product_groups"]}
    for name, value in reading.values.items():
        if name.startswith("sales_accounts."):
            groups[value.number] = value
    return groups


def _merged_group_failures(failed_reads: Mapping[str, FailedRead]) -> tuple[FailedRead, ...]:
    """One word for all product groups whose sales accounts could not be read."""
    groups = [one for name, one in failed_reads.items() if name.startswith("sales_accounts.")]
    rest = [one for name, one in failed_reads.items() if not name.startswith("sales_accounts.")]
    return (*rest, *groups[:1])


def _economic_facts(agreement: Agreement, values: Mapping[str, Any]) -> EconomicFacts:
    answer = values.get("self")
    base = EconomicFacts(
        read_only=_was_read_only(agreement),
        payment_terms=values.get("terms"),
        currencies=values.get("currencies"),
        years=values.get("years"),
        periods=values.get("periods"),
        last_booked_invoice=values.get("last_booked"),
    )
    if answer is None:
        return base
    roles = answer.application.requiredRoles if answer.application else None
    return replace(
        base,
        agreement_number=answer.agreementNumber,
        company_name=answer.company.name,
        cvr=answer.company.companyIdentificationNumber,
        country=answer.company.country,
        base_currency=answer.settings.baseCurrency or None,
        sends_e_invoices=answer.canSendElectronicInvoice,
        roles=None if roles is None else frozenset(role.name for role in roles),
        modules=None if answer.modules is None else frozenset(module.moduleNumber for module in answer.modules),
    )


def _rackbeat_facts(values: Mapping[str, Any]) -> RackbeatFacts:
    answer = values.get("account")
    account = answer.user_account if answer else None
    return RackbeatFacts(
        account_id=account.id if account else None,
        company_name=account.company_name if account else "",
        cvr=(account.company_vat or "") if account else None,
        country=((account.address.country if account.address else "") or "") if account else None,
        base_currency=values.get("base_currency"),
        customer_groups=values.get("rackbeat_customer_groups"),
        payment_terms=values.get("rackbeat_terms"),
        customer_currencies=values.get("customer_currencies"),
        supplier_currencies=values.get("supplier_currencies"),
        next_invoice=values.get("next_invoice"),
        items=values.get("items", {}),
    )


def _was_read_only(agreement: Agreement) -> bool:
    """Whether e-conomic refused the latest write for it (D14). Nothing else tells, and what is not active writes
    nothing that could show that it is over."""
    if agreement.state != AgreementState.ACTIVE:
        return False
    latest = Attempt.in_scope.filter(system=ECONOMIC).exclude(method="GET").order_by("-pk").first()
    return latest is not None and latest.status == 403 and READ_ONLY in latest.answered.lower()


def _skew_s(exchange: Exchange) -> float | None:
    try:
        remote_now = parsedate_to_datetime(exchange.remote_date)
    except (ValueError, OverflowError):  # no date, or one that no calendar has
        return None
    if remote_now.tzinfo is None:
        return None
    return (remote_now - exchange.started_at).total_seconds() - exchange.duration_ms / 2000
