"""Joining by two API keys, without an app record in Rackbeat: for a company that hosts Lagerbro itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lagerbro.connections.installations import TOKEN_LENGTH_MAX, account_of, ledger_of
from lagerbro.sync.clients import ClientFactory, client_factory
from lagerbro.web.views.onboarding.browser import away, ongoing
from lagerbro.web.views.onboarding.outside import asks_outside
from lagerbro.web.views.onboarding.permission import may_connect_by_keys
from lagerbro.wire.errors import RefusedError, RemoteError

BEARER_LENGTH_MAX: Final = 4096
"""A key of Rackbeat's is a signed text of about a thousand characters (rackbeat-api 1.1)."""
_SECRET = forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"})


class KeysForm(forms.Form):
    """Both are tried before anything is kept."""

    bearer = forms.CharField(label=gettext_lazy("API key from Rackbeat"), max_length=BEARER_LENGTH_MAX, widget=_SECRET)
    grant = forms.CharField(
        label=gettext_lazy("Grant token (AgreementGrantToken) from e-conomic"),
        max_length=TOKEN_LENGTH_MAX,
        widget=_SECRET,
    )

    def tried(self) -> dict[str, Any]:
        """Whose the keys are; complaints stand beside the field."""
        return {
            "account": self._try("bearer", "Rackbeat", account_of),
            "ledger": self._try("grant", "e-conomic", ledger_of),
        }

    def _try(
        self, field: str, system: str, ask: Callable[[ClientFactory, str], dict[str, Any]]
    ) -> dict[str, Any] | None:
        try:
            return ask(client_factory(), self.cleaned_data[field])
        except RefusedError:
            self.add_error(field, _("%(system)s does not know this key.") % {"system": system})
        except RemoteError:
            self.add_error(field, _("%(system)s could not be reached just now.") % {"system": system})
        return None


@never_cache
@require_http_methods(["GET", "POST"])
@asks_outside("POST")
def keys(request: HttpRequest) -> HttpResponse:
    """Take both keys, and go on to the page that shows both companies."""
    if not settings.LAGERBRO_PLAIN_KEYS:
        raise Http404
    form = KeysForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "onboarding/keys.html", {"form": form}, status=200 if request.method == "GET" else 422)
    facts = form.tried()
    if not form.errors and not may_connect_by_keys(request, facts["account"]["id"]):
        form.add_error(
            None, _("This company is connected already. Sign in as one of its administrators to connect it again.")
        )
    if form.errors:
        return render(request, "onboarding/keys.html", {"form": form}, status=422)
    row, cookie = ongoing(request)
    row.bearer, row.grant = form.cleaned_data["bearer"], form.cleaned_data["grant"]
    row.account, row.ledger, row.request_token, row.app, row.redirect_to = facts["account"], facts["ledger"], "", "", ""
    row.save()
    return away("/onboarding/", cookie)
