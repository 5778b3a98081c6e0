"""Rows written and read by statements of our own are those that Django writes and reads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from lagerbro.agreements.scope import ScopeMissingError, agreement_scope
from lagerbro.sync.amounts import FractionOfOreError
from lagerbro.sync.models import Intent, IntentState, Link, Transfer
from lagerbro.sync.storage.insertion import Insertion
from lagerbro.sync.storage.reading import Reading
from tests.world import Company

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, 30, 15, 123456, tzinfo=UTC)
IDENTITY = ("agreement_id", "epoch", "kind", "rackbeat_key")


def _link(company: Company, **more: object) -> Link:
    facts = {"economic_kind": "booked", "economic_key": "501", "version": "v", "currency": "DKK", "name": "Ø 9 % ' \""}
    moments = {"created_at": NOW, "changed_at": NOW}
    return Link(agreement=company.agreement, epoch=1, kind="x", rackbeat_key="1", **{**facts, **moments, **more})


def _intent(company: Company, transfer: Transfer) -> Intent:
    return Intent(
        agreement=company.agreement,
        transfer=transfer,
        step="draft",
        version="v1",
        idempotency_key="k",
        choices_version=3,
        run=1,
        request="{}",
        created_at=NOW,
        in_flight_until=NOW + timedelta(seconds=40),
    )


def _values(row: Link | Intent) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.attname != "id"}


def test_what_is_inserted_is_read_back_by_both(company: Company) -> None:
    company.ask("product", "NL-100")
    transfer = company.transfer("product", "NL-100")
    intent = _intent(company, transfer)
    with agreement_scope(company.agreement.pk):
        Insertion(Intent).one(intent)
        (ours,) = Reading(Intent).where("id = %s", (intent.pk,))
        assert _values(ours) == _values(intent) == _values(Intent.in_scope.get())
        assert ours.pk == intent.pk == Intent.in_scope.get().pk
        ours.state = IntentState.CONFIRMED
        ours.save()
        assert Intent.in_scope.get().state == "confirmed"


def test_amounts_and_empty_ones_go_through_unharmed(company: Company) -> None:
    row = _link(company, net=Decimal("-1234567890123.45"), vat=Decimal("0.01"))
    with agreement_scope(company.agreement.pk):
        Insertion(Link).all([row])
        (ours,) = Reading(Link).where("kind = %s", ("x",))
        assert _values(ours) == _values(row) == _values(Link.in_scope.get(kind="x"))
        assert (ours.net, ours.vat, ours.gross) == (Decimal("-1234567890123.45"), Decimal("0.01"), None)


def test_an_amount_finer_than_an_ore_is_refused_and_nothing_is_stored(company: Company) -> None:
    with agreement_scope(company.agreement.pk):
        with pytest.raises(FractionOfOreError):
            Insertion(Link).all([_link(company, net=Decimal("0.005"))])
        assert not Link.in_scope.filter(kind="x").exists()
        Insertion(Link).all([_link(company, net=Decimal("0.01"))])
        assert Link.in_scope.get(kind="x").net == Decimal("0.01")


def test_a_row_with_the_same_identity_is_renewed_in_the_columns_that_are_named(company: Company) -> None:
    upsert = Insertion(Link, IDENTITY, ("economic_key", "changed_at"))
    later = NOW + timedelta(days=1)
    with agreement_scope(company.agreement.pk):
        upsert.all([_link(company)])
        upsert.all([_link(company, economic_key="777", version="v2", created_at=later, changed_at=later)])
        row = Link.in_scope.get(kind="x")
        assert (row.economic_key, row.version, row.created_at, row.changed_at) == ("777", "v", NOW, later)


def test_another_agreements_row_is_refused_here_and_taken_in_its_own_scope(company: Company) -> None:
    with agreement_scope(company.agreement.pk + 1), pytest.raises(ScopeMissingError, match="another's scope"):
        Insertion(Link).all([_link(company)])
    with agreement_scope(company.agreement.pk):
        assert not Link.in_scope.filter(kind="x").exists()
        Insertion(Link).all([_link(company)])
        assert Link.in_scope.filter(kind="x").count() == 1


def test_nothing_is_read_or_written_outside_a_scope(company: Company) -> None:
    with pytest.raises(ScopeMissingError, match="Link was queried"):
        Reading(Link).where("kind = %s", ("x",))
    with pytest.raises(ScopeMissingError):
        Insertion(Link).all([_link(company)])
