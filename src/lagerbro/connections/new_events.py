"""A release that hears of more than the one before asks for it: who was activated earlier need not press anything."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from django.db.models import Count

from lagerbro.agreements.models import Agreement, AgreementState, RackbeatWebhook
from lagerbro.agreements.scope import agreement_scope, every_agreement
from lagerbro.connections import economic_webhooks
from lagerbro.connections.activation_lease import BusyError, activation_lease
from lagerbro.connections.each import act_on_each
from lagerbro.connections.rackbeat_webhooks import UNINSTALLED, EffectGuard, subscribe
from lagerbro.flows.registry import EVENTS
from lagerbro.sync.clients import ClientFactory, unobserved

BY: Final = "Lagerbro"


def hear_new_events(factory: ClientFactory) -> int:
    """Ask both systems for the events that active agreements do not hear of yet; answers how many agreements were
    looked at. Any number of processes may do it at once, and it can be repeated after a failure half-way."""
    return act_on_each("new_events", _lacking(), lambda agreement: _listen(agreement, factory))


def _lacking() -> list[Agreement]:
    """Those that hear of something, and not of everything."""
    with every_agreement("a new release asks for its new events"):
        rows = RackbeatWebhook.in_scope.filter(event__in=EVENTS).values_list("agreement_id").annotate(Count("pk"))
        heard = dict(rows.order_by())
    active = Agreement.objects.filter(state=AgreementState.ACTIVE)
    return [agreement for agreement in active if 0 < heard.get(agreement.pk, 0) < len(EVENTS)]


def _listen(agreement: Agreement, factory: ClientFactory) -> None:
    """Only what is missing is made; e-conomic is asked when Rackbeat had something new to tell, so that what either
    refuses is not remarked on again and again."""
    with suppress(BusyError), agreement_scope(agreement.pk), activation_lease(agreement, factory.clock) as lease:
        systems, now, guard = factory.connect(agreement, unobserved), factory.clock.now(), EffectGuard(lease.renew)
        before = RackbeatWebhook.in_scope.count()
        subscribe(agreement, systems.rackbeat, (*EVENTS, UNINSTALLED), now, renew=False, guard=guard)
        if RackbeatWebhook.in_scope.count() > before:
            economic_webhooks.subscribe(agreement, systems.economic, now, by=BY, renew=False, guard=guard)
