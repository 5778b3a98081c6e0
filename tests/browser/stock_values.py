"""Ninety days of a stock account for the pictures of *Lagerværdi*: a shop that sells, buys, and books most drafts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any

import msgspec
from django.utils import timezone

from lagerbro.agreements import directories
from lagerbro.agreements.choices import choices_of
from lagerbro.agreements.models import AgreementState, Credentials
from lagerbro.agreements.scope import agreement_scope
from lagerbro.economic.booked_entries import OPENING, AccountEntry
from lagerbro.flows.stock_value.known import BACKFILL, BOOKED, DRAFT, KIND, REPLACED
from lagerbro.flows.stock_value.mark import text_of
from lagerbro.flows.stock_value.sides import OPENING as OPENING_ASKED
from lagerbro.flows.stock_value_backfill.request import BackfillRequest, Vouchers
from lagerbro.flows.stock_value_days.days import SeenByRun, latest_run, note_run, note_values
from lagerbro.flows.stock_value_days.models import StockValueDay, StockValueReading
from lagerbro.flows.stock_value_report.accounts import balances_of_all, explanation_of_all, next_of_all
from lagerbro.flows.stock_value_report.balances import balances, latest_days
from lagerbro.flows.stock_value_report.expected import StockAccountState, next_voucher
from lagerbro.flows.stock_value_report.explanation import PresentState, explain
from lagerbro.flows.stock_value_report.report import (
    AccountReport,
    Draft,
    Explanation,
    Part,
    PartKind,
    Received,
    StockReport,
)
from lagerbro.sync.models import Link, Transfer, TransferState
from lagerbro.sync.schedules.timing import COPENHAGEN
from tests.flows.stock_value.shop import CONTRA, JOURNAL, STOCK
from tests.sandboxes import BEARER, GRANT

if TYPE_CHECKING:
    from tests.browser.pages import Scene

START_VALUE = Decimal("412380.50")
RUNS = 26
UNREAD = 9
"""The oldest days, whose value nobody has read."""
DECIDED = {
    "stock_value_enabled": True,
    "stock_frequency": "daily",
    "stock_journal": JOURNAL,
    "stock_account": STOCK,
    "stock_contra_account": CONTRA,
    "stock_post_opening": True,
}
_DETAILS = {"stock": "0.00", "balance": "0.00", "drafts": "0.00", "amount": "0.00"}


def today() -> date:
    return timezone.now().astimezone(COPENHAGEN).date()


def _values() -> dict[date, Decimal]:
    """Goods come every other week and are sold on weekdays."""
    random, value, found = Random(16), START_VALUE, {}
    for day in latest_days(today()):
        if day.weekday() < 5:
            value -= Decimal(random.randrange(180_000, 520_000)) / 100
        if day.toordinal() % 13 == 0:
            value += Decimal(random.randrange(4_200_000, 5_200_000)) / 100
        found[day] = value
    return found


def _ledger(values: dict[date, Decimal]) -> list[AccountEntry]:
    """The opening, an adjustment every week that somebody books, and two entries of others since the latest run."""
    days = list(values)
    entries, balance = [_entry(1, days[0] - timedelta(days=200), START_VALUE, "Primo", OPENING)], START_VALUE
    for day in days[6:-8:7]:
        entries.append(_entry(len(entries) + 1, day, values[day] - balance, text_of(day)))
        balance = values[day]
    others = [
        (days[-9], Decimal("-1250.00"), "Kassation, cykelhjelme"),
        (days[-2], Decimal("4800.00"), "Omp. fra 5830"),
    ]
    return entries + [_entry(700 + n, day, amount, text) for n, (day, amount, text) in enumerate(others)]


def _entry(number: int, day: date, amount: Decimal, text: str, type_: int = 5) -> AccountEntry:
    return AccountEntry(
        entryNumber=number,
        amountInBaseCurrency=amount,
        date=str(day),
        type=type_,
        text=text,
        voucherNumber=30_000 + number,
    )


def on(scene: Scene) -> None:
    """Switched on, the figures of a moment ago: others have posted, something is dated back, two drafts stand."""
    _decide(scene)
    agreement, now = scene.company.agreement, timezone.now()
    values = _values()
    ledger, day, last = _ledger(values), today(), today() - timedelta(days=1)
    with agreement_scope(agreement.pk):
        booked = sum((entry.amountInBaseCurrency for entry in ledger[:-2]), start=Decimal(0))
        drafts = _drafts(values, ledger, booked, last)
        _runs(scene, values, ledger, drafts, booked)
        note_values(agreement, {day: {STOCK: amount} for day, amount in list(values.items())[UNREAD:-1]}, now)
        then = latest_run(agreement, STOCK, day)
        choices = choices_of(agreement)
        found = StockAccountState(values[day], ledger, drafts, [draft.of for draft in drafts], True)
        report = StockReport(
            epoch=agreement.ledger_epoch,
            choices_version=choices.version,
            day=day,
            journal=JOURNAL,
            account=STOCK,
            contra=CONTRA,
            value=values[day],
            booked=sum((entry.amountInBaseCurrency for entry in ledger), start=Decimal(0)),
            drafts=drafts,
            explanation=explain(PresentState(day, values[day], values[last] + Decimal("312.40"), ledger, drafts), then),
            next=next_voucher(found, day, choices),
            balances=balances(ledger, drafts, latest_days(day)),
            received=Received(amount=Decimal("18450.00"), orders=[1042, 1047], is_whole=True),
        )
        _keep(scene, report)


def agreed(scene: Scene) -> None:
    """Everything is booked and nothing has moved."""
    on(scene)
    kept = _kept(scene)
    value = kept.booked
    entries = [_entry(1, today() - timedelta(days=300), value, "Primo", OPENING)]
    same = PresentState(today(), value, value, entries, [])
    _keep(
        scene,
        msgspec.structs.replace(
            kept,
            value=value,
            drafts=[],
            explanation=explain(same, SeenByRun(today() - timedelta(days=1), value, value, 1, {})),
            next=next_voucher(StockAccountState(value, entries, [], [], True), today(), _choices(scene)),
            received=Received(amount=Decimal(0), orders=[], is_whole=True),
        ),
    )


def asked(scene: Scene) -> None:
    """The first difference waits for an answer."""
    on(scene)
    scene.company.decide(stock_post_opening=False)
    kept = _kept(scene)
    entries = [_entry(1, today() - timedelta(days=300), Decimal("84000.00"), "Primo 2026", OPENING)]
    with agreement_scope(scene.company.agreement.pk):
        Transfer.in_scope.filter(kind=KIND).delete()
        StockValueDay.in_scope.all().delete()
        _transfer(scene, today() - timedelta(days=1), TransferState.NEEDS_YOU, OPENING_ASKED, _opening(kept.value))
    _keep(
        scene,
        msgspec.structs.replace(
            kept,
            choices_version=_choices(scene).version,
            booked=Decimal("84000.00"),
            drafts=[],
            explanation=explain(PresentState(today(), kept.value, kept.value, entries, []), None),
            next=next_voucher(
                StockAccountState(kept.value, entries, [], [], False, account=STOCK), today(), _choices(scene)
            ),
            balances=balances(entries, [], latest_days(today())),
            received=None,
        ),
    )


SECOND, LEFT = 5830, 5850


def split(scene: Scene) -> None:
    """By product group: the main account, one of its own, and one that no group belongs to any more."""
    on(scene)
    cells = {"stock_split_accounts:group.2.stock": SECOND, "stock_split_accounts:group.2.contra": 1360}
    scene.company.decide(stock_split="group", **cells)
    kept, day = _kept(scene), today()
    assert kept.next is not None
    main = AccountReport(
        account=STOCK,
        contra=CONTRA,
        value=kept.value,
        booked=kept.booked,
        drafts=kept.drafts,
        explanation=kept.explanation,
        next=kept.next,
        balances=kept.balances,
    )
    second = _beside(scene, SECOND, Decimal("118240.00"), Decimal("120000.00"), PartKind.MOVED)
    left = _beside(scene, LEFT, Decimal("0.00"), Decimal("3500.00"), PartKind.REGROUPED)
    accounts = [main, second, msgspec.structs.replace(left, is_left=True)]
    _keep(
        scene,
        msgspec.structs.replace(
            kept,
            choices_version=_choices(scene).version,
            value=sum((one.value for one in accounts), start=Decimal(0)),
            booked=sum((one.booked for one in accounts), start=Decimal(0)),
            explanation=explanation_of_all(accounts),
            next=next_of_all(accounts),
            balances=balances_of_all(accounts),
            accounts=accounts,
        ),
    )
    with agreement_scope(scene.company.agreement.pk):
        run = SeenByRun(day - timedelta(days=1), Decimal("120000.00"), Decimal("120000.00"), 3, {})
        note_run(scene.company.agreement, SECOND, run, timezone.now())


def _beside(scene: Scene, account: int, value: Decimal, booked: Decimal, kind: PartKind) -> AccountReport:
    """An account whose whole difference is one part, and is posted next."""
    entries = [_entry(1, today() - timedelta(days=120), booked, "Lager", OPENING)]
    state = StockAccountState(value, entries, [], [], True, account=account)
    part = Part(kind=kind, amount=value - booked, day=today() - timedelta(days=1))
    return AccountReport(
        account=account,
        contra=1360,
        value=value,
        booked=booked,
        drafts=[],
        explanation=Explanation(difference=value - booked, since=part.day, parts=[part]),
        next=next_voucher(state, today(), _choices(scene)),
        balances=balances(entries, [], latest_days(today())),
    )


def split_settings(scene: Scene) -> None:
    """The rows of the split, with one that says it wrong: its stock account has another contra account elsewhere."""
    _decide(scene)
    cells = {"stock_split_accounts:group.2.stock": SECOND, "stock_split_accounts:group.2.contra": 1360}
    gone = {"stock_split_accounts:group.99.stock": LEFT, "stock_split_accounts:group.3.stock": 1360}
    scene.company.decide(stock_split="group", **cells, **gone)


def refused(scene: Scene) -> None:
    """The latest run met a journal that cannot hold finance vouchers."""
    on(scene)
    with agreement_scope(scene.company.agreement.pk):
        row = Transfer.in_scope.filter(kind=KIND).latest("key")
        Transfer.in_scope.filter(pk=row.pk).update(
            state=TransferState.NEEDS_YOU, code="stock_journal_restricted", details={"journal": "2"}
        )


def backfilled(scene: Scene) -> None:
    """Two back-fills: one under way, one that a closed period stands in the way of."""
    on(scene)
    last = today().replace(day=1) - timedelta(days=1)
    first = (last - timedelta(days=75)).replace(day=1)
    parts = BackfillRequest(first, last, Vouchers.DAILY).parts()
    stopped = BackfillRequest(first, first.replace(day=28), Vouchers.SINGLE).parts()[0]
    with agreement_scope(scene.company.agreement.pk):
        Transfer.in_scope.filter(kind=BACKFILL).delete()
        told = {"first": str(first), "last": str(last), "count": "4", "amount": "1250.00"}
        _transfer(scene, parts[0].key, TransferState.DRAFTED, "stock_backfilled", told, kind=BACKFILL)
        _transfer(scene, parts[1].key, TransferState.WAITING, "", {}, kind=BACKFILL)
        periods = {"periods": f"{first}–{first.replace(day=30)}"}
        _transfer(scene, stopped.key, TransferState.NEEDS_YOU, "stock_backfill_closed", periods, kind=BACKFILL)


def off(scene: Scene) -> None:
    scene.company.decide(stock_value_enabled=False)
    with agreement_scope(scene.company.agreement.pk):
        Transfer.in_scope.filter(kind=KIND).delete()


def _decide(scene: Scene) -> None:
    agreement, now = scene.company.agreement, timezone.now()
    scene.company.decide(**DECIDED)
    with agreement_scope(agreement.pk):
        keys = {"rackbeat_token": BEARER, "economic_grant_token": GRANT}
        Credentials.in_scope.get_or_create(agreement=agreement, defaults=keys)
        Transfer.in_scope.filter(kind=KIND).delete()
        StockValueDay.in_scope.all().delete()
        rackbeat, economic = scene.company.systems.clients(lambda _exchange: None)
        directories.read_and_store_all(agreement, rackbeat, economic, now)
    scene.in_state(AgreementState.ACTIVE)


def _drafts(values: dict[date, Decimal], ledger: list[AccountEntry], booked: Decimal, last: date) -> list[Draft]:
    """One of the month before, which somebody has changed, and the latest night's."""
    before = last.replace(day=1) - timedelta(days=1)
    old = Draft(
        entry=41, voucher=50041, journal=JOURNAL, day=before, of=before, effect=Decimal("-620.00"), is_touched=True
    )
    effect = values[last] - booked - old.effect
    return [old, Draft(entry=57, voucher=50057, journal=JOURNAL, day=last, of=last, effect=effect, is_touched=False)]


def _runs(
    scene: Scene, values: dict[date, Decimal], ledger: list[AccountEntry], drafts: list[Draft], booked: Decimal
) -> None:
    agreement, now = scene.company.agreement, timezone.now()
    days = list(values)[-RUNS - 1 : -1]
    for number, day in enumerate(days):
        until = [entry for entry in ledger[:-2] if entry.date <= str(day)]
        balance = sum((entry.amountInBaseCurrency for entry in until), start=Decimal(0))
        standing = {draft.of: draft.effect for draft in drafts} if day == days[-1] else {}
        seen_balance = booked if day == days[-1] else balance
        note_run(agreement, STOCK, SeenByRun(day, values[day], seen_balance, len(ledger) - 2, standing), now)
        amount = values[day] - balance
        if not amount:
            _transfer(scene, day, TransferState.TRANSFERRED, "stock_unchanged", _DETAILS)
            continue
        _transfer(scene, day, TransferState.DRAFTED, "stock_adjusted", _DETAILS)
        kind = DRAFT if day == days[-1] else BOOKED if number % 7 == 3 else REPLACED
        _link(scene, day, kind, 50_032 + number, drafts[-1].effect if day == days[-1] else amount)


def _transfer(
    scene: Scene, key: object, state: TransferState, code: str, details: dict[str, str], kind: str = KIND
) -> None:
    now = timezone.now()
    facts: dict[str, Any] = {"state": state, "code": code, "details": details, "created_at": now, "changed_at": now}
    Transfer.in_scope.update_or_create(agreement=scene.company.agreement, kind=kind, key=str(key), defaults=facts)


def _link(scene: Scene, day: date, economic_kind: str, number: int, amount: Decimal) -> None:
    agreement, now = scene.company.agreement, timezone.now()
    facts: dict[str, Any] = {
        "economic_kind": economic_kind,
        "economic_key": f"{day.year}-{number}",
        "currency": "DKK",
        "created_at": now,
        "changed_at": now,
        **dict.fromkeys(("net", "gross", "economic_net", "economic_gross"), amount),
        **dict.fromkeys(("vat", "economic_vat"), Decimal(0)),
    }
    key: dict[str, Any] = {
        "agreement": agreement,
        "epoch": agreement.ledger_epoch,
        "kind": KIND,
        "rackbeat_key": str(day),
    }
    Link.in_scope.update_or_create(**key, defaults=facts)


def _opening(value: Decimal) -> dict[str, str]:
    told = {"stock": str(value), "balance": "84000.00", "difference": str(value - 84000)}
    return {"account": str(STOCK), **told}


def _kept(scene: Scene) -> StockReport:
    with agreement_scope(scene.company.agreement.pk):
        content = StockValueReading.in_scope.get().content
    return msgspec.json.decode(bytes(content), type=StockReport)


def _keep(scene: Scene, report: StockReport) -> None:
    agreement = scene.company.agreement
    facts = {"content": msgspec.json.encode(report), "read_at": timezone.now()}
    with agreement_scope(agreement.pk):
        StockValueReading.in_scope.update_or_create(agreement=agreement, defaults=facts)


def _choices(scene: Scene) -> Any:
    with agreement_scope(scene.company.agreement.pk):
        scene.company.agreement.refresh_from_db()
        return choices_of(scene.company.agreement)
