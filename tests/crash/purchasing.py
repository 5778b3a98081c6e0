"""Supplier invoices for the program that dies: booked in Rackbeat with their PDF, on an account that is barred and
opened again; and what must stand in e-conomic in the end."""

from __future__ import annotations

import base64
import time
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from lagerbro.flows.supplier_invoices.mark import mark
from lagerbro.wire.numbers import decode_builtins, encode
from lagerbro_sandbox.rackbeat.wire import pdf
from tests.crash.running import BOUGHT, DIES_WITHIN_S, Running
from tests.expected_vouchers import CREDITORS, JOURNAL, expected
from tests.sandboxes import nordlys

IN_DENMARK: Final = 50001
ABROAD: Final = 50012
BIKES_ABROAD: Final = 1330
SERVICE: Final = "/journalsapi/v15.0.0"
DOCUMENTS: Final = "/documentsapi/v4.0.1/AttachedDocuments"
LINES: Final[tuple[dict[str, Any], ...]] = (
    {"item_id": "NL-100", "quantity": 1, "line_price": 1000},
    {"item_id": "TB 101", "quantity": 1, "line_price": "0.02"},
    {"name": "Fragt", "quantity": 1, "line_price": "66.67", "vat_percentage": 25},
)
"""Three accounts, each rounded: together an øre more than the invoice (domain-rules C8e)."""
_PDF: Final = base64.b64encode(pdf.page(["Faktura"])).decode()


@dataclass
class Purchasing:
    """`booked`: the supplier invoices and credit notes that must have one voucher and one document each."""

    running: Running
    booked: list[int] = field(default_factory=list)

    def book(self) -> None:
        """One with a remainder; every third is credited."""
        number = self._book({"supplier_id": IN_DENMARK, "lines": list(LINES)})
        if len(self.booked) % 3 == 0:
            credit = self._rackbeat("POST", f"{number}/create-creditnote", {})["number"]
            self._rackbeat("PUT", str(credit), {"invoice_number": f"K-{credit}"})
            self._finish(credit)

    def on_the_default_account(self) -> int:
        """One whose account is barred until it is posted."""
        self._bar(barred=True)
        number = self._book({"supplier_id": ABROAD, "lines": [LINES[0]]})
        query = f"SELECT code FROM sync_transfer WHERE kind='{BOUGHT}' AND key='{number}'"
        ends_at = time.monotonic() + DIES_WITHIN_S
        while self.running.rows(query) != [("fallback_used",)]:
            assert time.monotonic() < ends_at, f"{number} is not posted on the default account"
            self.running.let_pass(3600)
            time.sleep(0.1)
        self._bar(barred=False)
        return number

    def press_retry(self, number: int) -> None:
        """*Prøv igen*."""
        self.running.execute(
            "UPDATE sync_transfer SET state='waiting', asked=asked+1, due_at=created_at "
            f"WHERE kind='{BOUGHT}' AND key='{number}'"
        )

    def judge(self) -> None:
        """Each has one voucher of the invoice's total with one document of one page, and there is nothing besides."""
        totals: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
        for entry in self.running.read(f"/journals/{JOURNAL}/entries"):
            totals[entry["text"].rpartition(" ")[2], entry["voucher"]["voucherNumber"]] -= entry["amount"]
        wanted = {mark(number): expected(self._record(number))[0] for number in self.booked}
        assert sorted((text, total) for (text, _), total in totals.items()) == sorted(wanted.items())
        documents = decode_builtins(self.running.hands.economic.get(DOCUMENTS, params={"pagesize": "1000"}).content)
        found = sorted((one["note"], one["voucherNumber"], one["pageCount"]) for one in documents["items"])
        assert found == sorted((text, voucher, 1) for text, voucher in totals)

    def judge_ledger(self) -> None:
        """The same in the ledger, account by account, when somebody has booked the journal."""
        entries = [entry["journalEntryNumber"] for entry in self.running.read(f"/journals/{JOURNAL}/entries")]
        body = encode({"entryNumbers": entries})
        path = f"{SERVICE}/journals/{JOURNAL}/bookdraftentries"
        self.running.hands.economic.post(path, content=body).raise_for_status()
        booked: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        for entry in self.running.read(f"/accounting-years/{time.localtime().tm_year}/entries"):
            text = entry.get("text") or ""
            if mark(0)[:-1] in text:
                booked[text.rpartition(" ")[2]][entry["account"]["accountNumber"]] += entry["amount"]
        for number in self.booked:
            total, accounts = expected(self._record(number))
            found = booked.pop(mark(number))
            assert sum(found.pop(account, 0) for account in CREDITORS) == -total
            assert {account: amount for account, amount in found.items() if amount} == accounts
        assert booked == {}

    def _book(self, body: dict[str, Any]) -> int:
        number: int = self._rackbeat("POST", "", {**body, "invoice_number": f"F-{len(self.booked)}"})["number"]
        self._finish(number)
        return number

    def _finish(self, number: int) -> None:
        self._rackbeat("POST", f"{number}/attachments", {"filename": "faktura.pdf", "content": _PDF})
        self._rackbeat("POST", f"{number}/book", {})
        self.booked.append(number)

    def _bar(self, *, barred: bool) -> None:
        account = {"agreement": nordlys().agreement_number, "kind": "accounts", "key": str(BIKES_ABROAD)}
        self.running.in_sandbox("economic", "bar", {**account, "barred": barred})

    def _record(self, number: int) -> dict[str, Any]:
        return self._rackbeat("GET", str(number))

    def _rackbeat(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        address = f"/api/supplier-invoices/{path}".rstrip("/")
        content = encode(body) if body is not None else None
        answer = self.running.hands.rackbeat.request(method, address, content=content)
        answer.raise_for_status()
        record: dict[str, Any] = next(iter(decode_builtins(answer.content).values()))
        return record
