"""Rackbeat as one account sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

import httpx2

from lagerbro.rackbeat.documents import SupplierDocuments
from lagerbro.rackbeat.envelopes import SYSTEM
from lagerbro.rackbeat.envelopes import content as _content
from lagerbro.rackbeat.envelopes import listed as _listed
from lagerbro.rackbeat.envelopes import only as _only
from lagerbro.rackbeat.envelopes import segment as _segment
from lagerbro.rackbeat.envelopes import shaped as _shaped
from lagerbro.rackbeat.error_answers import error_answer_of
from lagerbro.rackbeat.invoice_types import CustomerInvoice
from lagerbro.rackbeat.notes import Notes
from lagerbro.rackbeat.purchase_orders import PurchaseOrders
from lagerbro.rackbeat.records import RackbeatRecords
from lagerbro.rackbeat.sales import INVOICES, ORDERS, Sales
from lagerbro.rackbeat.stock_types import ItemGroup, Location, Reports, StockRow, StockRows, StockTotal
from lagerbro.rackbeat.supplier_invoice_types import SupplierInvoice
from lagerbro.rackbeat.supplier_types import Supplier, SupplierGroup
from lagerbro.rackbeat.types import (
    Customer,
    ListedProduct,
    Numbered,
    PartyCurrency,
    PaymentTerms,
    Product,
    ProductGroup,
    Reference,
    Self,
    Webhook,
)
from lagerbro.wire.clock import Clock
from lagerbro.wire.errors import NotFoundError, UnreadableAnswerError, UnusableValueError
from lagerbro.wire.limits import Limiter
from lagerbro.wire.numbers import encode
from lagerbro.wire.transport import ApiClient, Call, Observe

T = TypeVar("T")

CALLS_PER_SECOND: Final = 7.9
CALLS_AT_ONCE: Final = 6
"""480 a minute are allowed (rackbeat-api 1.2): 474 and the burst, in the worst minute."""
PAGE_SIZE: Final = 1000
PAGES_MAX: Final = 10_000  # ten million records: more is a list without an end


@dataclass(frozen=True, slots=True)
class RackbeatToken:
    """A bearer token: opaque, long-lived (rackbeat-api 1.1)."""

    bearer: str = field(repr=False)

    def headers(self) -> Mapping[str, str]:
        return {"Authorization": f"Bearer {self.bearer}"}


class Rackbeat:
    """The client of one account."""

    def __init__(
        self, http: httpx2.Client, token: RackbeatToken, clock: Clock, limiter: Limiter, observe: Observe
    ) -> None:
        self._client = ApiClient(SYSTEM, http, token.headers(), clock, limiter, observe, error_answer_of)
        self.notes = Notes(self._client)
        self.documents = SupplierDocuments(self._client)
        self.records = RackbeatRecords(self._client)
        self.purchase_orders = PurchaseOrders(self._client)
        self.orders = Sales(self._client, ORDERS)
        self.invoices = Sales(self._client, INVOICES)

    def myself(self) -> Self:
        """Whose account the token opens. Not wrapped (rackbeat-api 2.1)."""
        return _shaped(_content(self._client.call(Call("GET", "/api/self"))), Self)

    def customer_invoice(self, number: int | str) -> CustomerInvoice | None:
        return self._one(f"/api/customer-invoices/{_segment(number)}", CustomerInvoice)

    def supplier_invoice(self, number: int | str) -> SupplierInvoice | None:
        return self._one(f"/api/supplier-invoices/{_segment(number)}", SupplierInvoice)

    def customer(self, number: int | str) -> Customer | None:
        return self._one(f"/api/customers/{_segment(number)}", Customer)

    def product(self, number: str) -> Product | None:
        """The item, its number percent-encoded once (rackbeat-api 1.4)."""
        return self._one(f"/api/products/{_segment(number)}", Product)

    def supplier(self, number: int | str) -> Supplier | None:
        return self._one(f"/api/suppliers/{_segment(number)}", Supplier)

    def supplier_group(self, number: int | str) -> SupplierGroup | None:
        return self._one(f"/api/supplier-groups/{_segment(number)}", SupplierGroup)

    def customer_group(self, number: int | str) -> Numbered | None:
        return self._one(f"/api/customer-groups/{_segment(number)}", Numbered)

    def product_group(self, number: int | str) -> ProductGroup | None:
        return self._one(f"/api/product-groups/{_segment(number)}", ProductGroup)

    def employee(self, number: int | str) -> Numbered | None:
        return self._one(f"/api/employees/{_segment(number)}", Numbered)

    def customer_groups(self) -> Iterator[Numbered]:
        return self._all("/api/customer-groups", Numbered)

    def payment_terms(self) -> Iterator[PaymentTerms]:
        return self._all("/api/payment-terms", PaymentTerms)

    def terms(self, number: int | str) -> PaymentTerms | None:
        return self._one(f"/api/payment-terms/{_segment(number)}", PaymentTerms)

    def customer_currencies(self) -> Iterator[str]:
        """The currency of each customer that names one; a call for every 1000 customers."""
        return self._currencies("/api/customers")

    def supplier_currencies(self) -> Iterator[str]:
        """The same of the suppliers."""
        return self._currencies("/api/suppliers")

    def _currencies(self, path: str) -> Iterator[str]:
        parties = self._all(path, PartyCurrency, {"fields": "number,currency"})
        return (row.currency for row in parties if row.currency)

    def last_invoice_number(self) -> int | None:
        """The highest number of a customer invoice, booked or not; None before the first."""
        query = {"order_by": "number", "order_direction": "DESC", "fields": "number", "page": "1", "limit": "1"}
        listed, _ = _listed(_content(self._client.call(Call("GET", "/api/customer-invoices", query=query))))
        return _shaped(listed[0], Reference).number if listed else None

    def base_currency(self) -> str | None:
        """The currency of the account's reports (rackbeat-api 3.13); None where it does not say."""
        try:
            content = _content(self._client.call(Call("GET", "/api/revenue-orders", query={"page": "1", "limit": "1"})))
        except NotFoundError:
            return None
        return _shaped(content, Reports).base_currency or None

    def stock_value(self, day: date) -> Decimal:
        """What the stock was worth at the end of the day, in the currency of the account's reports (rackbeat-api 3.13).

        Which of three names the total has is not public: all of them are read.
        """
        content = _content(self._client.call(Call("GET", "/api/reports/valuation/total", query={"date_to": str(day)})))
        total = _shaped(content, StockTotal).amount
        if total is None:
            raise UnreadableAnswerError(f"{SYSTEM} told no stock value")
        return total

    def stock_rows(self, day: date, location: int | None = None) -> list[StockRow]:
        """The same, item by item; or of what lies at one location, without those within it (rackbeat-api 3.13)."""
        query = {"date_to": str(day)} if location is None else {"date_to": str(day), "location": str(location)}
        content = _content(self._client.call(Call("GET", "/api/reports/valuation", query=query)))
        return _shaped(content, StockRows).lineables

    def item_groups(self) -> Iterator[ItemGroup]:
        """Every product and lot with its product group; a call for every 1000 (rackbeat-api 3.2)."""
        return self._all("/api/items", ItemGroup, {"fields": "number,group_id,group"})

    def locations(self) -> Iterator[Location]:
        """All of them, at whatever depth."""
        return self._all("/api/locations/flat", Location)

    @property
    def address(self) -> str:
        """Where this Rackbeat is."""
        return str(self._client.http.base_url)

    def listed_product(self, number: str) -> ListedProduct | None:
        """The item as the settings see it."""
        return self._one(f"/api/products/{_segment(number)}", ListedProduct)

    def products_like(self, text: str, limit: int) -> list[ListedProduct]:
        """The first products whose number or name holds the text; one that cannot be read hides no other."""
        query = {"search": text, "page": "1", "limit": str(limit)}
        products, _ = _listed(_content(self._client.call(Call("GET", "/api/products", query=query))))
        return list(_readable(products, ListedProduct))

    def product_groups(self) -> Iterator[ProductGroup]:
        return self._all("/api/product-groups", ProductGroup)

    def layouts(self) -> Iterator[Numbered]:
        return self._all("/api/layouts", Numbered)

    def customer_invoices(self, query: Mapping[str, str] | None = None) -> Iterator[Reference]:
        """Which there are; each is then read by itself."""
        return self._all("/api/customer-invoices", Reference, query)

    def changed(self, path: str, since: str) -> Iterator[object]:
        """What changed since then (Danish wall-clock time), the longest ago first (rackbeat-api 1.5). As it was sent:
        one record that cannot be read must not hide the others."""
        query = {
            "updated_at_from": since,
            "order_by": "updated_at",
            "order_direction": "ASC",
            "fields": "number,updated_at,booked_at,is_booked",
        }
        return self._all(f"/api/{path}", object, query)

    def webhooks(self) -> Iterator[Webhook]:
        return self._all("/api/webhooks", Webhook)

    def create_webhook(self, event: str, url: str) -> Webhook:
        """Ask for a webhook. Its token is told this once and never again (rackbeat-api 2.4)."""
        call = Call("POST", "/api/webhooks", encode({"event": event, "url": url}))
        return _shaped(_only(_content(self._client.call(call))), Webhook)

    def delete_webhook(self, webhook_id: int) -> None:
        self._client.call(Call("DELETE", f"/api/webhooks/{webhook_id}"))

    def invalidate_token(self) -> None:
        """Have our token replaced by one that we do not keep: nobody can use either from now on."""
        self._client.call(Call("POST", "/api/tokens/replace-current", b"{}"))

    def set_settings_url(self, app: str, url: str) -> None:
        """Tell Rackbeat which page to show in the app's frame."""
        body = encode({"settings_url": url})
        self._client.call(Call("POST", f"/api/plugins/{_segment(app)}/set-settings-url", body))

    def _one(self, path: str, shape: type[T]) -> T | None:
        try:
            return _shaped(_only(_content(self._client.call(Call("GET", path)))), shape)
        except NotFoundError:
            return None

    def _all(self, path: str, shape: type[T], query: Mapping[str, str] | None = None) -> Iterator[T]:
        """Every record of a list: 206, the collection first, pages counted from one (rackbeat-api 1.3)."""
        before: list[object] = []
        for page in range(1, PAGES_MAX + 1):
            paged = {**(query or {}), "page": str(page), "limit": str(PAGE_SIZE)}
            records, pages = _listed(_content(self._client.call(Call("GET", path, query=paged))))
            # a server that passes over `page` would be read for ever, and every record taken again each time
            if records and records == before:
                raise UnreadableAnswerError(f"{SYSTEM} sent the same page twice")
            for record in records:
                yield _shaped(record, shape)
            if page >= pages or not records:
                return
            before = records
        raise UnreadableAnswerError(f"{SYSTEM} sent more than {PAGES_MAX} pages")


def _readable(records: Iterable[object], shape: type[T]) -> Iterator[T]:
    for record in records:
        with suppress(UnusableValueError):
            yield _shaped(record, shape)
