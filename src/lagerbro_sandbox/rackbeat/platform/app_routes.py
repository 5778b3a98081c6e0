"""Installed apps, as their own tokens see them (rackbeat-api 2.2)."""

from __future__ import annotations

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.rackbeat.platform import apps
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.wire.answers import plain
from lagerbro_sandbox.rackbeat.wire.listing import listed
from lagerbro_sandbox.rackbeat.wire.routing import Call, Router


def add_to(router: Router) -> None:
    router.add("GET", "user-account-plugins", _installed)
    router.add("POST", "plugins/{}/set-settings-url", _set_settings_url)


def _installed(session: Session, call: Call) -> Response:
    return listed(call.request, "user_account_plugins", apps.installed(session))


def _set_settings_url(session: Session, call: Call) -> Response:
    return plain(apps.set_settings_url(session, call.key, call.body))
