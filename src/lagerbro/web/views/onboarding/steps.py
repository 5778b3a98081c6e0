"""The pages of an installation, one for each thing that it waits for; whoever comes back goes on where they left."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lagerbro.agreements.ledgers import is_in_use
from lagerbro.agreements.models import Agreement, Capability, CapabilityKind, Credentials, Installation
from lagerbro.agreements.scope import agreement_scope
from lagerbro.books.company_numbers import are_same_company
from lagerbro.connections.binding import agreement_of, bind, changes_ledger
from lagerbro.connections.installations import (
    Stage,
    accept_request,
    cancel_installation,
    discard_grant,
    read_account,
    stage,
)
from lagerbro.people.models import Person
from lagerbro.sync.clients import client_factory
from lagerbro.web import pending_admission
from lagerbro.web.email_notices import notify_of_new_connection
from lagerbro.web.sentences.checks import CHECKS
from lagerbro.web.sentences.words import Message, message_of
from lagerbro.web.views.onboarding.browser import (
    away,
    grant_address,
    installation_of,
    left_by_hand,
    ongoing,
    rackbeats,
)
from lagerbro.web.views.onboarding.outside import asks_outside, may_ask_outside
from lagerbro.web.views.onboarding.progress import first_page, install_steps
from lagerbro.web.visiting import page_token_for, unknown_user
from lagerbro.wire.errors import NotFoundError, RefusedError, RemoteError

HOME: Final = "/onboarding/"
TEMPLATES: Final = {
    Stage.LEDGER: "onboarding/ledger.html",
    Stage.STOCK: "onboarding/stock.html",
    Stage.CHECK: "onboarding/check.html",
    Stage.CONFIRM: "onboarding/confirm.html",
    Stage.DONE: "onboarding/done.html",
}


@never_cache
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What this browser's installation waits for."""
    row = installation_of(request)
    if row is None:
        return render(request, "onboarding/none.html", {"plain_keys": settings.LAGERBRO_PLAIN_KEYS})
    return _page(request, row)


@never_cache
@require_http_methods(["GET", "POST"])
def from_economic(request: HttpRequest) -> HttpResponse:
    """From e-conomic's market: access first, then *Installér* in Rackbeat (domain-rules A1)."""
    if request.method == "GET":
        return render(request, "onboarding/from_economic.html")
    row, cookie = ongoing(request)
    row.begun_in_economic = not row.request_token
    row.save(update_fields=["begun_in_economic"])
    return away(HOME, cookie)


@never_cache
@require_POST
@asks_outside("POST")
def check(request: HttpRequest) -> HttpResponse:
    """It is the right agreement, or another is wanted."""
    is_yes = request.POST.get("answer") == "yes"
    row = _row(request, Stage.CHECK, Stage.STOCK, *(() if is_yes else (Stage.CONFIRM,)))
    if not is_yes:
        if not _may_choose_another(row):
            raise Http404
        discard_grant(row)
        return away(HOME)
    if stage(row) is Stage.CHECK:
        return _accept(request, row)
    return away(HOME)


@never_cache
@require_POST
@asks_outside("POST")
def confirm(request: HttpRequest) -> HttpResponse:
    """The person's word, given on a page that showed both companies: now the two are joined (domain-rules H5)."""
    row = _row(request, Stage.CONFIRM)
    refused = _missing_ticks(request, row)
    if refused:
        return _page(request, row, refused=refused, status=422)
    person = request.user if isinstance(request.user, Person) else None
    by = str(person) if person else unknown_user()
    existed = agreement_of(row) is not None and row.joined_at is None
    try:
        agreement = bind(row, client_factory(), by=by, new_epoch=request.POST.get("new_epoch") == "yes")
    except RemoteError:
        return _page(request, row, failed=True, status=502)
    except Credentials.DoesNotExist:  # they were destroyed while somebody was connecting again
        row.delete()
        raise Http404 from None
    if existed:
        notify_of_new_connection(agreement, by)
    if row.reconnects_id:  # who connects again is what they were
        return away(_onward(row))
    pending_admission.store_installation(request, row)
    if person is None:
        return away(HOME)
    pending_admission.become_administrator(request, person)
    return away(_onward(row))


@never_cache
@require_POST
@asks_outside("POST")
def cancel(request: HttpRequest) -> HttpResponse:
    """Leave nothing behind, on our side or on Rackbeat's."""
    row = installation_of(request)
    by_hand = ""
    if row is not None and not row.agreement_id:
        by_hand = left_by_hand(row)
        cancel_installation(row, client_factory())
    return away(f"{HOME}cancelled/{by_hand}", "")


def _row(request: HttpRequest, *stages: Stage) -> Installation:
    row = installation_of(request)
    if row is None or stage(row) not in stages:
        raise Http404
    return row


def _accept(request: HttpRequest, row: Installation) -> HttpResponse:
    try:
        accept_request(row, client_factory())
    except NotFoundError:
        cancel_installation(row, client_factory())
        return away(f"{HOME}expired/", "")
    except RemoteError:
        messages.error(request, _("Rackbeat could not be reached just now. Try again in a moment."))
    return away(HOME)


def _missing_ticks(request: HttpRequest, row: Installation) -> list[str]:
    """What has to be ticked, and is not."""
    needed = []
    if not are_same_company(row.account["cvr"], row.ledger["cvr"]) and request.POST.get("different_cvr") != "yes":
        needed.append("different_cvr")
    if changes_ledger(row, agreement_of(row)) and request.POST.get("new_epoch") != "yes":
        needed.append("new_epoch")
    return needed


def _page(request: HttpRequest, row: Installation, *, status: int = 200, **more: Any) -> HttpResponse:  # noqa: ANN401
    at = stage(row)
    if at is Stage.CONFIRM and row.account is None and may_ask_outside(request):
        _learn_account(request, row)
    if at is Stage.DONE and request.user.is_authenticated:
        return away(_onward(row))
    existing = agreement_of(row) if at is Stage.CONFIRM else None
    context = {
        "row": row,
        "stage": at,
        "steps": install_steps(row),
        "back_to_rackbeat": rackbeats(row.redirect_to),
        "may_choose_another": _may_choose_another(row),
        "grant": grant_address(request),
        "rackbeat_apps": settings.LAGERBRO_RACKBEAT_APPS_URL,
        "same_cvr": at is Stage.CONFIRM and row.account and are_same_company(row.account["cvr"], row.ledger["cvr"]),
        "existing": existing,
        "changes_ledger": changes_ledger(row, existing),
        "shared": _shared(row, existing) if at is Stage.CONFIRM else None,
        **more,
    }
    return render(request, TEMPLATES[at], context, status=status)


def _shared(row: Installation, existing: Agreement | None) -> Message | None:
    """That the ledger has another Rackbeat account already. Which one is not told: it may be somebody else's."""
    number = row.ledger["number"]
    if not is_in_use(number, beside=existing):
        return None
    code = "ledger_shared"
    return message_of(CHECKS[code], code, "", {"number": str(number)})


def _learn_account(request: HttpRequest, row: Installation) -> None:
    """The account's name was out of reach when its token came."""
    try:
        read_account(row, client_factory())
    except RefusedError:
        cancel_installation(row, client_factory())
        raise Http404 from None
    except RemoteError:
        messages.error(request, _("Rackbeat could not be reached just now. Try again in a moment."))


def _onward(row: Installation) -> str:
    """The page that somebody who is signed in wants next."""
    return HOME if row.agreement is None else first_page(row.agreement)


def _may_choose_another(row: Installation) -> bool:
    """Whether e-conomic can be asked for access to another agreement: not where somebody typed the keys."""
    return bool(row.request_token or not row.bearer)


@never_cache
@require_GET
def settings_without_sign_in(request: HttpRequest) -> HttpResponse:
    """The last step for whoever has just installed at this browser and makes no sign-in: the settings as Rackbeat's
    frame shows them, with the rights that the frame has."""
    agreement = pending_admission.installed_agreement(request)
    if agreement is None:
        return away(HOME)
    with agreement_scope(agreement.pk):
        capability = Capability.in_scope.filter(kind=CapabilityKind.RACKBEAT, withdrawn_at=None).latest("pk")
    return away(reverse("settings", kwargs={"page_token": page_token_for(capability)}))


@never_cache
@require_GET
def expired(request: HttpRequest) -> HttpResponse:
    """Rackbeat does not know the request any more: it was used, or an hour has passed."""
    return render(request, "onboarding/expired.html")
