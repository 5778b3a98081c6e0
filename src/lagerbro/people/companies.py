"""Which agreements somebody may open."""

from __future__ import annotations

from lagerbro.agreements.scope import every_agreement
from lagerbro.people.models import Membership, Person


def companies_of(person: Person) -> list[Membership]:
    """The agreements that a person may open, by name."""
    with every_agreement("a person's own companies are listed"):
        memberships = Membership.in_scope.select_related("agreement").filter(person=person)
        return list(memberships.order_by("agreement__company_name", "pk"))
