"""What every template may use: who visits, where the pages are, and a form token that fits the door."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from lagerbro.agreements.page_tokens import form_token
from lagerbro.web import storage_faults
from lagerbro.web.navigation import links
from lagerbro.web.status.broken import broken
from lagerbro.web.status.needing import needing
from lagerbro.web.storage_messages import STORAGE
from lagerbro.web.visiting import Visit


def visit(request: HttpRequest) -> dict[str, object]:
    """Outside an agreement only that nothing can be stored, if it is so."""
    fault = storage_faults.present()
    words: dict[str, object] = {"storage": STORAGE[fault]} if fault else {}
    present: Visit | None = getattr(request, "visit", None)
    if present is None:
        return words
    match = request.resolver_match
    words["visit"], words["agreement"] = present, present.agreement
    words["broken"] = broken(present.agreement)
    words["pages"] = links(present, match.url_name or "" if match else "", needing(present.agreement, timezone.now()))
    if present.capability is not None:
        words["csrf_token"] = form_token(present.capability)
    return words
