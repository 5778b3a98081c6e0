"""How allauth is fitted in: who may sign up and try to sign in, where people arrive, sealed second factors."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lagerbro.agreements.secrets import seal, unseal
from lagerbro.people.models import Person
from lagerbro.web import pending_admission
from lagerbro.web.sign_in import logged, tries
from lagerbro.web.sign_in.known_browsers import known_browser, remember_browser
from lagerbro.wire.texts import one_line


class Adapter(DefaultAccountAdapter):
    """Sign-up is open to whoever has just installed or has been invited. Tries to sign in are counted by `tries`."""

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        email = _email(credentials)
        browser = known_browser(request, email)
        if browser is None:
            if tries.are_too_many(request, email):
                logged.limited(request)
                raise self.validation_error("too_many_login_attempts")
            try:
                super().pre_authenticate(request, **credentials)
            except ValidationError:
                logged.limited(request)
                raise
            return
        self._login_failed_rl_usage = tries.take_known(request, browser)
        if self._login_failed_rl_usage is None:
            logged.limited(request)
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: object) -> None:
        tries.count_failed(request, _email(credentials))
        logged.refused(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: object) -> str:
        return f"{_email(credentials)}:{tries.network_of(self.get_client_ip(request))}"

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: object) -> None:
        super()._delete_login_attempts_cached_email(request, **credentials)
        tries.forget_failed(request, _email(credentials))

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **facts: Any) -> HttpResponse:  # noqa: ANN401 - allauth's own
        response = super().post_login(request, user, **facts)
        if isinstance(user, Person):
            remember_browser(request, response, user)
        return response

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return pending_admission.has_pending_admission(request)

    def is_safe_url(self, url: str) -> bool:
        """Whether somebody may be sent on to there; what is no address at all is no such place."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - allauth's form
        return reverse("arrived")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - allauth's form
        return reverse("arrived")


def _email(credentials: Mapping[str, object]) -> str:
    return str(credentials.get("email", "")).casefold()


class SecondFactors(DefaultMFAAdapter):
    """A stolen database is not enough to make anybody's codes."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal(text)).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(base64.b64decode(encrypted_text)).reveal()


class NameForm(forms.Form):
    """What we ask besides e-mail and password: the name that the history shows."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ("name", "email", "password1")

    def signup(self, _request: HttpRequest, person: Person) -> None:
        """allauth calls this with the new person."""
        cleaned: dict[str, Any] = self.cleaned_data
        person.name = one_line(cleaned["name"])
        person.save(update_fields=["name"])
