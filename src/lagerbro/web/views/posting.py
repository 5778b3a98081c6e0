"""The posting of a supplier invoice on its page: debit and credit as e-conomic books it, before and after (C8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from lagerbro.agreements import directories
from lagerbro.agreements.directory import Directory
from lagerbro.agreements.models import Agreement
from lagerbro.flows.supplier_invoices.invoice_run import BOOKED_LINK
from lagerbro.flows.supplier_invoices.preview.planned_posting import (
    NO_ACCOUNT,
    PLANNED,
    Mark,
    PlannedPosting,
    posting_of_text,
    sent_posting,
)
from lagerbro.flows.supplier_invoices.preview.posting import Posting, by_account, postings
from lagerbro.flows.supplier_invoices.steps import MOVE, VOUCHER, SentVoucher, latest_sent
from lagerbro.money import ZERO, total_of
from lagerbro.sync.models import Intent, IntentState, Link, Transfer
from lagerbro.web.sentences.details import misfit_reason
from lagerbro.wire.numbers import decode
from lagerbro.wire.texts import isolated

KIND = "supplier_invoice"
TOUCHED: Final = frozenset({"voucher_changed", "voucher_edited", "voucher_gone", "voucher_unmarked"})
PARTLY_BOOKED: Final = "voucher_partly_booked"
_MAY_BE_IN_ECONOMIC: Final = (IntentState.OPEN, IntentState.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table; one of the two amounts is None."""

    account: int
    name: str
    vat_code: str
    debit: Decimal | None
    credit: Decimal | None
    notes: tuple[str, ...] = ()
    """What is to be said of the account: that it cannot be used, or what it stands instead of."""


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
    """`is_made`: the voucher stands in e-conomic; `is_sent`: it has been sent, and whether it stands there is not known
    yet; else it shows what would be posted. In the base currency, with the invoice's own where that is another."""

    rows: list[Row]
    debit: Decimal
    credit: Decimal
    base_currency: str
    currency: str
    is_made: bool
    is_booked: bool
    is_sent: bool = False
    is_touched: bool = False
    is_partly_booked: bool = False
    """Somebody has changed or deleted the voucher in e-conomic since."""
    voucher: Voucher | None = None


def posting_of(transfer: Transfer, link: Link | None, agreement: Agreement) -> Table | None:
    """The table of a supplier invoice, from what is stored of it; None where nothing is."""
    if transfer.kind != KIND:
        return None
    sent = _sent(transfer, link) if link is not None else _sent_without_answer(transfer)
    planned = sent_posting(sent) if sent is not None else _planned_while_held(transfer) if link is None else None
    copy = directories.stored_directory(agreement)
    if planned is None or copy is None:
        return None
    known = copy[0]
    rows = [_row(one, known, planned.marks) for one in _ordered(by_account(_postings(planned, known)))]
    debit, credit = (total_of(side(row) or ZERO for row in rows) for side in (_debit, _credit))
    return Table(
        rows,
        debit,
        credit,
        agreement.base_currency,
        planned.currency if planned.currency != agreement.base_currency else "",
        is_made=link is not None,
        is_booked=link is not None and link.economic_kind == BOOKED_LINK,
        is_sent=link is None and sent is not None,
        is_touched=transfer.code in TOUCHED,
        is_partly_booked=transfer.code == PARTLY_BOOKED,
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


def _sent_without_answer(transfer: Transfer) -> SentVoucher | None:
    """What was sent and may stand in e-conomic although nothing is linked yet."""
    latest = Intent.in_scope.filter(transfer=transfer, step=VOUCHER).order_by("try_epoch").last()
    if latest is None or latest.state not in _MAY_BE_IN_ECONOMIC or not latest.request:
        return None
    return decode(latest.request.encode(), SentVoucher)


def _voucher(sent: SentVoucher, known: Directory) -> Voucher | None:
    """Its entries have all of it in common; None for a voucher without any."""
    entry = next(iter(sent.voucher.entries.supplierInvoices), None)
    if entry is None:
        return None
    journal = known.journals.get(sent.journal)
    named = f"{sent.journal} {isolated(journal.name)}".strip() if journal is not None else str(sent.journal)
    due = date.fromisoformat(entry.dueDate) if entry.dueDate else None
    return Voucher(named, date.fromisoformat(entry.date), due, entry.supplierInvoiceNumber, entry.text)


def _planned_while_held(transfer: Transfer) -> PlannedPosting | None:
    planned = transfer.details.get(PLANNED)
    return posting_of_text(planned) if planned else None


def _postings(planned: PlannedPosting, known: Directory) -> list[Posting]:
    return postings(planned.as_parts(), planned.control_account, known.vat_codes, planned.rate)


def _ordered(rows: list[Posting]) -> list[Posting]:
    """As an accountant writes it: debit first, then credit, each by account."""
    return sorted(rows, key=lambda row: (row.base < 0, row.account))


def _row(posting: Posting, known: Directory, marks: Sequence[Mark]) -> Row:
    account = known.accounts.get(posting.account)
    is_debit = posting.base > 0
    coding = (posting.account, posting.vat_code)
    return Row(
        posting.account,
        account.name if account is not None else "",
        posting.vat_code,
        posting.base if is_debit else None,
        None if is_debit else -posting.base,
        tuple(_note(mark) for mark in marks if (mark.account, mark.vat_code) == coding),
    )


def _note(mark: Mark) -> str:
    named = {"because": misfit_reason(mark.because), "account": mark.instead_of}
    if mark.instead_of is None:
        return _("Cannot be used: %(because)s.") % named
    if mark.instead_of == NO_ACCOUNT:
        return _("The default account: %(because)s.") % named
    return _("The default account instead of %(account)s: %(because)s.") % named
