"""The demo company holds together: everything refers to something, the books open in balance."""

from __future__ import annotations

from decimal import Decimal as D

from lagerbro_sandbox.nordlys import company

NORDLYS = company()
ACCOUNTS = {account.number: account for account in NORDLYS.accounts}


def test_how_much_there_is() -> None:
    assert len(NORDLYS.products) == 199
    assert (len(NORDLYS.product_groups), len(NORDLYS.customers), len(NORDLYS.suppliers)) == (8, 60, 15)
    assert len(NORDLYS.vat_codes) == 12
    assert {customer.zone for customer in NORDLYS.customers} == {1, 2, 3, 4}
    assert sum(customer.ean is not None for customer in NORDLYS.customers) == 12
    assert company() == NORDLYS


def test_every_number_is_given_once() -> None:
    for records in (NORDLYS.products, NORDLYS.customers, NORDLYS.suppliers, NORDLYS.accounts, NORDLYS.journals):
        numbers = [record.number for record in records]
        assert len(numbers) == len(set(numbers))
    assert len({customer.name for customer in NORDLYS.customers}) == 60


def test_everything_refers_to_something() -> None:
    groups = {group.number for group in NORDLYS.product_groups}
    units, terms = {unit.number for unit in NORDLYS.units}, {term.number for term in NORDLYS.payment_terms}
    layouts = {layout.number for layout in NORDLYS.layouts}
    assert {product.group for product in NORDLYS.products} <= groups
    assert {product.unit for product in NORDLYS.products} <= units
    for parties, kinds in ((NORDLYS.customers, NORDLYS.customer_groups), (NORDLYS.suppliers, NORDLYS.supplier_groups)):
        assert {party.group for party in parties} <= {group.number for group in kinds}
        assert {party.payment_terms for party in parties} <= terms
        assert {party.layout for party in parties} <= {*layouts, None}
        assert {party.currency for party in parties} <= {"DKK", *NORDLYS.exchange_rates}
        assert all(group.account in ACCOUNTS for group in kinds)
    for code in NORDLYS.vat_codes:
        assert {code.account, code.contra_account} <= {*ACCOUNTS, None}
    assert {account.vat_code for account in NORDLYS.accounts} <= {*(code.code for code in NORDLYS.vat_codes), None}


def test_every_group_sells_in_every_zone_with_the_right_vat() -> None:
    kinds = {code.code: code for code in NORDLYS.vat_codes}
    for group in NORDLYS.product_groups:
        assert sorted(group.sales_accounts) == [1, 2, 3, 4]
        for zone, number in group.sales_accounts.items():
            code = ACCOUNTS[number].vat_code
            assert code is not None
            assert kinds[code].kind == 1
            assert (kinds[code].percentage == 25) == (zone == 1), (group.name, zone)


def test_the_books_open_in_balance_with_the_stock_in_them() -> None:
    assert sum(opening.amount for opening in NORDLYS.openings) == 0
    stock = sum((product.stock * product.cost_price for product in NORDLYS.products), D(0))
    assert next(opening.amount for opening in NORDLYS.openings if opening.account == 5820) == stock


def test_check_digits() -> None:
    for number in [*(p.barcode for p in NORDLYS.products if p.barcode), *(c.ean for c in NORDLYS.customers if c.ean)]:
        digits = [int(digit) for digit in number]
        assert len(digits) == 13
        assert sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
