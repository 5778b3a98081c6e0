"""One company of a history: what people and systems do to it, and at the end its ledger as the oracle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync import acts
from lagerbro.sync.models import Link, Transfer, TransferState
from lagerbro_sandbox.kernel.clock import COPENHAGEN
from lagerbro_sandbox.kernel.faults.dirt import Dirt
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.expected_vouchers import JOURNAL
from tests.sandboxes import nordlys
from tests.simulation import buying, supplier_invoicing
from tests.world import Company

FAULTY: Final = (
    ("economic", "POST", "/invoices/drafts"),
    ("economic", "PUT", "/invoices/booked/*"),
    ("economic", "PUT", "/customers/*"),
    ("economic", "PUT", "/products/*"),
    ("economic", "GET", "*"),
    ("rackbeat", "GET", "/api/*"),
    *buying.FAULTY,
    *supplier_invoicing.FAULTY,
)
SOILED: Final = (
    ("rackbeat", "/api/customer-invoices/*"),
    ("rackbeat", "/api/customer-invoices/*"),
    ("rackbeat", "/api/customer-invoices"),
    ("rackbeat", "/api/*"),
    ("economic", "/invoices/*"),
    ("economic", "/customers/*"),
    ("economic", "*"),
)
SOILING: Final = (
    *(Dirt("control", field) for field in ("name", "*number*", "*")),
    *(Dirt("long", field) for field in ("name", "number", "*")),
    *(Dirt("double", "*", places) for places in (1, None)),
    *(Dirt("missing", field) for field in ("*", "*.lines.*", "*total*")),
    *(Dirt("null", field) for field in ("*", "*.lines.*", "*total*")),
    *(Dirt("type", field) for field in ("*", "*.lines.*", "*total*")),
)
ITEMS: Final = ("NL-100", "RD/103", "BR#101", "TB 102", "V-TIME", "LADFRAGT", "0104")
CUSTOMERS: Final = (10001, 10002, 10034, 10046, 10054, 10059)
GONE: Final = ("draft_gone", "draft_changed")
CHANGED: Final = ("changed_during_transfer", "changed_after_transfer", "outdated_draft_stands")
HELD: Final = (*GONE, "changed_during_transfer", "outdated_draft_stands")
"""Why an invoice is not in the books although it is told about."""
PERSONS_CUSTOMER: Final = 90001
PERSONS_PRODUCT: Final = "EGEN"
MASTER: Final = {
    "currency": "DKK",
    "customerGroup": {"customerGroupNumber": 1},
    "paymentTerms": {"paymentTermsNumber": 1},
    "vatZone": {"vatZoneNumber": 1},
}
PERSONS_DRAFT: Final[dict[str, Any]] = {
    "date": "2026-11-24",
    "currency": "DKK",
    "customer": {"customerNumber": PERSONS_CUSTOMER},
    "recipient": {"name": "Egen", "vatZone": {"vatZoneNumber": 1}},
    "layout": {"layoutNumber": 1},
    "paymentTerms": {"paymentTermsNumber": 1},
    "lines": [{"product": {"productNumber": PERSONS_PRODUCT}, "quantity": 1, "unitNetPrice": 100}],
}


@dataclass
class Scene:
    """`booked`: the invoices that must be in the ledger at the end, each once."""

    company: Company
    random: Random
    booked: list[int] = field(default_factory=list)
    is_soiled: bool = False
    """Whether an answer was dirty, so that something may need a person."""
    meddled: set[int] = field(default_factory=set)
    """Those whose draft a person has deleted before it was booked: booked all the same, or shown to a person."""

    def __post_init__(self) -> None:
        self.buying = buying.Buying(self.company, self.random)
        self.invoicing = supplier_invoicing.SupplierInvoicing(self.company, self.random, self.buying)

    def open(self) -> None:
        """What the company's own people have in e-conomic."""
        self.buying.open()
        self.invoicing.open()
        customer = {"name": "Egen", **MASTER}
        product = {"productNumber": PERSONS_PRODUCT, "name": "Egen", "productGroup": {"productGroupNumber": 1}}
        self.company.systems.in_economic("PUT", f"/customers/{PERSONS_CUSTOMER}", customer)
        self.company.systems.in_economic("PUT", f"/products/{PERSONS_PRODUCT}", product)

    def acts(self) -> dict[str, Callable[[], None]]:
        """What happens besides bookings and faults."""
        return {
            "cache": self._cache,
            "rename": self._rename,
            "person": self._person,
            "again": self._again,
            **self.buying.acts(),
            **self.invoicing.acts(),
        }

    def book(self) -> None:
        lines = [self._line() for _ in range(self.random.randint(1, 3))]
        number = self.company.systems.invoice(*lines, customer=self.random.choice(CUSTOMERS))
        self.booked.append(number)
        if self.random.random() < 0.2:
            self._late(number)  # its webhook is lost: a poll must find it
        else:
            self.company.ask("customer_invoice", number)

    def fault(self) -> None:
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

    def soil(self) -> None:
        """An answer that arrives and is not as it should be: dirty, a gateway's page, a list that has shrunk."""
        self.is_soiled = True
        system, path = self.random.choice(SOILED)
        core = self.company.systems.economic if system == "economic" else self.company.systems.rackbeat
        how = self.random.choice(["dirt", "dirt", "dirt", "dirt", "page", "gone"])
        core.faults.set(
            Fault(
                f"dirt-{self.random.randrange(8)}",
                path=path,
                skip=self.random.randrange(3),
                times=self.random.choice([1, 1, 2, 5]),
                probability=self.random.choice([1, 1, 0.5]),
                seed=self.random.randrange(1000),
                status=self.random.choice([200, 502]) if how == "page" else None,
                html=how == "page",
                after=how == "page" and self.random.random() < 0.5,
                gone=self.random.randint(1, 3) if how == "gone" else 0,
                dirt=self.random.choice(SOILING) if how == "dirt" else None,
            )
        )

    def calm(self) -> None:
        self.company.systems.economic.faults.clear()
        self.company.systems.rackbeat.faults.clear()
        self.buying.calm()
        self.invoicing.calm()

    def press_retry(self) -> bool:
        """Somebody presses *Prøv igen* on what dirt or a barred account has stopped; whether there was anything."""
        with agreement_scope(self.company.agreement.pk):
            stopped = Transfer.in_scope.filter(state__in=acts.STOPPED)
            told = [row.pk for row in stopped if self._is_told(row)]
            now = self.company.systems.clock.now()
            return acts.retry(stopped.exclude(pk__in=told), self.company.agreement.pk, now) > 0

    def _line(self) -> dict[str, Any]:
        line: dict[str, Any] = {"item_id": self.random.choice(ITEMS), "quantity": self.random.randint(1, 9)}
        if self.random.random() < 0.3:
            line |= {"quantity": f"{self.random.randint(1, 9999) / 1000:.3f}"}
        if self.random.random() < 0.3:
            line |= {"discount_percentage": self.random.choice(["5", "12.5"])}
        return line

    def _late(self, number: int) -> None:
        """The list may show a record some time after the moment that it bears, when a poll has gone past that."""
        if self.random.random() < 0.5:
            return
        store, account = self.company.systems.rackbeat.store, nordlys().rackbeat_account_id
        record = store.get(account, "customer-invoices", number)
        assert record is not None
        bears = datetime.fromisoformat(record["updated_at"]) - timedelta(minutes=self.random.randint(1, 60))
        activated = self.company.agreement.activated_at
        assert activated is not None
        bears = max(bears, activated.astimezone(COPENHAGEN))  # what is older than the activation is not for us
        store.put(account, "customer-invoices", number, {**record, "updated_at": bears.isoformat(timespec="seconds")})

    def _cache(self) -> None:
        self.company.systems.economic.switches.keys_are_kept = self.random.random() < 0.5

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
        systems.in_economic("POST", "/invoices/drafts", PERSONS_DRAFT)

    def meddle(self) -> None:
        """Somebody deletes our draft before it is booked, and the number is given to a draft of theirs."""
        systems = self.company.systems
        for draft in systems.drafts():
            mark = draft.get("references", {}).get("other", "")
            if mark:
                systems.in_economic("DELETE", f"/invoices/drafts/{draft['draftInvoiceNumber']}")
                systems.in_economic("POST", "/invoices/drafts", PERSONS_DRAFT)
                self.meddled.add(int(mark.rsplit("RB-", 1)[1]))
                return

    def judge(self) -> None:
        """Exactly the effect that the settings ask for, once; the books balance; links agree with both sides."""
        systems = self.company.systems
        with agreement_scope(self.company.agreement.pk):
            others = list(Transfer.in_scope.exclude(state=TransferState.TRANSFERRED))
            stuck = [(str(row), row.state, row.code) for row in others if not self._is_told(row)]
            held = {int(row.key) for row in others if row.kind == "customer_invoice" and row.code in HELD}
            bills = Transfer.in_scope.filter(kind="supplier_invoice").values_list("key", "code")
            told = {int(key): code for key, code in bills if key.isdigit()}  # dirt may have left a number that is none
            links = {link.rackbeat_key: link for link in Link.in_scope.filter(kind="customer_invoice")}
        assert stuck == []
        booked = systems.booked()
        expected = sorted(set(self.booked) - held)
        assert sorted(row["bookedInvoiceNumber"] for row in booked) == expected, "lost or doubled"
        ours = {int(row["references"]["other"].rsplit("RB-", 1)[1]) for row in systems.drafts() if "references" in row}
        begun = {int(row.key) for row in others if row.code in CHANGED}
        assert ours <= begun, "a draft of ours is left over"
        for row in booked:
            number = row["bookedInvoiceNumber"]
            theirs = systems.in_rackbeat("GET", f"customer-invoices/{number}")
            mark = row.get("references", {}).get("other", "")
            assert mark.endswith(f"RB-{number}"), "somebody else's draft was booked"
            assert f"{row['netAmount']:.2f}" == f"{theirs['total_subtotal']:.2f}"
            assert links[str(number)].economic_key == str(number)
        vouchers: dict[int, Any] = {}
        for entry in systems.economic.store.entries.between(nordlys().agreement_number, "2026-01-01", "2027-12-31"):
            if entry.journal != JOURNAL:
                vouchers[entry.voucher] = vouchers.get(entry.voucher, 0) + entry.base_amount
        vouchers.pop(0, None)  # the opening balances
        assert vouchers == dict.fromkeys(expected, 0), "the books do not balance"
        self.buying.judge(is_soiled=self.is_soiled)
        self.invoicing.judge(told)

    def _is_told(self, row: Transfer) -> bool:
        """Whether it stands still with the right words: a draft that a person deleted, a number that dirt has made up,
        a moment of booking that dirt has made another one."""
        if row.code in (f"{row.kind}_unknown", "invoice_unknown"):
            theirs = self.company.systems.rackbeat.store
            return self.is_soiled and theirs.get(nordlys().rackbeat_account_id, _path(row.kind), row.key) is None
        if row.kind in supplier_invoicing.KINDS:
            return self.invoicing.is_told(row) or (self.is_soiled and row.code in CHANGED)
        if row.kind != "customer_invoice" or row.state != TransferState.NEEDS_YOU:
            return False
        if row.code in CHANGED:
            return self.is_soiled
        return row.code in GONE and int(row.key) in self.meddled


def _path(kind: str) -> str:
    """Where Rackbeat keeps records of the kind."""
    return f"{kind.replace('_', '-')}s"
