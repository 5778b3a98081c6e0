"""The look at our vouchers in the journal: one that is not there any more has been booked by a person, or deleted; one
that is not what we sent has been changed (domain-rules F17)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import msgspec

from lagerbro.economic.voucher_types import DraftEntry
from lagerbro.economic.vouchers import Vouchers
from lagerbro.flows.fingerprint import fingerprint
from lagerbro.flows.supplier_invoices.invoice_run import DRAFT_LINK
from lagerbro.flows.supplier_invoices.mark import MARK
from lagerbro.flows.supplier_invoices.reasons import VOUCHER_MOVED, VOUCHER_UNMARKED
from lagerbro.flows.supplier_invoices.steps import MOVE, VOUCHER, SentVoucher, latest_sent
from lagerbro.flows.supplier_invoices.voucher_entries import changes_in
from lagerbro.flows.supplier_invoices.voucher_review import SETTLES
from lagerbro.sync.flow import Flow, record_of
from lagerbro.sync.models import Intent, Link, Transfer
from lagerbro.sync.schedules.routine import RoutineContext, RoutineResult
from lagerbro.sync.schedules.timing import Timing
from lagerbro.wire.errors import NotFoundError

KEYS_MAX: Final = 500
VOUCHERS_ASKED_MAX: Final = 200
UNMARKED: Final = "unmarked"
"""Stands for the fingerprint of a voucher that stands there without its mark: it is asked for when it is gone."""
VOUCHERS_POLL: Final = "vouchers_poll"
_MARKED: Final = re.compile(rf"{MARK}(\d+)")


@dataclass(frozen=True, slots=True)
class VouchersPoll:
    """Costs no call while no draft voucher of ours stands in e-conomic, and one for each thousand entries otherwise.
    Asks once for each that has gone or been changed; what one is changed to is remembered by a fingerprint."""

    name: str
    flow: Flow
    timing: Timing

    def run(self, context: RoutineContext) -> RoutineResult:
        """List our draft entries and ask for the invoices whose voucher is not among them as it was."""
        # what was made a moment ago may not be listed yet, and would be taken for deleted
        rows = Link.in_scope.filter(
            epoch=context.agreement.ledger_epoch,
            kind=self.flow.kind,
            economic_kind=DRAFT_LINK,
            changed_at__lt=context.now - SETTLES,
        )
        linked = dict(rows.values_list("rackbeat_key", "version"))
        journal = context.choices.supplier_journal
        if not linked:
            return RoutineResult()
        vouchers = context.clients.economic.vouchers
        current = _by_key(_marked(vouchers, journal)) if journal is not None else {}
        for other in sorted(self._journals_of([key for key in linked if key not in current], linked)):
            if other != journal:
                current |= _by_key(_marked(vouchers, other))
        seen = {key: _fingerprint_of(current[key]) if key in current else "" for key in linked}
        seen |= dict.fromkeys(self._standing_unmarked(context, [key for key in linked if key not in current]), UNMARKED)
        before: dict[str, str] = context.remembered.get("seen", {})
        news = [key for key in sorted(linked) if before.get(key) != seen[key] and seen[key] != UNMARKED]
        changed = [key for key in news if key not in current or self._is_changed(key, linked[key], current[key])]
        return RoutineResult(tuple(record_of(self.flow, key) for key in changed), remembered={"seen": seen})

    def _standing_unmarked(self, context: RoutineContext, keys: Sequence[str]) -> set[str]:
        """Those that are told to stand without their mark and still do; a call for each journal that has some."""
        unmarked = Transfer.in_scope.filter(kind=self.flow.kind, key__in=keys[:KEYS_MAX], code=VOUCHER_UNMARKED)
        by_journal: dict[int, dict[int, str]] = {}
        for key, details in unmarked.values_list("key", "details"):
            journal, number = details.get("journal", ""), details.get("voucher", "").rpartition("-")[2]
            if journal.isdecimal() and number.isdecimal():
                by_journal.setdefault(int(journal), {})[int(number)] = key
        journals = context.clients.economic.journals
        return {
            keys_by_voucher[voucher]
            for journal, keys_by_voucher in by_journal.items()
            for voucher in journals.standing(journal, list(keys_by_voucher)[:VOUCHERS_ASKED_MAX])
        }

    def _is_changed(self, key: str, version: str, entries: Sequence[DraftEntry]) -> bool:
        """Whether the entries are others than we sent, as far as what we sent is still known."""
        sent = self._sent(key, version)
        return sent is not None and bool(changes_in(sent.voucher, entries))

    def _journals_of(self, keys: Sequence[str], versions: Mapping[str, str]) -> set[int]:
        """Where these were made, or where a person has moved them: another journal than is chosen today."""
        made = (self._sent(key, versions[key]) for key in keys)
        moved = Transfer.in_scope.filter(kind=self.flow.kind, key__in=keys[:KEYS_MAX], code=VOUCHER_MOVED)
        journals = {details.get("journal", "") for details in moved.values_list("details", flat=True)}
        return {sent.journal for sent in made if sent is not None} | {int(one) for one in journals if one.isdecimal()}

    def _sent(self, key: str, version: str) -> SentVoucher | None:
        intents = Intent.in_scope.filter(transfer__kind=self.flow.kind, transfer__key=key, step__in=(VOUCHER, MOVE))
        latest = {intent.step: intent for intent in intents.order_by("try_epoch")}
        return latest_sent(latest.get(VOUCHER), latest.get(MOVE), version)


def _marked(vouchers: Vouchers, journal: int) -> list[DraftEntry]:
    """None where the journal is gone."""
    try:
        return vouchers.marked(journal, MARK)
    except NotFoundError:
        return []


def _by_key(entries: Iterable[DraftEntry]) -> dict[str, list[DraftEntry]]:
    by_key: dict[str, list[DraftEntry]] = {}
    for entry in sorted(entries, key=lambda one: one.journalEntryNumber):
        marked = _MARKED.search(entry.text)
        if marked is not None:
            by_key.setdefault(marked[1], []).append(entry)
    return by_key


def _fingerprint_of(entries: Sequence[DraftEntry]) -> str:
    return fingerprint([msgspec.to_builtins(entry, builtin_types=(Decimal,)) for entry in entries])
