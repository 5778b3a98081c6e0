"""What people do with orders in e-conomic, and what then stands in Rackbeat."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.models import Link, Schedule, Transfer, TransferState
from tests.world import Company

Json = dict[str, Any]
POLLS = ("orders_poll", "economic_invoices_poll")


@dataclass
class Seller:
    """A company whose people write orders and invoices in e-conomic."""

    company: Company

    def body(self, *lines: Json, customer: int = 10001, **more: object) -> Json:
        """The document with everything that e-conomic asks for; a line is item, quantity, price."""
        return {
            "date": "2026-11-24",
            "currency": "DKK",
            "layout": {"layoutNumber": 1},
            "paymentTerms": {"paymentTermsNumber": 1},
            "customer": {"customerNumber": customer},
            "recipient": {"name": "Cykelhjørnet Aarhus C A/S", "vatZone": {"vatZoneNumber": 1}},
            "lines": list(lines or (line(),)),
            **more,
        }

    def order(self, *lines: Json, sent: bool = True, **more: Any) -> int:
        state = "sent" if sent else "drafts"
        made = self.company.systems.in_economic("POST", f"/orders/{state}", self.body(*lines, **more))
        number: int = made["orderNumber"]
        return number

    def change(self, number: int, state: str = "sent", to: str | None = None, **fields: object) -> None:
        """Write the order anew with these fields, in the state that it has or another."""
        self.company.systems.clock.sleep_s(1)
        order = self.company.systems.in_economic("GET", f"/orders/{state}/{number}")
        layout = {"layout": {"layoutNumber": 1}}
        self.company.systems.in_economic("POST", f"/orders/{to or state}", {**layout, **order, **fields})

    def delete(self, number: int, state: str = "sent") -> None:
        core = self.company.systems.economic.store
        assert core.delete(1180001, f"orders.{state}", number)

    def look(self, minutes: int = 5, poll: str = "orders_poll") -> None:
        """Let the poll come round and what it asked for run."""
        self.company.systems.clock.sleep_s(60 * minutes)
        with agreement_scope(self.company.agreement.pk):
            Schedule.in_scope.exclude(routine=poll).update(due_at="2030-01-01T00:00:00Z")
            Schedule.in_scope.filter(routine=poll).update(due_at=self.company.systems.clock.now())
        self.company.drain()

    def settle(self, number: int, kind: str = "order") -> None:
        """Let time pass until nothing is due any more."""
        for _ in range(12):
            self.company.drain()
            if self.transfer(number, kind).state == TransferState.TRANSFERRED:
                return
            self.company.systems.clock.sleep_s(60)

    def again(self, number: int, kind: str = "order") -> None:
        """*Prøv igen*."""
        self.company.systems.clock.sleep_s(1)
        self.company.ask(kind, number)
        self.company.drain()

    def rewrite(self, number: int, **changes: object) -> None:
        """Have e-conomic tell something of a sent order that nobody could write there through the API."""
        store = self.company.systems.economic.store
        record = store.get(1180001, "orders.sent", number)
        assert record is not None
        store.put(1180001, "orders.sent", number, {**record, **changes})

    def forget_everything(self) -> None:
        """An older backup of ours is put back: no transfer, no link, no place of a poll is known."""
        agreement = self.company.agreement
        with agreement_scope(agreement.pk):
            Transfer.in_scope.filter(kind__in=("order", "economic_invoice", "invoice_shipping")).delete()
            Link.in_scope.filter(kind__in=("order", "economic_invoice")).delete()
            Schedule.in_scope.update(mark={})
        Agreement.objects.filter(pk=agreement.pk).update(memory_lost_at=self.company.systems.clock.now())
        agreement.refresh_from_db()

    def transfer(self, number: int, kind: str = "order") -> Transfer:
        return self.company.transfer(kind, number)

    def has(self, number: int, kind: str) -> bool:
        """Whether there is a transfer of it."""
        with agreement_scope(self.company.agreement.pk):
            return Transfer.in_scope.filter(kind=kind, key=str(number)).exists()

    def link(self, number: int, kind: str = "order") -> Link | None:
        with agreement_scope(self.company.agreement.pk):
            return Link.in_scope.filter(kind=kind, economic_key=str(number)).first()

    def invoice(self, *lines: Json, **more: Any) -> int:
        """A draft invoice that somebody writes and books in e-conomic."""
        systems = self.company.systems
        draft = systems.in_economic("POST", "/invoices/drafts", self.body(*lines, **more))["draftInvoiceNumber"]
        return self.book(draft)

    def book(self, draft: int) -> int:
        """What a person does with a draft of anybody's."""
        body = {"draftInvoice": {"draftInvoiceNumber": draft}}
        number: int = self.company.systems.in_economic("POST", "/invoices/booked", body)["bookedInvoiceNumber"]
        return number

    def upgrade(self, number: int, **changes: object) -> int:
        """Make a draft invoice of a sent order, as a person does with one press; answers the draft's number."""
        systems = self.company.systems
        body = systems.in_economic("GET", f"/orders/sent/{number}/templates/upgrade-instructions/draftInvoice")
        made = systems.in_economic("POST", "/invoices/drafts", {**body, "layout": {"layoutNumber": 1}, **changes})
        draft: int = made["draftInvoiceNumber"]
        return draft

    def invoices(self) -> list[Json]:
        """All customer invoices of Rackbeat that we made."""
        rows = self.company.systems.rackbeat.store.all(4711, "customer-invoices")
        return [row for row in rows if "EI-" in (row["other_reference"] or "")]

    def stock(self, item: str) -> Decimal:
        quantity: Decimal = self.company.systems.in_rackbeat("GET", f"products/{item}")["stock_quantity"]
        return quantity

    def orders(self) -> list[Json]:
        """All orders of Rackbeat that we made, with what stands in them."""
        rows = self.company.systems.rackbeat.store.all(4711, "orders")
        return [row for row in rows if "EO-" in (row["other_reference"] or "")]


def line(item: str | None = "NL-100", quantity: object = 2, price: object = "3196.00", **more: object) -> Json:
    product = {"product": {"productNumber": item}} if item else {}
    amounts = {"quantity": Decimal(str(quantity)), "unitNetPrice": Decimal(str(price))} if item else {}
    return {"description": "Lastcykel", **product, **amounts, **more}


def facts(order: Json) -> list[tuple[str, Decimal, Decimal]]:
    return [(row["child_id"], row["quantity"], row["line_price"]) for row in order["lines"]]
