"""The stock value of one scheduled day: each stock account is brought to it by one voucher (A26-A31, C9, H24-H27).

read the value → read what is booked → read our drafts → plan → make, replace or withdraw an entry for each account.
What is right already costs two reads. Run again at any moment, it looks at what is and does the rest.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from lagerbro.books.totals import Amounts
from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.economic.journals import DraftEntryRow
from lagerbro.flows.plan_refusals import as_refusal
from lagerbro.flows.stock_value.account_check import check_accounts
from lagerbro.flows.stock_value.accounts import StockAccounts
from lagerbro.flows.stock_value.balance import balance_at
from lagerbro.flows.stock_value.day_accounts import day_accounts, is_accepted
from lagerbro.flows.stock_value.drafts import own_drafts
from lagerbro.flows.stock_value.earlier_periods import (
    changed_days,
    days_left,
    ends_before,
    own_days,
    without_stopped,
)
from lagerbro.flows.stock_value.known import BOOKED, DRAFT, KIND, AdjustmentsKnown
from lagerbro.flows.stock_value.mark import adjusted_day, day_of
from lagerbro.flows.stock_value.periods import are_same_period
from lagerbro.flows.stock_value.plan import OwnDraft, adjust, is_overtaken, left_by
from lagerbro.flows.stock_value.sides import OPENING, Side, measures, opening_details, taken_away
from lagerbro.flows.stock_value.steps import POST, REPLACE
from lagerbro.flows.stock_value.valuing.valuation import stock_values
from lagerbro.flows.stock_value.writing import (
    NAMES_APART,
    AdjustmentEntry,
    adopt_unanswered,
    check_currency,
    check_size,
    write_adjustment,
)
from lagerbro.flows.stock_value_days.days import UNFINISHED, SeenByRun, has_agreed, latest_run, note_run
from lagerbro.money import ZERO
from lagerbro.sync.models import IntentState
from lagerbro.sync.outcome import Drafted, LinkFacts, Outcome, OutcomePending, Refusal, Skipped, Transferred
from lagerbro.sync.schedules.timing import COPENHAGEN
from lagerbro.sync.storage.enqueueing import RankedRecord, enqueue
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind

UNCHANGED: Final = "stock_unchanged"
NAME_MAX: Final = 255
"""As long as a link's name may be."""
Rows = dict[int, DraftEntryRow]


class StockValueFlow:
    """One scheduled day, by its date."""

    kind = KIND
    rank = 80
    runs_in_order = True
    """What one day writes is what the next one builds on."""

    def run(self, work: Work) -> Outcome:
        if not work.choices.stock_value_enabled:
            return Skipped("stock_value_off")
        day = _day(work.transfer.key)
        if day > work.runtime.clock.now().date() + timedelta(days=1):
            raise Refusal("stock_day_unusable", FailureKind.REFUSED)
        check_nothing_in_flight(work)
        with as_refusal():
            return _DayRun(work, day).outcome()


class _DayRun:
    """One look at one day, and what follows from it."""

    def __init__(self, work: Work, day: date) -> None:
        self.work = work
        self.day = day
        self.now = work.runtime.clock.now()
        self.known = AdjustmentsKnown.of(work.agreement, self.now)

    def outcome(self) -> Outcome:
        sides = self._sides()
        if all(side.value == side.balance for side in sides) and not self._may_have_drafts(sides):
            self._note_run(sides)
            return self._unchanged(sides)
        rows = {row.entryNumber: row for row in self.work.clients.economic.finance_entries.all()}
        self.known.wait_for_fresh(rows.values(), self.now)
        booked_days = {day for side in sides for entry in side.booked if (day := day_of(entry.text))}
        for side in sides:
            # before the drafts are told apart, for what is adopted here is one of ours
            adopt_unanswered(self.work, self.known, side.accounts, rows.values())
            side.drafts = self._drafts_of(side.accounts, rows)
        self._enqueue_changed_ends(sides)
        self.known.note_outcomes(self.day, rows, booked_days, self.now)
        for side in sides:
            self._plan(side)
        planned = [side for side in sides if side.plan is not None]
        if not planned:
            return Skipped("stock_day_overtaken")
        # before anything below may stop the run: the page shows what was seen, also when the night waits for a person
        self._note_run(planned, is_finished=False)
        self._check_openings(planned)
        check_accounts(self.work.clients.economic.registers, [side.accounts for side in planned if side.amount])
        written = self._write_all(planned, rows)
        self.known.note_taken_away(taken_away(planned, self.day), rows, is_replaced=bool(written), now=self.now)
        return self._outcome_of_adjustments(planned, written)

    def _sides(self) -> list[Side]:
        today = self.now.astimezone(COPENHAGEN).date()
        is_past = self.day < today and not are_same_period(self.day, today)
        found = day_accounts(self.work.agreement, self.work.choices, self.day, is_past=is_past)
        values = stock_values(self.work.clients.rackbeat, found.choices, self.day)
        sides = []
        for accounts in found.pairs:
            booked = self._booked_on(accounts)
            balance = balance_at(booked, self.day)
            version = found.choices.version
            earlier = found.versions.get(accounts.account, UNFINISHED)
            sides.append(Side(accounts, values[accounts.account], booked, balance, [], version, earlier))
        for left in found.left:
            booked = self._booked_on(left.accounts)
            balance = balance_at(booked, self.day)
            value = ZERO if is_accepted(self.work.agreement, left.accounts.account, booked) else balance
            sides.append(Side(left.accounts, value, booked, balance, [], left.version, left.version, is_left=True))
        return sides

    def _booked_on(self, accounts: StockAccounts) -> list[AccountEntry]:
        return list(self.work.clients.economic.booked_entries.of_account(accounts.account, self.day))

    def _may_have_drafts(self, sides: list[Side]) -> bool:
        """Whether a draft of ours may stand in a journal, so that one has to look."""
        intents = self.work.intents
        parts = ["", *(f".{side.accounts.account}" for side in sides)]
        has_written = any(intents.latest(f"{step}{part}") is not None for step in (POST, REPLACE) for part in parts)
        return self.known.had_drafts or self.work.must_look_first or has_written or any(map(self._left_drafts, sides))

    def _left_drafts(self, side: Side) -> bool:
        seen = latest_run(self.work.agreement, side.accounts.account, self.day)
        return seen is not None and bool(seen.standing)

    def _drafts_of(self, accounts: StockAccounts, rows: Rows) -> list[OwnDraft]:
        memory = self.known.of_account(accounts.account)
        return own_drafts(rows.values(), memory, accounts.account, self.work.agreement.base_currency)

    def _plan(self, side: Side) -> None:
        nightly = self.known.of_account(side.accounts.account).nightly
        adjusted = [*nightly, *(draft.of for draft in side.drafts if not draft.is_backfill)]
        if not is_overtaken(adjusted, self.day):
            minimum = ZERO if side.is_left else self.work.choices.stock_minimum
            side.plan = adjust(side.value, side.balance, side.drafts, self.day, minimum)
            check_size(side.plan.amount)

    def _check_openings(self, sides: list[Side]) -> None:
        """The first difference of an account is the whole opening stock of it, or an error: it is shown and never
        posted by itself (C9c). The currency is looked at then, too (domain-rules F15)."""
        first = [side for side in sides if not self._is_known(side, is_split=len(sides) > 1)]
        if not first:
            return
        check_currency(self.work.clients.rackbeat, self.work.agreement.base_currency)
        asked = [side for side in first if side.amount]
        if asked and not self.work.choices.stock_post_opening:
            raise Refusal(OPENING, FailureKind.CONFIG, **opening_details(asked))

    def _is_known(self, side: Side, *, is_split: bool) -> bool:
        """Whether anything of ours has been posted on the account, or its stock only goes to others now."""
        account = side.accounts.account
        is_ours = side.drafts or any(adjusted_day(entry.text) for entry in side.booked)
        if is_ours or not self.known.of_account(account).is_empty:
            return True
        return is_split and has_agreed(self.work.agreement, account)

    def _write_all(self, sides: list[Side], rows: Rows) -> list[AdjustmentEntry]:
        """New vouchers first: a journal or a day that takes none stops the night with everything as it was."""
        written = {side.accounts: self._write(side, rows) for side in sorted(sides, key=Side.written_after)}
        in_order = (written[side.accounts] for side in sides)
        return [one for one in in_order if one is not None]

    def _write(self, side: Side, rows: Rows) -> AdjustmentEntry | None:
        plan = side.plan
        assert plan is not None
        has_begun = bool(self.work.intents.unfinished())  # what an earlier run of this day made may be booked by now
        written = write_adjustment(self.work, self.known, side.accounts, self.day, plan, rows)
        if plan.amount or plan.withdraw or has_begun:
            self._enqueue_later_day(side.accounts.account)
        side.drafts = left_by(plan, side.drafts, self.day)
        self._note_run([side])
        return written

    def _note_run(self, sides: list[Side], *, is_finished: bool = True) -> None:
        """What was seen, and which drafts of ours are left, for the page *Lagerværdi*."""
        for side in sides:
            standing: dict[date, Decimal] = {}
            for draft in side.drafts:
                if draft.day <= self.day:
                    standing[draft.of] = standing.get(draft.of, ZERO) + draft.effect
            if side.is_left and side.value and not standing:
                continue  # what stands there is none of ours: from now on it is let alone
            newest = max((entry.entryNumber for entry in side.booked), default=0)
            version = side.version if is_finished else side.earlier_version
            seen = SeenByRun(self.day, side.value, side.balance, newest, standing, version)
            note_run(self.work.agreement, side.accounts.account, seen, self.now)

    def _enqueue_later_day(self, account: int) -> None:
        """A later day that has been looked at counted without this one: it is looked at again."""
        seen = latest_run(self.work.agreement, account, date.max)
        days = [*self.known.of_account(account).nightly, *([seen.day] if seen is not None else [])]
        later = max((day for day in days if day > self.day), default=None)
        if later is not None:
            enqueue(self.work.agreement.pk, [RankedRecord(KIND, str(later), StockValueFlow.rank)], self.now)

    def _enqueue_changed_ends(self, sides: list[Side]) -> None:
        """Where a draft of an earlier period has been changed, moved or deleted since the period's last run, that day
        is looked at again, so that the period ends with its own value (domain-rules H25)."""
        days_by_side = [
            own_days(self.known.open_days, side.drafts, side.booked)
            | days_left(self.work.agreement, side.accounts.account, self.day)
            for side in sides
        ]
        ends = ends_before(self.day, set().union(*days_by_side))
        changed: set[date] = set()
        for side in sides:
            account = side.accounts.account
            changed |= changed_days(self.work.agreement, account, ends, side.booked, side.drafts)
        records = [RankedRecord(KIND, str(day), StockValueFlow.rank) for day in without_stopped(changed)]
        enqueue(self.work.agreement.pk, records, self.now)

    def _unchanged(self, sides: list[Side]) -> Outcome:
        return Transferred(None, UNCHANGED, details=measures(sides))

    def _outcome_of_adjustments(self, sides: list[Side], written: list[AdjustmentEntry]) -> Outcome:
        if not written:
            return self._unchanged(sides)
        amount = sum((one.amount for one in written), start=ZERO)
        details = {**measures(sides), "amount": str(amount)}
        code = "stock_drafts_touched" if any(side.plan and side.plan.touched for side in sides) else "stock_adjusted"
        refused = next((one for one in written if one.booking_refusal), None)
        if refused is not None:
            said = {"amount": str(refused.amount), "said": refused.booking_refusal}
            return Drafted(self._link_facts(DRAFT, written, amount), "stock_not_booked", details=said)
        if any(one.is_draft for one in written):
            return Drafted(self._link_facts(DRAFT, written, amount), code, details=details, needs_person=False)
        return Transferred(self._link_facts(BOOKED, written, amount), code, details=details)

    def _link_facts(self, economic_kind: str, written: list[AdjustmentEntry], amount: Decimal) -> LinkFacts:
        amounts = Amounts(amount, ZERO, amount)
        numbers = [f"{self.day.year}-{one.voucher}" for one in written if one.voucher and one.is_draft]
        return LinkFacts(
            economic_kind=economic_kind,
            economic_key=", ".join(numbers)[:64],
            version=str(amount),
            name=NAMES_APART.join(one.accounts.named for one in written)[:NAME_MAX],
            currency=self.work.agreement.base_currency,
            rackbeat=amounts,
            economic=amounts,
        )


def _day(key: str) -> date:
    try:
        return date.fromisoformat(key)
    except ValueError as error:
        raise Refusal("stock_day_unusable", FailureKind.REFUSED) from error


def check_nothing_in_flight(work: Work) -> None:
    """What is on its way is not planned around: it may land after our look (domain-rules H30)."""
    now = work.runtime.clock.now()
    for intent in work.intents.unfinished():
        if intent.state == IntentState.OPEN and now < intent.in_flight_until:
            raise OutcomePending(intent.in_flight_until)
