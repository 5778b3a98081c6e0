"""*Brugerindstillinger → Apps*: install an app, see its settings in a frame, uninstall it (rackbeat-api 2.2)."""

from __future__ import annotations

from urllib.parse import urlsplit

from lagerbro_sandbox.kernel import pages
from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.rackbeat.pages.visit import PageRouter, Visit, to
from lagerbro_sandbox.rackbeat.platform import apps
from lagerbro_sandbox.rackbeat.wire.errors import ApiError


def add_to(router: PageRouter) -> None:
    router.add("GET", "apps", _overview)
    router.add("POST", "apps/{}/install", _install)
    router.add("GET", "apps/{}/settings", _settings)
    router.add("POST", "apps/{}/uninstall", _uninstall)


def _overview(visit: Visit) -> Response:
    return visit.page("apps.html", apps=apps.cards(visit.session))


def _install(visit: Visit) -> Response:
    """Away to the integration, with a request token (C)."""
    try:
        return pages.redirect(apps.begin(visit.session, visit.key), 302)
    except ApiError as error:
        return visit.refused(error, "apps.html", apps=apps.cards(visit.session))


def _settings(visit: Visit) -> Response:
    app = apps.card(visit.session, visit.key)
    if not app.settings_url:
        return visit.page("app_without_settings.html", app=app)
    parts = urlsplit(app.settings_url)
    return visit.page("app_settings.html", app=app, origin=f"{parts.scheme}://{parts.netloc}")


def _uninstall(visit: Visit) -> Response:
    apps.uninstall(visit.session, visit.key)
    return to("apps", "uninstalled")
