"""Every page and who answers it; signing in to an account; the style sheet and the script."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.kernel import pages, routing
from lagerbro_sandbox.kernel.http import Request, Response
from lagerbro_sandbox.rackbeat.pages import (
    app_pages,
    document_pages,
    key_pages,
    movement_pages,
    notification_pages,
    party_pages,
    product_pages,
    sandbox_pages,
    sign_in,
)
from lagerbro_sandbox.rackbeat.pages.visit import PACKAGE, ROOT, PageRouter, Visit, to
from lagerbro_sandbox.rackbeat.session import Session
from lagerbro_sandbox.rackbeat.state import RackbeatState
from lagerbro_sandbox.rackbeat.wire.errors import ApiError

PREFIX: Final = f"{ROOT}/"
STYLE: Final = "/css/app-settings.css"
"""C (2.2): a style sheet that settings pages may take from Rackbeat, to look like it in its frame."""
_STATIC: Final = f"{PREFIX}static/"
_MODULES: Final = (
    product_pages,
    document_pages,
    movement_pages,
    party_pages,
    notification_pages,
    app_pages,
    key_pages,
    sandbox_pages,
)


def _routes() -> PageRouter:
    router: PageRouter = routing.Router()
    router.add("GET", "", lambda _visit: to("products"))
    for module in _MODULES:
        module.add_to(router)
    return router


_ROUTER: Final = _routes()


def takes(path: str) -> bool:
    """Whether a path is answered here."""
    return path.startswith(PREFIX) or path in ("/", ROOT, STYLE)


def answer(state: RackbeatState, request: Request, base: str) -> Response:
    """A page, or what pressing one of its buttons comes to."""
    if request.path in ("/", ROOT):
        return pages.redirect(PREFIX)
    if request.path == STYLE:
        return pages.static(PACKAGE, "app-settings.css") or _plain(404, "Filen findes ikke.")
    if request.path.startswith(_STATIC):
        return pages.static(PACKAGE, request.path[len(_STATIC) :]) or _plain(404, "Filen findes ikke.")
    if request.method == "POST" and not pages.is_from_own_page(request, base):
        return _plain(403, "Formularen kom ikke fra denne side.")
    if request.path.startswith(f"{PREFIX}{sign_in.PATH}"):
        return sign_in.answer(state.store, request)
    session = sign_in.session(state, request, base)
    if session is None:
        return pages.redirect(sign_in.address(request))
    return _page(state, request, session)


def _page(state: RackbeatState, request: Request, session: Session) -> Response:
    nowhere = Visit(request, [], state, session)
    try:
        handler, values = _ROUTER.find(request.method, request.path[len(PREFIX) :])
        return handler(Visit(request, values, state, session))
    except LookupError:
        return nowhere.page("absent.html", 404)
    except ApiError as error:
        if error.status == 404:
            return nowhere.page("absent.html", 404)
        return nowhere.refused(error, "refused.html")


def _plain(status: int, text: str) -> Response:
    return Response(status, {"Content-Type": "text/plain; charset=utf-8"}, text.encode())
