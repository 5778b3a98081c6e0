"""Vouchers in journals on REST: drafts of entries, five kinds of them, answered as an array (economic-api 8.2)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lagerbro.sandbox.economic.faulty import ApiError, Problems, not_found
from lagerbro.sandbox.economic.fields import Day, Form, Group, Listed, Number, Ref, Text, Whole, check
from lagerbro.sandbox.economic.money import in_base
from lagerbro.sandbox.economic.references import known, resolved
from lagerbro.sandbox.economic.session import Session
from lagerbro.sandbox.economic.store import Record
from lagerbro.sandbox.economic.writing import check_decimals

KIND: Final = "vouchers"
SCHEMA: Final = "/schema/journals.journalNumber.vouchers.post.schema.json"
VOUCHER_MAX: Final = 999_999_999
ENTRIES_MAX: Final = 1000

ACCOUNT: Final = Ref(key="accountNumber", kind="accounts")
VAT_CODE: Final = Ref(key="vatCode", kind="vat-accounts", text_key=True)
COMMON: Final[Form] = {
    "amount": Number(required=True, decimals=2),
    "date": Day(required=True),
    "text": Text(longest=250),
    "currency": Ref(key="code", kind="currencies", text_key=True),
    "exchangeRate": Number(decimals=6, least=Decimal(0)),
    "contraAccount": ACCOUNT,
    "contraVatAccount": VAT_CODE,
    "contraVatAmount": Number(decimals=2),
}
SUPPLIER: Final[Form] = {
    **COMMON,
    "supplier": Ref(key="supplierNumber", kind="suppliers"),
    "supplierInvoiceNumber": Text(longest=30),
}
CUSTOMER: Final[Form] = {
    **COMMON,
    "customer": Ref(key="customerNumber", kind="customers"),
    "customerInvoice": Whole(),
}


@dataclass(frozen=True, slots=True)
class EntryKind:
    """One of the five arrays. `party` is whose account the entry is on; finance vouchers name theirs."""

    array: str
    entry_type: str
    form: Form
    party: str


KINDS: Final = (
    EntryKind(
        "financeVouchers",
        "financeVoucher",
        {**COMMON, "account": ACCOUNT, "vatAccount": VAT_CODE, "vatAmount": Number(decimals=2)},
        "account",
    ),
    EntryKind("customerPayments", "customerPayment", CUSTOMER, "customer"),
    EntryKind("supplierInvoices", "supplierInvoice", {**SUPPLIER, "dueDate": Day()}, "supplier"),
    EntryKind("supplierPayments", "supplierPayment", SUPPLIER, "supplier"),
    EntryKind("manualCustomerInvoices", "manualCustomerInvoice", {**CUSTOMER, "dueDate": Day()}, "customer"),
)
FORM: Final[Form] = {
    "accountingYear": Group(required=True, fields={"year": Text(longest=11)}),
    "voucherNumber": Whole(most=VOUCHER_MAX),
    "entries": Group(required=True, fields={kind.array: Listed(fields=kind.form) for kind in KINDS}),
}


def create(session: Session, journal_number: str, body: object) -> list[Record]:
    """The voucher as drafts of entries; balance is asked for at booking, not here."""
    journal = session.get("journals", journal_number)
    if journal is None:
        raise not_found()
    check(body, FORM, SCHEMA)
    assert isinstance(body, dict)
    problems = Problems()
    year = _year(session, body["accountingYear"], problems)
    entries = {
        kind.array: [
            _entry(session, kind, entry, year, ("entries", kind.array, index), problems)
            for index, entry in enumerate(body["entries"].get(kind.array, []))
        ]
        for kind in KINDS
    }
    _restrict(journal, entries, problems)
    problems.raise_if_any()
    number = _number(session, journal, year, body.get("voucherNumber"))
    return [_stored(session, journal, year, number, entries)]


def key_of(year: str, number: int) -> str:
    return f"{year}-{number}"


def in_journal(session: Session, journal: str) -> list[Record]:
    if session.get("journals", journal) is None:
        raise not_found()
    return [voucher for voucher in session.all(KIND) if str(voucher["journal"]["journalNumber"]) == journal]


def one(session: Session, journal: str, key: str) -> Record:
    found = session.get(KIND, key)
    if found is None or str(found["journal"]["journalNumber"]) != journal:
        raise not_found()
    return found


def entries_in(session: Session, journal: str) -> list[Record]:
    """Every draft entry of the journal, flat."""
    return [
        entry
        for voucher in in_journal(session, journal)
        for kind in KINDS
        for entry in voucher["entries"].get(kind.array, [])
    ]


def delete_entry(session: Session, journal: str, number: str) -> None:
    """204; a voucher without entries is gone with its last one."""
    for voucher in in_journal(session, journal):
        for kind in KINDS:
            rows = voucher["entries"].get(kind.array, [])
            left = [row for row in rows if str(row["journalEntryNumber"]) != number]
            if len(left) == len(rows):
                continue
            voucher["entries"][kind.array] = left
            key = key_of(voucher["accountingYear"]["year"], voucher["voucherNumber"])
            if any(voucher["entries"].values()):
                session.put(KIND, key, voucher)
            else:
                session.store.delete(session.agreement, KIND, key)
            return
    raise not_found("E06000")


def _year(session: Session, reference: Record, problems: Problems) -> Record:
    year = session.get("accounting-years", str(reference.get("year", "")))
    if year is None:
        problems.add(("accountingYear", "year"), "E06000", "The accounting year does not exist.", reference.get("year"))
        problems.raise_if_any()
    assert year is not None
    if year.get("closed"):
        raise ApiError(400, f"Accounting year {year['year']} is closed.", "Choose an open year.", "E07850")
    return year


def _entry(
    session: Session, kind: EntryKind, entry: Record, year: Record, path: tuple[str | int, ...], problems: Problems
) -> Record:
    check_decimals(entry, kind.form, path, problems)
    row = known(entry, kind.form)
    for name, field in kind.form.items():
        if isinstance(field, Ref) and name in entry:
            found = resolved(session, entry[name], field, (*path, name), problems)
            row[name] = {field.key: found[field.key]} if found else {}
            if found and field.kind == "accounts":
                _check_account(found, (*path, name), problems)
    if kind.party not in entry and "contraAccount" not in entry:
        problems.add((*path, kind.party), "E05100", f"An entry needs '{kind.party}' or 'contraAccount'.")
    if not year["fromDate"] <= entry["date"] <= year["toDate"]:
        problems.add((*path, "date"), "E05120", "The date is outside the voucher's accounting year.", entry["date"])
    row["currency"] = {"code": row.get("currency", {}).get("code") or session.base_currency}
    rate = session.rate_per_100(row["currency"]["code"]) or Decimal(100)
    row["exchangeRate"] = Decimal(entry.get("exchangeRate", rate))
    row["entryType"] = kind.entry_type
    row["amount"] = Decimal(entry["amount"])
    row["amountDefaultCurrency"] = in_base(row["amount"], row["exchangeRate"])
    row["remainder"] = row["amount"]
    row["remainderDefaultCurrency"] = row["amountDefaultCurrency"]
    return row


def _check_account(account: Record, path: tuple[str | int, ...], problems: Problems) -> None:
    """Only profit-and-loss and status accounts are posted to, and none that is barred or closed to entries (6.7)."""
    number = account["accountNumber"]
    if account["accountType"] not in ("profitAndLoss", "status"):
        problems.add(path, "E05130", f"Account {number} cannot be posted to.", number)
    elif account.get("barred"):
        problems.add(path, "E04640", f"Account {number} is barred.", number)
    elif account.get("blockDirectEntries"):
        problems.add(path, "E05140", f"Account {number} is closed to direct entries.", number)


def _restrict(journal: Record, entries: dict[str, list[Record]], problems: Problems) -> None:
    only = journal["settings"].get("entryTypeRestrictedTo")
    for kind in KINDS:
        if entries[kind.array] and only is not None and kind.entry_type != only:
            problems.add(("entries", kind.array), "E05150", f"The journal takes entries of type {only} only.")
    if not any(entries.values()):
        problems.add(("entries",), "E05160", "A voucher needs an entry.")
    if sum(map(len, entries.values())) > ENTRIES_MAX:
        problems.add(("entries",), "E05170", f"A voucher takes at most {ENTRIES_MAX} entries.")


def _number(session: Session, journal: Record, year: Record, wanted: int | None) -> int:
    """The next in the journal's series, or the wanted one when it is inside and free."""
    bounds = journal["settings"].get("voucherNumbers", {})
    first, last = bounds.get("minimumVoucherNumber", 1), bounds.get("maximumVoucherNumber", VOUCHER_MAX)
    name = f"voucher-{journal['journalNumber']}-{year['year']}"
    number = wanted if wanted is not None else first + session.store.count_up(session.agreement, name) - 1
    while wanted is None and session.get(KIND, key_of(year["year"], number)) is not None:
        number = first + session.store.count_up(session.agreement, name) - 1
    if not first <= number <= last:
        problems = Problems()
        problems.add(("voucherNumber",), "E05180", f"Voucher numbers go from {first} to {last}.", number)
        problems.raise_if_any()
    if session.get(KIND, key_of(year["year"], number)) is not None:
        problems = Problems()
        problems.add(("voucherNumber",), "E06010", f"Voucher {number} exists in {year['year']}.", number)
        problems.raise_if_any()
    return number


def _stored(session: Session, journal: Record, year: Record, number: int, entries: dict[str, list[Record]]) -> Record:
    count = sum(map(len, entries.values()))
    last = session.store.count_up(session.agreement, "journal-entries", count)
    voucher_key = {"accountingYear": {"year": year["year"]}, "voucherNumber": number}
    at = last - count
    for rows in entries.values():
        for row in rows:
            at += 1
            row |= {
                "journal": {"journalNumber": journal["journalNumber"]},
                "voucher": voucher_key,
                "journalEntryNumber": at,
            }
    voucher = {
        "journal": {"journalNumber": journal["journalNumber"]},
        **voucher_key,
        "entries": entries,
    }
    session.put(KIND, key_of(year["year"], number), voucher)
    return voucher
