"""Filling an account from a company's facts."""

from __future__ import annotations

from lagerbro.sandbox.company import Company, Party, Product, ProductGroup
from lagerbro.sandbox.rackbeat import accounts, apps
from lagerbro.sandbox.rackbeat.choices import DEFAULT_LOCATION
from lagerbro.sandbox.rackbeat.partners import ZONES
from lagerbro.sandbox.rackbeat.stock import bulk
from lagerbro.sandbox.rackbeat.stock.costing import Costing, Kind
from lagerbro.sandbox.rackbeat.stock.micro import micro
from lagerbro.sandbox.rackbeat.stock.posting import Posting
from lagerbro.sandbox.rackbeat.store import Record, Store
from lagerbro.sandbox.rackbeat.tokens import permit

__all__ = ["load", "permit"]

FIRST_DAY = "2026-01-01T08:00:00+01:00"
ECONOMIC = "Overfør kunder, leverandører, produkter, fakturaer og lagerværdi til regnskabet i e-conomic."


def load(store: Store, company: Company) -> None:
    """Write everything; an account that is there already is left as it is."""
    apps.register(store, "economic", "e-conomic", "", ECONOMIC)
    account = company.rackbeat_account_id
    if store.connection.execute("SELECT 1 FROM account WHERE id=?", (account,)).fetchone():
        return
    accounts.write(store, _account(company), FIRST_DAY)
    for kind, key, record in _records(company):
        store.put(account, kind, key, {**record, "created_at": FIRST_DAY, "updated_at": FIRST_DAY})
    opening = (_opening(product) for product in company.products if product.stock)
    bulk.write(store.connection, account, Costing(company.costing), opening, FIRST_DAY)


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


def _records(company: Company) -> list[tuple[str, str | int, Record]]:
    rows: list[tuple[str, str | int, Record]] = [
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
    rows += [("customers", party.number, _party(party, "customer_group_id")) for party in company.customers]
    rows += [("suppliers", party.number, _party(party, "supplier_group_id")) for party in company.suppliers]
    rows += [("products", product.number, _product(product)) for product in company.products]
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


def _party(party: Party, group: str) -> Record:
    return {
        "number": party.number,
        "name": party.name,
        "company_vat": party.vat_number,
        "address_street": party.address,
        "address_zipcode": party.zip_code,
        "address_city": party.city,
        "address_country": party.country,
        "contact_email": party.email,
        "contact_phone": party.phone,
        "their_reference": party.contact,
        "ean": party.ean,
        "currency": party.currency,
        "vat_zone": ZONES[party.zone - 1],
        "payment_terms_id": party.payment_terms,
        "layout_id": party.layout,
        group: party.group,
        "is_barred": False,
    }


def _opening(product: Product) -> Posting:
    """What lies in the warehouse at the start."""
    cost, quantity = micro(product.cost_price), micro(product.stock)
    return Posting(product.number, FIRST_DAY[:10], Kind.QUANTITY, DEFAULT_LOCATION, quantity, cost)


def _product(product: Product) -> Record:
    return {
        "number": product.number,
        "name": product.name,
        "barcode": product.barcode,
        "sales_price": product.sales_price,
        "recommended_cost_price": product.cost_price,
        "group_id": product.group,
        "unit_id": product.unit,
        "is_barred": False,
    }
