"""What every template may use: who visits, where the pages are, and a form token that fits the door."""

from __future__ import annotations

from django.http import HttpRequest

from lagerbro.agreements.page_tokens import form_token
from lagerbro.web.navigation import links
from lagerbro.web.visiting import Visit


def visit(request: HttpRequest) -> dict[str, object]:
    """Nothing outside an agreement."""
    present: Visit | None = getattr(request, "visit", None)
    if present is None:
        return {}
    match = request.resolver_match
    words: dict[str, object] = {
        "visit": present,
        "agreement": present.agreement,
        "pages": links(present, match.url_name or "" if match else ""),
    }
    if present.capability is not None:
        words["csrf_token"] = form_token(present.capability)
    return words
