"""Nights of the real program: its clock goes on by a file, as both local systems' do, and people are at the journal.

`Nights` knows what must stand in the books, voucher by voucher: the local e-conomic's ledger is the judge.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from lagerbro.flows.stock_value.mark import day_of
from lagerbro.sync.schedules.timing import COPENHAGEN
from lagerbro.wire.numbers import decode_builtins, encode
from tests.crash import mortal
from tests.crash.running import SETTLED_WITHIN_S, Running

AHEAD: Final = "ahead-s"
"""The file in the program's folder that says how many seconds its clock is ahead of the machine's."""
JOURNAL, STOCK, CONTRA, ITEM = 2, 5820, 1350, "NL-100"
SERVICE: Final = "/journalsapi/v15.0.0"
BOOKED: Final = "/bookedEntriesapi/v4.0.0/booked-entries"
ANSWERS: Final = {
    "stock_value_enabled": "true",
    "stock_frequency": '"daily"',
    "stock_journal": JOURNAL,
    "stock_account": STOCK,
    "stock_contra_account": CONTRA,
    "stock_post_opening": "true",
    "stock_book": "false",
}


def command(*arguments: str) -> list[str]:
    """As the demo starts its children."""
    if arguments[0] in ("sandbox", "connect"):
        return mortal.command(*arguments)
    return [sys.executable, "-c", "import sys; from tests.crash.nightly import main; sys.exit(main())", *arguments]


def main(arguments: Sequence[str] | None = None) -> int:
    from lagerbro import cli

    cli._django()
    from django.conf import settings

    from lagerbro.wire import clock

    changed: Any = clock.SystemClock
    changed.now = lambda _clock: datetime.now(UTC) + _ahead(settings.LAGERBRO_HOME / AHEAD)
    return mortal.main(arguments)


def _ahead(file: Path) -> timedelta:
    try:
        return timedelta(seconds=int(file.read_text("ascii")))
    except FileNotFoundError:
        return timedelta(0)


@dataclass
class Nights:
    """`booked` and `drafts`: what our vouchers of each night must say; `by_hand`: what people have booked besides."""

    running: Running
    booked: dict[date, Decimal] = field(default_factory=dict)
    drafts: dict[date, Decimal] = field(default_factory=dict)
    by_hand: Decimal = Decimal(0)
    is_booking: bool = False
    count: int = 0
    ahead: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        for key, value in ANSWERS.items():
            self.running.execute(
                "INSERT INTO agreements_setting (agreement_id, key, value, decided_by, decided_at) "
                f"SELECT id, '{key}', '{value}', 'test', created_at FROM agreements_agreement"
            )
        self._settings_changed()
        self.opening = sum((row["amountInBaseCurrency"] for row in self._ledger()), start=Decimal(0))
        self.level = 100

    def change(self) -> None:
        """The stock is counted: another quantity from today on."""
        self.level += 7
        body = {"item_id": ITEM, "adjustment_type": "quantity", "quantity": self.level}
        made = self._rackbeat("POST", "inventory-adjustments", body)
        self._rackbeat("POST", f"inventory-adjustments/{made['id']}/book", {})

    def book_all(self) -> None:
        """A person books the journal."""
        entries = [row["entryNumber"] for row in self._drafts()]
        if entries:
            self._economic("POST", f"{SERVICE}/journals/{JOURNAL}/bookdraftentries", {"entryNumbers": entries})
        self.booked |= self.drafts
        self.drafts = {}

    def post_by_hand(self) -> None:
        """A person books, without looking, what our drafts of the month say."""
        amount = sum(self._of_month().values(), start=Decimal(0))
        body = {"entryTypeNumber": 5, "journalNumber": JOURNAL, "date": f"{self.today}T00:00:00", "currency": "DKK"}
        more = {"amount": amount, "accountNumber": STOCK, "contraAccountNumber": CONTRA, "text": "Manuel"}
        made = self._economic("POST", f"{SERVICE}/draft-entries", {**body, **more})
        entries = {"entryNumbers": [made["entryNumber"]]}
        self._economic("POST", f"{SERVICE}/journals/{JOURNAL}/bookdraftentries", entries)
        self.by_hand += amount

    def book_ourselves(self, *, is_on: bool) -> None:
        self.running.execute(f"UPDATE agreements_setting SET value = '{str(is_on).lower()}' WHERE key = 'stock_book'")
        self._settings_changed()
        self.is_booking = is_on

    @property
    def today(self) -> date:
        """The next night's day, until it has come."""
        return (self._due_at().astimezone(COPENHAGEN) - timedelta(hours=1)).date()

    @property
    def standing(self) -> int:
        """The one draft of ours that the next night will find in its own month; 0 where there is none."""
        days = self._of_month()
        return next((int(row["entryNumber"]) for row in self._drafts() if day_of(row["text"]) in days), 0)

    def fall(self) -> None:
        """It becomes a second past the night's turn, and what must stand afterwards is reckoned."""
        day = self.today
        value = self._value(day)
        others = {of: amount for of, amount in self.drafts.items() if of not in self._of_month()}
        balance = self.opening + self.by_hand + sum(self.booked.values()) + sum(others.values())
        self.drafts = {**others, **({day: value - balance} if value != balance else {})}
        if self.is_booking:
            self.booked |= {of: amount for of, amount in self.drafts.items() if of == day}
            self.drafts = others
        self.count += 1
        self._go_to(self._due_at() + timedelta(seconds=1))

    def settle(self) -> None:
        """Until the night has been asked for and every day has come to rest; what has to wait is waited for at once."""
        ends_at = time.monotonic() + SETTLED_WITHIN_S
        while (rests := self._rests()) is not None:
            assert time.monotonic() < ends_at, f"stuck: {self.running.states()}"
            if rests > self._now():
                self._go_to(rests + timedelta(seconds=1))
            time.sleep(0.3)

    def judge(self) -> None:
        """Each night has one voucher, as a draft or booked, and all of them together come to Rackbeat's value."""
        ledger, drafts = self._ledger(), self._drafts()
        ours = [(day, row["amountInBaseCurrency"]) for row in ledger if (day := day_of(row.get("text")))]
        assert sorted(ours) == sorted(self.booked.items())
        assert sorted((day_of(row["text"]), _effect(row)) for row in drafts) == sorted(self.drafts.items())
        vouchers = [row["voucherNumber"] for row in (*ledger, *drafts) if day_of(row.get("text"))]
        assert len(set(vouchers)) == len(vouchers)
        booked = sum((row["amountInBaseCurrency"] for row in ledger), start=Decimal(0))
        assert booked + sum(map(_effect, drafts)) == self._value(self.today - timedelta(days=1))
        wrong = "SELECT key, state, code FROM sync_transfer WHERE kind = 'stock_value' AND state IN "
        assert self.running.rows(f"{wrong} ('refused', 'needs_you')") == []

    def _of_month(self) -> dict[date, Decimal]:
        """Our drafts of the next night's own month, which it replaces; there is one at most."""
        first = self.today.replace(day=1)
        return {day: amount for day, amount in self.drafts.items() if day.replace(day=1) == first}

    def _settings_changed(self) -> None:
        self.running.execute("UPDATE agreements_agreement SET settings_version = settings_version + 1")

    def _rests(self) -> datetime | None:
        """When the next run of a day is due; None where everything is at rest."""
        rows = self.running.rows("SELECT due_at FROM sync_transfer WHERE kind = 'stock_value' AND due_at IS NOT NULL")
        due = [_moment(moment) for (moment,) in rows]
        schedule = self._due_at()
        return min([*due, *([schedule] if schedule <= self._now() else [])], default=None)

    def _due_at(self) -> datetime:
        ((moment,),) = self.running.rows("SELECT due_at FROM sync_schedule WHERE routine = 'stock_value'")
        return _moment(moment)

    def _now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def _go_to(self, moment: datetime) -> None:
        """The program and both systems, side by side."""
        seconds = max(int((moment - self._now()).total_seconds()) + 1, 0)
        for system in ("economic", "rackbeat"):
            self.running.in_sandbox(system, "clock/advance", {"seconds": seconds})
        self.ahead += timedelta(seconds=seconds)
        file = self.running.folder / "program" / AHEAD
        file.with_suffix(".new").write_text(str(int(self.ahead.total_seconds())), "ascii")
        file.with_suffix(".new").rename(file)

    def _value(self, day: date) -> Decimal:
        answer = self.running.hands.rackbeat.get("/api/reports/valuation/total", params={"date_to": str(day)})
        answer.raise_for_status()
        return Decimal(decode_builtins(answer.content)["total_value"]).quantize(Decimal("0.01"))

    def _ledger(self) -> list[dict[str, Any]]:
        return self._listed(BOOKED, f"accountNumber$eq:{STOCK}")

    def _drafts(self) -> list[dict[str, Any]]:
        rows = self._listed(f"{SERVICE}/draft-entries", f"journalNumber$eq:{JOURNAL}")
        return sorted(rows, key=lambda row: int(row["entryNumber"]))

    def _listed(self, path: str, wanted: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        query = {"filter": wanted}
        while True:
            page = self._economic("GET", path, params=query)
            rows += page["items"]
            if not page.get("cursor"):
                return rows
            query["cursor"] = page["cursor"]

    def _economic(self, method: str, path: str, body: Any = None, **more: Any) -> dict[str, Any]:
        content = None if body is None else encode(body)
        answer = self.running.hands.economic.request(method, path, content=content, **more)
        assert answer.is_success, answer.text
        found: dict[str, Any] = decode_builtins(answer.content or b"{}")
        return found

    def _rackbeat(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.running.hands.rackbeat.request(method, f"/api/{path}", content=encode(body))
        assert answer.is_success, answer.text
        record: dict[str, Any] = next(iter(decode_builtins(answer.content).values()))
        return record


def _effect(row: dict[str, Any]) -> Decimal:
    """What a draft does to the stock account."""
    on = row["amount"] if row.get("accountNumber") == STOCK else 0
    against = row["amount"] if row.get("contraAccountNumber") == STOCK else 0
    return Decimal(on) - Decimal(against)


def _moment(stored: Any) -> datetime:
    moment = datetime.fromisoformat(str(stored))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
