"""Facts with everything switched on and nothing wrong, and hands to spoil one thing at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from lagerbro.agreements.directory import (
    Account,
    CustomerGroup,
    Directory,
    Journal,
    Layout,
    ProductGroup,
    RackbeatGroup,
    RackbeatLayout,
    VatCode,
    VatKind,
    VatZone,
)
from lagerbro.books.choices import NO_ITEM_GROUP, NOT_USED, Choices, Frequency, StockSplit
from lagerbro.checks.facts import ConnectedSystems, EconomicFacts, Facts, FailedRead, Item, Period, RackbeatFacts, Year

P, S = "profitAndLoss", "status"
TODAY = date(2026, 3, 10)
ACCOUNTS = (
    Account(1000, "OMSÆTNING", "heading"),
    Account(1010, "Salg", P, "U25"),
    Account(1020, "Salg EU", P, "UEUV"),
    Account(1030, "Salg udland", P, "ABR"),
    Account(1040, "Momsfrit salg", P),
    Account(1050, "Salg til private i Sverige", P, "SE25"),
    Account(1310, "Varekøb", P, "I25"),
    Account(1320, "Varekøb EU", P, "IEUV"),
    Account(1330, "Varekøb udland", P, "IVV"),
    Account(1350, "Vareforbrug", P),
    Account(1390, "Varekøb, ikke fordelt", P),
    Account(5820, "Varelager", S),
    Account(5830, "Andet lager", S),
    Account(6800, "Varekreditorer", S, blocked=True),
)
CODES = (
    VatCode("U25", "Salgsmoms", "25", VatKind.SALES),
    VatCode("UEUV", "Salg EU", "0", VatKind.SALES),
    VatCode("ABR", "Salg udland", "0", VatKind.SALES),
    VatCode("SE25", "Salg Sverige", "25", VatKind.SALES),
    VatCode("I25", "Købsmoms", "25", VatKind.PURCHASES),
    VatCode("IEUV", "Køb af varer i EU", "25", VatKind.REVERSE_CHARGE),
    VatCode("IVV", "Køb af varer uden for EU", "25", VatKind.REVERSE_CHARGE),
)
GROUPS = {1: "Cykler", 2: "Tilbehør"}
SALES = {1: 1010, 2: 1020, 3: 1030, 4: 1040, 9: 1050}
DIRECTORY = Directory(
    accounts={row.number: row for row in ACCOUNTS},
    vat_codes={row.code: row for row in CODES},
    journals={2: Journal(2, "Lagerværdi", "financeVoucher"), 4: Journal(4, "Leverandører", "supplierInvoice")},
    layouts={1: Layout(1, "Dansk"), 2: Layout(2, "Engelsk")},
    customer_groups={1: CustomerGroup(1, "Danske", 5600)},
    product_groups={1: ProductGroup(1, "Cykler", SALES), 2: ProductGroup(2, "Tilbehør", SALES)},
    vat_zones={
        n: VatZone(n, name, for_customers=True, for_suppliers=n < 4)
        for n, name in {1: "Domestic", 2: "EU", 3: "Abroad", 4: "Exempt", 9: "Sverige"}.items()
    },
    rackbeat_groups={
        n: RackbeatGroup(n, name, vat_domestic=Decimal(25)) for n, name in ((1, "Cykler"), (2, "Tilbehør"))
    },
    rackbeat_layouts={1: RackbeatLayout(1, "Standard"), 2: RackbeatLayout(2, "English")},
)
CHOICES = Choices(
    suppliers_enabled=True,
    supplier_group_account=6800,
    supplier_journal=4,
    fallback_account=1390,
    purchase_accounts={
        **{f"{row}.{zone}": account for row in "12" for zone, account in (("domestic", 1310), ("eu", 1320))},
        "1.abroad": 1330,
        "2.abroad": NOT_USED,
        **{f"{NO_ITEM_GROUP}.{zone}": NOT_USED for zone in ("domestic", "eu", "abroad")},
    },
    sales_enabled=True,
    use_actual_quantity=True,
    book_on_booking=True,
    never_book_ean=True,
    mark_shipped=True,
    empty_line_item="TEKST",
    rounding_item="ØRE",
    oss_enabled=True,
    layouts={"2": 2},
    default_layout=1,
    stock_value_enabled=True,
    stock_frequency=Frequency.DAILY,
    stock_journal=2,
    stock_account=5820,
    stock_contra_account=1350,
    startup_sync=True,
)
SOUND = Facts(
    today=TODAY,
    choices=CHOICES,
    directory=DIRECTORY,
    connected=ConnectedSystems(agreement_number=1, account_id=2),
    economic=EconomicFacts(
        agreement_number=1,
        company_name="Nordlys",
        cvr="99000000",
        country="Danmark",
        base_currency="DKK",
        sends_e_invoices=True,
        roles=frozenset({"SuperUser"}),
        modules=frozenset({3}),
        payment_terms=frozenset({1}),
        currencies=frozenset({"DKK", "EUR"}),
        years=(
            Year(key="2026", first=date(2026, 1, 1), last=date(2026, 12, 31)),
            Year(key="2027", first=date(2027, 1, 1), last=date(2027, 12, 31)),
        ),
        periods=(Period(first=date(2026, 3, 1), last=date(2026, 3, 31)),),
        last_booked_invoice=900,
    ),
    rackbeat=RackbeatFacts(
        account_id=2,
        customer_currencies={"DKK": 3, "EUR": 1},
        supplier_currencies={"DKK": 2, "EUR": 1},
        company_name="Nordlys",
        cvr="DK99000000",
        country="Danmark",
        base_currency="DKK",
        customer_groups={1: "Danske"},
        payment_terms={1: "Netto 8"},
        next_invoice=1001,
        items={"TEKST": Item(number="TEKST"), "ØRE": Item(number="ØRE")},
    ),
    skew_s=0.5,
)


@dataclass(frozen=True)
class Spoil:
    """Ways to make one thing different."""

    facts: Facts = SOUND

    def but(self, **changes: Any) -> Facts:
        return replace(self.facts, **changes)

    def choices(self, **changes: Any) -> Facts:
        return self.but(choices=replace(self.facts.choices, **changes))

    def cell(self, name: str, account: object) -> Facts:
        return self.choices(purchase_accounts={**self.facts.choices.purchase_accounts, name: account})

    def split(self, account: int) -> Facts:
        return self.choices(stock_split=StockSplit.GROUP, stock_split_accounts={"group.2.stock": account})

    def without_cell(self, name: str) -> Facts:
        left = {key: value for key, value in self.facts.choices.purchase_accounts.items() if key != name}
        return self.choices(purchase_accounts=left)

    def ledger(self, **changes: Any) -> Facts:
        return self.but(economic=replace(self.facts.economic, **changes))

    def warehouse(self, **changes: Any) -> Facts:
        return self.but(rackbeat=replace(self.facts.rackbeat, **changes))

    def directory(self, register: str, key: object, **changes: Any) -> Facts:
        """Change one record of a register; without changes take it away."""
        rows = dict(getattr(self.facts.directory, register))
        if changes:
            rows[key] = replace(rows[key], **changes)
        else:
            del rows[key]
        return self.but(directory=replace(self.facts.directory, **{register: rows}))

    def account(self, number: int, **changes: Any) -> Facts:
        return self.directory("accounts", number, **changes)

    def journal(self, number: int, **changes: Any) -> Facts:
        return self.directory("journals", number, **changes)

    def item(self, number: str, **changes: Any) -> Facts:
        items: dict[str, Item | None] = dict(self.facts.rackbeat.items)
        present = items[number]
        assert present is not None
        items[number] = replace(present, **changes) if changes else None
        return self.warehouse(items=items)

    def failed_read(self, system: str = "e-conomic", code: str = "server_error", **more: Any) -> Facts:
        return self.but(failed_reads=(FailedRead(source="accounts", system=system, code=code, **more),))
