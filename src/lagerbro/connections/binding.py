"""Binding the two: a new agreement, the same one connected again, or a move to another ledger (domain-rules H4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from lagerbro.agreements.capabilities import random_secret, rotate
from lagerbro.agreements.choices import decide
from lagerbro.agreements.credentials import credentials, store_credentials
from lagerbro.agreements.history import record_event
from lagerbro.agreements.models import (
    Agreement,
    AgreementState,
    DirectoryCopy,
    Installation,
    Setting,
    StartupState,
)
from lagerbro.agreements.questions import QUESTIONS, Control
from lagerbro.agreements.scope import agreement_scope
from lagerbro.connections import economic_webhooks
from lagerbro.connections.rackbeat_webhooks import events_to_subscribe, subscribe
from lagerbro.connections.reconnecting import state_after_reconnect
from lagerbro.flows.registry import ROUTINES
from lagerbro.sync.clients import ClientFactory, unobserved
from lagerbro.sync.schedules.hastening import hasten
from lagerbro.sync.waking import wake_on_commit

PUBLIC_ID_LENGTH: Final = 10
LEDGER_SPECIFIC_SETTINGS: Final = frozenset(
    question.key
    for question in QUESTIONS
    if question.control in (Control.ACCOUNT, Control.JOURNAL, Control.LAYOUT, Control.GRID, Control.MATCHING)
)
"""Answers that name something in the ledger, and mean nothing in another one."""


class LedgerChangedError(ValueError):
    """The Rackbeat account is joined with another e-conomic agreement already."""


def agreement_of(row: Installation) -> Agreement | None:
    """What the Rackbeat account is already."""
    account = row.account or {}
    return Agreement.objects.filter(rackbeat_account_id=account.get("id", 0)).first()


def changes_ledger(row: Installation, agreement: Agreement | None) -> bool:
    ledger = row.ledger or {}
    number = agreement.economic_agreement_number if agreement else None
    return number is not None and number != ledger.get("number")


def bind(row: Installation, factory: ClientFactory, *, by: str, new_epoch: bool = False) -> Agreement:
    """Join what the person has confirmed. Can be repeated after a failure half-way.

    Raises `LedgerChangedError` unless a new ledger epoch was chosen for another ledger, and a `RemoteError` when
    Rackbeat cannot be told; the keys are stored by then and the same step goes on from there.
    """
    now = factory.clock.now()
    existing = agreement_of(row)
    moves = changes_ledger(row, existing)
    if moves and not new_epoch:
        raise LedgerChangedError(f"joined with e-conomic agreement {existing and existing.economic_agreement_number}")
    with transaction.atomic():
        agreement = _reconnected_agreement(existing, row, now) if existing else _new_agreement(row, now)
        with agreement_scope(agreement.pk):
            _store_keys(agreement, row)
            if moves:
                _begin_epoch(agreement, by, now)
            record_event(agreement, "reconnected" if existing else "connected", by=by, at=now, ledger=_ledger_name(row))
            if existing is None:  # made by this row, which may have to try again what comes next
                row.joined_at = now
                row.save(update_fields=["joined_at"])
            capability = rotate(agreement, now)
            hasten(agreement.pk, ROUTINES, now)
        wake_on_commit(agreement.pk)
    with agreement_scope(agreement.pk):
        _set_settings_url(agreement, capability, factory, now)
        if agreement.activated_at:
            economic_webhooks.subscribe(agreement, factory.connect(agreement, unobserved).economic, now, by=by)
    row.agreement, row.joined_at = agreement, now
    row.grant, row.bearer, row.request_token = "", "", ""
    row.save()
    return agreement


def settings_address(agreement: Agreement, capability: str) -> str:
    """What Rackbeat shows in its frame (rackbeat-api 2.2)."""
    return f"{settings.LAGERBRO_PUBLIC_URL}/rackbeat/{agreement.rackbeat_account_id}/{capability}/"


def _new_agreement(row: Installation, now: datetime) -> Agreement:
    return Agreement.objects.create(
        public_id=random_secret()[:PUBLIC_ID_LENGTH],
        company_name=row.account["name"] or row.ledger["name"],
        cvr=row.ledger["cvr"],
        rackbeat_account_id=row.account["id"],
        economic_agreement_number=row.ledger["number"],
        base_currency=row.ledger["currency"],
        rackbeat_app=row.app,
        created_at=now,
        connected_at=now,
    )


def _reconnected_agreement(agreement: Agreement, row: Installation, now: datetime) -> Agreement:
    """Connected again: settings, history and queue are as they were, and whatever was paused stays so."""
    agreement.company_name = row.account["name"] or row.ledger["name"]
    agreement.cvr = row.ledger["cvr"]
    agreement.economic_agreement_number = row.ledger["number"]
    agreement.base_currency = row.ledger["currency"]
    agreement.rackbeat_app = row.app or agreement.rackbeat_app
    agreement.connected_at = now
    agreement.uninstall_heard_at = None
    if agreement.state == AgreementState.GONE:
        with agreement_scope(agreement.pk):
            agreement.state, agreement.state_code = state_after_reconnect(agreement), ""
    agreement.save()
    return agreement


def _store_keys(agreement: Agreement, row: Installation) -> None:
    token = credentials().rackbeat_token if row.reconnects_id else row.bearer
    store_credentials(agreement, rackbeat_token=token, economic_grant_token=row.grant)


def _begin_epoch(agreement: Agreement, by: str, now: datetime) -> None:
    """Links and keys of the old ledger stay in the archive; what named its accounts is undecided again (H4)."""
    agreement.ledger_epoch += 1
    agreement.startup_used_at = agreement.activated_at = None
    agreement.startup_state, agreement.state = StartupState.NONE, AgreementState.INSTALLING
    agreement.save()
    DirectoryCopy.in_scope.all().delete()
    decide(agreement, dict.fromkeys(_ledger_specific(Setting.in_scope.values_list("key", flat=True))), by=by, at=now)
    record_event(agreement, "epoch_begun", by=by, at=now, epoch=str(agreement.ledger_epoch))


def _ledger_specific(keys: Iterable[str]) -> list[str]:
    return [key for key in keys if key.partition(":")[0] in LEDGER_SPECIFIC_SETTINGS]


def _set_settings_url(agreement: Agreement, capability: str, factory: ClientFactory, now: datetime) -> None:
    rackbeat = factory.connect(agreement, unobserved).rackbeat
    if agreement.rackbeat_app:
        rackbeat.set_settings_url(agreement.rackbeat_app, settings_address(agreement, capability))
    subscribe(agreement, rackbeat, events_to_subscribe(agreement), now)


def _ledger_name(row: Installation) -> str:
    return f"{row.ledger['number']} {row.ledger['name']}"
