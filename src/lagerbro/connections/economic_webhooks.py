"""Asking e-conomic to tell us what happens (economic-api 11.2). What it does not tell is found by polls all the same,
so that a refusal (no role for it, an address without https) is a remark and holds up nothing.

Each webhook has an unguessable address, a capability that is stored before e-conomic is asked, and a secret in a header
that no address tells, so that one in somebody's log opens nothing.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Final

import structlog
from django.conf import settings

from lagerbro.agreements.capabilities import capability_for, close_capability, digest, issue, withdraw_all
from lagerbro.agreements.history import record_event
from lagerbro.agreements.keyed_digests import is_keyed_digest, keyed_digest
from lagerbro.agreements.models import Agreement, Capability, CapabilityKind
from lagerbro.agreements.scope import agreement_scope
from lagerbro.connections.rackbeat_webhooks import EffectGuard
from lagerbro.economic.client import Economic
from lagerbro.economic.webhooks import Header, Hook
from lagerbro.flows.economic_events import ECONOMIC_EVENTS
from lagerbro.wire.errors import RemoteError

log = structlog.get_logger()

PATH: Final = "/hooks/economic/"
SECRET_HEADER: Final = "X-Lagerbro-Secret"  # noqa: S105 - the name of a header
NOT_SUBSCRIBED: Final = "economic_not_told"
_SALT: Final = "lagerbro.economic_door"


def secret_of(address_key: str) -> str:
    """What e-conomic is to send along with every call to the address, from the day that it is made."""
    return keyed_digest(_SALT, address_key)


def is_secret_of(door: Capability, address_key: str, given: str) -> bool:
    """Whether e-conomic was given it with the address. One that was made before its digest was kept with the address
    is known by the signing keys, and kept from then on."""
    if door.secret_digest:
        return hmac.compare_digest(door.secret_digest, digest(given))
    if not is_keyed_digest(_SALT, address_key, given):
        return False
    with agreement_scope(door.agreement_id):
        Capability.in_scope.filter(pk=door.pk, secret_digest="").update(secret_digest=digest(given))
    return True


def subscribe(
    agreement: Agreement,
    economic: Economic,
    now: datetime,
    *,
    by: str,
    renew: bool = True,
    guard: EffectGuard | None = None,
) -> None:
    """See to it that every event of ours is told; with `renew` at fresh addresses, else only what is missing is made.

    Inside the agreement's scope, outside a transaction. What e-conomic refuses stands in the history.
    """
    guard = guard or EffectGuard()
    try:
        own_hooks = _own_hooks(agreement, economic)
        standing = set() if renew else {hook.eventType for hook in own_hooks if _is_complete(agreement, hook)}
        _delete_hooks(economic, [hook for hook in own_hooks if hook.eventType not in standing], now, guard)
        if renew:
            withdraw_all(now, CapabilityKind.ECONOMIC)
        missing = [name for name in _wanted_events(economic) if name not in standing]
    except RemoteError as error:
        _record_failure(agreement, error, by, now)
        return
    refused = [fault for name in missing if (fault := _create_hook(agreement, economic, name, now, guard)) is not None]
    if refused:
        _record_failure(agreement, refused[0], by, now)


def unsubscribe(agreement: Agreement, economic: Economic, now: datetime) -> None:
    """Ask e-conomic to tell us no more, as far as it listens, and close the addresses."""
    with suppress(RemoteError):
        _delete_hooks(economic, _own_hooks(agreement, economic), now, EffectGuard())
    withdraw_all(now, CapabilityKind.ECONOMIC)


def _wanted_events(economic: Economic) -> list[str]:
    return sorted({name.upper() for name in ECONOMIC_EVENTS} & economic.webhooks.offered())


def _own_hooks(agreement: Agreement, economic: Economic) -> list[Hook]:
    """Those with an address of this agreement's, or of nobody's any more; one ledger may serve two agreements."""
    hooks = [hook for hook in economic.webhooks.all() if hook.url.startswith(_url(""))]
    holders = [capability_for(_key(hook)) for hook in hooks]
    return [
        hook for hook, holder in zip(hooks, holders, strict=True) if holder is None or _is_held_by(agreement, holder)
    ]


def _is_held_by(agreement: Agreement, holder: Capability) -> bool:
    return holder.agreement_id == agreement.pk


def _is_complete(agreement: Agreement, hook: Hook) -> bool:
    """Whether its address still opens our door for this agreement, and its secret fits."""
    key = _key(hook)
    capability = capability_for(key)
    headers = {header.key: header.value for header in hook.customHeaders or ()}
    if capability is None or hook.isDisabled or not _is_held_by(agreement, capability):
        return False
    return is_secret_of(capability, key, headers.get(SECRET_HEADER, ""))


def _create_hook(
    agreement: Agreement, economic: Economic, name: str, now: datetime, guard: EffectGuard
) -> RemoteError | None:
    guard.check()
    key = issue(agreement, now, kind=CapabilityKind.ECONOMIC, label=name)
    Capability.in_scope.filter(digest=digest(key)).update(secret_digest=digest(secret_of(key)))
    hook = Hook(
        eventType=name,
        name="Lagerbro",
        url=_url(f"{key}/"),
        contentType="application/json",
        postData=f'{{"event": "{name.lower()}", "number": "[{ECONOMIC_EVENTS[name.lower()].field}]"}}',
        customHeaders=[Header(SECRET_HEADER, secret_of(key))],
    )
    try:
        economic.webhooks.create(hook, f"webhook-{secret_of(key)[:40]}")
    except RemoteError as error:
        if not error.outcome_unknown:
            close_capability(key, now)
        return error
    return None


def _delete_hooks(economic: Economic, hooks: Iterable[Hook], now: datetime, guard: EffectGuard) -> None:
    for hook in hooks:
        guard.check()
        economic.webhooks.delete(hook.eventType, f"webhook-{secret_of(_key(hook))[:32]}-deleted")
        close_capability(_key(hook), now)


def _record_failure(agreement: Agreement, error: RemoteError, by: str, now: datetime) -> None:
    log.warning(NOT_SUBSCRIBED, agreement=agreement.public_id, code=error.code)
    record_event(agreement, NOT_SUBSCRIBED, by=by, at=now, reason=error.code)


def _key(hook: Hook) -> str:
    return hook.url.removeprefix(_url("")).partition("/")[0]


def _url(rest: str) -> str:
    return f"{settings.LAGERBRO_PUBLIC_URL}{PATH}{rest}"
