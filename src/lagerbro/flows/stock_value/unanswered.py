"""Drafts that a try without an answer made, although somebody has changed their text since. Pure.

Our mark stands in the text, which anybody may change. Of date, amount and accounts two still agree then: a row of which
nothing else is known is ours, rather than that the same is posted a second time (domain-rules H29, H30).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Final

from lagerbro.economic.finance_entries import NewFinanceEntry
from lagerbro.economic.journals import DraftEntryRow
from lagerbro.flows.stock_value.mark import adjusted_day

_AGREE_MIN: Final = 2


def recognised(
    rows: Iterable[DraftEntryRow], tries: Sequence[NewFinanceEntry], known: Set[int]
) -> Mapping[int, NewFinanceEntry]:
    """What was sent, by the number of the entry that it made: those that agree best first. A row that bears a mark is
    recognised by it, and no answer has to tell us of one that is `known`. `tries` are those of all stock accounts."""
    unknown = [row for row in rows if row.entryNumber not in known]
    left = [row for row in unknown if adjusted_day(row.text) is None]
    found: dict[int, NewFinanceEntry] = {}
    for sent in tries:
        if _is_marked(sent, unknown, tries):
            continue
        best = max(left, key=lambda row: _agreeing(row, sent), default=None)
        if best is not None and _agreeing(best, sent) >= _AGREE_MIN:
            found[best.entryNumber] = sent
            left.remove(best)
    return found


def _is_marked(sent: NewFinanceEntry, rows: Sequence[DraftEntryRow], tries: Sequence[NewFinanceEntry]) -> bool:
    """Whether a row bears the text: the vouchers of a split all do, and then it is the one of this stock account, or
    one that a person has moved to an account that none of them is of."""
    others = {one.accountNumber for one in tries if one.text == sent.text} - {sent.accountNumber}
    return any(row.text == sent.text and row.accountNumber not in others for row in rows)


def _agreeing(row: DraftEntryRow, sent: NewFinanceEntry) -> int:
    """How many of date, amount and accounts are as they were sent."""
    return (
        (row.date[:10] == sent.date[:10])
        + (row.amount == sent.amount)
        + ((row.accountNumber, row.contraAccountNumber) == (sent.accountNumber, sent.contraAccountNumber))
    )
