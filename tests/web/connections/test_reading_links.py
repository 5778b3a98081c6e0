"""A reading link shows what is known here, and makes us ask nobody: whoever has it may be anybody."""

from __future__ import annotations

import httpx2
import pytest
from django.test import Client

from lagerbro.agreements.models import Agreement, AgreementState, CapabilityKind
from lagerbro.sync.clients import ClientFactory
from tests.reading import said
from tests.visiting import OURS, framed, sign_in
from tests.web.settings_page import factory
from tests.web.test_ways_in import PAGES
from tests.world import Company

__all__ = ["factory"]
pytestmark = pytest.mark.django_db
ASKING = ("activate/", "activate/?check=1", "settings/", "settings/pick/?for=fallback_account")
"""What asks the two systems where somebody signed in opens it."""


@pytest.fixture
def asked(factory: ClientFactory, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every request that leaves us."""
    found: list[str] = []
    real = httpx2.Client.send

    def send(client: httpx2.Client, request: httpx2.Request, **more: object) -> httpx2.Response:
        found.append(str(request.url))
        return real(client, request, **more)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(httpx2.Client, "send", send)
    assert factory
    return found


@pytest.mark.parametrize("state", [AgreementState.INSTALLING, AgreementState.ACTIVE])
def test_no_page_asks_anybody_for_a_reading_link(
    client: Client, company: Company, asked: list[str], state: AgreementState
) -> None:
    Agreement.objects.update(state=state)
    transfer = company.invoiced(4242)
    asked.clear()
    base, form = framed(company.agreement, CapabilityKind.READER)
    for path in {*(path.replace("activity/1/", f"activity/{transfer.pk}/") for path, _ in PAGES), *ASKING}:
        for answer in (
            client.get(f"{base}{path}", headers={"accept-language": "da"}),
            client.post(f"{base}{path}", {**form, "act": "refresh"}, headers=OURS),
        ):
            assert answer.status_code in (200, 302, 403, 404, 405), path
    assert asked == []


@pytest.mark.parametrize("path", ASKING)
def test_somebody_signed_in_has_them_asked(client: Client, company: Company, asked: list[str], path: str) -> None:
    Agreement.objects.update(state=AgreementState.INSTALLING)
    base = sign_in(client, company.agreement)
    assert client.get(f"{base}{path}").status_code == 200
    assert asked


def test_a_reader_is_told_who_can_check(client: Client, company: Company, asked: list[str]) -> None:
    Agreement.objects.update(state=AgreementState.INSTALLING)
    base, _ = framed(company.agreement, CapabilityKind.READER)
    page = said(client.get(f"{base}activate/", headers={"accept-language": "da"}))
    assert "Bed en fra virksomheden om at åbne denne side." in page
    assert "Alt er i orden" not in page
    assert asked == []
