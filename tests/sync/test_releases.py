"""A new release starts while the one before still runs: on the same database, each leaving the other's work alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader

from lagerbro.agreements.models import Agreement, Capability, CapabilityKind, Setting
from lagerbro.agreements.scope import agreement_scope
from lagerbro.sync.drain import Slice, drain
from lagerbro.sync.models import Intent, Schedule, Transfer, TransferState
from lagerbro.sync.storage.due import KnownNames, agreements_with_due_work
from lagerbro.sync.storage.enqueueing import RankedRecord, enqueue
from tests.world import Company

APPS = ("agreements", "people", "stock_value_days", "sync")
ADDS = (migrations.AddField, migrations.AddIndex, migrations.AddConstraint, migrations.CreateModel)
OF_NAMES = migrations.AlterModelManagers
"""What only Python calls otherwise: no statement reaches the database."""


@pytest.fixture
def loader() -> MigrationLoader:
    return MigrationLoader(connection)


def later(loader: MigrationLoader) -> list[tuple[tuple[str, str], migrations.Migration]]:
    """Every migration of ours but the first of each app."""
    return [(key, loader.disk_migrations[key]) for key in sorted(loader.disk_migrations) if _is_later(*key)]


def _is_later(app: str, name: str) -> bool:
    return app in APPS and not name.startswith("0001")


@pytest.mark.django_db
def test_migrations_only_add_and_what_they_change_keeps_its_column(loader: MigrationLoader) -> None:
    """The release before goes on reading and writing while they run and afterwards."""
    seen = 0
    for key, migration in later(loader):
        state = loader.project_state(key, at_end=False)
        for operation in migration.operations:
            before = state.clone()
            operation.state_forwards(key[0], state)
            seen += 1
            if isinstance(operation, migrations.AlterField):
                was = before.models[key[0], operation.model_name_lower].fields[operation.name]
                assert operation.field.db_type(connection) == was.db_type(connection), (key, operation)
                assert operation.field.null or not was.null, (key, operation)
            elif isinstance(operation, migrations.SeparateDatabaseAndState):
                assert not operation.database_operations, (key, operation)  # forgotten here, kept for the one before
            else:
                assert isinstance(operation, (*ADDS, OF_NAMES)), (key, operation)
    assert seen


@pytest.mark.django_db
def test_what_is_forgotten_here_is_still_there_for_the_release_before() -> None:
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "agreements_setting")
    assert "state" in {column.name for column in columns}
    assert not hasattr(Setting, "state")


@pytest.mark.django_db
def test_a_field_that_got_a_better_name_keeps_its_column() -> None:
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "sync_intent")
    assert {str(field.column) for field in Intent._meta.concrete_fields} == {column.name for column in columns}
    assert "rests_until" in {column.name for column in columns}


@pytest.mark.django_db
def test_what_was_added_may_be_left_out(loader: MigrationLoader) -> None:
    """The release before inserts rows without the new columns: each has a value of the database's own, or none."""
    added = [
        (app, operation.model_name_lower, operation.name)
        for (app, _), migration in later(loader)
        for operation in migration.operations
        if isinstance(operation, migrations.AddField)
    ]
    models = loader.project_state().models
    fields = {name: models[name[0], name[1]].fields[name[2]] for name in added}
    assert {app for app, *_ in fields} == {"agreements", "stock_value_days", "sync"}
    assert [name for name, field in fields.items() if not (field.null or field.has_db_default())] == []


@pytest.mark.django_db
def test_the_release_before_makes_agreements_as_it_always_did(loader: MigrationLoader) -> None:
    first = loader.project_state(("agreements", "0001_initial"), at_end=True).apps
    old = first.get_model("agreements", "Agreement")
    row = old.objects.create(
        public_id="old", company_name="Gl. Lager", rackbeat_account_id=1, created_at="2026-11-24T09:00:00Z"
    )
    made = Agreement.objects.get(pk=row.pk)
    assert (made.startup_state, made.sign_in_required, made.rackbeat_app) == ("", True, "")
    first.get_model("agreements", "Capability").objects.create(
        agreement_id=row.pk, digest="d", created_at="2026-11-24T09:00:00Z"
    )
    with agreement_scope(row.pk):
        assert Capability.in_scope.get().kind == CapabilityKind.RACKBEAT


def test_the_release_before_stores_its_writes_as_it_always_did(company: Company) -> None:
    """It names the columns that it knows, and `looked_at` is not among them."""
    company.invoiced(company.systems.invoice())
    known = [str(field.column) for field in Intent._meta.concrete_fields if field.name not in ("id", "looked_at")]
    stored = ", ".join(f"'old {name}'" if name == "step" else name for name in known)
    with agreement_scope(company.agreement.pk), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO sync_intent ({', '.join(known)}) SELECT {stored} FROM sync_intent LIMIT 1")
        assert Intent.in_scope.get(step="old step").looked_at is None


def test_what_only_the_new_release_knows_waits_for_its_workers(company: Company) -> None:
    now = company.systems.clock.now()
    with agreement_scope(company.agreement.pk):
        Schedule.in_scope.all().delete()
        enqueue(company.agreement.pk, [RankedRecord("hologram", "1", 50)], now)
        Schedule.in_scope.create(agreement=company.agreement, routine="hologram_poll", due_at=now, changed_at=now)
    old = KnownNames(tuple(company.runtime.flows), tuple(company.runtime.routines))
    assert agreements_with_due_work(now, known=old) == []
    assert not company.drain().more
    company.ask("product", "NL-100")
    assert not drain(company.agreement.pk, company.runtime, lambda: False, Slice(transfers=1)).more, "for ever"
    transfer = company.transfer("hologram", 1)
    assert (transfer.state, transfer.code, transfer.runs) == (TransferState.WAITING, "", 0)
    new = replace(old, kinds=(*old.kinds, "hologram"))
    assert agreements_with_due_work(now, known=new) == [company.agreement.pk]
    assert agreements_with_due_work(now, known=replace(old, routines=("hologram_poll",))) == [company.agreement.pk]
    assert agreements_with_due_work(now, known=KnownNames((), ())) == []


def test_a_claim_of_another_release_is_taken_over_like_any_other(company: Company) -> None:
    number = company.systems.invoice()
    company.ask("customer_invoice", number)
    with agreement_scope(company.agreement.pk):
        Transfer.in_scope.update(claim="of an older kind", state=TransferState.RUNNING)
    company.drain()
    assert company.transfer("customer_invoice", number).state == TransferState.TRANSFERRED
