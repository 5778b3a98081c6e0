"""Filling an agreement from a company's facts, and giving an app access to it."""

from __future__ import annotations

from decimal import Decimal

from lagerbro_sandbox.company import Account, Company, Party
from lagerbro_sandbox.economic.ledger.system_entries import EXCHANGE_ACCOUNT
from lagerbro_sandbox.economic.platform.modules import DIMENSION, SCANNING
from lagerbro_sandbox.economic.platform.modules import NAMES as MODULES
from lagerbro_sandbox.economic.registers.initial_records import initial_records
from lagerbro_sandbox.economic.storage.entries import Entry
from lagerbro_sandbox.economic.storage.store import Store
from lagerbro_sandbox.kernel.json import to_json
from lagerbro_sandbox.kernel.records import KeyedRecord, Record

ZONES = ((1, "Domestic", True), (2, "EU", True), (3, "Abroad", True), (4, "Domestic exempt VAT", False))
VAT_TYPES = ((1, "Outgoing Sales Domestic"), (2, "Ingoing Purchase Domestic"), (3, "Reversed charge"))
ISO_NUMBERS = {"DKK": "208", "EUR": "978", "SEK": "752", "NOK": "578", "USD": "840", "GBP": "826"}


def load(store: Store, company: Company) -> None:
    """Write everything; a company that is there already is left as it is."""
    number = company.agreement_number
    if store.connection.execute("SELECT 1 FROM agreement WHERE number=?", (number,)).fetchone():
        return
    store.connection.execute("INSERT INTO agreement VALUES (?,?)", (number, to_json(_myself(company)).decode()))
    for kind, key, record in _records(company):
        store.put(number, kind, key, record)
    _openings(store, company)


def permit(store: Store, agreement: int, *, app_secret: str, public_token: str, grant: str) -> None:
    """Register an app and its grant to the agreement."""
    connection = store.connection
    connection.execute("INSERT OR IGNORE INTO app VALUES (?,?,?,?)", (app_secret, 5100, public_token, "Lagerbro"))
    connection.execute("INSERT OR IGNORE INTO permit VALUES (?,?,?,0)", (grant, agreement, app_secret))


def _myself(company: Company) -> Record:
    return {
        "agreementNumber": company.agreement_number,
        "agreementType": {"agreementTypeNumber": 1, "name": "denmark"},
        "userName": "ADMIN",
        "signupDate": "2020-01-01",
        "user": {
            "loginId": "ADMIN",
            "email": company.email,
            "name": "Administrator",
            "agreementNumber": company.agreement_number,
            "language": {"languageNumber": 1, "name": "Dansk", "culture": "da-DK"},
        },
        "company": {
            "name": company.name,
            "addressLine1": company.address,
            "zip": company.zip_code,
            "city": company.city,
            "country": company.country,
            "phoneNumber": company.phone,
            "email": company.email,
            "companyIdentificationNumber": company.cvr,
            "vatNumber": company.cvr,
        },
        "bankInformation": {},
        "application": {
            "appNumber": 5100,
            "name": "Lagerbro",
            "appPublicToken": "lagerbro-public",
            "created": "2026-01-01",
            "requiredRoles": [{"roleNumber": 2, "name": "SuperUser"}],
        },
        "settings": {"baseCurrency": company.base_currency, "internationalLedger": "false"},
        "canSendElectronicInvoice": True,
        "modules": [{"moduleNumber": n, "name": MODULES[n]} for n in (SCANNING, DIMENSION)],
        EXCHANGE_ACCOUNT: company.exchange_account,
        "rates": {currency: str(rate * 100) for currency, rate in company.exchange_rates.items()},
    }


def _records(company: Company) -> list[KeyedRecord]:
    rows: list[KeyedRecord] = [
        ("vat-zones", n, {"vatZoneNumber": n, "name": name, "enabledForCustomer": True, "enabledForSupplier": supplier})
        for n, name, supplier in ZONES
    ]
    rows += [("vat-types", n, {"vatTypeNumber": n, "name": name}) for n, name in VAT_TYPES]
    rows += [
        ("currencies", code, {"code": code, "name": code, "isoNumber": ISO_NUMBERS.get(code, "000")})
        for code in (company.base_currency, *company.exchange_rates)
    ]
    rows += initial_records()
    rows += [("accounts", a.number, _account(a)) for a in company.accounts]
    rows += [
        ("vat-accounts", v.code, _vat_account(v.code, v.name, v.percentage, v.account, v.contra_account, v.kind))
        for v in company.vat_codes
    ]
    rows += [
        (
            "accounting-years",
            str(y.first.year),
            {"year": str(y.first.year), "fromDate": str(y.first), "toDate": str(y.last), "closed": y.closed},
        )
        for y in company.years
    ]
    return rows + _registers(company) + _parties(company)


def _registers(company: Company) -> list[KeyedRecord]:
    rows: list[KeyedRecord] = [
        (
            "payment-terms",
            t.number,
            {"paymentTermsNumber": t.number, "name": t.name, "daysOfCredit": t.days, "paymentTermsType": t.kind},
        )
        for t in company.payment_terms
    ]
    rows += [("layouts", x.number, {"layoutNumber": x.number, "name": x.name}) for x in company.layouts]
    rows += [("units", u.number, {"unitNumber": u.number, "name": u.name}) for u in company.units]
    rows += [
        (
            "journals",
            j.number,
            {
                "journalNumber": j.number,
                "name": j.name,
                "settings": {
                    "voucherNumbers": {"minimumVoucherNumber": j.voucher_first}
                    | ({"maximumVoucherNumber": j.voucher_last} if j.voucher_last else {})
                }
                | ({"entryTypeRestrictedTo": j.entry_type} if j.entry_type else {}),
            },
        )
        for j in company.journals
    ]
    rows += [
        (
            "product-groups",
            g.number,
            {
                "productGroupNumber": g.number,
                "name": g.name,
                "inventoryEnabled": False,
                "accounts": {str(zone): account for zone, account in g.sales_accounts.items()},
            },
        )
        for g in company.product_groups
    ]
    return rows


def _parties(company: Company) -> list[KeyedRecord]:
    rows: list[KeyedRecord] = []
    for g in company.customer_groups:
        body: Record = {"customerGroupNumber": g.number, "name": g.name, "account": {"accountNumber": g.account}}
        rows.append(("customer-groups", g.number, body))
    for g in company.supplier_groups:
        body = {"supplierGroupNumber": g.number, "name": g.name, "account": {"accountNumber": g.account}}
        rows.append(("supplier-groups", g.number, body))
    rows += [("suppliers", each.number, supplier(each, company.layouts[0].number)) for each in company.suppliers]
    return rows


def supplier(party: Party, layout: int) -> Record:
    """A supplier as its register takes it; `layout` is the one it has where it has none of its own."""
    return {
        "supplierNumber": party.number,
        **_party(party),
        "supplierGroup": {"supplierGroupNumber": party.group},
        "layout": {"layoutNumber": party.layout or layout},
    }


def customer(party: Party) -> Record:
    """A customer as its register takes it."""
    body = {
        "customerNumber": party.number,
        **_party(party),
        "customerGroup": {"customerGroupNumber": party.group},
        "layout": {"layoutNumber": party.layout or 1},
    }
    return {**body, "ean": party.ean} if party.ean else body


def _party(party: Party) -> Record:
    body: Record = {
        "name": party.name,
        "currency": party.currency,
        "paymentTerms": {"paymentTermsNumber": party.payment_terms},
        "vatZone": {"vatZoneNumber": party.zone},
        "address": party.address,
        "zip": party.zip_code,
        "city": party.city,
        "country": party.country,
    }
    optional = {"email": party.email, "corporateIdentificationNumber": party.vat_number}
    return {**body, **{name: value for name, value in optional.items() if value}}


def _account(account: Account) -> Record:
    body: Record = {
        "accountNumber": account.number,
        "name": account.name,
        "accountType": account.kind,
        "debitCredit": "credit" if account.is_credit else "debit",
        "blockDirectEntries": account.blocked,
    }
    if account.barred:
        body["barred"] = True
    if account.vat_code:
        body["vatAccount"] = {"vatCode": account.vat_code}
    if account.sum_from is not None:
        body["accountsSummed"] = [
            {"fromAccount": {"accountNumber": account.sum_from}, "toAccount": {"accountNumber": account.number}}
        ]
    return body


def _vat_account(code: str, name: str, percentage: Decimal, account: int, contra: int | None, kind: int) -> Record:
    body: Record = {
        "vatCode": code,
        "name": name,
        "ratePercentage": percentage,
        "account": {"accountNumber": account},
        "vatType": {"vatTypeNumber": kind, "name": dict(VAT_TYPES)[kind]},
    }
    return {**body, "contraAccount": {"accountNumber": contra}} if contra else body


def _openings(store: Store, company: Company) -> None:
    first = min(year.first for year in company.years)
    last = store.count_up(company.agreement_number, "entries", len(company.openings))
    store.entries.add(
        company.agreement_number,
        [
            Entry(
                number=last - len(company.openings) + 1 + index,
                voucher=0,
                account=opening.account,
                date=str(first),
                kind="openingEntry",
                currency=company.base_currency,
                amount=opening.amount,
                base_amount=opening.amount,
                text="Primo",
            )
            for index, opening in enumerate(company.openings)
        ],
    )
