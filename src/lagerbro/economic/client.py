"""e-conomic as one agreement sees it: both surfaces, one pair of tokens, one rate bucket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx2

from lagerbro.economic.booked_entries import BookedEntries
from lagerbro.economic.documents import Documents
from lagerbro.economic.error_answers import error_answer_of
from lagerbro.economic.finance_entries import FinanceEntries
from lagerbro.economic.groups import CustomerGroups, ProductGroups, SupplierGroups
from lagerbro.economic.invoices import Invoices
from lagerbro.economic.journals import Journals
from lagerbro.economic.master_data.customer_parts import CustomerParts
from lagerbro.economic.master_data.small_registers import SmallRegisters
from lagerbro.economic.registers import Registers
from lagerbro.economic.sales_documents.booked import BookedInvoices
from lagerbro.economic.sales_documents.orders import Orders
from lagerbro.economic.services import Services
from lagerbro.economic.surfaces import OpenApi, Rest
from lagerbro.economic.vouchers import Vouchers
from lagerbro.economic.webhooks import Webhooks
from lagerbro.wire.clock import Clock
from lagerbro.wire.limits import Limiter
from lagerbro.wire.transport import ApiClient, Observe

SYSTEM = "e-conomic"


@dataclass(frozen=True, slots=True)
class EconomicTokens:
    """The app's secret and the agreement's grant (economic-api 1.1)."""

    app_secret: str = field(repr=False)
    grant: str = field(repr=False)

    def headers(self) -> Mapping[str, str]:
        return {"X-AppSecretToken": self.app_secret, "X-AgreementGrantToken": self.grant}


@dataclass(frozen=True, slots=True)
class Hosts:
    """The shared clients of e-conomic's two hosts."""

    rest: httpx2.Client
    api: httpx2.Client


class Economic:
    """The client of one agreement. Cheap to make: hosts and limiter are shared."""

    def __init__(self, hosts: Hosts, tokens: EconomicTokens, clock: Clock, limiter: Limiter, observe: Observe) -> None:
        headers = tokens.headers()
        rest = Rest(ApiClient(SYSTEM, hosts.rest, headers, clock, limiter, observe, error_answer_of))
        self.registers = Registers(rest)
        self.small_registers = SmallRegisters(rest)
        self.customer_parts = CustomerParts(rest)
        self.invoices = Invoices(rest)
        self.booked_invoices = BookedInvoices(rest)
        self.orders = Orders(rest)
        self.vouchers = Vouchers(rest)
        self.customer_groups = CustomerGroups(rest)
        api = OpenApi(ApiClient(SYSTEM, hosts.api, headers, clock, limiter, observe, error_answer_of))
        self.services = Services(api)
        self.supplier_groups = SupplierGroups(api)
        self.product_groups = ProductGroups(api)
        self.journals = Journals(api)
        self.finance_entries = FinanceEntries(api)
        self.booked_entries = BookedEntries(api)
        self.documents = Documents(api)
        self.webhooks = Webhooks(api)
