"""Whatever is done, in whatever order: every voucher balances, and every balance is the sum of its entries."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lagerbro_sandbox.economic.storage.entries import Entry
from tests.sandbox.economic.calling import Caller
from tests.sandboxes import Json, Sandboxes

D = Decimal
AGREEMENT: Final = 1180001
DRAFTS: Final = "/journalsapi/v15.0.0/draft-entries"
JOURNALS: Final = "/journalsapi/v15.0.0/journals"
AMOUNTS = st.integers(-(10**7), 10**7).filter(bool).map(lambda minor: Decimal(minor).scaleb(-2))
CURRENCIES = st.sampled_from(["DKK", "EUR", "SEK"])
RATES = st.decimals("0.01", "2000", places=4)
CODES = st.sampled_from(["I25", "U25", "IEUV", "IVV", "REP", "UEUV", None])
ACCOUNTS = st.sampled_from([1010, 1310, 1320, 1350, 5820, 5855, 3604])
DAYS = st.sampled_from(["2025-12-31", "2026-01-01", "2026-11-24"])

Step = Callable[[Caller], object]


@st.composite
def drafts(draw: st.DrawFn) -> Step:
    """A draft entry of any kind, one-sided or not, in a voucher of its own or with others."""
    body: Json = {
        "entryTypeNumber": draw(st.sampled_from([2, 3, 4, 5, 10])),
        "journalNumber": 1,
        "date": draw(DAYS),
        "amount": draw(AMOUNTS),
        "currency": draw(CURRENCIES),
        "customerNumber": 10001,
        "supplierNumber": 50001,
        "accountNumber": draw(ACCOUNTS),
        "customerInvoiceNumber": "500",
        "supplierInvoiceNumber": draw(st.sampled_from(["A", "B"])),
    }
    if body["currency"] != "DKK" and draw(st.booleans()):
        body["exchangeRate"] = draw(RATES)
    if draw(st.integers(0, 4)):
        body["contraAccountNumber"] = draw(ACCOUNTS)
    for name in ("vatCode", "contraVatCode"):
        code = draw(CODES)
        if code is not None and (name == "contraVatCode" or body["entryTypeNumber"] == 5):
            body[name] = code
    if draw(st.booleans()):
        body["voucherNumber"] = draw(st.integers(0, 3))
    return lambda call: call("POST", DRAFTS, body)


@st.composite
def vouchers(draw: st.DrawFn) -> Step:
    amount, code = draw(AMOUNTS), draw(st.sampled_from(["I25", "IEUV"]))
    entry: Json = {
        "amount": amount,
        "date": "2026-11-24",
        "currency": {"code": draw(CURRENCIES)},
        "supplier": {"supplierNumber": 50001},
        "supplierInvoiceNumber": "A",
        "contraAccount": {"accountNumber": 1310},
        "contraVatAccount": {"vatCode": code},
        "contraVatAmount": abs(amount) / 5 if draw(st.booleans()) else Decimal(0),
    }
    entry["contraVatAmount"] = Decimal(entry["contraVatAmount"]).quantize(Decimal("0.01"))
    body = {"accountingYear": {"year": "2026"}, "entries": {"supplierInvoices": [entry]}}
    return lambda call: call("POST", "/journals/4/vouchers", body)


@st.composite
def sales(draw: st.DrawFn) -> Step:
    """An invoice or, with a negative quantity, a credit note; booked at once."""
    lines = [
        {
            "description": "Cykel",
            "product": {"productNumber": "NL-100"},
            "quantity": draw(st.integers(-50, 50)),
            "unitNetPrice": abs(draw(AMOUNTS)),
            "discountPercentage": draw(st.sampled_from([0, 10, Decimal("33.33")])),
        }
        for _ in range(draw(st.integers(1, 3)))
    ]
    body: Json = {
        "date": "2026-11-24",
        "currency": draw(CURRENCIES),
        "customer": {"customerNumber": 10001},
        "recipient": {"name": "Kunde", "vatZone": {"vatZoneNumber": draw(st.integers(1, 3))}},
        "layout": {"layoutNumber": 1},
        "paymentTerms": {"paymentTermsNumber": 1},
        "lines": lines,
    }

    if body["currency"] != "DKK" and draw(st.booleans()):
        body["exchangeRate"] = draw(RATES)

    def sell(call: Caller) -> object:
        _, made = call("POST", "/invoices/drafts", body)
        number = made.get("draftInvoiceNumber")
        return number and call("POST", "/invoices/booked", {"draftInvoice": {"draftInvoiceNumber": number}})

    return sell


@st.composite
def receipts(draw: st.DrawFn) -> Step:
    """A customer pays one of the booked invoices, in any currency and at any rate."""
    which, amount, currency = draw(st.integers(1, 3)), draw(AMOUNTS), draw(CURRENCIES)
    body: Json = {"agreement": AGREEMENT, "invoice": which, "amount": amount, "account": 5855, "currency": currency}
    if currency != "DKK":
        body["exchangeRate"] = draw(RATES)
    return lambda call: call("POST", "/_sandbox/invoices/pay", body)


@st.composite
def accruals(draw: st.DrawFn) -> Step:
    """The first draft entry is spread over some months."""
    months, account = draw(st.integers(1, 12)), draw(st.sampled_from([5690, 1010]))
    span = {"startDate": "2026-01-15", "endDate": f"2026-{months:02d}-28", "accountNumber": account}

    def spread(call: Caller) -> object:
        rows = call("GET", DRAFTS)[1]["items"]
        body = {"entryNumber": rows[0]["entryNumber"], "journalNumber": rows[0]["journalNumber"]} if rows else {}
        return rows and call("POST", "/journalsapi/v15.0.0/accruals", {**body, **span})

    return spread


def bookings(journal: int) -> Step:
    return lambda call: call("POST", f"{JOURNALS}/{journal}/book")


def _match_all(call: Caller) -> object:
    for party in ("customer", "supplier"):
        numbers = [entry.number for entry in entries(call) if entry.remainder and getattr(entry, party) is not None]
        call("POST", "/bookedEntriesapi/v4.0.0/booked-entries/match", {"entryIds": numbers})
    return None


def _delete_first(call: Caller) -> object:
    rows = call("GET", DRAFTS)[1]["items"]
    return rows and call("DELETE", f"{DRAFTS}/{rows[0]['entryNumber']}")


STEPS = st.lists(
    st.one_of(
        drafts(),
        drafts(),
        vouchers(),
        sales(),
        sales(),
        receipts(),
        accruals(),
        st.sampled_from([bookings(1), bookings(4)]),
        st.just(_match_all),
        st.just(_delete_first),
    ),
    min_size=3,
    max_size=14,
)


def entries(call: Caller) -> list[Entry]:
    return list(call.core.store.entries.between(AGREEMENT, "0001-01-01", "9999-12-31"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(STEPS)
def test_any_sequence_leaves_balanced_books(steps: list[Step]) -> None:
    systems = Sandboxes.made()
    try:
        call = Caller(systems)
        _prepare(call)
        for step in [*steps, bookings(1), bookings(4)]:
            step(call)
            _check(call)
    finally:
        systems.close()


def _prepare(call: Caller) -> None:
    call("POST", "/_sandbox/modules/set", {"agreement": AGREEMENT, "modules": [3, 14, 75]})
    party = {"paymentTerms": {"paymentTermsNumber": 1}, "vatZone": {"vatZoneNumber": 1}, "currency": "DKK"}
    call("PUT", "/customers/10001", {"name": "Kunde", "customerGroup": {"customerGroupNumber": 1}, **party})
    product = {"productNumber": "NL-100", "name": "Cykel", "productGroup": {"productGroupNumber": 1}}
    call("PUT", "/products/NL-100", product)


def _check(call: Caller) -> None:
    rows = entries(call)
    vouchers: dict[tuple[str, int], Decimal] = {}
    balances: dict[int, Decimal] = {}
    for entry in rows:
        key = entry.date[:4], entry.voucher
        vouchers[key] = vouchers.get(key, Decimal(0)) + entry.base_amount
        balances[entry.account] = balances.get(entry.account, Decimal(0)) + entry.base_amount
    assert {key: total for key, total in vouchers.items() if total} == {}
    shown = {row["accountNumber"]: row for row in _accounts(call)}
    for number, account in shown.items():
        assert account["balance"] == balances.get(number, 0), number
    drafted = sum((account["draftBalance"] - account["balance"] for account in shown.values()), Decimal(0))
    assert drafted == _one_sided(call)
    assert [entry.number for entry in rows] == list(range(1, len(rows) + 1))
    _check_parties(call, rows)


def _check_parties(call: Caller, rows: list[Entry]) -> None:
    """What a party owes stands on the control account, and is what is open of it in base currency."""
    for account, party, number in ((5600, "customer", 10001), (6800, "supplier", 50001)):
        own = [entry for entry in rows if entry.account == account and getattr(entry, party) == number]
        balance = sum((e.base_amount for e in own), Decimal(0))
        assert call.core.store.entries.party_balance(AGREEMENT, party, number) == balance
        assert sum((e.base_remainder or 0 for e in own), Decimal(0)) == balance
        assert balance == sum((e.base_amount for e in rows if e.account == account and e.kind != "openingEntry"), D(0))
        for entry in own:
            left, base_left = entry.remainder or D(0), entry.base_remainder or D(0)
            assert abs(left) <= abs(entry.amount)
            assert abs(base_left) <= abs(entry.base_amount)
            assert left * entry.amount >= 0
            assert bool(left) or not base_left
        _check_currencies(own)


def _check_currencies(own: list[Entry]) -> None:
    """As long as nothing was paid in another currency, what is open of each is what was booked in it."""
    if len({entry.currency for entry in own if entry.kind != "systemEntry"}) > 1:
        return
    booked = [entry for entry in own if entry.kind != "systemEntry"]
    assert sum((e.remainder or 0 for e in booked), D(0)) == sum((e.amount for e in booked), D(0))


def _accounts(call: Caller) -> list[Any]:
    rows: list[Any] = call("GET", "/accounts?pagesize=1000")[1]["collection"]
    return rows


def _one_sided(call: Caller) -> Decimal:
    """What the drafts without a contra account come to in base currency: the only ones that do not balance."""
    total = Decimal(0)
    for journal in (1, 2, 4):
        for row in call("GET", f"/journals/{journal}/entries?pagesize=1000")[1]["collection"]:
            if "contraAccount" not in row:
                total += row["amountDefaultCurrency"]
    return total
