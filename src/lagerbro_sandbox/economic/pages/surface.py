"""Every page and who answers it; signing in; the style sheet."""

from __future__ import annotations

from typing import Final

from lagerbro_sandbox.economic.pages import (
    account_pages,
    entry_pages,
    front_page,
    invoice_pages,
    journal_pages,
    order_pages,
    register_pages,
    sandbox_pages,
    sign_in,
    year_pages,
)
from lagerbro_sandbox.economic.pages.visit import PACKAGE, ROOT, PageRouter, Visit
from lagerbro_sandbox.economic.services.problems import ServiceError
from lagerbro_sandbox.economic.state import EconomicState
from lagerbro_sandbox.economic.wire.errors import ApiError
from lagerbro_sandbox.kernel import pages, routing
from lagerbro_sandbox.kernel.http import Request, Response

PREFIX: Final = f"{ROOT}/"
_STATIC: Final = f"{PREFIX}static/"
_MODULES: Final = (
    front_page,
    invoice_pages,
    order_pages,
    register_pages,
    journal_pages,
    entry_pages,
    account_pages,
    year_pages,
    sandbox_pages,
)


def _routes() -> PageRouter:
    router: PageRouter = routing.Router()
    for module in _MODULES:
        module.add_to(router)
    return router


_ROUTER: Final = _routes()


def routes() -> set[tuple[str, str]]:
    """Every verb and path below the root."""
    return set(_ROUTER.paths())


def answer(state: EconomicState, request: Request, base: str) -> Response:
    """A page, or what pressing one of its buttons comes to."""
    if request.path.startswith(_STATIC):
        return pages.static(PACKAGE, request.path[len(_STATIC) :]) or _plain(404, "Filen findes ikke.")
    if request.method == "POST" and not pages.is_from_own_page(request, base):
        return _plain(403, "Formularen kom ikke fra denne side.")
    if request.path == f"{PREFIX}{sign_in.PATH}":
        return sign_in.answer(state.store, request)
    chosen = sign_in.chosen(state.store, request)
    if chosen is None:
        return pages.redirect(sign_in.address(request))
    return _page(state, request, *chosen)


def _page(state: EconomicState, request: Request, agreement: int, user: dict[str, object]) -> Response:
    session = state.session(agreement, request.host)
    nowhere = Visit(request, [], state, session, user)
    try:
        handler, values = _ROUTER.find(request.method, request.path[len(PREFIX) :])
        return handler(Visit(request, values, state, session, user))
    except LookupError:
        return nowhere.page("absent.html", 404)
    except (ApiError, ServiceError) as error:
        if error.status == 404 and request.method == "GET":
            return nowhere.page("absent.html", 404)
        what = "Siden kan ikke vises." if request.method == "GET" else "Det blev ikke gjort."
        return nowhere.page("refused.html", error.status, refused=nowhere.refused(error, what))


def _plain(status: int, text: str) -> Response:
    return Response(status, {"Content-Type": "text/plain; charset=utf-8"}, text.encode())
