"""Asking Rackbeat to tell us what happens, so that however often it is tried, each event is told once (H7).

A webhook's token is told only when it is made. One that was made and not stored, because we were killed in between, is
of no use to anybody: it is found by its address, which begins with ours, and deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from django.conf import settings
from django.db import connection

from lagerbro.agreements.capabilities import digest, random_secret
from lagerbro.agreements.models import Agreement, RackbeatWebhook
from lagerbro.agreements.secrets import Secret, SecretUnreadableError, unseal
from lagerbro.flows.registry import EVENTS
from lagerbro.rackbeat.client import Rackbeat
from lagerbro.rackbeat.types import Webhook
from lagerbro.wire.errors import InvalidError, NotFoundError, RemoteError

log = structlog.get_logger()

UNINSTALLED: Final = "plugin.uninstalled"
PATH: Final = "/hooks/rackbeat/"


class LeaseLostError(RuntimeError):
    """We took so long that somebody else has begun the same; what we were about to do is theirs."""


def _check_nothing() -> None:
    """Nobody else can be at it."""


def _no_failpoint(_name: str) -> None:
    """The product itself does nothing at the named points."""


@dataclass(frozen=True, slots=True)
class EffectGuard:
    """`check` is called before every effect and raises `LeaseLostError` when somebody else has begun; `failpoint` with
    a name between any two effects, where the tests that kill the act stand."""

    check: Callable[[], None] = _check_nothing
    failpoint: Callable[[str], None] = _no_failpoint


@dataclass(frozen=True, slots=True)
class HeardWebhook:
    """Whose webhook an address is, and what must come along with it."""

    agreement_id: int
    token: Secret


# by hand, because making this question anew through the models was half of a door's time
_BY_ADDRESS: Final = "SELECT agreement_id, token FROM agreements_rackbeatwebhook WHERE address_key_hash = %s"


def find_webhook(address_key: str) -> HeardWebhook | None:
    """The webhook with the address, of any agreement; raises `SecretUnreadableError`."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_ADDRESS, [digest(address_key)])
        row = cursor.fetchone()
    return HeardWebhook(int(row[0]), unseal(bytes(row[1]))) if row else None


def events_to_subscribe(agreement: Agreement) -> tuple[str, ...]:
    """Before activation nothing but our own end is of interest."""
    return (*EVENTS, UNINSTALLED) if agreement.activated_at else (UNINSTALLED,)


def subscribe(
    agreement: Agreement,
    rackbeat: Rackbeat,
    events: Iterable[str],
    now: datetime,
    *,
    renew: bool = True,
    guard: EffectGuard | None = None,
) -> None:
    """See to it that exactly these events are told; with `renew` at fresh addresses, else only what is missing is made.

    The old addresses stop being ours before the new ones begin. Inside the agreement's scope, and outside a
    transaction: what Rackbeat has been asked for cannot be rolled back. Raises a `RemoteError`; trying again goes on
    where it stopped. An event that Rackbeat does not have is left to the polls: its names are published in part only
    (rackbeat-api 2.4), and one of them must not keep a company from being activated.
    """
    guard, wanted = guard or EffectGuard(), tuple(events)
    hooks = {hook.id: hook for hook in rackbeat.webhooks() if hook.url.startswith(_address(""))}
    intact_rows = set() if renew else _intact_rows(hooks, wanted)
    for row in RackbeatWebhook.in_scope.exclude(pk__in=intact_rows).defer("token"):
        guard.check()
        _delete_hook(rackbeat, row.remote_id)
        row.delete()
        guard.failpoint("subscribe.forgotten")
    stored_ids = set(RackbeatWebhook.in_scope.values_list("remote_id", flat=True))
    for stray in hooks.keys() - stored_ids:
        guard.check()
        _delete_hook(rackbeat, stray)
    stored_events = set(RackbeatWebhook.in_scope.values_list("event", flat=True))
    for event in wanted:
        if event not in stored_events:
            try:
                _subscribe_to(agreement, rackbeat, event, now, guard)
            except InvalidError as error:
                if not _is_about_the_event(error):
                    raise
                log.warning("event_unknown_to_rackbeat", name=event, agreement=agreement.public_id)


def _is_about_the_event(error: InvalidError) -> bool:
    """Whether it is the name of the event, and nothing else, that is refused."""
    return bool(error.errors) and all(one.path == "event" for one in error.errors)


def _intact_rows(hooks: Mapping[int, Webhook], wanted: Iterable[str]) -> set[int]:
    """Our rows whose webhook is still there, calls for the same event, and has its token."""
    return {
        row.pk
        for row in RackbeatWebhook.in_scope.filter(event__in=list(wanted)).defer("token")
        if (hook := hooks.get(row.remote_id)) and hook.is_active and hook.event == row.event and _has_token(row)
    }


def _has_token(row: RackbeatWebhook) -> bool:
    try:
        return bool(row.token.reveal())
    except SecretUnreadableError:
        return False


def _subscribe_to(agreement: Agreement, rackbeat: Rackbeat, event: str, now: datetime, guard: EffectGuard) -> None:
    guard.check()
    address_key = random_secret()
    hook = rackbeat.create_webhook(event, _address(f"{address_key}/"))
    guard.failpoint("subscribe.asked")
    try:
        guard.check()
    except LeaseLostError:
        with suppress(RemoteError):  # whoever has overtaken us finds it as a stray one, too
            rackbeat.delete_webhook(hook.id)
        raise
    RackbeatWebhook.in_scope.create(
        agreement=agreement,
        event=event,
        remote_id=hook.id,
        address_key_hash=digest(address_key),
        token=hook.token or "",
        created_at=now,
    )
    guard.failpoint("subscribe.stored")


def _delete_hook(rackbeat: Rackbeat, webhook_id: int) -> None:
    with suppress(NotFoundError):  # somebody has removed it in Rackbeat already
        rackbeat.delete_webhook(webhook_id)


def _address(rest: str) -> str:
    return f"{settings.LAGERBRO_PUBLIC_URL}{PATH}{rest}"
