"""Whether an account, a journal or a layout can do the work of a question, and why not.

`Misfit.blocks` says that it cannot be chosen; else it can, and the page says what speaks against it. Pure; the words
are in `web.views.settings.misfit_words`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lagerbro.agreements.directory import PROFIT_AND_LOSS, STATUS, Account, Directory, Journal, Layout, VatCode, VatKind
from lagerbro.books.choices import SplitSide, split_place
from lagerbro.books.zones import Zone


@dataclass(frozen=True, slots=True)
class Misfit:
    """One thing that speaks against a choice: a code, whether it forbids the choice, and details for the sentence."""

    code: str
    blocks: bool = True
    details: Mapping[str, str] = field(default_factory=dict)


_SUPPLIER_INVOICE: Final = "supplierInvoice"
_FINANCE_VOUCHER: Final = "financeVoucher"


def account_misfits(key: str, account: Account, directory: Directory) -> tuple[Misfit, ...]:
    """What speaks against the account as the answer to the question, blocking reasons first.

    `key` is a question's, or a cell's: `purchase_accounts:<group>.<zone>`, or one of the split's,
    `stock_split_accounts:<split>.<number>.<side>`. All but the supplier groups' control account
    take postings of ours, so they may not be blocked for direct entries (domain-rules H6).
    """
    return tuple(sorted(_account_misfits(key, account, directory), key=lambda misfit: not misfit.blocks))


def journal_misfits(key: str, journal: Journal) -> tuple[Misfit, ...]:
    """What speaks against the journal: its entry type (A10, A28), locked VAT codes (H19, H27), approval (E5)."""
    return tuple(sorted(_journal_misfits(key, journal), key=lambda misfit: not misfit.blocks))


def layout_misfits(layout: Layout) -> tuple[Misfit, ...]:
    return (Misfit("layout_deleted"),) if layout.deleted else ()


def vat_contradiction(code: VatCode | None, zone: Zone) -> Misfit | None:
    """What is wrong with a VAT code in a column of the grid (domain-rules A12, C8, H20); None when nothing is."""
    if zone is Zone.DOMESTIC_EXEMPT:
        return Misfit("vat_in_exempt_zone", details={"vat": code.code}) if code else None
    if code is None:
        # Abroad the customs statement brings the VAT (C8c); at home some goods and services carry none.
        return Misfit("no_vat_in_eu", blocks=False) if zone is Zone.EU else None
    if code.kind is VatKind.SALES:
        return Misfit("sales_vat", blocks=False, details={"vat": code.code})
    wanted = VatKind.PURCHASES if zone is Zone.DOMESTIC else VatKind.REVERSE_CHARGE
    if code.kind not in (wanted, VatKind.UNKNOWN):
        return Misfit(f"vat_contradicts_{zone.value}", blocks=False, details={"vat": code.code, "name": code.name})
    return _wrong_region(code, zone)


def region_of(code: VatCode) -> Zone | None:
    """EU or abroad, where the name of a reverse-charge code says so."""
    if code.kind is not VatKind.REVERSE_CHARGE:
        return None
    name = f" {code.name.casefold()} "
    if any(words in name for words in _ABROAD):
        return Zone.ABROAD
    return Zone.EU if " eu" in name or code.code.upper().startswith("IEU") else None


_ABROAD: Final = (
    "uden for eu",
    "udenfor eu",
    "ikke-eu",
    "ikke eu",
    "outside",
    "non-eu",
    "udland",
    "abroad",
    "import",
    "verden",
    "tredjeland",
    "3. land",
)


def _wrong_region(code: VatCode, zone: Zone) -> Misfit | None:
    region = region_of(code)
    if region is None or region is zone:
        return None
    return Misfit(f"vat_contradicts_{zone.value}", blocks=False, details={"vat": code.code, "name": code.name})


def _account_misfits(key: str, account: Account, directory: Directory) -> Iterator[Misfit]:
    name, _, place = key.partition(":")
    if not account.takes_entries:
        yield Misfit("not_postable")
        return
    if account.barred:
        yield Misfit("barred")
    if name == "supplier_group_account":
        if account.type != STATUS:
            yield Misfit("not_balance_sheet")
        return
    if account.blocked:
        yield Misfit("blocked")
    if name in ("stock_account", "stock_contra_account"):
        yield from _stock_misfits(name, account)
        return
    if name == "stock_split_accounts":
        yield from _stock_misfits(_LIKE[split_place(place)[2]], account)
        return
    yield from _purchase_misfits(place, account, directory)


_LIKE: Final = {SplitSide.STOCK: "stock_account", SplitSide.CONTRA: "stock_contra_account"}
"""A cell of the split is an account like the main one of its side."""


def _stock_misfits(name: str, account: Account) -> Iterator[Misfit]:
    if account.vat_code:
        yield Misfit("carries_vat", details={"vat": account.vat_code})
    if name == "stock_account" and account.type != STATUS:
        yield Misfit("not_balance_sheet")
    if name == "stock_contra_account" and account.type != PROFIT_AND_LOSS:
        yield Misfit("not_profit_and_loss", blocks=False)


def _purchase_misfits(place: str, account: Account, directory: Directory) -> Iterator[Misfit]:
    code = directory.vat_of(account)
    if code is not None and code.barred:
        yield Misfit("vat_code_barred", details={"vat": code.code})
    if account.type == STATUS:
        yield Misfit("balance_sheet_purchase", blocks=False)
    if place:
        wrong = vat_contradiction(code, Zone(place.rpartition(".")[2]))
        if wrong is not None:
            yield wrong


def _journal_misfits(key: str, journal: Journal) -> Iterator[Misfit]:
    wanted = _SUPPLIER_INVOICE if key == "supplier_journal" else _FINANCE_VOUCHER
    if journal.entry_type not in ("", wanted):
        yield Misfit(f"journal_not_{'for_suppliers' if key == 'supplier_journal' else 'for_finance'}")
    if journal.locks_vat_codes:
        yield Misfit("journal_locks_vat", blocks=key == "stock_journal")
    if journal.is_standing:
        yield Misfit("journal_standing", blocks=False)
    if journal.needs_approval:
        yield Misfit("journal_needs_approval", blocks=False)
