"""Aktivitet: what became of every record, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from lagerbro.agreements.models import Agreement
from lagerbro.economic.invoice_types import Invoice
from lagerbro.flows.customer_invoices.steps import DRAFT
from lagerbro.people.models import Role
from lagerbro.sync.enqueueing import enqueue
from lagerbro.sync.models import Intent, IntentState, Link, Transfer, TransferState
from lagerbro.sync.waking import wake_on_commit
from lagerbro.web.sentences import SENTENCES
from lagerbro.web.sentences.words import Told, tell
from lagerbro.web.states import KINDS, STATES
from lagerbro.web.views.agreement import agreement_page, visit_of
from lagerbro.web.views.attempts import calls
from lagerbro.wire.numbers import decode

PAGE: Final = 50
SEARCH_LENGTH_MAX: Final = 64
_MOVING: Final = (TransferState.WAITING, TransferState.RUNNING)


@dataclass(frozen=True, slots=True)
class Row:
    """One transfer with what is known of it on both sides."""

    transfer: Transfer
    link: Link | None
    told: Told | None

    @property
    def kind(self) -> object:
        return KINDS.get(self.transfer.kind, self.transfer.kind)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; anything it cannot ask for is passed over."""

    state: str
    kind: str
    search: str

    @classmethod
    def of(cls, request: HttpRequest) -> Filters:
        state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
        return cls(
            state if state in STATES else "",
            kind if kind in KINDS else "",
            # A database ends a text, or refuses it, at a NUL.
            request.GET.get("q", "").replace("\0", "\N{REPLACEMENT CHARACTER}").strip()[:SEARCH_LENGTH_MAX],
        )

    def rows(self) -> QuerySet[Transfer]:
        found = self._searched()
        return found.filter(state=self.state) if self.state else found

    def counts(self) -> dict[str, int]:
        """How many there are in each state, under the other filters."""
        counted = self._searched().values_list("state").annotate(count=Count("pk")).order_by()
        return dict(counted)

    def address(self, **changes: str) -> str:
        """The query of the same page with something else chosen."""
        chosen = {"state": self.state, "kind": self.kind, "q": self.search, **changes}
        return "?" + urlencode({name: value for name, value in chosen.items() if value})

    def _searched(self) -> QuerySet[Transfer]:
        found = Transfer.objects.filter(kind=self.kind) if self.kind else Transfer.objects.all()
        if not self.search:
            return found
        linked = Link.objects.filter(economic_key__icontains=self.search).values("kind", "rackbeat_key")[:PAGE]
        either = Q(key__icontains=self.search)
        for link in linked:
            either |= Q(kind=link["kind"], key=link["rackbeat_key"])
        return found.filter(either)


@require_GET
@agreement_page
def listing(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """The list, or for a live update only the part that changes."""
    filters = Filters.of(request)
    counts = filters.counts()
    pages = Paginator(filters.rows().order_by("-changed_at", "-pk").values_list("pk", flat=True), PAGE)
    pages.count = counts.get(filters.state, 0) if filters.state else sum(counts.values())
    page = pages.get_page(request.GET.get("page"))
    context = {
        "agreement": agreement,
        "filters": filters,
        "rows": _rows(_transfers(list(page.object_list)), agreement),
        "page": page,
        "total": sum(counts.values()),
        "needs_you": counts.get(TransferState.NEEDS_YOU, 0),
        "refused": counts.get(TransferState.REFUSED, 0),
        "moving": sum(counts.get(state, 0) for state in _MOVING),
        "chips": [
            (state, STATES[state], counts[state], filters.address(state=state)) for state in STATES if state in counts
        ],
        "everything": filters.address(state=""),
        "kinds": KINDS,
    }
    part = getattr(request, "htmx", False)
    return render(request, "activity/_live.html" if part else "activity/list.html", context)


@require_GET
@agreement_page
def one(request: HttpRequest, agreement: Agreement, transfer_id: int) -> HttpResponse:
    """One transfer: what it is, both sides, why it stands where it stands, and every call that was made."""
    found = Transfer.objects.filter(pk=transfer_id).first()
    if found is None:
        raise Http404
    (row,) = _rows([found], agreement)
    context = {
        "agreement": agreement,
        "row": row,
        "draft": None if row.link else _draft_number(found),
        "calls": calls(found, request.GET.get("page")),
    }
    return render(request, "activity/transfer.html", context)


def _draft_number(found: Transfer) -> int | None:
    """The draft that was made before the transfer stopped: it stands in e-conomic and waits for the booking."""
    made = Intent.objects.filter(transfer=found, step=DRAFT, state=IntentState.CONFIRMED).first()
    return decode(made.answer.encode(), Invoice).draftInvoiceNumber if made else None


@require_POST
@agreement_page(role=Role.BOOKKEEPER)
def retry(request: HttpRequest, agreement: Agreement, transfer_id: int) -> HttpResponse:
    """Try again: ask for the record anew, as a webhook would."""
    found = Transfer.objects.filter(pk=transfer_id).first()
    if found is None:
        raise Http404
    with transaction.atomic():
        enqueue(agreement.pk, [(found.kind, found.key, found.rank)], timezone.now())
        wake_on_commit(agreement.pk)
    return redirect(visit_of(request).address("transfer", transfer_id=transfer_id))


def _transfers(keys: list[int]) -> list[Transfer]:
    """These, in this order. Counted off by an index alone and read then, a late page costs what the first does."""
    found = Transfer.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _rows(transfers: list[Transfer], agreement: Agreement) -> list[Row]:
    links = {
        (link.kind, link.rackbeat_key): link
        for link in Link.objects.filter(epoch=agreement.ledger_epoch, rackbeat_key__in=[row.key for row in transfers])
    }
    return [Row(row, links.get((row.kind, row.key)), _told(row)) for row in transfers]


def _told(row: Transfer) -> Told | None:
    return tell(SENTENCES.get(row.code), row.code, row.key, row.details) if row.code else None
