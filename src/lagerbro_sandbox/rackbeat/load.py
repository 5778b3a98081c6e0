"""Filling an account from a company's facts."""

from __future__ import annotations

from collections.abc import Iterable

from lagerbro_sandbox.company import Company, Party, Product, ProductGroup
from lagerbro_sandbox.kernel.records import KeyedRecord, Record
from lagerbro_sandbox.rackbeat.choices import DEFAULT_LOCATION
from lagerbro_sandbox.rackbeat.platform import accounts, apps
from lagerbro_sandbox.rackbeat.registers.simple_registers import ZONES
from lagerbro_sandbox.rackbeat.stock import bulk_posting
from lagerbro_sandbox.rackbeat.stock.costing import Costing, Kind
from lagerbro_sandbox.rackbeat.stock.micro import micro
from lagerbro_sandbox.rackbeat.stock.posting import Posting
from lagerbro_sandbox.rackbeat.storage.store import Store

FIRST_DAY = "2026-01-01T08:00:00+01:00"
ECONOMIC = "Overfør kunder, leverandører, produkter, fakturaer og lagerværdi til regnskabet i e-conomic."


def load(store: Store, company: Company, first_day: str = FIRST_DAY) -> None:
    """Write everything, as made on `first_day` (ISO); an account that is there already is left as it is."""
    apps.register(store, "economic", "e-conomic", "", ECONOMIC)
    account = company.rackbeat_account_id
    if store.connection.execute("SELECT 1 FROM account WHERE id=?", (account,)).fetchone():
        return
    accounts.write(store, _account(company), first_day)
    for kind, key, record in _records(company):
        store.put(account, kind, key, {**record, "created_at": first_day, "updated_at": first_day})
    stock_up(store, account, Costing(company.costing), company.products, first_day)


def stock_up(store: Store, account: int, costing: Costing, products: Iterable[Product], first_day: str) -> None:
    """Put what lies there at the start into the warehouse; the products have not moved yet."""
    opening = (_opening(each, first_day) for each in products if each.stock)
    bulk_posting.write(store.connection, account, costing, opening, first_day)


def _account(company: Company) -> Record:
    return {
        "id": company.rackbeat_account_id,
        "company_name": company.name,
        "company_vat": company.cvr,
        "address": {
            "street": company.address,
            "city": company.city,
            "zipcode": company.zip_code,
            "country": company.country,
        },
        "base_currency": company.base_currency,
        "costing": company.costing,
        "rates": {currency: str(rate) for currency, rate in company.exchange_rates.items()},
    }


def _records(company: Company) -> list[KeyedRecord]:
    rows: list[KeyedRecord] = [
        ("product-groups", group.number, _product_group(group)) for group in company.product_groups
    ]
    rows += [("units", unit.number, {"number": unit.number, "name": unit.name}) for unit in company.units]
    rows += [("layouts", layout.number, {"number": layout.number, "name": layout.name}) for layout in company.layouts]
    rows += [
        ("payment-terms", t.number, {"number": t.number, "name": t.name, "type": t.kind, "maturity_days": t.days})
        for t in company.payment_terms
    ]
    shop = {"number": DEFAULT_LOCATION, "name": "Butik og lager", "is_default": True}
    rows += [("locations", DEFAULT_LOCATION, shop)]
    rows += [("employees", 1, {"number": 1, "name": "Administrator"})]
    for kind, groups in (("customer-groups", company.customer_groups), ("supplier-groups", company.supplier_groups)):
        rows += [(kind, group.number, {"number": group.number, "name": group.name}) for group in groups]
    rows += [("customers", each.number, party(each, "customer_group_id")) for each in company.customers]
    rows += [("suppliers", each.number, party(each, "supplier_group_id")) for each in company.suppliers]
    rows += [("products", each.number, product(each)) for each in company.products]
    return rows


def _product_group(group: ProductGroup) -> Record:
    return {
        "number": group.number,
        "name": group.name,
        "has_inventory": group.has_inventory,
        "is_sellable": True,
        "vat_domestic": group.vat_domestic,
        "vat_eu": 0,
        "vat_abroad": 0,
        "vat_domestic_exempt": 0,
    }


def party(one: Party, group: str) -> Record:
    """A customer or a supplier as its register takes it; `group` is the attribute of its group."""
    return {
        "number": one.number,
        "name": one.name,
        "company_vat": one.vat_number,
        "address_street": one.address,
        "address_zipcode": one.zip_code,
        "address_city": one.city,
        "address_country": one.country,
        "contact_email": one.email,
        "contact_phone": one.phone,
        "their_reference": one.contact,
        "ean": one.ean,
        "currency": one.currency,
        "vat_zone": ZONES[one.zone - 1],
        "payment_terms_id": one.payment_terms,
        "layout_id": one.layout,
        group: one.group,
        "is_barred": False,
    }


def _opening(one: Product, first_day: str) -> Posting:
    cost, quantity = micro(one.cost_price), micro(one.stock)
    return Posting(one.number, first_day[:10], Kind.QUANTITY, DEFAULT_LOCATION, quantity, cost)


def product(one: Product) -> Record:
    """A product as its register takes it."""
    return {
        "number": one.number,
        "name": one.name,
        "barcode": one.barcode,
        "sales_price": one.sales_price,
        "recommended_cost_price": one.cost_price,
        "group_id": one.group,
        "unit_id": one.unit,
        "is_barred": False,
    }
