"""The admin door of the local Rackbeat: its own acts beside the common ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

import msgspec

from lagerbro_sandbox.kernel import admin
from lagerbro_sandbox.kernel.admin import Act, Body
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.rackbeat.platform import accounts, apps, tokens
from lagerbro_sandbox.rackbeat.state import RackbeatState
from lagerbro_sandbox.rackbeat.storage import outbox
from lagerbro_sandbox.rackbeat.storage.outbox import Switches


def answer(state: RackbeatState, request: Request) -> Response:
    """Answer a request to the door."""
    return admin.answer(state, request, _ACTS)


def _ask_install(state: RackbeatState, body: Body) -> Body:
    """What pressing *Installér* does: a request token for the app."""
    return {"token": apps.ask(state.store, int(body["account"]), str(body["app"]), state.clock.now())}


def _register_app(state: RackbeatState, body: Body) -> Body:
    """What Rackbeat's staff does: an app with its name and where installing it begins."""
    slug, name = str(body["slug"]), str(body["name"])
    apps.register(state.store, slug, name, str(body.get("install_url", "")), str(body.get("description", "")))
    return {"slug": slug}


def _switch_webhooks(state: RackbeatState, body: Body) -> Body:
    """How deliveries behave from now on; what is not named is as it was at the start."""
    how = msgspec.convert(body, Switches)
    if how.late_s < 0 or how.lost < 0:
        raise ValueError("late_s and lost are zero or more")
    outbox.set_switches(state.store.connection, how)
    return asdict(how)


def _open_account(state: RackbeatState, body: Body) -> Body:
    """Another account, empty, with a token for it."""
    opened = accounts.open_one(state.store, body, state.clock.now())
    token = str(body.get("token") or apps.new_token())
    tokens.permit(state.store, opened["id"], token)
    return {"account": opened["id"], "token": token}


def _limit(state: RackbeatState, body: Body) -> Body:
    """How many requests a minute each token has from now on, until the next start."""
    size = int(body["per_minute"])
    if size < 1:
        raise ValueError("per_minute is one or more")
    state.limits.per_minute = size
    return {"per_minute": size}


_ACTS: Final[Mapping[str, Act[RackbeatState]]] = {
    "accounts/open": _open_account,
    "webhooks/switch": _switch_webhooks,
    "apps/register": _register_app,
    "installs": _ask_install,
    "limit": _limit,
}
