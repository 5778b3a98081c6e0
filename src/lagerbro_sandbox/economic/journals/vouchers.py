"""Vouchers in journals on REST: drafts of entries, five kinds of them, answered as an array (economic-api 8.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lagerbro_sandbox.economic.journals import draft_entries
from lagerbro_sandbox.economic.journals import number_series as series
from lagerbro_sandbox.economic.journals.draft_rules import entry_complaints
from lagerbro_sandbox.economic.registers.writing import check_decimals
from lagerbro_sandbox.economic.rest.references import resolved
from lagerbro_sandbox.economic.session import Session
from lagerbro_sandbox.economic.wire.errors import ApiError, Problems, not_found
from lagerbro_sandbox.economic.wire.fields import Day, Form, Group, Listed, Number, Ref, Text, Whole, check
from lagerbro_sandbox.kernel.records import Record

SCHEMA: Final = "/schema/journals.journalNumber.vouchers.post.schema.json"
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
    "departmentalDistribution": Ref(key="departmentalDistributionNumber", kind="departmental-distributions"),
    "employee": Ref(key="employeeNumber", kind="employees"),
    "project": Ref(key="projectNumber", kind="projects"),
    "costType": Ref(key="costTypeNumber", kind="cost-types"),
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
MORE: Final = ("departmentalDistribution", "employee", "project", "costType")
"""References that are kept as they were sent; they need modules, without which their registers are empty."""


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
    EntryKind(
        "supplierInvoices",
        "supplierInvoice",
        {**SUPPLIER, "dueDate": Day(), "paymentDetails": Group(fields={})},
        "supplier",
    ),
    EntryKind("supplierPayments", "supplierPayment", SUPPLIER, "supplier"),
    EntryKind("manualCustomerInvoices", "manualCustomerInvoice", {**CUSTOMER, "dueDate": Day()}, "customer"),
)
FORM: Final[Form] = {
    "accountingYear": Group(required=True, fields={"year": Text(longest=11)}),
    "voucherNumber": Whole(most=series.VOUCHER_MAX),
    "journal": Ref(key="journalNumber", kind="journals"),
    "entries": Group(required=True, fields={kind.array: Listed(fields=kind.form) for kind in KINDS}),
}

CODES: Final = {
    "JournalEntryTypeNotCorrect": "E05150",
    "JournalEntryAmountExceedsDigitLimit": "E04740",
    "JournalEntryExchangeRateScalePrecisionError": "E04740",
    "JournalEntryExchangeRateError": "E04770",
    "JournalEntryExchangeRateMustBeOneHundredForBaseCurrency": "E04770",
    "JournalEntryDateAccountingYearDoesNotExist": "E07840",
    "JournalEntryDateAccountingYearClosed": "E07850",
    "JournalEntryDateAccountingYearPeriodBarred": "E07860",
    "JournalEntryWrongAccountType": "E05130",
    "JournalEntryWrongContraAccountType": "E05130",
    "JournalEntryAccountNotAccessible": "E04640",
    "JournalEntryContraAccountNotAccessible": "E04640",
    "JournalEntryAccountIsBlockedForDirectEntries": "E05140",
    "JournalEntryContraAccountIsBlockedForDirectEntries": "E05140",
    "JournalEntryCustomerNotAccessible": "E04620",
    "JournalEntryDueDateNotInRange": "E04760",
    "JournalEntryVoucherNumberNotWithinBoundaries": "E05180",
}
"""REST's codes for the rules, as far as they were seen; E05100 stands for the others."""
OTHER_CODE: Final = "E05100"
_PATHS: Final = {
    "account": ("account", "accountNumber"),
    "contraAccount": ("contraAccount", "accountNumber"),
    "currency": ("currency", "code"),
    "vatCode": ("vatAccount", "vatCode"),
    "contraVatCode": ("contraVatAccount", "vatCode"),
}


def create(session: Session, journal_number: str, body: object) -> tuple[str, int]:
    """The voucher as drafts of entries, and its key: year and number. Balance is asked for at booking, not here."""
    journal = session.get("journals", journal_number)
    if journal is None:
        raise not_found()
    check(body, FORM, SCHEMA)
    assert isinstance(body, dict)
    problems = Problems()
    if body.get("journal", {}).get("journalNumber", journal["journalNumber"]) != journal["journalNumber"]:
        problems.add(("journal", "journalNumber"), "E05185", "The journal is another one than the address names.")
    year = _year(session, body["accountingYear"], problems)
    rows = [
        _row(session, journal, kind, entry, year, ("entries", kind.array, index), problems)
        for kind in KINDS
        for index, entry in enumerate(body["entries"].get(kind.array, []))
    ]
    _check_count(rows, problems)
    problems.raise_if_any()
    number = _number(session, journal, year, body.get("voucherNumber"))
    for row in rows:
        draft_entries.add(session, journal, {**row, "voucher": number})
    return year["year"], number


def key_of(year: str, number: int) -> str:
    return f"{year}-{number}"


def in_journal(session: Session, journal: str) -> list[Record]:
    """The journal's vouchers with their rows, by year and number."""
    rows_by_voucher: dict[tuple[str, int], list[Record]] = {}
    for row in entries_in(session, journal):
        rows_by_voucher.setdefault((row["year"], row["voucher"]), []).append(row)
    return [_voucher(int(journal), key, rows) for key, rows in sorted(rows_by_voucher.items())]


def one(session: Session, journal: str, key: str) -> Record:
    """One voucher by `{year}-{number}`; what was made a moment ago may not be there yet (economic-api 4.4)."""
    year, _, number = key.rpartition("-")
    if not (journal.isascii() and journal.isdigit() and number.isascii() and number.isdigit() and len(number) < 10):
        raise not_found()
    store = session.store
    rows = store.draft_entries.all(session.agreement, journal=int(journal), year=year, voucher=int(number))
    if not rows or session.is_settling(max(row["madeAt"] for row in rows)):
        raise not_found()
    return _voucher(int(journal), (year, int(number)), rows)


def _voucher(journal: int, key: tuple[str, int], rows: list[Record]) -> Record:
    head = {"journal": {"journalNumber": journal}, "accountingYear": {"year": key[0]}, "voucherNumber": key[1]}
    return {**head, "rows": rows}


def entries_in(session: Session, journal: str) -> list[Record]:
    """Every draft entry of the journal, flat."""
    if session.get("journals", journal) is None:
        raise not_found()
    return session.store.draft_entries.all(session.agreement, journal=int(journal))


def entry_in(session: Session, journal: str, number: str) -> Record:
    """One draft entry of the journal."""
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise not_found()
    row = session.store.draft_entries.one(session.agreement, int(number))
    if row is None or str(row["journal"]) != journal:
        raise not_found()
    return row


def delete_entry(session: Session, journal: str, number: str) -> None:
    """204; a voucher without entries is gone with its last one."""
    if session.get("journals", journal) is None:
        raise not_found()
    try:
        row = entry_in(session, journal, number)
    except ApiError as error:
        raise not_found("E06000") from error
    session.store.draft_entries.delete(session.agreement, row["entryNumber"])


def _year(session: Session, reference: Record, problems: Problems) -> Record:
    year = session.get("accounting-years", str(reference.get("year", "")))
    if year is None:
        problems.add(("accountingYear", "year"), "E06000", "The accounting year does not exist.", reference.get("year"))
        problems.raise_if_any()
    assert year is not None
    if year.get("closed"):
        raise ApiError(400, f"Accounting year {year['year']} is closed.", "Choose an open year.", "E07850")
    return year


def _row(
    session: Session,
    journal: Record,
    kind: EntryKind,
    entry: Record,
    year: Record,
    path: tuple[str | int, ...],
    problems: Problems,
) -> Record:
    before = problems.count
    check_decimals(entry, kind.form, path, problems)
    row = dict(_flat(session, kind, entry, path, problems))
    row |= {"entryType": kind.entry_type, "journal": journal["journalNumber"], "year": year["year"]}
    row.setdefault("currency", session.base_currency)
    row = draft_entries.with_usual(journal, row)
    if not year["fromDate"] <= row["date"] <= year["toDate"]:
        problems.add((*path, "date"), "E05120", "The date is outside the voucher's accounting year.", row["date"])
    if problems.count == before:
        for complaint in entry_complaints(session, journal, row):
            code = CODES.get(complaint.code, OTHER_CODE)
            problems.add((*path, *_PATHS.get(complaint.property, (complaint.property,))), code, complaint.message)
    return draft_entries.completed(session, row)


def _flat(
    session: Session, kind: EntryKind, entry: Record, path: tuple[str | int, ...], problems: Problems
) -> Iterator[tuple[str, object]]:
    names = {"vatAccount": "vatCode", "contraVatAccount": "contraVatCode"}
    for name, field in kind.form.items():
        if name not in entry:
            continue
        if name == "paymentDetails":
            yield from _payment(entry[name])
        elif isinstance(field, Ref):
            record = resolved(session, entry[name], field, (*path, name), problems)
            if record is not None:
                yield names.get(name, name), {field.key: record[field.key]} if name in MORE else record[field.key]
        else:
            yield name, entry[name]


def _payment(details: Record) -> Iterator[tuple[str, object]]:
    """The two fields stand beside the type or inside it: the schema and a live round trip differ (economic-api 8.2)."""
    kind = details.get("paymentType") or {}
    given = {**details, **(kind if isinstance(kind, dict) else {})}
    yield "supplierPaymentType", given.get("paymentTypeNumber")
    for target, names in PAYMENT_FIELDS.items():
        value = next((given[name] for name in names if isinstance(given.get(name), str)), None)
        if value is not None:
            yield target, value


PAYMENT_FIELDS: Final = {
    "supplierPaymentBank": ("fiSupplierNo", "giroAccount", "accountNo", "ibanSwift"),
    "supplierPaymentMessage": ("ocrLine", "message", "ocrLineMessage"),
}


def _check_count(rows: list[Record], problems: Problems) -> None:
    if not rows:
        problems.add(("entries",), "E05160", "A voucher needs an entry.")
    if len(rows) > ENTRIES_MAX:
        problems.add(("entries",), "E05170", f"A voucher takes at most {ENTRIES_MAX} entries.")


def _number(session: Session, journal: Record, year: Record, wanted: int | None) -> int:
    """The next in the journal's series, or the wanted one when it is inside and free."""
    problems = Problems()
    if wanted is None:
        try:
            return series.take_number(session, journal)
        except series.SeriesUsedUpError as error:
            problems.add(("voucherNumber",), "E05180", str(error), error.number)
            problems.raise_if_any()
    assert wanted is not None
    first, last = series.bounds(journal)
    if not first <= wanted <= last:
        problems.add(("voucherNumber",), "E05180", f"Voucher numbers go from {first} to {last}.", wanted)
    number, drafts = int(journal["journalNumber"]), session.store.draft_entries
    if drafts.are_of_voucher(session.agreement, number, wanted, year["year"]):
        problems.add(("voucherNumber",), "E06010", f"Voucher {wanted} exists in {year['year']}.", wanted)
    problems.raise_if_any()
    return wanted
