"""What people type: cleaned by one rule wherever it comes in, on every page, and never the end of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.core import mail
from django.http import QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import given
from hypothesis import strategies as st

from lagerbro.agreements.models import Agreement, Capability
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.models import Person
from lagerbro.sync.clients import ClientFactory
from lagerbro.web.typed_texts import cleaned_form
from lagerbro.wire.texts import is_clean
from tests.visiting import sign_in
from tests.world import Company

pytestmark = pytest.mark.django_db
ODD: Final = ("\0", "a\0\x1b\u202e\x85b", "٣", "9" * 400, "-1", "", " ", "//[", "../..", "%", "a\r\nBcc: x@example.com")
FIELDS: Final = (
    *("q", "page", "for", "state", "kind", "code", "by.customer", "saved", "tick", "token", "next", "language"),
    *("name", "email", "role", "label", "bearer", "grant", "answer", "new_epoch", "act", "version", "login", "startup"),
    *("fallback_account", "empty_line_item", "vat_rounding_limit", "layouts:1", "purchase_accounts:1.eu", "sign_in"),
)
TURNS: Final = 6


def addresses(patterns: Any = None, before: str = "") -> Iterator[str]:
    """Every address of ours, with the names of its parts in it."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield here


def filled(address: str, part: str, public_id: str) -> str:
    """The address with something at the place of each part; the agreement's own where one is named."""
    address = address.replace("<str:public_id>", public_id).replace("<int:account>", "4711")
    address = re.sub(r"<int:\w+>", "1", address)
    return "/" + re.sub(r"<\w+:\w+>|\(\?P<\w+>[^)]*\)", part, address).replace("^", "").replace("$", "")


PAGES: Final = sorted({address for address in addresses() if "static" not in address})


def test_every_page_is_here() -> None:
    assert len(PAGES) > 50


@pytest.mark.parametrize("address", PAGES)
def test_no_page_ends_in_a_fault_of_ours(
    client: Client, company: Company, factory: ClientFactory, address: str
) -> None:
    """The client raises whatever a view does not catch. Each field gets each odd text in some turn."""
    sign_in(client, company.agreement)
    public_id = company.agreement.public_id
    for turn in range(TURNS):
        form = {field: ODD[(place + 2 * turn) % len(ODD)] for place, field in enumerate(FIELDS)}
        path = filled(address, "x", public_id)
        for answer in (client.get(path, form), client.post(path, form)):
            assert answer.status_code < 500, (path, form)
    for odd in ODD if "<" in address else ():
        path = filled(address, "".join(f"%{byte:02x}" for byte in odd.encode()) or "x", public_id)
        for answer in (client.get(path), client.post(path)):
            assert answer.status_code < 500, path


@pytest.mark.parametrize("cookie", ["sessionid", "django_language", "lagerbro_installation"])
def test_a_cookie_that_no_browser_was_given_is_no_cookie(client: Client, company: Company, cookie: str) -> None:
    answer = client.get("/account/login/", headers={"cookie": f'{cookie}="aaaaaaaaaaaa\\000\\377"'})
    assert answer.status_code == 200
    assert client.get("/", headers={"cookie": f'{cookie}="aaaaaaaaaaaa\\000"'}).status_code < 500


def test_an_address_with_what_no_name_has_is_not_found(client: Client, company: Company) -> None:
    sign_in(client, company.agreement)
    for part in ("%00", "nordlys%00", "%e2%80%ae", "%0a"):
        assert client.get(f"/a/{part}/").status_code == 404
        assert client.get(f"/invitation/{part}/").status_code == 404


def test_names_are_kept_clean_and_on_one_line(client: Client, company: Company) -> None:
    base = sign_in(client, company.agreement)
    assert client.post(f"{base}connections/links/", {"label": "Revisor\0\u202e\r\nX"}).status_code == 200
    with agreement_scope(company.agreement.pk):
        assert Capability.in_scope.latest("pk").label == "Revisor\ufffd\ufffd X"
    client.post("/profile/", {"name": "Mette\0\r\n\u202eNord"})
    assert is_clean(Person.objects.get().name)
    assert "\n" not in Person.objects.get().name


def test_a_company_whose_name_has_several_lines_can_be_written_about(client: Client, company: Company) -> None:
    Agreement.objects.filter(pk=company.agreement.pk).update(company_name="Nordlys\r\nBcc: nobody@example.com")
    base = sign_in(client, company.agreement)
    answer = client.post(f"{base}connections/people/invite/", {"email": "jens@nordlys.dk", "role": "2"})
    assert answer.status_code == 302
    (letter,) = mail.outbox
    assert letter.subject.count("\n") == 0
    assert "Nordlys Bcc: nobody@example.com" in str(letter.body)  # nobody writes lines of ours
    assert letter.recipients() == ["jens@nordlys.dk"]


def test_a_password_is_what_was_typed() -> None:
    form = QueryDict("password1=a%00b&name=a%00b&a%00b=1")
    cleaned = cleaned_form(form)
    assert cleaned.dict() == {"password1": "a\0b", "name": "a\ufffdb", "a\ufffdb": "1"}
    with pytest.raises(AttributeError):
        cleaned["name"] = "x"


@given(st.dictionaries(st.text(max_size=5), st.lists(st.text(max_size=9), min_size=1, max_size=3), max_size=4))
def test_a_form_keeps_all_its_fields_and_texts(fields: dict[str, list[str]]) -> None:
    form = QueryDict(mutable=True)
    for name, texts in fields.items():
        form.setlist(name, list(texts))
    cleaned = cleaned_form(form)
    assert sum(len(texts) for _, texts in cleaned.lists()) <= sum(map(len, fields.values()))
    assert all(is_clean(name) and all(map(is_clean, texts)) for name, texts in cleaned.lists())
    if all(is_clean(name) and all(map(is_clean, texts)) for name, texts in fields.items()):
        assert cleaned is form
