"""What people type, cleaned once where it comes in: in addresses, searches, cookies and forms (domain-rules H35).

Doors that programs knock on read their bodies themselves and say what is wrong with them; they are what is exempt from
Django's own check of forms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict

from lagerbro.wire.texts import clean, is_clean, is_key

AS_TYPED: Final = "password"
"""A field whose name holds this is left as it is: nobody reads it, and its digest is of what was typed."""


class TypedTextMiddleware:
    """Stands before whatever looks at a cookie, an address's parts or a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.COOKIES = {name: text for name, text in request.COOKIES.items() if is_clean(text)}
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _positional: tuple[Any, ...], parts: Mapping[str, Any]
    ) -> None:
        if not all(is_key(part) for part in parts.values() if isinstance(part, str)):
            raise Http404
        if not getattr(view, "csrf_exempt", False):
            request.GET = cleaned_form(request.GET)  # type: ignore[assignment]  # closed as well
            if request.method == "POST":
                request.POST = cleaned_form(request.POST)  # type: ignore[assignment]


def cleaned_form(form: QueryDict) -> QueryDict:
    """The form with every name and every text clean; itself where they are."""
    if all(is_clean(name) and all(map(is_clean, texts)) for name, texts in form.lists()):
        return form
    cleaned = QueryDict(mutable=True, encoding=form.encoding)
    for name, texts in form.lists():
        cleaned.setlist(clean(name), texts if AS_TYPED in name else [clean(str(text)) for text in texts])
    cleaned._mutable = False  # noqa: SLF001 - as Django closes a form that it has read
    return cleaned
