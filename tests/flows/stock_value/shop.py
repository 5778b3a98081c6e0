"""A company whose stock value is what a test says, and hands to do to its journal what a bookkeeper does."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from lagerbro.agreements.scope import agreement_scope
from lagerbro.rackbeat.client import Rackbeat
from lagerbro.sync.models import Transfer
from tests.sandboxes import nordlys
from tests.world import Company

AGREEMENT = nordlys().agreement_number
JOURNAL, STOCK, CONTRA = 2, 5820, 1350
API = "/journalsapi/v15.0.0"
OPENING = next(row.amount for row in nordlys().openings if row.account == STOCK)
Json = dict[str, Any]


@dataclass
class Shop:
    """`values` by day; a day without one is worth what the latest day before it is."""

    company: Company
    values: dict[date, Decimal] = field(default_factory=dict)

    def value(self, day: date) -> Decimal:
        known = [one for one in self.values if one <= day]
        return self.values[max(known)] if known else OPENING

    def run(self, day: date, value: str | Decimal | None = None) -> Transfer:
        """The run of that day, a minute after it is due, and where it then stands."""
        if value is not None:
            self.values[day] = Decimal(value)
        self.company.systems.clock.go_to(datetime(day.year, day.month, day.day, 23, tzinfo=UTC))
        self.company.systems.clock.sleep_s(60)
        self.company.ask("stock_value", day)
        self.company.drain()
        return self.company.transfer("stock_value", day)

    def drafts(self) -> list[Json]:
        """What stands in the journals, by entry number."""
        rows = self.company.systems.economic.store.draft_entries.all(AGREEMENT)
        return sorted(rows, key=lambda row: row["entryNumber"])

    def amounts(self) -> list[Decimal]:
        """What the drafts do to the stock account."""
        return [effect(row) for row in self.drafts()]

    def booked(self, until: date | None = None, account: int = STOCK) -> Decimal:
        last = str(until or "2099-12-31")
        entries = self.company.systems.economic.store.entries.between(AGREEMENT, "2000-01-01", last)
        return sum((entry.base_amount for entry in entries if entry.account == account), start=Decimal(0))

    def total(self, until: date | None = None) -> Decimal:
        """Booked balance and open drafts together."""
        rows = [row for row in self.drafts() if until is None or row["date"] <= str(until)]
        return self.booked(until) + sum((effect(row) for row in rows), start=Decimal(0))

    def book(self, *entries: int, journal: int = JOURNAL) -> None:
        self.company.systems.in_economic(
            "POST", f"{API}/journals/{journal}/bookdraftentries", {"entryNumbers": list(entries)}
        )

    def book_all(self) -> None:
        self.book(*[row["entryNumber"] for row in self.drafts()])

    def delete(self, entry: int) -> None:
        self.company.systems.in_economic("DELETE", f"{API}/draft-entries/{entry}")

    def edit(self, entry: int, **changes: object) -> None:
        body = self.company.systems.in_economic("GET", f"{API}/draft-entries/{entry}")
        self.company.systems.in_economic("PUT", f"{API}/draft-entries", {**body, **changes})

    def post(self, day: date, amount: str, account: int = STOCK, contra: int = CONTRA) -> None:
        """Somebody else's entry, booked at once."""
        body = {
            "entryTypeNumber": 5,
            "journalNumber": JOURNAL,
            "date": f"{day}T00:00:00",
            "amount": Decimal(amount),
            "currency": "DKK",
            "accountNumber": account,
            "contraAccountNumber": contra,
            "text": "Manuel",
        }
        made = self.company.systems.in_economic("POST", f"{API}/draft-entries", body)
        self.book(made["entryNumber"])

    def transfers(self) -> list[tuple[str, str]]:
        with agreement_scope(self.company.agreement.pk):
            return list(Transfer.in_scope.filter(kind="stock_value").order_by("key").values_list("key", "code"))


def effect(row: Json) -> Decimal:
    on = row["amount"] if row.get("account") == STOCK else 0
    against = row["amount"] if row.get("contraAccount") == STOCK else 0
    return Decimal(on) - Decimal(against)


def open_shop(company: Company, **answers: object) -> Shop:
    """The section switched on as C9 assumes it; the first difference is posted unless the test says otherwise."""
    decided = {
        "stock_value_enabled": True,
        "stock_frequency": "daily",
        "stock_journal": JOURNAL,
        "stock_account": STOCK,
        "stock_contra_account": CONTRA,
        "stock_post_opening": True,
    }
    company.decide(**{**decided, **answers})
    return Shop(company)


def valued_by(shop: Shop, monkeypatch: Any) -> Shop:
    """Let Rackbeat's report say what the test says."""
    monkeypatch.setattr(Rackbeat, "stock_value", lambda _self, day: shop.value(day))
    return shop


def days_from(first: date, count: int) -> list[date]:
    return [first + timedelta(days=number) for number in range(count)]
