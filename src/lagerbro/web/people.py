"""How allauth is fitted in: who may sign up, where people arrive, letters in their language, sealed second factors."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lagerbro.agreements.secrets import seal, unseal
from lagerbro.people.models import Person
from lagerbro.web import waiting_room
from lagerbro.wire.texts import one_line


class Adapter(DefaultAccountAdapter):
    """Sign-up is open to whoever has just installed or has been invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return waiting_room.is_anybody_in(request)

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
