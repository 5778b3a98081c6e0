"""Pages inside an agreement: who may see them, and what they must never give away."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse

from lagerbro.agreements.capabilities import agreement_for
from lagerbro.agreements.scope import agreement_scope

View = Callable[..., HttpResponse]


def agreement_page(view: View) -> View:
    """Open the page with the `capability` in its address: 404 for an unknown one, the scope for a known one.

    The view is called with the request and the agreement. The answer is kept nowhere.
    """

    @wraps(view)
    def opened(request: HttpRequest, capability: str, **parts: object) -> HttpResponse:
        agreement = agreement_for(capability)
        if agreement is None:
            raise Http404
        with agreement_scope(agreement.pk):
            response = view(request, agreement, **parts)
        response["Cache-Control"] = "no-store"
        return response

    return opened
