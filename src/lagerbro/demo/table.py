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


def formatted_amount(value: Decimal | None) -> str:
    """1,234.56 with a true minus."""
    return "" if value is None else f"{value:,.2f}".replace("-", "−")


def documents_table(links: Sequence[Link]) -> Table:
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
        rackbeat, economic = link.amounts()
        number = link.economic_key if link.economic_kind == "booked_invoice" else f"draft {link.economic_key}"
        table.add_row(
            "Rackbeat\ne-conomic",
            f"{link.rackbeat_key}\n{number}",
            link.name,
            link.currency,
            f"{formatted_amount(rackbeat.net)}\n{formatted_amount(economic.net)}",
            f"{formatted_amount(rackbeat.vat)}\n{formatted_amount(economic.vat)}",
            f"{formatted_amount(rackbeat.gross)}\n{formatted_amount(economic.gross)}",
            Text("=", "green") if rackbeat == economic else Text("≠", "bold red"),
        )
    return table


def ledger_table(entries: Sequence[Mapping[str, Any]], accounts: Mapping[int, str]) -> Table:
    """Every entry in base currency, voucher by voucher, with its sums."""
    table = Table(
        title="Ledger in e-conomic (base currency)", title_justify="left", header_style="bold", show_footer=True
    )
    debit = [_base_amount(entry) for entry in entries if _base_amount(entry) > 0]
    credit = [-_base_amount(entry) for entry in entries if _base_amount(entry) < 0]
    table.add_column("Voucher", justify="right", footer="")
    table.add_column("Account", footer="Sum")
    table.add_column("VAT", footer="")
    table.add_column("Debit", justify="right", footer=formatted_amount(total_of(debit)))
    table.add_column("Credit", justify="right", footer=formatted_amount(total_of(credit)))
    for entry in sorted(entries, key=lambda entry: (entry["voucherNumber"], entry["entryNumber"])):
        number, value = entry["account"]["accountNumber"], _base_amount(entry)
        table.add_row(
            str(entry["voucherNumber"]),
            f"{number} {accounts.get(number, '')}",
            entry.get("vatAccount", {}).get("vatCode", ""),
            formatted_amount(value) if value > 0 else "",
            formatted_amount(-value) if value < 0 else "",
        )
    return table


def voucher_balances(entries: Sequence[Mapping[str, Any]]) -> dict[int, Decimal]:
    """What each voucher's entries add up to: nothing, if the books are right."""
    sums: dict[int, Decimal] = {}
    for entry in entries:
        sums[entry["voucherNumber"]] = sums.get(entry["voucherNumber"], ZERO) + _base_amount(entry)
    return sums


def books_table(
    links: Sequence[Link], entries: Sequence[Mapping[str, Any]], accounts: Mapping[int, str]
) -> RenderableType:
    return Group(documents_table(links), Text(), ledger_table(entries, accounts))


def _base_amount(entry: Mapping[str, Any]) -> Decimal:
    return Decimal(entry["amountInBaseCurrency"])
