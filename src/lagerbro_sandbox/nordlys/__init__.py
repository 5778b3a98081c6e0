"""Nordlys Cykler ApS: the demo company. A shop and wholesaler of bicycles that does not exist."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from lagerbro_sandbox.company import AccountingYear, Company, Journal, Layout, Opening, PaymentTerms
from lagerbro_sandbox.nordlys.accounts import ACCOUNTS, VAT_CODES
from lagerbro_sandbox.nordlys.parties import CUSTOMER_GROUPS, SUPPLIER_GROUPS, customers, cvr, suppliers
from lagerbro_sandbox.nordlys.products import GROUPS, UNITS, products

BANK = Decimal("412350.75")
FIXTURES = Decimal("185000.00")
LOAN = Decimal("-250000.00")
YEARS = (
    AccountingYear(date(2024, 1, 1), date(2024, 12, 31), closed=True),
    AccountingYear(date(2025, 1, 1), date(2025, 12, 31)),
    AccountingYear(date(2026, 1, 1), date(2026, 12, 31)),
    AccountingYear(date(2027, 1, 1), date(2027, 12, 31)),
)
PAYMENT_TERMS = (
    PaymentTerms(1, "Netto 8 dage", "net", 8),
    PaymentTerms(2, "Netto 14 dage", "net", 14),
    PaymentTerms(3, "Løbende måned + 30 dage", "invoiceMonth", 30),
    PaymentTerms(4, "Kontant", "paidInCash", 0),
)
LAYOUTS = (Layout(1, "Dansk standard"), Layout(2, "Engelsk"), Layout(3, "EAN, offentlige kunder"))
JOURNALS = (
    Journal(1, "Daglig", 1),
    Journal(2, "Lagerværdi Rackbeat", 50001, entry_type="financeVoucher"),
    Journal(4, "Leverandørfakturaer Rackbeat", 40001, entry_type="supplierInvoice"),
)


def company() -> Company:
    """The company as it is on its first day: the same every time."""
    goods = products()
    stock = sum((item.stock * item.cost_price for item in goods), Decimal(0)).quantize(Decimal("0.01"))
    equity = -(stock + BANK + FIXTURES + LOAN)
    return Company(
        name="Nordlys Cykler ApS",
        agreement_number=1180001,
        rackbeat_account_id=4711,
        cvr=cvr(900),
        address="Havnegade 12",
        zip_code="8000",
        city="Aarhus C",
        country="Danmark",
        email="bogholderi@example.com",
        phone="00000000",
        base_currency="DKK",
        exchange_account=4470,
        vat_codes=VAT_CODES,
        accounts=ACCOUNTS,
        years=YEARS,
        payment_terms=PAYMENT_TERMS,
        layouts=LAYOUTS,
        units=UNITS,
        journals=JOURNALS,
        customer_groups=CUSTOMER_GROUPS,
        supplier_groups=SUPPLIER_GROUPS,
        product_groups=GROUPS,
        products=goods,
        customers=customers(),
        suppliers=suppliers(),
        openings=(
            Opening(5820, stock),
            Opening(5855, BANK),
            Opening(5210, FIXTURES),
            Opening(6700, LOAN),
            Opening(6110, equity),
        ),
        exchange_rates={
            "EUR": Decimal("7.46"),
            "SEK": Decimal("0.6621"),
            "NOK": Decimal("0.6345"),
            "USD": Decimal("6.8712"),
        },
    )


def second_company() -> Company:
    """Another company with an account and an agreement of its own, for whoever wants to install by hand."""
    return replace(company(), name="Havblik Surf ApS", agreement_number=1180077, rackbeat_account_id=5822, cvr=cvr(901))
