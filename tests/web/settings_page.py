"""The settings page in a test: opened, filled in and sent as a browser without script would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from lagerbro.agreements.choices import choices_of
from lagerbro.agreements.models import Credentials, SettingChange
from lagerbro.agreements.scope import agreement_scope
from lagerbro.books.choices import Choices
from lagerbro.economic.client import Hosts
from lagerbro.sync.clients import ClientFactory, set_client_factory
from tests.reading import said
from tests.sandboxes import APP_SECRET, BEARER, GRANT
from tests.visiting import sign_in
from tests.world import Company


class Form(HTMLParser):
    """The fields of a page's form, as a browser would send them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and name:
            if given.get("type") == "checkbox" and "checked" not in given:
                self.fields.setdefault(name, [])
                return
            self.fields.setdefault(name, []).append(given.get("value") or "")
        elif tag == "select":
            self._select = name
            self.fields.setdefault(name, [""])
        elif tag == "option" and self._select and "selected" in given:
            self.fields[self._select] = [given.get("value") or ""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


@dataclass
class Answer:
    status: int
    html: str
    fields: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class SettingsPage:
    """The page of one company, for one visitor."""

    company: Company
    client: Client
    path: str

    def open(self, language: str = "da", path: str = "") -> Answer:
        return self._read(self.client.get(f"{self.path}{path}", headers={"accept-language": language}))

    def send(self, act: str = "save", opened: Answer | None = None, language: str = "da", **typed: str) -> Answer:
        """Open the page, or take one that was opened before, type, and press a button. `__` stands for `:`, `_dot_`
        for `.`, and a switch is typed as on or off."""
        opened = opened or self.open()
        fields = {name: list(values) for name, values in opened.fields.items()}
        fields["act"] = [act]
        for name, text in typed.items():
            key = name.replace("__", ":").replace("_dot_", ".")
            fields[key] = ["off", "on"] if text == "on" else [text]
        return self.post(fields, language)

    def post(self, fields: dict[str, Any], language: str = "da") -> Answer:
        answer = self.client.post(self.path, fields, headers={"accept-language": language})
        if answer.status_code == 302:
            return self._read(self.client.get(answer["Location"], headers={"accept-language": language}))
        return self._read(answer)

    def choices(self) -> Choices:
        with agreement_scope(self.company.agreement.pk):
            self.company.agreement.refresh_from_db()
            return choices_of(self.company.agreement)

    def changes(self) -> list[SettingChange]:
        with agreement_scope(self.company.agreement.pk):
            return list(SettingChange.in_scope.order_by("pk"))

    @staticmethod
    def _read(answer: Any) -> Answer:
        html = said(answer)
        return Answer(answer.status_code, html, Form(html).fields)


@pytest.fixture
def factory(company: Company, settings: Settings) -> Iterator[ClientFactory]:
    """Lines from pages to the company's sandboxes, and its keys."""
    systems = company.systems
    settings.LAGERBRO_ECONOMIC_APP_SECRET = APP_SECRET
    with agreement_scope(company.agreement.pk):
        Credentials.in_scope.create(agreement=company.agreement, rackbeat_token=BEARER, economic_grant_token=GRANT)
    made = ClientFactory(systems.clock, systems.rackbeat_http, Hosts(systems.economic_http, systems.economic_http))
    set_client_factory(made)
    yield made
    set_client_factory(None)


@pytest.fixture
def sheet(company: Company, factory: ClientFactory, client: Client) -> SettingsPage:
    """The page of a company that has decided what `company_in` decides, open to an administrator."""
    return SettingsPage(company, client, f"{sign_in(client, company.agreement)}settings/")
