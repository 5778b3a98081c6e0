"""Connecting a company by plain keys: for whoever hosts Lagerbro for themselves, and for the demo.

Both keys are tried first; connecting again keeps settings, links and history (domain-rules H4) and renews every
webhook under a fresh address, as its token is told once only (H7).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from django.db import transaction

from lagerbro.agreements.capabilities import issue, random_secret
from lagerbro.agreements.choices import decide
from lagerbro.agreements.credentials import store_credentials
from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.checks.check import Finding
from lagerbro.checks.registry import blocking_findings
from lagerbro.connections.activation import ActivationOutcome, activate
from lagerbro.connections.activation_context import ActivationContext
from lagerbro.connections.binding import LedgerChangedError, settings_address
from lagerbro.sync.clients import ClientFactory, unobserved
from lagerbro.sync.runtime import Clients

PUBLIC_ID_DIGITS = 10


class BlockedError(ValueError):
    """The keys are kept and nothing is transferred: something has to be mended first. `findings` say what."""

    def __init__(self, agreement: Agreement, findings: list[Finding]) -> None:
        self.agreement = agreement
        self.findings = findings
        super().__init__(", ".join(dict.fromkeys(finding.code for finding in findings)))


class ConnectionKeys(msgspec.Struct, frozen=True):
    """What a person types in. `choices` are settings they have decided."""

    rackbeat_token: str
    economic_grant_token: str
    choices: dict[str, Any] = {}


def connect(keys: ConnectionKeys, factory: ClientFactory, *, by: str) -> tuple[Agreement, str]:
    """Connect and activate; answers the agreement and the part of its address that opens its pages.

    Raises a `RemoteError` when a key does not open its system, `LedgerChangedError` when the account is joined with
    another ledger; nothing is stored then. Raises `BlockedError` when the pre-flight stops the activation.
    """
    clients = factory.open_unbound(keys.rackbeat_token, keys.economic_grant_token, unobserved)
    agreement = _agreement(clients, factory)
    with agreement_scope(agreement.pk):
        with transaction.atomic():
            store_credentials(
                agreement, rackbeat_token=keys.rackbeat_token, economic_grant_token=keys.economic_grant_token
            )
            decide(agreement, keys.choices, by=by, at=factory.clock.now())
            capability = issue(agreement, factory.clock.now())
        done = activate(agreement, ActivationContext.of(factory), by=by, renew=True)
        if done.outcome == ActivationOutcome.BLOCKED:
            raise BlockedError(agreement, blocking_findings(done.findings))
        agreement.refresh_from_db()
    return agreement, capability


def _agreement(clients: Clients, factory: ClientFactory) -> Agreement:
    account = clients.rackbeat.myself().user_account
    ledger = clients.economic.registers.myself()
    agreement, _ = Agreement.objects.get_or_create(
        rackbeat_account_id=account.id,
        defaults={
            "public_id": random_secret()[:PUBLIC_ID_DIGITS],
            "company_name": account.company_name or ledger.company.name,
            "cvr": ledger.company.companyIdentificationNumber,
            "economic_agreement_number": ledger.agreementNumber,
            "base_currency": ledger.settings.baseCurrency,
            "created_at": factory.clock.now(),
        },
    )
    if agreement.economic_agreement_number != ledger.agreementNumber:
        raise LedgerChangedError(
            f"Rackbeat account {account.id} is joined with e-conomic agreement "
            f"{agreement.economic_agreement_number}, and this key opens {ledger.agreementNumber}. "
            "Moving to another ledger begins a new ledger epoch, which is a decision of its own."
        )
    return agreement


def connection_report(agreement: Agreement, capability: str) -> Mapping[str, str]:
    """What the person is told."""
    return {
        "agreement": agreement.public_id,
        "company": agreement.company_name,
        "pages": settings_address(agreement, capability),
    }
