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
from lagerbro.flows.supplier_invoices.plan import Purchase
from lagerbro.flows.supplier_invoices.steps import SentVoucher
from lagerbro.flows.supplier_invoices.told import FALLBACK_MOVED, FALLBACK_STAYS, FALLBACK_USED
from lagerbro.sync.reasons import Reason

Place = tuple[int, str]
"""An account and a VAT code."""
NOWHERE: Final[Place] = (0, "")


@dataclass(frozen=True, slots=True)
class Move:
    """`to`: the new place of draft entries, by their number. `sent`: what stands in e-conomic then."""

    to: dict[int, Place]
    sent: SentVoucher


def move_of(sent: SentVoucher, standing: Sequence[DraftEntry], purchase: Purchase) -> Move | None:
    """What can be moved now; None where all that fell back still belongs where it is.

    `standing` are the entries as they stand, untouched; `purchase` is the plan of today.
    """
    targets = _targets(sent, purchase)
    if not targets:
        return None
    entries = [_moved(entry, targets) for entry in sent.voucher.entries.supplierInvoices]
    voucher = msgspec.structs.replace(sent.voucher, entries=NewEntries(supplierInvoices=entries))
    told = [(one.code, dict(one.details)) for one in _told(sent, targets)]
    after = msgspec.structs.replace(sent, voucher=voucher, told=told)
    return Move(places_after(sent, after, standing), after)


def places_after(before: SentVoucher, after: SentVoucher, standing: Sequence[DraftEntry]) -> dict[int, Place]:
    """Where the entries that still stand where they were sent are to be put, by their number."""
    pairs = zip(before.voucher.entries.supplierInvoices, after.voucher.entries.supplierInvoices, strict=True)
    changed = {_place_of(old): _place_of(new) for old, new in pairs if _place_of(old) != _place_of(new)}
    return {entry.journalEntryNumber: changed[place] for entry in standing if (place := _place_of(entry)) in changed}


def stays(sent: SentVoucher, purchase: Purchase) -> list[Reason]:
    """What is told of a voucher that cannot be moved; where lines that fell back together now belong apart, a person
    has to split them."""
    wanted = _wanted(sent, purchase)
    told = []
    for one in sent.everything_told():
        goes_to = wanted.get(_fallback_place(one) or NOWHERE, [])
        if len(set(goes_to)) > 1 and NOWHERE not in goes_to:
            accounts = ", ".join(str(account) for account, _ in sorted(set(goes_to)))
            told.append(Reason(FALLBACK_STAYS, {**one.details, "accounts": accounts}))
        else:
            told.append(one)
    return told


def _targets(sent: SentVoucher, purchase: Purchase) -> dict[Place, Place]:
    """Where each entry on the fallback account is to go, if all of it goes to one place."""
    kept = {(part.account, part.vat_code) for part in purchase.parts}
    wanted = _wanted(sent, purchase)
    return {
        place: goes_to[0]
        for place, goes_to in wanted.items()
        if len(set(goes_to)) == 1 and NOWHERE not in goes_to and place not in kept
    }


def _wanted(sent: SentVoucher, purchase: Purchase) -> dict[Place, list[Place]]:
    """Where the lines of each entry on the fallback account belong today; `NOWHERE`: they stay."""
    wanted: dict[Place, list[Place]] = {}
    for one in sent.everything_told():
        place = _fallback_place(one)
        if place is not None:
            chosen = purchase.cells.get(one.details.get("group", ""))
            is_mended = chosen is not None and chosen.fallback is None
            goes_to = (chosen.account, chosen.vat_code) if chosen is not None and is_mended else NOWHERE
            wanted.setdefault(place, []).append(goes_to)
    return wanted


def _told(sent: SentVoucher, targets: dict[Place, Place]) -> list[Reason]:
    told = []
    for one in sent.everything_told():
        place = _fallback_place(one)
        if place in targets:
            account, code = targets[place]
            told.append(Reason(FALLBACK_MOVED, {**one.details, "account": str(account), "vat": code}))
        else:
            told.append(one)
    return told


def _fallback_place(told: Reason) -> Place | None:
    if told.code != FALLBACK_USED:
        return None
    return int(told.details["fallback"]), told.details["vat"]


def _place_of(entry: DraftEntry | SupplierInvoiceEntry) -> Place:
    account = entry.contraAccount.accountNumber if entry.contraAccount is not None else 0
    return account, entry.contraVatAccount.vatCode if entry.contraVatAccount is not None else ""


def _moved(entry: SupplierInvoiceEntry, targets: dict[Place, Place]) -> SupplierInvoiceEntry:
    account, code = targets.get(_place_of(entry), _place_of(entry))
    code_sent = VatCodeRef(code) if code else None
    return msgspec.structs.replace(entry, contraAccount=AccountRef(account), contraVatAccount=code_sent)
