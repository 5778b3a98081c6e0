"""A small flow for every kind of write whose own flow comes later: what it writes, and how its effects are counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec
from fpdf import FPDF

from lagerbro.economic.documents import AttachedNumber
from lagerbro.economic.journals import EntryNumbers
from lagerbro.economic.types import AccountRef
from lagerbro.economic.voucher_types import FinanceEntry, MadeVoucher, NewEntries, NewVoucher, YearRef
from lagerbro.economic.vouchers import APPEARS_WITHIN_S
from lagerbro.flows.upserting import Upsert
from lagerbro.rackbeat.notes import Note
from lagerbro.sync.outcome import Outcome, Refusal, Transferred
from lagerbro.sync.work import Step, Work
from lagerbro.wire.multipart import Part
from tests.sandboxes import nordlys
from tests.sync.services import documents, entries
from tests.world import Company


def _pdf() -> bytes:
    """A document of one page."""
    page = FPDF()
    page.add_page()
    return bytes(page.output())


MARK = "Rackbeat Justering RB-L7"
YEAR, JOURNAL, STOCK, CONSUMPTION = "2026", 2, 5820, 1310
FILE = Part("file", "faktura.pdf", "application/pdf", _pdf())
NOTED = 1001


class Made(msgspec.Struct):
    number: str


class Wanted(msgspec.Struct):
    what: str
    fields: dict[str, Any] = {}


@dataclass(frozen=True)
class Kind:
    """`acts`: the writes; `fault`: system, method and path of the last of them; `effects`: how often it is there."""

    kind: str
    step: str
    fault: tuple[str, str, str]
    acts: Callable[[Work], None]
    effects: Callable[[Company], int]
    rank: int = 50

    def run(self, work: Work) -> Outcome:
        self.acts(work)
        return Transferred()


def voucher(work: Work) -> MadeVoucher:
    vouchers = work.clients.economic.vouchers
    entry = FinanceEntry(
        amount=Decimal("1250.50"),
        date="2026-11-24",
        text=MARK,
        account=AccountRef(STOCK),
        contraAccount=AccountRef(CONSUMPTION),
    )
    body = NewVoucher(accountingYear=YearRef(YEAR), entries=NewEntries([entry]))
    step = Step(
        "voucher",
        MadeVoucher,
        body,
        lambda key: vouchers.create(JOURNAL, body, key),
        lambda: vouchers.drafted(JOURNAL, MARK) or vouchers.booked(YEAR, MARK),
        appears_within_s=APPEARS_WITHIN_S,
    )
    return work.write(step, "v1")


def journal_booking(work: Work) -> None:
    made, economic = voucher(work), work.clients.economic
    if work.is_resumed:
        _still_ours(work, made)

    def look() -> EntryNumbers | None:
        return EntryNumbers(made.entries) if economic.vouchers.booked(YEAR, MARK) else None

    def send(key: str) -> EntryNumbers:
        return economic.journals.book(JOURNAL, made.entries, key)

    step = Step("entries", EntryNumbers, EntryNumbers(made.entries), send, look, appears_within_s=APPEARS_WITHIN_S)
    work.write(step, "v1")


def _still_ours(work: Work, made: MadeVoucher) -> None:
    """Entry numbers, unlike draft invoices', are never given twice, but a person may have changed the entry (H29)."""
    economic = work.clients.economic
    texts = {entry.text for number in made.entries if (entry := economic.journals.entry(number)) is not None}
    if texts != {MARK} and economic.vouchers.booked(YEAR, MARK) is None:
        raise Refusal("entries_changed")


def attachment(work: Work) -> None:
    made, documents = voucher(work), work.clients.economic.documents

    def look() -> AttachedNumber | None:
        found = [row for row in documents.attached(made.year, made.number) if row.note == MARK]
        return AttachedNumber(found[0].number) if found else None

    def send(key: str) -> AttachedNumber:
        return documents.attach(made.year, made.number, FILE, MARK, key)

    work.write(Step("attachment", AttachedNumber, Wanted(FILE.filename), send, look), "v1")


def supplier(work: Work) -> None:
    ours = {
        "supplierNumber": 70001,
        "name": "Nordisk Tømmer A/S",
        "currency": "DKK",
        "supplierGroup": {"supplierGroupNumber": 1},
        "paymentTerms": {"paymentTermsNumber": 1},
        "vatZone": {"vatZoneNumber": 1},
    }
    Upsert(work.clients.economic.registers.suppliers, "supplier", "70001", "Nordisk Tømmer A/S", ours).run(work)


def note(work: Work) -> None:
    notes = work.clients.rackbeat.notes

    def look() -> Note | None:
        return next((row for row in notes.on("customer-invoices", work.transfer.key) if row.sentence == MARK), None)

    def send(_key: str) -> Note:
        return notes.write("customer-invoices", work.transfer.key, MARK)

    work.write(Step("note", Note, Wanted(MARK), send, look), "v1")


def created(path: str, number: str, fields: dict[str, Any]) -> Callable[[Work], None]:
    def create(work: Work) -> None:
        records = work.clients.rackbeat.records

        def look() -> Made | None:
            return Made(number) if records.raw(path, number) is not None else None

        def send(_key: str) -> Made:
            return Made(str(records.create(path, fields)["number"]))

        work.write(Step("create", Made, Wanted(path, fields), send, look), "v1")

    return create


def _vouchers(company: Company) -> int:
    """Draft entries with our text."""
    return [entry["text"] for entry in entries(company.systems)].count(MARK)


def _booked(company: Company) -> int:
    entries = company.systems.economic.store.entries.between(nordlys().agreement_number, "2026-11-24", "2026-11-24")
    sides = [(entry.account, entry.base_amount) for entry in entries if entry.text == MARK]
    assert sum(amount for _, amount in sides) == 0
    assert _vouchers(company) == 0
    return len(sides) // 2


def _documents(company: Company) -> int:
    assert _vouchers(company) == 1
    return [row["note"] for row in documents(company.systems)].count(MARK)


def _suppliers(company: Company) -> int:
    rows = company.systems.economic.store.all(nordlys().agreement_number, "suppliers")
    return [row["supplierNumber"] for row in rows].count(70001)


def _notes(company: Company) -> int:
    rows = company.systems.in_rackbeat("GET", f"customer-invoices/{NOTED}/notes")
    return [row["note"] for row in rows].count(MARK)


def _in_rackbeat(path: str, number: int) -> Callable[[Company], int]:
    def count(company: Company) -> int:
        rows = company.systems.in_rackbeat("GET", f"{path}?limit=1000")
        return [row["number"] for row in rows].count(number)

    return count


CUSTOMER = {
    "number": 88001,
    "name": "Havnens Cykler",
    "customer_group_id": 1,
    "vat_zone": "domestic",
    "payment_terms_id": 1,
}
SUPPLIER = {
    "number": 70001,
    "name": "Nordisk Tømmer A/S",
    "supplier_group_id": 1,
    "vat_zone": "domestic",
    "payment_terms_id": 1,
}
KINDS = (
    Kind("supplier", "put", ("economic", "PUT", "/suppliers/*"), supplier, _suppliers),
    Kind(
        "voucher",
        "voucher",
        ("economic", "POST", "/journals/*/vouchers"),
        lambda work: void(voucher(work)),
        _vouchers,
    ),
    Kind("journal_booking", "entries", ("economic", "POST", "*/bookdraftentries"), journal_booking, _booked),
    Kind("attachment", "attachment", ("economic", "POST", "*/AttachedDocuments"), attachment, _documents),
    Kind("note", "note", ("rackbeat", "POST", "/api/customer-invoices/*/notes"), note, _notes),
    Kind(
        "rackbeat_customer",
        "create",
        ("rackbeat", "POST", "/api/customers"),
        created("customers", "88001", CUSTOMER),
        _in_rackbeat("customers", 88001),
    ),
    Kind(
        "rackbeat_supplier",
        "create",
        ("rackbeat", "POST", "/api/suppliers"),
        created("suppliers", "70001", SUPPLIER),
        _in_rackbeat("suppliers", 70001),
    ),
    Kind(
        "rackbeat_group",
        "create",
        ("rackbeat", "POST", "/api/product-groups"),
        created("product-groups", "12", {"number": 12, "name": "Cykler", "has_inventory": True}),
        _in_rackbeat("product-groups", 12),
    ),
)


def void(_made: object) -> None:
    """A flow's acts answer nothing."""
