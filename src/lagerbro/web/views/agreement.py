"""Pages inside an agreement: which role they need. Who visits has been decided before (`web.middleware`)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Final, overload

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Role
from lagerbro.sync.models import Transfer
from lagerbro.web.sign_in.anew import is_recent, require_sign_in
from lagerbro.web.visiting import Door, Visit
from lagerbro.wire.page_time import asking_nobody

View = Callable[..., HttpResponseBase]
ROLE: Final = "agreement_role"
"""The attribute that says of a view which role it asks for; a test walks every address by it."""


def visit_of(request: HttpRequest) -> Visit:
    """Who visits: their role, their name for the history, and the addresses of the pages for them."""
    visit: Visit | None = getattr(request, "visit", None)
    if visit is None:
        raise Http404
    return visit


def transfer_or_404(transfer_id: int) -> Transfer:
    """The transfer of the agreement whose page this is."""
    transfer = Transfer.in_scope.filter(pk=transfer_id).first()
    if transfer is None:
        raise Http404
    return transfer


@overload
def agreement_page(view: View) -> View: ...
@overload
def agreement_page(
    *, role: Role = ..., signed_in: bool = ..., person: bool = ..., recently_signed_in: bool = ...
) -> Callable[[View], View]: ...
def agreement_page(
    view: View | None = None,
    *,
    role: Role = Role.READER,
    signed_in: bool = False,
    person: bool = False,
    recently_signed_in: bool = False,
) -> View | Callable[[View], View]:
    """Open the page to whoever has at least this role, in the agreement's scope; the others are told why not.

    The view is called with the request, the agreement and the rest of the address; `visit_of(request)` says who asks.
    With `signed_in` the page asks for somebody who is known, unless the company allows it inside Rackbeat's frame;
    with `person` it always does, as where cookies or a name are needed; with `recently_signed_in` what is sent asks
    for a sign-in of the last minutes. A reading link shows what is known here and
    sets no call off: whoever has it may be anybody.
    """
    if view is None:
        return lambda inner: _opened(
            inner, role, signed_in=signed_in, person=person, recently_signed_in=recently_signed_in
        )
    return _opened(view, role, signed_in=signed_in, person=person, recently_signed_in=recently_signed_in)


def _opened(view: View, role: Role, *, signed_in: bool, person: bool, recently_signed_in: bool) -> View:
    @wraps(view)
    def opened(request: HttpRequest, public_id: str = "", page_token: str = "", **parts: object) -> HttpResponseBase:  # noqa: ARG001 - the middleware has read them
        visit = visit_of(request)
        with agreement_scope(visit.agreement.pk), asking_nobody() if visit.door is Door.LINK else nullcontext():
            if not visit.may(role):
                return not_open(request, role)
            if (signed_in and not visit.may_decide) or (person and visit.person is None):
                return sign_in_needed(request)
            if recently_signed_in and request.method == "POST" and not is_recent(request):
                return require_sign_in(request)
            return view(request, visit.agreement, **parts)

    setattr(opened, ROLE, role)
    return opened


def not_open(request: HttpRequest, role: Role) -> HttpResponse:
    """What is lacking: the role, or what the company asks of it."""
    if visit_of(request).second_factor_missing:
        return render(request, "403_second_factor.html", status=403)
    return render(request, "403.html", {"needed": role.name}, status=403)


def sign_in_needed(request: HttpRequest) -> HttpResponse:
    """Say that this asks for sign-in, with the way there in the top window."""
    return render(request, "sign_in_needed.html", {"sign_in": signed_in_address(request)}, status=403)


def signed_in_address(request: HttpRequest) -> str:
    """The page that was asked for, or the agreement's first page after a form, for somebody who is signed in."""
    visit = visit_of(request)
    match = request.resolver_match
    if request.method != "GET" or match is None or not match.url_name:
        return visit.address_signed_in("overview")
    parts = {name: value for name, value in match.kwargs.items() if name not in ("public_id", "page_token")}
    return visit.address_signed_in(match.url_name, **parts)
