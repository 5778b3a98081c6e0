"""Signing in anew before what cannot be taken back, or opens the company to somebody: an open browser is not enough.

What was sent is kept in the session meanwhile, and shown as a button afterwards: nothing has to be typed twice, and
nothing is done by coming back alone.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, Final

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import stash_and_reauthenticate
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lagerbro.agreements.page_tokens import FORM_FIELD

_CALLBACK: Final = "lagerbro.web.sign_in.anew.go_on"


def is_recent(request: HttpRequest) -> bool:
    """Whether the person has given a password or a code in this session within `ACCOUNT_REAUTHENTICATION_TIMEOUT`."""
    user = request.user if isinstance(request.user, AbstractBaseUser) else None
    records = get_authentication_records(request, user)
    return bool(records) and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def require_sign_in(request: HttpRequest) -> HttpResponse:
    """To the page that asks for the password or a code, and then on with what was sent."""
    fields = {name: texts for name, texts in request.POST.lists() if name != FORM_FIELD}
    return stash_and_reauthenticate(request, {"address": request.get_full_path(), "fields": fields}, _CALLBACK)


def go_on(request: HttpRequest, state: Mapping[str, Any]) -> HttpResponse:
    """allauth calls this when it has seen that it is them."""
    fields = [(name, text) for name, texts in state["fields"].items() for text in texts]
    return render(request, "people/go_on.html", {"address": state["address"], "fields": fields})
