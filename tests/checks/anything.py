"""Any facts at all, sensible or not, for the property that no check ever raises."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

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
from lagerbro.books.zones import Zone
from lagerbro.checks.facts import Addresses, EconomicFacts, Facts, FailedRead, Item, Period, RackbeatFacts, Year

NAMES = st.text(max_size=8)
NUMBERS = st.integers(-3, 12)
ZONES = st.sampled_from([zone.value for zone in Zone] + ["", "moon"])


@st.composite
def directories(draw: st.DrawFn) -> Directory:
    accounts = st.builds(
        Account,
        NUMBERS,
        NAMES,
        st.sampled_from(["status", "profitAndLoss", "heading", ""]),
        st.sampled_from(["", "A", "B"]),
        st.booleans(),
        st.booleans(),
    )
    codes = st.builds(
        VatCode,
        st.sampled_from(["A", "B"]),
        NAMES,
        st.sampled_from(["0", "25"]),
        st.sampled_from(VatKind),
        st.booleans(),
    )
    journals = st.builds(
        Journal,
        NUMBERS,
        NAMES,
        st.sampled_from(["", "financeVoucher", "supplierInvoice", "other"]),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    )
    sales = st.none() | st.dictionaries(NUMBERS, NUMBERS, max_size=4)
    percent = st.none() | st.sampled_from([Decimal(0), Decimal("25.00"), Decimal("6.25")])
    rows: dict[str, st.SearchStrategy[Any]] = {
        "accounts": accounts,
        "journals": journals,
        "layouts": st.builds(Layout, NUMBERS, NAMES, st.booleans()),
        "customer_groups": st.builds(CustomerGroup, NUMBERS, NAMES, NUMBERS),
        "product_groups": st.builds(ProductGroup, NUMBERS, NAMES, sales, st.booleans()),
        "vat_zones": st.builds(VatZone, NUMBERS, NAMES, st.booleans(), st.booleans()),
        "rackbeat_groups": st.builds(RackbeatGroup, NUMBERS, NAMES, st.booleans(), percent),
        "rackbeat_layouts": st.builds(RackbeatLayout, NUMBERS, NAMES),
    }
    drawn: dict[str, Any] = {
        name: {row.number: row for row in draw(st.lists(kind, max_size=4))} for name, kind in rows.items()
    }
    return Directory(vat_codes={row.code: row for row in draw(st.lists(codes, max_size=2))}, **drawn)


def choices() -> st.SearchStrategy[Choices]:
    cells = st.builds(lambda row, zone: f"{row}.{zone}", NUMBERS.map(str) | st.just(NO_ITEM_GROUP), ZONES) | NAMES
    number = st.none() | NUMBERS
    return st.builds(
        Choices,
        suppliers_enabled=st.booleans(),
        supplier_group_account=number,
        supplier_journal=number,
        fallback_account=number,
        purchase_accounts=st.dictionaries(cells, NUMBERS | st.just(NOT_USED), max_size=5),
        sales_enabled=st.booleans(),
        book_on_booking=st.booleans(),
        never_book_ean=st.booleans(),
        empty_line_item=st.none() | NAMES,
        rounding_item=st.none() | NAMES,
        oss_enabled=st.booleans(),
        layouts=st.dictionaries(NAMES, NUMBERS, max_size=3),
        default_layout=number,
        stock_value_enabled=st.booleans(),
        stock_frequency=st.none() | st.sampled_from(Frequency),
        stock_journal=number,
        stock_account=number,
        stock_contra_account=number,
        stock_split=st.sampled_from(StockSplit),
        stock_split_accounts=st.dictionaries(
            st.sampled_from(["group.1.stock", "group.1.contra", "group.2.stock", "location.1.contra"]), NUMBERS
        ),
        startup_sync=st.booleans(),
    )


DAYS = st.dates() | st.just(date.max) | st.just(date.min)
TEXTS = st.none() | NAMES
YEARS = st.builds(Year, key=NAMES, first=DAYS, last=DAYS, closed=st.booleans())
PERIODS = st.builds(Period, first=DAYS, last=DAYS, closed=st.booleans(), barred=st.booleans())


def ledgers() -> st.SearchStrategy[EconomicFacts]:
    return st.builds(
        EconomicFacts,
        agreement_number=st.none() | NUMBERS,
        cvr=TEXTS,
        country=TEXTS,
        base_currency=TEXTS,
        sends_e_invoices=st.none() | st.booleans(),
        roles=st.none() | st.frozensets(st.sampled_from(["SuperUser", "Sales", "Bookkeeping"])),
        modules=st.none() | st.frozensets(NUMBERS),
        read_only=st.booleans(),
        payment_terms=st.none() | st.frozensets(NUMBERS),
        years=st.none() | st.lists(YEARS, max_size=3).map(tuple),
        periods=st.none() | st.lists(PERIODS, max_size=3).map(tuple),
        last_booked_invoice=st.none() | NUMBERS,
    )


def warehouses() -> st.SearchStrategy[RackbeatFacts]:
    item = st.builds(Item, number=NAMES, name=NAMES, barred=st.booleans(), stock_tracked=st.booleans())
    named = st.none() | st.dictionaries(NUMBERS, NAMES, max_size=3)
    return st.builds(
        RackbeatFacts,
        account_id=st.none() | NUMBERS,
        cvr=TEXTS,
        country=TEXTS,
        base_currency=TEXTS,
        customer_groups=named,
        payment_terms=named,
        next_invoice=st.none() | NUMBERS,
        items=st.dictionaries(NAMES, st.none() | item, max_size=3),
    )


def anything() -> st.SearchStrategy[Facts]:
    unread = st.builds(
        FailedRead,
        source=NAMES,
        system=st.sampled_from(["e-conomic", "Rackbeat"]),
        code=st.sampled_from(["grant_revoked", "access_denied", "server_error", ""]),
        message=NAMES | st.just("READ-ONLY"),
        needed=st.booleans(),
    )
    url = NAMES | st.sampled_from(["http://localhost", "https://[::1]", "https://1.2.3.4", "http://[", "https://a.dk"])
    return st.builds(
        Facts,
        today=DAYS,
        choices=choices(),
        directory=directories(),
        registers_read=st.frozensets(st.sampled_from(Directory.__struct_fields__)),
        addresses=st.builds(Addresses, public_url=url, rackbeat_url=url),
        startup_used=st.booleans(),
        economic=ledgers(),
        rackbeat=warehouses(),
        failed_reads=st.lists(unread, max_size=3).map(tuple),
        skew_s=st.none() | st.floats(-1e9, 1e9),
    )
