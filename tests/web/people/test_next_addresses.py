"""Where to go on is told by whoever asks, and may be anything: it ends as a page of ours, never as a fault."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import pytest
from django.test import Client

from lagerbro.agreements.models import CapabilityKind
from tests.visiting import OURS, framed
from tests.world import Company

pytestmark = pytest.mark.django_db
ODD = [
    "http://[",
    "//[",
    "//[::1",
    "http://[testserver]/",
    "https://testserver\\@evil.example/",
    "http://testserver:99999999/",
    "http://testserver:abc/",
    "http://a\u2100b/",
    "/\\evil.example",
    "///evil.example",
    "javascript:alert(1)",
    "/onboarding/begin/",
    "/i/x/",
    "/%00",
    "/%ff",
    "/a\r\nSet-Cookie: x=y",
    "\x00",
    "/\u202egnp.exe",
    "/" + "a" * 9000,
    "?",
]
PLACES = ("/language/", "/account/login/", "/account/logout/", "/account/signup/", "/account/password/reset/")


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_address_is_no_fault_and_leads_nowhere_else(client: Client, company: Company, odd: str) -> None:
    base, form = framed(company.agreement, CapabilityKind.READER)
    for place in (*PLACES, f"{base}language/"):
        answers = (
            client.get(place, {"next": odd}),
            client.get(f"{place}?next={quote(odd)}"),
            client.post(place, {**form, "next": odd, "language": "en"}, headers=OURS),
            client.post(f"{place}?next={quote(odd)}", {**form, "language": "en"}, headers=OURS),
        )
        for answer in answers:
            assert answer.status_code < 500, place
            assert urlsplit(answer.get("Location", "/")).netloc in ("", "testserver")
            assert "\n" not in answer.get("Location", "")
