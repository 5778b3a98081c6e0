"""Groups, layouts and units, which are a number and a name; payment terms and employees. Pure."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from lagerbro.flows.startup.candidate import Candidate, MappingContext
from lagerbro.flows.startup.kinds import Kind
from lagerbro.flows.startup.mapping.identity import identity
from lagerbro.flows.startup.mapping.texts import fitting, one_line

MATURITY_MAX_DAYS = 32_767
TYPE_MAX = 60


class _Terms(msgspec.Struct):
    paymentTermsType: str | None = None
    daysOfCredit: int | None = None
    description: str | None = None


class _Employee(msgspec.Struct):
    email: str | None = None
    phone: str | None = None


class _Layout(msgspec.Struct):
    deleted: bool = False


def named(kind: Kind) -> Callable[[object, MappingContext], Candidate]:
    """The mapping of a kind that has a name and nothing else."""

    def mapped(record: object, _context: MappingContext) -> Candidate:
        found = identity(kind, record)
        if kind is Kind.LAYOUT and found.as_shape(_Layout).deleted:
            raise found.cannot("layout_deleted")
        return Candidate(kind, found.number, found.name, {"name": found.name})

    return mapped


def payment_terms(record: object, _context: MappingContext) -> Candidate:
    """Type and days as they are: Rackbeat's own list of types is not public (rackbeat-api 3.11)."""
    found = identity(Kind.PAYMENT_TERMS, record)
    terms = found.as_shape(_Terms)
    kind, days = one_line(terms.paymentTermsType), terms.daysOfCredit or 0
    if not kind:
        raise found.cannot("no_type")
    if len(kind) > TYPE_MAX or not 0 <= days <= MATURITY_MAX_DAYS:
        raise found.cannot("terms_unusable", type=kind[:TYPE_MAX], days=str(days)[:10])
    fields = {"name": found.name, "type": kind, "maturity_days": days}
    description, left_out = fitting({"description": (terms.description, 1000)})
    return Candidate(Kind.PAYMENT_TERMS, found.number, found.name, {**fields, **description}, left_out=left_out)


def employee(record: object, _context: MappingContext) -> Candidate:
    found = identity(Kind.EMPLOYEE, record)
    person = found.as_shape(_Employee)
    more, left_out = fitting({"contact_email": (person.email, 255), "contact_phone": (person.phone, 60)})
    return Candidate(Kind.EMPLOYEE, found.number, found.name, {"name": found.name, **more}, left_out=left_out)
