"""What the next run will do, by the same rules as the run itself (`flows.stock_value.plan`). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lagerbro.books.choices import Choices
from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.flows.stock_value.balance import balance_at
from lagerbro.flows.stock_value.mark import adjusted_day
from lagerbro.flows.stock_value.plan import OwnDraft, adjust, is_overtaken, left_by
from lagerbro.flows.stock_value.sides import OPENING
from lagerbro.flows.stock_value.writing import VALUE_MAX
from lagerbro.flows.stock_value_report.report import Correction, Draft, Voucher
from lagerbro.money import ZERO

OVERTAKEN = "stock_day_overtaken"
TOO_LARGE = "stock_value_too_large"
CURRENCY_DIFFERS = "stock_currency_differs"
UNCLEAR = "stock_draft_unclear"
BELOW_MINIMUM = "stock_below_minimum"


@dataclass(frozen=True, slots=True)
class StockAccountState:
    """`entries` on the account until the next run's day; `unclear` names a draft whose effect cannot be told, as the
    run will refuse it; `adjusted` are the days of which a night has written something, `is_known` whether anything of
    ours has been."""

    value: Decimal
    entries: Sequence[AccountEntry]
    drafts: Sequence[Draft]
    adjusted: Sequence[date]
    is_known: bool
    unclear: Mapping[str, str] | None = None
    account: int = 0
    currencies: Mapping[str, str] | None = None
    """Where Rackbeat values the stock in another currency than the books are kept in."""


def corrections_of(
    state: StockAccountState, values: Mapping[date, Decimal], minimum: Decimal
) -> tuple[list[Correction], list[OwnDraft]]:
    """What the days of earlier periods that are looked at again will post, by their stock values, and the drafts that
    stand then."""
    own, made = [own_draft(draft) for draft in state.drafts], []
    for day, value in sorted(values.items()):
        plan = adjust(value, balance_at(state.entries, day), own, day, minimum)
        own = left_by(plan, own, day)
        if plan.amount:
            made.append(Correction(day=day, amount=plan.amount))
    return made, own


def next_voucher(
    state: StockAccountState, day: date, choices: Choices, own: Sequence[OwnDraft] | None = None
) -> Voucher:
    """What will be posted on that day if nothing changes until then, or why nothing will be. `own`: our drafts as they
    will stand then, where earlier days are looked at again before."""
    balance = balance_at(state.entries, day)
    own = [own_draft(draft) for draft in state.drafts] if own is None else own
    plan = adjust(state.value, balance, own, day, choices.stock_minimum)
    named = {draft.entry: draft for draft in state.drafts}
    difference = state.value - balance - plan.standing
    code, details = _obstacle(state, day, choices, balance, plan.amount)
    if not code and difference and not plan.amount:
        code, details = BELOW_MINIMUM, {"difference": str(difference), "minimum": str(choices.stock_minimum)}
    return Voucher(
        day=day,
        amount=ZERO if code else plan.amount,
        difference=difference,
        standing=plan.standing,
        replaces=named[plan.replace.entry] if plan.replace and not code else None,
        withdraws=[named[draft.entry] for draft in plan.withdraw] if not code or code == BELOW_MINIMUM else [],
        code=code,
        details=details,
    )


def _obstacle(
    state: StockAccountState, day: date, choices: Choices, balance: Decimal, amount: Decimal
) -> tuple[str, dict[str, str]]:
    """As the run meets them, one after another."""
    if state.unclear is not None:
        return UNCLEAR, dict(state.unclear)
    nightly = (draft.of for draft in state.drafts if not draft.is_backfill)
    if is_overtaken([*state.adjusted, *nightly], day):
        return OVERTAKEN, {}
    is_adjusted = state.is_known or state.drafts or any(adjusted_day(entry.text) for entry in state.entries)
    if not is_adjusted and state.currencies is not None:
        return CURRENCY_DIFFERS, dict(state.currencies)
    if amount and not is_adjusted and not choices.stock_post_opening:
        amounts = {"stock": str(state.value), "balance": str(balance), "difference": str(amount)}
        return OPENING, {"account": str(state.account), **amounts}
    if abs(amount) >= VALUE_MAX:
        return TOO_LARGE, {"amount": str(amount)}
    return "", {}


def own_draft(draft: Draft) -> OwnDraft:
    is_unchanged = not (draft.is_touched or draft.is_backfill)
    return OwnDraft(draft.entry, draft.day, draft.effect, is_unchanged, draft.of, draft.is_backfill)
