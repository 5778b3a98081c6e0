"""One run for one booked supplier invoice: what every part of it needs, and the plan from the directory that is kept.

The directory is read afresh only when something is wrong with an account: a decided one cannot be used, or e-conomic
refused one (domain-rules A11).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import structlog
from django.utils.functional import cached_property

from lagerbro.agreements import directories
from lagerbro.agreements.directory import Directory
from lagerbro.books.totals import Amounts
from lagerbro.economic.voucher_types import MadeVoucher
from lagerbro.flows.document_heads import factor_of
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.flows.supplier_invoices.mark import numbers_in
from lagerbro.flows.supplier_invoices.parts import Part, vat_within
from lagerbro.flows.supplier_invoices.plan import Purchase, PurchaseContext, items_without_group, plan_purchase
from lagerbro.flows.supplier_invoices.preview.planned_posting import PLANNED, posting_text
from lagerbro.flows.supplier_invoices.preview.sketch import sketch_of
from lagerbro.flows.supplier_invoices.steps import Steps, voucher_name
from lagerbro.money import total_of
from lagerbro.rackbeat.supplier_invoice_types import SupplierInvoice
from lagerbro.sync.outcome import LinkFacts
from lagerbro.sync.work import Work
from lagerbro.wire.errors import RemoteError

log = structlog.get_logger()

DRAFT_LINK: Final = "voucher_draft"
BOOKED_LINK: Final = "voucher_booked"
ORDERS_MAX: Final = 5
"""Orders of one invoice whose receipts are looked up. A call for each: Rackbeat lists receipts of one order, or of a
supplier, whose receipts of years nobody would read for a text (rackbeat-api 3.10)."""
PURCHASE_REGISTERS: Final = ("accounts", "vat_codes", "journals")
ACCOUNT_REFUSALS: Final = frozenset(
    {
        "fallback_missing",
        "fallback_unusable",
        "fallback_vat_locked",
        "fallback_carries_vat",
        "purchase_account_undecided",
        "purchase_vat_code_unusable",
        "vat_not_charged",
        "reverse_charge_and_vat",
    }
)
"""Refusals of a plan that another account or code in e-conomic can make void."""


class InvoiceRun:
    """What is known of one invoice while it is transferred."""

    def __init__(self, work: Work, invoice: SupplierInvoice) -> None:
        self.work = work
        self.invoice = invoice
        self.version = version_of(invoice)
        self.steps = Steps(work.clients.economic, invoice)
        self.directory: Directory = Directory()
        self._is_directory_loaded = self._are_registers_fresh = False

    @cached_property
    def factor(self) -> int:
        """-1 for a credit note that is to be turned; costs the read of the invoice that it credits (H32)."""
        return factor_of(self.invoice, self._credited)

    @property
    def control_account(self) -> int:
        """The control account of the supplier's group: the group's own, else the one that we make groups with."""
        supplier = self.invoice.supplier
        group = self.directory.supplier_groups.get(supplier.group or 0) if supplier is not None else None
        return group.account if group is not None else self.work.choices.supplier_group_account or 0

    def plan(self) -> Purchase:
        """What is to be posted; raises `PlanRefusal`. Where an account is in the way, from a fresh reading."""
        self._load_directory()
        try:
            purchase = self._plan_from_directory()
        except PlanRefusal as refusal:
            if self._are_registers_fresh or refusal.code not in ACCOUNT_REFUSALS:
                raise
            return self.plan_from_fresh_registers()
        return purchase if self._are_registers_fresh or not purchase.fallbacks else self.plan_from_fresh_registers()

    def plan_from_fresh_registers(self) -> Purchase:
        """The same from what e-conomic's accounts, codes and journals are now."""
        if not self._are_registers_fresh:
            clients, now = self.work.clients, self.work.runtime.clock.now()
            self.directory = directories.read_and_store_registers(
                self.work.agreement, clients.rackbeat, clients.economic, now, PURCHASE_REGISTERS
            )
            self._is_directory_loaded = self._are_registers_fresh = True
            self.show_planned()
        return self._plan_from_directory()

    def show_planned(self) -> None:
        """Have the transfer's page show what would be posted for as long as the invoice is held.

        It is asked before anything else, so that an invoice which waits shows it as well, and makes no call for the
        directory: where nothing has ever been read it shows nothing.
        """
        self._load_stored_directory()
        if not self._is_directory_loaded:
            return
        try:
            factor = self.factor
        except PlanRefusal:
            return
        sketch = sketch_of(self.invoice, factor, self._purchase_context(), self.control_account)
        if sketch is not None and sketch.parts:
            self.work.details_while_held[PLANNED] = posting_text(sketch)

    def link(self, made: MadeVoucher, purchase: Purchase) -> LinkFacts:
        """What is remembered of the voucher."""
        supplier = self.invoice.supplier
        return LinkFacts(
            economic_kind=BOOKED_LINK if made.is_booked else DRAFT_LINK,
            economic_key=voucher_name(made),
            version=self.version,
            name=supplier.called if supplier else "",
            currency=self.invoice.currency,
            rackbeat=purchase.totals,
            economic=self._economic_amounts(purchase.parts),
        )

    def _load_directory(self) -> None:
        """The kept directory; where nothing has ever been read, all of it is read now."""
        self._load_stored_directory()
        if self._is_directory_loaded:
            return
        clients, now = self.work.clients, self.work.runtime.clock.now()
        self.directory = directories.read_and_store_all(self.work.agreement, clients.rackbeat, clients.economic, now)
        self._is_directory_loaded = self._are_registers_fresh = True
        self.show_planned()

    def _load_stored_directory(self) -> None:
        stored = None if self._is_directory_loaded else directories.stored_directory(self.work.agreement)
        if stored is not None:
            self.directory, self._is_directory_loaded = stored[0], True

    def _plan_from_directory(self) -> Purchase:
        return plan_purchase(self.invoice, self.factor, self._purchase_context())

    def _purchase_context(self) -> PurchaseContext:
        return PurchaseContext(
            self.work.choices, self.directory, self.work.agreement.base_currency, self._groups_of_items
        )

    @cached_property
    def receipts(self) -> list[str]:
        """The numbers of the receipts of its orders (H21); a call for each order. They are told only: what cannot be
        read is left out."""
        numbers = numbers_in(self.invoice.receipts)
        orders = [int(number) for number in numbers_in(self.invoice.purchase_orders) if number.isdecimal()]
        return numbers or [str(receipt) for order in orders[:ORDERS_MAX] for receipt in self._receipts_of(order)]

    def _receipts_of(self, order: int) -> list[int]:
        try:
            return self.work.clients.rackbeat.purchase_orders.receipts_of(order)
        except RemoteError as error:
            log.info("receipts_not_read", order=order, code=error.code)
            return []

    @cached_property
    def _credited(self) -> SupplierInvoice | None:
        number = self.invoice.credited_number
        return None if number is None else self.work.clients.rackbeat.supplier_invoice(number)

    @cached_property
    def _groups_of_items(self) -> Mapping[str, int | None]:
        """Product groups of items whose line does not tell them: a read for each such item."""
        products = {number: self.work.clients.rackbeat.product(number) for number in items_without_group(self.invoice)}
        return {number: product.in_group if product is not None else None for number, product in products.items()}

    def _economic_amounts(self, parts: tuple[Part, ...]) -> Amounts:
        """What it comes to in e-conomic: the VAT is what the codes take out of it."""
        gross = total_of(part.amount for part in parts)
        codes = self.directory.vat_codes
        vat = total_of(vat_within(part.amount, codes[part.vat_code]) for part in parts if part.vat_code in codes)
        return Amounts(total_of((gross, -vat)), vat, gross)


def version_of(invoice: SupplierInvoice) -> str:
    """Rackbeat's version of a booked invoice: when it was booked."""
    return (invoice.booked_at or "booked")[:64]
