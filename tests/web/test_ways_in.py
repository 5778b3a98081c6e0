"""Who gets in to an agreement's pages: every address, every door, every role; and what each answer gives away."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from lagerbro.agreements.models import Agreement, Capability, CapabilityKind
from lagerbro.agreements.page_tokens import PAGE_TOKEN_LIFETIME
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Role
from lagerbro.sync.models import Transfer
from lagerbro.web.urls import pages
from lagerbro.web.views.agreement import ROLE
from tests.sandboxes import START
from tests.visiting import OURS, capability, framed, sign_in
from tests.world import Company

pytestmark = pytest.mark.django_db
HERE = {"transfer_id": "1", "attempt_id": "1", "text": "x"}


def walked(entries: list[URLPattern | URLResolver], before: str = "") -> list[tuple[str, URLPattern]]:
    """Every address with its view, its parts filled in."""
    found = []
    for entry in entries:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += walked(entry.url_patterns, route)
        else:
            found.append((route, entry))
    return found


def filled(route: str) -> str:
    for name in ("int", "str", "slug"):
        while f"<{name}:" in route:
            part = route.split(f"<{name}:", 1)[1].split(">", maxsplit=1)[0]
            route = route.replace(f"<{name}:{part}>", HERE.get(part, "1"))
    return route


PAGES = [(filled(route), entry) for route, entry in walked(pages)]


@pytest.fixture
def other() -> Agreement:
    facts = {"company_name": "Anden ApS", "rackbeat_account_id": 2}
    return Agreement.objects.create(public_id="anden", created_at=START, **facts)


def status(client: Client, address: str) -> set[int]:
    answers = (client.get(address), client.post(address, headers=OURS))
    assert not [answer for answer in answers if b"Anden ApS" in answer.content]
    return {answer.status_code for answer in answers}


def test_every_page_of_an_agreement_says_which_role_it_needs() -> None:
    assert len(PAGES) >= 5
    assert [route for route, entry in PAGES if not hasattr(entry.callback, ROLE)] == []


def test_no_address_with_an_agreement_in_it_is_outside_the_list() -> None:
    everything = walked(get_resolver().url_patterns)
    inside = [route for route, _ in everything if "<str:public_id>" in route or "<str:page_token>" in route]
    assert len(inside) == 2 * len(PAGES)


@pytest.mark.parametrize("path", [path for path, _ in PAGES])
def test_another_companys_pages_are_not_there(client: Client, company: Company, other: Agreement, path: str) -> None:
    sign_in(client, company.agreement)
    assert status(client, f"/a/{other.public_id}/{path}") == {404}
    assert status(client, f"/a/nowhere/{path}") == {404}


@pytest.mark.parametrize("path", [path for path, _ in PAGES])
def test_without_a_sign_in_an_address_tells_nothing(client: Client, other: Agreement, path: str) -> None:
    known = client.get(f"/a/{other.public_id}/{path}")
    unknown = client.get(f"/a/nowhere/{path}")
    assert (known.status_code, known["Location"]) == (302, f"/account/login/?next=/a/anden/{path}")
    assert (unknown.status_code, unknown["Location"]) == (302, f"/account/login/?next=/a/nowhere/{path}")


@pytest.mark.parametrize("path", [path for path, _ in PAGES])
def test_a_forged_page_token_opens_nothing(client: Client, company: Company, path: str) -> None:
    base, _ = framed(company.agreement)
    forged = base[:-5] + ("aaaa/" if base[-5:] != "aaaa/" else "bbbb/")
    assert status(client, f"{forged}{path}") == {404}
    assert status(client, f"/i/x/{path}") == {404}


@pytest.mark.parametrize(
    ("role", "page", "retried"),
    [(Role.READER, 200, 403), (Role.BOOKKEEPER, 200, 302), (Role.ADMINISTRATOR, 200, 302)],
)
def test_what_each_role_may(client: Client, company: Company, role: Role, page: int, retried: int) -> None:
    transfer = company.invoiced(4242)
    base = sign_in(client, company.agreement, role)
    answer = client.get(f"{base}activity/{transfer.pk}/", headers={"accept-language": "da"})
    assert answer.status_code == page
    assert ("Prøv igen</button>" in answer.content.decode()) is (retried == 302)
    assert client.post(f"{base}activity/{transfer.pk}/retry/").status_code == retried
    assert company.transfer("customer_invoice", 4242).asked == (2 if retried == 302 else 1)


def test_rackbeats_address_becomes_a_page_token_and_stands_nowhere(client: Client, company: Company) -> None:
    _, text = capability(company.agreement)
    entered = client.get(f"/rackbeat/{company.agreement.rackbeat_account_id}/{text}/")
    assert entered.status_code == 302
    assert (entered["Cache-Control"], entered["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert entered["Location"].startswith("/i/")
    page = client.get(entered["Location"], headers={"accept-language": "da"})
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors https://app.rackbeat.com" in page["Content-Security-Policy"].replace(";", "")
    assert not page.cookies
    content = page.content.decode()
    assert text not in content
    assert "Åbn i nyt vindue" in content
    assert f'href="/a/{company.agreement.public_id}/" target="_blank"' in content


def test_account_and_capability_must_agree(client: Client, company: Company, other: Agreement) -> None:
    _, text = capability(company.agreement)
    assert client.get(f"/rackbeat/{other.rackbeat_account_id}/{text}/").status_code == 404
    assert client.get(f"/read/{text}/").status_code == 404
    _, reading = capability(company.agreement, CapabilityKind.READER)
    assert client.get(f"/rackbeat/{company.agreement.rackbeat_account_id}/{reading}/").status_code == 404


def test_every_other_page_refuses_to_be_framed(client: Client, company: Company) -> None:
    base = sign_in(client, company.agreement)
    for address in ("/", base, "/account/login/", "/nowhere/", framed(company.agreement, CapabilityKind.READER)[0]):
        assert "frame-ancestors 'none'" in client.get(address)["Content-Security-Policy"], address


def test_a_withdrawn_address_opens_nothing_at_once(client: Client, company: Company) -> None:
    base, _ = framed(company.agreement)
    assert client.get(base).status_code == 200
    with agreement_scope(company.agreement.pk):
        Capability.in_scope.update(withdrawn_at=START)
    answer = client.get(base)
    assert answer.status_code == 404
    assert company.agreement.company_name not in answer.content.decode()


def test_a_page_token_lives_for_hours_and_is_renewed_by_work(
    client: Client, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = time.time()

    def later(by: timedelta) -> None:
        monkeypatch.setattr("django.core.signing.time.time", lambda: began + by.total_seconds())

    base, _ = framed(company.agreement)
    later(timedelta(hours=1))
    page = client.get(base).content.decode()
    renewed = page.split("<nav")[1].split('href="')[1].split('"')[0]
    assert renewed.startswith("/i/")
    assert renewed != base
    later(PAGE_TOKEN_LIFETIME + timedelta(minutes=30))
    assert client.get(base).status_code == 404
    assert client.get(renewed).status_code == 200


@pytest.mark.parametrize(
    ("headers", "token", "expected"),
    [
        (OURS, True, 302),
        ({"origin": "http://testserver"}, True, 302),
        (OURS, False, 403),
        ({}, True, 403),
        ({"origin": "https://evil.example", "sec-fetch-site": "cross-site"}, True, 403),
        ({"origin": "null"}, True, 403),
        ({"sec-fetch-site": "cross-site"}, True, 403),
        ({"origin": "https://app.rackbeat.com"}, True, 403),
    ],
)
def test_a_form_in_the_frame_says_where_it_comes_from(
    client: Client, company: Company, headers: dict[str, str], token: bool, expected: int
) -> None:
    transfer = company.invoiced(4242)
    base, form = framed(company.agreement)
    address = f"{base}activity/{transfer.pk}/retry/"
    assert client.post(address, form if token else {}, headers=headers).status_code == expected
    assert company.transfer("customer_invoice", 4242).asked == (2 if expected == 302 else 1)
    assert client.post(address, form, headers=OURS).status_code == 302


def test_another_agreements_form_token_is_not_ours(client: Client, company: Company, other: Agreement) -> None:
    transfer = company.invoiced(4242)
    base, _ = framed(company.agreement)
    _, theirs = framed(other)
    assert client.post(f"{base}activity/{transfer.pk}/retry/", theirs, headers=OURS).status_code == 403


def test_a_reading_link_reads(client: Client, company: Company) -> None:
    transfer = company.invoiced(4242)
    _, text = capability(company.agreement, CapabilityKind.READER)
    base = client.get(f"/read/{text}/")["Location"]
    assert client.get(f"{base}activity/{transfer.pk}/").status_code == 200
    _, form = framed(company.agreement, CapabilityKind.READER)
    assert client.post(f"{base}activity/{transfer.pk}/retry/", form, headers=OURS).status_code == 403
    assert company.transfer("customer_invoice", 4242).asked == 1


def test_the_language_is_kept_without_a_cookie(client: Client, company: Company) -> None:
    base, form = framed(company.agreement)
    assert b'lang="da"' in client.get(base, headers={"accept-language": "da"}).content
    answer = client.post(
        f"{base}language/", {**form, "language": "en", "next": f"{base}activity/?state=refused"}, headers=OURS
    )
    assert answer.status_code == 302
    assert not answer.cookies
    page = client.get(answer["Location"], headers={"accept-language": "da"})
    assert b'<html lang="en">' in page.content
    for bad in ({"next": "https://evil.example/"}, {"next": "/"}, {"language": "xx"}):
        wrong = {**form, "language": "en", "next": base, **bad}
        assert client.post(f"{base}language/", wrong, headers=OURS).status_code == 404


def test_a_form_without_djangos_token_is_refused_for_the_signed_in(company: Company) -> None:
    client = Client(enforce_csrf_checks=True)
    base = sign_in(client, company.agreement)
    transfer = company.invoiced(4242)
    answer = client.post(f"{base}activity/{transfer.pk}/retry/", headers={"accept-language": "da"})
    assert answer.status_code == 403
    assert "Intet er ændret" in answer.content.decode()
    with agreement_scope(company.agreement.pk):
        assert Transfer.in_scope.get(pk=transfer.pk).asked == 1
