"""What the local systems do not do yet and the clients need: booking entries, attaching documents, more registers.

A core in front of a sandbox's own, with the published answers (economic-api 8.3 and 8.4) over that sandbox's store.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from lagerbro.sandbox.economic.core import EconomicSandbox
from lagerbro.sandbox.economic.store import Entry
from lagerbro.sandbox.kernel.http import Request, Response
from lagerbro.sandbox.kernel.json import from_json, to_json
from lagerbro.sandbox.rackbeat.core import RackbeatSandbox
from tests.sandboxes import APP_SECRET, GRANT, nordlys

Json = Any
JOURNAL = "/journals/2"
TYPED = {"Content-Type": "application/json"}
_PART = re.compile(rb'name="(\w+)"[^\r]*\r\n(?:Content-Type: [^\r]*\r\n)?\r\n(.*?)\r\n--', re.DOTALL)


def _answer(body: Json, status: int = 200) -> Response:
    return Response(status, TYPED, to_json(body))


@dataclass
class Services:
    """journalsapi and documentsapi in front of the local e-conomic. `hidden`: so many lists show no vouchers;
    `rewritten`: the text that a person has given to our entries."""

    core: EconomicSandbox
    documents: list[dict[str, Any]] = field(default_factory=list)
    hidden: int = 0
    rewritten: str = ""
    _kept: dict[str, Response] = field(default_factory=dict)

    def handle(self, request: Request) -> Response:
        key = request.headers.get("idempotency-key", "")
        if self.core.keys_are_kept and key in self._kept:
            return self._kept[key]
        answer = self._own(request)
        if answer is None:
            return self.core.handle(request)
        if key:
            self._kept[key] = answer
        return answer

    def failing(self, request: Request, status: int) -> Response:
        return self.core.failing(request, status)

    def close(self) -> None:
        self.core.close()

    def _own(self, request: Request) -> Response | None:
        if self.hidden and request.method == "GET" and request.path.endswith("/entries"):
            self.hidden -= 1
            return _answer({"collection": [], "pagination": {"results": 0}})
        if request.path.endswith("/bookdraftentries"):
            return self._book(request)
        if "/draft-entries/" in request.path:
            return self._entry(int(request.path.rsplit("/", 1)[1]))
        if request.path.endswith("/AttachedDocuments"):
            return self._attach(request) if request.method == "POST" else _answer({"items": self.documents})
        return None

    def entries(self) -> list[dict[str, Any]]:
        """The draft entries of the journal."""
        found = self._read("GET", f"{JOURNAL}/entries", "pagesize=1000")
        rows: list[dict[str, Any]] = found["collection"]
        return rows

    def _read(self, method: str, path: str, query: str = "") -> Json:
        tokens = {"x-appsecrettoken": APP_SECRET, "x-agreementgranttoken": GRANT}
        answer = self.core.handle(Request(method, path, query, tokens, b"", "sandbox.test"))
        assert answer.status < 400, answer.body
        return from_json(answer.body) if answer.body else None

    def _entry(self, number: int) -> Response:
        for row in self.entries():
            if row["journalEntryNumber"] == number:
                told = {"entryNumber": number, "journalNumber": 2, "amount": row["amount"]}
                return _answer({**told, "text": self.rewritten or row["text"]})
        return _answer({"title": "Not Found", "errorCode": "ResourceNotFound"}, 404)

    def _book(self, request: Request) -> Response:
        wanted = set(from_json(request.body)["entryNumbers"])  # type: ignore[index]
        mine = [row for row in self.entries() if row["journalEntryNumber"] in wanted]
        if len(mine) != len(wanted):
            return _answer({"title": "Bad Request", "errorCode": "EntryDoesNotExist"}, 400)
        for row in mine:
            self.core.store.add_entries(nordlys().agreement_number, self._booked(row))
            self._read("DELETE", f"{JOURNAL}/entries/{row['journalEntryNumber']}")
        return Response(204)

    def _booked(self, row: dict[str, Any]) -> list[Entry]:
        amount = Decimal(str(row["amount"]))
        sides = ((row["account"], amount), (row["contraAccount"], -amount))
        last = self.core.store.count_up(nordlys().agreement_number, "entries", 2)
        return [
            Entry(
                last - 1 + index,
                row["voucher"]["voucherNumber"],
                account["accountNumber"],
                row["date"],
                "financeVoucher",
                "DKK",
                side,
                side,
                text=row["text"],
            )
            for index, (account, side) in enumerate(sides)
        ]

    def _attach(self, request: Request) -> Response:
        parts = {name.decode(): value for name, value in _PART.findall(request.body)}
        made = {
            "number": len(self.documents) + 1,
            "accountingYear": parts["AccountingYear"].decode(),
            "voucherNumber": int(parts["VoucherNumber"]),
            "note": parts["note"].decode(),
        }
        assert parts["file"].startswith(b"%PDF")
        self.documents.append(made)
        return _answer({"number": made["number"]}, 201)


@dataclass
class MoreRegisters:
    """Suppliers and groups that can be made, in front of the local Rackbeat."""

    core: RackbeatSandbox
    made: list[dict[str, Any]] = field(default_factory=list)

    def handle(self, request: Request) -> Response:
        path = request.path.removeprefix("/api/")
        kind = path.split("/")[0]
        if kind not in ("suppliers", "product-groups"):
            return self.core.handle(request)
        if request.method == "POST":
            self.made.append(from_json(request.body))  # type: ignore[arg-type]
            return _answer({"record": self.made[-1]}, 201)
        found = [row for row in self.made if f"{kind}/{row['number']}" == path]
        return _answer({"record": found[0]}) if found else _answer({"message": "Not found."}, 404)

    def failing(self, request: Request, status: int) -> Response:
        return self.core.failing(request, status)

    def close(self) -> None:
        self.core.close()
