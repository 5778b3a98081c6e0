"""The supplier invoices of a company in a history: booked in Rackbeat with the supplier's PDF or without, credited, and
entered twice, while accounts are barred and a bookkeeper books, changes and deletes vouchers in the journal."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from lagerbro.sync.models import Transfer, TransferState
from lagerbro_sandbox.rackbeat.wire import pdf
from tests.expected_vouchers import COST_ACCOUNTS, FALLBACK, GRID, JOURNAL, ZONES
from tests.sandboxes import nordlys
from tests.simulation import voucher_judging as judging
from tests.simulation.buying import Buying
from tests.world import Company

AGREEMENT: Final = nordlys().agreement_number
KINDS: Final = ("supplier_invoice", "supplier_invoice_document")
SUPPLIERS: Final = (50001, 50001, 50006, 50012, 50101)
"""In Denmark, twice as often; in the EU; abroad; and one that e-conomic does not have yet."""
BIKES: Final = "NL-100"
GEAR: Final = "TB 101"
PRICES: Final = ("33.33", "66.67", "0.02", "0.5", "12.346", "1000")
"""Most of them leave an øre over when their VAT is rounded account by account (domain-rules C8e)."""
FAULTY: Final = (
    ("economic", "POST", f"/journals/{JOURNAL}/vouchers"),
    ("economic", "PUT", "/journalsapi/*"),
    ("economic", "POST", "/documentsapi/*"),
)
HELD_BY_ANOTHER: Final = frozenset({"supplier_invoice_duplicate", "supplier_invoice_twin"})
GONE: Final = frozenset({"voucher_gone", "document_without_voucher"})
EDITED: Final = frozenset({"voucher_edited", "voucher_changed", "booked_otherwise"})
LATE_MS: Final = 3000
_PDF: Final = base64.b64encode(pdf.page(["Faktura"])).decode()
_ENTRIES: Final = "/journalsapi/v15.0.0/draft-entries"


@dataclass
class SupplierInvoicing:
    """`booked`: what must be posted at the end, each once. `changed` and `deleted`: those whose voucher a person has
    touched; `booked_by_hand`: those that were booked in e-conomic before everything had come to rest."""

    company: Company
    random: Random
    buying: Buying
    booked: list[int] = field(default_factory=list)
    documented: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    deleted: set[int] = field(default_factory=set)
    booked_by_hand: set[int] = field(default_factory=set)

    def open(self) -> None:
        """The grid is decided."""
        grid = {f"purchase_accounts__{cell}": account for cell, account in GRID.items()}
        self.company.decide(fallback_account=FALLBACK, **grid)

    def acts(self) -> dict[str, Callable[[], None]]:
        return {
            "purchase account": self._account,
            "supplier credit note": self._credit,
            "bookkeeper": self._bookkeeper,
            "supplier invoice again": self._again,
            "late vouchers": self._late,
        }

    def calm(self) -> None:
        self.company.systems.admin("economic", "vouchers/delay", ms=0)
        for number in COST_ACCOUNTS:
            self._bar(number, barred=False)

    def book(self) -> None:
        """One is booked in Rackbeat; now and then it is one that was entered before."""
        supplier, own = self.random.choice(SUPPLIERS), f"F-{len(self.booked) + 1}"
        if self.booked and self.random.random() < 0.1:
            before = self._record(self.random.choice(self.booked))
            supplier, own = before["supplier_id"], before["invoice_number"]
        self.buying.has_supplier(supplier)
        body = {"supplier_id": supplier, "invoice_number": own, "lines": self._lines(supplier)}
        number: int = self._rackbeat("", body)["number"]
        if self.random.random() < 0.6:
            self.documented.add(number)
            self._rackbeat(f"/{number}/attachments", {"filename": "faktura.pdf", "content": _PDF})
        self._book(number)

    def is_told(self, row: Transfer) -> bool:
        """Whether it has come to rest as it should: as a draft for the bookkeeper, or with what somebody has done."""
        number = int(row.key)
        if row.kind == "supplier_invoice_document":
            return row.code == "document_missing" or (row.code in GONE and number in self.deleted)
        if row.code in HELD_BY_ANOTHER:
            return len(self._same(number)) > 1
        if row.code in GONE:
            return number in self.deleted
        if row.code in EDITED:
            return number in self.changed
        if row.state == TransferState.NEEDS_YOU:
            return row.code == "fallback_stays"
        return row.state == TransferState.DRAFTED

    def judge(self, told: dict[int, str]) -> None:
        """`told`: the codes of the transfers."""
        judging.Judge(self.company, told).judge(self)

    def _same(self, number: int) -> list[int]:
        """All that bear the same supplier's number and point the same way."""
        return [other for other in self.booked if self._identity(other) == self._identity(number)]

    def _identity(self, number: int) -> tuple[Any, ...]:
        return judging.identity(self._record(number))

    def _lines(self, supplier: int) -> list[dict[str, Any]]:
        """Goods of two groups and freight; the first is dear enough for what is taken off after it."""
        lines = [{"item_id": BIKES, "quantity": 1, "line_price": "1000"}]
        for _ in range(self.random.randint(0, 3)):
            quantity = self.random.choice([1, 1, 2, 7, -1])
            price = self.random.choice(PRICES[:-1] if quantity < 0 else PRICES)
            item = self.random.choice([BIKES, GEAR, None])
            vat = 25 if ZONES[supplier] == "domestic" else 0
            named = {"item_id": item} if item else {"name": "Fragt", "vat_percentage": vat}
            lines.append({**named, "quantity": quantity, "line_price": price})
        return lines

    def _credit(self) -> None:
        """Somebody credits the whole of one in Rackbeat, under the supplier's number of the credit note."""
        records = [self._record(number) for number in self.booked]
        whole = [record["number"] for record in records if not record["is_creditnote"] and not record["credits"]]
        if whole:
            number = self.random.choice(whole)
            made: int = self._rackbeat(f"/{number}/create-creditnote", {})["number"]
            self.company.systems.in_rackbeat("PUT", f"supplier-invoices/{made}", {"invoice_number": f"K-{made}"})
            self._book(made)

    def _book(self, number: int) -> None:
        self._rackbeat(f"/{number}/book", {})
        self.booked.append(number)
        if self.random.random() < 0.8:  # else its webhook is lost: a poll must find it
            self.company.ask("supplier_invoice", number)

    def _again(self) -> None:
        """Somebody presses *Prøv igen*: what fell back is moved if it can be."""
        if self.booked:
            self.company.ask("supplier_invoice", self.random.choice(self.booked))

    def _account(self) -> None:
        """One is barred in e-conomic, or all are opened again; the default account is barred now and then."""
        barred = self.random.random() < 0.6
        numbers = (self.random.choice(COST_ACCOUNTS),) if barred else COST_ACCOUNTS
        for number in numbers:
            self._bar(number, barred=barred)

    def _bar(self, number: int, *, barred: bool) -> None:
        store = self.company.systems.economic.store
        record = store.get(AGREEMENT, "accounts", number)
        assert record is not None
        store.put(AGREEMENT, "accounts", number, {**record, "barred": barred})

    def _late(self) -> None:
        """A voucher may show only some seconds after it was made (economic-api 4.4)."""
        self.company.systems.admin("economic", "vouchers/delay", ms=self.random.choice([0, LATE_MS]))

    def _bookkeeper(self) -> None:
        """Books the journal, or deletes or changes a voucher of ours in it."""
        entries = self._drafts()
        if not entries:
            return
        chosen = judging.number_in(self.random.choice(entries))
        mine = [entry for entry in entries if judging.number_in(entry) == chosen]
        how = self.random.random()
        if how < 0.4:
            self._book_journal(entries)
        elif how < 0.6:
            self._delete(chosen, mine)
        elif how < 0.8:
            self._change(chosen, mine[0])

    def _book_journal(self, entries: list[dict[str, Any]]) -> None:
        barred = {number for number in COST_ACCOUNTS if self._is_barred(number)}
        stuck = {entry["voucher"] for entry in entries if entry["contraAccount"] in barred}
        ready = [entry for entry in entries if entry["voucher"] not in stuck]
        if ready:
            judging.book(self.company, ready)
            self.booked_by_hand |= {judging.number_in(entry) for entry in ready}

    def _delete(self, number: int, entries: list[dict[str, Any]]) -> None:
        self.deleted.add(number)
        for entry in entries:
            self.company.systems.in_economic("DELETE", f"/journals/{JOURNAL}/entries/{entry['entryNumber']}")

    def _change(self, number: int, entry: dict[str, Any]) -> None:
        """Another account, or another amount; on a barred account e-conomic takes no other amount."""
        self.changed.add(number)
        systems = self.company.systems
        whole = systems.in_economic("GET", f"{_ENTRIES}/{entry['entryNumber']}")
        more: dict[str, Any] = {"contraAccountNumber": 1360, "contraVatCode": whole.get("contraVatCode")}
        if self.random.random() < 0.5 and not self._is_barred(whole["contraAccountNumber"]):
            more = {"amount": whole["amount"] - 1}
        systems.in_economic("PUT", f"{_ENTRIES}/bulk", {"entries": [{**whole, **more}]})

    def _is_barred(self, number: int) -> bool:
        record = self.company.systems.economic.store.get(AGREEMENT, "accounts", number)
        return record is not None and bool(record.get("barred"))

    def _drafts(self) -> list[dict[str, Any]]:
        return self.company.systems.economic.store.draft_entries.all(AGREEMENT, journal=JOURNAL)

    def _record(self, number: int) -> dict[str, Any]:
        return judging.record(self.company, number)

    def _rackbeat(self, path: str, body: dict[str, Any]) -> Any:
        return self.company.systems.in_rackbeat("POST", f"supplier-invoices{path}", body)
