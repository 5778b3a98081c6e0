"""What the local systems do not do yet and the clients need: booking entries, attaching documents, more registers.

A core in front of a sandbox's own, with the published answers (economic-api 8.3 and 8.4) over that sandbox's store.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lagerbro.sandbox.economic.core import EconomicSandbox
from lagerbro.sandbox.economic.store import Entry
from lagerbro.sandbox.kernel.http import Request, Response
from lagerbro.sandbox.kernel.json import from_json, to_json
from lagerbro.sandbox.rackbeat.core import RackbeatSandbox
from tests.sandboxes import nordlys

Json = Any
TYPED = {"Content-Type": "application/json"}
_PART = re.compile(rb'name="(\w+)"[^\r]*\r\n(?:Content-Type: [^\r]*\r\n)?\r\n(.*?)\r\n--', re.DOTALL)


def _answer(body: Json, status: int = 200) -> Response:
    return Response(status, TYPED, to_json(body))


@dataclass
class Services:
    """journalsapi and documentsapi in front of the local e-conomic. `hidden`: so many lists show no vouchers."""

    core: EconomicSandbox
    documents: list[dict[str, Any]] = field(default_factory=list)
    hidden: int = 0
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

    def _vouchers(self) -> list[dict[str, Any]]:
        return self.core.store.all(nordlys().agreement_number, "vouchers")

    def _entry(self, number: int) -> Response:
        for voucher in self._vouchers():
            for row in voucher["entries"]["financeVouchers"]:
                if row["journalEntryNumber"] == number:
                    journal = voucher["journal"]["journalNumber"]
                    told = {"entryNumber": number, "journalNumber": journal, "amount": row["amount"]}
                    return _answer({**told, "text": row["text"], "voucherNumber": voucher["voucherNumber"]})
        return _answer({"title": "Not Found", "errorCode": "ResourceNotFound"}, 404)

    def _book(self, request: Request) -> Response:
        wanted = set(from_json(request.body)["entryNumbers"])  # type: ignore[index]
        store, agreement = self.core.store, nordlys().agreement_number
        for voucher in self._vouchers():
            rows = voucher["entries"]["financeVouchers"]
            mine = [row for row in rows if row["journalEntryNumber"] in wanted]
            wanted -= {row["journalEntryNumber"] for row in mine}
            store.add_entries(agreement, [entry for row in mine for entry in self._booked(voucher, row)])
            voucher["entries"]["financeVouchers"] = [row for row in rows if row not in mine]
            key = f"{voucher['accountingYear']['year']}-{voucher['voucherNumber']}"
            store.put(agreement, "vouchers", key, voucher)
        if wanted:
            return _answer({"title": "Bad Request", "errorCode": "EntryDoesNotExist"}, 400)
        return Response(204)

    def _booked(self, voucher: dict[str, Any], row: dict[str, Any]) -> list[Entry]:
        sides = ((row["account"], row["amount"]), (row["contraAccount"], -row["amount"]))
        last = self.core.store.count_up(nordlys().agreement_number, "entries", 2)
        return [
            Entry(
                last - 1 + index,
                voucher["voucherNumber"],
                account["accountNumber"],
                row["date"],
                "financeVoucher",
                "DKK",
                amount,
                amount,
                text=row["text"],
            )
            for index, (account, amount) in enumerate(sides)
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
