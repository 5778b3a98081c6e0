"""The stock value's histories: nights, back-fills, people at the drafts and the periods, faults and crashes, and at the
end the ledger as the oracle. One seed, one history.

Whatever subset of our drafts anyone books, edits, moves or deletes, in any order, between any runs: booked balance and
open drafts come to the stock value after the next run, at every period end and now (domain-rules H25, H26).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final, TypeVar

import pytest
from django.db import connection

from lagerbro.agreements.scope import agreement_scope
from lagerbro.flows.stock_value.mark import adjusted_day
from lagerbro.flows.stock_value_backfill.request import BackfillRequest, Vouchers
from lagerbro.flows.stock_value_backfill.starting import start
from lagerbro.rackbeat.client import Rackbeat
from lagerbro.sync import acts
from lagerbro.sync.models import Intent, Transfer
from lagerbro_sandbox.economic.storage.entries import Entry
from lagerbro_sandbox.kernel.faults.plan import Fault
from tests.flows.stock_value.shop import AGREEMENT, API, OPENING, STOCK, Shop, open_shop
from tests.flows.stock_value.split_shop import effect_on
from tests.sandboxes import Sandboxes
from tests.simulation.workers import Crash
from tests.world import Company, company_in

FIRST: Final = date(2026, 11, 24)
STEPS: Final = 9
TRIES: Final = 40
"""Drains after which whatever was due has come to rest."""
YEARS: Final = ("2026", "2027")
Values = dict[int, Decimal]
"""By stock account."""
OPENINGS: Final = frozenset({"openingEntry", "transferredOpeningEntry"})
TABLES: Final = (
    "sync_attempt",
    "sync_intent",
    "sync_dependency",
    "sync_link",
    "sync_transfer",
    "sync_schedule",
    "stock_value_days_stockvalueday",
    "agreements_agreementevent",
    "agreements_settingchange",
    "agreements_setting",
    "agreements_agreement",
)


@dataclass
class StockHistory:
    """`crash_in`: calls and named points until the process dies. `tells`: what happened, for whoever replays it."""

    seed: int
    tells: list[str] = field(default_factory=list)
    crash_in: int = -1
    crashes: int = 0
    faults: int = 0
    backfills: int = 0
    renamed: int = 0
    """Drafts of a lost answer that got another text before the next look."""
    theirs: dict[int, Any] = field(default_factory=dict)
    """The drafts that somebody has changed, as they left them: nothing of ours may change them back."""
    unseen: set[int] = field(default_factory=set)
    """The drafts that somebody has changed since the last night."""
    made: dict[int, list[Any]] = field(default_factory=dict)
    """What each draft said when nobody had changed it: whoever changes it back leaves what we made."""

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        company = company_in(Sandboxes.made(), Random(self.seed))
        routines = {"stock_value": company.runtime.routines["stock_value"]}
        company.runtime = replace(company.runtime, routines=routines, failpoint=self._point)
        for line in (company.systems.to_economic, company.systems.to_rackbeat):
            line.before = lambda _request: self._point("call")
        self.shop = self._opened(company)
        self.day = FIRST

    def _opened(self, company: Company) -> Shop:
        return open_shop(company)

    def close(self) -> None:
        self.shop.company.systems.close()
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"DELETE FROM {table}")

    def run(self) -> None:
        with pytest.MonkeyPatch.context() as patch:
            self._value_by(patch)
            for _ in range(STEPS):
                self._night()
                for _ in range(self.random.randrange(4)):
                    self._something()
                self.day += timedelta(days=self.random.choice([1, 1, 2, 3, 7, 12]))
            self._calm()

    def _value_by(self, patch: pytest.MonkeyPatch) -> None:
        """Let Rackbeat's report say what this history does."""
        patch.setattr(Rackbeat, "stock_value", lambda _self, day: self.shop.value(day))

    def _night(self) -> None:
        """The value of the day and its run, with whatever becomes of it."""
        if self.random.random() < 0.8:
            self._value_anew()
        self._tell(f"night of {self.day}, worth {self.wanted(self.day)}")
        self.shop.company.systems.clock.go_to(datetime.combine(self.day, datetime.min.time(), UTC) + timedelta(days=1))
        self._settle()
        self.unseen.clear()
        self._check_now()

    def _value_anew(self) -> None:
        self.shop.values[self.day] = OPENING + Decimal(self.random.randrange(-90_000, 90_000)) / 100

    def _check_now(self) -> None:
        """Unless it stands still with a reason, the day that was run is right."""
        with agreement_scope(self.shop.company.agreement.pk):
            row = Transfer.in_scope.filter(kind="stock_value", key=str(self.day)).first()
            stopped = Transfer.in_scope.filter(state__in=acts.STOPPED, kind__startswith="stock_").exists()
        if row is not None and not stopped:
            assert self.found(self.day) == self.wanted(self.day), f"the night of {self.day} is wrong"
        standing = {row["entryNumber"]: row for row in self.shop.drafts()}
        kept = {entry: standing.get(entry) for entry in self.theirs}
        assert kept == self.theirs, "what somebody has changed was changed again"

    def _settle(self) -> None:
        """Drain until nothing is due, through crashes and rests."""
        clock = self.shop.company.systems.clock
        for _ in range(TRIES):
            try:
                more = self.shop.company.drain().more
            except Crash:
                self.crashes += 1
                continue
            if not more and not self._is_anything_due():
                return
            clock.sleep_s(0 if more else self._rest_s())
        raise AssertionError("something is stuck")

    def _rest_s(self) -> int:
        """Until the next look. Somebody may get at what a try made whose answer did not come, and the rest be so long
        that e-conomic has forgotten the key."""
        lost = self._lost_drafts()
        if not lost or self.random.random() < 0.5:
            return 301
        entry = self.random.choice(lost)
        deed = self.random.choice([self._give_text, self._give_text, self._give_text, self.shop.delete, self._book_one])
        self._tell(f"while an answer is missing: {deed.__name__.strip('_')} {entry}")
        before = self.shop.drafts()
        self._unless_refused(lambda: deed(entry))
        self._remember(before)
        self.renamed += deed == self._give_text
        return self.random.choice([301, 7200])

    def _lost_drafts(self) -> list[int]:
        """The drafts as they were sent, of which no answer has told us."""
        with agreement_scope(self.shop.company.agreement.pk):
            sent = list(Intent.in_scope.filter(step__startswith="post", state="open").values_list("request", flat=True))
        return [
            row["entryNumber"]
            for row in self.shop.drafts()
            if row["entryNumber"] not in self.theirs and any(f'"{row.get("text")}"' in request for request in sent)
        ]

    def _give_text(self, entry: int) -> None:
        self.shop.edit(entry, text="Lagerregulering efter aftale")

    def _book_one(self, entry: int) -> None:
        """But for one that a person has reworded and dated back into an earlier period since we last looked: booked now
        it is a posting of theirs, told as that and evened out by the next night, like any other on the account."""
        row = next(row for row in self.shop.drafts() if row["entryNumber"] == entry)
        is_dated_back = row["date"][:7] < str(self.day)[:7]
        if entry in self.unseen and is_dated_back and adjusted_day(row.get("text")) is None:
            return
        self.shop.book(entry, journal=int(row["journal"]))

    def _is_anything_due(self) -> bool:
        with agreement_scope(self.shop.company.agreement.pk):
            return Transfer.in_scope.filter(due_at__isnull=False).exists()

    def _something(self) -> None:
        deed = self.random.choice(self._deeds())
        self._tell(deed.__name__.strip("_"))
        deed()

    def _deeds(self) -> list[Callable[[], None]]:
        return [
            *[self._book, self._book_all, self._delete, self._edit, self._move, self._redate, self._retext],
            *[self._post, self._bar, self._carry_over, self._fault, self._fault, self._crash, self._backfill],
            *[self._choose],
        ]

    def _draft(self) -> int | None:
        drafts = self.shop.drafts()
        return self.random.choice(drafts)["entryNumber"] if drafts else None

    def _act(self, deed: Callable[[int], None]) -> None:
        """Do it to a draft, unless there is none or e-conomic refuses it."""
        entry = self._draft()
        if entry is not None:
            self._tell(f"    to {entry}")
            before = self.shop.drafts()
            self._unless_refused(lambda: deed(entry))
            self._remember(before)

    def _remember(self, before: list[Any]) -> None:
        for row in before:
            if row["entryNumber"] not in self.theirs:
                self.made.setdefault(row["entryNumber"], []).append(row)
        after = {row["entryNumber"]: row for row in self.shop.drafts()}
        changed = {number: row for number, row in after.items() if row not in before}
        self.unseen |= changed.keys()
        self.theirs |= changed
        self.theirs = {
            number: row
            for number, row in self.theirs.items()
            if number in after and row not in self.made.get(number, [])
        }

    def _unless_refused(self, deed: Callable[[], object]) -> None:
        try:
            deed()
        except AssertionError as refused:
            self._tell(f"refused: {refused}"[:200])

    def _book(self) -> None:
        self._act(self._book_one)

    def _book_all(self) -> None:
        for row in self.shop.drafts():
            self._unless_refused(lambda entry=row["entryNumber"]: self._book_one(entry))  # type: ignore[misc]  # bound now
        self._remember(self.shop.drafts())

    def _delete(self) -> None:
        self._act(self.shop.delete)

    def _edit(self) -> None:
        amount = Decimal(self.random.randrange(-9000, 9000) or 1) / 100
        self._act(lambda entry: self.shop.edit(entry, amount=amount))

    def _move(self) -> None:
        where = self.random.choice(self._elsewhere())
        self._act(lambda entry: self.shop.edit(entry, **where))

    def _elsewhere(self) -> list[dict[str, object]]:
        return [
            {"accountNumber": 5830},
            {"contraAccountNumber": 1360},
            {"accountNumber": 1350, "contraAccountNumber": STOCK},
        ]

    def _redate(self) -> None:
        day = max(self.day - timedelta(days=self.random.randrange(20)), self._first_redated())
        self._act(lambda entry: self.shop.edit(entry, date=f"{day}T00:00:00"))

    def _first_redated(self) -> date:
        return date.min

    def _retext(self) -> None:
        self._act(self._give_text)

    def _post(self) -> None:
        amount = str(Decimal(self.random.randrange(-5000, 5000) or 1) / 100)
        self._unless_refused(lambda: self.shop.post(self.day + timedelta(days=1), amount))

    def _bar(self) -> None:
        """Somebody bars a month or two, or opens all of them."""
        months = [f"{self.day - timedelta(days=back):%Y-%m}" for back in (0, 31) if self.random.random() < 0.4]
        self._set_barred(months)

    def _set_barred(self, months: list[str]) -> None:
        store = self.shop.company.systems.economic.store
        for year in YEARS:
            row = store.get(AGREEMENT, "accounting-years", year)
            if row is not None:
                barred = [month for month in months if month.startswith(year)]
                store.put(AGREEMENT, "accounting-years", year, {**row, "barredPeriods": barred})

    def _carry_over(self) -> None:
        """The year is closed, or closed again: what it ends with is carried over, once more where it has been."""
        store = self.shop.company.systems.economic.store
        carried = sum(
            (row.base_amount for row in self._entries() if row.date == "2027-01-01" and row.kind in OPENINGS),
            start=Decimal(0),
        )
        amount = self._balance(date(2026, 12, 31)) - carried
        if self.day.year < 2027 or not amount:
            return
        number = store.count_up(AGREEMENT, "entries", 1)
        entry = Entry(
            number=number,
            voucher=0,
            account=STOCK,
            date="2027-01-01",
            kind="transferredOpeningEntry",
            currency="DKK",
            amount=amount,
            base_amount=amount,
            text="Primo",
        )
        store.entries.add(AGREEMENT, [entry])

    def _fault(self) -> None:
        self.faults += 1
        how = self.random.choice(["lose", "lose", "drop", 500, 503, 429])
        method = self.random.choice(["POST", "POST", "PUT", "DELETE", "GET"])
        self.shop.company.systems.economic.faults.set(
            Fault(
                f"fault-{self.random.randrange(4)}",
                method=method,
                path=self.random.choice([f"{API}/draft-entries*", f"{API}/*", "*"]),
                skip=self.random.randrange(3),
                times=self.random.choice([1, 1, 2]),
                status=how if isinstance(how, int) else None,
                after=isinstance(how, int) and how != 429 and self.random.random() < 0.5,
                lose_answer=how == "lose",
                drop_connection=how == "drop",
            )
        )

    def _crash(self) -> None:
        self.crash_in = self.random.randrange(12)

    def _choose(self) -> None:
        answers: list[dict[str, Any]] = [{"stock_book": True}, {"stock_book": False}]
        answers += [{"stock_journal": 1}, {"stock_journal": 2}]
        self.shop.company.decide(**self.random.choice(answers))

    def _backfill(self) -> None:
        last = self.day - timedelta(days=self.random.randrange(0, 30))
        first = last - timedelta(days=self.random.choice([0, 0, 1, 6, 40]))
        wanted = BackfillRequest(first, last, self.random.choice(list(Vouchers)))
        company = self.shop.company
        company.systems.clock.sleep_s(self.random.choice([1, 40_000]))
        self.backfills += 1
        self._tell(f"back-fill {wanted.prefix}")
        with agreement_scope(company.agreement.pk):
            start(company.agreement, wanted, by="test", now=company.systems.clock.now())
        self._settle()
        with agreement_scope(company.agreement.pk):
            stopped = Transfer.in_scope.filter(kind__startswith="stock_", state__in=acts.STOPPED).exists()
        if not stopped:
            days = (
                {last} if wanted.vouchers is Vouchers.SINGLE else {day for part in wanted.parts() for day in part.days}
            )
            assert self._wrong(days) == {}, "days that were filled are wrong"

    def _calm(self) -> None:
        """No more faults, everything open, *Prøv igen* pressed; one more night: everything is right."""
        company = self.shop.company
        company.systems.economic.faults.clear()
        self.crash_in = -1
        self._set_barred([])
        for _ in range(2):
            with agreement_scope(company.agreement.pk):
                stopped = Transfer.in_scope.filter(kind__startswith="stock_", state__in=acts.STOPPED)
                acts.retry(stopped, company.agreement.pk, company.systems.clock.now())
            self._settle()
            self.day += timedelta(days=1)
            self._night()
        with agreement_scope(company.agreement.pk):
            still = list(Transfer.in_scope.filter(state__in=acts.STOPPED).values_list("key", "code"))
        assert still == [], "something stands still although nothing is in its way"
        assert self._wrong(self._ends()) == {}, "period ends are wrong"
        assert self.found(self.day) == self.wanted(self.day)

    def _wrong(self, days: Iterable[date]) -> dict[str, tuple[Values, Values]]:
        """What stands at the days' ends, and what should."""
        found = {str(day): (self.found(day), self.wanted(day)) for day in days}
        return {day: both for day, both in found.items() if both[0] != both[1]}

    def wanted(self, day: date) -> Values:
        """What each stock account should come to."""
        return {STOCK: self.shop.value(day)}

    def found(self, day: date) -> Values:
        """What each of them comes to, with the drafts."""
        return {account: self._total(day, account) for account in self.wanted(day)}

    def _ends(self) -> list[date]:
        """The ends of the months that nights have been through."""
        days = (FIRST + timedelta(days=count) for count in range((self.day - FIRST).days))
        return [day for day in days if (day + timedelta(days=1)).day == 1]

    def _entries(self, account: int = STOCK) -> list[Entry]:
        found = self.shop.company.systems.economic.store.entries.between(AGREEMENT, "2000-01-01", "2099-12-31")
        return [entry for entry in found if entry.account == account]

    def _balance(self, until: date, account: int = STOCK) -> Decimal:
        """Told apart from the product's own way: the opening that the company began with, and what moved it."""
        rows = self._entries(account)
        moved = (row.base_amount for row in rows if row.kind not in OPENINGS and row.date <= str(until))
        return (OPENING if account == STOCK else Decimal(0)) + sum(moved, start=Decimal(0))

    def _total(self, until: date, account: int) -> Decimal:
        drafts = (effect_on(row, account) for row in self.shop.drafts() if row["date"] <= str(until))
        return self._balance(until, account) + sum(drafts, start=Decimal(0))

    def _point(self, name: str) -> None:
        """Between any two effects: the process may die here."""
        if self.crash_in == 0:
            self.crash_in = -1
            raise Crash(name)
        self.crash_in -= self.crash_in > 0

    def tell_ledger(self) -> None:
        """What stands there, beside what happened."""
        for row in self.shop.drafts():
            accounts = f"{row.get('account')} / {row.get('contraAccount')}"
            self._tell(f"draft {row['entryNumber']} {row['date']} {row['amount']} {accounts} {row.get('text')}")
        for account in self.wanted(self.day):
            for entry in self._entries(account):
                if entry.text != "Primo":
                    self._tell(f"booked {entry.number} {account} {entry.date} {entry.base_amount} {entry.text}")
        with agreement_scope(self.shop.company.agreement.pk):
            for transfer in Transfer.in_scope.filter(kind__startswith="stock_").order_by("key"):
                self._tell(f"{transfer} {transfer.state} {transfer.code}")

    def _tell(self, what: str) -> None:
        self.tells.append(what)


History = TypeVar("History", bound=StockHistory)


def lived_stock(seed: int) -> StockHistory:
    return lived_to_its_end(StockHistory(seed), "stock")


def lived_to_its_end(history: History, size: str) -> History:
    """An assertion fails when the oracle finds something."""
    try:
        history.run()
    except AssertionError as error:
        history.tell_ledger()
        replay = f"replay: make simulate SIZE={size} SEEDS={history.seed}-{history.seed}"
        error.add_note("\n".join([*history.tells, replay]))
        raise
    finally:
        history.close()
    return history
