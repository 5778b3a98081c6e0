"""The calls that were made for one transfer: the latest 50 and earlier ones by page, bodies cut; and one call whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lagerbro.agreements.models import Agreement
from lagerbro.sync.models import Attempt, Transfer
from lagerbro.web.states import kind_of
from lagerbro.web.views.agreement import agreement_page
from lagerbro.wire.exchange import BODY_LIMIT_CHARS

PAGE: Final = 50
BODIES_BYTES: Final = 60_000
"""What the bodies on one page come to at most, so that the page stays below 100 KB whatever is in them."""
URL_BYTES: Final = 300


@dataclass(frozen=True, slots=True)
class Call:
    """One attempt as it is shown. `is_cut`: some of it has been left out."""

    attempt: Attempt
    url: str
    sent: str
    answered: str
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Calls:
    """One piece of them, in the order in which they were made; page 1 is the latest."""

    page: Page[Any]
    shown: tuple[Call, ...]

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def first(self) -> int:
        """The number of the first of the piece, counted from the first of all."""
        return self.total - self.page.end_index() + 1

    @property
    def last(self) -> int:
        return self.total - self.page.start_index() + 1


def calls(transfer: Transfer, number: str | None) -> Calls:
    """A piece of the transfer's calls. Bodies share what a page can bear: few calls are shown whole."""
    made = Attempt.in_scope.filter(transfer=transfer).order_by("-pk").values_list("pk", flat=True)
    page = Paginator(made, PAGE).get_page(number)
    keys = list(page.object_list)
    limit = BODIES_BYTES // (2 * max(1, len(keys)))
    begun = Attempt.in_scope.defer("sent", "answered").annotate(
        sent_start=Left("sent", limit + 1), answered_start=Left("answered", limit + 1)
    )
    return Calls(page, tuple(_call(attempt, limit) for attempt in begun.filter(pk__in=keys).order_by("pk")))


@require_GET
@agreement_page
def one(request: HttpRequest, agreement: Agreement, transfer_id: int, attempt_id: int) -> HttpResponse:
    """One call, as much of it as is kept."""
    attempt = Attempt.in_scope.select_related("transfer").filter(pk=attempt_id, transfer_id=transfer_id).first()
    if attempt is None:
        raise Http404
    context = {
        "agreement": agreement,
        "transfer": attempt.transfer,
        "kind": kind_of(attempt.transfer),
        "call": Call(attempt, attempt.url, attempt.sent, attempt.answered),
        "kept_chars": BODY_LIMIT_CHARS if BODY_LIMIT_CHARS in (len(attempt.sent), len(attempt.answered)) else 0,
    }
    return render(request, "activity/attempt.html", context)


def _call(attempt: Any, limit: int) -> Call:  # noqa: ANN401 - an attempt with what it was annotated with
    url, sent = _begun(attempt.url, URL_BYTES), _begun(attempt.sent_start, limit)
    answered = _begun(attempt.answered_start, limit)
    is_cut = (url, sent, answered) != (attempt.url, attempt.sent_start, attempt.answered_start)
    return Call(attempt, url, sent, answered, is_cut)


def _begun(text: str, most: int) -> str:
    """The beginning of a text, of so many bytes at most."""
    coded = text.encode()
    return text if len(coded) <= most else f"{coded[:most].decode(errors='ignore')}…"
