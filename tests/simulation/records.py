"""Histories of master data and what hangs on it: contacts, places, units, payment terms, groups that are made by a
person's word, cost prices, rounding lines, notes on documents; with faults and crashes. One seed, one history.

However often anything is lost: each thing is made once in e-conomic, says in the end what Rackbeat says, and a document
is told of once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random
from typing import Any, Final

from django.db import connection

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync import acts
from lagerbro.sync.decisions.copying_groups import MISSING, want_as_copy
from lagerbro.sync.models import Transfer, TransferState
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.sandboxes import Json, Sandboxes, nordlys
from tests.simulation.selling import TABLES
from tests.simulation.workers import Crash
from tests.world import code_alone, company_in

AGREEMENT: Final = nordlys().agreement_number
ACCOUNT: Final = nordlys().rackbeat_account_id
STEPS: Final = 12
TRIES: Final = 60
CUSTOMERS: Final = (10001, 10002)
NAMES: Final = ("Bogholderiet", "Jens Jensen", "Åse Ørsted", None)
STREETS: Final = ("Havnevej 7", "Nygade 9")
UNITS: Final = ("Kasse", "Bundt", "Palle")
GROUP, SOURCE = 91, 1
"""A group that only Rackbeat has, and the one whose accounts a person wants it to have."""
PRICES: Final = (("1.125", "88.88"), ("3", "33.333"), ("1000", "12.345"), ("2", "199.00"))
KEYS_KEPT: Final = 0.3
"""Of the histories: e-conomic promises to know keys again, and is not always seen to (economic-api 4.1)."""
LOOKS: Final = ("customer_invoices_poll", "customers_poll", "products_poll")
FAULTY: Final = (
    ("economic", "POST", "/customers/*/contacts"),
    ("economic", "POST", "/customers/*/delivery-locations"),
    ("economic", "POST", "/units"),
    ("economic", "POST", "/payment-terms"),
    ("economic", "POST", "/productsapi/*"),
    ("economic", "PUT", "/customers/*"),
    ("economic", "PUT", "/products/*"),
    ("economic", "POST", "/invoices/drafts"),
    ("economic", "PUT", "/invoices/booked/*"),
    ("economic", "GET", "*"),
    ("rackbeat", "GET", "/api/*"),
    ("rackbeat", "POST", "/api/customer-invoices/*/notes"),
)
"""The first five make something that has no number of ours."""


@dataclass
class RecordsHistory:
    """`crash_in`: calls and named points until the process dies. `costs`: what each new product was said to cost."""

    seed: int
    tells: list[str] = field(default_factory=list)
    crash_in: int = -1
    crashes: int = 0
    invoices: list[int] = field(default_factory=list)
    costs: dict[str, Decimal] = field(default_factory=dict)
    terms: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        company = company_in(Sandboxes.made(), Random(self.seed))
        company.decide(use_actual_quantity=True, rounding_item="GEBYR", use_actual_cost=True)
        routines = {name: company.runtime.routines[name] for name in LOOKS}
        runtime = replace(company.runtime, routines=routines, failpoint=self._point, words=code_alone)
        company.runtime, self.company = runtime, company
        for wire in (company.systems.to_economic, company.systems.to_rackbeat):
            wire.before = wire.after = lambda _request: self._point("call")
        company.systems.admin("economic", "idempotency", kept=self.random.random() < KEYS_KEPT)
        source = company.systems.economic.store.get(AGREEMENT, "product-groups", SOURCE)
        assert source is not None
        self.accounts = source["accounts"]
        record = {"number": GROUP, "name": "Tilbehør", "has_inventory": False, "vat_domestic": 25}
        company.systems.in_rackbeat("POST", "product-groups", record)

    def close(self) -> None:
        self.company.systems.close()
        with connection.cursor() as cursor:
            for table in (*TABLES[:-1], "agreements_agreementevent", TABLES[-1]):
                cursor.execute(f"DELETE FROM {table}")

    def run(self) -> None:
        self._rest(320)
        for _ in range(STEPS):
            deed = self.random.choice(self._deeds())
            self.tells.append(deed.__name__)
            deed()
            self._rest(self.random.choice([1, 1, 60, 601, 601, 3601]))
        self._calm()
        self._judge()

    def _deeds(self) -> list[Callable[[], None]]:
        often = [self._customer, self._customer, self._product, self._product, self._invoice, self._invoice]
        return [*often, self._terms, self._fault, self._fault, self._fault, self._crash, self._crash]

    def _customer(self) -> None:
        number, street = self.random.choice(CUSTOMERS), self.random.choice(STREETS)
        place = {"name": "Lageret", "street": street, "zipcode": "8000", "city": "Aarhus C", "country": "Danmark"}
        facts: Json = {
            "attention": self.random.choice(NAMES),
            "their_reference": self.random.choice(NAMES),
            "delivery_address": place,
            "address_street": f"Vej {self.random.randrange(9)}",
        }
        if self.terms:
            facts["payment_terms_id"] = self.random.choice(self.terms)
        self.company.systems.in_rackbeat("PUT", f"customers/{number}", facts)
        self.company.ask("customer", number)

    def _terms(self) -> None:
        number, days = 70 + len(self.terms), 31 + 7 * len(self.terms)
        record = {"number": number, "name": f"Netto {days}", "type": "net", "maturity_days": days}
        self.company.systems.rackbeat.store.put(ACCOUNT, "payment-terms", number, record)
        self.terms.append(number)

    def _product(self) -> None:
        """A new one without stock, in a unit that e-conomic may lack and a group that it lacks at first."""
        systems, number = self.company.systems, f"NY-{len(self.costs)}"
        unit = systems.in_rackbeat("POST", "units", {"name": self.random.choice(UNITS)})["number"]
        cost = Decimal(self.random.randint(1, 900)) / 4
        group = self.random.choice([SOURCE, GROUP])
        facts = {"number": number, "name": f"Vare {number}", "group": group, "unit": unit, "sales_price": "99.50"}
        systems.in_rackbeat("POST", "products", {**facts, "recommended_cost_price": str(cost)})
        self.costs[number] = cost
        self.company.ask("product", number)

    def _invoice(self) -> None:
        quantity, price = self.random.choice(PRICES)
        item = self.random.choice(["NL-100", *self.costs])
        sold = {"item_id": item, "quantity": quantity, "line_price": price}
        number = self.company.systems.invoice(sold, customer=self.random.choice(CUSTOMERS))
        self.invoices.append(number)
        self.company.ask("customer_invoice", number)

    def _fault(self) -> None:
        system, method, path = self.random.choice(FAULTY[:5] if self.random.random() < 0.5 else FAULTY)
        core = self.company.systems.economic if system == "economic" else self.company.systems.rackbeat
        how = self.random.choice(["lose", "lose", "drop", 503])
        core.faults.set(
            Fault(
                f"fault-{self.random.randrange(5)}",
                method=method,
                path=path,
                skip=self.random.randrange(2),
                times=self.random.choice([1, 1, 2]),
                status=how if isinstance(how, int) else None,
                lose_answer=how == "lose",
                drop_connection=how == "drop",
            )
        )

    def _crash(self) -> None:
        self.crash_in = self.random.randrange(20)

    def _point(self, _name: str) -> None:
        if self.crash_in == 0:
            self.crash_in = -1
            raise Crash
        self.crash_in -= self.crash_in > 0

    def _rest(self, seconds: float) -> None:
        """Time goes by, whatever is due runs, through crashes, and people answer what they are asked."""
        self.company.systems.clock.sleep_s(seconds)
        for _ in range(4):
            try:
                if not self.company.drain().more:
                    break
            except Crash:
                self.crashes += 1
        agreement, now = self.company.agreement, self.company.systems.clock.now()
        with agreement_scope(agreement.pk):
            for held in Transfer.in_scope.filter(state=TransferState.NEEDS_YOU, code__in=MISSING).order_by("pk"):
                want_as_copy(agreement, held, SOURCE, by="Mette", at=now)

    def _calm(self) -> None:
        self.crash_in = -1
        self.company.systems.economic.faults.clear()
        self.company.systems.rackbeat.faults.clear()
        for rounds in range(TRIES):
            self._rest(1801)
            if rounds < len(LOOKS):
                continue
            with agreement_scope(self.company.agreement.pk):
                if Transfer.in_scope.filter(due_at__isnull=False).exists():
                    continue
                stopped = Transfer.in_scope.filter(state__in=acts.STOPPED)
                if not acts.retry(stopped, self.company.agreement.pk, self.company.systems.clock.now()):
                    return
        raise AssertionError("something is stuck")

    def _judge(self) -> None:
        with agreement_scope(self.company.agreement.pk):
            rows = list(Transfer.in_scope.all())
        told = [(str(row), row.state, row.code) for row in rows if row.state != TransferState.TRANSFERRED]
        assert told == []
        self._judge_once()
        for number in CUSTOMERS:
            self._judge_customer(number)
        for product, cost in self.costs.items():
            self._judge_product(product, cost)
        for number in self.invoices:
            self._judge_invoice(number)
        assert len(self.company.systems.booked()) == len(self.invoices)

    def _judge_once(self) -> None:
        contacts = [(_customer_of(row), row["name"]) for row in self._all("customer-contacts")]
        places = [(_customer_of(row), row.get("address")) for row in self._all("delivery-locations")]
        units = [row["name"].casefold() for row in self._all("units")]
        terms = [(row["paymentTermsType"], row.get("daysOfCredit")) for row in self._all("payment-terms")]
        made = [one for one in terms if (one[1] or 0) > 30]
        for what, listed in (("contact", contacts), ("place", places), ("unit", units), ("terms", made)):
            assert _twice(listed) == [], f"a {what} was made twice"
        group = self._there("product-groups", GROUP)
        assert group is None or group["accounts"] == self.accounts, "a group is without some of its accounts"

    def _judge_customer(self, number: int) -> None:
        wanted = self.company.systems.in_rackbeat("GET", f"customers/{number}")
        found = self._there("customers", number)
        if found is None:
            return
        names = {row["customerContactNumber"]: row["name"] for row in self._all("customer-contacts")}
        for ours, theirs in (("attention", "attention"), ("their_reference", "customerContact")):
            contact = found.get(theirs, {}).get("customerContactNumber")
            assert names.get(contact) == wanted[ours], "a contact is not the one that Rackbeat names"
        terms = self._there("payment-terms", found["paymentTerms"]["paymentTermsNumber"])
        assert terms is not None
        assert terms.get("daysOfCredit", 0) == wanted["payment_terms"]["maturity_days"], "other payment terms"
        assert found["address"] == wanted["address_street"], "an address is not as it was written last"

    def _judge_product(self, number: str, cost: Decimal) -> None:
        found = self._there("products", number)
        assert found is not None
        unit = self._there("units", found["unit"]["unitNumber"])
        wanted = self.company.systems.in_rackbeat("GET", f"products/{number}")
        assert unit is not None
        assert unit["name"] == wanted["unit"]["name"], "another unit"
        assert Decimal(found["costPrice"]) == cost, "a cost price is not the one that is known"

    def _judge_invoice(self, number: int) -> None:
        wanted = self.company.systems.in_rackbeat("GET", f"customer-invoices/{number}")
        (booked,) = [row for row in self.company.systems.booked() if row["bookedInvoiceNumber"] == number]
        assert Decimal(booked["netAmount"]) == Decimal(wanted["total_subtotal"]), "an invoice comes to something else"
        notes = self.company.systems.in_rackbeat("GET", f"customer-invoices/{number}/notes")
        assert _twice(row["note_text"] for row in notes) == [], "a note was written twice"

    def _all(self, register: str) -> list[Json]:
        return self.company.systems.economic.store.all(AGREEMENT, register)

    def _there(self, register: str, key: object) -> Json | None:
        return self.company.systems.economic.store.get(AGREEMENT, register, str(key))


def _customer_of(row: Json) -> Any:
    return row["customer"]["customerNumber"]


def _twice(listed: Iterable[object]) -> list[object]:
    return [one for one, count in Counter(listed).items() if count > 1]


def lived_records(seed: int) -> RecordsHistory:
    """The history of the seed, to its end; an assertion fails when the oracle finds something."""
    history = RecordsHistory(seed)
    try:
        history.run()
    except AssertionError as error:
        error.add_note(f"replay: make simulate SEEDS={seed}-{seed} SIZE=records; {', '.join(history.tells)}")
        raise
    finally:
        with suppress(Crash):
            history.close()
    return history
