"""From the fallback account to the right one: which draft entries are to be put where (domain-rules A11, E.2 no. 5).

An entry is moved whole, with its amount: nothing is added, split or taken away, so the voucher comes to the invoice's
total at every moment. Where lines that fell back together now belong apart, a person moves them. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from lagerbro.economic.types import AccountRef
from lagerbro.economic.voucher_types import DraftEntry, NewEntries, SupplierInvoiceEntry, VatCodeRef
from lagerbro.flows.supplier_invoices.parts import Coding
from lagerbro.flows.supplier_invoices.plan import Purchase
from lagerbro.flows.supplier_invoices.reasons import FALLBACK_MOVED, FALLBACK_STAYS, FALLBACK_USED
from lagerbro.flows.supplier_invoices.steps import SentVoucher
from lagerbro.sync.reasons import Reason

NOWHERE: Final = Coding(0, "")


@dataclass(frozen=True, slots=True)
class Move:
    """`codings`: the new place of draft entries, by their number. `sent`: what stands in e-conomic then."""

    codings: dict[int, Coding]
    sent: SentVoucher


def possible_move(sent: SentVoucher, current: Sequence[DraftEntry], purchase: Purchase) -> Move | None:
    """What can be moved now; None where all that fell back still belongs where it is, or is booked.

    `current` are the entries as they stand, untouched; `purchase` is the plan of today.
    """
    standing = {_coding_of(entry) for entry in current}
    targets = {coding: target for coding, target in _targets(sent, purchase).items() if coding in standing}
    if not targets:
        return None
    entries = [_recoded(entry, targets) for entry in sent.voucher.entries.supplierInvoices]
    voucher = msgspec.structs.replace(sent.voucher, entries=NewEntries(supplierInvoices=entries))
    reasons = [(one.code, dict(one.details)) for one in _reasons_after(sent, targets)]
    after = msgspec.structs.replace(sent, voucher=voucher, stored_reasons=reasons)
    return Move(codings_after(sent, after, current), after)


def codings_after(before: SentVoucher, after: SentVoucher, current: Sequence[DraftEntry]) -> dict[int, Coding]:
    """Where the entries that still stand where they were sent are to be put, by their number."""
    pairs = zip(before.voucher.entries.supplierInvoices, after.voucher.entries.supplierInvoices, strict=True)
    changed = {_coding_of(old): _coding_of(new) for old, new in pairs if _coding_of(old) != _coding_of(new)}
    return {entry.journalEntryNumber: changed[coding] for entry in current if (coding := _coding_of(entry)) in changed}


def reasons_of_unmoved(sent: SentVoucher, purchase: Purchase) -> list[Reason]:
    """What is told of a voucher that cannot be moved; where lines that fell back together now belong apart, a person
    has to split them."""
    codings_of_today = _codings_of_today(sent, purchase)
    reasons = []
    for one in sent.reasons():
        targets = codings_of_today.get(_fallback_coding(one) or NOWHERE, [])
        if len(set(targets)) > 1 and NOWHERE not in targets:
            accounts = ", ".join(str(target.account) for target in sorted(set(targets)))
            reasons.append(Reason(FALLBACK_STAYS, {**one.details, "accounts": accounts}))
        else:
            reasons.append(one)
    return reasons


def _targets(sent: SentVoucher, purchase: Purchase) -> dict[Coding, Coding]:
    """Where each entry on the fallback account is to go, if all of it goes to one place."""
    codings = {part.coding for part in purchase.parts}
    codings_of_today = _codings_of_today(sent, purchase)
    return {
        coding: targets[0]
        for coding, targets in codings_of_today.items()
        if len(set(targets)) == 1 and NOWHERE not in targets and coding not in codings
    }


def _codings_of_today(sent: SentVoucher, purchase: Purchase) -> dict[Coding, list[Coding]]:
    """Where the lines of each entry on the fallback account belong today; `NOWHERE`: they stay."""
    codings_of_today: dict[Coding, list[Coding]] = {}
    for one in sent.reasons():
        coding = _fallback_coding(one)
        if coding is not None:
            cell = purchase.cells.get(one.details.get("group", ""))
            is_mended = cell is not None and cell.fallback is None
            target = Coding(cell.account, cell.vat_code) if cell is not None and is_mended else NOWHERE
            codings_of_today.setdefault(coding, []).append(target)
    return codings_of_today


def _reasons_after(sent: SentVoucher, targets: dict[Coding, Coding]) -> list[Reason]:
    reasons = []
    for one in sent.reasons():
        coding = _fallback_coding(one)
        if coding in targets:
            target = targets[coding]
            details = {**one.details, "account": str(target.account), "vat": target.vat_code}
            reasons.append(Reason(FALLBACK_MOVED, details))
        else:
            reasons.append(one)
    return reasons


def _fallback_coding(reason: Reason) -> Coding | None:
    if reason.code != FALLBACK_USED:
        return None
    return Coding(int(reason.details["fallback"]), reason.details["vat"])


def _coding_of(entry: DraftEntry | SupplierInvoiceEntry) -> Coding:
    account = entry.contraAccount.accountNumber if entry.contraAccount is not None else 0
    return Coding(account, entry.contraVatAccount.vatCode if entry.contraVatAccount is not None else "")


def _recoded(entry: SupplierInvoiceEntry, targets: dict[Coding, Coding]) -> SupplierInvoiceEntry:
    coding = targets.get(_coding_of(entry), _coding_of(entry))
    vat_code = VatCodeRef(coding.vat_code) if coding.vat_code else None
    return msgspec.structs.replace(entry, contraAccount=AccountRef(coding.account), contraVatAccount=vat_code)
