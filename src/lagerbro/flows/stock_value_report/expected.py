"""What the next run will do, by the same rules as the run itself (`flows.stock_value.plan`). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lagerbro.books.choices import Choices
from lagerbro.economic.booked_entries import AccountEntry
from lagerbro.flows.stock_value.balance import balance_at
from lagerbro.flows.stock_value.flow import OPENING, VALUE_MAX
from lagerbro.flows.stock_value.mark import day_of
from lagerbro.flows.stock_value.plan import OwnDraft, adjust, is_overtaken
from lagerbro.flows.stock_value_report.report import Draft, Voucher
from lagerbro.money import ZERO

OVERTAKEN = "stock_day_overtaken"
TOO_LARGE = "stock_value_too_large"
BELOW_MINIMUM = "stock_below_minimum"


@dataclass(frozen=True, slots=True)
class Found:
    """`entries` on the account until the next run's day; `unclear` names a draft whose effect cannot be told, as the
    run will refuse it; `adjusted` are the days of which something has been written."""

    value: Decimal
    entries: Sequence[AccountEntry]
    drafts: Sequence[Draft]
    adjusted: Sequence[date]
    unclear: Mapping[str, str] | None = None


def next_voucher(found: Found, day: date, choices: Choices) -> Voucher:
    """What will be posted on that day if nothing changes until then, or why nothing will be."""
    balance = balance_at(found.entries, day)
    own = [_own(draft) for draft in found.drafts]
    plan = adjust(found.value, balance, own, day, choices.stock_minimum)
    named = {draft.entry: draft for draft in found.drafts}
    difference = found.value - balance - plan.standing
    code, details = _obstacle(found, day, choices, balance, plan.amount)
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
    found: Found, day: date, choices: Choices, balance: Decimal, amount: Decimal
) -> tuple[str, dict[str, str]]:
    """As the run meets them, one after another."""
    if found.unclear is not None:
        return "stock_draft_unclear", dict(found.unclear)
    if is_overtaken([*found.adjusted, *(draft.day for draft in found.drafts)], day):
        return OVERTAKEN, {}
    ours = found.adjusted or found.drafts or any(day_of(entry.text) for entry in found.entries)
    if amount and not ours and not choices.stock_post_opening:
        told = {"stock": str(found.value), "balance": str(balance), "difference": str(amount)}
        return OPENING, {"account": str(choices.stock_account), **told}
    if abs(amount) >= VALUE_MAX:
        return TOO_LARGE, {"amount": str(amount)}
    return "", {}


def _own(draft: Draft) -> OwnDraft:
    return OwnDraft(draft.entry, draft.day, draft.effect, not draft.is_touched, draft.of)
