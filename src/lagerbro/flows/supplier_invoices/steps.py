"""The writes of a supplier invoice, each with the way to find what an earlier try may have made (DESIGN 4, H30)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from lagerbro.economic.client import Economic
from lagerbro.economic.voucher_types import DraftEntry, MadeVoucher, NewVoucher
from lagerbro.economic.vouchers import APPEARS_WITHIN_S
from lagerbro.flows.field_changes import listed_changes
from lagerbro.flows.supplier_invoices.mark import mark
from lagerbro.flows.supplier_invoices.parts import Coding
from lagerbro.flows.supplier_invoices.unmarked_voucher import find_unmarked
from lagerbro.flows.supplier_invoices.voucher_entries import (
    booked_voucher,
    changes_in,
    entries_of_invoice,
    stand_as_sent,
    voucher_of_entries,
)
from lagerbro.rackbeat.supplier_invoice_types import SupplierInvoice
from lagerbro.sync.models import Intent, IntentState
from lagerbro.sync.outcome import Refusal
from lagerbro.sync.reasons import Reason
from lagerbro.sync.storage.intents import Intents
from lagerbro.sync.work import Step
from lagerbro.wire.errors import FailureKind
from lagerbro.wire.numbers import decode

VOUCHER: Final = "voucher"
MOVE: Final = "move"


class SentVoucher(msgspec.Struct, kw_only=True):
    """What was sent, the version of the invoice that it was made of, and what is to be told of it."""

    voucher: NewVoucher
    version: str
    stored_reasons: list[tuple[str, dict[str, str]]] = msgspec.field(default_factory=list, name="told")
    control_account: int = msgspec.field(default=0, name="creditor")
    """Of the supplier, as far as it is known. Both are stored under the names that they had first."""

    @property
    def journal(self) -> int:
        assert self.voucher.journal is not None, "we always name the journal"
        return self.voucher.journal.journalNumber

    def reasons(self) -> list[Reason]:
        return [Reason(code, details) for code, details in self.stored_reasons]


class Moved(msgspec.Struct):
    """The numbers of draft entries that were put on other accounts."""

    entries: list[int]


@dataclass(frozen=True, slots=True)
class Steps:
    """The writes of one invoice."""

    economic: Economic
    invoice: SupplierInvoice

    def voucher(self, sent: SentVoucher, check: Callable[[], None]) -> Step[MadeVoucher]:
        """Make the voucher. Looks in its journal and in the ledger: a person may have booked it meanwhile. `check` is
        asked when the intent is stored and nothing has been sent."""

        def send(key: str) -> MadeVoucher:
            check()
            return self.economic.vouchers.create(sent.journal, sent.voucher, key)

        return Step(
            name=VOUCHER,
            answer=MadeVoucher,
            request=sent,
            send=send,
            find_existing=lambda: self.find_voucher(sent),
            appears_within_s=APPEARS_WITHIN_S,
        )

    def adopt(self, sent: SentVoucher, existing: MadeVoucher) -> Step[MadeVoucher]:
        """A voucher of ours that stands there although we know of no write: it is taken for what we made."""
        return Step(
            name=VOUCHER, answer=MadeVoucher, request=sent, send=lambda _key: existing, find_existing=lambda: existing
        )

    def move(self, sent: SentVoucher, codings: Mapping[int, Coding]) -> Step[Moved]:
        """Put draft entries on other accounts: account and VAT code by the entry's number."""
        done = Moved(sorted(codings))

        def send(key: str) -> Moved:
            self.economic.journals.change(
                [self._recoded_entry(number, codings[number]) for number in sorted(codings)], key
            )
            return done

        def find_moved() -> Moved | None:
            entries = self.draft_entries(sent.journal)
            return done if entries and stand_as_sent(sent.voucher, entries) else None

        return Step(name=MOVE, answer=Moved, request=sent, send=send, find_existing=find_moved, is_once_only=False)

    def draft_entries(self, journal: int) -> list[DraftEntry]:
        """The draft entries of this invoice in the journal."""
        return entries_of_invoice(
            self.economic.vouchers.marked(journal, mark(self.invoice.number)), self.invoice.number
        )

    def find_voucher(self, sent: SentVoucher) -> MadeVoucher | None:
        """Our voucher, by its mark or by what it comes to. Raises a refusal when it is no longer what we made: making
        another would post twice."""
        entries = self.draft_entries(sent.journal)
        existing = voucher_of_entries(entries)
        if existing is None:
            year = sent.voucher.accountingYear.year
            booked = self.economic.vouchers.booked_entries(year, mark(self.invoice.number))
            made = booked_voucher(booked, year, self.invoice.number)
            return made or find_unmarked(self.economic, sent.voucher, self.invoice.number)
        changes = changes_in(sent.voucher, entries)
        if changes:
            details = {"voucher": voucher_name(existing), "changes": listed_changes(changes)}
            raise Refusal("voucher_changed", FailureKind.CONFIG, **details)
        return existing

    def _recoded_entry(self, number: int, coding: Coding) -> dict[str, object]:
        """The draft entry as it stands, on another account; raises `Refusal` where it stands no more."""
        entry = self.economic.journals.whole_entry(number)
        if entry is None:
            raise Refusal("voucher_gone", FailureKind.CONFIG, voucher=str(number))
        changed: dict[str, object] = {
            **entry,
            "contraAccountNumber": coding.account,
            "contraVatCode": coding.vat_code,
        }
        if not coding.vat_code:
            del changed["contraVatCode"]
        return changed


def voucher_name(made: MadeVoucher) -> str:
    """`2026-40001`, as e-conomic's own addresses have it (economic-api 8.2)."""
    return f"{made.year}-{made.number}"


def last_sent(intents: Intents, version: str) -> SentVoucher | None:
    """What stands in e-conomic as far as we know: the voucher as it was made, or as it was moved since."""
    return latest_sent(intents.latest(VOUCHER), intents.latest(MOVE), version)


def latest_sent(made: Intent | None, moved: Intent | None, version: str) -> SentVoucher | None:
    """The same of the latest writes of both steps."""
    if moved is not None and moved.state in (IntentState.CONFIRMED, IntentState.SETTLED):
        made = moved if made is None or moved.created_at >= made.created_at else made
    if made is None or not made.request:
        return None
    sent = decode(made.request.encode(), SentVoucher)
    return sent if sent.version == version else None
