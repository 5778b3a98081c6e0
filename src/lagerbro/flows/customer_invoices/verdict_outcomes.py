"""From what was found of an invoice to how its transfer ends: what stands in the way first, and what is only told."""

from __future__ import annotations

from collections.abc import Set

from lagerbro.books.totals import Comparison
from lagerbro.flows.customer_invoices.totals_verdict import INFORMATIVE_CODES, TotalsVerdict
from lagerbro.sync.outcome import Drafted, LinkFacts, Outcome, Transferred
from lagerbro.sync.reasons import Reason, combined_reason, reasons_of
from lagerbro.sync.work import Work


def earlier_verdicts(work: Work, codes: Set[str]) -> list[TotalsVerdict]:
    """What an earlier run told and this one, which sends nothing, does not find out again."""
    before = reasons_of(work.transfer.code, work.transfer.details)
    return [
        TotalsVerdict(reason.code not in INFORMATIVE_CODES, reason.code, dict(reason.details))
        for reason in before
        if reason.code in codes
    ]


def outcome_of_verdicts(
    verdicts: list[TotalsVerdict],
    *,
    is_draft: bool,
    link: LinkFacts | None = None,
    follows: tuple[tuple[str, str], ...] = (),
) -> Outcome:
    """A draft that is not held needs nobody, even when its VAT is an øre off."""
    is_blocking = any(verdict.is_blocking for verdict in verdicts)
    if is_draft:
        verdicts = [verdict for verdict in verdicts if verdict.code != Comparison.VAT_ROUNDING]
    shown_first = sorted((one for one in verdicts if one.code), key=lambda verdict: not verdict.is_blocking)
    first = combined_reason([Reason(verdict.code, verdict.details) for verdict in shown_first])
    if is_draft:
        return Drafted(link, first.code, first.details, needs_person=is_blocking)
    return Transferred(link, first.code, first.details, needs_person=is_blocking, follows=follows)
