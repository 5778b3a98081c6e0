"""Debit and credit of an invoice: as e-conomic booked it, asked when somebody wants to see it, or as it will be."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest
from django.utils.translation import gettext as _

from lagerbro.agreements.directories import stored_directory
from lagerbro.agreements.models import Agreement, Credentials
from lagerbro.economic.booked_entries import VoucherEntry
from lagerbro.flows.customer_invoices.made import BOOKED_LINK
from lagerbro.money import ZERO, total_of
from lagerbro.sync.clients import client_factory, unobserved
from lagerbro.sync.models import Link, Transfer
from lagerbro.web.views.posting import Row, Table, posting_of
from lagerbro.web.views.transfer_page.document import Document
from lagerbro.wire.errors import RemoteError
from lagerbro.wire.page_time import may_ask

KIND = "customer_invoice"


def shown_posting(
    request: HttpRequest, agreement: Agreement, transfer: Transfer, link: Link | None, document: Document | None
) -> dict[str, object]:
    """Debit and credit. What is booked is e-conomic's to tell: it is asked once the page is shown (`?posting`)."""
    known = posting_of(transfer, link, agreement)
    if known is not None or transfer.kind != KIND:
        return {"posting": known}
    if link is None or not has_booking(transfer, link):
        return {"posting": planned_posting(agreement, document), "accounts_follow": True}
    if "posting" not in request.GET or not may_ask():
        return {"may_ask_for_posting": may_ask()}
    told = booked_posting(agreement, link)
    return {"posting": told, "posting_is_silent": told is None}


def has_booking(transfer: Transfer, link: Link | None) -> bool:
    """Whether e-conomic has entries of it that can be asked for."""
    return transfer.kind == KIND and link is not None and link.economic_kind == BOOKED_LINK


def booked_posting(agreement: Agreement, link: Link) -> Table | None:
    """Two calls at most; None where e-conomic does not answer, or not with what belongs to this invoice."""
    try:
        economic = client_factory().connect(agreement, unobserved).economic
        entries = economic.booked_entries.of_sales_voucher(int(link.economic_key))
    except (Credentials.DoesNotExist, RemoteError, ValueError):  # also of a company that is no longer connected
        return None
    if not entries or total_of(entry.amountInBaseCurrency for entry in entries):
        return None
    copy = stored_directory(agreement)
    names = {number: account.name for number, account in copy[0].accounts.items()} if copy else {}
    return _table(agreement, [_row(entry, names) for entry in _ordered(entries)], is_booked=True)


def planned_posting(agreement: Agreement, document: Document | None) -> Table | None:
    """What it comes to by the kind of account, in its own currency: e-conomic chooses the accounts."""
    if document is None or document.gross is None or document.net is None or document.vat is None:
        return None
    words = (_("The customer's control account"), _("Sales accounts of the items"), _("VAT on sales"))
    amounts = (document.gross, -document.net, -document.vat)
    rows = [_named(name, amount) for name, amount in zip(words, amounts, strict=True) if amount]
    return _table(
        agreement, sorted(rows, key=lambda row: row.debit is None), is_booked=False, currency=document.currency
    )


def _ordered(entries: list[VoucherEntry]) -> list[VoucherEntry]:
    return sorted(entries, key=lambda entry: (entry.amountInBaseCurrency < 0, entry.accountNumber))


def _row(entry: VoucherEntry, names: dict[int, str]) -> Row:
    amount = entry.amountInBaseCurrency
    debit, credit = (amount, None) if amount > 0 else (None, -amount)
    return Row(entry.accountNumber, names.get(entry.accountNumber, ""), entry.vatAccountNumber or "", debit, credit)


def _named(name: str, amount: Decimal) -> Row:
    return Row(0, name, "", amount if amount > 0 else None, -amount if amount < 0 else None)


def _table(agreement: Agreement, rows: list[Row], *, is_booked: bool, currency: str = "") -> Table:
    debit = total_of(row.debit or ZERO for row in rows)
    credit = total_of(row.credit or ZERO for row in rows)
    return Table(
        rows,
        debit,
        credit,
        agreement.base_currency,
        currency if currency != agreement.base_currency else "",
        is_made=is_booked,
        is_booked=is_booked,
    )
