"""*Brugerindstillinger → API*: personal keys, each shown once (rackbeat-api 1.1)."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel.http import Response
from lagerbro_sandbox.rackbeat.pages.visit import PageRouter, Visit, to
from lagerbro_sandbox.rackbeat.platform import tokens
from lagerbro_sandbox.rackbeat.wire.errors import not_found

NAME_LENGTH_MAX: Final = 60


def add_to(router: PageRouter) -> None:
    router.add("GET", "api", lambda visit: visit.page("keys.html", keys=tokens.listed(visit.session), made=""))
    router.add("POST", "api", _create)
    router.add("POST", "api/close", _closed)


def _create(visit: Visit) -> Response:
    name = visit.form.get("name", "").strip()[:NAME_LENGTH_MAX] or "Uden navn"
    token = tokens.make(visit.session, name)
    return visit.page("keys.html", keys=tokens.listed(visit.session), made=token)


def _closed(visit: Visit) -> Response:
    if not tokens.close(visit.session, visit.form.get("begins", ""), visit.form.get("created_at", "")):
        raise not_found()
    return to("api", "closed")
