"""The paths of webhooks (rackbeat-api 2.4)."""

from __future__ import annotations

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.rackbeat.platform import webhooks
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.answers import done, one
from lagerbro_sandbox.rackbeat.wire.listing import listed
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router


def add_to(router: Router) -> None:
    router.add("GET", "webhooks", _listed)
    router.add("POST", "webhooks", _create)
    router.add("GET", "webhooks/{}", _read)
    router.add("PUT", "webhooks/{}", _changed)
    router.add("DELETE", "webhooks/{}", _removed)
    router.add("GET", "webhooks/{}/logs", _logs)
    router.add("GET", "webhooks/logs/{}", _log)


def _listed(session: Session, call: Call) -> Response:
    return listed(call.request, "webhooks", webhooks.listed(session, call.given.get("event")))


def _create(session: Session, call: Call) -> Response:
    hook, is_new = webhooks.create(session, call.body)
    return one("webhook", hook, 201 if is_new else 200)


def _read(session: Session, call: Call) -> Response:
    return one("webhook", webhooks.one(session, call.key))


def _changed(session: Session, call: Call) -> Response:
    return one("webhook", webhooks.update(session, call.key, call.body))


def _logs(session: Session, call: Call) -> Response:
    return listed(call.request, "webhook_logs", webhooks.logs(session, call.key))


def _log(session: Session, call: Call) -> Response:
    return one("webhook_log", webhooks.log(session, call.key))


def _removed(session: Session, call: Call) -> Response:
    webhooks.delete(session, call.key)
    return done()
