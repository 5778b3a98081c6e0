"""Aktivitet: what became of every record, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from lagerbro.agreements.models import Agreement, AgreementEvent
from lagerbro.flows.registry import BORN_IN_ECONOMIC
from lagerbro.people.models import Role
from lagerbro.sync.acts import STOPPED
from lagerbro.sync.decisions.making_again import CAN_BE_MADE_AGAIN, MADE_AGAIN, make_again
from lagerbro.sync.decisions.making_anew import CAN_BE_MADE_ANEW, make_anew
from lagerbro.sync.models import DocumentType, Link, Transfer, TransferState
from lagerbro.sync.storage.enqueueing import PRIORITY_PERSON, RankedRecord, enqueue
from lagerbro.sync.waking import wake_on_commit
from lagerbro.web.sentences.records import shown_key, within
from lagerbro.web.sentences.words import Message
from lagerbro.web.states import KINDS, STATES, kind_of, look_of
from lagerbro.web.status.chains import root_named
from lagerbro.web.status.live import live
from lagerbro.web.status.messages import further_messages, message_for
from lagerbro.web.status.overdue import MOVING, NOBODY, is_overdue, overdue
from lagerbro.web.status.routines import troubles
from lagerbro.web.status.sides import sides
from lagerbro.web.views.agreement import agreement_page, transfer_or_404, visit_of
from lagerbro.web.views.approvals import approvals
from lagerbro.web.views.attempts import calls
from lagerbro.web.views.missing_groups import missing_group
from lagerbro.web.views.transfer_page.booked_posting import shown_posting
from lagerbro.web.views.transfer_page.document import document_of
from lagerbro.web.views.transfer_page.places import places
from lagerbro.web.views.transfer_page.rounds import rounds
from lagerbro.web.views.transfer_page.way import milestones

PAGE: Final = 50
SEARCH_LENGTH_MAX: Final = 64


@dataclass(frozen=True, slots=True)
class Row:
    """One transfer with what is known of it on both sides. `state`: what waits too long needs somebody."""

    transfer: Transfer
    link: Link | None
    state: str
    message: Message | None
    also: list[Message] = field(default_factory=list)
    """What is told of it besides."""

    @property
    def may_retry(self) -> bool:
        """Whether it stands still until somebody tries it again, for whatever reason."""
        return self.state in (*STOPPED, TransferState.CANCELLED)

    @property
    def kind(self) -> object:
        return kind_of(self.transfer)

    @property
    def is_born_in_economic(self) -> bool:
        return self.transfer.kind in BORN_IN_ECONOMIC

    @property
    def rackbeat_number(self) -> str:
        return self.link.rackbeat_key if self.is_born_in_economic and self.link else self.key

    @property
    def key(self) -> str:
        """Its number, or its day where it is known by that."""
        return shown_key(self.transfer.kind, self.transfer.key)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; anything it cannot ask for is passed over."""

    state: str
    kind: str
    search: str
    epoch: int

    @classmethod
    def of(cls, request: HttpRequest, agreement: Agreement) -> Filters:
        state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
        return cls(
            state if state in STATES else "",
            kind if kind in KINDS else "",
            request.GET.get("q", "").strip()[:SEARCH_LENGTH_MAX],
            agreement.ledger_epoch,
        )

    def rows(self, late: Q) -> QuerySet[Transfer]:
        """`late`: the filter for what waits too long, which is found among what needs somebody."""
        transfers = self._searched()
        if not self.state:
            return transfers
        is_in_it = Q(state=self.state)
        if late != NOBODY:
            is_in_it = is_in_it | late if self.state == TransferState.NEEDS_YOU else is_in_it & ~late
        return transfers.filter(is_in_it)

    def counts(self, late: Q) -> tuple[dict[str, int], int]:
        """How many there are in each state under the other filters, and how many wait too long."""
        counted = dict(self._searched().values_list("state").annotate(count=Count("pk")).order_by())
        waiting = dict(self._searched().filter(late).values_list("state").annotate(count=Count("pk")).order_by())
        if late == NOBODY or not waiting:
            return counted, 0
        for state, count in waiting.items():
            counted[state] -= count
            counted[TransferState.NEEDS_YOU] = counted.get(TransferState.NEEDS_YOU, 0) + count
        return {state: count for state, count in counted.items() if count}, sum(waiting.values())

    def address(self, **changes: str) -> str:
        """The query of the same page with something else chosen."""
        chosen = {"state": self.state, "kind": self.kind, "q": self.search, **changes}
        return "?" + urlencode({name: value for name, value in chosen.items() if value})

    def _of_kind(self) -> dict[str, str]:
        """An ordinary document of a kind, or one of a type."""
        if self.kind in DocumentType:
            return {"document_type": self.kind} if self.kind else {}
        return {"kind": self.kind, "document_type": DocumentType.ORDINARY}

    def _searched(self) -> QuerySet[Transfer]:
        transfers = Transfer.in_scope.filter(**self._of_kind())
        if not self.search:
            return transfers
        # The number in the other system is looked for where it is another. Neither list depends on the other,
        # so that each is read once, whatever is looked for.
        differ = Link.in_scope.filter(epoch=self.epoch).exclude(economic_key=F("rackbeat_key"))
        born_there = Q(kind__in=BORN_IN_ECONOMIC)
        numbered = differ.filter(_contains("economic_key", self.search) & ~born_there).values_list(
            _name("rackbeat_key"), flat=True
        )
        named = Q(name__in=numbered)
        if not self.kind or self.kind in BORN_IN_ECONOMIC:
            there = differ.filter(_contains("rackbeat_key", self.search) & born_there)
            named |= Q(name__in=there.values_list(_name("economic_key"), flat=True))
        return transfers.alias(name=_name("key")).filter(_contains("key", self.search) | named)


def _contains(field: str, text: str) -> Q:
    """A text with this one in it; SQLite knows capitals of ASCII only."""
    spellings = dict.fromkeys((text, text.lower(), text.upper()))
    return reduce(or_, (Q(**{f"{field}__icontains": spelling}) for spelling in spellings))


def _name(key: str) -> Concat:
    """Kind and number as one value, which both databases find in a list."""
    return Concat(F("kind"), Value(" "), F(key))


@require_GET
@agreement_page
def listing(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """The list, or for a live update only the part that changes."""
    filters, now = Filters.of(request, agreement), timezone.now()
    late = overdue(agreement, now)
    counts, waiting = filters.counts(late)
    rows = filters.rows(late if waiting else NOBODY)
    pages = Paginator(rows.order_by("-changed_at", "-pk").values_list("pk", flat=True), PAGE)
    pages.count = counts.get(filters.state, 0) if filters.state else sum(counts.values())
    page = pages.get_page(request.GET.get("page"))
    context = {
        "agreement": agreement,
        "filters": filters,
        "troubles": troubles(agreement, now),
        "rows": _rows(_transfers(list(page.object_list)), agreement, now),
        "page": page,
        "here": filters.address(page=str(page.number)),
        "total": sum(counts.values()),
        "needs_you": counts.get(TransferState.NEEDS_YOU, 0),
        "refused": counts.get(TransferState.REFUSED, 0),
        "moving": sum(counts.get(state, 0) for state in MOVING),
        "live": live(request, agreement, now),
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
    transfer = transfer_or_404(transfer_id)
    (row,) = _rows([transfer], agreement, timezone.now())
    standing, made = sides(transfer, row.link), calls(transfer, request.GET.get("page"))
    document = None if standing.is_deleted else document_of(transfer, row.link)
    root = root_named(transfer.code, transfer.details)
    context = {
        "agreement": agreement,
        "row": row,
        "root": root and Transfer.in_scope.filter(kind=root[0], key=root[1]).first(),
        "root_name": root and within(*root),
        "sides": standing,
        "document": document,
        "look": look_of(row.state, row.link),
        "places": list(places(transfer, row.rackbeat_number, row.link)),
        "milestones": milestones(transfer, row.link, is_stopped=row.state in STOPPED),
        **shown_posting(
            request, agreement, row.transfer, row.link, None if standing.is_gone or standing.is_unbooked else document
        ),
        "calls": made,
        "rounds": rounds(made.shown),
        "approvals": approvals(transfer),
        "missing_group": missing_group(agreement, transfer),
        "made_again": made_again(transfer),
        "can_be_made_anew": row.transfer.code in CAN_BE_MADE_ANEW and row.state == TransferState.NEEDS_YOU,
        "can_be_made_again": row.transfer.code in CAN_BE_MADE_AGAIN and row.state == TransferState.NEEDS_YOU,
    }
    part = "posting" in request.GET and getattr(request, "htmx", False)
    return render(request, "activity/_booked_posting.html" if part else "activity/transfer.html", context)


@require_POST
@agreement_page(role=Role.BOOKKEEPER)
def retry(request: HttpRequest, agreement: Agreement, transfer_id: int) -> HttpResponse:
    """Try again: ask for the record anew, as a webhook would."""
    transfer = transfer_or_404(transfer_id)
    with transaction.atomic():
        enqueue(
            agreement.pk,
            [RankedRecord(transfer.kind, transfer.key, transfer.rank)],
            timezone.now(),
            priority=PRIORITY_PERSON,
        )
        wake_on_commit(agreement.pk)
    return redirect(visit_of(request).address("transfer", transfer_id=transfer_id))


def _transfers(keys: list[int]) -> list[Transfer]:
    """These, in this order. Counted off by an index alone and read then, a late page costs what the first does."""
    transfers = Transfer.in_scope.in_bulk(keys)
    return [transfers[key] for key in keys if key in transfers]


def _rows(transfers: list[Transfer], agreement: Agreement, now: datetime) -> list[Row]:
    keys = [row.key for row in transfers]
    named = Q(rackbeat_key__in=keys) & ~Q(kind__in=BORN_IN_ECONOMIC)
    named |= Q(economic_key__in=keys, kind__in=BORN_IN_ECONOMIC)
    found = Link.in_scope.filter(named, epoch=agreement.ledger_epoch)
    links = {
        (link.kind, link.economic_key if link.kind in BORN_IN_ECONOMIC else link.rackbeat_key): link for link in found
    }
    return [_row(row, links.get((row.kind, row.key)), is_late=is_overdue(row, agreement, now)) for row in transfers]


def _row(transfer: Transfer, link: Link | None, *, is_late: bool) -> Row:
    state = TransferState.NEEDS_YOU if is_late else transfer.state
    return Row(transfer, link, state, message_for(transfer, is_overdue=is_late), further_messages(transfer))


@require_POST
@agreement_page(role=Role.BOOKKEEPER)
def again(request: HttpRequest, agreement: Agreement, transfer_id: int) -> HttpResponse:
    """*Lav den igen*: a person's word that a document which is nowhere any more shall be made once more."""
    return _on_a_persons_word(request, agreement, transfer_id, make_again)


@require_POST
@agreement_page(role=Role.BOOKKEEPER)
def anew(request: HttpRequest, agreement: Agreement, transfer_id: int) -> HttpResponse:
    """*Opret som ny*: a person's word that a record with another number in the other system is a record of its own."""
    return _on_a_persons_word(request, agreement, transfer_id, make_anew)


def _on_a_persons_word(
    request: HttpRequest, agreement: Agreement, transfer_id: int, act: Callable[..., bool]
) -> HttpResponse:
    transfer = transfer_or_404(transfer_id)
    visit = visit_of(request)
    act(agreement, transfer, by=visit.by, at=timezone.now())
    return redirect(visit.address("transfer", transfer_id=transfer_id))


def made_again(transfer: Transfer) -> list[AgreementEvent]:
    """Who has said so of this record, and when; the latest first."""
    return list(AgreementEvent.in_scope.filter(code=MADE_AGAIN, details__record=str(transfer)).order_by("-pk")[:10])
