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
from lagerbro.agreements.models import Agreement, Credentials, Installation
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
from lagerbro.web.letters import tell_of_new_connection
from lagerbro.web.sentences.checks import CHECKS
from lagerbro.web.sentences.words import Message, message_of
from lagerbro.web.views.onboarding.browser import (
    away,
    grant_address,
    installation_of,
    ongoing,
    rackbeats,
)
from lagerbro.web.views.onboarding.outside import asks_outside, may_ask_outside
from lagerbro.web.visiting import unknown_user
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
    _, cookie = ongoing(request)
    return away(HOME, cookie)


@never_cache
@require_POST
@asks_outside("POST")
def check(request: HttpRequest) -> HttpResponse:
    """It is the right agreement, or another is wanted."""
    row = _row(request, Stage.CHECK, Stage.STOCK)
    if request.POST.get("answer") != "yes":
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
        tell_of_new_connection(agreement, by)
    if row.reconnects_id:  # who connects again is what they were
        return _with_way_to(away(_onward(row)), _onward(row))
    pending_admission.store_installation(request, row)
    if person is None:
        return away(HOME)
    pending_admission.become_administrator(request, person)
    return _with_way_to(away(_onward(row)), _onward(row))


@never_cache
@require_POST
@asks_outside("POST")
def cancel(request: HttpRequest) -> HttpResponse:
    """Leave nothing behind, on our side or on Rackbeat's."""
    row = installation_of(request)
    if row is not None and not row.agreement_id:
        cancel_installation(row, client_factory())
    return away(f"{HOME}cancelled/", "")


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
        "grant": grant_address(request),
        "rackbeat_apps": settings.LAGERBRO_RACKBEAT_APPS_URL,
        "same_cvr": at is Stage.CONFIRM and row.account and are_same_company(row.account["cvr"], row.ledger["cvr"]),
        "existing": existing,
        "changes_ledger": changes_ledger(row, existing),
        "shared": _shared(row, existing) if at is Stage.CONFIRM else None,
        "onward": _onward(row),
        **more,
    }
    answer = render(request, TEMPLATES[at], context, status=status)
    return _with_way_to(answer, rackbeats(row.redirect_to))


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
    """Rackbeat's own page if it named one, else the agreement's page with us."""
    if row.agreement is None:
        return HOME
    return rackbeats(row.redirect_to) or reverse("overview", kwargs={"public_id": row.agreement.public_id})


def _with_way_to(answer: HttpResponse, address: str) -> HttpResponse:
    """Let a form of this page end at the other site: browsers hold `form-action` against redirects too."""
    if address.startswith("http"):
        answer._csp_update = {"form-action": ["/".join(address.split("/")[:3])]}  # type: ignore[attr-defined]  # noqa: SLF001
    return answer


@never_cache
@require_GET
def expired(request: HttpRequest) -> HttpResponse:
    """Rackbeat does not know the request any more: it was used, or an hour has passed."""
    return render(request, "onboarding/expired.html")
