"""Customer groups and product groups: what is changed in Rackbeat follows, as far as e-conomic lets it.

One that e-conomic lacks is made by a person's word only, from the page of a record that waits for it (H15). The VAT
rate of a product group comes from its sales account in e-conomic: where Rackbeat charges another, that is told.
"""

from __future__ import annotations

from decimal import Decimal

from lagerbro.books.zones import Zone, zone_number
from lagerbro.flows.economic_refusals import economic_refused
from lagerbro.flows.own_number import skipped_if_other
from lagerbro.flows.sales_groups.mapping import group_fields, plain_rate
from lagerbro.flows.upserting import Upsert, WritableRecords
from lagerbro.rackbeat.types import Numbered, ProductGroup
from lagerbro.sync.outcome import Outcome, Skipped, Transferred
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind, InvalidError


class CustomerGroupFlow:
    """One group of customers, by its number."""

    kind = "customer_group"
    rank = 10

    def run(self, work: Work) -> Outcome:
        group = work.clients.rackbeat.customer_group(work.transfer.key) if work.choices.sales_enabled else None
        return _named(work, group, work.clients.economic.customer_groups)


class ProductGroupFlow:
    """One group of products, by its number."""

    kind = "product_group"
    rank = 10

    def run(self, work: Work) -> Outcome:
        group = work.clients.rackbeat.product_group(work.transfer.key) if work.choices.sales_enabled else None
        outcome = _named(work, group, work.clients.economic.product_groups)
        if group is None or not isinstance(outcome, Transferred) or outcome.needs_person:
            return outcome
        return _with_vat_difference(work, group.number, group.vat_domestic, outcome)


def _named(work: Work, group: Numbered | ProductGroup | None, records: WritableRecords) -> Outcome:
    """The name as Rackbeat has it; a group that is not on both sides is nobody's business until a record needs it."""
    if group is None or (fields := group_fields(group.name)) == {}:
        return Skipped("group_not_followed", is_forgotten=work.transfer.runs == 1)
    other = skipped_if_other(work, group.number)
    if other is not None:
        return other
    if records.raw(group.number) is None:
        return Skipped("group_not_followed", is_forgotten=work.transfer.runs == 1)
    try:
        return Upsert(records, work.transfer.kind, str(group.number), group.name, fields).run(work)
    except InvalidError as error:
        raise economic_refused(error, FailureKind.CONFIG) from error


def _with_vat_difference(work: Work, group: int, rackbeat_rate: Decimal | None, outcome: Transferred) -> Transferred:
    economic = work.clients.economic
    number = economic.product_groups.accounts(group).get(zone_number(Zone.DOMESTIC))
    account = economic.registers.account(number) if number is not None else None
    if account is None or rackbeat_rate is None:
        return outcome
    code = account.vatAccount.vatCode if account.vatAccount is not None else ""
    rates = {row.vatCode: row.ratePercentage for row in economic.registers.vat_accounts()} if code else {}
    economic_rate = rates.get(code) or Decimal(0)
    if economic_rate == rackbeat_rate:
        return outcome
    details = {"account": f"{number} {account.name}".strip(), "our_rate": plain_rate(rackbeat_rate)}
    details["their_rate"] = plain_rate(economic_rate)
    return Transferred(outcome.link, "group_vat_differs", details, needs_person=True)
