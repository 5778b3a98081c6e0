"""What people press on the page: fetch the figures, read earlier days, answer the first difference, try again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from lagerbro.agreements.choices import choices_of, decide
from lagerbro.agreements.models import Agreement, Credentials
from lagerbro.flows.refusals import PlanRefusal
from lagerbro.flows.stock_value.accounts import StockAccounts
from lagerbro.flows.stock_value.known import KIND
from lagerbro.flows.stock_value.sides import OPENING
from lagerbro.flows.stock_value_report.earlier import read_earlier
from lagerbro.flows.stock_value_report.looking import accounts_of, look
from lagerbro.people.models import Role
from lagerbro.sync import acts
from lagerbro.sync.clients import ClientFactory, client_factory, unobserved
from lagerbro.sync.models import Transfer
from lagerbro.sync.runtime import Clients
from lagerbro.sync.schedules.timing import COPENHAGEN
from lagerbro.web.sentences import SENTENCES
from lagerbro.web.sentences.stock_value_page import NOT_READ
from lagerbro.web.sentences.words import Message, Sentence, message_of
from lagerbro.web.views.agreement import agreement_page, visit_of
from lagerbro.web.views.stock_value.page import PART, WHOLE, context
from lagerbro.web.views.stock_value.standing import needing
from lagerbro.wire.errors import RemoteError


@require_POST
@agreement_page(role=Role.BOOKKEEPER)
def fetch(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Look at both systems now, and show what that comes to."""
    now = timezone.now()
    return _after(request, agreement, now, _fetch(agreement, now))


@require_POST
@agreement_page(role=Role.BOOKKEEPER)
def earlier(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Read the values of some of the days that are not known."""
    now = timezone.now()
    connection = connected(agreement)
    if connection is None:
        return _after(request, agreement, now, None)
    today = now.astimezone(COPENHAGEN).date()
    choices = choices_of(agreement)
    try:
        read_earlier(agreement, choices, connection.clients.rackbeat, now, today, connection.factory.run_all)
    except PlanRefusal as refusal:
        return _after(request, agreement, now, _not_possible(refusal))
    except RemoteError as error:
        return _after(request, agreement, now, _not_read(error))
    return _after(request, agreement, now, None)


@require_POST
@agreement_page(role=Role.ADMINISTRATOR, signed_in=True)
def post_opening(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """The first difference is to be posted: the setting is answered, and what asked goes on."""
    now = timezone.now()
    decide(agreement, {"stock_post_opening": True}, by=visit_of(request).by, at=now)
    acts.retry(Transfer.in_scope.filter(kind=KIND, code=OPENING), agreement.pk, now)
    return _back(request)


@require_POST
@agreement_page(role=Role.BOOKKEEPER)
def try_again(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Try every run again that stands still, and look how things stand now."""
    now = timezone.now()
    acts.retry(needing(agreement, now), agreement.pk, now)
    message = _fetch(agreement, now)
    return _back(request) if message is None else _after(request, agreement, now, message)


def _fetch(agreement: Agreement, now: datetime) -> Message | None:
    """What kept a look from coming about; None when it did, or nothing can be looked at yet."""
    connection = connected(agreement)
    if connection is None:
        return None
    try:
        look(agreement, choices_of(agreement), connection.clients, now, connection.factory.run_all)
    except PlanRefusal as refusal:
        return _not_possible(refusal)
    except RemoteError as error:
        return _not_read(error)
    return None


@dataclass(frozen=True, slots=True)
class StockConnection:
    """What a look at the stock account needs."""

    factory: ClientFactory
    clients: Clients
    accounts: StockAccounts


def connected(agreement: Agreement) -> StockConnection | None:
    """None while the accounts have not been chosen or there is no key."""
    accounts = accounts_of(choices_of(agreement))
    if accounts is None or not Credentials.in_scope.exists():
        return None
    factory = client_factory()
    return StockConnection(factory, factory.connect(agreement, unobserved), accounts)


def _not_possible(refusal: PlanRefusal) -> Message:
    known = SENTENCES[refusal.code]
    return message_of(Sentence(NOT_READ.what, known.why, known.do), refusal.code, "", refusal.details)


def _not_read(error: RemoteError) -> Message:
    known = SENTENCES.get(error.code)
    why = known.why if known is not None and known.why else NOT_READ.why
    return message_of(Sentence(NOT_READ.what, why, NOT_READ.do), error.code, "", error.details)


def _after(request: HttpRequest, agreement: Agreement, now: datetime, message: Message | None) -> HttpResponse:
    """With script the part that has changed; without, the page anew, or with what went wrong on it."""
    if getattr(request, "htmx", False):
        return render(request, PART, context(request, agreement, now, message=message))
    if message is None:
        return _back(request)
    return render(request, WHOLE, context(request, agreement, now, message=message))


def _back(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(visit_of(request).address("stock-value"))
