"""One seed, one history: invoices, people, lost webhooks, faults and crashes, and at the end the ledger as the oracle.

Everything happens in one process under a clock that the history owns, so a seed replays to the letter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sandbox.kernel.clock import COPENHAGEN
from lagerbro.sandbox.kernel.faults import Fault
from lagerbro.sync.models import Link, Transfer, TransferState
from tests.sandboxes import START, Sandboxes, nordlys
from tests.world import Company, company_in

FAULTY: Final = (
    ("economic", "POST", "/invoices/drafts"),
    ("economic", "PUT", "/invoices/booked/*"),
    ("economic", "PUT", "/customers/*"),
    ("economic", "PUT", "/products/*"),
    ("economic", "GET", "*"),
    ("rackbeat", "GET", "/api/*"),
)
ITEMS: Final = ("NL-100", "RD/103", "BR#101", "TB 102", "V-TIME", "LADFRAGT", "0104")
CUSTOMERS: Final = (10001, 10002, 10034, 10046, 10054, 10059)
SETTLES_WITHIN: Final = 200
POINTS_AHEAD: Final = 12
POLLED_AFTER: Final = 2
"""Rounds of ten minutes after which the poll of the invoices has run."""


class Crash(BaseException):
    """The process is gone, at a named point."""


@dataclass(frozen=True)
class Size:
    documents: int
    faults: int
    steps: int


SHORT: Final = Size(documents=5, faults=3, steps=24)
LONG: Final = Size(documents=30, faults=10, steps=140)


@dataclass
class History:
    """The events of one seed and what they left behind."""

    seed: int
    size: Size
    company: Company
    random: Random
    trace: list[str] = field(default_factory=list)
    booked: list[int] = field(default_factory=list)
    crash_in: int = -1
    crashes: int = 0

    @classmethod
    def of(cls, seed: int, size: Size) -> History:
        random = Random(seed)
        systems = Sandboxes.made()
        made = company_in(systems, Random(random.getrandbits(32)), account=Agreement.objects.count() + 1)
        history = cls(seed, size, made, random)
        made.world = replace(made.world, point=history._point)
        return history

    def run(self) -> None:
        """Live through the history, then let the world calm down, then ask the oracle."""
        acts = self._acts()
        for _ in range(self.size.steps):
            name, act = self.random.choice(acts)
            self._note(name)
            act()
        while len(self.booked) < self.size.documents:
            self._book()
        self._calm_down()
        self._judge()

    def digest(self) -> str:
        return hashlib.sha256("\n".join(self.trace).encode()).hexdigest()

    def close(self) -> None:
        self.company.systems.close()

    def _acts(self) -> list[tuple[str, Callable[[], None]]]:
        often = self.size.documents * 2 // 3, self.size.faults
        return [
            *([("book", self._book)] * max(often[0], 1)),
            *([("fault", self._fault)] * often[1]),
            *([("drain", self._drain)] * self.size.documents),
            ("crash ahead", self._crash_ahead),
            ("crash ahead", self._crash_ahead),
            ("time", self._time),
            ("time", self._time),
            ("cache", self._cache),
            ("rename", self._rename),
            ("person", self._person),
            ("webhook again", self._again),
        ]

    def _book(self) -> None:
        if len(self.booked) >= self.size.documents:
            return
        lines = [self._line() for _ in range(self.random.randint(1, 3))]
        number = self.company.systems.invoice(*lines, customer=self.random.choice(CUSTOMERS))
        self.booked.append(number)
        if self.random.random() < 0.2:
            self._late(number)  # its webhook is lost: a poll must find it
        else:
            self.company.ask("customer_invoice", number)

    def _late(self, number: int) -> None:
        """The list may show a record some time after the moment that it bears, when a poll has gone past that."""
        if self.random.random() < 0.5:
            return
        store, account = self.company.systems.rackbeat.store, nordlys().rackbeat_account_id
        record = store.get(account, "customer-invoices", number)
        assert record is not None
        bears = datetime.fromisoformat(record["updated_at"]) - timedelta(minutes=self.random.randint(1, 60))
        bears = max(bears, START.astimezone(COPENHAGEN))  # what is older than the activation is not for us
        store.put(account, "customer-invoices", number, {**record, "updated_at": bears.isoformat(timespec="seconds")})

    def _line(self) -> dict[str, Any]:
        line: dict[str, Any] = {"item_id": self.random.choice(ITEMS), "quantity": self.random.randint(1, 9)}
        if self.random.random() < 0.3:
            line |= {"quantity": f"{self.random.randint(1, 9999) / 1000:.3f}"}
        if self.random.random() < 0.3:
            line |= {"discount_percentage": self.random.choice(["5", "12.5"])}
        return line

    def _fault(self) -> None:
        system, method, path = self.random.choice(FAULTY)
        core = self.company.systems.economic if system == "economic" else self.company.systems.rackbeat
        how = self.random.choice(["lose", "lose", "drop", 503, 429, 500])
        core.faults.set(
            Fault(
                f"fault-{self.random.randrange(8)}",
                method=method,
                path=path,
                skip=self.random.randrange(3),
                times=self.random.choice([1, 1, 2]),
                status=how if isinstance(how, int) else None,
                lose_answer=how == "lose",
                drop_connection=how == "drop",
            )
        )

    def _drain(self) -> None:
        try:
            self.company.drain()
        except Crash as crash:
            self.crashes += 1
            self._note(f"crashed at {crash}")

    def _crash_ahead(self) -> None:
        self.crash_in = self.random.randrange(POINTS_AHEAD)

    def _time(self) -> None:
        self.company.systems.clock.sleep_s(self.random.choice([1, 30, 45, 120, 4000]))

    def _cache(self) -> None:
        self.company.systems.economic.keys_are_kept = self.random.random() < 0.5

    def _rename(self) -> None:
        customer = self.random.choice(CUSTOMERS)
        self.company.systems.in_rackbeat("PUT", f"customers/{customer}", {"name": f"Firma {self.random.randrange(3)}"})
        self.company.ask("customer", customer)

    def _again(self) -> None:
        if self.booked:
            self.company.ask("customer_invoice", self.random.choice(self.booked))

    def _person(self) -> None:
        """Somebody makes a draft of their own in e-conomic and deletes it again, so that numbers are given twice."""
        systems = self.company.systems
        for draft in systems.drafts():
            if "references" not in draft:
                systems.in_economic("DELETE", f"/invoices/drafts/{draft['draftInvoiceNumber']}")
                return
        systems.in_economic(
            "POST",
            "/invoices/drafts",
            {
                "date": "2026-11-24",
                "currency": "DKK",
                "customer": {"customerNumber": PERSONS_CUSTOMER},
                "recipient": {"name": "Egen", "vatZone": {"vatZoneNumber": 1}},
                "layout": {"layoutNumber": 1},
                "paymentTerms": {"paymentTermsNumber": 1},
            },
        )

    def _point(self, name: str) -> None:
        """Called by the engine between any two effects."""
        self._note(name)
        if self.crash_in == 0:
            self.crash_in = -1
            raise Crash(name)
        self.crash_in -= self.crash_in > 0

    def _note(self, what: str) -> None:
        self.trace.append(f"{self.company.systems.clock.now().isoformat()} {what}")

    def _calm_down(self) -> None:
        """No more faults; the poll finds what nobody told of; time goes on until nothing is due."""
        systems = self.company.systems
        systems.economic.faults.clear()
        systems.rackbeat.faults.clear()
        self.crash_in = -1
        for rounds in range(SETTLES_WITHIN):
            self._drain()
            with agreement_scope(self.company.agreement.pk):
                if rounds >= POLLED_AFTER and not Transfer.objects.filter(due_at__isnull=False).exists():
                    return
            systems.clock.sleep_s(600)
        raise AssertionError("something is stuck: it is still due after two days")

    def _judge(self) -> None:
        """Exactly the effect that the settings ask for, once; the books balance; links agree with both sides."""
        systems = self.company.systems
        with agreement_scope(self.company.agreement.pk):
            stuck = [
                (str(row), row.state, row.code) for row in Transfer.objects.exclude(state=TransferState.TRANSFERRED)
            ]
            links = {link.rackbeat_key: link for link in Link.objects.filter(kind="customer_invoice")}
        assert stuck == []
        booked = systems.booked()
        assert sorted(row["bookedInvoiceNumber"] for row in booked) == sorted(self.booked), "lost or doubled"
        assert [row for row in systems.drafts() if "references" in row] == [], "a draft of ours is left over"
        for row in booked:
            number = row["bookedInvoiceNumber"]
            theirs = systems.in_rackbeat("GET", f"customer-invoices/{number}")
            assert row["references"]["other"].endswith(f"RB-{number}"), "somebody else's draft was booked"
            assert f"{row['netAmount']:.2f}" == f"{theirs['total_subtotal']:.2f}"
            assert links[str(number)].economic_key == str(number)
        vouchers: dict[int, Any] = {}
        for entry in systems.economic.store.entries(PERSONS_AGREEMENT, "2026-01-01", "2027-12-31"):
            vouchers[entry.voucher] = vouchers.get(entry.voucher, 0) + entry.base_amount
        assert vouchers == dict.fromkeys(self.booked, 0), "the books do not balance"


PERSONS_CUSTOMER: Final = 90001
PERSONS_AGREEMENT: Final = 1180001


def lived(seed: int, size: Size = SHORT) -> History:
    """The history of the seed, to its end; an assertion fails when the oracle finds something."""
    history = History.of(seed, size)
    try:
        history.company.systems.in_economic(
            "PUT",
            f"/customers/{PERSONS_CUSTOMER}",
            {
                "name": "Egen",
                "currency": "DKK",
                "customerGroup": {"customerGroupNumber": 1},
                "paymentTerms": {"paymentTermsNumber": 1},
                "vatZone": {"vatZoneNumber": 1},
            },
        )
        history.run()
    except AssertionError as error:
        error.add_note(f"replay: make simulate SEEDS={seed}-{seed}")
        raise
    finally:
        history.close()
    return history
