"""The demo's last picture: both numbers, both sides' amounts, and the ledger entries that came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from lagerbro.money import ZERO, total_of
from lagerbro.sync.models import Link


def amount(value: Decimal | None) -> str:
    """1,234.56 with a true minus."""
    return "" if value is None else f"{value:,.2f}".replace("-", "−")


def documents(links: Sequence[Link]) -> Table:
    """Two lines a document, one for each side: the same amounts, or a mark where they are not."""
    table = Table(title="Documents", title_justify="left", header_style="bold", show_lines=True)
    table.add_column("Side", no_wrap=True)
    table.add_column("Number", justify="right", no_wrap=True)
    table.add_column("Customer", ratio=1)
    table.add_column("", no_wrap=True)
    for name in ("Net", "VAT", "Gross"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for link in links:
        ours, theirs = link.amounts()
        number = link.economic_key if link.economic_kind == "booked_invoice" else f"draft {link.economic_key}"
        table.add_row(
            "Rackbeat\ne-conomic",
            f"{link.rackbeat_key}\n{number}",
            link.name,
            link.currency,
            f"{amount(ours.net)}\n{amount(theirs.net)}",
            f"{amount(ours.vat)}\n{amount(theirs.vat)}",
            f"{amount(ours.gross)}\n{amount(theirs.gross)}",
            Text("=", "green") if ours == theirs else Text("≠", "bold red"),
        )
    return table


def ledger(entries: Sequence[Mapping[str, Any]], accounts: Mapping[int, str]) -> Table:
    """Every entry in base currency, voucher by voucher, with its sums."""
    table = Table(
        title="Ledger in e-conomic (base currency)", title_justify="left", header_style="bold", show_footer=True
    )
    debit = [_base(entry) for entry in entries if _base(entry) > 0]
    credit = [-_base(entry) for entry in entries if _base(entry) < 0]
    table.add_column("Voucher", justify="right", footer="")
    table.add_column("Account", footer="Sum")
    table.add_column("VAT", footer="")
    table.add_column("Debit", justify="right", footer=amount(total_of(debit)))
    table.add_column("Credit", justify="right", footer=amount(total_of(credit)))
    for entry in sorted(entries, key=lambda entry: (entry["voucherNumber"], entry["entryNumber"])):
        number, value = entry["account"]["accountNumber"], _base(entry)
        table.add_row(
            str(entry["voucherNumber"]),
            f"{number} {accounts.get(number, '')}",
            entry.get("vatAccount", {}).get("vatCode", ""),
            amount(value) if value > 0 else "",
            amount(-value) if value < 0 else "",
        )
    return table


def balances(entries: Sequence[Mapping[str, Any]]) -> dict[int, Decimal]:
    """What each voucher's entries add up to: nothing, if the books are right."""
    sums: dict[int, Decimal] = {}
    for entry in entries:
        sums[entry["voucherNumber"]] = sums.get(entry["voucherNumber"], ZERO) + _base(entry)
    return sums


def picture(links: Sequence[Link], entries: Sequence[Mapping[str, Any]], accounts: Mapping[int, str]) -> RenderableType:
    return Group(documents(links), Text(), ledger(entries, accounts))


def _base(entry: Mapping[str, Any]) -> Decimal:
    return Decimal(entry["amountInBaseCurrency"])
