"""Histories of what comes from e-conomic: orders, invoices that are born there, our drafts booked by hand, with people,
faults and crashes between them; at the end the stock as the oracle. One seed, one history.

However often anything is lost: an order is in Rackbeat once, goods leave once, nothing of ours goes back to e-conomic.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random
from typing import Final

from django.db import connection

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync import acts
from lagerbro.sync.models import Transfer, TransferState
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.orders.selling import Json, Seller, facts, line
from tests.sandboxes import Sandboxes
from tests.simulation.workers import Crash
from tests.world import company_in

STEPS: Final = 14
TRIES: Final = 60
POLLED_AFTER: Final = 3
"""Rounds of half an hour after which every look has been."""
CUSTOMERS: Final = (10001, 10002)
ITEM: Final = "NL-100"
LOOKS: Final = ("orders_poll", "economic_invoices_poll", "drafts_poll", "customer_invoices_poll")
FAULTY: Final = (
    ("rackbeat", "POST", "/api/orders/drafts"),
    ("rackbeat", "POST", "/api/orders/*/book"),
    ("rackbeat", "POST", "/api/customer-invoices/drafts"),
    ("rackbeat", "POST", "/api/customer-invoices/*/book"),
    ("rackbeat", "POST", "/api/customer-invoices/*/mark-shipped"),
    ("rackbeat", "GET", "/api/*"),
    ("economic", "GET", "*"),
    ("economic", "POST", "/invoices/drafts"),
)
TOLD: Final = frozenset(
    {
        *("order_changed", "order_changed_while_taken", "order_deleted", "order_taken_back", "order_withdrawn"),
        *("invoice_of_order", "invoice_perhaps_of_order"),
    }
)
"""What stands still with the right words after what people have done here."""
TABLES: Final = (
    "sync_attempt",
    "sync_intent",
    "sync_dependency",
    "sync_link",
    "sync_transfer",
    "sync_schedule",
    "agreements_settingchange",
    "agreements_setting",
    "agreements_agreement",
)


@dataclass
class SellingHistory:
    """`crash_in`: calls and named points until the process dies. `tells`: what happened, for whoever replays it.

    `orders`: what each order was sent as; `touched`: those that somebody has done something with; `invoices`: what
    leaves the stock by each invoice that was born in e-conomic, and the order that it is of, if it is of one; `own`:
    what leaves by each invoice of Rackbeat's whose draft somebody has booked by hand.
    """

    seed: int
    tells: list[str] = field(default_factory=list)
    crash_in: int = -1
    crashes: int = 0
    orders: dict[int, list[Json]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    invoices: dict[int, tuple[Decimal, int | None]] = field(default_factory=dict)
    own: dict[int, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        company = company_in(Sandboxes.made(), Random(self.seed))
        company.decide(mark_shipped=True, book_on_booking=False, empty_line_item="GEBYR")
        for kind, key in (*(("customer", one) for one in CUSTOMERS), ("product", ITEM), ("product", "GEBYR")):
            company.ask(kind, key)
        company.drain()
        routines = {name: company.runtime.routines[name] for name in LOOKS}
        company.runtime = replace(company.runtime, routines=routines, failpoint=self._point)
        for wire in (company.systems.to_economic, company.systems.to_rackbeat):
            wire.before = lambda _request: self._point("call")
        self.company, self.seller = company, Seller(company)
        self.stock = self.seller.stock(ITEM)

    def close(self) -> None:
        self.company.systems.close()
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"DELETE FROM {table}")

    def run(self) -> None:
        self._rest(320)  # the first looks find where they begin
        for _ in range(STEPS):
            deed = self.random.choice(self._deeds())
            self.tells.append(deed.__name__)
            deed()
            self._rest(self.random.choice([1, 1, 60, 301, 301, 3601]))
        self._calm()
        self._judge()

    def _deeds(self) -> list[Callable[[], None]]:
        often = [self._send, self._send, self._invoice, self._own_draft, self._book_by_hand, self._upgrade]
        return [*often, self._change, self._withdraw, self._fault, self._fault, self._crash, self._crash]

    def _send(self) -> None:
        lines = [line(ITEM, self.random.randint(1, 5), self.random.choice(["10.00", "0.33", "3196.00"]))]
        lines += [line(None)] if self.random.random() < 0.3 else []
        customer = self.random.choice(CUSTOMERS)
        self.orders[self.seller.order(*lines, customer=customer)] = lines

    def _change(self) -> None:
        for number in self._sent():
            self.touched.add(number)
            self.seller.change(number, lines=[line(ITEM, self.random.randint(6, 9), "10.00")])
            return

    def _withdraw(self) -> None:
        for number in self._sent():
            self.touched.add(number)
            if self.random.random() < 0.5:
                self.seller.delete(number)
            else:
                self.seller.change(number, "sent", "drafts")
            return

    def _upgrade(self) -> None:
        """An order is made into an invoice and booked, now and then with another quantity."""
        for number in self._sent():
            self.touched.add(number)
            quantity = self._quantity(self.orders[number])
            changes: Json = {}
            if self.random.random() < 0.3:
                quantity = Decimal(7)
                changes = {"lines": [line(ITEM, quantity, "11.11")]}
            order = self.company.systems.in_economic("GET", f"/orders/sent/{number}")
            if [row.get("quantity") for row in order["lines"]] != [row.get("quantity") for row in self.orders[number]]:
                return  # changed: what it is of is not for us to say
            booked = self.seller.book(self.seller.upgrade(number, **changes))
            self.invoices[booked] = (quantity, number)
            return

    def _invoice(self) -> None:
        quantity = Decimal(self.random.randint(1, 5))
        number = self.seller.invoice(line(ITEM, quantity, "99.00"), customer=self.random.choice(CUSTOMERS))
        self.invoices[number] = (quantity, None)

    def _own_draft(self) -> None:
        systems = self.company.systems
        number = systems.invoice({"item_id": ITEM, "quantity": self.random.randint(1, 5)}, book=False)
        systems.in_rackbeat("POST", f"customer-invoices/{number}/book", {"mark_shipped": False})

    def _book_by_hand(self) -> None:
        for draft in self.company.systems.drafts():
            mark = draft.get("references", {}).get("other", "")
            if "RB-" in mark:
                self.seller.book(draft["draftInvoiceNumber"])
                self.own[int(mark.rsplit("RB-", 1)[1])] = self._quantity(draft["lines"])
                return

    def _fault(self) -> None:
        system, method, path = self.random.choice(FAULTY)
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
        self.crash_in = self.random.randrange(14)

    def _point(self, _name: str) -> None:
        if self.crash_in == 0:
            self.crash_in = -1
            raise Crash
        self.crash_in -= self.crash_in > 0

    def _sent(self) -> list[int]:
        """Sent orders that nobody has touched yet, in any order."""
        store = self.company.systems.economic.store
        found = [n for n in self.orders if n not in self.touched and store.get(1180001, "orders.sent", n) is not None]
        self.random.shuffle(found)
        return found

    def _quantity(self, lines: list[Json]) -> Decimal:
        whole = [Decimal(row["quantity"]) for row in lines if row.get("product", {}).get("productNumber") == ITEM]
        return sum(whole, Decimal(0))

    def _rest(self, seconds: float) -> None:
        """Time goes by, and whatever is due runs, through crashes."""
        self.company.systems.clock.sleep_s(seconds)
        for _ in range(4):
            try:
                if not self.company.drain().more:
                    return
            except Crash:
                self.crashes += 1

    def _calm(self) -> None:
        self.crash_in = -1
        self.company.systems.economic.faults.clear()
        self.company.systems.rackbeat.faults.clear()
        for rounds in range(TRIES):
            self._rest(1801)
            if rounds < POLLED_AFTER:
                continue
            with agreement_scope(self.company.agreement.pk):
                if Transfer.in_scope.filter(due_at__isnull=False).exists():
                    continue
                stopped = Transfer.in_scope.filter(state__in=acts.STOPPED).exclude(code__in=TOLD)
                if not acts.retry(stopped, self.company.agreement.pk, self.company.systems.clock.now()):
                    return
        raise AssertionError("something is stuck")

    def _judge(self) -> None:
        with agreement_scope(self.company.agreement.pk):
            rows = list(Transfer.in_scope.all())
        stuck = [(str(row), row.state, row.code) for row in rows if not self._is_right(row)]
        assert stuck == []
        self._judge_orders()
        held = {int(row.key) for row in rows if row.code == "invoice_perhaps_of_order"}
        self._judge_invoices(held)

    def _is_right(self, row: Transfer) -> bool:
        return row.state in (TransferState.TRANSFERRED, TransferState.DRAFTED) or row.code in TOLD

    def _judge_orders(self) -> None:
        taken: dict[int, list[Json]] = {}
        for order in self.seller.orders():
            taken.setdefault(int(order["other_reference"].rsplit("EO-", 1)[1]), []).append(order)
        for number, lines in self.orders.items():
            found = taken.get(number, [])
            assert len(found) <= 1, "an order was taken twice"
            if number not in self.touched:
                assert [order["is_booked"] for order in found] == [True], "a sent order is not there"
                expected = [(ITEM, lines[0]["quantity"], lines[0]["unitNetPrice"])]
                assert facts(found[0])[:1] == expected, "an order is not as it was sent"

    def _judge_invoices(self, held: set[int]) -> None:
        systems = self.company.systems
        taken = {int(order["other_reference"].rsplit("EO-", 1)[1]) for order in self.seller.orders()}
        born: dict[int, int] = {}
        for invoice in self.seller.invoices():
            number = int(invoice["other_reference"].rsplit("EI-", 1)[1])
            born[number] = born.get(number, 0) + 1
        leaving = {
            number: quantity
            for number, (quantity, order) in self.invoices.items()
            if number not in held and order not in taken
        }
        assert born == dict.fromkeys(leaving, 1), "an invoice that was born in e-conomic is missing, or there twice"
        out = sum(leaving.values(), Decimal(0)) + sum(self.own.values(), Decimal(0))
        assert self.seller.stock(ITEM) == self.stock - out, "goods left twice, or not at all"
        assert len(systems.booked()) == len(self.invoices) + len(self.own), "something was booked that nobody sold"
        drafts = [one.get("references", {}).get("other", "") for one in systems.drafts()]
        assert len(drafts) == len(set(drafts)), "a draft of ours stands twice"
        assert not [other for other in drafts if "EI-" in other], "what came from e-conomic went back there"


def lived_selling(seed: int) -> SellingHistory:
    """The history of the seed, to its end; an assertion fails when the oracle finds something."""
    history = SellingHistory(seed)
    try:
        history.run()
    except AssertionError as error:
        error.add_note(f"replay: make simulate SEEDS={seed}-{seed} SIZE=selling; {', '.join(history.tells)}")
        raise
    finally:
        with suppress(Crash):
            history.close()
    return history
