"""A new release starts while the one before still runs: on the same database, each leaving the other's work alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader

from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.asking import ask
from lagerbro.sync.due import Known, agreements_with_due_work
from lagerbro.sync.models import Intent, Schedule, Transfer, TransferState
from tests.world import Company

ADDS = (migrations.AddField, migrations.AddIndex, migrations.AddConstraint, migrations.CreateModel)


@pytest.mark.django_db
def test_migrations_of_the_engine_only_add_and_what_they_add_may_be_left_out() -> None:
    """The release before inserts rows without the new columns."""
    loader = MigrationLoader(connection)
    operations = [
        operation
        for (app, name), migration in loader.disk_migrations.items()
        if app == "sync" and not name.startswith("0001")
        for operation in migration.operations
    ]
    assert operations
    assert [operation for operation in operations if not isinstance(operation, ADDS)] == []
    fields = [operation for operation in operations if isinstance(operation, migrations.AddField)]
    assert [field.name for field in fields if not (field.field.null or field.field.has_db_default())] == []


def test_the_release_before_stores_its_writes_as_it_always_did(company: Company) -> None:
    """It names the columns that it knows, and `looked_at` is not among them."""
    company.invoiced(company.systems.invoice())
    known = [str(field.column) for field in Intent._meta.concrete_fields if field.name not in ("id", "looked_at")]
    stored = ", ".join(f"'old {name}'" if name == "step" else name for name in known)
    with agreement_scope(company.agreement.pk), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO sync_intent ({', '.join(known)}) SELECT {stored} FROM sync_intent LIMIT 1")
        assert Intent.objects.get(step="old step").looked_at is None


def test_what_only_the_new_release_knows_waits_for_its_workers(company: Company) -> None:
    now = company.systems.clock.now()
    with agreement_scope(company.agreement.pk):
        Schedule.objects.all().delete()
        ask(company.agreement.pk, [("hologram", "1", 50)], now)
        Schedule.objects.create(agreement=company.agreement, routine="hologram_poll", due_at=now, changed_at=now)
    old = Known(tuple(company.world.flows), tuple(company.world.routines))
    assert agreements_with_due_work(now, known=old) == []
    assert not company.drain().more
    transfer = company.transfer("hologram", 1)
    assert (transfer.state, transfer.code, transfer.runs) == (TransferState.WAITING, "", 0)
    new = replace(old, kinds=(*old.kinds, "hologram"))
    assert agreements_with_due_work(now, known=new) == [company.agreement.pk]
    assert agreements_with_due_work(now, known=replace(old, routines=("hologram_poll",))) == [company.agreement.pk]
    assert agreements_with_due_work(now, known=Known((), ())) == []


def test_a_claim_of_another_release_is_taken_over_like_any_other(company: Company) -> None:
    number = company.systems.invoice()
    company.ask("customer_invoice", number)
    with agreement_scope(company.agreement.pk):
        Transfer.objects.update(claim="of an older kind", state=TransferState.RUNNING)
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
