"""Payment terms whose kind or days are changed in Rackbeat give another due date: what goes from now on has those of
e-conomic's that give it too (domain-rules B1). The old ones stay there, as booked invoices name them."""

from __future__ import annotations

from typing import Final

from lagerbro.flows.known_references.payment_terms import PAYMENT_TERMS, find_or_make
from lagerbro.sync.outcome import Outcome, Refusal, Skipped, Transferred
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind

AS_BEFORE: Final = "terms_as_before"


class PaymentTermsFlow:
    """Terms by Rackbeat's number. Those that nothing has named yet are looked up when something does."""

    kind = PAYMENT_TERMS
    rank = 5

    def run(self, work: Work) -> Outcome:
        key = work.transfer.key
        known = work.links.get(PAYMENT_TERMS, key)
        if known is None or not key.isdigit():
            return _as_before(work)
        number = find_or_make(work, int(key))
        if number is None:
            work.links.forget(PAYMENT_TERMS, key)
            raise Refusal("payment_terms_missing", FailureKind.CONFIG, terms=key)
        if str(number) == known.economic_key:
            return _as_before(work)
        work.links.remember(PAYMENT_TERMS, key, str(number), work.runtime.clock.now())
        return Transferred(code="terms_are_others", details={"terms": str(number)})


def _as_before(work: Work) -> Outcome:
    """Nobody needs to know of a first look that found nothing; what was told before stays."""
    return Skipped(AS_BEFORE, is_forgotten=True) if work.transfer.runs == 1 else Transferred()
