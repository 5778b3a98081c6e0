"""People in pieces of 50: the one who looks first, the others in order; forms come back to where they were."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lagerbro.agreements.models import Agreement
from lagerbro.agreements.scope import agreement_scope
from lagerbro.people.admission import invite
from lagerbro.people.models import Invitation, Membership, Person, Role
from lagerbro.web.views.connections.access import PEOPLE_MAX
from lagerbro.web.views.connections.people import PAGE
from tests.sandboxes import START
from tests.visiting import sign_in

pytestmark = pytest.mark.django_db
MEMBERS = 120
DA = {"accept-language": "da"}
LOOKING = "mette@nordlys.dk"


@pytest.fixture
def agreement() -> Agreement:
    facts = {"company_name": "Nordlys Cykler ApS", "rackbeat_account_id": 4711}
    return Agreement.objects.create(public_id="nordlys", created_at=START, **facts)


def join(agreement: Agreement, first: int, last: int) -> None:
    """Readers, but for every tenth, who is a bookkeeper."""
    people = Person.objects.bulk_create(
        Person(email=f"p{n:03}@nordlys.dk", name=f"Person {n:03}") for n in range(first, last)
    )
    with agreement_scope(agreement.pk):
        Membership.in_scope.bulk_create(
            Membership(
                agreement=agreement,
                person=person,
                role=Role.READER if int(person.email[1:4]) % 10 else Role.BOOKKEEPER,
                created_at=START,
            )
            for person in people
        )


@pytest.fixture
def base(client: Client, agreement: Agreement) -> str:
    """120 members with Mette, and three who are invited."""
    join(agreement, 1, MEMBERS)
    with agreement_scope(agreement.pk):
        Membership.in_scope.filter(person__email="p007@nordlys.dk").update(role=Role.ADMINISTRATOR)
    address = sign_in(client, agreement)
    with agreement_scope(agreement.pk):
        for name in ("a", "b", "c"):
            client.post(f"{address}connections/people/invite/", {"email": f"{name}@andre.dk", "role": "1"})
    return f"{address}connections/"


def listed(page: str) -> list[str]:
    """The e-mail addresses in the table, in order."""
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return re.findall(r"[\w.]+@(?:nordlys|andre)\.dk", table)


def shown(client: Client, address: str) -> str:
    answer = client.get(address, headers=DA)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def everybody() -> list[str]:
    names = [f"p{n:03}@nordlys.dk" for n in range(1, MEMBERS) if n != 7]
    bookkeepers = [name for name in names if name[3] == "0"]
    readers = [name for name in names if name[3] != "0"]
    return [LOOKING, "p007@nordlys.dk", *bookkeepers, *readers, "a@andre.dk", "b@andre.dk", "c@andre.dk"]


def test_the_pieces_are_everybody_once_with_the_one_who_looks_first(client: Client, base: str) -> None:
    pieces = [listed(shown(client, f"{base}?page={number}")) for number in (1, 2, 3)]
    assert [len(piece) for piece in pieces] == [PAGE, PAGE, MEMBERS + 3 - 2 * PAGE]
    assert [name for piece in pieces for name in piece] == everybody()
    page = shown(client, base)
    assert "(123)</h2>" in page
    assert "Side 1 af 3" in page
    assert (f'href="{base}?page=2">Næste</a>' in page, "Forrige</a>" in page) == (True, False)
    page = shown(client, f"{base}?page=2")
    assert (f'href="{base}?page=3">Næste</a>' in page, f'href="{base}">Forrige</a>' in page) == (True, True)


@pytest.mark.parametrize(
    ("asked", "number"), [("0", 3), ("-1", 1), ("x", 1), ("4", 3), ("999999", 3), ("9" * 40, 1), ("²", 1), ("", 1)]
)
def test_a_page_that_is_not_there(client: Client, base: str, asked: str, number: int) -> None:
    page = shown(client, f"{base}?page={asked}")
    assert f"Side {number} af 3" in page
    assert listed(page) == everybody()[(number - 1) * PAGE : number * PAGE]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("person 01", [f"p01{n}@nordlys.dk" for n in range(10)]),
        ("P119@NORDLYS", ["p119@nordlys.dk"]),
        ("andre.dk", ["a@andre.dk", "b@andre.dk", "c@andre.dk"]),
        ("Mette", [LOOKING]),
    ],
)
def test_a_search_by_name_or_address(client: Client, base: str, asked: str, found: list[str]) -> None:
    page = shown(client, f"{base}?q={asked}")
    assert sorted(listed(page)) == sorted(found)
    assert f'value="{asked}"' in page


def test_a_search_that_finds_nobody_says_so_and_html_is_text(client: Client, base: str) -> None:
    answer = client.get(f"{base}?q=%00%22%3E<script>x", headers=DA)
    page = answer.content.decode()
    assert "Ingen passer til det, du søgte efter." in page
    assert "<script>x" not in page
    assert f'<a href="{base}">Vis alle</a>' in page


def test_forms_come_back_to_where_they_were(client: Client, agreement: Agreement, base: str) -> None:
    place = "?q=nordlys&page=2"
    page = shown(client, base + place)
    with agreement_scope(agreement.pk):
        theirs = Membership.in_scope.get(person__email="p070@nordlys.dk")
        other = Membership.in_scope.get(person__email="p071@nordlys.dk")
        waits = Invitation.in_scope.get(email="a@andre.dk")
    acts = {f"{base}people/{other.pk}/role/{place}", f"{base}people/{other.pk}/remove/{place}"}
    acts |= {f"{base}people/invite/{place}", f"{base}sign-in/{place}", f"{base}links/{place}"}
    assert [act for act in acts if f'action="{act}"' not in page] == []
    changed = client.post(f"{base}people/{theirs.pk}/role/{place}", {"role": "3"}, headers=DA)
    assert changed["Location"] == base + place
    assert "Person 070 er nu administrator." in shown(client, changed["Location"])
    assert client.post(f"{base}people/{other.pk}/remove/{place}")["Location"] == base + place
    assert client.post(f"{base}invitations/{waits.pk}/withdraw/?page=3")["Location"] == f"{base}?page=3"
    invited = client.post(f"{base}people/invite/{place}", {"email": "d@andre.dk", "role": "1"})
    assert invited["Location"] == base + place
    wrong = client.post(f"{base}people/invite/{place}", {"email": "nobody", "role": "1"}, headers=DA)
    assert wrong.status_code == 422
    assert "Side 2 af 3" in wrong.content.decode()
    assert client.post(f"{base}pause/{place}")["Location"] == base + place


@pytest.mark.parametrize("place", ["?page=//evil.test", "?page=1", "?q=", "?next=//evil.test"])
def test_a_place_that_is_none_is_the_first_page(client: Client, base: str, place: str) -> None:
    assert client.post(f"{base}sign-in/{place}", {"sign_in_required": "yes"})["Location"] == base


def test_the_page_after_the_last_of_it_was_removed_is_the_one_before(
    client: Client, agreement: Agreement, base: str
) -> None:
    with agreement_scope(agreement.pk):
        Invitation.in_scope.all().delete()
        Membership.in_scope.filter(person__email__gte="p102", person__email__lt="q").delete()
        Membership.in_scope.filter(person__email__in=("p007@nordlys.dk",)).delete()
        last = Membership.in_scope.get(person__email="p101@nordlys.dk")
    assert listed(shown(client, f"{base}?page=3")) == ["p101@nordlys.dk"]
    answer = client.post(f"{base}people/{last.pk}/remove/?page=3", headers=DA, follow=True)
    page = answer.content.decode()
    assert "Side 2 af 2" in page
    assert f'action="{base}people/invite/?page=2"' in page


def test_a_few_people_have_neither_pages_nor_a_search(client: Client, agreement: Agreement) -> None:
    join(agreement, 1, PAGE)
    page = shown(client, f"{sign_in(client, agreement)}connections/")
    assert len(listed(page)) == PAGE
    assert 'role="search"' not in page
    assert "Næste</a>" not in page


def test_the_limit_costs_the_queries_of_two(client: Client, agreement: Agreement) -> None:
    address = f"{sign_in(client, agreement)}connections/"
    shown(client, address)  # the first page after signing in notes that the browser is in use
    with CaptureQueriesContext(connection) as few:
        shown(client, address)
    join(agreement, 1, PEOPLE_MAX - 1)
    with agreement_scope(agreement.pk):
        invite(agreement, "last@andre.dk", Role.READER, by="Mette", at=timezone.now())
    with CaptureQueriesContext(connection) as many:
        shown(client, address)
    assert len(many) == len(few)
