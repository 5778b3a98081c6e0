"""A shop whose page *Lagerværdi* is looked at, by the clock of the local systems."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from lagerbro.agreements import directories
from lagerbro.agreements.models import Credentials
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Role
from lagerbro.sync.clients import ClientFactory
from tests.flows.stock_value.shop import Shop, open_shop, valued_by
from tests.installing import factory
from tests.reading import said
from tests.sandboxes import BEARER, GRANT
from tests.visiting import sign_in
from tests.world import Company

__all__ = ["factory"]
_TAG = re.compile(r"<[^>]+>")
_BLANKS = re.compile(r"\s+")


@dataclass
class Visitor:
    """Somebody who looks at the page and presses what is on it."""

    shop: Shop
    client: Client
    base: str
    shown: str = ""
    """The page that an act came to."""

    def at(self, day: date, hour: int = 10) -> None:
        """Go to a moment of that day."""
        self.shop.company.systems.clock.go_to(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))

    def read(self, query: str = "") -> str:
        """What the page says, word by word."""
        answer = self.client.get(f"{self.base}stock-value/{query}")
        assert answer.status_code == 200
        return self.words(said(answer))

    def words(self, page: str) -> str:
        return _BLANKS.sub(" ", _TAG.sub(" ", page))

    def page(self) -> str:
        return said(self.client.get(f"{self.base}stock-value/"))

    def press(self, act: str) -> Any:
        return self.client.post(f"{self.base}stock-value/{act}/", follow=True)

    def rows(self, table: str) -> list[list[str]]:
        """The cells of a table of the page, by its class."""
        return self.rows_in(self.page(), table)

    def rows_in(self, page: str, table: str) -> list[list[str]]:
        body = re.search(rf'<table class="{table}".*?</table>', page, re.DOTALL)
        assert body is not None
        found = re.findall(r"<tr[^>]*>(.*?)</tr>", body[0], re.DOTALL)[1:]
        cells = (re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in found)
        return [[self.words(cell).strip() for cell in row] for row in cells]

    def sign_in(self, role: Role) -> None:
        self.base = sign_in(self.client, self.shop.company.agreement, role)


@pytest.fixture
def visitor(company: Company, client: Client, factory: ClientFactory, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    agreement = company.agreement
    shop = valued_by(open_shop(company), monkeypatch)
    monkeypatch.setattr("django.utils.timezone.now", company.systems.clock.now)
    monkeypatch.setattr("lagerbro.web.sign_in.idle.ENDS_AFTER", timedelta(days=999))  # rows of sessions have true time
    with agreement_scope(agreement.pk):
        Credentials.in_scope.create(agreement=agreement, rackbeat_token=BEARER, economic_grant_token=GRANT)
        rackbeat, economic = company.systems.clients(lambda _exchange: None)
        directories.read_and_store_all(agreement, rackbeat, economic, company.systems.clock.now())
    return Visitor(shop, client, sign_in(client, agreement))
