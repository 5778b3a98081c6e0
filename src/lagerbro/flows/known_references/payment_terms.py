"""Payment terms: those of e-conomic's that give the same due date as Rackbeat's, else made there (domain-rules B1).

The number alone would not do: e-conomic gives its own to what is made there, and 3 may be *Netto 14* in one system and
*Løbende måned + 30* in the other. Of a kind that we have not heard of, or that needs an account, only the number tells.
"""

from __future__ import annotations

from typing import Final

import msgspec

from lagerbro.books.payment_terms import MADE, Terms, matching_terms, terms_kind
from lagerbro.economic.master_data.small_registers import LedgerTerms
from lagerbro.flows.fingerprint import fingerprint
from lagerbro.flows.known_references.making import made
from lagerbro.flows.known_references.remembering import known_number
from lagerbro.flows.texts import cut
from lagerbro.rackbeat.types import PaymentTerms
from lagerbro.sync.outcome import Refusal
from lagerbro.sync.work import Work
from lagerbro.wire.errors import FailureKind

PAYMENT_TERMS: Final = "payment_terms"
STEP: Final = "payment_terms"
NAME_MAX: Final = 50  # economic-api 6.6
DESCRIPTION_MAX: Final = 1000  # economic-api 6.6


class NewTerms(msgspec.Struct):
    name: str
    kind: str
    days: int


def terms_of(work: Work, number: int, missing: str = "payment_terms_missing") -> int:
    """e-conomic's number; raises `Refusal` with the code `missing` where it has none and none can be made."""
    known = known_number(work, PAYMENT_TERMS, str(number), lambda: find_or_make(work, number))
    if known is None:
        work.links.forget(PAYMENT_TERMS, str(number))  # somebody makes them now: nobody waits a day for that
        raise Refusal(missing, FailureKind.CONFIG, terms=str(number))
    return known


def find_or_make(work: Work, number: int) -> int | None:
    """What Rackbeat and e-conomic say of it now."""
    source, existing = work.clients.rackbeat.terms(number), _existing_terms(work)
    kind = terms_kind(source.type) if source is not None else None
    if source is None or kind is None:
        return number if any(one.number == number for one in existing) else None
    wanted = Terms(number, cut(source.name, NAME_MAX) or str(number), kind, source.maturity_days or 0)
    alike = matching_terms(wanted, existing)
    if alike is not None:
        return alike.number
    return _make(work, wanted, source) if kind in MADE else None


def _make(work: Work, wanted: Terms, source: PaymentTerms) -> int:
    new = NewTerms(wanted.name, wanted.kind, wanted.days)
    record = {"name": new.name, "paymentTermsType": new.kind}
    description = cut(source.description, DESCRIPTION_MAX)
    extra = {"daysOfCredit": new.days} if new.days else {}  # nought fails the published schema (economic-api 16.7)
    body = {**record, **extra, **({"description": description} if description else {})}

    def find() -> int | None:
        alike = matching_terms(wanted, _existing_terms(work))
        return alike.number if alike is not None else None

    return made(
        work,
        STEP,
        fingerprint([new.name, new.kind, str(new.days)]),
        new,
        find=find,
        make=lambda key: work.clients.economic.small_registers.add_terms(body, key).paymentTermsNumber,
    )


def _existing_terms(work: Work) -> list[Terms]:
    return [_as_terms(row) for row in work.clients.economic.small_registers.terms()]


def _as_terms(row: LedgerTerms) -> Terms:
    return Terms(row.paymentTermsNumber, row.name, row.paymentTermsType, row.daysOfCredit or 0)
