"""The admin door of the local Rackbeat: its own acts beside the common ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from lagerbro.sandbox.kernel import admin
from lagerbro.sandbox.kernel.admin import Act, Body
from lagerbro.sandbox.kernel.http import Request, Response
from lagerbro.sandbox.rackbeat import apps

if TYPE_CHECKING:
    from lagerbro.sandbox.rackbeat.core import RackbeatSandbox


def answer(sandbox: RackbeatSandbox, request: Request) -> Response:
    """Answer a request to the door."""
    return admin.answer(sandbox, request, _ACTS)


def _ask_install(sandbox: RackbeatSandbox, body: Body) -> Body:
    """What pressing *Installér* does: a request token for the app."""
    return {"token": apps.ask(sandbox.store, int(body["account"]), str(body["app"]), sandbox.clock.now())}


def _register_app(sandbox: RackbeatSandbox, body: Body) -> Body:
    """What Rackbeat's staff does: an app with its name and where installing it begins."""
    slug, name = str(body["slug"]), str(body["name"])
    apps.register(sandbox.store, slug, name, str(body.get("install_url", "")), str(body.get("description", "")))
    return {"slug": slug}


_ACTS: Final[Mapping[str, Act[RackbeatSandbox]]] = {
    "apps/register": _register_app,
    "installs": _ask_install,
}
