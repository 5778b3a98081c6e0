"""The posting of a supplier invoice on its page: debit and credit as e-conomic books it, before and after (C8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from lagerbro.agreements import directories
from lagerbro.agreements.directory import Directory
from lagerbro.agreements.models import Agreement
from lagerbro.flows.supplier_invoices.planned_posting import PLANNED, PlannedPosting, posting_of_text, sent_posting
from lagerbro.flows.supplier_invoices.posting import Posting, by_account, postings
from lagerbro.flows.supplier_invoices.steps import MOVE, VOUCHER, SentVoucher, latest_sent
from lagerbro.money import ZERO, total_of
from lagerbro.sync.models import Intent, Link, Transfer

KIND = "supplier_invoice"
TOUCHED: Final = frozenset({"voucher_edited", "voucher_gone", "voucher_partly_booked", "voucher_unmarked"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table; one of the two amounts is None."""

    account: int
    name: str
    vat_code: str
    debit: Decimal | None
    credit: Decimal | None


@dataclass(frozen=True, slots=True)
class Voucher:
    """What stands on the voucher beside its amounts, as it was sent."""

    journal: str
    day: date
    due: date | None
    own_number: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """`is_made`: the voucher stands in e-conomic; else it shows what would be posted. In the base currency, with the
    invoice's own where that is another."""

    rows: list[Row]
    debit: Decimal
    credit: Decimal
    base_currency: str
    currency: str
    is_made: bool
    is_booked: bool
    is_touched: bool = False
    """Somebody has changed or deleted the voucher in e-conomic since."""
    voucher: Voucher | None = None


def posting_of(transfer: Transfer, link: Link | None, agreement: Agreement) -> Table | None:
    """The table of a supplier invoice, from what is stored of it; None where nothing is."""
    if transfer.kind != KIND:
        return None
    sent = _sent(transfer, link) if link is not None else None
    found = _held(transfer.details) if link is None else sent_posting(sent) if sent is not None else None
    copy = directories.stored_directory(agreement)
    if found is None or copy is None:
        return None
    known = copy[0]
    rows = [_row(one, known) for one in _ordered(by_account(_postings(found, known)))]
    debit, credit = (total_of(side(row) or ZERO for row in rows) for side in (_debit, _credit))
    return Table(
        rows,
        debit,
        credit,
        agreement.base_currency,
        found.currency if found.currency != agreement.base_currency else "",
        is_made=link is not None,
        is_booked=link is not None and link.economic_kind == "voucher_booked",
        is_touched=transfer.code in TOUCHED,
        voucher=_voucher(sent, known) if sent is not None else None,
    )


def _debit(row: Row) -> Decimal | None:
    return row.debit


def _credit(row: Row) -> Decimal | None:
    return row.credit


def _sent(transfer: Transfer, link: Link) -> SentVoucher | None:
    rows = Intent.in_scope.filter(transfer=transfer, step__in=(VOUCHER, MOVE)).order_by("try_epoch")
    latest = {intent.step: intent for intent in rows}
    return latest_sent(latest.get(VOUCHER), latest.get(MOVE), link.version)


def _voucher(sent: SentVoucher, known: Directory) -> Voucher | None:
    """Its entries have all of it in common; None for a voucher without any."""
    entry = next(iter(sent.voucher.entries.supplierInvoices), None)
    if entry is None:
        return None
    journal = known.journals.get(sent.journal)
    named = f"{sent.journal} {journal.name}".strip() if journal is not None else str(sent.journal)
    due = date.fromisoformat(entry.dueDate) if entry.dueDate else None
    return Voucher(named, date.fromisoformat(entry.date), due, entry.supplierInvoiceNumber, entry.text)


def _held(details: Mapping[str, str]) -> PlannedPosting | None:
    return posting_of_text(details[PLANNED]) if PLANNED in details else None


def _postings(found: PlannedPosting, known: Directory) -> list[Posting]:
    return postings(found.as_parts(), found.control_account, known.vat_codes, found.rate)


def _ordered(rows: list[Posting]) -> list[Posting]:
    """As an accountant writes it: debit first, then credit, each by account."""
    return sorted(rows, key=lambda row: (row.base < 0, row.account))


def _row(posting: Posting, known: Directory) -> Row:
    account = known.accounts.get(posting.account)
    is_debit = posting.base > 0
    return Row(
        posting.account,
        account.name if account is not None else "",
        posting.vat_code,
        posting.base if is_debit else None,
        None if is_debit else -posting.base,
    )
